"""What comes out of the process that reads: the same reading, and nothing that no reader of ours would say."""

import json
import pickle
from pathlib import Path

import pyarrow as pa
import pytest
from pandas.testing import assert_frame_equal

from pipelines.apart.process import Done
from pipelines.apart.reader import ToRead, answered, said_of
from pipelines.apart.wire import ForgedError, packed, raw_frames, unpacked
from sources.errors import SourceError
from sources.raw.reading import Document


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "a.csv"
    path.write_text("Concepto,Aprobado,Pagado\nMateriales,1.00,0.50\nServicios,2.00,1.00\nTotal,3.00,1.50\n")
    return Document(path, "a")


def test_a_reading_comes_out_as_it_was(document: Document) -> None:
    reading, error, description = said_of(ToRead(document))
    answer = unpacked(list(packed(reading, error, description)), "a")
    assert answer.reading is not None and reading is not None
    frames = answer.reading.frames()
    for name, frame in raw_frames(reading).items():
        assert_frame_equal(frames[name], frame, obj=name)
    assert set(answer.reading.of("b").frames()["number"]["document_id"]) == {"b"}


def test_an_error_comes_out_as_it_was() -> None:
    error = SourceError("corrupt", "a.pdf", "x", "y", "z", "p. 1")
    assert str(unpacked(list(packed(None, error, None)), "a").error) == str(error)


def forged(parts: list[bytes]) -> dict[str, list[bytes]]:
    head = json.loads(parts[0])
    with pa.ipc.open_stream(parts[1]) as stream:
        rows = stream.read_all()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.drop_columns(["kind"]).schema) as stream:
        stream.write_table(rows.drop_columns(["kind"]))
    return {
        "nothing": [],
        "a pickle": [pickle.dumps({"format": "csv"})],
        "an outcome of its own": [
            json.dumps(head | {"format": None, "error": ["fine", "a", "b", "c", "d", None]}).encode()
        ],
        "neither reading nor error": [json.dumps(head | {"format": None}).encode()],
        "a table less": parts[:-1],
        "a column less": [parts[0], sink.getvalue().to_pybytes(), *parts[2:]],
        "bytes for rows": [parts[0], b"\0" * 64, *parts[2:]],
    }


def test_what_no_reader_says_is_refused(document: Document) -> None:
    parts = list(packed(*said_of(ToRead(document))))
    for name, answer in forged(parts).items():
        with pytest.raises(ForgedError):
            pytest.fail(f"{name}: {unpacked(answer, 'a')}")
    with pytest.raises(ForgedError, match="another document"):
        unpacked(parts, "b")


def test_a_forged_answer_is_a_document_that_failed(document: Document) -> None:
    answer = answered(document, Done([b"{}"], None, 0.0))
    assert answer.reading is None and answer.error is not None
    assert answer.error.code == "failed" and "a.csv" in answer.error.told().en
