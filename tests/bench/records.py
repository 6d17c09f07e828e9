"""The truth of a table of open data: every record of a CSV of the states' budgets, read with the standard library alone.

A record says state, year, code, name, and an amount a stage; workbooks are in `truth`.
"""

import csv
from pathlib import Path

from tests.bench.amounts import Fact, Truth
from tests.bench.meaning import stages_of
from tests.bench.words import centavos, tokens

_AMOUNTS = {"Aprobado": "E", "Devengado": "F"}  # the column of the file that each stands in


def records_of(path: Path) -> Truth:
    """The amounts of a CSV with the columns Estado, Año and a name; nothing of one without."""
    truth = Truth()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, record in enumerate(csv.DictReader(file), 2):
            name = record.get("Concepto") or record.get("Dependencia")
            if name is None or "Estado" not in record:
                return truth
            for column, (header, letter) in enumerate(_AMOUNTS.items(), 1):
                value = centavos(record[header])
                if value is not None:
                    header_words = tokens(header)
                    truth.amounts.append(
                        Fact(
                            value,
                            (tokens(name),),
                            (header_words,),
                            number,
                            column,
                            f"csv!{letter}{number}",
                            around=frozenset(tokens(record["Código"]) + tokens(record["Estado"])),
                            stages=frozenset(stages_of([header_words])),
                            years=frozenset({int(record["Año"])}),
                            body=(("gobierno", *tokens(record["Estado"])),),
                        )
                    )
    return truth
