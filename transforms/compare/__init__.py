"""Two operands side by side: a number, or the reasons why there is none.

What an operand is was decided in `transforms.measure`; what must be said beside the number belongs to `transforms.tell`.
In: chosen operands, prices, baskets. Out: `out.health_vs_events`, `out.comparison`, `out.line_comparison`, `out.change`,
`out.would_buy`, `out.ranking`, and the cross checks.
"""
