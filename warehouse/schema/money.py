"""Money as people read it: the one place where centavos become text. Exact: no float comes near."""

from decimal import Decimal

_MILLION = 100_000_000


def pesos(centavos: int) -> str:
    """Whole centavos as pesos: 123456 -> 1,234.56."""
    whole, rest = divmod(abs(int(centavos)), 100)
    return f"{'-' if centavos < 0 else ''}{whole:,}.{rest:02d}"


def millions(centavos: int) -> str:
    """Whole centavos as millions of pesos with one decimal: 123456789000 -> 1,234.6."""
    return f"{Decimal(int(centavos)) / _MILLION:,.1f}"
