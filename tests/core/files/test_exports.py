from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from be_tui.core.errors import InputError, WriteError
from be_tui.core.files import Change, Export, FileSet, NewFile, compare, export, places
from tests.core.files.conftest import everything


def a_set(**texts: str) -> FileSet:
    return FileSet(tuple(NewFile(name.replace("__", "/"), text) for name, text in texts.items()))


def write(root: Path, *, overwrite: tuple[str, ...] = (), **texts: str) -> Export:
    return export(compare(a_set(**texts), root), root, overwrite=overwrite)


def test_new_files_are_written_with_their_folders(tmp_path: Path) -> None:
    done = write(tmp_path, docs__decisions__one="1\n", two="2")
    assert (tmp_path / "docs/decisions/one").read_text() == "1\n"
    assert (tmp_path / "two").read_text() == "2"
    assert [each.path for each in done.written] == ["docs/decisions/one", "two"]
    assert done.folders == (str(tmp_path / "docs"), str(tmp_path / "docs/decisions"))
    assert done.at.endswith("Z")


def test_the_folder_itself_is_made_where_it_is_missing(tmp_path: Path) -> None:
    done = write(tmp_path / "a" / "b", c="1")
    assert (tmp_path / "a" / "b" / "c").read_text() == "1"
    assert done.folders == (str(tmp_path / "a"), str(tmp_path / "a" / "b"))


def test_systems_that_cannot_hold_folders_open_are_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "HELD", False)
    write(tmp_path / "a" / "b", c="1", d__e="2")
    assert sorted(everything(tmp_path / "a")) == ["b", "b/c", "b/d", "b/d/e"]
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError):
        places.Folder.open(str(tmp_path / "file"))


def test_systems_without_owners_and_modes_are_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fchown")
    monkeypatch.delattr(os, "fchmod")
    (tmp_path / "a").write_text("1")
    write(tmp_path, overwrite=("a",), a="2")
    assert (tmp_path / "a").read_text() == "2"


def test_nothing_is_left_beside_the_files(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("0")
    write(tmp_path, overwrite=("old",), old="1", sub__new="2")
    assert sorted(everything(tmp_path)) == ["old", "sub", "sub/new"]


def test_a_changed_file_is_left_alone_unless_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    (tmp_path / "b").write_text("mine")
    done = write(tmp_path, overwrite=("b",), a="theirs", b="theirs", c="new")
    assert (tmp_path / "a").read_text() == "mine"
    assert (tmp_path / "b").read_text() == "theirs"
    assert done.left == ("a",)
    assert [(each.path, each.before) for each in done.written] == [("b", "mine"), ("c", None)]


def test_a_conflict_is_left_and_said_and_the_rest_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    done = write(tmp_path, a="x", b="y")
    assert done.left == ("a",)
    assert (tmp_path / "b").read_text() == "y"


def test_where_all_is_the_same_nothing_is_touched(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    before = (tmp_path / "a").stat()
    done = write(tmp_path, a="x")
    assert (done.written, done.left) == ((), ())
    assert (tmp_path / "a").stat().st_mtime_ns == before.st_mtime_ns
    assert (tmp_path / "a").stat().st_ino == before.st_ino


def test_a_name_to_overwrite_that_is_none_of_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none of the files to write"):
        write(tmp_path, overwrite=("other",), a="x")
    assert everything(tmp_path) == {}


def test_a_conflict_cannot_be_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("/etc/hostname")
    with pytest.raises(InputError, match="is a link, so it cannot be replaced"):
        write(tmp_path, overwrite=("a",), a="x")


def test_a_change_that_was_not_made_by_comparing_cannot_lead_out(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    with pytest.raises(InputError, match="leads elsewhere"):
        export([Change("../out", "new", after="x")], root)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("mode", [0o600, 0o755, 0o444, 0o2750])
def test_the_permissions_of_a_replaced_file_are_kept(tmp_path: Path, mode: int) -> None:
    (tmp_path / "a").write_text("#!/bin/sh\n")
    (tmp_path / "a").chmod(mode)
    write(tmp_path, overwrite=("a",), a="#!/bin/sh\ntrue\n")
    assert (tmp_path / "a").stat().st_mode & 0o7777 == mode


def test_new_files_have_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path, sub__a="x")
    finally:
        os.umask(before)
    assert (tmp_path / "sub" / "a").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "sub").stat().st_mode & 0o777 == 0o750


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_the_owner_of_a_replaced_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    os.chown(tmp_path / "a", 1234, 1234)
    write(tmp_path, overwrite=("a",), a="y")
    assert (tmp_path / "a").stat().st_uid == 1234


def test_windows_line_ends_are_written_where_they_were(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1\r\n2\r\n")
    done = write(tmp_path, overwrite=("a",), a="1\n3\n")
    assert (tmp_path / "a").read_bytes() == b"1\r\n3\r\n"
    assert done.written[0].before == "1\r\n2\r\n"


def test_text_is_written_as_utf8_whatever_the_locale(tmp_path: Path) -> None:
    code = (
        "from be_tui.core.files import *\n"
        "root = '.'\n"
        "export(compare(FileSet((NewFile('größe.md', '→ ü\\n'),)), root), root)\n"
    )
    where = Path(__file__).parents[3]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONPATH": str(where)}
    subprocess.run(  # noqa: PLW1510 (the file is what is looked at)
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, timeout=60
    )
    assert (tmp_path / "größe.md").read_bytes() == "→ ü\n".encode()


def test_a_file_that_changed_since_it_was_compared_stops_all(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    changes = compare(a_set(a="x", b="theirs"), tmp_path)
    (tmp_path / "b").write_text("mine, edited")
    before = everything(tmp_path)
    with pytest.raises(WriteError, match=r"^b: changed since it was compared, .*; nothing was"):
        export(changes, tmp_path, overwrite=("b",))
    assert everything(tmp_path) == before


def test_a_file_that_appeared_since_it_was_compared_stops_all(tmp_path: Path) -> None:
    changes = compare(a_set(a="x", b="y"), tmp_path)
    (tmp_path / "b").write_text("mine")
    before = everything(tmp_path)
    with pytest.raises(WriteError, match=r"^b: changed since"):
        export(changes, tmp_path)
    assert everything(tmp_path) == before


def test_a_file_that_went_away_since_it_was_compared_stops_all(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    changes = compare(a_set(a="x", b="theirs"), tmp_path)
    (tmp_path / "b").unlink()
    with pytest.raises(WriteError, match=r"^b: changed since"):
        export(changes, tmp_path, overwrite=("b",))
    assert everything(tmp_path) == {}


def test_a_folder_that_became_a_link_since_cannot_lead_out(tmp_path: Path) -> None:
    root, out = tmp_path / "root", tmp_path / "out"
    (root / "docs").mkdir(parents=True)
    out.mkdir()
    changes = compare(a_set(docs__a="x", b="y"), root)
    (root / "docs").rmdir()
    (root / "docs").symlink_to(out)
    with pytest.raises(WriteError, match="leads out of the folder"):
        export(changes, root)
    assert everything(out) == {}
    assert not (root / "b").exists()


def test_many_files_are_written(tmp_path: Path) -> None:
    files = FileSet(tuple(NewFile(f"{n % 17}/{n}", f"{n}\n") for n in range(300)))
    assert len(export(compare(files, tmp_path), tmp_path).written) == 300
    assert (tmp_path / "16" / "50").read_text() == "50\n"
