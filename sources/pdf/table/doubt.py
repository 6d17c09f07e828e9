"""What the reader of tables is not sure of: a header that may be a neighbour's, a label of which too little is there.

Handed on as the flag of the amount, so that nothing calls it verified; what a label means is for `transforms`.
"""

from sources.pdf.table.block import TableBlock
from sources.pdf.table.rows import TableRow

HEADER_UNSURE, LABEL_UNSURE = "header_unsure", "label_unsure"


def doubt_of(block: TableBlock, row: TableRow, column: int) -> str | None:
    """The flag of the amounts of one cell; None where nothing is in doubt."""
    if block.columns[column].unsure:
        return HEADER_UNSURE
    return LABEL_UNSURE if row.unsure else None
