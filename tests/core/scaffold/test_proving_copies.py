"""Services are proved in copies, of which the last few stay."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import WriteError
from be_tui.core.scaffold.proving.copies import KEPT, copied

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the copies."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/be-tui/scaffold"


def service(parent: Path, name: str) -> Path:
    root = parent / name
    root.mkdir()
    (root / "main.go").write_text(name)
    return root


def aged(folder: Path, seconds: int) -> None:
    """Let a copy be used that long ago."""
    os.utime(folder.with_name(f"{folder.name}.lock"), (seconds, seconds))


def test_what_was_installed_stays_and_what_was_copied_is_copied_anew(
    home: Path, tmp_path: Path
) -> None:
    root = service(tmp_path, "shop")
    (root / "outside").symlink_to("/")
    with copied(root) as folder:
        assert folder.parent == home
        (folder / "node_modules").mkdir()
        (folder / "left").write_text("by a test")
        (folder / "made").mkdir()
    (root / "main.go").write_text("changed")
    with copied(root) as again:
        assert again == folder
        assert sorted(each.name for each in again.iterdir()) == ["main.go", "node_modules"]
        assert (again / "main.go").read_text() == "changed"


def test_the_copies_used_longest_ago_go(home: Path, tmp_path: Path) -> None:
    made = []
    for number in range(KEPT + 2):
        with copied(service(tmp_path, f"shop{number}")) as folder:
            made.append(folder)
        aged(folder, 1000 - number if number else 2000)
    with copied(service(tmp_path, "last")) as folder:
        made.append(folder)
    kept = {made[0], made[1], made[2], made[-1]}
    assert {each for each in home.iterdir() if each.is_dir()} == kept
    assert len(list(home.iterdir())) == 2 * KEPT


def test_a_copy_of_which_nobody_knows_the_use_goes_first(home: Path, tmp_path: Path) -> None:
    (home / "0123456789abcdef").mkdir(parents=True)
    for number in range(KEPT):
        with copied(service(tmp_path, f"shop{number}")):
            pass
    assert not (home / "0123456789abcdef").exists()


def test_a_copy_in_use_stays(home: Path, tmp_path: Path) -> None:
    with copied(service(tmp_path, "used")) as used:
        aged(used, 1)
        for number in range(KEPT):
            with copied(service(tmp_path, f"shop{number}")):
                pass
        assert (used / "main.go").exists()
    assert len([each for each in home.iterdir() if each.is_dir()]) == KEPT + 1


def test_a_service_is_proved_once_at_a_time(home: Path, tmp_path: Path) -> None:
    root = service(tmp_path, "shop")
    with copied(root) as folder, pytest.raises(WriteError, match="by another be-tui"):  # noqa: SIM117 (the error is raised within)
        with copied(root):
            pass
    assert folder.parent == home
    with copied(root):
        pass


def test_a_copy_that_cannot_be_made_is_one_line(home: Path, tmp_path: Path) -> None:
    home.parent.mkdir(parents=True)
    home.write_text("a file")
    with (
        pytest.raises(WriteError, match="the copy for the proof cannot be made"),
        copied(service(tmp_path, "shop")),
    ):
        pass
