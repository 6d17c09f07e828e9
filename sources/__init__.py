"""Getting bytes, keeping bytes, and turning bytes into raw rows: text with its place, without meaning.

The catalogue of governments and documents lives here. What a number *means* does not: see `transforms`.
"""
