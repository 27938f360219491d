"""Where packs stand, which file counts, and what becomes of a folder that is out of order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.knowledge import check_paths, open_library
from be_tui.core.knowledge.packs import find_packs, stamp_of
from be_tui.core.locations import config_dir
from tests.core.knowledge.making import FILES, RULE, TREE, changed, check, write, write_project

if TYPE_CHECKING:
    import pytest


def troubles(project: Path) -> dict[str, str]:
    return {os.path.relpath(path, project): said for path, said in find_packs(project).troubles}


def test_later_packs_add_to_earlier_ones_and_override_them(
    tmp_path: Path, own_folders: Path
) -> None:
    assert config_dir().startswith(str(own_folders))
    write(own_folders / "xdg_config_home" / "be-tui" / "pack")
    other = changed("title: Tea or coffee", "title: Water or milk")
    rule = changed("rule: stale-water", "rule: x", RULE)
    write_project(tmp_path, {"trees/tea.yaml": other, "rules/x.yaml": rule})
    with open_library(tmp_path) as library:
        tree = library.tree("tea")
        assert (tree.title, tree.pack) == ("Water or milk", "project")
        assert library.rule("stale-water").pack == "user"
        assert library.rule("x").pack == "project"
        assert library.tree("optimize").pack == "bundled"
        packs = {entry.id: entry.pack for entry in library.entries("tree")}
    assert packs["tea"] == "project"
    assert set(packs.values()) == {"bundled", "project"}
    with open_library() as library:
        assert library.tree("tea").title == "Tea or coffee"


def test_packs_that_are_not_there_are_no_trouble(tmp_path: Path) -> None:
    assert find_packs(tmp_path / "nowhere").troubles == ()


def test_files_stand_in_folders_below_too_and_others_are_left_alone(tmp_path: Path) -> None:
    write_project(
        tmp_path,
        {
            "rules/sql/deep/stale.yml": RULE,
            "rules/README.txt": "notes",
            "rules/.hidden.yaml": "not: read",
            "notes.yaml": "not: read",
        },
    )
    project = [file for file in find_packs(tmp_path).files if file.pack == "project"]
    assert [Path(file.path).name for file in project] == ["stale.yml"]
    assert check(tmp_path)[0].rule == "reference-dead-link"


def test_links_that_go_round_are_told_and_not_followed(tmp_path: Path) -> None:
    write_project(tmp_path)
    trees = tmp_path / ".be-tui" / "trees"
    (trees / "round").symlink_to(trees)
    (trees / "up").symlink_to(tmp_path)
    (trees / "self.yaml").symlink_to("self.yaml")
    (trees / "gone.yaml").symlink_to("nowhere.yaml")
    told = troubles(tmp_path)
    names = ("round", "up", "self.yaml", "gone.yaml")
    assert told.keys() == {f".be-tui/trees/{name}" for name in names}
    assert "leads back" in told[".be-tui/trees/round"]
    assert "leads back" in told[".be-tui/trees/up"]
    assert "symbolic links" in told[".be-tui/trees/self.yaml"]
    assert "No such file" in told[".be-tui/trees/gone.yaml"]
    with open_library(tmp_path) as library:
        assert library.tree("tea").title == "Tea or coffee"
        assert {fault.rule for fault in library.faults()} == {"pack-unreadable"}


def test_a_link_to_a_shared_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "shared", FILES)
    project = tmp_path / "project"
    (project / ".be-tui").mkdir(parents=True)
    for folder in ("trees", "references"):
        (project / ".be-tui" / folder).symlink_to(tmp_path / "shared" / folder)
    with open_library(project) as library:
        assert library.tree("tea").id == "tea"


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    write_project(tmp_path)
    trees = tmp_path / ".be-tui" / "trees"
    (trees / "folder.yaml").mkdir()
    os.mkfifo(trees / "pipe.yaml")
    (tmp_path / ".be-tui" / "checklists" / "x.yaml").mkdir()
    told = troubles(tmp_path)
    assert "this is a folder" in told[".be-tui/trees/folder.yaml"]
    assert "no regular file" in told[".be-tui/trees/pipe.yaml"]
    assert "this is a folder" in told[".be-tui/checklists/x.yaml"]


def test_a_pack_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".be-tui").write_text("oops")
    assert troubles(tmp_path) == {".be-tui": "expected a folder, a pack is made of files"}


def test_a_folder_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A mode of 000 does not stop root, so the refusal itself is put in.
    write_project(tmp_path)
    scan = os.scandir

    def refuse(folder: str) -> object:
        if folder.endswith("trees") and str(tmp_path) in folder:
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert troubles(tmp_path) == {".be-tui/trees": "cannot be read: Permission denied"}


def test_aliases_that_cannot_be_looked_at_are_told(tmp_path: Path) -> None:
    write_project(tmp_path)
    aliases = tmp_path / ".be-tui" / "aliases.yaml"
    aliases.unlink()
    aliases.symlink_to("aliases.yaml")
    assert "symbolic links" in troubles(tmp_path)[".be-tui/aliases.yaml"]


def test_folders_that_are_too_deep_or_too_full_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = "/".join("abcdefghijk")
    write_project(tmp_path, FILES | {f"rules/{deep}/x.yaml": RULE})
    assert "8 folders deep" in next(iter(troubles(tmp_path).values()))
    monkeypatch.setattr("be_tui.core.knowledge.packs._FILES_LIMIT", 3)
    many = {f"checklists/{n}.yaml": "x" for n in range(5)}
    write_project(tmp_path, many)
    assert "more than 3 files" in troubles(tmp_path)[".be-tui/checklists"]


def test_a_stamp_changes_with_its_file_and_is_empty_without_it(tmp_path: Path) -> None:
    path = tmp_path / "x"
    assert stamp_of(str(path)) == ""
    path.write_text("a")
    first = stamp_of(str(path))
    path.write_text("ab")
    assert stamp_of(str(path)) != first


def test_a_folder_with_nearly_the_right_name_is_told(tmp_path: Path) -> None:
    write_project(tmp_path, {"tree/tea.yaml": TREE, "assets/x.png": "", "references/drinks.md": ""})
    found = [each for each in check_paths(project=tmp_path) if each.rule == "pack-unknown-folder"]
    assert [(each.severity, each.message) for each in found] == [
        ("warning", "this folder is not read; did you mean `trees/`?")
    ]
