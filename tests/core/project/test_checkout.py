from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.project import Cancel, Cancelled, gather, read_project
from be_tui.core.project.checkout import Checkout, Limits, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.core.project.conftest import Repo

    MakeFolder = Callable[..., Path]


def test_git_lists_what_is_tracked_and_what_is_new_but_not_what_is_ignored(repo: Repo) -> None:
    repo.commit({".gitignore": "*.log\n", "src/a.py": "1"})
    repo.write("src/new.py", "2")
    repo.write("noise.log", "3")
    checkout = Checkout(repo.root)
    assert checkout.files == (".gitignore", "src/a.py", "src/new.py")
    assert checkout.by_folder == {"": (".gitignore",), "src": ("a.py", "new.py")}


def test_without_a_repository_a_walk_passes_over_what_is_not_the_project_s(
    folder: MakeFolder,
) -> None:
    root = folder(
        {
            "src/a.py": "1",
            "node_modules/x/index.js": "2",
            ".venv/lib/y.py": "3",
            "build/z.js": "4",
            ".github/workflows/ci.yml": "5",
        }
    )
    checkout = Checkout(root)
    assert checkout.files == (".github/workflows/ci.yml", "src/a.py")
    assert checkout.git_trouble == "not a git repository"


def test_a_folder_that_its_repository_ignores_is_walked(repo: Repo) -> None:
    repo.commit({".gitignore": "scratch/\n"})
    repo.write("scratch/a.py", "1")
    assert Checkout(repo.root / "scratch").files == ("a.py",)


def test_a_folder_inside_a_repository_has_paths_of_its_own(repo: Repo) -> None:
    repo.commit({"services/api/a.py": "1", "services/b.py": "2"})
    assert Checkout(repo.root / "services").files == ("api/a.py", "b.py")


def test_names_of_any_bytes_are_kept_and_can_be_shown(repo: Repo) -> None:
    odd = os.fsdecode(b"src/caf\xe9\nlatte.py")
    repo.write(odd, "x = 1\n")
    repo.commit_index()
    checkout = Checkout(repo.root)
    assert checkout.files == (odd,)
    assert checkout.read(odd) == b"x = 1\n"
    assert shown(odd) == "src/caf\\xe9\\nlatte.py"
    size = read_project(repo.root).size
    assert size is not None
    assert size.lines == 1
    for evidence in gather(repo.root):
        for fact in evidence.facts:
            assert fact.path.isprintable()


@given(st.binary())
def test_whatever_a_path_is_made_of_it_can_be_shown(name: bytes) -> None:
    text = shown(os.fsdecode(name))
    assert text.isprintable()
    assert text.encode().decode() == text


def test_links_are_never_followed(folder: MakeFolder, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.py").write_text("x = 1\n")
    root = folder({"src/a.py": "1"})
    (root / "link.py").symlink_to(secret / "key.py")
    (root / "linked").symlink_to(secret)
    checkout = Checkout(root)
    assert checkout.files == ("src/a.py",)
    assert checkout.read("link.py") is None
    assert checkout.read("linked/key.py") is None
    assert not checkout.exists("link.py")


def test_a_tracked_folder_that_became_a_link_is_not_read_through_it(
    repo: Repo, tmp_path: Path
) -> None:
    repo.commit({"src/a.py": "mine"})
    (repo.root / "src" / "a.py").unlink()
    (repo.root / "src").rmdir()
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.py").write_text("theirs")
    (repo.root / "src").symlink_to(other)
    assert Checkout(repo.root).read("src/a.py") is None


def test_a_pipe_does_not_block_the_reading(folder: MakeFolder) -> None:
    root = folder()
    os.mkfifo(root / "pipe.py")
    checkout = Checkout(root)
    assert checkout.read("pipe.py") is None
    assert not checkout.exists("pipe.py")


def test_a_file_that_is_gone_or_too_large_gives_nothing(folder: MakeFolder) -> None:
    checkout = Checkout(folder({"large.py": "x" * 100}), limits=Limits(file_bytes=99))
    assert checkout.read("gone.py") is None
    assert checkout.read("large.py") is None
    assert checkout.text("large.py", 100) == "x" * 100
    assert not checkout.exists("gone.py")
    assert not checkout.bounded


def test_a_path_with_a_nul_gives_nothing(folder: MakeFolder) -> None:
    assert Checkout(folder()).read("a\0b") is None


def test_what_was_read_is_kept_within_bounds(folder: MakeFolder) -> None:
    root = folder({"a": "12345", "b": "12345", "c": "12345"})
    checkout = Checkout(root, limits=Limits(kept_bytes=5))
    assert [checkout.read(name, keep=name != "c") for name in "abc"] == [b"12345"] * 3
    for name in "abc":
        (root / name).write_text("new")
    assert [checkout.read(name) for name in "abc"] == [b"12345", b"new", b"new"]


def test_reading_stops_at_its_limit_and_says_so(folder: MakeFolder) -> None:
    checkout = Checkout(folder({"a": "12345", "b": "12345"}), limits=Limits(total_bytes=6))
    assert checkout.read("a") == b"12345"
    assert not checkout.bounded
    assert checkout.read("b") is None
    assert checkout.bounded


@pytest.mark.parametrize("tracked", [True, False])
def test_listing_stops_at_its_limit_and_says_so(repo: Repo, tracked: bool) -> None:  # noqa: FBT001
    files = {f"f{number}": "x" for number in range(5)}
    for path in files:
        repo.write(path, "x")
    if not tracked:
        (repo.root / ".git").rename(repo.root / ".elsewhere")
    checkout = Checkout(repo.root, limits=Limits(files=3))
    assert checkout.files == ("f0", "f1", "f2")
    assert checkout.bounded


def test_files_of_one_name_stand_with_the_highest_first(folder: MakeFolder) -> None:
    root = folder({"a/b/pom.xml": "", "pom.xml": "", "c/pom.xml": ""})
    assert Checkout(root).by_name == {"pom.xml": ("pom.xml", "c/pom.xml", "a/b/pom.xml")}


def test_a_byte_order_mark_is_no_part_of_the_text(folder: MakeFolder) -> None:
    root = folder({"a": b"\xef\xbb\xbfcaf\xe9"})
    assert Checkout(root).text("a") == "caf\ufffd"


def test_a_walk_stops_when_the_work_is_cancelled(folder: MakeFolder) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        _ = Checkout(folder({"a": "1"}), cancel).files


def test_a_folder_that_may_not_be_read_is_told_by_each_probe(
    folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder({"a.py": "1"})

    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("be_tui.core.project.checkout.os.scandir", refuse)
    evidence = gather(root, ["tests", "stack"])
    assert [each.trouble for each in evidence] == [f"{root}: Permission denied"] * 2
    assert read_project(root).trouble[0] == "the folder cannot be read: Permission denied"


def test_a_file_that_fails_while_it_is_read_gives_nothing(
    folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder({"a": "12"})

    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("be_tui.core.project.checkout.os.read", fail)
    assert Checkout(root).read("a") is None
