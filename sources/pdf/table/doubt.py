"""What the reader of tables is not sure of: a header that may be a neighbour's, a label of which too little is there.

Handed on as the flag of the amount, so that nothing calls it verified; what a label means is for `transforms`.
"""

from sources.pdf.settings import DOUBT
from sources.pdf.table.block import TableBlock
from sources.pdf.table.rows import TableRow

HEADER_UNSURE, LABEL_UNSURE = "header_unsure", "label_unsure"


def doubt_of(block: TableBlock, row: TableRow, column: int) -> str | None:
    """The flag of the amounts of one cell; None where nothing is in doubt."""
    if block.columns[column].unsure:
        return HEADER_UNSURE
    in_doubt = id(row) in block.crowded or _is_covered(row) or _is_beyond_text(block, row, column)
    return LABEL_UNSURE if in_doubt else None


def _is_beyond_text(block: TableBlock, row: TableRow, column: int) -> bool:
    """Whether a text that is no part of the label stands between it and the amount: perhaps that of a table beside it."""
    first, x0 = min(c.x0 for c in block.columns), block.columns[column].x0
    between = [k for k, (start, end) in enumerate(block.slots) if first < start and end < x0 and k not in block.naming]
    words = [w.text for k in between for w in row.slots[k]]
    return sum(1 for text in words if sum(map(str.isalpha, text)) > DOUBT.letters) > 1


def _is_covered(row: TableRow) -> bool:
    """Whether words of its label are printed over one another: one of them is of another row, or nobody sees it."""
    words = [w for k, slot in enumerate(row.slots) if k not in row.carried for w in slot]
    ordered = sorted(words, key=lambda w: w.x0)
    for i, word in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if other.x0 >= word.x1:
                break
            across = min(word.x1, other.x1) - other.x0
            down = min(word.bottom, other.bottom) - max(word.top, other.top)
            least = min(word.size, other.size)
            if across > DOUBT.across * least and down > DOUBT.down * least and word.text != other.text:
                return True
    return False
