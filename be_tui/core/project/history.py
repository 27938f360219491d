"""The git history of the last 90 days: read once, beside the files, in one call of git.

Merges are left out (what they join is counted where it was made), and a file that was
renamed counts under the name that it has now. Only which files changed is read, never
how: comparing contents would cost git ten times as much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.project.git import GitTooSlow, GitTrouble, fields, run, stream
from be_tui.core.project.people import people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from be_tui.core.project.cancel import Cancel

DAYS = 90
"""How far back is read."""

MOST_COMMITS = 20_000
SECONDS = 10.0
"""What is read of a history that is larger: the newest commits, and it says so."""

COMMAND = f"git log --since={DAYS}.days --no-merges --name-status"
"""What shows the same."""

_LOG = (
    "log",
    "-z",
    f"--since={DAYS}.days",
    f"--max-count={MOST_COMMITS + 1}",
    "--no-merges",
    "--use-mailmap",
    "--no-show-signature",
    "--no-ext-diff",
    "--no-textconv",
)
_HEADER = b"\x01"
_PART = b"\x02"
_FORMAT = "--format=%x01%ct%x02%aN%x02%aE%x02%P"


@dataclass(frozen=True, slots=True)
class Commit:
    """One change, by one person, at one time."""

    when: int
    """Seconds since 1970, when it was committed."""

    name: str
    email: str
    paths: tuple[str, ...]
    """The files that it changed, by the names that they have now."""


@dataclass(frozen=True, slots=True)
class History:
    """The commits of the last `DAYS` days, the newest first, without merges."""

    commits: tuple[Commit, ...]
    bounded: bool = False
    """True where older commits of these days were not read."""


def read_history(root: Path, cancel: Cancel | None = None) -> History:
    """Read the last `DAYS` days of the history of a folder.

    Raises:
        NoAnswer: It is no repository, has no commits, or is cut off within these days.
        Cancelled: The cancel was set.
    """
    told = run(root, "rev-parse", "--is-shallow-repository", "--show-prefix", cancel=cancel)
    shallow, _, prefix = told.decode("utf-8", "surrogateescape").partition("\n")
    arguments = [*_LOG, "--name-status", "--find-renames", "-l100", _FORMAT]
    if prefix.strip("\n"):
        # Only a folder within a repository pays for looking whether commits touch it.
        arguments += ["--relative", "--", "."]
    reading = _Reading()
    try:
        with stream(root, *arguments, cancel=cancel, timeout=SECONDS) as output:
            reading.take(fields(output))
    except GitTooSlow:
        reading.bounded = True
    if shallow.strip() == "true" and reading.reached_a_root:
        raise GitTrouble(
            f"a shallow clone: its history is cut off within the last {DAYS} days; "
            "`git fetch --unshallow` brings the rest"
        )
    return reading.history()


def count_people(root: Path, cancel: Cancel | None = None) -> int:
    """Count the people who committed in the last `DAYS` days; cheaper than all that they did.

    Raises:
        NoAnswer: It is no repository, has no commits, or is a shallow clone.
        Cancelled: The cancel was set.
    """
    arguments = [*_LOG, "--format=%aN%x02%aE"]
    git_folder = root / ".git"
    if (git_folder / "shallow").exists():
        raise GitTrouble("a shallow clone does not tell them all")
    if not git_folder.exists():
        arguments += ["--", "."]
    with stream(root, *arguments, cancel=cancel, timeout=SECONDS) as output:
        told = [each.decode("utf-8", "replace").partition("\x02") for each in fields(output)]
    return len(people((name, email, 1) for name, _, email in told))


class _Reading:
    """The fields of `git log -z --name-status`, made into commits as they come."""

    def __init__(self) -> None:
        self.bounded = False
        self.reached_a_root = False
        self._commits: list[Commit] = []
        self._now: dict[str, str] = {}
        """The present name of each former one; commits come newest first."""

    def history(self) -> History:
        more = len(self._commits) > MOST_COMMITS
        return History(tuple(self._commits[:MOST_COMMITS]), self.bounded or more)

    def take(self, parts: Iterable[bytes]) -> None:
        header = b""
        paths: list[str] = []
        each = iter(parts)
        for part in each:
            if part.startswith(_HEADER):
                self._add(header, paths)
                header, paths = part, []
                continue
            status = part.lstrip(b"\n")[:1]
            if not status:
                continue
            old = _decoded(next(each, b""))
            if status in b"RC":
                new = _decoded(next(each, b""))
                if status == b"R":
                    self._now[old] = self._now.get(new, new)
                old = new
            paths.append(self._now.get(old, old))
        self._add(header, paths)

    def _add(self, header: bytes, paths: list[str]) -> None:
        if not header:
            return
        when, name, email, parents = header[1:].split(_PART, 3)
        if not parents.strip():
            self.reached_a_root = True
        who = (name.decode("utf-8", "replace"), email.decode("utf-8", "replace"))
        self._commits.append(Commit(int(when), *who, tuple(paths)))


def _decoded(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")
