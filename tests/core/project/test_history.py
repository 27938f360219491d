from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from be_tui.core.project import Cancel, Cancelled, read_project
from be_tui.core.project import history as histories
from be_tui.core.project.history import count_people, read_history
from be_tui.core.project.probe import NoAnswer
from tests.core.project.conftest import ADA, BEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.core.project.conftest import Repo


def _paths(root: Path) -> list[tuple[str, ...]]:
    return [commit.paths for commit in read_history(root).commits]


def test_reads_who_changed_what_and_when_the_newest_first(repo: Repo) -> None:
    repo.commit({"a.py": "1"}, days=3, author=ADA)
    repo.commit({"a.py": "2", "b.py": "1"}, days=1, author=BEN)
    latest, first = read_history(repo.root).commits
    assert (latest.name, latest.email, latest.paths) == ("Ben", "ben@example.org", ("a.py", "b.py"))
    assert (first.name, first.paths) == ("Ada", ("a.py",))
    assert abs(time.time() - 86_400 - latest.when) < 60


def test_commits_older_than_ninety_days_are_not_read(repo: Repo) -> None:
    repo.commit({"a": "1"}, days=91)
    repo.commit({"a": "2"}, days=89)
    assert _paths(repo.root) == [("a",)]


def test_a_file_renamed_twice_counts_under_the_name_that_it_has_now(repo: Repo) -> None:
    text = "line\n" * 20
    repo.commit({"one.py": text}, days=5)
    repo.commit({"one.py": text + "more\n"}, days=4)
    repo.commit({"one.py": None, "two.py": text + "more\n"}, days=3)
    repo.commit({"two.py": None, "three.py": text + "more\nand more\n"}, days=2)
    repo.commit({"three.py": text}, days=1)
    assert set(_paths(repo.root)) == {("three.py",)}


def test_a_copy_leaves_its_original_alone(repo: Repo) -> None:
    repo.git("config", "diff.renames", "copies")
    text = "line\n" * 20
    repo.commit({"one.py": text}, days=3)
    repo.commit({"one.py": text + "x\n", "two.py": text}, days=2)
    assert [set(paths) for paths in _paths(repo.root)] == [{"one.py", "two.py"}, {"one.py"}]


def test_a_removed_file_was_changed_too(repo: Repo) -> None:
    repo.commit({"a": "1", "b": "1"}, days=2)
    repo.commit({"a": None}, days=1)
    assert _paths(repo.root)[0] == ("a",)


def test_merges_are_left_out_and_what_they_join_is_counted_once(repo: Repo) -> None:
    repo.commit({"a": "1"}, days=4)
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"b": "1"}, days=3)
    repo.git("checkout", "-q", "main")
    repo.commit({"c": "1"}, days=2)
    repo.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert sorted(_paths(repo.root)) == [("a",), ("b",), ("c",)]


def test_commits_that_change_nothing_are_kept_without_paths(repo: Repo) -> None:
    repo.commit({"a": "1"}, days=2)
    repo.commit_index(days=1)
    assert _paths(repo.root) == [(), ("a",)]


def test_binary_files_and_names_of_any_bytes_are_read(repo: Repo) -> None:
    odd = os.fsdecode(b"caf\xe9\nM\tlatte")
    repo.commit({odd: b"\x00\x01", "\x01head": "x"}, days=1)
    assert set(_paths(repo.root)[0]) == {odd, "\x01head"}


def test_what_the_message_says_does_not_matter(repo: Repo) -> None:
    repo.commit({"a": "1"}, message="M\x01 1 \x02 A\n\nM\tb")
    assert _paths(repo.root) == [("a",)]


def test_the_mailmap_is_heeded(repo: Repo) -> None:
    repo.commit({".mailmap": "Ada Lovelace <ada@work.example> <ada@example.org>\n"})
    (commit,) = read_history(repo.root).commits
    assert (commit.name, commit.email) == ("Ada Lovelace", "ada@work.example")


def test_a_folder_within_a_repository_has_its_own_history(repo: Repo) -> None:
    repo.commit({"api/a.py": "1", "web/b.js": "1"}, days=2, author=ADA)
    repo.commit({"web/b.js": "2"}, days=1, author=BEN)
    assert _paths(repo.root / "api") == [("a.py",)]
    assert count_people(repo.root / "api") == 1
    assert count_people(repo.root) == 2


def test_a_large_history_is_read_as_far_as_its_newest_commits(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        repo.commit({"a": str(number)}, days=4 - number)
    monkeypatch.setattr(histories, "MOST_COMMITS", 3)
    monkeypatch.setattr(histories, "_LOG", ("log", "-z", "--max-count=4"))
    history = read_history(repo.root)
    assert len(history.commits) == 3
    assert history.bounded
    monkeypatch.setattr(histories, "MOST_COMMITS", 4)
    assert not read_history(repo.root).bounded


def test_what_was_read_when_time_ran_out_is_kept_and_marked(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repo.commit({"a": "1"})
    real = shutil.which("git")
    script = tmp_path / "bin" / "git"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\n"{real}" "$@"\ncase "$*" in *" log "*) sleep 30;; esac\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(histories, "SECONDS", 1.0)
    history = read_history(repo.root)
    assert history.bounded
    assert [commit.paths for commit in history.commits] == [("a",)]


def test_a_shallow_clone_that_ends_within_these_days_says_so(repo: Repo, tmp_path: Path) -> None:
    for number in range(3):
        repo.commit({"a": str(number)}, days=3 - number)
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth=2", f"file://{repo.root}", str(clone))
    with pytest.raises(NoAnswer, match="shallow clone: its history is cut off within the last 90"):
        read_history(clone)
    assert read_project(clone).trouble == ("contributors: a shallow clone does not tell them all",)


def test_a_shallow_clone_that_reaches_further_back_is_read(repo: Repo, tmp_path: Path) -> None:
    for days in (200, 100, 2, 1):
        repo.commit({"a": str(days)}, days=days)
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth=3", f"file://{repo.root}", str(clone))
    assert len(read_history(clone).commits) == 2


def test_a_repository_without_commits_says_so(repo: Repo) -> None:
    with pytest.raises(NoAnswer, match="has no commits yet"):
        read_history(repo.root)
    assert read_project(repo.root).trouble == ("contributors: the repository has no commits yet",)


def test_a_folder_without_a_repository_says_so(git: str, folder: Callable[..., Path]) -> None:
    del git
    with pytest.raises(NoAnswer, match="not a git repository"):
        read_history(folder())


def test_reading_stops_when_the_work_is_cancelled(repo: Repo) -> None:
    repo.commit({"a": "1"})
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        read_history(repo.root, cancel)
