from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from be_tui.core.databases import places
from be_tui.core.databases.places import LOCK, PREFIX, claim, passable, sweep
from be_tui.core.errors import InputError


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    base = tmp_path / "base"
    base.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(base))
    return base


def test_a_place_is_ours_alone_and_goes_when_removed(base: Path) -> None:
    place = claim()
    assert place.path.parent == base
    assert place.path.stat().st_mode & 0o777 == 0o700
    place.remove()
    place.remove()
    assert [*base.iterdir()] == []


def test_what_a_killed_process_left_is_swept(base: Path) -> None:
    code = "import os\nfrom be_tui.core.databases.places import claim\nclaim()\nos._exit(9)"
    environment = {**os.environ, "TMPDIR": str(base)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    (left,) = base.glob(f"{PREFIX}*")
    sweep(base)
    assert not left.exists()


def test_what_somebody_still_uses_is_not_swept(base: Path) -> None:
    place = claim()
    sweep(base)
    assert place.path.is_dir()
    place.remove()


def test_a_folder_without_a_lock_is_swept_when_it_is_old(base: Path) -> None:
    young, old = base / f"{PREFIX}young", base / f"{PREFIX}old"
    young.mkdir()
    old.mkdir()
    os.utime(old, (0, 0))
    sweep(base)
    assert young.is_dir()
    assert not old.exists()


def test_what_cannot_be_looked_at_stays(base: Path) -> None:
    odd = base / f"{PREFIX}odd"
    odd.mkdir()
    (odd / LOCK).symlink_to("/etc/hostname")
    sweep(base)
    assert odd.is_dir()


def test_a_folder_taken_by_a_sweeper_in_the_making_is_given_up(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    monkeypatch.setattr(places, "_locked", lambda _: next(answers, True))
    place = claim()
    assert place.path.is_dir()
    assert base in place.path.parents


def test_no_room_for_a_folder_is_told(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(base)
    monkeypatch.setattr(places, "_base", lambda **_: base)
    with pytest.raises(InputError, match="no temporary folder can be made") as caught:
        claim()
    assert "TMPDIR" in caught.value.hint


@pytest.fixture
def ram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    ram = tmp_path / "ram"
    ram.mkdir()
    monkeypatch.setattr(places, "RAM", ram)
    monkeypatch.setattr(places, "free_memory", lambda: 2 << 30)
    monkeypatch.setattr(places, "_ROOM", 1)
    return ram


def taken(**asked: bool) -> Path:
    place = claim(**asked)
    place.remove()
    return place.path.parent


def test_memory_is_taken_where_there_is_plenty(ram: Path, base: Path) -> None:
    assert taken(in_memory=True) == ram
    assert taken() == base


@pytest.mark.parametrize("free", ["memory", "files", "unknown"])
def test_memory_is_not_taken_where_it_is_scarce(
    ram: Path, base: Path, monkeypatch: pytest.MonkeyPatch, free: str
) -> None:
    if free == "memory":
        monkeypatch.setattr(places, "free_memory", lambda: 0)
    elif free == "files":
        monkeypatch.setattr(places, "_ROOM", 1 << 60)
    else:
        monkeypatch.setattr(places, "free_memory", lambda: Path("/no/such/file").stat().st_size)
    assert taken(in_memory=True) == base
    assert ram.is_dir()


def test_the_free_memory_of_linux_is_read() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("told by Linux only")
    assert places.free_memory() > 1 << 20


def test_a_system_that_does_not_say_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "MemTotal: 1 kB\n")
    assert places.free_memory() == 0


def test_another_user_must_be_able_to_pass(
    base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(places, "passable", lambda path: path != base)
    place = claim(open_to_all=True)
    place.remove()
    assert place.path.parent == Path("/tmp")
    monkeypatch.setattr(places, "passable", lambda _: False)
    assert taken(open_to_all=True) == base
    monkeypatch.undo()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert not passable(closed)


def test_a_path_too_long_for_a_socket_is_not_taken(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_LONGEST_BASE", len(str(base)) - 1)
    assert taken(short=True) == Path("/tmp")
    assert taken() == base
