"""Statements that write or lock more than was meant, or that an engine refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.checking.model import Remark, holds_one_row

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ALL = frozenset(
    {"all", "every", "flush", "clear", "reset", "truncate", "purge", "wipe", "empty", "everything"}
    | {"drop", "cleanup", "clean", "rebuild", "migrate", "migration", "upgrade", "downgrade"}
    | {"backfill", "populate", "reinit", "teardown", "setup", "prepare"}
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.checking.model import Detector, Look


def no_where(look: Look) -> Iterator[Remark]:
    """Find UPDATE and DELETE of every row."""
    scope, written = look.query.root, look.query.written
    if look.query.kind not in {"update", "delete"} or scope is None or written is None:
        return
    if scope.where or scope.limit or len(scope.sources) > 1 or written.is_templated:
        return
    if scope.node.args.get("where") is not None or (written.table and written.table.temporary):
        return
    names = [each.column.name for each in scope.assignments]
    table = written.name.casefold()
    if _is_called_all(look.names) or (written.table and holds_one_row(written.table)):
        return
    if names and all((table, name) in look.backfilled for name in names):
        return
    if (look.query.kind == "delete" and table in look.refilled) or not look.is_about_one:
        return
    word = look.query.kind.upper()
    said = (
        f"{word} without WHERE: every row of {written.name} is {'changed' if names else 'written'}"
    )
    if look.query.kind == "delete":
        said = f"DELETE without WHERE: every row of {written.name} goes"
    yield Remark("sql-write-without-where", written.span, said)


def _is_called_all(names: tuple[str, ...]) -> bool:
    """Tell whether a program says by a name that all rows are meant."""
    words = (word.lower() for name in names for word in _WORD.findall(name))
    return any(word in _ALL for word in words)


def insert_without_columns(look: Look) -> Iterator[Remark]:
    """Find INSERT that relies on the order of a table's columns."""
    written, tree = look.query.written, look.query.parsed.tree
    if look.query.kind != "insert" or look.query.inserted is not None or written is None:
        return
    if written.is_templated:
        return
    held = tree.args.get("expression")
    known = written.table is not None and not written.table.temporary
    if isinstance(held, exp.Select) and len(held.expressions) == 1 and not held.is_star:
        # One value has no order.
        return
    if isinstance(held, exp.Select | exp.SetOperation | exp.Subquery) or (
        known and isinstance(held, exp.Values | exp.Tuple)
    ):
        said = f"the columns of {written.name} are not named: their order decides where values go"
        yield Remark("sql-insert-without-columns", written.span, said)


def reads_what_it_writes(look: Look) -> Iterator[Remark]:
    """Find subqueries of MySQL over the table that is changed, which it refuses (1093)."""
    target, written = look.target, look.query.written
    if look.query.kind not in {"update", "delete"} or written is None or not target.is_mysql:
        return
    # MariaDB allows it in UPDATE since 10.3 and in DELETE since 11.1.
    allowed = look.query.kind == "update" or not target.version or target.since(11, 1)
    if target.engine == "mariadb" and allowed:
        return
    for scope in look.scopes:
        if scope.use in {"written", "derived", "cte"} or _is_within_derived(look, scope.parent):
            continue
        for source in scope.sources:
            if source.name and source.name.casefold() == written.name.casefold():
                said = (
                    f"{written.name} is read in a subquery of the statement that changes it:"
                    " error 1093"
                )
                yield Remark("sql-reads-what-it-writes", source.span, said)


def _is_within_derived(look: Look, number: int) -> bool:
    while number >= 0:
        scope = look.scopes[number]
        if scope.use in {"derived", "cte"}:
            return True
        number = scope.parent
    return False


def limit_in_subquery(look: Look) -> Iterator[Remark]:
    """Find LIMIT in a subquery of IN, which MySQL and MariaDB refuse."""
    if not look.target.is_mysql:
        return
    for scope in look.scopes:
        if scope.use in {"in", "not in", "quantified"} and scope.limit is not None:
            said = "LIMIT in a subquery of IN, ANY or ALL: error 1235"
            yield Remark("sql-limit-in-subquery", scope.span, said)


def locks_by_scan(look: Look) -> Iterator[Remark]:
    """Find FOR UPDATE without an index to find the rows: InnoDB locks all that it reads."""
    if not look.target.is_mysql:
        return
    for scope in look.scopes:
        if not scope.locks or len(scope.sources) != 1:
            continue
        (source,) = scope.sources
        if source.table is None or source.table.storage not in {"", "innodb"} or not scope.where:
            continue
        uses = [
            each.left.column for each in scope.where if each.left and each.left.kind == "column"
        ]
        if not any(look.indexed(use) for use in uses):
            said = f"no index leads to these rows of {source.name}: all of them are locked"
            yield Remark("sql-locks-by-scan", source.span, said)


DETECTORS: Mapping[str, Detector] = {
    "sql-write-without-where": no_where,
    "sql-insert-without-columns": insert_without_columns,
    "sql-reads-what-it-writes": reads_what_it_writes,
    "sql-limit-in-subquery": limit_in_subquery,
    "sql-locks-by-scan": locks_by_scan,
}
