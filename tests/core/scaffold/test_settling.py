"""What is generated again meets what a person made of it, and nothing is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.files import NewFile, compare, export
from be_tui.core.scaffold.settling import (
    BASE,
    Base,
    Planned,
    Unsettled,
    read_base,
    settle,
    write_base,
)

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.scaffold.settling import Settled, Settlement

NOW = Base("fastapi", ("cache",), "service: shop\n", ())


def generate(root: Path, *files: Planned) -> Settlement:
    """Generate into a folder, and write what is written unless a person says otherwise."""
    settled = settle(files, read_base(root), NOW, root)
    changes = [each for each in compare(settled.file_set, root) if each.path in settled.chosen]
    changed = [each.path for each in changes if each.status == "changed"]
    export(changes, root, overwrite=changed)
    return settled


def state(settled: Settlement, path: str) -> Settled:
    return next(each for each in settled.files if each.path == path)


def test_into_an_empty_folder_all_is_new(tmp_path: Path) -> None:
    settled = generate(tmp_path / "shop", Planned("a.py", "1\n"))
    assert state(settled, "a.py").state == "new"
    assert (tmp_path / "shop/a.py").read_text() == "1\n"


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\n"))
    again = settle((Planned("a.py", "1\n"),), read_base(tmp_path), NOW, tmp_path)
    assert [each.state for each in again.files] == ["same"]
    assert [each.status for each in compare(again.file_set, tmp_path)] == ["same"]


def test_a_file_that_nobody_touched_is_brought_up_to_date(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\n"))
    assert state(generate(tmp_path, Planned("a.py", "2\n")), "a.py").state == "updated"
    assert (tmp_path / "a.py").read_text() == "2\n"


def test_an_edited_file_is_merged(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "a\nb\nc\n"))
    (tmp_path / "a.py").write_text("mine\na\nb\nc\n")
    assert state(generate(tmp_path, Planned("a.py", "a\nb\nC\n")), "a.py").state == "merged"
    assert (tmp_path / "a.py").read_text() == "mine\na\nb\nC\n"


def test_an_edit_outlives_many_generations(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "a\nb\nc\nd\n"))
    (tmp_path / "a.py").write_text("mine\na\nb\nc\nd\n")
    for last in ("D", "E", "F"):
        generate(tmp_path, Planned("a.py", f"a\nb\nc\n{last}\n"))
    assert (tmp_path / "a.py").read_text() == "mine\na\nb\nc\nF\n"


def test_an_edited_file_of_which_nothing_new_was_generated_is_kept(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\n"))
    (tmp_path / "a.py").write_text("mine\n")
    assert state(generate(tmp_path, Planned("a.py", "1\n")), "a.py").state == "kept"
    assert (tmp_path / "a.py").read_text() == "mine\n"


def test_a_conflict_is_shown_and_not_written(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\n"))
    (tmp_path / "a.py").write_text("mine\n")
    found = state(generate(tmp_path, Planned("a.py", "2\n")), "a.py")
    assert (found.state, found.conflicts) == ("conflict", 1)
    assert "<<<<<<< yours\nmine\n" in found.text
    assert (tmp_path / "a.py").read_text() == "mine\n"


def test_a_conflict_that_was_not_settled_is_shown_again(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\n"))
    (tmp_path / "a.py").write_text("mine\n")
    generate(tmp_path, Planned("a.py", "2\n"))
    assert state(generate(tmp_path, Planned("a.py", "2\n")), "a.py").state == "conflict"
    assert state(generate(tmp_path, Planned("a.py", "3\n")), "a.py").state == "conflict"


def test_a_conflict_that_was_settled_is_not_shown_again(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\nx\ny\n"))
    (tmp_path / "a.py").write_text("mine\nx\ny\n")
    generate(tmp_path, Planned("a.py", "2\nx\ny\n"))
    (tmp_path / "a.py").write_text("mine and 2\nx\ny\n")
    assert state(generate(tmp_path, Planned("a.py", "2\nx\ny\n")), "a.py").state == "kept"
    assert state(generate(tmp_path, Planned("a.py", "2\nx\nz\n")), "a.py").state == "merged"
    assert (tmp_path / "a.py").read_text() == "mine and 2\nx\nz\n"


def test_a_deleted_file_stays_deleted(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\n"))
    (tmp_path / "a.py").unlink()
    assert state(generate(tmp_path, Planned("a.py", "2\n")), "a.py").state == "deleted"
    assert not (tmp_path / "a.py").exists()


def test_a_file_of_ones_own_is_written_once(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\n", "yours"))
    (tmp_path / "a.py").write_text("mine\n")
    assert state(generate(tmp_path, Planned("a.py", "2\n", "yours")), "a.py").state == "yours"
    assert (tmp_path / "a.py").read_text() == "mine\n"


def test_what_stood_in_the_place_of_a_file_of_ones_own_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("mine\n")
    assert state(generate(tmp_path, Planned("a.py", "1\n", "yours")), "a.py").state == "taken"
    assert state(generate(tmp_path, Planned("a.py", "2\n", "yours")), "a.py").state == "yours"
    assert (tmp_path / "a.py").read_text() == "mine\n"


def test_a_file_that_somebody_else_wrote_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("theirs\n")
    assert state(generate(tmp_path, Planned("a.py", "1\n")), "a.py").state == "taken"
    assert (tmp_path / "a.py").read_text() == "theirs\n"


def test_a_file_that_is_generated_no_more_is_left_and_told(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\n"), Planned("b.py", "1\n"))
    assert state(generate(tmp_path, Planned("a.py", "1\n")), "b.py").state == "left"
    assert (tmp_path / "b.py").exists()


def test_the_same_edit_as_the_generators_is_no_conflict(tmp_path: Path) -> None:
    generate(tmp_path, Planned("a.py", "1\n3\n"))
    (tmp_path / "a.py").write_text("1\n2\n3\n4\n")
    assert state(generate(tmp_path, Planned("a.py", "1\n2\n3\n")), "a.py").state == "kept"


def test_a_base_is_read_as_it_was_written(tmp_path: Path) -> None:
    files = (NewFile("b", "1\n"), NewFile("c", "\u2028"))
    base = Base("go", ("jobs",), "service: ä\n", files, (Unsettled("b", "2\n", "00"),))
    file = write_base(base)
    (tmp_path / ".be-tui").mkdir()
    (tmp_path / BASE).write_text(file.text, encoding="utf-8")
    assert read_base(tmp_path) == base
    assert base.text("b") == "2\n"
    assert base.text("c") == "\u2028"
    assert base.text("x") is None


def test_without_a_base_nothing_was_generated(tmp_path: Path) -> None:
    assert read_base(tmp_path / "none") is None


DAMAGED = [
    "",
    "[]",
    "{}",
    '{"version": 2}',
    '{"version": 1, "stack": 1, "options": [], "spec": "", "files": {}}',
    '{"version": 1, "stack": "", "options": {}, "spec": "", "files": {}}',
    '{"version": 1, "stack": "", "options": [], "spec": "", "files": []}',
    '{"version": 1, "stack": "", "options": [], "spec": "", "files": {"../a": ""}}',
    '{"version": 1, "stack": "", "options": [], "spec": "", "files": {"a": 1}}',
    '{"version": 1, "stack": "", "options": [], "spec": "", "files": {}, "unsettled": {"a": 1}}',
    '{"version": 1, "stack": "", "options": [], "spec": "", "files": {}, "unsettled": {"a": []}}',
]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_base_is_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / ".be-tui").mkdir()
    (tmp_path / BASE).write_text(text)
    with pytest.raises(InputError, match="is damaged"):
        read_base(tmp_path)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\x00\xd8", b"[" * 100_000])
def test_a_base_that_is_no_document_is_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / ".be-tui").mkdir()
    (tmp_path / BASE).write_bytes(data)
    with pytest.raises(InputError, match="is damaged"):
        read_base(tmp_path)


def test_a_base_that_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / ".be-tui").mkdir()
    os.mkfifo(tmp_path / BASE)
    with pytest.raises(InputError, match="is no file"):
        read_base(tmp_path)


def test_a_base_behind_a_link_to_itself_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".be-tui").symlink_to(".be-tui")
    with pytest.raises(InputError, match="cannot be read: too many levels"):
        read_base(tmp_path)
