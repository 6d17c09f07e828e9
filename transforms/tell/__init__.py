"""What a reader must know: the lines to cite, what is missing, alerts, how numbers were made, what a newsroom asks.

Nothing is measured or compared here. In: core, operands, comparisons. Out: `out.line`, `out.line_all`, `out.coverage`,
`out.alert`, `out.methodology`, and the conditions of the publication gate.
"""
