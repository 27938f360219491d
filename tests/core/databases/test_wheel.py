"""The wheel's servers: started fast, alone, and gone with the process that asked for them."""

from __future__ import annotations

import importlib.util
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import keeper, majors, open_sandbox, places, postgres_server, wheel
from be_tui.core.databases.places import sweep
from be_tui.core.databases.postgres_server import running_server, stop_servers
from be_tui.core.databases.wheel import Account, Wheel, account, find_wheel, fresh_cluster
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow  # servers of its own, started and killed; others' tests use one

ROOT = Path(__file__).parents[3]

OPENED = """
import os, time
from pathlib import Path
from be_tui.core.databases import open_sandbox, places
places.RAM = Path({base!r})
from be_tui.core.databases.postgres_server import running_server
sandbox = open_sandbox("postgresql")
session = sandbox.session()
files = open_sandbox("sqlite")
server = running_server()
pid = (server.place.path / "data" / "postmaster.pid").read_text().split()[0]
print(server.place.path, pid, server.keeper.pid, flush=True)
{then}
"""


@pytest.fixture
def bases() -> Iterator[Path]:
    """Give a folder for places that is ours alone, short enough for a socket."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="r") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def begun(then: str, base: Path) -> tuple[subprocess.Popen[str], Path, int, int]:
    """Start a process that has sandboxes; give where its server stands, and who runs it."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPENED.format(then=then, base=str(base))],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(base)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    place, server, keeps = process.stdout.readline().split()
    return process, Path(place), int(server), int(keeps)


def ended(process: subprocess.Popen[str]) -> tuple[list[str], str]:
    """Give what a process still said, and what it complained of."""
    assert process.stdout
    assert process.stderr
    with process:
        told = process.stdout.read().split()
        return told, process.stderr.read()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        # One that nobody has waited for yet is dead all the same.
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc").is_dir()


def soon(*, gone: Path | None = None, pid: int = 0) -> bool:
    """Wait until a folder and a process are gone; tell whether they are."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if not (gone and gone.exists()) and not (pid and alive(pid)):
            return True
        time.sleep(0.02)
    return False


def test_nothing_is_left_when_the_process_ends(bases: Path) -> None:
    process, place, server, _ = begun("", bases)
    assert ended(process) == ([], "")
    assert not place.exists()
    assert not alive(server)
    # The one sandbox that was never closed waits for the next process.
    sweep(bases)
    assert [*bases.iterdir()] == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_when_the_process_is_killed(bases: Path, number: int) -> None:
    process, place, server, _ = begun("time.sleep(60)", bases)
    process.send_signal(number)
    ended(process)
    assert soon(gone=place, pid=server)
    sweep(bases)
    assert [*bases.iterdir()] == []


@pytest.mark.slow
def test_nothing_is_left_when_somebody_presses_ctrl_c(bases: Path) -> None:
    process, place, server, _ = begun("session.run('SELECT pg_sleep(60)')", bases)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in ended(process)[1]
    assert not place.exists()
    assert not alive(server)


@pytest.mark.slow
def test_a_killed_keeper_takes_its_server_along(bases: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells a child that its parent died")
    process, place, server, keeps = begun("time.sleep(60)", bases)
    os.kill(keeps, signal.SIGKILL)
    assert soon(pid=server)
    process.kill()
    ended(process)
    assert place.exists()
    sweep(bases)
    assert not place.exists()


def test_a_crash_of_the_server_is_told_and_a_new_one_is_started(bases: Path) -> None:
    then = (
        "import signal\nos.kill(int(pid), signal.SIGKILL)\nserver.keeper.wait()\n"
        "from be_tui.core.databases import StatementError\n"
        "try: session.run('SELECT 1')\n"
        "except StatementError as error: print(error.trouble)\n"
        "with open_sandbox('postgresql') as again, again.session() as other:\n"
        "    print(other.run('SELECT 1').value)\n"
    )
    process, place, server, _ = begun(then, bases)
    assert ended(process) == (["lost", "1"], "")
    assert not place.exists()
    assert server not in owners_of_shared_memory()


def owners_of_shared_memory() -> set[int]:
    """Give the processes that made pieces of shared memory which are still there (Linux)."""
    table = Path("/proc/sysvipc/shm")
    rows = table.read_text().splitlines()[1:] if table.exists() else []
    return {int(row.split()[4]) for row in rows}


def test_what_a_server_writes_of_its_memory_is_read_with_care(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for text in ("", "1\n" * 7, "1\n" * 6 + "12 none\n", "1\n" * 6 + "1 2147483647\n"):
        (data / "postmaster.pid").write_text(text)
        keeper._free_shared_memory(str(tmp_path))


@pytest.mark.slow
def test_two_processes_at_once_have_a_server_each(bases: Path) -> None:
    first, one, _, _ = begun("time.sleep(60)", bases)
    second, other, _, _ = begun("print(session.run('SELECT 7').value)", bases)
    assert one != other
    assert ended(second) == (["7"], "")
    assert one.is_dir()
    first.kill()
    ended(first)
    assert soon(gone=one)


def test_a_child_of_a_fork_leaves_the_server_alone() -> None:
    server = running_server("18")
    child = os.fork()
    if child == 0:  # pragma: no cover (another process)
        known = len(postgres_server._servers)
        stop_servers()
        os._exit(known)
    assert os.waitpid(child, 0)[1] == 0
    assert server.runs
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        assert session.run("SELECT 1").value == "1"


def test_a_stopped_server_is_started_again() -> None:
    first = running_server("16")
    assert running_server("16") is first
    stop_servers()
    assert not first.runs
    assert not first.place.path.exists()
    with open_sandbox("postgresql:16") as sandbox, sandbox.session() as session:
        assert session.run("SELECT 1").value == "1"


def test_a_server_whose_folder_was_removed_is_replaced() -> None:
    first = running_server("16")
    first.sockets.rename(first.sockets.with_name("elsewhere"))
    assert running_server("16") is not first
    assert not first.runs


def test_much_data_goes_to_a_server_on_disk() -> None:
    if not places._roomy(places.RAM):
        pytest.skip("there is no room in memory")
    assert running_server("18").place.path.parent == places.RAM
    assert running_server("18", roomy=True).place.path.parent != places.RAM


@pytest.mark.parametrize(
    ("free", "roomy", "buffers"),
    [(8 << 30, True, 1024), (2 << 30, True, 512), (0, True, 64), (8 << 30, False, 64)],
)
def test_much_data_gets_a_part_of_the_memory_that_is_free(
    monkeypatch: pytest.MonkeyPatch,
    free: int,
    roomy: bool,  # noqa: FBT001 (a case of the test)
    buffers: int,
) -> None:
    monkeypatch.setattr(postgres_server, "free_memory", lambda: free)
    assert postgres_server._buffers(roomy=roomy) == buffers


def test_where_nobody_tells_the_memory_little_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def untold() -> int:
        raise FileNotFoundError

    monkeypatch.setattr(postgres_server, "free_memory", untold)
    assert postgres_server._buffers(roomy=True) == 64


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder in which whoever runs the server may make a cluster."""
    place = places.claim(open_to_all=True)
    if account().other:
        os.chown(place.path, account().user, -1)
    yield place.path
    place.remove()


def seeds() -> list[Path]:
    return [*Path(os.environ["XDG_CACHE_HOME"], "be-tui", "postgresql").iterdir()]


def test_a_cluster_is_made_once_and_then_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_wheel("18")
    fresh_cluster(found, account(), folder / "one")
    (seed,) = seeds()
    (seed / "marked").touch()
    old = seed.with_name("18-0-0-0")
    old.mkdir()
    fresh_cluster(found, account(), folder / "two")
    assert (folder / "two" / "marked").exists()
    monkeypatch.setattr(wheel, "_FORM", "other")
    fresh_cluster(found, account(), folder / "three")
    assert not (folder / "three" / "marked").exists()
    assert len(seeds()) == 1
    assert not old.exists()


def test_without_a_cache_each_start_makes_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wheel, "cache_dir", lambda: "/dev/null/cache")
    fresh_cluster(find_wheel("18"), account(), folder / "data")
    assert (folder / "data" / "PG_VERSION").read_text() == "18\n"


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wheel, "_make", full)
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        fresh_cluster(find_wheel("18"), account(), tmp_path / "data")


def test_a_locale_that_the_system_lacks_is_done_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wheel, "LOCALES", ("xx_XX.UTF-8", "C"))
    monkeypatch.setattr(wheel, "cache_dir", lambda: "/dev/null/cache")
    fresh_cluster(find_wheel("18"), account(), folder / "data")
    monkeypatch.setattr(wheel, "LOCALES", ("xx_XX.UTF-8",))
    with pytest.raises(InputError, match=r"initdb of the PostgreSQL wheel failed: .*locale"):
        fresh_cluster(find_wheel("18"), account(), folder / "other")


def test_a_program_that_fails_without_a_word_is_told_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "initdb"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    mine = Account(os.geteuid(), os.getegid(), other=False)
    with pytest.raises(InputError, match="initdb of the PostgreSQL wheel failed: exit code 3"):
        wheel._call(Wheel("18", tmp_path), "initdb", [], mine, tmp_path / "data")


def test_a_server_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_servers()
    monkeypatch.setattr(postgres_server, "_SETTINGS", ("no_such_setting=1",))
    with pytest.raises(InputError, match=r"PostgreSQL 16 does not start: .*no_such_setting"):
        running_server("16")


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_servers()
    monkeypatch.setattr(postgres_server, "START_SECONDS", 0.0)
    with pytest.raises(InputError, match="PostgreSQL 16 does not start: it does not answer"):
        running_server("16")


def test_a_start_that_breaks_leaves_no_folder(bases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise InputError("broken")

    stop_servers()
    monkeypatch.setattr(postgres_server, "fresh_cluster", broken)
    monkeypatch.setattr(places, "RAM", bases)
    monkeypatch.setattr("tempfile.tempdir", str(bases))
    with pytest.raises(InputError, match="broken"):
        running_server("16")
    assert [*bases.iterdir()] == []


def test_programs_out_of_reach_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = find_wheel("18")
    other = Account(65534, 65534, other=True)
    monkeypatch.setattr(wheel, "passable", lambda _: True)
    assert wheel.within_reach(found, tmp_path, other) is found
    monkeypatch.setattr(wheel, "passable", lambda _: False)
    mine = Account(os.geteuid(), os.getegid(), other=False)
    assert wheel.within_reach(found, tmp_path, mine) is found
    copied = wheel.within_reach(found, tmp_path, other)
    assert copied.root == tmp_path / wheel.PACKAGE / found.root.name
    done = subprocess.run([copied.server, "--version"], capture_output=True, check=True)
    assert b"18." in done.stdout


def test_a_server_runs_from_copied_programs_too(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid():
        pytest.skip("only root has somebody else run the server")
    stop_servers()
    monkeypatch.setattr(wheel, "passable", lambda _: False)
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        assert session.run("SELECT 1").value == "1"
    stop_servers()


def test_root_lets_nobody_run_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getegid", lambda: 1001)
    assert account() == Account(1000, 1001, other=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert account().other

    def unknown(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(pwd, "getpwnam", unknown)
    with pytest.raises(InputError, match="PostgreSQL does not run as root"):
        account()


def test_what_is_not_installed_is_told_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"there is no PostgreSQL 9; expected 18 or 16"):
        open_sandbox("postgresql:9")
    (tmp_path / "__init__.py").touch()
    spec = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(wheel, "find_spec", lambda _: spec)
    with pytest.raises(InputError, match=r"pip install 'be-tui\[postgres\]'"):
        open_sandbox("postgresql")
    monkeypatch.setattr(wheel, "find_spec", lambda _: None)
    assert majors() == ()
    with pytest.raises(InputError, match="PostgreSQL is not installed with be-tui") as caught:
        open_sandbox("postgresql")
    assert "URL of a server" in caught.value.hint
    assert importlib.util.find_spec(wheel.PACKAGE)


@contextmanager
def kept_in_order() -> Iterator[int]:
    """Give the writing end of what is standard input meanwhile; put signals back."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
    handlers = [signal.getsignal(number) for number in numbers]
    before = os.dup(0)
    reading, writing = os.pipe()
    os.dup2(reading, 0)
    try:
        yield writing
    finally:
        os.dup2(before, 0)
        for end in (before, reading):
            os.close(end)
        signal.set_wakeup_fd(-1)
        for number, handler in zip(numbers, handlers, strict=True):
            signal.signal(number, handler)


def keep(folder: Path, *command: str) -> int:
    return keeper.keep(str(folder), os.geteuid(), os.getegid(), list(command))


def test_the_keeper_ends_its_server_when_its_input_closes(tmp_path: Path) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    with kept_in_order() as writing:
        os.write(writing, b"a word is not an end")
        threading.Timer(0.3, os.close, [writing]).start()
        assert keep(folder, "sleep", "60") == -signal.SIGQUIT
    assert not folder.exists()


def test_the_keeper_kills_a_server_that_does_not_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "PATIENCE", 0.2)
    folder = tmp_path / "place"
    folder.mkdir()
    with kept_in_order() as writing:
        threading.Timer(0.5, os.close, [writing]).start()
        code = "import signal,time;signal.signal(signal.SIGQUIT,signal.SIG_IGN);time.sleep(60)"
        assert keep(folder, sys.executable, "-S", "-c", code) == -signal.SIGKILL
    assert not folder.exists()


def test_the_keeper_ends_with_its_server(tmp_path: Path) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    with kept_in_order() as writing:
        assert keep(folder, "sh", "-c", "echo said >&2; exit 3") == 3
        os.close(writing)
    assert not folder.exists()


def test_the_keeper_lets_another_user_run_the_server() -> None:
    if os.geteuid():
        pytest.skip("only root can")
    place = places.claim(open_to_all=True)
    nobody = pwd.getpwnam("nobody")
    is_root = ["sh", "-c", 'exit "$(($(id -u) == 0))"']
    with kept_in_order() as writing:
        assert keeper.keep(str(place.path), nobody.pw_uid, nobody.pw_gid, is_root) == 0
        os.close(writing)
    assert not place.path.exists()
    place.remove()


def test_elsewhere_than_on_linux_a_killed_keeper_takes_nothing_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (keeper._system() is not None) == sys.platform.startswith("linux")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert keeper._system() is None
