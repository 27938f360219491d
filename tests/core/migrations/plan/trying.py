"""Plans tried on real engines: there, and back again."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from be_tui.core.ddl import write_schema
from be_tui.core.migrations.diff import read_rename
from be_tui.core.migrations.plan import Options, Plan, plan
from be_tui.core.schema import Schema, open_state
from be_tui.core.sqltext import Target, split
from tests.core.ddl.drawing import draw_schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from be_tui.core.migrations.replay import Difference, Trials
    from be_tui.core.sqltext import Engine

PG = Target("postgresql", (18,))


def read(text: str, target: Target = PG) -> Schema:
    """Give the schema of a text, all of which is taken in."""
    state = open_state(target)
    for statement in split(text, target.engine):
        assert state.apply(statement) is None, statement.text
    return state.schema()


def planned(
    old: str,
    new: str,
    target: Target = PG,
    renames: Iterable[str] = (),
    dropped: Collection[str] = (),
    options: Options | None = None,
) -> Plan:
    """Give the plan of two texts."""
    before = read(old, target)
    stated = [read_rename(each, before) for each in renames]
    return plan(before, read(new, target), target, stated, dropped, options or Options())


def up(made: Plan) -> list[str]:
    """Give the statements that lead there."""
    return [each.sql for step in made.steps for each in step.up]


def down(made: Plan) -> list[str]:
    """Give the statements that lead back."""
    return [each.sql for step in made.down() for each in step.down]


def astray(trials: Trials, made: Plan, old: str, new: str) -> Difference | None:
    """Tell what is otherwise after a plan than wanted, or after the way back than before."""
    return trials.there_and_back(old, up(made), down(made), new)


def try_pair(trials: Trials, seed: int, target: Target, *, direct: bool) -> Difference | None:
    """Tell what a plan of two schemas drawn by chance does otherwise than it should."""
    old, new = (_drawn(seed + more, target) for more in (0, 10_000_000))
    before, after = read(old, target), read(new, target)
    options = Options(direct=direct, pause=0)
    made = plan(before, after, target, (), (), options)
    gone: set[str] = set()
    while made.questions:
        for each in made.questions:
            rename = each.rename
            gone.add(f"{rename.table}.{rename.column}" if rename.column else rename.table)
        made = plan(before, after, target, (), gone, options)
    return astray(trials, made, old, new)


def _drawn(seed: int, target: Target) -> str:
    return _said(drawn(seed, target), target)


def drawn(seed: int, target: Target) -> Schema:
    """Give a schema drawn by chance, in the form that the reader gives it."""
    engine: Engine = target.engine
    return read(_said(draw_schema(Random(seed), engine), target), target)


def _said(schema: Schema, target: Target) -> str:
    return ";\n".join(write_schema(schema, target)) + ";"
