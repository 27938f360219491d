"""`check_paths` tells every fault of the packs, of a pack elsewhere, or of single files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypedDict

import pytest
import yaml

from be_tui.core.errors import InputError
from be_tui.core.knowledge import check_paths
from tests.core.knowledge.making import (
    ALIASES,
    CHECKLIST,
    FILES,
    KNOWN,
    REFERENCE,
    RULE,
    TREE,
    changed,
    check,
    write,
    write_project,
)


class Case(TypedDict):
    """One way to break a file of the small pack, and all that is told about it."""

    case: str
    file: str
    old: str
    new: str
    faults: list[str]


CASES: list[Case] = yaml.safe_load(Path(__file__).with_name("file_faults.yaml").read_text("utf-8"))


def told(project: Path, files: dict[str, str]) -> list[str]:
    write_project(project, FILES | files)
    return [
        f"{Path(each.place.path).name}:{each.place.line}:{each.place.column} "
        f"{each.severity} {each.rule} {each.message}"
        for each in check(project)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"].replace(" ", "-"))
def test_a_broken_file_is_told_with_its_place(tmp_path: Path, case: Case) -> None:
    text = changed(case["old"], case["new"], FILES[case["file"]])
    assert told(tmp_path, {case["file"]: text}) == case["faults"]


def test_two_files_of_one_pack_do_not_share_an_id(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, {"rules/more/stale-water.yaml": RULE})
    assert fault.startswith("stale-water.yaml:1:1 error pack-duplicate-id the rule `stale-water`")
    assert "rules/more/stale-water.yaml" in fault


def test_links_that_stand_are_left_alone(tmp_path: Path) -> None:
    links = " ".join(
        f"[x]({target})"
        for target in (
            *("drinks", "drinks#tea", "#water", "drinks.md#tea", "guide.md", "tree:optimize"),
            *("rule:stale-water", "checklist:kitchen", "https://example.org/#x", "mailto:a@b.c"),
            *("../aliases.yaml", "file:app.py:3"),
        )
    )
    text = f"---\nid: more\ntitle: More\nsummary: Links\n---\n# Water\n\n{links}\n"
    assert told(tmp_path, {"references/more.md": text}) == []


def test_a_picture_as_a_reference_is_one_line(tmp_path: Path) -> None:
    write_project(tmp_path)
    picture = tmp_path / ".be-tui" / "references" / "picture.md"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    found = [each for each in check(tmp_path) if each.place.path.endswith("picture.md")]
    assert [(each.rule, each.place.line) for each in found] == [("pack-not-text", 1)]


def test_a_folder_elsewhere_is_checked_as_if_it_were_the_projects_pack(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    broken = changed("drinks#tea]", "drinks#tee]", TREE)
    write(tmp_path / "other", {"trees/tea.yaml": broken, "references/drinks.md": REFERENCE})
    found = check_paths([tmp_path / "other"], project=project, known=KNOWN)
    assert [each.rule for each in found] == ["reference-dead-link"]
    assert found[0].place.path == str(tmp_path / "other" / "trees" / "tea.yaml")


def test_one_file_is_checked_against_all_that_stands_around_it(tmp_path: Path) -> None:
    write_project(tmp_path, FILES | {"trees/more.yaml": changed("tree: tea", "tree: more")})
    write_project(tmp_path, {"rules/broken.yaml": "rule: 1"})
    one = tmp_path / ".be-tui" / "trees" / "more.yaml"
    assert check_paths([one], project=tmp_path, known=KNOWN) == ()
    assert check_paths([str(one.parent)], project=tmp_path, known=KNOWN) == ()
    assert check_paths([one.parent.parent / "rules"], project=tmp_path, known=KNOWN) != ()


def test_everything_is_checked_where_no_path_is_given(tmp_path: Path) -> None:
    write_project(tmp_path, {"rules/broken.yaml": "rule: 1"})
    assert {each.rule for each in check_paths(project=tmp_path)} == {"pack-missing-key"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("x.yaml", TREE), ("x.yml", CHECKLIST), ("x.yaml", RULE)),
        *(("words.yaml", ALIASES), ("x.md", REFERENCE)),
    ],
)
def test_a_lone_file_is_known_by_what_it_says(tmp_path: Path, name: str, text: str) -> None:
    path = write(tmp_path, {name: text}) / name
    assert {each.rule for each in check_paths([path])} <= {"reference-dead-link"}


def test_a_file_that_says_nothing_is_known_by_its_folder(tmp_path: Path) -> None:
    write(tmp_path, {"checklists/x.yaml": "title: x", "aliases.yaml": "", "rules/y.yaml": ""})
    found = check_paths([tmp_path / "checklists" / "x.yaml"])
    assert "`checklist` is missing" in [each.message for each in found]
    assert [each.rule for each in check_paths([tmp_path / "aliases.yaml"])] == ["pack-syntax"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("nothing.yaml", "no such file or folder"),
        ("empty", "no pack stands here"),
        ("plain.yaml", "cannot tell what this file holds"),
    ],
)
def test_a_path_that_is_no_part_of_a_pack_is_one_clear_line(
    tmp_path: Path, path: str, says: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "plain.yaml").write_text("a: 1")
    with pytest.raises(InputError, match=says):
        check_paths([tmp_path / path])


def test_a_lone_file_that_may_not_be_read_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, {"x.yaml": TREE}) / "x.yaml"
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        check_paths([path])


def test_a_folder_that_may_not_be_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, FILES)
    monkeypatch.setattr(os, "access", lambda *_: False)
    (fault,) = check_paths([tmp_path / ".be-tui"])
    assert (fault.rule, fault.message) == ("pack-unreadable", "cannot be read: Permission denied")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "trees").mkdir()
    os.mkfifo(tmp_path / "trees" / "x.yaml")
    found = check_paths([tmp_path / "trees" / "x.yaml"])
    assert [each.rule for each in found] == ["pack-unreadable"]


def test_paths_are_shown_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, {"rules/broken.yaml": "rule: 1"})
    monkeypatch.chdir(tmp_path)
    assert {each.place.path for each in check_paths(project=tmp_path)} == {
        ".be-tui/rules/broken.yaml"
    }


def test_findings_carry_the_words_of_their_rules(tmp_path: Path) -> None:
    write_project(tmp_path, {"rules/broken.yaml": "rule: 1"})
    assert all(each.why for each in check_paths(project=tmp_path))


def test_only_so_many_dead_names_are_compared_with_those_that_stand(tmp_path: Path) -> None:
    links = "\n\n".join(f"[x](#steepin{number})" for number in range(300))
    found = check(write_project(tmp_path, FILES | {"references/drinks.md": REFERENCE + links}))
    dead = [each.message for each in found if each.rule == "reference-dead-link"]
    assert len(dead) == 300
    assert sum("did you mean `drinks#steeping`" in each for each in dead) == 100
