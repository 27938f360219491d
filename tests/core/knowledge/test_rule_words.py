"""Every fault of a pack has its words, and every such rule is a fault that can be found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.knowledge import Library, check_paths, open_library
from be_tui.core.knowledge.packs import COVERS
from tests.core.knowledge.making import KNOWN, write_project
from tests.core.knowledge.test_check import CASES as FILE_CASES
from tests.core.knowledge.test_item_faults import CASES as ITEM_CASES
from tests.core.knowledge.test_tree_faults import CASES as TREE_CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.findings import Finding

CASES = (*TREE_CASES, *FILE_CASES, *ITEM_CASES)


@pytest.fixture
def library() -> Iterator[Library]:
    with open_library() as opened:
        yield opened


def rules_of_packs(library: Library) -> set[str]:
    rules = library.entries("rule")
    return {entry.id for entry in rules if Path(entry.path).parent.name == "packs"}


def unreadable_pack(root: Path) -> tuple[Finding, ...]:
    """Give what is found in a pack with the faults that no single change of text can make."""
    write_project(root, {"tree/x.yaml": "", "trees/alias.yaml": "a: &b 1", "rules/raw.yaml": ""})
    (root / ".be-tui" / "rules" / "raw.yaml").write_bytes(b"\xff")
    (root / ".be-tui" / "rules" / "folder.yaml").mkdir()
    with (root / ".be-tui" / "rules" / "big.yaml").open("wb") as file:
        file.truncate(50_000_000)
    return check_paths([root / ".be-tui"], known=KNOWN)


def test_rules_and_faults_are_paired_both_ways(library: Library, tmp_path: Path) -> None:
    told = [fault for case in CASES for fault in case["faults"]]
    found = {fault.split()[2] for fault in told}
    found |= {finding.rule for finding in unreadable_pack(tmp_path)}
    assert found == rules_of_packs(library)


def test_a_fault_is_as_grave_as_its_rule_says(library: Library, tmp_path: Path) -> None:
    told = [fault.split()[1:3] for case in CASES for fault in case["faults"]]
    told += [[finding.severity, finding.rule] for finding in unreadable_pack(tmp_path)]
    for severity, rule in told:
        assert library.rule(rule).severity == severity, rule


def test_every_id_is_the_name_of_its_file(library: Library) -> None:
    paths = [(Path(entry.path), entry.id) for entry in library.entries()]
    assert all(
        entry_id == (path.stem, path.parent.name)[path.name in COVERS] for path, entry_id in paths
    )


def test_the_bundled_pack_is_whole(library: Library) -> None:
    assert library.faults() == ()
