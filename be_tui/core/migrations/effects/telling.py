"""Tells what one statement does, by the rules of its engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.sqltext import Statement

if TYPE_CHECKING:
    from be_tui.core.migrations.model import Effects
    from be_tui.core.pgtext import PgStatement
    from be_tui.core.schema import SchemaState
    from be_tui.core.sqltext import Target


def effects_of(
    statement: Statement | PgStatement,
    state: SchemaState,
    target: Target,
    inside_transaction: bool,  # noqa: FBT001 (it is part of what is asked, as the others)
    timezone_utc: bool = True,  # noqa: FBT001, FBT002
    *,
    whole: bool | None = None,
    foreign_key_checks: bool = True,
) -> Effects:
    """Tell what a statement does.

    Args:
        statement: As it was written; for PostgreSQL also as it was read.
        state: The schema as it stands before it.
        target: The engine, and its version where that is known.
        inside_transaction: Whether the tool that runs it has opened a transaction.
        timezone_utc: Whether the session's time zone is UTC, on which it depends whether
            PostgreSQL writes times with and without zone anew.
        whole: Whether the database has nothing but the schema, so that what is missing there makes
            the statement fail. None to believe so where the schema has a table that the migration
            did not make.
        foreign_key_checks: Whether the session of MariaDB, MySQL or SQLite checks them.
    """
    if whole is None:
        tables = state.tables()
        whole = not all(state.is_new(each.name.text, each.namespace) for each in tables)
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
    if not isinstance(statement, Statement):
        statement = statement.statement
    if target.is_mysql:
        from be_tui.core.migrations.effects.my.statements import told as told_online

        checks = foreign_key_checks
        return told_online(statement, state, target, checks=checks, whole=whole)
    from be_tui.core.migrations.effects.lite import told as told_lite

    return told_lite(
        statement, state, target, inside=inside_transaction, checks=foreign_key_checks, whole=whole
    )
