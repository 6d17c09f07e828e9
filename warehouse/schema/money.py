"""Money as people read it. Frames hold centavos; what a column of money is stands in `warehouse.schema.model`."""


def pesos(centavos: int) -> str:
    """1,234.50: pesos and centavos, exact."""
    return f"{'-' if centavos < 0 else ''}{abs(centavos) // 100:,}.{abs(centavos) % 100:02d}"
