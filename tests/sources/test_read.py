"""The one door believes the bytes, and refuses what it cannot read with a named outcome."""

import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sources.errors import SourceError
from sources.raw.reading import Document
from sources.read import read, sniff
from warehouse.schema.vocabulary import OUTCOMES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def stream(name: str) -> bytes:
    return OLE + (name + "\0").encode("utf-16-le") + b"\0" * 100


def book(path: Path) -> Path:
    workbook = openpyxl.Workbook()
    for row in (["Concepto", "Monto"], ["Uno", 1.5]):
        workbook.active.append(row)
    workbook.save(path)
    return path


def archive(*names: str, mimetype: str = "") -> bytes:
    from io import BytesIO

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        if mimetype:
            package.writestr("mimetype", mimetype)
        for name in names:
            package.writestr(name, b"<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("ley.xlsx", b"%PDF-1.7 ...", "pdf"),
        ("ley.pdf", b"\n%PDF-1.4", "pdf"),
        ("libro.bin", archive("xl/workbook.xml"), "xlsx"),
        ("libro.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin"), "xlsm"),
        ("libro.xls", archive("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        ("libro.xlsx", stream("Workbook"), "xls"),
        ("datos", b"Clave,Monto\n1,2\n3,4\n", "csv"),
        ("datos.csv", "Año;Monto\n2021;1,5\n".encode("cp1252"), "csv"),
        ("una_columna.csv", b"Monto\n5\n", "csv"),
    ],
)
def test_the_bytes_say_the_format(tmp_path: Path, name: str, data: bytes, format: str):
    path = tmp_path / name
    path.write_bytes(data)
    assert sniff(path, name) == format


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("vacio.pdf", b"", "empty_file"),
        ("blanco.csv", b" \n\n", "empty_file"),
        ("pagina.pdf", b"<!DOCTYPE html><html><body>Error 404</body></html>", "mislabelled"),
        ("pagina.xls", b"\xef\xbb\xbf  <html><table><tr><td>1</td></tr></table></html>", "mislabelled"),
        ("pagina.xls", b'<?xml version="1.0"?><!DOCTYPE html><html></html>', "mislabelled"),
        ("pagina.html", b"<html></html>", "unknown_format"),
        ("libro.xml", b'<?xml version="1.0"?><Workbook/>', "unknown_format"),
        ("datos.json", b'{"a": 1, "b": 2}', "unknown_format"),
        ("carta.doc", stream("WordDocument"), "unknown_format"),
        ("carta.docx", archive("word/document.xml"), "unknown_format"),
        ("libro.xlsb", archive("xl/workbook.bin"), "unknown_format"),
        ("fotos.zip", archive("a.jpg"), "unknown_format"),
        ("texto.odt", archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "unknown_format"),
        ("foto.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\0", "unknown_format"),
        ("cortado.xlsx", archive("xl/workbook.xml")[:-30], "corrupt"),
        ("cifrado.xlsx", stream("EncryptedPackage"), "encrypted"),
    ],
)
def test_refusals_are_named(tmp_path: Path, name: str, data: bytes, code: str):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read(Document(path, "d1"))
    error = caught.value
    assert error.code == code and all(error.found)
    assert (
        error.advice.en != error.advice.es and OUTCOMES[code].es in error.told().es and "Se esperaba" in error.told().es
    )


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(SourceError) as caught:
        read(Document(tmp_path / "no.pdf", "d1"))
    assert caught.value.code == "missing"


def test_a_wrong_name_is_read_and_told(tmp_path: Path):
    reading = read(Document(book(tmp_path / "cuenta.xlsx").rename(tmp_path / "cuenta.pdf"), "d1"))
    assert reading.format == "xlsx" and len(reading.rows) == 1
    assert any("called .pdf" in warning for warning, _ in reading.warnings)


def test_a_right_name_is_not_told(tmp_path: Path):
    assert read(Document(book(tmp_path / "cuenta.xlsx"), "d1")).warnings == ()


def test_a_name_that_is_no_utf_8_is_read_as_the_letters_it_was(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xf1o.csv"))
    path.write_bytes(b"Concepto,Monto\nUno,1.5\nDos,2.5\n")
    document = Document(path, "d1")
    assert document.title == "año.csv"
    assert len(read(document).numbers) == 2


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [
        ("libro.xlsx", archive("anexo.xlsx"), "Unpack it, and add what is in it: anexo.xlsx."),
        ("varios.zip", archive("a.xlsx", "b.pdf", "__MACOSX/a"), "Unpack it, and add its documents one by one."),
        ("libro.xlsb", archive("xl/workbook.bin"), "save it as .xlsx"),
        ("oficio.docx", archive("word/document.xml"), "save it as PDF"),
        ("datos.csv", b'{"clave": "3800", "aprobado": 987654.17}\n{"clave": "3600"}\n', "CSV"),
        ("oficio.doc", stream("WordDocument"), "save it as PDF"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do(tmp_path: Path, name: str, data: bytes, advice: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as error:
        sniff(path, name)
    assert error.value.code == "unknown_format" and advice in error.value.told().en


def test_an_encrypted_workbook_that_opens_by_itself_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "libro.xlsx"
    path.write_bytes(stream("EncryptedPackage"))
    with pytest.raises(SourceError, match="asks for none"):
        sniff(path, path.name)
