"""Adding many files costs what the files cost: what is there already is looked at once."""

from pathlib import Path

import pytest

from pipelines.home import Home
from pipelines.work.adding import add_sources
from tests.pipelines.work.test_watching import LAW, statement


def test_the_catalogue_is_read_once_however_many_files_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, files = Home(tmp_path / "home").create(), []
    for number in range(3):
        files.append(str(tmp_path / f"documento-{number}.pdf"))
        statement(Path(files[-1]), LAW, factor=number + 1)
    times: dict[str, int] = {}
    for name in ("catalogue", "set_aside"):
        monkeypatch.setattr(Home, name, _counted(times, name))
    added = list(add_sources(home, files))
    assert len({one.document_id for one in added}) == 3
    assert times == {"catalogue": 1, "set_aside": 1}


def _counted(times: dict[str, int], name: str):  # type: ignore[no-untyped-def]
    usual = getattr(Home, name)

    def ask(home: Home) -> object:
        times[name] = times.get(name, 0) + 1
        return usual(home)

    return ask
