"""Every fault of a spec has its words, and every such rule is a fault that can be found."""

from __future__ import annotations

from pathlib import Path

from be_tui.core.findings import Place
from be_tui.core.knowledge import open_library
from be_tui.core.scaffold import parse_spec, read_spec
from be_tui.core.scaffold.importing import service_of
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target
from tests.core.scaffold.test_reading import FAULTS, SPEC

FORMS = [
    "service: [",
    "service: &a x\nresources: {}",
    "service: a\nservice: b\nresources: {t: {fields: {n: {type: text}}}}",
    "resources: {t: {fields: {n: {type: text}}}}",
    "service: a\nzz: 1\nresources: {t: {fields: {n: {type: text}}}}",
]


def found(tmp_path: Path) -> dict[str, str]:
    """Give the rules that some spec breaks, each with how grave it is."""
    binary, large = tmp_path / "binary.yaml", tmp_path / "large.yaml"
    binary.write_bytes(b"\xff")
    with large.open("wb") as file:
        file.truncate(50_000_000)
    ddl = "CREATE TABLE maps (id int PRIMARY KEY, at point);"
    told = [
        *(each for text in FORMS for each in parse_spec(text).findings),
        *(each for old, new, _ in FAULTS for each in parse_spec(SPEC.replace(old, new)).findings),
        *(each for path in (binary, large, tmp_path) for each in read_spec(str(path)).findings),
        *service_of(read_schema(ddl, Target("postgresql")).schema, "a", Place("a")).findings,
    ]
    return {each.rule: each.severity for each in told}


def test_rules_and_faults_are_paired_both_ways(tmp_path: Path) -> None:
    with open_library() as library:
        entries = [
            each for each in library.entries("rule") if Path(each.path).parent.name == "specs"
        ]
        told = {entry.id: library.rule(entry.id).severity for entry in entries}
    assert found(tmp_path) == told
