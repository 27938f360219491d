from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from be_tui.core.errors import InputError, WriteError
from be_tui.core.files import Export, FileSet, NewFile, Written, compare, export, undo
from tests.core.files.conftest import everything

if TYPE_CHECKING:
    from pathlib import Path


def exported(root: Path) -> Export:
    """Export two files, one of them over another text, and one in a folder of its own."""
    (root / "changed").write_bytes(b"mine\r\n")
    (root / "changed").chmod(0o640)
    files = FileSet((NewFile("changed", "theirs\n"), NewFile("new/folder/file", "x\n")))
    return export(compare(files, root), root, overwrite=("changed",))


def test_undo_puts_back_what_stood_there(tmp_path: Path) -> None:
    done = exported(tmp_path)
    assert undo(done) == ("changed", "new/folder/file")
    assert everything(tmp_path) == {"changed": (b"mine\r\n", 0o100640)}


def test_an_export_can_be_undone_from_its_json(tmp_path: Path) -> None:
    kept = json.dumps(exported(tmp_path).to_json())
    undo(Export.from_json(json.loads(kept)))
    assert sorted(everything(tmp_path)) == ["changed"]


def test_undo_keeps_a_folder_into_which_something_was_put(tmp_path: Path) -> None:
    done = exported(tmp_path)
    (tmp_path / "new" / "mine").write_text("x")
    undo(done)
    assert sorted(everything(tmp_path)) == ["changed", "new", "new/mine"]


def test_undo_refuses_where_a_file_was_edited_since(tmp_path: Path) -> None:
    done = exported(tmp_path)
    (tmp_path / "new/folder/file").write_text("edited")
    before = everything(tmp_path)
    with pytest.raises(
        WriteError, match=r"^new/folder/file: is no longer as it was written; nothing was undone$"
    ):
        undo(done)
    assert everything(tmp_path) == before


def test_undo_refuses_where_a_file_is_gone(tmp_path: Path) -> None:
    done = exported(tmp_path)
    (tmp_path / "changed").unlink()
    before = everything(tmp_path)
    with pytest.raises(WriteError, match=r"^changed: is no longer as it was written"):
        undo(done)
    assert everything(tmp_path) == before


def test_undo_refuses_where_a_folder_became_a_link_out(tmp_path: Path) -> None:
    root, out = tmp_path / "root", tmp_path / "out"
    root.mkdir()
    done = exported(root)
    (root / "new" / "folder").rename(out)
    (root / "new" / "folder").symlink_to(out)
    with pytest.raises(WriteError, match="leads out of the folder; nothing was undone"):
        undo(done)
    assert (out / "file").read_text() == "x\n"
    assert (root / "changed").read_text() == "theirs\n"


def test_undo_refuses_where_the_folder_is_gone(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    done = exported(root)
    root.rename(tmp_path / "elsewhere")
    with pytest.raises(WriteError, match="root: is no longer there; nothing was undone"):
        undo(done)


def test_undo_a_second_time_is_refused(tmp_path: Path) -> None:
    done = exported(tmp_path)
    undo(done)
    before = everything(tmp_path)
    with pytest.raises(WriteError, match="no longer as it was written"):
        undo(done)
    assert everything(tmp_path) == before


def test_undo_of_nothing_is_nothing(tmp_path: Path) -> None:
    assert undo(Export(str(tmp_path))) == ()


def test_undo_never_leads_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="leads elsewhere"):
        undo(Export(str(tmp_path), (Written("../x", "0"),)))


def test_undo_goes_back_whole_where_the_system_refuses_half_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = exported(tmp_path)
    before = everything(tmp_path)
    remove = os.unlink

    def refuse(path: str, *, dir_fd: int | None = None) -> None:
        if path == "file":
            raise PermissionError(13, "Permission denied")
        remove(path, dir_fd=dir_fd)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        with pytest.raises(WriteError, match="new/folder/file: permission denied"):
            undo(done)
    assert everything(tmp_path) == before
    assert undo(done) == ("changed", "new/folder/file")


names = st.sampled_from(["a", "b", "c"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)
contents = st.text("xyé\n\r", max_size=6)
trees = st.dictionaries(paths, contents, max_size=5)


def laid(root: Path, tree: dict[str, str]) -> None:
    """Make a tree as far as its paths are in nobody's way."""
    for path, text in tree.items():
        target = root / path
        if not any(parent.is_file() for parent in target.parents) and not target.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())


@given(stands=trees, to_be=trees)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_export_then_undo_is_as_if_nothing_had_been(
    tmp_path_factory: pytest.TempPathFactory, stands: dict[str, str], to_be: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("root")
    laid(root, stands)
    before = everything(root)
    try:
        files = FileSet(tuple(NewFile(path, text) for path, text in to_be.items()))
    except InputError:
        return
    changes = compare(files, root)
    named = [change.path for change in changes if change.status == "changed"]
    done = export(changes, root, overwrite=named)
    for change in compare(files, root):
        assert change.status == ("conflict" if change.path in done.left else "same")
    undo(Export.from_json(json.loads(json.dumps(done.to_json()))))
    assert everything(root) == before
