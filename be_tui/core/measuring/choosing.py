"""The values that a query is tried with: as it was written, a common, a rare and an absent one.

Values are changed in the text, where a column is compared with one; all else stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds
from be_tui.core.errors import InputError
from be_tui.core.filling import Sql, address, spelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from be_tui.core.databases import Session
    from be_tui.core.schema import Column, Schema, Table
    from be_tui.core.sqltext import Engine, Parsed

_BOUNDS = Bounds(seconds=120)
_VALUES = frozenset({"NUMBER", "STRING", "NATIONAL_STRING"})
_MARKS = frozenset({"PLACEHOLDER", "PARAMETER", "COLON"})
_PAGE = {"LIMIT": "20", "OFFSET": "0", "FETCH": "20"}
"""What stands for a placeholder behind these words."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value in a query's text."""

    start: int
    end: int
    """One past its last character."""

    column: str
    """That it is compared with, folded; empty behind LIMIT and the like."""

    default: str
    """What stands for it where nothing is chosen; empty for a placeholder of a column."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to ask a query."""

    label: str
    value: str
    chosen: tuple[tuple[str, str], ...] = ()
    """Columns, folded, with the SQL of the value."""


def spots(parsed: Parsed) -> tuple[Spot, ...]:
    """Give the values that are compared with a column by `=`, and every placeholder.

    Raises:
        InputError: A placeholder stands where no value can be chosen for it.
    """
    return tuple(_spots(parsed))


def _spots(parsed: Parsed) -> Iterator[Spot]:
    tokens, text = parsed.tokens, parsed.statement.text
    for at, token in enumerate(tokens):
        kind = token.token_type.name
        if kind not in _VALUES | _MARKS:
            continue
        before = tokens[at - 1].text.upper() if at else ""
        end = token.end + 1
        named = kind in ("COLON", "PARAMETER") and at + 1 < len(tokens)
        if kind == "COLON" and (not named or tokens[at + 1].token_type.name != "VAR"):
            continue
        if named:
            end = tokens[at + 1].end + 1
        end = _whole(text, token.start, end) if kind in _MARKS else end
        column = tokens[at - 2].text.strip('"`').casefold() if before == "=" and at > 1 else ""
        if kind in _VALUES and column:
            yield Spot(token.start, end, column, text[token.start : end])
        elif kind in _MARKS and (column or before in _PAGE):
            yield Spot(token.start, end, column, _PAGE.get(before, ""))
        elif kind in _MARKS:
            said = text[token.start : end]
            hint = "write a value in its place: only behind `column =` is one chosen"
            raise InputError(f"nothing is known to stand for {said}", hint=hint)


def _whole(text: str, start: int, end: int) -> int:
    """Give the end of a placeholder, of which the parser was shown a question mark only."""
    if text.startswith("%(", start):
        return text.find("s", text.find(")", start)) + 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return end


def written(parsed: Parsed, found: Iterable[Spot], variant: Variant) -> str:
    """Give the query with the values of a variant in it."""
    text = parsed.statement.text
    chosen = dict(variant.chosen)
    for spot in sorted(found, key=lambda each: -each.start):
        value = chosen.get(spot.column, spot.default)
        text = text[: spot.start] + value + text[spot.end :]
    return text


def variants(
    session: Session, engine: Engine, schema: Schema, parsed: Parsed, found: Sequence[Spot]
) -> tuple[Variant, ...]:
    """Choose the values that a query is tried with, from those that are there.

    Raises:
        InputError: A placeholder is compared with no known column.
    """
    columns = dict(_columns(schema, parsed, found))
    needed = {spot.column for spot in found if not spot.default}
    for name in sorted(needed - set(columns)):
        raise InputError(
            f"nothing is known of the column {name}", hint="write a value in its place"
        )
    asked = {
        name: _asked(session, engine, table, column) for name, (table, column) in columns.items()
    }
    given: list[Variant] = []
    if not needed:
        shown = ", ".join(f"{spot.column} = {spot.default}" for spot in found if spot.column)
        given.append(Variant("as written", shown))
    if not asked:
        return tuple(given)
    # The column with the most values is varied; the others stay as they are, or are common.
    widest = max(asked, key=lambda name: (asked[name].distinct, name))
    if not asked[widest].distinct and not needed:
        return tuple(given)
    fixed = {name: asked[name].common for name in needed}
    for label, value in asked[widest].choices():
        chosen = {**fixed, widest: value}
        shown = ", ".join(f"{name} = {said}" for name, said in sorted(chosen.items()))
        given.append(Variant(label, shown, tuple(sorted(chosen.items()))))
    return tuple(given)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What values of a column there are, as SQL."""

    distinct: int
    common: str
    rare: str
    absent: str

    def choices(self) -> Iterator[tuple[str, str]]:
        """Give the labels with their values, each value once."""
        yield "common", self.common
        if self.rare != self.common:
            yield "rare", self.rare
        if self.absent:
            yield "absent", self.absent


def _columns(
    schema: Schema, parsed: Parsed, found: Sequence[Spot]
) -> Iterator[tuple[str, tuple[Table, Column]]]:
    """Give the tables and columns that values stand for; a name in two tables is left out."""
    from sqlglot import exp

    names = {node.name for node in parsed.tree.find_all(exp.Table)}
    tables = [table for table in map(schema.table, sorted(names)) if table is not None]
    for name in sorted({spot.column for spot in found if spot.column}):
        holders = [
            (table, column) for table in tables if (column := table.column(name)) is not None
        ]
        if len(holders) == 1:
            yield name, holders[0]


def _asked(session: Session, engine: Engine, table: Table, column: Column) -> _Asked:
    sql = Sql(engine, 0)
    name = sql.name(spelt(sql, column.name))
    counted = (
        f"SELECT {name} AS v, count(*) AS n FROM {address(sql, table)}"  # noqa: S608 (our names)
        f" WHERE {name} IS NOT NULL GROUP BY {name}"
    )
    found = session.run(f"{counted} ORDER BY n DESC, v LIMIT 1", _BOUNDS).rows
    last = session.run(f"{counted} ORDER BY n, v DESC LIMIT 1", _BOUNDS).rows
    if not found:
        return _Asked(0, "NULL", "NULL", "")
    many = session.run(f"SELECT count(*) FROM ({counted}) AS d", _BOUNDS).value  # noqa: S608
    number = column.type.family in ("integer", "decimal", "float")

    def literal(value: str | None) -> str:
        return str(value) if number else sql.text(str(value))

    absent = ""
    if number:
        top = session.run(f"SELECT max({name}) + 1 FROM {address(sql, table)}", _BOUNDS).value  # noqa: S608
        absent = str(top)
    elif column.type.family == "text":
        absent = sql.text("no such value")
    return _Asked(int(many or 0), literal(found[0][0]), literal(last[0][0]), absent)
