"""The bundled example services, made into projects that can be opened: files and history.

    folder = materialise("shop-api", cache / "examples")

The history is told in days before today, so a project is made anew when it is older than a
day; what a person put into it meanwhile is carried over, and one with commits of theirs is
left as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from be_tui.core.errors import InputError, WriteError
from be_tui.core.locations import knowledge_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = 86_400
_STAMP = ".be-tui-example.json"
"""Stands in the project and tells of what it was made; git is told to pass over it."""

_BRANCH = "refs/heads/main"
_APART = 600
"""Seconds at least between two commits of the same day."""


@dataclass(frozen=True, slots=True)
class Change:
    """One commit of an example's history."""

    days: int
    """Days before today."""

    author: str
    """As git writes it: `Ana Ruiz <ana@shop.example>`."""

    message: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made, and of what: kept in the project to know it by."""

    fingerprint: str
    when: float
    head: str
    """The commit it ended with; empty where git was missing."""

    digests: tuple[tuple[str, str], ...]
    """Each file with the digest of what was written to it."""


def example_names() -> tuple[str, ...]:
    """Give the names of the bundled examples."""
    folder = _examples()
    return tuple(sorted(each.name for each in folder.iterdir() if each.is_dir()))


def materialise(name: str, into: Path) -> Path:
    """Make an example into a project in a folder of its own, and give that folder.

    Without git it has no history, and probes that need one will say so.

    Raises:
        InputError: No example has this name.
        WriteError: The folder cannot be written.
    """
    source = _source(name)
    files = _files(source)
    project = into / name
    history = _examples() / f"{name}.history.yaml"
    fingerprint = _digest(repr(sorted(files.items())).encode() + _content(history))
    made = _read_stamp(project / _STAMP)
    if made is not None and not _is_stale(made, fingerprint, project):
        return project
    try:
        into.mkdir(parents=True, exist_ok=True)
        _make(project, files, read_history(history), fingerprint, made)
    except OSError as error:
        where = str(error.filename or into)
        raise WriteError(f"the example cannot be written: {error.strerror}", where=where) from error
    return project


def read_history(path: Path) -> tuple[Change, ...]:
    """Read the history of an example, the oldest commit first.

    Raises:
        InputError: The file does not say what it should.
    """
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        authors = data["authors"]
        changes = [
            Change(int(days), authors[by], str(message), tuple(str(paths).split()))
            for days, by, message, paths in data["commits"]
        ]
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"no history of an example ({error!r})", where=str(path)) from error
    return tuple(changes)


def _examples() -> Path:
    return Path(knowledge_dir()) / "examples"


def _source(name: str) -> Path:
    names = example_names()
    if name not in names:
        from difflib import get_close_matches

        near = get_close_matches(name, names, n=1) or names
        raise InputError(f"no example {name!r}", hint=f"there is {', '.join(near)}")
    return _examples() / name


def _files(folder: Path) -> dict[str, bytes]:
    """Read what an example consists of; what running it left behind is no part of it."""
    return {
        path: content
        for path, content in _walk(folder)
        if "__pycache__" not in path and not path.endswith((".pyc", "/.env"))
    }


def _walk(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give the plain files of a folder, git's own and the stamp left out."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if each != ".git")
        for name in sorted(names):
            path = Path(where, name)
            if name != _STAMP and path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_stamp(path: Path) -> _Made | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        digests = cast("dict[str, str]", data["digests"])
        return _Made(
            str(data["fingerprint"]), float(data["when"]), str(data["head"]), tuple(digests.items())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_stale(made: _Made, fingerprint: str, project: Path) -> bool:
    if _head(project) != made.head:
        return False
    return made.fingerprint != fingerprint or not 0 <= time.time() - made.when < DAY


def _head(project: Path) -> str:
    try:
        return (project / ".git" / _BRANCH).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _make(
    project: Path,
    files: dict[str, bytes],
    changes: tuple[Change, ...],
    fingerprint: str,
    before: _Made | None,
) -> None:
    into, name = project.parent, project.name
    _clear_leftovers(into, name)
    fresh = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=into))
    try:
        for path, content in files.items():
            _write(fresh / path, content)
        _commit(fresh, files, changes)
        digests = {path: _digest(content) for path, content in files.items()}
        said = {"fingerprint": fingerprint, "when": time.time(), "head": _head(fresh)}
        _write(fresh / _STAMP, json.dumps({**said, "digests": digests}).encode())
        _carry_over(project, fresh, before)
        _swap(fresh, project)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _carry_over(old: Path, fresh: Path, before: _Made | None) -> None:
    """Copy what a person added to the old project or changed in it."""
    known = dict(before.digests) if before else None
    for path, content in _walk(old):
        if known is None:
            # Nobody knows what was changed; what was added can still be told.
            changed = not (fresh / path).exists()
        else:
            changed = known.get(path) != _digest(content)
        if changed:
            _write(fresh / path, content)


def _swap(fresh: Path, project: Path) -> None:
    """Put the fresh project in the place of the old one; another's made meanwhile is as good."""
    aside = Path(tempfile.mkdtemp(prefix=f".{project.name}.", dir=project.parent))
    try:
        with suppress(FileNotFoundError):
            project.rename(aside / "old")
        try:
            fresh.rename(project)
        except OSError:
            if not project.is_dir():
                (aside / "old").rename(project)
                raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _clear_leftovers(into: Path, name: str) -> None:
    """Remove what a run that was killed left behind, but not what another is making."""
    for left in into.glob(f".{name}.*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > DAY:
            shutil.rmtree(left, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _commit(folder: Path, files: dict[str, bytes], changes: tuple[Change, ...]) -> None:
    """Give the folder its history, by one import; without git it stays without one."""
    from be_tui.core.project.git import GitTrouble, run

    try:
        run(folder, "init", "-q", "--template=")
        run(folder, "symbolic-ref", "HEAD", _BRANCH)
        _write(folder / ".git" / "info" / "exclude", f"/{_STAMP}\n".encode())
        with tempfile.TemporaryFile() as script:
            for part in _script(files, changes, time.time()):
                script.write(part)
            script.seek(0)
            run(folder, "fast-import", "--quiet", "--done", feed=script, timeout=60)
        run(folder, "reset", "-q")
    except GitTrouble:
        shutil.rmtree(folder / ".git", ignore_errors=True)


def _script(files: dict[str, bytes], changes: tuple[Change, ...], now: float) -> Iterator[bytes]:
    """Give the history in git's own form: a file grows with each commit that touches it."""
    touches: dict[str, int] = {}
    for change in changes:
        for path in change.paths:
            touches[path] = touches.get(path, 0) + 1
    done = dict.fromkeys(touches, 0)
    when = 0
    for place, change in enumerate(changes):
        left = len(changes) - place
        when = max(when + _APART, int(now) - change.days * DAY)
        when = min(when, int(now) - left)
        message = change.message.encode()
        head = f"commit {_BRANCH}\ncommitter {change.author} {when} +0000\ndata {len(message)}\n"
        yield head.encode() + message + b"\n"
        for path in change.paths:
            done[path] += 1
            lines = files[path].splitlines(keepends=True)
            content = b"".join(lines[: -(-len(lines) * done[path] // touches[path])])
            yield f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"
    yield b"done\n"
