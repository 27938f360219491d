"""The statements of a script, each with its acts; those of a DO block one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.sqltext import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts import Act
    from be_tui.core.migrations.model import Script, ScriptStatement
    from be_tui.core.pgtext import PgStatement
    from be_tui.core.sqltext import Target


@dataclass(frozen=True, slots=True)
class Read:
    """One statement as it was read."""

    given: ScriptStatement
    acts: tuple[Act, ...]
    parsed: PgStatement | None = None
    """What PostgreSQL's parser gave."""

    inner: bool = False
    """Whether a block runs it; the block itself stands before it."""

    called: bool = False
    """Whether a function runs it that the script made and calls."""

    in_loop: bool = False
    unread: tuple[Unread, ...] = ()
    """What of it could not be read: syntax, or SQL that a block puts together."""


def read_script(script: Script, target: Target) -> tuple[Read, ...]:
    """Give the statements of a script."""
    if target.engine == "postgresql":
        routines: dict[str, PgStatement] = {}
        return tuple(each for given in script.statements for each in _postgres(given, routines))
    from be_tui.core.migrations.checks.acts.tokens import token_acts

    return tuple(
        Read(given, token_acts(given.statement.text, target)) for given in script.statements
    )


def _postgres(given: ScriptStatement, routines: dict[str, PgStatement]) -> Iterator[Read]:
    from be_tui.core.migrations.checks.acts.postgres import postgres_acts
    from be_tui.core.pgtext import read_statement

    found = read_statement(given.statement)
    if isinstance(found, Unread):
        yield Read(given, (), unread=(found,))
    elif found.kind == "do_stmt":
        yield from _block(given, found)
    else:
        yield Read(given, postgres_acts(found), found)
        if found.kind == "create_function_stmt":
            routines[found.node.funcname[-1].string.sval] = found
        for name in _called(found) if routines else ():
            if name in routines:
                yield from _body(given, routines[name])


def _block(given: ScriptStatement, block: PgStatement) -> Iterator[Read]:
    from be_tui.core.migrations.checks.acts.postgres import postgres_acts
    from be_tui.core.pgtext import inner_statements

    inside = inner_statements(block)
    yield Read(given, postgres_acts(block), block, unread=inside.unread)
    for each in inside.statements:
        own = replace(given, statement=each.statement.statement)
        yield Read(
            own, postgres_acts(each.statement), each.statement, inner=True, in_loop=each.conditional
        )


def _called(statement: PgStatement) -> tuple[str, ...]:
    """Give the functions that a CALL or a plain SELECT calls."""
    node = statement.node
    if statement.kind == "call_stmt":
        return (node.funccall.funcname[-1].string.sval,)
    if statement.kind != "select_stmt":
        return ()
    values = (each.res_target.val for each in node.target_list)
    return tuple(
        each.func_call.funcname[-1].string.sval for each in values if each.HasField("func_call")
    )


def _body(given: ScriptStatement, routine: PgStatement) -> Iterator[Read]:
    """Give what a function of the script runs when it is called."""
    from be_tui.core.migrations.checks.acts.postgres import postgres_acts
    from be_tui.core.pgtext import inner_statements

    inside = inner_statements(routine)
    for unread in inside.unread:
        yield Read(given, (), unread=(unread,), called=True)
    for each in inside.statements:
        own = replace(given, statement=each.statement.statement)
        acts = postgres_acts(each.statement)
        yield Read(own, acts, each.statement, called=True, in_loop=each.conditional)
