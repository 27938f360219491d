"""What the clone's catalogue tells of its tables and indexes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds
from be_tui.core.whatif.sizing import KeyPart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.databases import PostgresSession

OWN = "be_tui"
"""The schema of what a clone needs for itself."""

_RELATIONS = """
SELECT c.oid, n.nspname, c.relname, c.relkind, coalesce(m.amname, ''),
  coalesce(pg_relation_filepath(c.oid), ''), coalesce(i.indrelid, 0), c.reltuples, c.relpages
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_index i ON i.indexrelid = c.oid
WHERE c.relkind IN ('r', 'm', 'p', 'i', 'I') AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', '{own}')
  AND {wanted}
ORDER BY c.oid"""

_PARTS = """
SELECT i.indexrelid, i.indrelid::regclass, coalesce(pg_get_expr(i.indpred, i.indrelid), ''),
  i.indisunique, a.attnum > i.indnkeyatts, i.indkey[a.attnum - 1] = 0,
  a.attlen, a.attalign, a.atttypid = 'bpchar'::regtype,
  coalesce(s.stawidth, 0), coalesce(s.stanullfrac, 0), s.stadistinct,
  (SELECT attname FROM pg_attribute o WHERE o.attrelid = i.indrelid
   AND o.attnum = i.indkey[a.attnum - 1] AND o.attnum > 0)
FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indexrelid
LEFT JOIN LATERAL (
  SELECT * FROM pg_statistic s WHERE (s.starelid, s.staattnum) = (
    CASE WHEN i.indkey[a.attnum - 1] = 0 THEN i.indexrelid ELSE i.indrelid END,
    CASE WHEN i.indkey[a.attnum - 1] = 0 THEN a.attnum ELSE i.indkey[a.attnum - 1] END)
  ORDER BY s.stainherit DESC LIMIT 1) s ON true
WHERE i.indexrelid IN ({indexes}) ORDER BY i.indexrelid, a.attnum"""

_WIDTH = """
SELECT coalesce(sum(CASE WHEN a.attlen > 0 THEN a.attlen
  ELSE coalesce(nullif(s.stawidth, 0), 32) END), 0)
FROM pg_attribute a LEFT JOIN pg_statistic s
  ON s.starelid = a.attrelid AND s.staattnum = a.attnum AND NOT s.stainherit
WHERE a.attrelid = {table} AND a.attnum > 0 AND NOT a.attisdropped"""

VALID = "UPDATE pg_index SET indisvalid = {valid} WHERE indexrelid IN ({indexes})"
"""Lets the planner see indexes, or not."""

_ALL = Bounds(rows=1_000_000)

_ALIGNMENTS = {"c": 1, "s": 2, "i": 4, "d": 8}

_USUAL = 32.0
"""Bytes of a value of which nothing is known, as the planner takes it (`get_typavgwidth`)."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or index of the clone."""

    oid: int
    namespace: str
    name: str
    kind: str
    """`pg_class.relkind`: `r`, `m` and `p` are tables, `i` and `I` indexes."""

    method: str
    path: str
    """Of its file, in the data folder; empty where it has none."""

    table: int
    """The table that an index is on; 0 for a table."""

    rows: float
    """Under 0 where nobody counted."""

    pages: int
    visible: int = 0
    sketched: bool = False
    """Whether the original does not have it."""

    @property
    def is_index(self) -> bool:
        """Tell whether it is an index."""
        return self.table != 0


@dataclass(frozen=True, slots=True)
class Shape:
    """What the size of an index depends on."""

    table: str
    """As SQL writes it."""

    where: str
    """The condition of a partial index."""

    unique: bool
    parts: tuple[KeyPart, ...]
    included: int
    columns: tuple[str, ...]
    """The columns of all parts, with nothing for an expression."""

    unknown: tuple[int, ...]
    """The places, from 1, of expressions without statistics."""

    @property
    def keys(self) -> tuple[KeyPart, ...]:
        """Give the parts that are searched by."""
        return self.parts[: len(self.parts) - self.included]


def relations(session: PostgresSession, wanted: str = "true") -> tuple[Relation, ...]:
    """Give the tables and indexes of the clone that a condition is true of.

    Args:
        session: One that may see all.
        wanted: In SQL, over `c` of `pg_class` and `i` of `pg_index`.
    """
    return tuple(
        Relation(
            *(int(str(row[0])), str(row[1]), str(row[2]), str(row[3]), str(row[4]), str(row[5])),
            *(int(str(row[6])), float(str(row[7])), int(str(row[8]))),
        )
        for row in session.run(_RELATIONS.format(own=OWN, wanted=wanted), _ALL).rows
    )


def shapes_of(session: PostgresSession, indexes: Mapping[int, float]) -> dict[int, Shape]:
    """Give the shapes of indexes, by their numbers.

    Args:
        session: One that may see all.
        indexes: The rows of the table of each.
    """
    if not indexes:
        return {}
    rows = session.run(_PARTS.format(indexes=", ".join(map(str, indexes))), _ALL).rows
    return {
        number: _shape(list(told), indexes[number])
        for number, told in groupby(rows, lambda row: int(str(row[0])))
    }


def _shape(told: list[tuple[str | None, ...]], rows: float) -> Shape:
    return Shape(
        table=str(told[0][1]),
        where=str(told[0][2]),
        unique=told[0][3] == "true",
        parts=tuple(_part(row, rows) for row in told),
        included=sum(row[4] == "true" for row in told),
        columns=tuple(row[12] or "" for row in told),
        unknown=tuple(
            number for number, row in enumerate(told, 1) if row[5] == "true" and row[11] is None
        ),
    )


def width_of(session: PostgresSession, table: int) -> float:
    """Give the bytes of a row's values on average."""
    return float(session.run(_WIDTH.format(table=table)).value or 0)


def _part(row: tuple[str | None, ...], rows: float) -> KeyPart:
    length, width = int(str(row[6])), float(str(row[9]))
    values = float(row[11] or 0)
    fixed = length > 0
    return KeyPart(
        width=float(length) if fixed else width or _USUAL,
        aligned=_ALIGNMENTS[str(row[7])] if fixed else 1,
        varying=not fixed and row[8] != "true",
        null_share=float(str(row[10])),
        distinct=(values if values > 0 else -values * rows) or None,
    )
