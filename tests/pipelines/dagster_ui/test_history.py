"""Dagster's history, written quickly: nothing of it is lost, and nothing stays open."""

from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import sqlalchemy

from pipelines.dagster_ui import history
from pipelines.dagster_ui.history import history_kept_open


@dg.op
def say(context: dg.OpExecutionContext) -> None:
    for number in range(20):
        context.log.info(f"event {number}")


@dg.job
def saying() -> None:
    say()


def test_a_file_has_one_engine_and_others_read_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    urls: list[str] = []
    create_engine = sqlalchemy.create_engine

    def counted(url: str, **settings: Any) -> sqlalchemy.Engine:
        urls.append(url)
        return create_engine(url, **settings)

    monkeypatch.setattr(sqlalchemy, "create_engine", counted)
    with history_kept_open(), dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        run_id = saying.execute_in_process(instance=instance).run_id
    files = sorted(url.rsplit("/", 1)[1] for url in urls)
    assert files == sorted(["index.db", "runs.db", f"{run_id}.db"])
    with dg.DagsterInstance.local_temp(str(tmp_path)) as later:
        logged = [entry.user_message for entry in later.all_logs(run_id)]
    assert [text for text in logged if text.startswith("event ")] == [f"event {number}" for number in range(20)]
    assert not list(tmp_path.rglob("*-wal"))  # the last connection writes it into the file


def test_files_of_runs_that_are_over_are_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_MOST_OPEN", 3)  # the index, the runs, and the last one of them
    with history_kept_open(), dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        first, last = (saying.execute_in_process(instance=instance).run_id for _ in range(2))
        open_logs = {path.name.removesuffix(".db-wal") for path in tmp_path.rglob("*.db-wal")}
        assert last in open_logs and first not in open_logs
        assert len(instance.all_logs(first)) > 20
