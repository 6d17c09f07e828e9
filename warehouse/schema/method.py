"""The thresholds of METHOD that are asked in more than one room. One asked in a single place stands there.

Money is centavos. What follows from a threshold is decided where it is asked.
"""

# Percent rule: a base under this, or under one hundredth of what would be divided by it, is none.
FLOOR = 100_000_00
SMALL = 100
# Unit rule: over this many times the year before, or under that part of it, the unit may be another.
UNIT_JUMP = 20
# Echo: the share of the non-zero rows, in percent, that equal approved, and the fewest rows that can show it.
ECHO_PERCENT, ECHO_ROWS = 99, 20
