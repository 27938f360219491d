"""Git is run to read, and nothing that a repository says is run by it."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import IO, TYPE_CHECKING

import pytest

from be_tui.core.project import Cancel, Cancelled, gather, read_project
from be_tui.core.project import git as gitting
from be_tui.core.project.git import GitTooSlow, GitTrouble, fields, run, stream

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from tests.core.project.conftest import Repo


def _stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program in the place of git."""
    folder.mkdir()
    program = folder / "git"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_gives_what_git_prints(repo: Repo) -> None:
    repo.commit({"a": "1"})
    assert run(repo.root, "rev-list", "--count", "HEAD").strip() == b"1"


def test_fields_come_whole_whatever_the_chunks(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"file number {number}" for number in range(20)]
    repo.commit(dict.fromkeys(names, "x"))
    monkeypatch.setattr(gitting, "_CHUNK", 7)
    with stream(repo.root, "ls-files", "-z") as output:
        assert [each.decode() for each in fields(output)] == sorted(names)


def test_a_last_field_without_its_end_is_given_too(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"a\0b")
    with path.open("rb") as output:
        assert list(fields(output)) == [b"a", b"b"]


def test_output_left_unread_is_no_trouble(repo: Repo) -> None:
    repo.commit({f"f{number}": "x" for number in range(50)})
    with stream(repo.root, "ls-files", "-z") as output:
        assert output.read(1) == b"f"


def test_output_beyond_the_limit_is_refused(repo: Repo) -> None:
    repo.commit({"a": "x"})
    with pytest.raises(GitTrouble, match="gives more than 0 MB"):
        run(repo.root, "ls-files", limit=0)


def test_without_git_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitTrouble, match="git is not installed"):
        run(tmp_path, "--version")


def test_a_folder_that_is_gone_is_told_from_a_missing_git(git: str, tmp_path: Path) -> None:
    del git
    with pytest.raises(GitTrouble, match="no such folder"):
        run(tmp_path / "gone", "--version")


def test_a_git_that_cannot_be_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("subprocess.Popen", refuse)
    with pytest.raises(GitTrouble, match="cannot be run here: Permission denied"):
        run(tmp_path, "--version")


@pytest.mark.parametrize(
    ("complaint", "words"),
    [
        ("fatal: not a git repository (or any of the parent directories): .git", "not a git repos"),
        ("fatal: detected dubious ownership in repository at '/x'", "safe.directory"),
        ("fatal: your current branch 'main' does not have any commits yet", "no commits yet"),
        ("fatal: cannot use bare repository '/x'", "a bare repository holds no files"),
        ('error: open("x"): Permission denied', "no permission to read the repository"),
        ("fatal: transport 'https' not allowed", "a partial clone"),
        ("fatal: bad object HEAD", "damaged: objects are missing"),
        ("fatal: loose object 1234 is corrupt", "damaged: objects cannot be read"),
        ("fatal: bad config line 1 in file .git/config", "cannot read the repository's config"),
        ("fatal: something new\nand more", "something new"),
        ("", "git failed without a word"),
    ],
)
def test_each_complaint_of_git_becomes_one_clear_line(
    complaint: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stand_in(tmp_path / "bin", f"cat >&2 <<'END'\n{complaint}\nEND\nexit 128", monkeypatch)
    with pytest.raises(GitTrouble, match=words) as caught:
        run(tmp_path, "log")
    assert "\n" not in str(caught.value)


def test_git_is_ended_when_it_takes_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stand_in(tmp_path / "bin", "sleep 30", monkeypatch)
    started = time.monotonic()
    with pytest.raises(GitTooSlow, match=r"git log took longer than 0\.1 s"):
        run(tmp_path, "log", timeout=0.1)
    assert time.monotonic() - started < 15  # it would sleep for 30


def test_ctrl_c_while_git_starts_leaves_no_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stand_in(tmp_path / "bin", "sleep 30", monkeypatch)
    start, started = gitting._start, []

    def interrupted(
        root: Path, arguments: tuple[str, ...], complaints: IO[bytes], feed: IO[bytes] | None
    ) -> subprocess.Popen[bytes]:
        process = start(root, arguments, complaints, feed)
        started.append(process)
        signal.raise_signal(signal.SIGINT)
        return process

    monkeypatch.setattr(gitting, "_start", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, "log")
    assert started[0].returncode == -signal.SIGKILL
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_cancelling_ends_git_and_what_it_started_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stand_in(tmp_path / "bin", "sleep 30 & sleep 30", monkeypatch)
    cancel = Cancel()
    asked: list[float] = []

    def ask() -> None:
        asked.append(time.monotonic())
        cancel.set()

    threading.Timer(0.2, ask).start()
    with pytest.raises(Cancelled):
        run(tmp_path, "log", cancel=cancel)
    assert time.monotonic() - asked[0] < 15  # it would sleep for 30


def test_nothing_is_started_once_the_work_was_cancelled(tmp_path: Path) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        run(tmp_path, "log", cancel=cancel)


def test_the_caller_s_own_repository_is_not_read_instead(
    repo: Repo, folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit({"a": "x"})
    monkeypatch.setenv("GIT_DIR", str(repo.root / ".git"))
    with pytest.raises(GitTrouble, match="not a git repository"):
        run(folder(), "log")


def test_a_repository_of_another_user_is_left_alone_with_the_way_out(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit({"a.py": "x = 1\n"})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr(gitting, "_KEPT", (*gitting._KEPT, "GIT_TEST_ASSUME_DIFFERENT_OWNER"))
    (evidence,) = gather(repo.root, ["authors"])
    assert "belongs to another user" in evidence.trouble
    assert f"safe.directory {repo.root}" in evidence.trouble
    # The files can still be read: a walk lists them.
    size = read_project(repo.root).size
    assert size is not None
    assert size.files == 1


def test_no_program_that_the_repository_names_is_run(repo: Repo, tmp_path: Path) -> None:
    """The configuration of a repository that came in an archive is somebody else's."""
    trap = tmp_path / "sprung"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    program.chmod(0o755)
    for number in range(25):
        repo.commit({"app.py": f"x = {number}\n", ".gitattributes": "*.py diff=evil filter=evil\n"})
    for key in (
        "core.fsmonitor", "core.pager", "pager.log", "diff.external", "diff.evil.textconv",
        "diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process",
        "gpg.program", "core.editor", "core.askPass", "core.sshCommand", "core.hooksPath",
        "uploadpack.packObjectsHook", "alias.log", "alias.ls-files",
    ):  # fmt: skip
        repo.git("config", key, str(program))
    repo.git("config", "log.showSignature", "true")
    hook = repo.write(".git/hooks/post-index-change", f"#!/bin/sh\ntouch {trap}\n")
    hook.chmod(0o755)
    repo.write("app.py", "x = 'changed'\n")
    trap.unlink(missing_ok=True)
    read_project(repo.root)
    evidence = gather(repo.root)
    assert not any(each.probe == "authors" and each.trouble for each in evidence)
    assert not trap.exists()


def test_a_partial_clone_is_not_completed_over_the_network(repo: Repo, tmp_path: Path) -> None:
    for number in range(3):
        repo.commit({f"src/f{number}.py": "x = 1\n"})
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--no-checkout", "--filter=tree:0", f"file://{repo.root}", str(clone))
    (evidence,) = gather(clone, ["churn-now"])
    assert evidence.trouble == "a partial clone: not all of its history is here"
    (people,) = gather(clone, ["authors"])
    assert people.trouble == evidence.trouble


def test_a_folder_made_to_look_like_a_bare_repository_is_not_taken_for_one(
    repo: Repo, folder: Callable[..., Path]
) -> None:
    root = folder({"app.py": "x = 1\n"})
    repo.commit({"a": "x"})
    for each in ("HEAD", "config"):
        (root / each).write_bytes((repo.root / ".git" / each).read_bytes())
    for each in ("objects", "refs"):
        (root / each).mkdir()
    (evidence,) = gather(root, ["authors"])
    assert evidence.trouble in {"a bare repository holds no files", "not a git repository"}
