"""What proves an amount: sums, identities, announced totals, twins, and two readers of a scan.

Which row contains which is decided in `transforms.core.tree`; what should have been printed belongs to
`transforms.core.repair`. In: grids with their trees. Out: what was tried, and whether each amount is verified, by what.
"""
