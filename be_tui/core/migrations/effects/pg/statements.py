"""Tells what a statement of PostgreSQL does, by its kind."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.catalogue import Catalogue
from be_tui.core.migrations.effects.pg.nodes import names_of
from be_tui.core.migrations.effects.pg.teller import Teller
from be_tui.core.migrations.effects.pg.words import words
from be_tui.core.migrations.model import Effects
from be_tui.core.pgtext import inner_statements, read_statement
from be_tui.core.sqltext import Statement, Unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.pgtext import PgStatement
    from be_tui.core.schema import SchemaState
    from be_tui.core.sqltext import Target

_APART = {
    "createdb_stmt": "CREATE DATABASE",
    "dropdb_stmt": "DROP DATABASE",
    "alter_system_stmt": "ALTER SYSTEM",
    "create_table_space_stmt": "CREATE TABLESPACE",
    "drop_table_space_stmt": "DROP TABLESPACE",
    "create_subscription_stmt": "CREATE SUBSCRIPTION",
}
"""What never runs in a transaction."""

_QUIET = words(
    """
    variable_set_stmt variable_show_stmt transaction_stmt create_role_stmt alter_role_stmt
    alter_role_set_stmt drop_role_stmt grant_role_stmt alter_default_privileges_stmt
    create_extension_stmt alter_extension_stmt constraints_set_stmt notify_stmt listen_stmt
    unlisten_stmt discard_stmt deallocate_stmt define_stmt create_range_stmt create_cast_stmt
    create_op_class_stmt create_op_family_stmt create_conversion_stmt create_transform_stmt
    create_am_stmt create_fdw_stmt create_foreign_server_stmt create_user_mapping_stmt
    create_event_trig_stmt alter_event_trig_stmt alter_function_stmt alter_stats_stmt
    alter_database_stmt alter_database_set_stmt alter_operator_stmt alter_type_stmt
    alter_collation_stmt create_plang_stmt alter_object_depends_stmt explain_stmt
    check_point_stmt alter_tsdictionary_stmt alter_tsconfiguration_stmt sec_label_stmt
    drop_subscription_stmt alter_subscription_stmt load_stmt prepare_stmt alter_owner_stmt
    alter_op_family_stmt alter_fdw_stmt alter_foreign_server_stmt alter_user_mapping_stmt
    drop_user_mapping_stmt declare_cursor_stmt fetch_stmt close_portal_stmt
    """
)
"""What touches no relation of anybody's."""


def told(
    statement: Statement | PgStatement,
    state: SchemaState,
    target: Target,
    *,
    inside: bool,
    utc: bool,
    whole: bool,
) -> Effects:
    """Give what a statement does.

    Args:
        statement: As it was written, or read.
        state: The schema before it.
        target: The server.
        inside: Whether a transaction is open.
        utc: Whether the session's time zone is UTC.
        whole: Whether the database has nothing but the schema.
    """
    found = read_statement(statement) if isinstance(statement, Statement) else statement
    if isinstance(found, Unread):
        return Effects(known=False, why_unknown=found.message)
    known = Catalogue(state, whole=whole)
    tell = Teller(known, target, inside=inside, utc=utc)
    _tell(found, tell, target)
    return tell.effects()


def _tell(found: PgStatement, tell: Teller, target: Target) -> None:
    kind = found.kind
    if kind in _APART:
        tell.fail(f"{_APART[kind]} cannot run in a transaction", "in transaction")
    elif kind == "do_stmt":
        _tell_block(found, tell, target)
    elif kind == "call_stmt":
        _tell_call(found, tell, target)
    elif kind in _handlers():
        _handlers()[kind](found.node, tell)
    elif kind not in _QUIET:
        tell.unknown(f"nothing is known of statements of the kind {kind}")


def _tell_call(found: PgStatement, tell: Teller, target: Target) -> None:
    """Tell of what a procedure runs, if its text is known and there is one of its name."""
    names = names_of(found.node.funccall.funcname)
    routines = tell.known.routines(names[-1], names[-2] if len(names) > 1 else "")
    if len(routines) != 1:
        tell.unknown(f"what {names[-1]} does is not known")
        return
    made = read_statement(replace(found.statement, text=routines[0].definition))
    if isinstance(made, Unread):
        tell.unknown(f"what {names[-1]} does is not known")
    else:
        _tell_block(made, tell, target)


def _tell_block(found: PgStatement, tell: Teller, target: Target) -> None:
    """Tell of what a DO block runs; what it decides as it runs is not known."""
    inner = inner_statements(found)
    for each in inner.statements:
        within = Teller(tell.known, target, inside=True, utc=tell.utc)
        _tell(each.statement, within, target)
        effects = within.effects()
        if each.conditional:
            tell.unknown("whether it runs all of its statements is decided as it runs")
            effects = Effects(effects.locks, effects.work, (), (), effects.breaks)
        tell.absorb(effects)
    for unread in inner.unread:
        tell.unknown(unread.message)


@cache
def _handlers() -> dict[str, Callable[[Any, Teller], None]]:
    from be_tui.core.migrations.effects.pg import (
        altering,
        dropping,
        indexing,
        maintaining,
        making,
        renaming,
        rows,
        typing,
    )

    return {
        "alter_table_stmt": altering.alter,
        "rename_stmt": renaming.rename,
        "drop_stmt": dropping.drop,
        "truncate_stmt": dropping.truncate,
        "alter_object_schema_stmt": dropping.move,
        "index_stmt": indexing.make_index,
        "reindex_stmt": indexing.reindex,
        "create_stmt": making.make_table,
        "create_table_as_stmt": making.make_table_as,
        "view_stmt": making.make_view,
        "refresh_mat_view_stmt": making.refresh,
        "create_trig_stmt": making.make_trigger,
        "rule_stmt": making.make_rule,
        "create_policy_stmt": making.make_policy,
        "alter_policy_stmt": making.make_policy,
        "create_function_stmt": making.make_routine,
        "create_stats_stmt": making.make_statistics,
        "create_publication_stmt": making.publish,
        "alter_publication_stmt": making.publish,
        "create_schema_stmt": making.make_schema,
        "create_enum_stmt": typing.make_type,
        "create_domain_stmt": typing.make_type,
        "create_range_stmt": typing.make_type,
        "composite_type_stmt": typing.make_composite,
        "alter_enum_stmt": typing.alter_enum,
        "alter_domain_stmt": typing.alter_domain,
        "create_seq_stmt": typing.make_sequence,
        "alter_seq_stmt": typing.alter_sequence,
        "insert_stmt": rows.write,
        "update_stmt": rows.write,
        "delete_stmt": rows.write,
        "merge_stmt": rows.write,
        "select_stmt": rows.select,
        "copy_stmt": rows.copy,
        "lock_stmt": rows.lock,
        "vacuum_stmt": maintaining.vacuum,
        "cluster_stmt": maintaining.cluster,
        "comment_stmt": maintaining.comment,
        "grant_stmt": maintaining.grant,
    }
