"""Small documents of our own, damaged at random, read as the product reads: `python -m tests.fuzz --seed 1 --count 2000`.

What must hold of whatever comes out is in `oracles`. A seed and a number name a mutation for ever: what failed once can be
made again with `--first` and `--count 1`. Nothing here is of a particular defect: those have tests of their own.
"""
