"""What `docs/packs.md` shows works, and what it lists is all there is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import be_tui
from be_tui.cli import SCREENS
from be_tui.core.knowledge import Known, check_paths
from be_tui.core.knowledge.decode.conditions import read_condition
from be_tui.core.project import all_probes
from be_tui.core.yamlform import Faults, parse_yaml
from tests.core.knowledge.making import write_project

TEXT = (Path(be_tui.__file__).parent.parent / "docs" / "packs.md").read_text("utf-8")
YAML = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
NAMES = {
    "tree": "trees/background-job.yaml",
    "checklist": "checklists/release.yaml",
    "reference": "references/house-api/reference.yaml",
    "chapter": "references/house-api/retries.yaml",
    "rule": "rules/own.yaml",
    "aliases": "aliases.yaml",
}


def test_its_examples_are_a_pack_without_a_fault(tmp_path: Path) -> None:
    parts = {text.partition(":")[0]: text for text in YAML if text[0] != "{"}
    # Changes and authorities are shown by themselves; they are those of the tree.
    changes, authorities = parts.pop("version"), parts.pop("authorities")
    tree = parts["tree"].replace("version: 1\n", changes)
    parts["tree"] = tree.replace("\nquestions:\n", f"\n{authorities}\nquestions:\n")
    files = {NAMES[name]: text for name, text in parts.items()}
    assert files.keys() == set(NAMES.values())
    (reference,) = re.findall(r"```markdown\n(.*?)```", TEXT, re.DOTALL)
    write_project(tmp_path, {**files, "references/house-rules.md": reference})
    known = Known({probe.id: probe.measures for probe in all_probes()}, SCREENS)
    day = date(2026, 12, 1)
    assert check_paths([tmp_path / ".be-tui"], project=tmp_path, known=known, today=day) == ()


@pytest.mark.parametrize(
    "condition", [line for text in YAML if text[0] == "{" for line in text.splitlines()]
)
def test_its_conditions_are_read(condition: str) -> None:
    faults = Faults("packs.md")
    read_condition(parse_yaml(f"when: {condition}", faults), "when", lambda _name, _value: None)
    assert not faults.findings


def test_its_table_has_every_probe_and_measure() -> None:
    rows = [
        f"| `{probe.id}` | {', '.join(f'`{name}`' for name in probe.measures)} |"
        for probe in all_probes()
    ]
    table = TEXT.partition("### Probes and their measures")[2].partition("## References")[0]
    assert [line for line in table.splitlines() if line.startswith("| `")] == rows
