"""`python -m tests.fuzz --seed 1 --count 2000`: a campaign by hand. Ends with 1 where an oracle does not hold."""

import argparse
import sys

from tests.fuzz.campaign import run

if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--count", type=int, default=2000, help="how many mutations")
    asked.add_argument(
        "--first", type=int, default=0, help="the number of the first: with --count 1, one of them again"
    )
    options = asked.parse_args()
    report = run(options.seed, options.count, options.first)
    print("\n".join(report.lines()))
    sys.exit(bool(report.broken))
