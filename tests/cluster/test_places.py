"""The files of a deployment are what they say: objects of Kubernetes, settings that Dagster takes, identities of the bucket."""

import json
from pathlib import Path

import pytest
import yaml

from tests.cluster.servers import ROOT

PLACES = ROOT / "docs" / "cluster"
OBJECTS = list(yaml.safe_load_all((PLACES / "kubernetes.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("made", OBJECTS, ids=lambda made: f"{made['kind']}-{made['metadata']['name']}")
def test_an_object_is_one_of_kubernetes(made: dict) -> None:
    validator = pytest.importorskip("kubernetes_validate")
    validator.validate(made, "1.37", strict=True)


def test_what_a_pod_refers_to_is_there() -> None:
    there = {(made["kind"], made["metadata"]["name"]) for made in OBJECTS}
    pods = [made["spec"]["template"]["spec"] for made in OBJECTS if "template" in made.get("spec", {})]
    assert len(pods) == 3
    sources = [source for pod in pods for one in pod["containers"] for source in one.get("envFrom", [])]
    kinds = {"configMapRef": "ConfigMap", "secretRef": "Secret"}
    assert {(kinds[kind], to["name"]) for source in sources for kind, to in source.items()} <= there


def test_settings_are_those_that_the_program_asks_for() -> None:
    set_there = {
        name for made in OBJECTS if made["kind"] == "ConfigMap" for name in made["data"] if name.startswith("PESO_")
    }
    asked = {name for name in set_there if name in (ROOT / "pipelines" / "home.py").read_text(encoding="utf-8")}
    assert set_there - asked == {"PESO_POSTGRES"}  # which Dagster asks for
    assert "env: PESO_POSTGRES" in (PLACES / "dagster.yaml").read_text(encoding="utf-8")


def test_a_reader_of_the_bucket_may_only_read() -> None:
    identities = {one["name"]: one["actions"] for one in json.loads(Path(PLACES / "s3.json").read_text())["identities"]}
    assert identities["reader"] == ["Read", "List"]
