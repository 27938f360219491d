"""Tells what one statement does, by the rules of its engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from be_tui.core.migrations.model import Effects

if TYPE_CHECKING:
    from collections.abc import Collection

    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Statement, Target


class State(Protocol):
    """A schema between two statements."""

    @property
    def made(self) -> Collection[object]:
        """Give the relations that the migration itself made."""
        ...

    def schema(self) -> Schema:
        """Give the schema as it stands."""
        ...


def effects_of(
    statement: Statement,
    state: State,
    target: Target,
    inside_transaction: bool,  # noqa: FBT001 (it is part of what is asked, as the others)
    timezone_utc: bool = True,  # noqa: FBT001, FBT002
    *,
    whole: bool | None = None,
) -> Effects:
    """Tell what a statement does.

    Args:
        statement: As it was written.
        state: The schema as it stands before it.
        target: The engine, and its version where that is known.
        inside_transaction: Whether the tool that runs it has opened a transaction.
        timezone_utc: Whether the session's time zone is UTC, on which it depends whether
            PostgreSQL writes times with and without zone anew.
        whole: Whether the database has nothing but the schema, so that what is missing there makes
            the statement fail. None to believe so as soon as the schema has a table.
    """
    if whole is None:
        whole = bool(state.schema().tables)
    if target.engine == "postgresql":
        from be_tui.core.migrations.effects.pg.statements import told

        return told(
            statement,
            state,
            target,
            inside=inside_transaction,
            utc=timezone_utc,
            whole=whole,
        )
    return Effects(known=False, why_unknown=f"{target.engine} is not told of")
