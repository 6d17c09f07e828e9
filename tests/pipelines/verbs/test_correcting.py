"""`peso correct` drafts a file that the folder of corrections takes, once a person has said what they saw."""

import duckdb
import pytest
import yaml

from pipelines.verbs.correcting import drafted
from sources.declared.corrections import load_corrections
from warehouse.ask.query import Ask

LINE = "made-up:1:3"


@pytest.fixture
def ask() -> Ask:
    con = duckdb.connect()
    con.execute("CREATE SCHEMA core; CREATE SCHEMA out")
    con.execute(
        f"""
        CREATE TABLE out.line_all AS SELECT * FROM (VALUES
            ('{LINE}', 'made-up', 1, '7', 'Apoyos', 'Aprobado', '1,250,00', 1000, 'aprobado', 2021),
            ('{LINE}', 'made-up', 2, '7', 'Apoyos', 'Pagado', '900', 1000, 'pagado', 2021)
        ) AS t(line_id, document_id, "column", page, label, header, source_text, multiplier, stage, fiscal_year);
        CREATE TABLE core.proposal AS SELECT '{LINE}' AS line_id, 1 AS "column", 1250000::DECIMAL(18,2) AS proposed,
            'Total de la página 7: 4,800 = 1,250 + 3,550' AS evidence;
        CREATE TABLE core.reconciliation AS SELECT '{LINE}' AS line_id, 'total' AS kind, 2 AS "column", 'failed' AS outcome,
            'pagado' AS stage, '900 + 1 = 902' AS formula;
        """
    )
    return Ask(con)


def test_the_figure_that_the_sums_prove_is_in_the_draft_in_the_unit_of_the_page(ask, tmp_path):
    fields = drafted(ask, LINE)
    assert (fields["header"], fields["printed"], fields["corrected"]) == ("Aprobado", "1,250,00", "1,250.00")
    (tmp_path / f"{fields['correction_id']}.yaml").write_text(yaml.safe_dump(fields), encoding="utf-8")
    frame, problems = load_corrections(tmp_path)
    assert not problems and frame["reason"].iloc[0].startswith("Total de la página 7")


def test_an_amount_is_named_by_its_column(ask):
    fields = drafted(ask, f"{LINE}:2")
    assert (fields["printed"], fields["corrected"], fields["reason"]) == ("900", "", "900 + 1 = 902")


def test_of_several_amounts_each_is_named(ask):
    ask("DELETE FROM core.proposal")
    with pytest.raises(LookupError, match=rf"{LINE}:1  Aprobado(.|\n)*{LINE}:2  Pagado"):
        drafted(ask, LINE)
    with pytest.raises(LookupError, match="no:1:1"):
        drafted(ask, "no:1:1")
