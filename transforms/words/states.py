"""The 32 states as tables name them, to INEGI keys: for tables that hold many governments.

The catalogue's governments are in `sources`; this is only how a cell that names a state is understood.
"""

import re
from functools import lru_cache

from warehouse.schema.text import words

_NAMES = {
    "01": "aguascalientes", "02": "baja california", "03": "baja california sur", "04": "campeche",
    "05": "coahuila|coahuila de zaragoza", "06": "colima", "07": "chiapas", "08": "chihuahua",
    "09": "ciudad de mexico|distrito federal|cdmx", "10": "durango", "11": "guanajuato", "12": "guerrero", "13": "hidalgo",
    "14": "jalisco", "15": "mexico|estado de mexico|edomex", "16": "michoacan|michoacan de ocampo", "17": "morelos",
    "18": "nayarit", "19": "nuevo leon", "20": "oaxaca", "21": "puebla", "22": "queretaro|queretaro de arteaga",
    "23": "quintana roo", "24": "san luis potosi", "25": "sinaloa", "26": "sonora", "27": "tabasco", "28": "tamaulipas",
    "29": "tlaxcala", "30": "veracruz|veracruz de ignacio de la llave", "31": "yucatan", "32": "zacatecas",
}  # fmt: skip
_KEYS = {name: key for key, names in _NAMES.items() for name in names.split("|")}


@lru_cache(maxsize=20_000)
def government_key(text: str | None) -> str | None:
    """INEGI key of a state or municipality, from its key or its name."""
    text = (text or "").strip()
    if re.fullmatch(r"\d{1,2}", text):
        key = text.zfill(2)
        return key if key in _NAMES else None
    if re.fullmatch(r"\d{4,5}", text):
        return text.zfill(5)
    return _KEYS.get(words(text))
