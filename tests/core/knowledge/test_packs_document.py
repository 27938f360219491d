"""What `docs/packs.md` shows works, and what it lists is all there is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import be_tui
from be_tui.cli import SCREENS
from be_tui.core.decisions import doubts, start
from be_tui.core.knowledge import Known, check_paths, open_library
from be_tui.core.knowledge.decode.conditions import read_condition
from be_tui.core.project import all_probes
from be_tui.core.yamlform import Faults, parse_yaml
from tests.core.knowledge.making import write_project

TEXT = (Path(be_tui.__file__).parent.parent / "docs" / "packs.md").read_text("utf-8")
YAML = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
NAMES = {
    "tree": "trees/background-job.yaml",
    "comparison": "comparisons/job-queue.yaml",
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
    for name in ("live", "tables", "monotonic"):
        del parts[name]
    tree = parts["tree"].replace("version: 1\n", changes)
    parts["tree"] = tree.replace("\nquestions:\n", f"\n{authorities}\nquestions:\n")
    files = {NAMES[name]: text for name, text in parts.items()}
    assert files.keys() == set(NAMES.values())
    (reference,) = re.findall(r"```markdown\n(.*?)```", TEXT, re.DOTALL)
    write_project(tmp_path, {**files, "references/house-rules.md": reference})
    known = Known({probe.id: probe.measures for probe in all_probes()}, SCREENS)
    day = date(2026, 12, 1)
    assert check_paths([tmp_path / ".be-tui"], project=tmp_path, known=known, today=day) == ()


def test_its_kinds_tables_and_orders_are_one_tree_without_a_fault(tmp_path: Path) -> None:
    parts = {text.partition(":")[0]: text for text in YAML if text[0] != "{"}
    asked = parts["live"]
    for assumed in ("yes", "few", "quick", "none"):
        rest = f"ask: What?, why: So., unknown: {{assume: {assumed}, price: a day}}"
        lines = "\n  ".join(re.split(r", (?=why|unknown)", rest))
        asked = asked.replace("  kind:", f"  {lines}\n  KIND:", 1)
    questions = "".join(
        f"  {line}" for line in asked.replace("KIND", "kind").splitlines(keepends=True)
    )
    outcome = "{title: Do, advice: Do., steps: [Do], door: two-way, price: little, again: soon}"
    outcomes = "".join(f"  {each}: {outcome}\n" for each in ("wait", "unlock", "cache", "tune"))
    head = "tree: kinds\nversion: 1\ntitle: Kinds\nquestion: What?\nsummary: All.\nfirst: live\n"
    tree = (
        f"{head}questions:\n{questions}{parts['tables']}{parts['monotonic']}outcomes:\n{outcomes}"
    )
    write_project(tmp_path, {"trees/kinds.yaml": tree})
    known = Known({probe.id: probe.measures for probe in all_probes()}, SCREENS)
    assert check_paths([tmp_path / ".be-tui"], project=tmp_path, known=known) == ()
    with open_library(tmp_path) as library:
        read = library.tree("kinds")
    assert doubts(read) == ()
    assert {question.kind for question in read.questions} == {
        *("yes-no", "number", "duration", "several")
    }
    walk = start(read).answer("live", "yes").answer("rate", "250").answer("slowest", "2min")
    assert walk.answer("signs", "reads,locks").end.id == "unlock"


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
