"""Names that mean nothing, or more than one thing."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.checking.model import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.checking.model import Detector, Look
    from be_tui.core.queries import ColumnUse

_SYSTEM = ("pg_", "information_schema", "sqlite_", "performance_schema", "mysql", "sys")
_PSEUDO = frozenset(
    {
        "default",
        "new",
        "old",
        "excluded",
        "user",
        "current_user",
        "session_user",
        "values",
        "dual",
        "inserted",
    }
)
_OF_TOOLS = frozenset(
    {"_prisma_migrations", "schema_migrations", "flyway_schema_history", "alembic_version"}
    | {"django_migrations", "ar_internal_metadata", "knex_migrations", "goose_db_version"}
    | {
        "gorp_migrations",
        "databasechangelog",
        "__diesel_schema_migrations",
        "atlas_schema_revisions",
    }
    | {"schema_version", "schema_migration", "_sqlx_migrations", "typeorm_metadata"}
)
"""Tables in which tools note what migrations have run: no schema has them."""

_HIDDEN = frozenset({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid", "rowid", "_rowid_"})
"""Columns that an engine gives each table by itself."""


def unknown_table(look: Look) -> Iterator[Remark]:
    """Find tables that the schema does not have."""
    if not look.schema.tables or not look.tables_known:
        return
    known = [each.name.text for each in look.schema.tables]
    known += [each.name.text for each in look.schema.views]
    for scope in look.scopes:
        for source in scope.sources:
            missing = source.name and not (
                source.table or source.view or source.scope or source.is_cte
            )
            name = source.name.casefold()
            if not missing or source.is_templated or source.is_function or name in _PSEUDO:
                continue
            if (
                name in look.elsewhere
                or name in _OF_TOOLS
                or name.startswith(_SYSTEM)
                or source.namespace.startswith(_SYSTEM)
            ):
                continue
            said = f"no table {source.name}{_near(source.name, known)}"
            yield Remark("sql-unknown-table", source.span, said)


def unknown_column(look: Look) -> Iterator[Remark]:
    """Find columns that none of the tables has."""
    if not look.schema.tables or not look.names_known:
        return
    for scope in look.scopes:
        for use in scope.columns:
            if not use.missing or use.name in look.elsewhere or _is_special(look, use):
                continue
            table = use.node.text("table")
            if table and use.source is None:
                if table.casefold() in _PSEUDO or use.node.text("db"):
                    continue
                yield Remark("sql-unknown-column", use.span, f"nothing is called {table} here")
                continue
            sources = (use.source,) if use.source else scope.sources
            if not sources or any(source.is_templated for source in sources):
                continue
            known = [
                column.name.text
                for source in sources
                if source.table
                for column in source.table.columns
            ]
            known += [output.name for source in sources for output in source.outputs]
            where = " or ".join(source.name or source.alias for source in sources)
            said = f"no column {use.node.name} in {where}{_near(use.node.name, known)}"
            yield Remark("sql-unknown-column", use.span, said)


def _is_special(look: Look, use: ColumnUse) -> bool:
    """Tell whether a name may be a string, a variable or a row, and no column."""
    if use.alias_of is not None or use.name in _HIDDEN or use.name.startswith(("@", "$", "_")):
        return True
    quoted = bool(use.node.this.args.get("quoted"))
    if quoted and look.target.engine == "sqlite":
        return True
    named = {
        output.name
        for scope in look.scopes
        for output in scope.outputs
        if isinstance(output.node, exp.Alias)
    }
    aliases = {source.alias for scope in look.scopes for source in scope.sources}
    return use.name in named or use.name in aliases or use.name in _PSEUDO


def _near(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, list(known), 1, 0.75)
    return f"; is {found[0]} meant?" if found else ""


def ambiguous_column(look: Look) -> Iterator[Remark]:
    """Find columns that two tables have, named without either."""
    if not look.names_known:
        return
    for scope in look.scopes:
        for use in scope.columns:
            outputs = {output.name for output in scope.outputs}
            if (
                use.name in _HIDDEN
                or not use.candidates
                or (use.name in outputs and _is_in_order(scope.order, use))
            ):
                continue
            if any(use is group for each in scope.groups for group in each.columns):
                continue
            aliases = " and ".join(source.alias for source in use.candidates[:2])
            said = f"{use.name} is a column of {aliases}"
            yield Remark("sql-ambiguous-column", use.span, said)


def _is_in_order(order: Iterable[object], use: ColumnUse) -> bool:
    return any(use in getattr(sort, "columns", ()) for sort in order)


DETECTORS: Mapping[str, Detector] = {
    "sql-unknown-table": unknown_table,
    "sql-unknown-column": unknown_column,
    "sql-ambiguous-column": ambiguous_column,
}
