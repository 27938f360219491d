"""A spec turned into the files of a service, held against the folder where they go.

made = generate(read_wish("shop.yaml", "fastapi", options), Path("shop"), now)
made.settlement.files            how each file stands; nothing is written yet
export(...)                      by `be_tui.core.files`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError, WriteError
from be_tui.core.files import compare, export
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.migrating import migrations_of, questions_of, stood
from be_tui.core.scaffold.reading import parse_spec, sound
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.settling import BASE, Base, read_base, settle
from be_tui.core.scaffold.tables import tables_of
from be_tui.core.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from be_tui.core.files import Export
    from be_tui.core.migrations.diff import Question, Rename
    from be_tui.core.scaffold.manifests import Stack
    from be_tui.core.scaffold.model import Service
    from be_tui.core.scaffold.settling import Settlement


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be generated."""

    spec: str
    """The text of the spec."""

    stack: str = ""
    """Empty for the one that the folder was generated in."""

    options: frozenset[str] | None = None
    """None for those that the folder was generated with."""

    where: str = "spec.yaml"
    """What the spec is called in faults."""

    renames: tuple[Rename, ...] = ()
    """Columns and tables that are only called otherwise since."""

    dropped: frozenset[str] = frozenset()
    """Columns and tables that are said to go."""


@dataclass(frozen=True, slots=True)
class Generated:
    """What came of it."""

    service: Service
    stack: Stack
    options: tuple[str, ...]
    settlement: Settlement


def generate(wish: Wish, root: Path, at: datetime) -> Generated:
    """Give the files of a service as they stand to a folder; nothing is written.

    Args:
        wish: The spec, the stack and its options.
        root: The folder of the service; it need not exist.
        at: When it is done, which a new migration is named after.

    Raises:
        InputError: The spec has a fault, the stack or an option is unknown, the folder holds a
            service of another stack, or a probable rename is open.
    """
    service = sound(parse_spec(wish.spec, wish.where))
    before = read_base(root)
    stack = read_stack(_stack_name(wish, before))
    options = _options(wish, before)
    files = render(service, stack, options)
    stated = (wish.renames, wish.dropped)
    migrations = migrations_of(tables_of(service, options), stack, before, root, at, stated)
    names = tuple(sorted(options))
    now = Base(stack.name, names, wish.spec, ())
    return Generated(service, stack, names, settle((*files, *migrations), before, now, root))


def open_questions(wish: Wish, root: Path) -> tuple[Question, ...]:
    """Give what may only be called otherwise in the spec now, which `generate` would refuse.

    Raises:
        InputError: The spec has a fault, or what was generated last cannot be read.
    """
    service = sound(parse_spec(wish.spec, wish.where))
    before = read_base(root)
    schema = tables_of(service, _options(wish, before))
    return questions_of(schema, before, (wish.renames, wish.dropped))


def _options(wish: Wish, before: Base | None) -> frozenset[str]:
    """Give the options that are wished for, or else those of the last time."""
    if wish.options is not None:
        return wish.options
    return frozenset(before.options) if before else frozenset()


def _stack_name(wish: Wish, before: Base | None) -> str:
    if before is None:
        if not wish.stack:
            raise InputError("no stack is named", hint="say --stack NAME")
        return wish.stack
    if wish.stack and wish.stack != before.stack:
        hint = "choose another folder"
        raise InputError(f"holds a service in {before.stack}", where=wish.stack, hint=hint)
    return before.stack


def tables_before(root: Path) -> Schema:
    """Give the tables of the service as they were generated last; none where nothing was.

    Raises:
        InputError: What was generated last cannot be read.
    """
    before = read_base(root)
    return stood(before) if before else Schema()


def write(settlement: Settlement, root: Path, chosen: Collection[str]) -> Export:
    """Write files of a settlement with the base, all or none.

    Args:
        settlement: How the files stand.
        root: The folder; it is made when missing.
        chosen: The paths to be written; `settlement.chosen` are those that lose nothing.

    Raises:
        InputError: A path is none of the settlement's.
        WriteError: Something else stands where a file would go, one changed meanwhile, or the
            system refused; then nothing was written.
    """
    wanted = {*chosen, BASE}
    unknown = sorted(wanted - {each.path for each in settlement.file_set})
    if unknown:
        raise InputError("is no file that would be written", where=unknown[0])
    changes = [each for each in compare(settlement.file_set, root) if each.path in wanted]
    barred = next((each for each in changes if each.status == "conflict"), None)
    if barred:
        hint = "move it away; nothing was written"
        raise WriteError(barred.reason, where=str(root / barred.path), hint=hint)
    return export(
        changes, root, overwrite=[each.path for each in changes if each.status == "changed"]
    )
