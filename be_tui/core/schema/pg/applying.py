"""Applies one statement of PostgreSQL to what a database holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.schema.pg.altering import alter_table
from be_tui.core.schema.pg.comments import comment, grant
from be_tui.core.schema.pg.dropping import drop
from be_tui.core.schema.pg.indexes import create_index
from be_tui.core.schema.pg.kinds import (
    alter_domain,
    alter_enum,
    create_composite,
    create_domain,
    create_enum,
)
from be_tui.core.schema.pg.others import (
    alter_extension,
    alter_policy,
    by_name,
    create_extension,
    create_policy,
    create_range,
    create_rule,
    create_statistics,
    create_trigger,
    define,
)
from be_tui.core.schema.pg.publications import alter_publication, create_publication
from be_tui.core.schema.pg.renaming import rename, set_schema
from be_tui.core.schema.pg.routines import alter_routine, create_routine
from be_tui.core.schema.pg.sequences import alter_sequence, create_sequence
from be_tui.core.schema.pg.settings import call_of_settings, set_variable
from be_tui.core.schema.pg.tables import create_table
from be_tui.core.schema.pg.views import create_table_as, create_view, refresh
from be_tui.core.schema.pg.work import Unseen, Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.pgtext import PgStatement
    from be_tui.core.schema.holding import Holding
    from be_tui.core.schema.pg.work import Session

_TAKERS: dict[str, Callable[[Work, Any], None]] = {
    "create_stmt": create_table,
    "index_stmt": create_index,
    "alter_table_stmt": alter_table,
    "create_seq_stmt": create_sequence,
    "alter_seq_stmt": alter_sequence,
    "create_enum_stmt": create_enum,
    "alter_enum_stmt": alter_enum,
    "create_domain_stmt": create_domain,
    "alter_domain_stmt": alter_domain,
    "composite_type_stmt": create_composite,
    "create_range_stmt": create_range,
    "define_stmt": define,
    "view_stmt": create_view,
    "create_table_as_stmt": create_table_as,
    "refresh_mat_view_stmt": refresh,
    "create_function_stmt": create_routine,
    "alter_function_stmt": alter_routine,
    "create_trig_stmt": create_trigger,
    "create_policy_stmt": create_policy,
    "alter_policy_stmt": alter_policy,
    "create_extension_stmt": create_extension,
    "alter_extension_stmt": alter_extension,
    "rule_stmt": create_rule,
    "create_stats_stmt": create_statistics,
    "create_event_trig_stmt": by_name("event trigger", "trigname"),
    "create_publication_stmt": create_publication,
    "alter_publication_stmt": alter_publication,
    "create_subscription_stmt": by_name("subscription", "subname"),
    "create_foreign_server_stmt": by_name("server", "servername"),
    "create_fdw_stmt": by_name("foreign data wrapper", "fdwname"),
    "drop_stmt": drop,
    "rename_stmt": rename,
    "alter_object_schema_stmt": set_schema,
    "comment_stmt": comment,
    "grant_stmt": grant,
    "variable_set_stmt": set_variable,
    "select_stmt": call_of_settings,
}


def apply_statement(
    held: Holding,
    statement: PgStatement,
    path: str,
    version: tuple[int, ...],
    session: Session,
) -> str:
    """Apply a statement; give why it could not be, or nothing.

    One that says nothing of a schema is passed over.
    """
    work = Work(held, statement, path, version, session)
    try:
        _apply(work)
    except Unseen as error:
        return str(error)
    return ""


def _apply(work: Work) -> None:
    kind, node = work.statement.kind, work.statement.node
    taker = _TAKERS.get(kind)
    if taker is not None:
        taker(work, node)
    elif kind == "create_schema_stmt":
        _create_schema(work)
    elif kind == "create_foreign_table_stmt":
        create_table(work, node.base_stmt)


def _create_schema(work: Work) -> None:
    """Take in CREATE SCHEMA, with the objects that it makes at once."""
    node = work.statement.node
    name = node.schemaname or node.authrole.rolename
    if name and name != "public":
        work.held.namespaces[name] = None
    if not node.schema_elts:
        return
    from dataclasses import replace

    from be_tui.core.pgtext import PgStatement

    before = work.session.namespace
    work.session.namespace = "" if name == "public" else name
    for each in node.schema_elts:
        which = each.WhichOneof("node")
        inner = PgStatement(work.statement.statement, which or "", getattr(each, which or ""))
        _apply(replace(work, statement=inner))
    work.session.namespace = before
