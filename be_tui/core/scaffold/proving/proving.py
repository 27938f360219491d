"""Proves a service: installs, builds, lints, tests, starts it, and tries its contract.

It runs in a copy in the cache folder, so that nothing is left in the service's own; what was
installed there stays for the next time. PostgreSQL is one of this process, gone afterwards.
"""

from __future__ import annotations

import shlex
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases.served import free_port, serve_postgres
from be_tui.core.errors import InputError
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.proving.copies import copied
from be_tui.core.scaffold.proving.model import Proof, Ran
from be_tui.core.scaffold.proving.processes import Place, run_step, serving
from be_tui.core.scaffold.proving.trying import Running, try_contract
from be_tui.core.scaffold.reading import parse_spec, sound
from be_tui.core.scaffold.rendering import PACKAGE, view_of
from be_tui.core.scaffold.settling import read_base

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from be_tui.core.databases.served import Served
    from be_tui.core.files import NewFile
    from be_tui.core.project import Cancel
    from be_tui.core.scaffold.manifests import ProofStep, Stack, Start
    from be_tui.core.scaffold.model import Service

    Tell = Callable[[str, float], None]
    Look = Callable[[Running], None]

LONGEST = 1800.0
"""Seconds that one step may take."""

_READY_SECONDS = 120.0
_NEEDED = frozenset({"install", "build"})
"""Steps without which none after them is worth a try."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all steps have in common."""

    service: Service
    stack: Stack
    folder: Path
    served: Served
    cancel: Cancel
    look: Look | None = None

    def place(self, database: str = "", more: tuple[tuple[str, str], ...] = ()) -> Place:
        """Give where a step runs; with a database it finds the way there."""
        found = dict(more)
        if database:
            at = self.served.settings
            url = f"postgresql://{at['user']}:{at['password']}@{at['host']}:{at['port']}/{database}"
            found |= {"DATABASE_URL": url, "TEST_DATABASE_URL": url, "PGDATABASE": database}
            found |= {f"PG{name.upper()}": value for name, value in at.items()}
        return Place(self.folder, found)

    def command(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Give a command of the manifest with the service's own names in it."""
        package = view_of(self.service, self.stack, frozenset()).package
        return tuple(word.replace(PACKAGE, package) for word in words)

    def run(self, step: ProofStep, database: str = "", more: Settings = ()) -> Ran:
        """Run one step."""
        place = self.place(database, more)
        return run_step(step.name, self.command(step.run), place, self.cancel, LONGEST)


Settings = tuple[tuple[str, str], ...]


def prove(root: Path, cancel: Cancel, tell: Tell, look: Look | None = None) -> Proof:
    """Prove the service of a folder.

    Args:
        root: The folder, which was generated.
        cancel: What ends it early.
        tell: Told what runs, and which share of the steps is done.
        look: Given the service as soon as it runs, before its contract is tried.

    Raises:
        InputError: Nothing was generated there, or there is no PostgreSQL.
        WriteError: The copy cannot be made, or another process proves the service.
        Cancelled: It was ended early.
    """
    began = time.monotonic()
    base = read_base(root)
    if base is None:
        hint = "make one by `be-tui scaffold make SPEC DIR`"
        raise InputError("no service was generated here", where=str(root), hint=hint)
    service = sound(parse_spec(base.spec))
    stack = read_stack(base.stack)
    tell("copies the service", 0.0)
    with copied(root) as folder, serve_postgres() as served:
        ran = _all_run(_Scene(service, stack, folder, served, cancel, look), tell)
    edited = sum(_is_edited(file, root) for file in base.files)
    return Proof(stack.title, service.name, tuple(ran), time.monotonic() - began, edited)


def _all_run(scene: _Scene, tell: Tell) -> list[Ran]:
    """Run the steps in their order, then the service, until something that is needed fails."""
    ran: list[Ran] = []
    stack = scene.stack
    missing = [name for name in stack.needs if shutil.which(name) is None]
    for step in stack.proof:
        scene.cancel.check()
        tell(step.name, len(ran) / (len(stack.proof) + 2))
        ran.append(_tried(scene, step, missing))
        if ran[-1].outcome == "failed" and step.name in _NEEDED:
            return ran
    if stack.start and not missing:
        tell("tries the contract", len(ran) / (len(stack.proof) + 2))
        ran += _served(scene, stack.start)
    return ran


def _tried(scene: _Scene, step: ProofStep, missing: list[str]) -> Ran:
    if missing:
        why = f"{' and '.join(missing)} not installed"
        return Ran(step.name, shlex.join(scene.command(step.run)), "untried", why=why)
    database = scene.served.database() if step.needs_database else ""
    return scene.run(step, database)


def _served(scene: _Scene, start: Start) -> list[Ran]:
    """Start the service, and try its contract while it runs."""
    database, port = scene.served.database(), free_port()
    settings = _settings(scene, start, database, port)
    for step in start.before:
        done = scene.run(step, database, settings)
        if done.outcome == "failed":
            return [done]
    command = scene.command(start.run)
    shown = shlex.join(command)
    began = time.monotonic()
    place = scene.place(database, settings)
    log = scene.folder / ".proof.log"
    try:
        with serving(command, place, log) as process:
            url = f"http://127.0.0.1:{port}"
            running = Running(url, process, command, place, scene.cancel)
            why = running.wait(_READY_SECONDS)
            seconds = time.monotonic() - began
            said = _end(log)
            if why:
                return [Ran("start", shown, "failed", seconds, said, why)]
            if scene.look:
                scene.look(running)
            tried = try_contract(running, scene.service, scene.stack)
            return [Ran("start", shown, "held", seconds), *tried]
    except OSError as error:
        return [Ran("start", shown, "failed", why=f"cannot be run: {error.strerror}")]


def _settings(scene: _Scene, start: Start, database: str, port: int) -> Settings:
    at = scene.place(database).environment
    words = {**scene.served.settings, "database": database, "url": at["DATABASE_URL"]}
    words["listen"] = str(port)

    def filled(text: str) -> str:
        for name, value in words.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    own = tuple((name, filled(value)) for name, value in start.environment)
    return (("PORT", str(port)), *ADMINISTRATOR, *own)


ADMINISTRATOR = (
    ("ADMIN_LOGIN", "proof@example.com"),
    ("ADMIN_PASSWORD", "correct-horse-battery-staple"),
)
"""Who is made for a trial, in a database that goes with it."""


def _end(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-16_000:]


def _is_edited(file: NewFile, root: Path) -> bool:
    try:
        return (root / file.path).read_text(encoding="utf-8") != file.text
    except (OSError, UnicodeDecodeError):
        return True
