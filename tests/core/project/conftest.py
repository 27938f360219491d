"""Folders and repositories to read, made for each test."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

DAY = 86_400
ADA = "Ada <ada@example.org>"
BEN = "Ben <ben@example.org>"


@dataclass(frozen=True)
class Repo:
    """A git repository, and short ways to fill it."""

    root: Path

    def git(self, *arguments: str, **env: str) -> str:
        """Run git in it."""
        done = subprocess.run(
            ["git", "-C", self.root, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, **_IDENTITY, **env},
        )
        return done.stdout

    def write(self, path: str, content: str | bytes) -> Path:
        """Write one file of the work tree."""
        return write(self.root, path, content)

    def commit(
        self,
        files: Mapping[str, str | bytes | None],
        *,
        days: float = 1,
        author: str = ADA,
        message: str = "Change",
    ) -> None:
        """Commit files as they are given; None removes one."""
        for path, content in files.items():
            if content is None:
                (self.root / path).unlink()
            else:
                self.write(path, content)
        self.git("add", "-A")
        self.commit_index(days=days, author=author, message=message)

    def commit_index(self, *, days: float = 1, author: str = ADA, message: str = "Change") -> None:
        """Commit what is staged."""
        when = f"@{int(time.time() - days * DAY)} +0000"
        name, _, email = author.rstrip(">").partition(" <")
        self.git(
            "commit", "-q", "--allow-empty", "-m", message,
            GIT_AUTHOR_NAME=name, GIT_AUTHOR_EMAIL=email,
            GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when,
        )  # fmt: skip


_IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


def write(root: Path, path: str, content: str | bytes) -> Path:
    """Write one file, with its folders."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder that is no repository, of paths and contents."""

    def make(files: Mapping[str, str | bytes] | None = None) -> Path:
        root = tmp_path / "service"
        root.mkdir(exist_ok=True)
        for path, content in (files or {}).items():
            write(root, path, content)
        return root

    return make


@pytest.fixture
def repo(git: str, tmp_path: Path) -> Repo:
    """Make an empty repository."""
    del git
    root = tmp_path / "shop"
    root.mkdir()
    made = Repo(root)
    made.git("init", "-q", "-b", "main")
    return made
