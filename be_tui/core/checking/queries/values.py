"""Values that a column cannot have: those that its ENUM, its type or its CHECK does not list."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.checking.model import Remark
from be_tui.core.sqltext import Parsed, Statement, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.checking.model import Detector, Look
    from be_tui.core.findings import Severity
    from be_tui.core.queries import Side
    from be_tui.core.schema import Column, Table
    from be_tui.core.sqltext import Engine

_SHOWN = 4
"""Values that are named of a list."""


def not_in_enum(look: Look) -> Iterator[Remark]:
    """Find literals that are none of the values which a column is held to."""
    if not look.names_known:
        # Migrations that follow may add values.
        return
    for scope in look.scopes:
        for condition in scope.conditions:
            for each in condition.walk():
                left = each.left
                use = left.column if left and left.kind == "column" else None
                if use is None or each.operator not in {"=", "<>", "in"}:
                    continue
                for side in each.right:
                    yield from _remarks(look, use.table, use.column, side, written=False)
        for change in scope.assignments:
            use = change.column
            yield from _remarks(look, use.table, use.column, change.value, written=True)


def _remarks(
    look: Look, table: Table | None, column: Column | None, side: Side, *, written: bool
) -> Iterator[Remark]:
    if side.node.find_ancestor(exp.Any, exp.All) is not None:
        # A text beside ANY is a whole array.
        return
    if table is None or column is None or not side.is_text or side.value is None or side.wrappers:
        return
    listed = _listed(look, table, column)
    if not listed or _is_one_of(side.value, listed, look):
        return
    shown = ", ".join(f"'{each}'" for each in listed[:_SHOWN])
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    said = f"{column.name.text} is never {look.said(side.span)}: it can be {shown}{more}"
    fails = written or (look.target.engine == "postgresql" and column.type.name in _types(look))
    weight: Severity | None = None if fails else "warning"
    yield Remark("sql-not-in-enum", side.span, said, severity=weight)


def _is_one_of(value: str, listed: tuple[str, ...], look: Look) -> bool:
    if not look.target.is_mysql:
        return value in listed
    # Its collations pass over case and over blanks at the end; '' is what a wrong value became.
    return not value or value.rstrip().casefold() in {each.casefold() for each in listed}


def _types(look: Look) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in look.schema.enumerations:
        # A column's type does not tell the schema that it stands in: those of all are allowed.
        found[each.name] = found.get(each.name, ()) + each.values
    return found


def _listed(look: Look, table: Table, column: Column) -> tuple[str, ...]:
    """Give the values that a column can have; none where it is held to no list."""
    if look.target.is_mysql and column.type.name == "enum":
        return column.type.arguments
    if look.target.engine == "postgresql" and column.type.name in _types(look):
        return _types(look)[column.type.name]
    for check in table.checks:
        name, values = _of_check(check.expression, look.target.engine)
        if name == column.name.folded:
            return values
    return ()


@lru_cache(maxsize=256)
def _of_check(expression: str, engine: Engine) -> tuple[str, tuple[str, ...]]:
    """Give the column and the texts of `x IN ('a', 'b')`, also as PostgreSQL prints it."""
    parsed = parse(Statement(f"SELECT {expression}", 0, 1, 1), engine)
    selected = parsed.tree.expressions if isinstance(parsed, Parsed) else ()
    found = _bare(selected[0]) if len(selected) == 1 else None
    values: list[exp.Expr] = []
    if isinstance(found, exp.In):
        values = found.expressions
    elif isinstance(found, exp.EQ) and isinstance(found.expression, exp.Any):
        array = _bare(found.expression.this)
        values = array.expressions if isinstance(array, exp.Array) else []
    texts = [_bare(each) for each in values]
    if found is None or not texts or not all(each.is_string for each in texts):
        return "", ()
    column = _bare(found.this)
    named = isinstance(column, exp.Column)
    return (column.name.casefold() if named else ""), tuple(each.name for each in texts)


def _bare(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Paren | exp.Cast):
        node = node.this
    return node


DETECTORS: Mapping[str, Detector] = {"sql-not-in-enum": not_in_enum}
