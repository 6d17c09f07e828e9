"""Opening the containers workbooks come in (zip, OLE) without being harmed by them.

Limits are checked on the directory of the zip, before anything is unpacked. XML is read without entities: neither
external ones nor definitions inside the file are accepted. What the parts mean belongs to the format modules.
"""

import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from sources.errors import OBTAIN_AGAIN, SAVE_APART, SourceError, Words
from warehouse.schema.vocabulary import Term

MAX_ENTRIES = 10_000
MAX_UNPACKED = 400 * 2**20
# Sheets of thousands of equal styled rows pack about 1:60; a bomb packs a thousand to one.
MAX_RATIO = 200
RATIO_FROM = 50 * 2**20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """A zip container whose size was found harmless. Use as a context manager.

    Its parts are found as Excel finds them: whatever the case of their letters and the slash between their folders.
    """

    def __init__(self, path: Path, title: str) -> None:
        self._title = title
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
            raise self._corrupt(str(error)) from error
        try:
            self._check()
        except SourceError:
            self._zip.close()
            raise
        self._stored = {_plain(name).lower(): name for name in reversed(self._zip.namelist())}
        self.names = {_plain(name) for name in self._zip.namelist()}

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return _plain(name).lower() in self._stored

    def read(self, name: str) -> bytes:
        """The bytes of one part. Raises SourceError('corrupt') where the part is damaged or absent."""
        try:
            return self._zip.read(self._stored[_plain(name).lower()])
        except KeyError as error:
            raise self._corrupt(Term(f"no part {name}", f"sin la parte {name}")) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise self._corrupt(f"{name}: {error}") from error
        except RuntimeError as error:  # zipfile says so of an encrypted member
            raise encrypted(self._title) from error

    def _corrupt(self, found: Words) -> SourceError:
        whole = Term("a whole workbook", "un libro de Excel completo")
        return SourceError("corrupt", self._title, whole, found, OBTAIN_AGAIN)

    def _check(self) -> None:
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        packed = max(1, sum(entry.compress_size for entry in entries))
        excess = None
        if len(entries) > MAX_ENTRIES:
            excess = Term(f"{len(entries):,} parts", f"{len(entries):,} partes")
        elif unpacked > MAX_UNPACKED:
            size = f"{unpacked / 2**20:,.0f} MiB"
            excess = Term(f"{size} when unpacked", f"{size} al desempacarlo")
        elif unpacked > RATIO_FROM and unpacked / packed > MAX_RATIO:
            size, times = f"{unpacked / 2**20:,.0f} MiB", unpacked // packed
            excess = Term(f"{size} packed {times} to 1", f"{size} empacados {times} a 1")
        if excess:
            raise SourceError(
                "too_large", self._title,
                Term(f"at most {MAX_UNPACKED // 2**20} MiB unpacked, packed at most {MAX_RATIO} to 1",
                     f"cuando más {MAX_UNPACKED // 2**20} MiB desempacado, y empacado cuando más {MAX_RATIO} a 1"),
                excess, SAVE_APART,
            )  # fmt: skip


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def encrypted(title: str) -> SourceError:
    """The error for a workbook that asks for a password."""
    return SourceError(
        "encrypted",
        title,
        Term("a workbook without a password", "un libro de Excel sin contraseña"),
        Term("an encrypted one", "uno cifrado"),
        Term(
            "Ask for a copy without a password, or save one. If Excel opens it and asks for none, it is encrypted with the "
            "password that Excel tries by itself («read only», «final»): save it there as a new .xlsx.",
            "Pida una copia sin contraseña, o guárdela. Si Excel lo abre sin pedirla, está cifrado con la contraseña que Excel "
            "prueba por sí mismo («solo lectura», «final»): guárdelo allí como un .xlsx nuevo.",
        ),
    )


def is_ole(head: bytes) -> bool:
    """Whether bytes begin as an OLE container does."""
    return head.startswith(_OLE)


def ole_streams(data: bytes) -> set[str]:
    """Which of the streams that tell formats apart an OLE container has, by their names in its directory."""
    telling = ("EncryptedPackage", "Workbook", "Book", "WordDocument", "PowerPoint Document")
    return {name for name in telling if (name + "\0").encode("utf-16-le") in data}


def xml_parser() -> expat.XMLParserType:
    """A parser that refuses document type definitions, and with them every entity trick."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(name: str, *_: object) -> None:
        raise expat.ExpatError(f"document type definition {name}: refused")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def local(name: str) -> str:
    """An XML name without its prefix."""
    return name.rpartition(":")[2]
