"""What is kept of a project, through everything that can go wrong."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core import keeping, sessions
from be_tui.core.decisions import start
from be_tui.core.errors import StateError
from be_tui.core.project import Profile
from be_tui.core.sessions import Store, open_store, store_path
from tests.core.decisions.strategies import evidence, example_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

TREE = example_tree()
WALK = start(TREE, [evidence("size", {"size.files": 3})]).answer("felt", "yes")
LATER = WALK.answer("where", "code")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "shop api"
    folder.mkdir()
    return folder


@pytest.fixture
def store(root: Path) -> Iterator[Store]:
    with open_store(root) as opened:
        yield opened


def held(root: Path) -> sqlite3.Connection:
    """Hold the file as another program does that writes and does not end."""
    other = sqlite3.connect(store_path(root), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_walk_is_there_again_in_the_next_session(root: Path) -> None:
    with open_store(root) as store:
        assert store.trouble == ""
        assert store.load_walk(TREE) is None
        store.save_walk(WALK)
        store.save_walk(LATER.back())
    with open_store(root) as store:
        assert store.load_walk(TREE) == LATER.back()


def test_it_is_saved_at_each_answer_not_at_the_end(root: Path, store: Store) -> None:
    store.save_walk(WALK)
    with open_store(root) as other:
        assert other.load_walk(TREE) == WALK


def test_the_walks_kept_are_listed_the_latest_first(store: Store) -> None:
    store.save_walk(WALK)
    store.save_walk(start(replace(TREE, id="other")).answer("felt", "no"))
    listed = [(walk.tree, walk.version, walk.answered, walk.outcome) for walk in store.walks()]
    assert listed == [("other", 3, 1, "Leave it"), ("speed", 3, 1, "")]
    assert store.walks()[0].saved > store.walks()[1].saved


def test_a_walk_can_be_forgotten(root: Path, store: Store) -> None:
    store.save_walk(WALK)
    store.forget_walk("speed")
    assert store.load_walk(TREE) is None
    with open_store(root) as other:
        assert other.walks() == ()


def test_a_tree_that_changed_keeps_what_still_applies(store: Store) -> None:
    store.save_walk(LATER)
    felt, where, tests = TREE.questions
    options = (where.options[0], replace(where.options[1], id="own"))
    newer = replace(
        TREE, version=4, questions=(felt, replace(where, options=options, routes=()), tests)
    )
    restored = store.restore_walk(newer)
    assert restored is not None
    assert [answer.question for answer in restored.lost] == ["where"]
    assert restored.walk.question == newer.questions[1]


def test_a_walk_in_a_form_not_known_is_begun_anew(root: Path, store: Store) -> None:
    store.save_walk(WALK)
    with sqlite3.connect(store_path(root)) as db:
        db.execute("UPDATE kept SET text = 'no json'")
    db.close()
    assert store.load_walk(TREE) is None
    assert [(walk.version, walk.answered, walk.outcome) for walk in store.walks()] == [(0, 0, "")]


def test_the_profile_and_the_project_are_kept(root: Path, store: Store) -> None:
    assert (store.profile(), store.project()) == (None, None)
    store.save_profile(Profile(context="a shop", teams=2))
    store.save_project({"name": "shop"})
    with open_store(root) as other:
        assert other.profile() == Profile(context="a shop", teams=2)
        assert other.project() == {"name": "shop"}


def test_a_profile_that_cannot_be_read_is_none(root: Path, store: Store) -> None:
    store.save_profile(Profile(teams=2))
    with sqlite3.connect(store_path(root)) as db:
        db.execute("UPDATE kept SET text = '[]'")
    db.close()
    assert store.profile() is None


def test_exports_are_kept_for_undo_the_latest_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "UNDOABLE", 3)
    assert store.last_export() is None
    store.forget_last_export()
    for number in range(5):
        store.save_export({"number": number})
    undone = []
    while (last := store.last_export()) is not None:
        undone.append(last)
        store.forget_last_export()
    assert undone == [{"number": 4}, {"number": 3}, {"number": 2}]


def test_each_project_has_a_file_of_its_own_with_a_name_to_know_it_by(tmp_path: Path) -> None:
    one, two = store_path(tmp_path / "a" / "shop api"), store_path(tmp_path / "b" / "shop api")
    assert one != two
    assert one.name.startswith("shop-api-")
    assert store_path(Path("/")).name.startswith("root-")
    assert store_path(tmp_path / "a" / ".." / "a" / "shop api") == one


def test_its_folder_is_the_persons_own(root: Path, store: Store) -> None:
    assert store.path == store_path(root)
    assert store.path.parent.stat().st_mode & 0o077 == 0


def test_two_sessions_of_one_project_work_side_by_side(root: Path) -> None:
    with open_store(root) as one, open_store(root) as two:
        one.save_walk(WALK)
        two.save_profile(Profile(teams=2))
        two.save_walk(LATER)
        assert one.load_walk(TREE) == LATER
        assert one.profile() == Profile(teams=2)
        assert (one.trouble, two.trouble) == ("", "")


def test_many_threads_may_save_at_once(root: Path, store: Store) -> None:
    threads = [
        threading.Thread(target=store.save_walk, args=(start(replace(TREE, id=f"t{number}")),))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(root) as other:
        assert len(other.walks()) == 8


def test_while_another_writes_nothing_is_lost_and_it_is_told_once(root: Path) -> None:
    with open_store(root) as store:
        store.save_walk(start(TREE))
        other = held(root)
        with pytest.raises(StateError) as told:
            store.save_walk(WALK)
        assert str(told.value) == (
            f"{store_path(root)}: another be-tui is writing to it;"
            " what you do is kept until be-tui closes"
        )
        store.save_walk(LATER)
        store.forget_walk("other")
        assert not store.saved
        assert store.load_walk(TREE) == LATER
        assert [walk.answered for walk in store.walks()] == [2]
        other.execute("ROLLBACK")
        store.save_profile(Profile(teams=2))
        assert store.trouble == ""
        assert store.saved
        other.close()
    with open_store(root) as store:
        assert store.load_walk(TREE) == LATER
        assert store.profile() == Profile(teams=2)


def test_what_could_not_be_saved_is_tried_again_at_the_end(root: Path) -> None:
    store = open_store(root)
    other = held(root)
    with pytest.raises(StateError):
        store.save_walk(WALK)
    other.close()
    store.close()
    with open_store(root) as again:
        assert again.load_walk(TREE) == WALK


def test_what_is_lost_at_the_end_is_said(root: Path) -> None:
    store = open_store(root)
    other = held(root)
    with pytest.raises(StateError):
        store.save_walk(WALK)
    store.save_profile(Profile(teams=2))
    with pytest.raises(StateError, match=r"2 changes of yours could not be saved: .*writing to it"):
        store.close()
    other.close()


def test_a_file_locked_from_the_start_is_used_once_it_is_free(root: Path) -> None:
    open_store(root).close()
    other = sqlite3.connect(store_path(root), isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    store = open_store(root)
    assert "another be-tui is writing" in store.trouble
    store.save_walk(WALK)
    assert store.load_walk(TREE) == WALK
    other.close()
    store.save_walk(LATER)
    assert store.trouble == ""
    store.close()
    with open_store(root) as again:
        assert again.load_walk(TREE) == LATER


def damaged(root: Path) -> list[Path]:
    return list(store_path(root).parent.glob("*.damaged-*"))


def test_a_file_that_is_no_database_is_moved_aside(root: Path) -> None:
    path = store_path(root)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is no database\n" * 500)
    with open_store(root) as store:
        assert "it was damaged; it is now" in store.trouble
        store.save_walk(WALK)
        assert "damaged" in store.trouble
    assert [each.read_bytes()[:4] for each in damaged(root)] == [b"this"]
    with open_store(root) as store:
        assert store.trouble == ""
        assert store.load_walk(TREE) == WALK


def many_exports(root: Path) -> None:
    with open_store(root) as store:
        for number in range(60):
            store.save_export({"text": "x" * 4000, "number": number})


def test_a_database_with_a_hole_is_moved_aside(root: Path) -> None:
    many_exports(root)
    dig_a_hole(store_path(root))
    with open_store(root) as store:
        assert "damaged" in store.trouble
        assert store.last_export() is None
    assert len(damaged(root)) == 1


def test_a_file_damaged_while_it_is_open_is_replaced_and_the_answer_saved(root: Path) -> None:
    with open_store(root) as store:
        store.save_walk(WALK)
    store = open_store(root)
    store_path(root).write_bytes(b"\xff" * 30_000)
    assert store._keeping._db is not None
    store._keeping._db.execute("PRAGMA shrink_memory")
    with pytest.raises(StateError, match="damaged"):
        store.save_walk(LATER)
    store.close()
    with open_store(root) as again:
        assert again.load_walk(TREE) == LATER
    assert len(damaged(root)) == 1


def dig_a_hole(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:-4096] = b"\xff" * (len(content) - 8192 - 4096)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("whole", "reason"),
    [(False, "file is not a database"), (True, "it is damaged and cannot be moved")],
)
def test_a_damaged_file_that_cannot_be_moved_is_left_and_told(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    whole: bool,  # noqa: FBT001 (a case of the test)
    reason: str,
) -> None:
    path = store_path(root)
    if whole:
        many_exports(root)
        dig_a_hole(path)
    else:
        path.parent.mkdir(parents=True)
        path.write_bytes(b"this is no database\n" * 500)
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    store = open_store(root)
    assert reason in store.trouble
    store.save_walk(WALK)
    assert store.load_walk(TREE) == WALK
    with pytest.raises(StateError, match="your last change could not be saved"):
        store.close()
    assert path.read_bytes() == before


def test_a_file_of_a_newer_be_tui_is_left_alone(root: Path) -> None:
    open_store(root).close()
    db = sqlite3.connect(store_path(root))
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = store_path(root).read_bytes()
    store = open_store(root)
    assert "a newer be-tui wrote it" in store.trouble
    store.save_walk(WALK)
    assert store.load_walk(TREE) == WALK
    with pytest.raises(StateError):
        store.close()
    assert store_path(root).read_bytes() == before


def test_a_file_of_an_older_format_is_brought_up_to_date(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(root) as store:
        store.save_walk(WALK)
    more = ("ALTER TABLE kept ADD COLUMN note TEXT NOT NULL DEFAULT ''",)
    monkeypatch.setattr(keeping, "_FORMATS", (*keeping._FORMATS, more))
    with open_store(root) as store:
        assert store.load_walk(TREE) == WALK
        store.save_walk(LATER)
    db = sqlite3.connect(store_path(root))
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    db.close()


def test_two_sessions_that_begin_at_once_make_one_file(root: Path) -> None:
    stores: list[Store] = []
    threads = [threading.Thread(target=lambda: stores.append(open_store(root))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [store.trouble for store in stores] == [""] * 6
    for store in stores:
        store.close()


def test_a_state_folder_that_cannot_be_made_keeps_all_in_memory(
    root: Path, own_folders: Path
) -> None:
    (own_folders / "xdg_state_home").write_text("a file where the folder should be")
    store = open_store(root)
    assert store.trouble.endswith("; what you do is kept until be-tui closes")
    store.save_walk(WALK)
    assert store.load_walk(TREE) == WALK
    with pytest.raises(StateError, match=r"your last change could not be saved: .*not a directory"):
        store.close()


@pytest.fixture
def powerless(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a state folder in which nothing may be written, whoever runs the tests."""
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    monkeypatch.setenv("XDG_STATE_HOME", str(base))
    user = os.geteuid()
    yield base
    if user == 0:
        os.seteuid(0)
    for folder, _, _ in os.walk(base):
        Path(folder).chmod(0o755)
    shutil.rmtree(base)


def give_up_writing(base: Path) -> None:
    for folder, _, files in os.walk(base):
        for name in files:
            (Path(folder) / name).chmod(0o444)
        Path(folder).chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(65534)


def test_a_read_only_state_folder_is_told_once_and_nothing_is_lost(powerless: Path) -> None:
    root = powerless / "project"
    give_up_writing(powerless)
    store = open_store(root)
    assert "permission denied" in store.trouble
    store.save_walk(WALK)
    assert store.load_walk(TREE) == WALK
    with pytest.raises(StateError):
        store.close()


def test_what_a_read_only_state_folder_holds_can_be_read(powerless: Path) -> None:
    root = powerless / "project"
    with open_store(root) as store:
        store.save_walk(WALK)
    give_up_writing(powerless)
    store = open_store(root)
    assert store.load_walk(TREE) == WALK
    with pytest.raises(StateError, match="it is read-only"):
        store.save_walk(LATER)
    assert store.load_walk(TREE) == LATER
    with pytest.raises(StateError):
        store.close()


def test_a_full_disk_is_told_once_and_nothing_is_lost(root: Path) -> None:
    with open_store(root) as store:
        store.save_walk(WALK)
        db = store._keeping._db
        assert db is not None
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StateError, match="the disk is full"):
            store.save_export({"text": "x" * 100_000})
        store.save_export({"text": "y" * 100_000})
        assert store.last_export() == {"text": "y" * 100_000}
        assert store.load_walk(TREE) == WALK
        db.execute("PRAGMA max_page_count = 100000")
        store.save_walk(LATER)
        assert store.trouble == ""
    with open_store(root) as again:
        assert again.last_export() == {"text": "y" * 100_000}
        assert again.load_walk(TREE) == LATER


def test_once_it_has_settled_closing_changes_the_file_no_more(root: Path, store: Store) -> None:
    store.save_walk(WALK)
    store.settle()
    before = store.path.stat()
    store.close()
    assert store.path.stat().st_mtime_ns == before.st_mtime_ns
    store.settle()
    with open_store(root) as again:
        assert again.load_walk(TREE) == WALK
