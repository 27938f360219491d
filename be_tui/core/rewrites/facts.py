"""What a schema and a query prove: that a column is never NULL, that rows never come twice.

Each proof is given in words; nothing is given where it cannot be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.queries import ColumnUse, Condition, Scope, Side, Source
    from be_tui.core.schema import Column, Table
    from be_tui.core.sqltext import Engine, Target

_STRICT = frozenset({"=", "<>", "<", "<=", ">", ">=", "like", "ilike", "in", "between"})
"""Operators that are not true where their left side is NULL, negated or not."""

Known = tuple[int, str]
"""A column that two rows which look alike agree in: the id of its source, its name."""


def named(use: ColumnUse) -> str:
    """Give a column as people call it: by its table where that is known."""
    if use.table is not None and is_own(use):
        return f"{use.table.name.text}.{use.name}"
    return f"{use.source.alias}.{use.name}" if use.source and use.source.alias else use.name


def same(one: ColumnUse | None, other: ColumnUse | None) -> bool:
    """Tell whether two uses name the same column of the same source."""
    if one is None or other is None or one.source is None:
        return False
    return one.source is other.source and one.name == other.name


def is_own(use: ColumnUse | None) -> bool:
    """Tell whether a column is that of a table which stands in the query itself.

    One that comes out of a derived table may be of another type by then, and NULL.
    """
    return (
        use is not None
        and use.certain
        and use.source is not None
        and use.source.table is not None
        and use.column is not None
    )


def never_null(use: ColumnUse, scope: Scope | None, text: str) -> str:
    """Tell why a column is never NULL, in the rows that a scope's WHERE keeps.

    Args:
        use: The column, where it is named.
        scope: That of its source.
        text: The statement, for what is shown of it.
    """
    if not use.certain or use.source is None:
        return ""
    own = is_own(use) and use.nullable is False
    if own and use.column is not None and use.table is not None:
        return declared(use.table, use.column)
    for each in scope.where if scope else ():
        if rejects_null(each, use):
            said = " ".join(text[each.span[0] : each.span[1]].split())
            return f"`{said}` keeps no row where it is NULL"
    return ""


def declared(table: Table, column: Column) -> str:
    """Tell why a column that a table declares is never NULL."""
    name = f"{table.name.text}.{column.name.text}"
    key = table.primary_key
    if key is not None and column.name.folded in key.columns:
        part = "the primary key" if len(key.columns) == 1 else "part of the primary key"
        return f"{name} is {part}{_at(column)}"
    return f"{name} is declared NOT NULL{_at(column)}"


def _at(column: Column) -> str:
    place = column.place
    return f" ({place.path}:{place.line})" if place.path and place.line else ""


def rejects_null(condition: Condition, use: ColumnUse) -> bool:
    """Tell whether a condition holds for no row in which a column is NULL."""
    if condition.operator == "is null":
        return condition.negated and _is(condition.left, use)
    if condition.operator == "is true":
        return not condition.negated and _is(condition.left, use)
    if condition.operator not in _STRICT or (condition.scope and condition.negated):
        # Of NOT IN (SELECT ...): where that gives no row, it holds for NULL too.
        return False
    if condition.operator == "in" and condition.negated:
        listed = condition.right
        if not listed or any(each.kind != "literal" for each in listed):
            # Nor is `<> ALL (array)` false for NULL, where the array is empty.
            return False
    if _is(condition.left, use):
        return True
    single = condition.operator not in {"in", "between"}
    return single and any(_is(each, use) for each in condition.right)


def _is(side: Side | None, use: ColumnUse) -> bool:
    return side is not None and side.kind == "column" and same(side.column, use)


def keys(table: Table) -> Iterator[tuple[frozenset[str], str]]:
    """Give the columns of which no two rows have the same values, NULL left out, with the proof."""
    name = table.name.text
    for key in table.keys:
        what = "the primary key" if key is table.primary_key else "UNIQUE"
        if _whole(table, key.columns) or not key.nulls_distinct:
            yield frozenset(key.columns), f"{name} ({', '.join(key.columns)}) is {what}"
    for index in table.indexes:
        plain = all(part.column and not part.collation for part in index.parts)
        if index.unique and not index.where and plain and _whole(table, index.columns):
            yield frozenset(index.columns), f"{name} ({', '.join(index.columns)}) is UNIQUE"


def _whole(table: Table, names: Iterable[str]) -> bool:
    found = [table.column(name) for name in names]
    return all(each is not None and not each.nullable for each in found)


def told_apart(scope: Scope, uses: Iterable[ColumnUse], target: Target) -> tuple[str, ...] | None:
    """Tell why no two rows of a scope agree in some columns; None where they may.

    A source is settled once a key of it is: then so are all its columns, and what they equal.
    """
    known = {_known(use) for use in uses if is_own(use) and not use.outer}
    left = list(scope.sources)
    if not left or any(each.kind in {"full", "right", "written"} for each in left):
        return None
    equal = list(_equalities(scope, target.engine))
    facts: list[str] = []
    going = True
    while left and going:
        going = False
        for one, other in equal:
            if other not in known and (one is None or one in known):
                known.add(other)
                going = True
        for source in left:
            fact = _settled(source, known)
            if fact:
                facts.append(fact)
                left.remove(source)
                known |= {(id(source), each.name.folded) for each in _columns(source)}
                going = True
                break
    return None if left else tuple(dict.fromkeys(facts))


def at_most_one(scope: Scope, source: Source, target: Target) -> str:
    """Tell why a joined source has at most one row for each row before it."""
    if source.table is None:
        return ""
    known: set[Known] = set()
    mine = id(source)
    for condition in scope.on(source):
        for one, other in _equal(condition, target.engine):
            if other[0] == mine and (one is None or one[0] != mine):
                known.add(other)
    return _settled(source, known)


def _known(use: ColumnUse) -> Known:
    return id(use.source), use.name


def _columns(source: Source) -> tuple[Column, ...]:
    return source.table.columns if source.table else ()


def _settled(source: Source, known: set[Known]) -> str:
    if source.table is None or source.view is not None:
        return ""
    for columns, fact in keys(source.table):
        if all((id(source), name) in known for name in columns):
            return fact
    return ""


def _equalities(scope: Scope, engine: Engine) -> Iterator[tuple[Known | None, Known]]:
    """Give what settles what: one column, or nothing for a constant, and the column it equals."""
    numbers = {each.number: each for each in scope.sources}
    for condition in scope.conditions:
        if condition.clause == "having":
            continue
        source = numbers.get(condition.source) if condition.clause == "on" else None
        for one, other in _equal(condition, engine):
            if source is not None and source.kind == "left" and other[0] != id(source):
                # ON of a LEFT JOIN says nothing of the rows before it.
                continue
            yield one, other


def _equal(condition: Condition, engine: Engine) -> Iterator[tuple[Known | None, Known]]:
    if condition.operator != "=" or condition.negated or condition.scope or condition.left is None:
        return
    left, right = condition.left, condition.right[0]
    if left.kind != "column" or left.column is None or not is_own(left.column):
        return
    if right.kind == "column" and right.column is not None:
        if is_own(right.column) and alike(left.column.column, right.column.column, engine):
            for one, other in ((left.column, right.column), (right.column, left.column)):
                if not other.outer:
                    yield (None if one.outer else _known(one)), _known(other)
    elif constant(left.column.column, right, engine) and not left.column.outer:
        yield None, _known(left.column)


def alike(one: Column | None, other: Column | None, engine: Engine) -> bool:
    """Tell whether a value of one column equals at most one value of the other."""
    if one is None or other is None:
        return False
    if one.type.family == other.type.family == "integer":
        return engine != "sqlite" or (_is_integer(one) and _is_integer(other))
    if one.type.family == "text" and engine in {"mysql", "mariadb"}:
        # Each table may have a way of its own to compare texts.
        return False
    plain = one.type.name == other.type.name and one.collation == other.collation
    return plain and one.type.family not in {"float", "other", "json", "array"}


def _is_integer(column: Column) -> bool:
    """Tell whether SQLite gives a column the affinity of integers."""
    return "int" in (column.type.declared or column.type.name)


def constant(column: Column | None, side: Side, engine: Engine) -> bool:
    """Tell whether a side is one value, equal to at most one value of a column."""
    if column is None or side.wrappers:
        return False
    family = column.type.family
    if side.kind == "literal":
        return side.is_text or family in {"integer", "decimal"}
    if side.kind == "parameter":
        return family == "integer" or engine == "postgresql"
    return False
