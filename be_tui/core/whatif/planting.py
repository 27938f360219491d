"""Puts statistics into PostgreSQL's catalogue, as if its `ANALYZE` had gathered them.

PostgreSQL 18 has functions for it, which check what they are given. For 16 the rows of
`pg_statistic` are written as `analyze.c` and `attribute_stats.c` of 18 write them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.statistics import write_array

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.databases import PostgresSession
    from be_tui.core.statistics import ColumnStats

_TYPES = """
WITH RECURSIVE given AS (
  SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.attcollation, a.atttypid AS base
  FROM pg_attribute a WHERE a.attrelid IN ({relations}) AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT attrelid, attnum, attname, atttypid, attcollation, t.typbasetype
  FROM given JOIN pg_type t ON t.oid = base WHERE t.typtype = 'd'
), based AS (
  SELECT g.*, t.typtype, t.typcategory,
    CASE WHEN g.base = 'tsvector'::regtype THEN 'text'::regtype::oid
         WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END AS element,
    CASE WHEN g.base = 'tsvector'::regtype THEN 100 ELSE g.attcollation END AS colliding
  FROM given g JOIN pg_type t ON t.oid = g.base WHERE t.typtype <> 'd'
)
SELECT b.attrelid, b.attname, b.attnum, b.atttypid, b.colliding, b.element,
  coalesce({equal}, 0), coalesce({less}, 0), coalesce({element_equal}, 0),
  coalesce((SELECT rngtypid FROM pg_range WHERE rngmultitypid = b.base), b.base)
FROM based b ORDER BY b.attrelid, b.attnum"""

_OPERATOR = """(
  SELECT o.amopopr FROM pg_opclass c JOIN pg_type t ON t.oid = {type}
  JOIN pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
  JOIN pg_amop o ON o.amopfamily = c.opcfamily AND o.amoplefttype = c.opcintype
    AND o.amoprighttype = c.opcintype AND o.amopstrategy = {strategy}
  WHERE c.opcdefault AND (c.opcintype = t.oid
    OR (c.opcintype = 'anyarray'::regtype AND t.typcategory = 'A')
    OR (c.opcintype = 'anyenum'::regtype AND t.typtype = 'e')
    OR (c.opcintype = 'anyrange'::regtype AND t.typtype = 'r')
    OR (c.opcintype = 'anymultirange'::regtype AND t.typtype = 'm')
    OR EXISTS (SELECT FROM pg_cast k WHERE k.castsource = t.oid AND k.casttarget = c.opcintype
      AND k.castmethod = 'b' AND k.castcontext = 'i'))
  ORDER BY c.opcintype = t.oid DESC,
    (SELECT p.typispreferred FROM pg_type p WHERE p.oid = c.opcintype) DESC LIMIT 1)"""
"""As `GetDefaultOpClass` of `indexcmds.c` finds it: the type's own, else that of what it is in
bytes."""

_WITH_CALLS = 18
"""The first major with functions for it."""

_ALL = Bounds(rows=1_000_000)

_MOST = 5
"""Slots of a row of `pg_statistic`."""


def _types_asked(relations: Iterable[int]) -> str:
    return _TYPES.format(
        relations=", ".join(map(str, relations)),
        equal=_OPERATOR.format(type="b.base", strategy=3),
        less=_OPERATOR.format(type="b.base", strategy=1),
        element_equal=_OPERATOR.format(type="b.element", strategy=3),
    )


class Planter:
    """Puts statistics of columns into one database."""

    def __init__(self, session: PostgresSession) -> None:
        """Take a session of a superuser."""
        self._session = session
        self._types: dict[int, dict[str, _Type]] = {}
        self._calls = int(session.version.partition(".")[0]) >= _WITH_CALLS

    def plant(
        self, relation: int, namespace: str, name: str, columns: tuple[ColumnStats, ...]
    ) -> list[str]:
        """Put in the statistics of a relation's columns; give what could not be put in.

        Raises:
            StatementError: The server is gone.
        """
        if self._calls:
            return [
                said
                for column in columns
                if (said := self._try(_call(namespace, name, column), name, column))
            ]
        if columns and relation not in self._types:
            self.learn([relation])
        left_out: list[str] = []
        for column in columns:
            kind = self._types[relation].get(column.name or str(column.number))
            if kind is None:
                left_out.append(f"{name}.{column.name or column.number}: there is no such column")
                continue
            said = self._try(_row(relation, kind, column), name, column)
            left_out += [said] if said else []
        return left_out

    def learn(self, relations: Iterable[int]) -> None:
        """Ask for the types of relations' columns, of many at once."""
        wanted = list(relations)
        if self._calls or not wanted:
            return
        for relation in wanted:
            self._types[relation] = {}
        for oid, name, number, *told in self._session.run(_types_asked(wanted), _ALL).rows:
            own = self._types[int(str(oid))]
            own[str(name)] = own[str(number)] = _Type(str(number), *map(str, told))

    def _try(self, statement: str, name: str, column: ColumnStats) -> str:
        try:
            done = self._session.run(statement)
        except StatementError as error:
            if error.trouble != "refused":
                raise
            return f"{name}.{column.name or column.number}: {error.message}"
        if done.value == "false":
            why = done.said[0] if done.said else "it was refused"
            return f"{name}.{column.name or column.number}: {why}"
        return ""


def literal(text: str) -> str:
    """Give a text as SQL writes it, whatever stands in it."""
    return f"'{text.replace(chr(39), chr(39) * 2)}'"


def _shares(column: ColumnStats) -> str:
    return f"{{{','.join(repr(each.share) for each in column.common)}}}"


def _call(namespace: str, name: str, column: ColumnStats) -> str:
    asked = [
        ("schemaname", literal(namespace)),
        ("relname", literal(name)),
        ("attname", literal(column.name))
        if column.name
        else ("attnum", f"{column.number}::smallint"),
        ("inherited", f"{column.inherited}::boolean"),
        ("null_frac", f"{column.null_share!r}::real"),
    ]
    if column.width:
        asked.append(("avg_width", f"{column.width}::integer"))
    if column.distinct is not None:
        asked.append(("n_distinct", f"{column.distinct!r}::real"))
    if column.common:
        values = write_array(tuple(each.value for each in column.common))
        asked.append(("most_common_vals", f"{literal(values)}::text"))
        asked.append(("most_common_freqs", f"{literal(_shares(column))}::real[]"))
    if column.bounds:
        asked.append(("histogram_bounds", f"{literal(write_array(column.bounds))}::text"))
    if column.correlation is not None:
        asked.append(("correlation", f"{column.correlation!r}::real"))
    asked += [
        (slot.name, f"{literal(slot.text)}::{_SLOT_TYPES.get(slot.name, 'text')}")
        for slot in column.slots
    ]
    return (
        "SELECT pg_catalog.pg_restore_attribute_stats("
        + ", ".join(f"'{key}', {value}" for key, value in asked)
        + ")"
    )


_SLOT_TYPES = {
    "most_common_elem_freqs": "real[]",
    "elem_count_histogram": "real[]",
    "range_empty_frac": "real",
}


class _Type:
    """What a row of `pg_statistic` has to know of its column's type."""

    __slots__ = ("collation", "element", "element_equal", "equal", "less", "number", "own", "range")

    def __init__(self, *told: str) -> None:
        self.number, self.own, self.collation, self.element = told[:4]
        self.equal, self.less, self.element_equal, self.range = told[4:]


def _row(relation: int, kind: _Type, column: ColumnStats) -> str:
    slots = _slots(kind, column)[:_MOST]
    slots += [("0", "0", "0", "NULL", "NULL")] * (_MOST - len(slots))
    parts = [", ".join(slot[at] for slot in slots) for at in range(5)]
    number = kind.number
    inherited = str(column.inherited).lower()
    return (
        f"INSERT INTO pg_statistic SELECT {relation}, {number}, {inherited},"
        f" {column.null_share!r}, {column.width}, {column.distinct or 0.0!r}, {', '.join(parts)}"
    )


def _slots(kind: _Type, column: ColumnStats) -> list[tuple[str, str, str, str, str]]:
    """Give kind, operator, collation, numbers and values of each slot (`pg_statistic.h`)."""
    found: list[tuple[str, str, str, str, str]] = []
    if column.common and kind.equal != "0":
        values = _values(write_array(tuple(each.value for each in column.common)), kind.own)
        found.append(("1", kind.equal, kind.collation, _numbers(_shares(column)), values))
    if column.bounds and kind.less != "0":
        values = _values(write_array(column.bounds), kind.own)
        found.append(("2", kind.less, kind.collation, "NULL", values))
    if column.correlation is not None and kind.less != "0":
        numbers = _numbers(f"{{{column.correlation!r}}}")
        found.append(("3", kind.less, kind.collation, numbers, "NULL"))
    told = {slot.name: slot.text for slot in column.slots}
    if "most_common_elems" in told and kind.element != "0":
        numbers = _numbers(told.get("most_common_elem_freqs", "{}"))
        values = _values(told["most_common_elems"], kind.element)
        found.append(("4", kind.element_equal, kind.collation, numbers, values))
    if "elem_count_histogram" in told:
        numbers = _numbers(told["elem_count_histogram"])
        found.append(("5", kind.element_equal, kind.collation, numbers, "NULL"))
    if "range_length_histogram" in told:
        values = _values(told["range_length_histogram"], "'float8'::regtype")
        numbers = _numbers(f"{{{told.get('range_empty_frac', '0')}}}")
        found.append(("6", _LESS_FLOAT, "0", numbers, values))
    if "range_bounds_histogram" in told:
        values = _values(told["range_bounds_histogram"], kind.range)
        found.append(("7", "0", "0", "NULL", values))
    return found


_LESS_FLOAT = "'<(float8,float8)'::regoperator"


def _numbers(text: str) -> str:
    return f"{literal(text)}::real[]"


def _values(text: str, element: str) -> str:
    return f"array_in({literal(text)}::cstring, {element}::oid, -1)"
