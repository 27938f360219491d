"""Whatever the system refuses, and whenever: all is written, or all is as before."""

from __future__ import annotations

import errno
import os
import resource
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import WriteError
from be_tui.core.files import Export, FileSet, NewFile, compare, export, places, undo
from tests.core.files.conftest import everything

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = FileSet(
    (
        NewFile("changed-1", "theirs 1\n"),
        NewFile("new-1", "x\n"),
        NewFile("folder/changed-2", "theirs 2\n"),
        NewFile("made/deeper/new-2", "y\n"),
    )
)
CALLS = ("open", "write", "fsync", "mkdir", "link", "replace", "unlink")


def a_project(root: Path) -> None:
    (root / "folder").mkdir(parents=True)
    (root / "changed-1").write_text("mine 1\n")
    (root / "folder" / "changed-2").write_text("mine 2\n")
    (root / "folder" / "changed-2").chmod(0o600)


def write(root: Path) -> Export:
    return export(compare(FILES, root), root, overwrite=("changed-1", "folder/changed-2"))


class Fault:
    """Makes the nth call of one function fail, and all later ones where `lasting`."""

    def __init__(self, error: BaseException, at: int, *, lasting: bool = False) -> None:
        self.error, self.at, self.lasting = error, at, lasting
        self.calls = 0

    def around(self, call: Callable[..., object]) -> Callable[..., object]:
        def faulty(*args: object, **keywords: object) -> object:
            self.calls += 1
            if self.calls == self.at or (self.lasting and self.calls > self.at):
                raise self.error
            return call(*args, **keywords)

        return faulty

    @property
    def reached(self) -> bool:
        return self.calls >= self.at


def no_space() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "make_error",
    [no_space, lambda: OSError(errno.EROFS, "Read-only file system"), KeyboardInterrupt],
)
def test_wherever_it_stops_all_is_done_or_all_is_as_before(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make_error: Callable[[], BaseException],
    call: str,
    held: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(places, "HELD", held and places.HELD)
    stopped = 0
    for at in range(1, 100):
        root = tmp_path / str(at)
        a_project(root)
        before = everything(root)
        changes = compare(FILES, root)
        fault = Fault(make_error(), at)
        failed = False
        with monkeypatch.context() as patch:
            patch.setattr(os, call, fault.around(getattr(os, call)))
            try:
                export(changes, root, overwrite=("changed-1", "folder/changed-2"))
            except (WriteError, KeyboardInterrupt):
                failed = True
        if failed:
            stopped += 1
            assert everything(root) == before, f"{call} call {at}"
        else:
            assert {change.status for change in compare(FILES, root)} == {"same"}
            # Once all is done, a spare name that cannot be removed is no reason to go back.
            spare = ".be-tui-" if call == "unlink" and isinstance(fault.error, OSError) else "none"
            assert sorted(name for name in everything(root) if spare not in name) == [
                "changed-1", "folder", "folder/changed-2", "made", "made/deeper",
                "made/deeper/new-2", "new-1",
            ]  # fmt: skip
        if not fault.reached:
            break
    assert stopped or call == "link"


@pytest.mark.parametrize("at", range(1, 4))
def test_a_disk_that_stays_full_is_no_hindrance_to_going_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    a_project(tmp_path)
    before = everything(tmp_path)
    with monkeypatch.context() as patch:
        for call in ("write", "mkdir", "link"):
            fault = Fault(no_space(), at, lasting=True)
            patch.setattr(os, call, fault.around(getattr(os, call)))
        with pytest.raises(WriteError, match="the disk is full; nothing was written"):
            write(tmp_path)
    assert everything(tmp_path) == before


def test_a_real_limit_to_the_size_of_files_leaves_all_as_it_was(tmp_path: Path) -> None:
    a_project(tmp_path)
    before = everything(tmp_path)
    files = FileSet((NewFile("changed-1", "new\n"), NewFile("large", "x" * 3_000_000)))
    changes = compare(files, tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(WriteError, match="large: larger than a file may be here; nothing"):
            export(changes, tmp_path, overwrite=("changed-1",))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert everything(tmp_path) == before


def test_a_folder_closed_to_writing_leaves_all_as_it_was(common_folder: Path) -> None:
    a_project(common_folder)
    (common_folder / "folder").chmod(0o500)
    before = everything(common_folder)
    with pytest.raises(WriteError, match="folder/changed-2: permission denied; nothing was"):
        write(common_folder)
    assert everything(common_folder) == before


def test_a_write_that_takes_only_part_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: whole(descriptor, bytes(data)[:1]))
    a_project(tmp_path)
    write(tmp_path)
    assert (tmp_path / "changed-1").read_text() == "theirs 1\n"


def without_links(*_: object, **__: object) -> None:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_a_file_system_without_hard_links_serves_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_project(tmp_path)
    before = everything(tmp_path)
    monkeypatch.setattr(os, "link", without_links)
    done = write(tmp_path)
    assert {change.status for change in compare(FILES, tmp_path)} == {"same"}
    undo(done)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_without_hard_links_too_it_goes_back_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    for at in range(1, 30):
        root = tmp_path / str(at)
        a_project(root)
        before = everything(root)
        fault = Fault(no_space(), at)
        with monkeypatch.context() as patch:
            patch.setattr(os, "link", without_links)
            patch.setattr(os, call, fault.around(getattr(os, call)))
            try:
                write(root)
            except WriteError:
                assert everything(root) == before
        if not fault.reached:
            return
    pytest.fail("the export never ends")


def edit_at_last_sync(monkeypatch: pytest.MonkeyPatch, edit: Callable[[], None]) -> None:
    """Have somebody else act when all is prepared and no name is changed yet."""
    sync = os.fsync
    calls = 0

    def faulty(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        sync(descriptor)
        if calls == len(FILES):
            edit()

    monkeypatch.setattr(os, "fsync", faulty)


def test_an_edit_while_writing_is_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_project(tmp_path)

    def edit() -> None:
        (tmp_path / "folder" / "changed-2").write_text("edited just now")

    edit_at_last_sync(monkeypatch, edit)
    with pytest.raises(WriteError, match="folder/changed-2: changed while it was being written"):
        write(tmp_path)
    assert (tmp_path / "folder" / "changed-2").read_text() == "edited just now"
    assert (tmp_path / "changed-1").read_text() == "mine 1\n"
    assert sorted(everything(tmp_path)) == ["changed-1", "folder", "folder/changed-2"]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_while_writing_is_never_overwritten(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    links: bool,  # noqa: FBT001
) -> None:
    changes = compare(FILES, tmp_path)
    if not links:
        monkeypatch.setattr(os, "link", without_links)

    def edit() -> None:
        (tmp_path / "made/deeper/new-2").write_text("mine")

    edit_at_last_sync(monkeypatch, edit)
    with pytest.raises(WriteError, match="made/deeper/new-2: there is one now; nothing was"):
        export(changes, tmp_path)
    assert sorted(everything(tmp_path)) == ["made", "made/deeper", "made/deeper/new-2"]
    assert (tmp_path / "made/deeper/new-2").read_text() == "mine"


@pytest.mark.skipif(not places.HELD, reason="folders cannot be held open here")
def test_a_link_swapped_in_while_writing_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = tmp_path / "root", tmp_path / "out"
    out.mkdir()
    a_project(root)

    def swap() -> None:
        (root / "folder").rename(root / "moved")
        (root / "folder").symlink_to(out)

    edit_at_last_sync(monkeypatch, swap)
    write(root)
    assert everything(out) == {}
    assert (root / "moved" / "changed-2").read_text() == "theirs 2\n"


@pytest.mark.parametrize("held", [True, False])
def test_a_link_swapped_in_before_the_folder_is_opened_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    held: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(places, "HELD", held and places.HELD)
    root, out = tmp_path / "root", tmp_path / "out"
    out.mkdir()
    a_project(root)
    changes = compare(FILES, root)
    found = os.lstat

    def swap(path: str) -> os.stat_result:
        result = found(path)
        if path == str(root / "folder") and not (root / "moved").exists():
            (root / "folder").rename(root / "moved")
            (root / "folder").symlink_to(out)
        return result

    monkeypatch.setattr(os, "lstat", swap)
    with pytest.raises(WriteError, match="a file or link stands where a folder was"):
        export(changes, root, overwrite=("folder/changed-2",))
    assert everything(out) == {}


def test_where_even_going_back_is_refused_it_says_where_the_earlier_text_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_project(tmp_path)
    failing = Fault(OSError(errno.EIO, "Input/output error"), at=2, lasting=True)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing.around(os.replace))
        with pytest.raises(WriteError, match="stopped half-way and could not go back; see") as said:
            write(tmp_path)
    kept = str(said.value).rpartition("see ")[2]
    assert kept.startswith(str(tmp_path))
    with open(kept, encoding="utf-8") as file:  # noqa: PTH123
        assert file.read() == "mine 1\n"


def test_an_interrupt_while_going_back_does_not_stop_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_project(tmp_path)
    before = everything(tmp_path)
    failing = Fault(no_space(), at=6)
    interrupted = Fault(KeyboardInterrupt(), at=1)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing.around(os.fsync))
        patch.setattr(os, "replace", Fault(KeyboardInterrupt(), at=3).around(os.replace))
        patch.setattr(os, "rmdir", interrupted.around(os.rmdir))
        with pytest.raises(WriteError, match="the disk is full"):
            write(tmp_path)
    assert interrupted.reached
    assert everything(tmp_path) == before


def test_no_descriptor_is_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    if not os.path.isdir("/proc/self/fd"):  # noqa: PTH112
        pytest.skip("no list of descriptors here")
    a_project(tmp_path)
    before = descriptors()
    undo(write(tmp_path))
    assert descriptors() == before
    monkeypatch.setattr(os, "fsync", Fault(no_space(), at=3).around(os.fsync))
    with pytest.raises(WriteError):
        write(tmp_path)
    assert descriptors() == before
