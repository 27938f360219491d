"""Runs git to read, and only to read, in a folder that nobody vouches for.

A repository's own configuration can name programs for git to run (a pager, a file system
monitor, an external diff, a signature check, a transport). None of that may happen because
somebody looked at a folder: every call has fixed arguments, an environment of its own and
a time limit, and is killed when the work is cancelled.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from be_tui.core.project.cancel import Cancel
from be_tui.core.project.probe import NoAnswer

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SETTINGS = (
    "core.fsmonitor=false",
    "core.quotePath=off",
    f"core.hooksPath={os.devnull}",
    "log.showSignature=false",
    "gc.auto=0",
    "protocol.allow=never",
    # A folder that only looks like a bare repository must not be taken for one.
    "safe.bareRepository=explicit",
)
_CALL = (
    "git",
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *(part for setting in _SETTINGS for part in ("-c", setting)),
)

_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH")
"""The person's own settings; GIT_DIR and its like would show another repository."""

_CHUNK = 1 << 16
_LONGEST_COMPLAINT = 4096

_COMPLAINTS = (
    ("not a git repository", "not a git repository"),
    ("dubious ownership", "git does not read it, because it belongs to another user"),
    ("does not have any commits", "the repository has no commits yet"),
    ("unknown revision", "the repository has no commits yet"),
    ("cannot use bare repository", "a bare repository holds no files"),
    ("must be run in a work tree", "a bare repository holds no files"),
    ("ermission denied", "no permission to read the repository"),
    ("transport '", "a partial clone: not all of its history is here"),
    ("promisor", "a partial clone: not all of its history is here"),
    ("bad object", "the repository is damaged: objects are missing"),
    ("unable to read", "the repository is damaged: objects are missing"),
    ("loose object", "the repository is damaged: objects cannot be read"),
    ("bad config", "git cannot read the repository's configuration"),
)
"""What git says, and what it means to the person who asked; the first that fits."""

_HINTS = {
    "git does not read it, because it belongs to another user": (
        "`git config --global --add safe.directory {root}` says that you trust it"
    )
}


class GitTrouble(NoAnswer):
    """Git could not tell; the message says why in one line."""


class GitTooSlow(GitTrouble):
    """Git was ended by the time limit; what it printed until then is sound."""


def run(
    root: Path,
    *arguments: str,
    cancel: Cancel | None = None,
    timeout: float = 10.0,
    limit: int = 64 << 20,
    feed: IO[bytes] | None = None,
) -> bytes:
    """Give what git prints.

    Args:
        root: The folder to run it in.
        arguments: The command of git and its arguments.
        cancel: Ends git when it is set.
        timeout: Seconds after which git is ended.
        limit: Bytes of output after which git is ended.
        feed: What git reads from its standard input: an open file.

    Raises:
        GitTrouble: Git is missing, refused, printed more than `limit`, or took too long.
        Cancelled: The cancel was set.
    """
    with stream(root, *arguments, cancel=cancel, timeout=timeout, feed=feed) as output:
        printed = output.read(limit + 1)
        if len(printed) > limit:
            raise GitTrouble(f"git {arguments[0]} gives more than {limit >> 20} MB")
        return printed


@contextmanager
def stream(
    root: Path,
    *arguments: str,
    cancel: Cancel | None = None,
    timeout: float = 10.0,
    feed: IO[bytes] | None = None,
) -> Iterator[IO[bytes]]:
    """Give git's standard output while git runs; the end of the block ends git.

    Output left unread is no trouble. A failure of git shows at the end of the block.

    Raises:
        GitTrouble: Git is missing, refused, or took too long.
        Cancelled: The cancel was set.
    """
    import tempfile

    cancel = cancel or Cancel()
    cancel.check()
    with tempfile.TemporaryFile() as complaints:
        late = threading.Event()
        unread = False
        with _running(lambda: _start(root, arguments, complaints, feed)) as process:

            def end() -> None:
                late.set()
                _kill(process)

            alarm = threading.Timer(timeout, end)
            alarm.daemon = True
            alarm.start()
            try:
                with cancel.when_set(lambda: _kill(process)):
                    output = process.stdout
                    assert output is not None  # noqa: S101 (it was asked for; for the type checker)
                    yield output
                    unread = bool(output.read(1))
                    if unread:
                        _kill(process)
                    process.wait()
            finally:
                alarm.cancel()
        cancel.check()
        if late.is_set():
            raise GitTooSlow(f"git {arguments[0]} took longer than {timeout:g} s")
        if process.returncode and not unread:
            complaints.seek(0)
            said = complaints.read(_LONGEST_COMPLAINT).decode("utf-8", "replace")
            raise GitTrouble(_in_words(said, root))


def fields(output: IO[bytes]) -> Iterator[bytes]:
    """Give what git wrote under `-z`, field by field, as it comes."""
    rest = b""
    while chunk := os.read(output.fileno(), _CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _start(
    root: Path, arguments: tuple[str, ...], complaints: IO[bytes], feed: IO[bytes] | None
) -> subprocess.Popen[bytes]:
    import subprocess

    try:
        return subprocess.Popen(
            [*_CALL, *arguments],
            cwd=root,
            env=_environment(),
            stdin=feed or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            # A group of its own, so that what git may have started ends with it.
            process_group=0 if os.name == "posix" else None,
        )
    except FileNotFoundError as error:
        raise GitTrouble("git is not installed" if root.is_dir() else "no such folder") from error
    except OSError as error:
        raise GitTrouble(f"git cannot be run here: {error.strerror}") from error


@contextmanager
def _running(start: Callable[[], subprocess.Popen[bytes]]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process until the block ends, whatever ends it."""
    process = None
    try:
        with _interrupts_wait():
            process = start()
        yield process
    finally:
        if process is not None:
            _kill(process)
            process.communicate()


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Let Ctrl+C wait for the end of the block.

    In the middle of a start it would leave a process behind that nobody knows of.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Only the main thread is ever interrupted.
        return
    asked = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: asked.set())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if asked.is_set() and callable(before):
            before(signal.SIGINT, None)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is not None:
        return
    if os.name == "posix":
        # Not waited for yet, so the number is still this group's.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT
    }
    return kept | {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        # Stands above every protocol.*.allow of the configuration: no transport at all.
        "GIT_ALLOW_PROTOCOL": "none",
    }


def _in_words(complaint: str, root: Path) -> str:
    for sign, words in _COMPLAINTS:
        if sign in complaint:
            hint = _HINTS.get(words, "").format(root=root)
            return f"{words}; {hint}" if hint else words
    lines = complaint.strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "git failed without a word"
