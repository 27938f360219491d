from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.files import Change, FileSet, NewFile, compare

if TYPE_CHECKING:
    from pathlib import Path


def only(root: Path, path: str = "a.txt", text: str = "one\n") -> Change:
    (change,) = compare(FileSet((NewFile(path, text),)), root)
    return change


def test_a_file_that_is_not_there_is_new(tmp_path: Path) -> None:
    change = only(tmp_path, "docs/a.txt", "one\ntwo")
    assert (change.status, change.before, change.added, change.removed) == ("new", "", 2, 0)


def test_all_is_new_where_the_folder_is_not_there_yet(tmp_path: Path) -> None:
    assert only(tmp_path / "not" / "yet", "docs/a.txt").status == "new"
    assert not (tmp_path / "not").exists()


def test_a_file_that_holds_the_same_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\n")
    assert only(tmp_path).status == "same"


def test_a_changed_file_is_told_with_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("zero\none\ntwo\n")
    change = only(tmp_path, text="one\n2\nthree\n")
    assert (change.status, change.before) == ("changed", "zero\none\ntwo\n")
    assert (change.added, change.removed) == (2, 2)


def test_windows_line_ends_are_no_change_and_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\n")
    assert only(tmp_path).status == "same"
    change = only(tmp_path, text="one\ntwo\n")
    assert (change.status, change.newline, change.added) == ("changed", "\r\n", 1)


def test_mixed_line_ends_are_shown_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo\n")
    change = only(tmp_path, text="one\ntwo\n")
    assert (change.status, change.newline, change.before) == ("changed", "\n", "one\r\ntwo\n")


def test_a_new_text_with_windows_line_ends_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "run.bat").write_bytes(b"one\r\n")
    assert only(tmp_path, "run.bat", "one\r\n").status == "same"


def test_a_folder_in_the_place_of_a_file_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert only(tmp_path).reason == "is a folder"


def test_a_file_in_the_place_of_a_folder_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("")
    change = only(tmp_path, "docs/decisions/a.txt")
    assert (change.status, change.reason) == (
        "conflict",
        "lies behind 'docs', which is no folder",
    )


@pytest.mark.parametrize("target", ["inside.txt", "/etc/hostname", "nowhere"])
def test_a_link_in_the_place_of_a_file_is_a_conflict(tmp_path: Path, target: str) -> None:
    (tmp_path / "inside.txt").write_text("one\n")
    (tmp_path / "a.txt").symlink_to(target)
    assert (only(tmp_path).status, only(tmp_path).reason) == ("conflict", "is a link")


def test_a_folder_that_is_a_link_out_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    root = tmp_path / "root"
    root.mkdir()
    (root / "docs").symlink_to(tmp_path / "out")
    change = only(root, "docs/deeper/a.txt")
    assert change.reason == "lies behind 'docs', a link that leads out of the folder"


def test_a_folder_beside_the_root_with_its_name_first_is_out(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root-2").mkdir()
    (tmp_path / "root" / "docs").symlink_to(tmp_path / "root-2")
    assert "leads out" in only(tmp_path / "root", "docs/a.txt").reason


def test_a_folder_that_is_a_link_to_nowhere_or_to_itself_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("")
    (tmp_path / "to-file").symlink_to("file")
    assert only(tmp_path, "gone/a").reason == "lies behind 'gone', a link that leads nowhere"
    assert only(tmp_path, "loop/a").reason == "lies behind 'loop', a link that leads nowhere"
    assert only(tmp_path, "to-file/a").reason == "lies behind 'to-file', a link to a file"


def test_a_folder_that_is_a_link_within_the_root_is_followed(tmp_path: Path) -> None:
    (tmp_path / "documentation" / "deep").mkdir(parents=True)
    (tmp_path / "documentation" / "a.txt").write_text("one\n")
    (tmp_path / "docs").symlink_to("documentation/deep/..")
    (tmp_path / "here").symlink_to(".")
    assert only(tmp_path, "docs/a.txt").status == "same"
    assert only(tmp_path, "here/documentation/a.txt").status == "same"
    assert only(tmp_path, "docs/new/a.txt").status == "new"


def test_two_paths_that_a_link_makes_one_are_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "alias").symlink_to("real")
    both = FileSet((NewFile("real/a", "1"), NewFile("alias/a", "2")))
    first, second = compare(both, tmp_path)
    assert first.status == "new"
    assert second.reason == "is the same file as 'real/a', through a link"


def test_a_binary_file_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\0\0")
    assert only(tmp_path).reason == "is a binary file"
    (tmp_path / "a.txt").write_bytes("größe".encode("latin-1"))
    assert only(tmp_path).reason == "is not UTF-8 (byte 2)"


def test_pipes_and_sockets_are_conflicts_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert only(tmp_path).reason == "is not a regular file"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "b.txt"))
        assert only(tmp_path, "b.txt").reason == "is not a regular file"


def test_a_file_too_large_to_keep_for_undo_is_a_conflict(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert only(tmp_path).reason == "is too large to compare (50 MB)"


def test_a_file_that_cannot_be_read_is_a_conflict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("one\n")

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert only(tmp_path).reason == "cannot be read: permission denied"


def test_a_file_without_permission_is_a_conflict(common_folder: Path) -> None:
    (common_folder / "a.txt").write_text("one\n")
    (common_folder / "a.txt").chmod(0)
    assert only(common_folder).reason == "cannot be read: permission denied"


def test_a_folder_removed_while_comparing_leaves_the_file_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()

    def gone(*_: object, **__: object) -> int:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "open", gone)
    assert only(tmp_path, "docs/a.txt").status == "new"


def test_a_root_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"file: is no folder"):
        only(tmp_path / "file")
    with pytest.raises(InputError, match=r"file: is no folder"):
        only(tmp_path / "file" / "below" / "it")


def test_a_root_that_cannot_be_entered_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", refuse)
        with pytest.raises(InputError, match="cannot be entered: permission denied"):
            compare(FileSet(), tmp_path)


def test_the_root_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("one\n")
    (tmp_path / "root").symlink_to("real")
    assert only(tmp_path / "root").status == "same"
