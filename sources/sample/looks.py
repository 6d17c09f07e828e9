"""How sample documents look on paper: one `SampleLook` per template seen in real budget documents, and how they print money.

Only the choices belong here; the typesetting itself is in `pdf`.
"""

from collections.abc import Callable
from dataclasses import dataclass


def plain(pesos: int) -> str:
    """1,234,567 and (1,234,567)."""
    return f"({-pesos:,})" if pesos < 0 else f"{pesos:,}"


def cents(pesos: int) -> str:
    """1,234,567.00: the sources publish whole pesos, and the centavos are those zeros."""
    return f"({-pesos:,}.00)" if pesos < 0 else f"{pesos:,}.00"


def millions(mark: str) -> Callable[[int], str]:
    """$1'234,567.00: the mark stands at the millions, commas elsewhere. There are no negatives in such documents."""

    def text(pesos: int) -> str:
        groups = f"{pesos:,}".split(",")
        head, tail = groups[:-2], groups[-2:]
        return "$" + (",".join(head) + mark if head else "") + ",".join(tail) + ".00"

    return text


@dataclass(frozen=True)
class SampleLook:
    """A template. Widths are in points; `codes` is where the code goes: none, its own column, or before the label.

    `valign` is the line of a wrapped label on which its amount stands: first, middle or last. `hanging` says whether
    the lines after the first keep the indent, as most do, or go back to the margin, as state laws print them.
    """

    money: Callable[[int], str]
    label_width: float
    amount_width: float
    code_heading: str = ""
    code_width: float = 0
    codes: str = "none"
    landscape: bool = False
    fonts: tuple[str, str] = ("Helvetica", "Helvetica-Bold")
    size: float = 7.5
    leading: float = 9
    padding: float = 3
    indent: float = 9
    hanging: bool = True
    valign: str = "middle"
    grid: bool = True
    shade: float = 0.85
    letterhead: str = "centered"
    upper: bool = False
    total_first: bool = False
    group_row: bool = True


LOOKS: dict[str, SampleLook] = {
    # The CONAC form as agencies print it from a worksheet: grey banner, every cell ruled, no codes.
    "cuadro": SampleLook(plain, label_width=330, amount_width=110, letterhead="banner", padding=2.2),
    # The output of municipal accounting systems: no rulings, codes in a column, chapters in capitals.
    "lista": SampleLook(
        cents,
        label_width=270,
        amount_width=120,
        codes="column",
        code_heading="COG",
        code_width=48,
        grid=False,
        shade=0,
        upper=True,
        valign="last",
        group_row=False,
        size=7.8,
        leading=9.5,
        padding=2,
    ),
    # The annual account: landscape, codes before the labels, stacked header with column numbers.
    "cuenta_publica": SampleLook(
        cents,
        label_width=470,
        amount_width=150,
        codes="prefix",
        landscape=True,
        letterhead="banner",
        valign="first",
        indent=12,
        shade=0.78,
        padding=1.8,
    ),
    # The annexes of a state budget law: serif heading lines apart, big narrow cells, apostrophe at the millions.
    "ley": SampleLook(
        millions("’"),
        label_width=300,
        amount_width=150,
        codes="prefix",
        hanging=False,
        size=8.5,
        leading=10.5,
        fonts=("Times-Roman", "Times-Bold"),
        shade=0,
        letterhead="law",
        group_row=False,
        indent=12,
        padding=1.5,
    ),
    # The LDF form of water utilities: shaded header bar, no rulings, total on top.
    "ldf": SampleLook(
        cents,
        label_width=215,
        amount_width=140,
        grid=False,
        shade=0.9,
        total_first=True,
        valign="last",
        size=7,
        leading=8.5,
        indent=10,
        padding=2,
    ),
    # Five stages side by side, with column numbers.
    "analitico": SampleLook(
        plain,
        label_width=270,
        amount_width=82,
        codes="column",
        code_heading="Partida",
        code_width=48,
        landscape=True,
        letterhead="centered",
        valign="last",
    ),
}
