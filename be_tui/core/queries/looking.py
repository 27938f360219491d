"""What a name means: the source that a column belongs to, by SQL's rules of scope."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.queries.model import ColumnUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlglot import exp

    from be_tui.core.queries.model import Output, Scope, Source, Span
    from be_tui.core.schema import Column, Table
    from be_tui.core.sqltext import Engine

_HIDDEN: dict[str, frozenset[str]] = {
    "postgresql": frozenset({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid"}),
    "sqlite": frozenset({"rowid", "oid", "_rowid_"}),
}
"""Columns that every table has without saying so."""


@dataclass(slots=True)
class Frame:
    """A scope while it is read."""

    number: int
    parent: Frame | None
    """Whose columns can be named in it; None where no others can."""

    around: int = -1
    """The number of the scope that it stands in."""

    sources: list[Source] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)
    """Columns of USING and NATURAL joins: named without a table, they are one."""

    ctes: dict[str, Scope | None] = field(default_factory=dict)
    """By name; None for one that is being read, which refers to itself."""

    uses: dict[int, ColumnUse] = field(default_factory=dict)
    """By the id of the node."""

    scopes: dict[int, Scope] = field(default_factory=dict)
    """Subqueries by the id of their node."""

    children: list[Scope] = field(default_factory=list)
    outputs: dict[str, Output] = field(default_factory=dict)
    """Those that ORDER BY, GROUP BY and HAVING may name."""

    def cte(self, name: str) -> tuple[bool, Scope | None]:
        """Tell whether a name is that of a CTE, and give its scope where it is read."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.ctes:
                return True, frame.ctes[name]
            frame = frame.parent
        return False, None


def look_up(frame: Frame, node: exp.Column, span: Span, engine: Engine) -> ColumnUse:
    """Give what a column means where it stands."""
    name, table = node.name.casefold(), node.text("table").casefold()
    if table:
        return _qualified(frame, node, name, table, span, engine)
    inner = True
    for level in _outward(frame):
        found = [source for source in level.sources if _has(source, name, engine)]
        if name in level.merged:
            # USING makes one column of both: that of the first table that may have it.
            found = [s for s in level.sources if s in found or not s.known][:1] or found
        if found:
            if len(found) > 1 and name not in level.merged:
                return ColumnUse(node, name, span, outer=not inner, candidates=tuple(found))
            return _use(node, name, span, found[0], outer=not inner)
        open_ones = [source for source in level.sources if not source.known]
        if open_ones:
            # One source alone is likely the one; nothing is said for sure.
            likely = open_ones[0] if len(level.sources) == 1 else None
            return ColumnUse(node, name, span, likely, outer=not inner)
        inner = False
    return ColumnUse(node, name, span, missing=True)


def _outward(frame: Frame) -> Iterator[Frame]:
    level: Frame | None = frame
    while level is not None:
        yield level
        level = level.parent


def _qualified(
    frame: Frame, node: exp.Column, name: str, table: str, span: Span, engine: Engine
) -> ColumnUse:
    inner = True
    for level in _outward(frame):
        for source in level.sources:
            if table in {source.alias, ""}:
                if not source.known or _has(source, name, engine):
                    return _use(node, name, span, source, outer=not inner)
                return ColumnUse(
                    node, name, span, source, outer=not inner, certain=True, missing=True
                )
        inner = False
    return ColumnUse(node, name, span, missing=True)


_MOST_TABLES = 2_000
_COLUMNS: dict[int, tuple[Table, dict[str, Column]]] = {}
"""By the id of a table, which is kept with its columns so that the id stays its own."""


def column_in(table: Table, name: str) -> Column | None:
    """Give a column of a table by its folded name; the same tables are asked again and again."""
    held = _COLUMNS.get(id(table))
    if held is None or held[0] is not table:
        if len(_COLUMNS) >= _MOST_TABLES:
            _COLUMNS.clear()
        held = table, {column.name.folded: column for column in reversed(table.columns)}
        _COLUMNS[id(table)] = held
    return held[1].get(name)


def _has(source: Source, name: str, engine: Engine) -> bool:
    if source.table is not None:
        if column_in(source.table, name) is not None:
            return True
        return name in _HIDDEN.get(engine, ()) and (engine != "sqlite" or source.table.rowid)
    if source.is_function and name == source.alias:
        return True
    return any(output.name == name for output in source.outputs)


def _use(node: exp.Expr, name: str, span: Span, source: Source, *, outer: bool) -> ColumnUse:
    """Give the use of a column that a source has, with what is known of it."""
    if source.table is not None:
        column = column_in(source.table, name)
        nullable = None if column is None else column.nullable or source.optional
        return ColumnUse(
            node,
            name,
            span,
            source,
            column,
            source.table if column else None,
            outer,
            nullable,
            certain=True,
        )
    found = [at for at, each in enumerate(source.outputs) if each.name == name][:1]
    arms = [arm for at in found for arm in _arms(source, at)]
    inside = [arm.column if arm else None for arm in arms]
    first = inside[0] if inside else None
    same = all(each and first and each.column is first.column for each in inside)
    alike = all(each and first and each.type == first.type for each in inside)
    return ColumnUse(
        node,
        name,
        span,
        source,
        first.column if first and alike else None,
        first.table if first and same else None,
        outer,
        True if source.optional else _nullable(arms),
        certain=bool(found),
    )


def _arms(source: Source, at: int) -> Iterator[Output | None]:
    """Give what one column of a source is in each arm of its UNION; None where it is not known."""
    if source.scope is None or not source.scope.operator:
        yield source.outputs[at]
        return
    waiting = [source.scope]
    while waiting:
        scope = waiting.pop()
        arms = [each for each in scope.children if each.use == "arm"]
        if scope.operator and arms:
            # The rows of INTERSECT and EXCEPT are all of the first.
            kept = arms if scope.operator.startswith("union") else arms[:1]
            waiting.extend(reversed(kept))
        elif at < len(scope.outputs) and not any(each.star for each in scope.outputs):
            yield scope.outputs[at]
        else:
            yield None


def _nullable(arms: list[Output | None]) -> bool | None:
    """Tell whether a column may be NULL: where it may in any arm."""
    said = {_is_nullable(each) for each in arms}
    return True if True in said else None if None in said or not said else False


def _is_nullable(output: Output | None) -> bool | None:
    if output is None:
        return None
    if output.column is not None:
        return output.column.nullable
    return True if output.node.unalias().key == "null" else None


def column_of(source: Source, name: str, node: exp.Expr, span: Span) -> ColumnUse:
    """Give the use of a source's column that is named by USING or stands behind a star."""
    return _use(node, name, span, source, outer=False)
