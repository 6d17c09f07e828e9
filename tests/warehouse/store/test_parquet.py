"""What is written is what is read, exactly, or nothing at all."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse.errors import MissingTableError, StaleTableError, WarehouseError
from warehouse.schema import TABLES
from warehouse.store.parquet import LARGEST, Store

AMOUNT, DOCUMENT, NUMBER = TABLES["core.amount"], TABLES["core.document"], TABLES["raw.number"]


def amount(**values: object) -> dict[str, object]:
    full = {
        "line_id": "d:1:1",
        "document_id": "d",
        "column": 1,
        "page": "1",
        "source_text": "x",
        "verified": True,
        "reason": "total",
    }
    return {**full, **values}


@pytest.mark.parametrize("name", [name for name in TABLES if not name.startswith("raw.")])
def test_an_empty_table_comes_back_with_its_types(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path)
    store.write(name, TABLES[name].frame())
    pd.testing.assert_frame_equal(store.read(name), TABLES[name].frame())


def test_rows_with_none_of_the_values_are_no_rows(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write("core.amount", AMOUNT.frame([amount()]))
    assert store.read("core.amount", where={"line_id": []}).empty
    assert len(store.read("core.amount", where={"line_id": ["d:1:1"]})) == 1


def test_values_and_nulls_of_every_type_come_back(tmp_path: Path) -> None:
    rows = [
        {
            "document_id": "a",
            "outcome": "read",
            "title": "Ley ñandú\n'x'",
            "fiscal_year": 2021,
            "citable": False,
            "period_start": date(2021, 1, 1),
            "obtained_at": datetime(2026, 1, 1, 3, 4, 5, 678, tzinfo=UTC),
        },
        {"document_id": "b", "outcome": "no_text", "title": ""},
    ]
    frame, store = DOCUMENT.frame(rows), Store(tmp_path)
    store.write("core.document", frame)
    pd.testing.assert_frame_equal(store.read("core.document"), frame)
    ratio = TABLES["raw.page"].frame([{"document_id": "a", "page": "1", "position": 1, "kind": "table", "width": 0.1}])
    store.write("raw.page", ratio, "a")
    pd.testing.assert_frame_equal(store.read("raw.page"), ratio)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.one_of(st.none(), st.integers(-LARGEST, LARGEST)), max_size=8), st.text())
def test_money_and_text_survive(tmp_path: Path, centavos: list[int | None], text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    store = Store(tmp_path)
    store.write("core.amount", AMOUNT.frame([amount(amount_centavos=value, source_text=text) for value in centavos]))
    stored = store.read("core.amount")
    assert [None if pd.isna(value) else int(value) for value in stored.amount_centavos] == centavos
    assert stored.source_text.tolist() == [text] * len(centavos)


@pytest.mark.parametrize("centavos", [LARGEST + 1, -LARGEST - 1, 2**63 - 1])
def test_money_beyond_the_published_type_is_refused(tmp_path: Path, centavos: int) -> None:
    frame = AMOUNT.frame([amount(), amount(amount_centavos=centavos)])
    with pytest.raises(WarehouseError, match=r"core\.amount, column amount_centavos, row 1 .*largest"):
        Store(tmp_path).write("core.amount", frame)


def test_money_as_float_is_refused(tmp_path: Path) -> None:
    frame = AMOUNT.frame([amount()]).assign(amount_centavos=np.array([100.0]))
    with pytest.raises(WarehouseError, match=r"core\.amount, column amount_centavos: money as float64"):
        Store(tmp_path).write("core.amount", frame)
    assert not list(tmp_path.rglob("*.parquet"))


def test_a_null_in_a_required_column_names_table_column_and_first_row(tmp_path: Path) -> None:
    frame = AMOUNT.frame([amount(), amount(reason=None, line_id="d:1:7"), amount(reason=None)])
    with pytest.raises(WarehouseError, match=r"core\.amount, column reason, row 1 .*d:1:7.*required"):
        Store(tmp_path).write("core.amount", frame)


def test_an_infinite_share_is_refused(tmp_path: Path) -> None:
    frame = TABLES["core.exclusion"].frame([{"document_id": "d", "reason": "year", "words": 1, "share": np.inf}])
    with pytest.raises(WarehouseError, match=r"core\.exclusion, column share, row 0"):
        Store(tmp_path).write("core.exclusion", frame)


def test_a_value_of_another_type_names_its_column(tmp_path: Path) -> None:
    frame = AMOUNT.frame([amount()]).astype({"column": object})
    frame.loc[0, "column"] = "uno"
    with pytest.raises(WarehouseError, match=r"core\.amount, column column: not int"):
        Store(tmp_path).write("core.amount", frame)


def test_unknown_columns_and_tables_are_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(WarehouseError, match="not in the schema: surprise"):
        store.write("core.amount", AMOUNT.frame([amount()]).assign(surprise=1))
    with pytest.raises(WarehouseError, match=r"No such table core\.nothing"):
        store.read("core.nothing")


def test_a_missing_table_is_empty_only_if_asked(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(MissingTableError, match=r"core\.amount was never written"):
        store.read("core.amount")
    pd.testing.assert_frame_equal(store.read("core.amount", missing_ok=True), AMOUNT.frame())
    with pytest.raises(MissingTableError, match=r"partition d"):
        store.read("raw.number", "d")


@pytest.mark.parametrize("document", ["plain", "a/b", "../up", ".hidden", "ley 2021 ñ*[x]?.pdf", "50%25"])
def test_partitions_may_be_called_anything(tmp_path: Path, document: str) -> None:
    store = Store(tmp_path / "[store]")
    frame = NUMBER.frame([{"document_id": document, "page": "1", "number": 1, "source_text": "1"}])
    path = store.write("raw.number", frame, document)
    assert path.parent == store.root / "raw" / "number"
    assert store.partitions("raw.number") == [document]
    assert store.has("raw.number", document)
    pd.testing.assert_frame_equal(store.read("raw.number", document), frame)
    pd.testing.assert_frame_equal(store.read("raw.number"), frame)
    assert store.remove("raw.number", document)
    assert not store.remove("raw.number", document)
    assert not store.has("raw.number", document)


def test_many_partitions_are_one_table(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for document in ("b", "a", "empty"):
        rows = (
            []
            if document == "empty"
            else [{"document_id": document, "page": "1", "number": n, "source_text": "1"} for n in (1, 2)]
        )
        store.write("raw.number", NUMBER.frame(rows), document)
    assert store.read("raw.number").document_id.tolist() == ["a", "a", "b", "b"]
    assert store.partitions("raw.number") == ["a", "b", "empty"]


def test_raw_is_partitioned_and_the_rest_is_not(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(WarehouseError, match="one partition per document"):
        store.write("raw.number", NUMBER.frame())
    with pytest.raises(WarehouseError, match="no partitions"):
        store.write("core.amount", AMOUNT.frame(), "d")


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    frame = AMOUNT.frame([amount(amount_centavos=n, column=n) for n in range(1000)])
    first = Store(tmp_path / "1").write("core.amount", frame).read_bytes()
    again = Store(tmp_path / "2")
    again.write("core.amount", frame)
    assert again.write("core.amount", again.read("core.amount")).read_bytes() == first


def test_text_held_as_categories_is_read_as_text(tmp_path: Path) -> None:
    frame = AMOUNT.frame([amount(column=n, header=["Aprobado", None][n % 2]) for n in range(5)])
    as_categories = AMOUNT.frame(frame.astype({"header": "category", "stage": "category", "reason": "category"}))
    assert [str(as_categories[name].dtype) for name in ("header", "stage", "reason")] == ["category"] * 3
    store = Store(tmp_path)
    store.write("core.amount", as_categories)
    pd.testing.assert_frame_equal(store.read("core.amount"), frame)
    with pytest.raises(WarehouseError, match=r"core\.amount, column reason, row 1 .*empty"):
        store.write(
            "core.amount", as_categories.assign(reason=as_categories["reason"].where([True, False] * 2 + [True]))
        )


def test_a_crash_while_writing_leaves_the_old_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.write("core.amount", AMOUNT.frame([amount(amount_centavos=1)]))

    def crash(_rows: object, path: Path, **_: object) -> None:
        Path(path).write_bytes(b"PAR1 half a file")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pq, "write_table", crash)
        with pytest.raises(KeyboardInterrupt):
            store.write("core.amount", AMOUNT.frame([amount(amount_centavos=2)]))
    assert store.read("core.amount").amount_centavos.tolist() == [1]
    assert [path.name for path in (tmp_path / "core").iterdir()] == ["amount.parquet"]


def test_what_a_killed_writer_leaves_is_not_a_partition(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write("raw.number", NUMBER.frame(), "d")
    (tmp_path / "raw" / "number" / ".e.parquet.0.tmp").write_bytes(b"half")
    assert store.partitions("raw.number") == ["d"]
    assert len(store.read("raw.number")) == 0


def test_a_table_of_an_older_schema_is_stale_not_null(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = store.write("raw.number", NUMBER.frame(), "d")
    pq.write_table(pq.read_table(path).drop_columns(["flag"]), path)
    assert not store.has("raw.number", "d")
    with pytest.raises(StaleTableError, match="missing: flag"):
        store.read("raw.number")
