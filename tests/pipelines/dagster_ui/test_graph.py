"""The asset graph as analysts see it, held by a snapshot: what depends on what, and which checks block.

To accept a change on purpose: `python -m tests.pipelines.dagster_ui.test_graph`.
"""

from pathlib import Path

import dagster as dg

from pipelines.definitions import defs
from warehouse.schema import CORE, OUT

SNAPSHOT = Path(__file__).parent / "graph.txt"


def drawn() -> str:
    graph = defs.resolve_asset_graph()
    lines = []
    for key in sorted(graph.get_all_asset_keys()):
        node = graph.get(key)
        partitions = " [one per document]" if node.partitions_def else ""
        parents = ", ".join(sorted(parent.to_user_string() for parent in node.parent_keys))
        lines.append(f"{node.group_name}: {key.to_user_string()}{partitions} <- {parents or 'the archive'}")
        lines += sorted(
            f"    {'ERROR' if graph.get(check).blocking else 'WARN '} {check.name}" for check in node.check_keys
        )
    jobs = sorted(job.name for job in defs.resolve_all_job_defs() if not job.name.startswith("__"))
    lines.append(f"jobs: {', '.join(jobs)}")
    for schedule in defs.schedules or []:
        assert isinstance(schedule, dg.ScheduleDefinition)
        lines.append(f"schedule: {schedule.name} {schedule.cron_schedule} {schedule.execution_timezone}")
    lines.append(f"sensors: {', '.join(sorted(sensor.name for sensor in defs.sensors or []))}")
    return "\n".join(lines) + "\n"


def test_the_graph_is_the_one_we_agreed_on():
    assert drawn() == SNAPSHOT.read_text(encoding="utf-8")


def test_every_table_has_its_asset():
    keys = {key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()}
    assert {table.path for table in (*CORE, *OUT)} <= keys


def test_definitions_load_as_dagster_loads_them():
    dg.Definitions.validate_loadable(defs)


if __name__ == "__main__":
    SNAPSHOT.write_text(drawn(), encoding="utf-8")
