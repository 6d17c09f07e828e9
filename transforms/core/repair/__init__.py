"""What should have been printed: declared corrections, proposals, and whose error a failed sum is.

Nothing is corrected by itself: a proposal is shown, a correction is declared by a person. In: the book and the sums that
were tried. Out: `core.correction`, `core.proposal`, and the cause of each failure.
"""
