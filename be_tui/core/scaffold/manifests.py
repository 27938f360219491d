"""A stack as its folder describes it: `templates/NAME/stack.yaml`, and the tree of its files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from be_tui.core.errors import InputError
from be_tui.core.locations import templates_dir
from be_tui.core.migrations.model import FormatName
from be_tui.core.yamlform import Faults, read_yaml

if TYPE_CHECKING:
    from be_tui.core.yamlform import Cursor

_FORMATS: tuple[FormatName, ...] = get_args(FormatName)
_MANIFEST = "stack.yaml"
_FAMILY = "stack"

ACCOUNTS = "accounts"
"""The condition of files that are there only where somebody signs in; all others are options."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a service of a stack can have besides."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Only:
    """Files that a service has only under a condition."""

    condition: str
    paths: tuple[str, ...]
    """Patterns, with `**` for any folders."""


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One command of the proof, run in the folder of the service."""

    name: str
    run: tuple[str, ...]
    needs_database: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """How the service is started, so that its contract can be tried."""

    run: tuple[str, ...]
    """`PORT` in the environment says where it listens, `DATABASE_URL` where its rows are."""

    before: tuple[ProofStep, ...] = ()
    """What is run once before: the migrations."""

    environment: tuple[tuple[str, str], ...] = ()
    """Settings that it does not start without, for a trial."""


@dataclass(frozen=True, slots=True)
class Stack:
    """What a service can be generated in."""

    name: str
    title: str
    language: str
    about: str
    folder: Path
    """Of the files that services are made from."""

    migrations: FormatName
    migrations_in: str
    contract: str
    """Where the OpenAPI document goes."""

    needs: tuple[str, ...] = ()
    """Programs without which nothing can be proved."""

    options: tuple[Option, ...] = ()
    yours: tuple[str, ...] = ()
    """Patterns of files that are written once, and the person's from then on."""

    only: tuple[Only, ...] = ()
    proof: tuple[ProofStep, ...] = ()
    start: Start | None = None

    @property
    def option_names(self) -> tuple[str, ...]:
        """Give the names of the options, in their order."""
        return tuple(each.name for each in self.options)


def stack_names() -> tuple[str, ...]:
    """Give the names of the stacks that there are, in order."""
    folder = Path(templates_dir())
    if not folder.is_dir():
        return ()
    return tuple(sorted(each.parent.name for each in folder.glob(f"*/{_MANIFEST}")))


@cache
def read_stack(name: str) -> Stack:
    """Read a stack.

    Raises:
        InputError: There is none of the name, or its manifest has a fault.
    """
    if name not in stack_names():
        hint = f"one of {', '.join(stack_names())}"
        raise InputError("there is no such stack", where=name, hint=hint)
    folder = Path(templates_dir()) / name
    path = str(folder / _MANIFEST)
    faults = Faults(path, _FAMILY)
    at = read_yaml(path, faults)
    stack = _decoded(at, name, folder / "files")
    at.close()
    if faults.findings:
        found = faults.findings[0]
        raise InputError(found.message, where=str(found.place))
    return stack


def _decoded(at: Cursor, name: str, folder: Path) -> Stack:
    wanted = at.choice("migrations", _FORMATS)
    return Stack(
        name=name,
        title=at.text("title"),
        language=at.text("language"),
        about=at.text("about"),
        folder=folder,
        migrations=next((each for each in _FORMATS if each == wanted), "sql"),
        migrations_in=at.text("migrations_in"),
        contract=at.text("contract"),
        needs=at.texts("needs") if at.has("needs") else (),
        options=at.items("options", _option) if at.has("options") else (),
        yours=at.texts("yours") if at.has("yours") else (),
        only=at.one("only", _only) if at.has("only") else (),
        proof=at.items("proof", _step) if at.has("proof") else (),
        start=at.one("start", _start) if at.has("start") else None,
    )


def _option(at: Cursor) -> Option:
    return Option(at.text("name"), at.text("about"))


def _only(at: Cursor) -> tuple[Only, ...]:
    return tuple(Only(key, at.texts(key, least=1)) for key in at.keys)


def _step(at: Cursor) -> ProofStep:
    database = at.flag("database", default=False)
    return ProofStep(at.text("name"), at.texts("run", least=1), database)


def _start(at: Cursor) -> Start:
    return Start(
        run=at.texts("run", least=1),
        before=at.items("before", _step) if at.has("before") else (),
        environment=at.one("environment", _settings) if at.has("environment") else (),
    )


def _settings(at: Cursor) -> tuple[tuple[str, str], ...]:
    return tuple((key, at.text(key)) for key in at.keys)
