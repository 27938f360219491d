"""Schemas drawn by hypothesis, in the SQL of an engine: types, defaults, keys, checks, indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

TYPES: dict[Engine, tuple[str, ...]] = {
    "postgresql": (
        *("smallint", "integer", "bigint", "numeric(9,2)", "real", "double precision", "text"),
        *("varchar(30)", "char(6)", "boolean", "date", "timestamp", "timestamptz", "time", "uuid"),
        *("jsonb", "bytea", "text[]", "integer[]", "inet", "interval"),
    ),
    "sqlite": (
        *("INTEGER", "INT", "BIGINT", "NUMERIC(9,2)", "REAL", "TEXT", "VARCHAR(30)", "BOOLEAN"),
        *("DATE", "TIMESTAMP", "DATETIME", "TIME", "BLOB", "UUID", "JSON"),
    ),
    "mariadb": (
        *("tinyint", "smallint", "int", "bigint", "int unsigned", "decimal(9,2)", "float"),
        *("double", "varchar(30)", "char(6)", "date", "datetime", "time", "varbinary(40)"),
        *("enum('a','b','c')", "json", "year", "text"),
    ),
}
_DEFAULTS = {"integer": "5", "int": "5", "bigint": "7", "text": "'x'", "varchar(30)": "'it''s'"}
_WIDE = frozenset({"integer", "int", "bigint", "text", "varchar(30)", "timestamp", "uuid"})
_CHECKED = {"integer": "> 3", "int": "BETWEEN 5 AND 90", "numeric(9,2)": ">= 0", "text": "<> ''"}


@st.composite
def schemas(draw: st.DrawFn, engine: Engine) -> str:
    """Give the DDL of one to four tables, each of which may refer to those before it."""
    statements: list[str] = []
    for number in range(draw(st.integers(1, 4))):
        statements += _table(draw, engine, number)
    return ";\n".join(statements)


def _table(draw: st.DrawFn, engine: Engine, number: int) -> list[str]:
    key = "INTEGER" if engine == "sqlite" else "bigint"
    lines = [f"id {key} PRIMARY KEY"]
    indexes: list[str] = []
    indexed: list[str] = []
    for at in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(TYPES[engine]))
        low = kind.lower()
        said = f"c{at} {kind}"
        if draw(st.booleans()):
            said += " NOT NULL"
        if low in _DEFAULTS and draw(st.booleans()):
            said += f" DEFAULT {_DEFAULTS[low]}"
        plain = engine != "mariadb" or low != "text"
        if low in _WIDE and plain and draw(st.integers(0, 3)) == 0:
            said += " UNIQUE"
        elif low in _CHECKED and draw(st.booleans()):
            said += f" CHECK (c{at} {_CHECKED[low]})"
        if low in _WIDE and plain:
            indexed.append(f"c{at}")
        lines.append(said)
    for other in range(number):
        if draw(st.booleans()):
            required = " NOT NULL" if draw(st.booleans()) else ""
            lines.append(f"t{other}_id {key}{required}")
            lines.append(f"FOREIGN KEY (t{other}_id) REFERENCES t{other} (id)")
            indexed.append(f"t{other}_id")
    # Constraints of the whole table stand behind its columns.
    lines.sort(key=lambda line: line.startswith("FOREIGN"))
    for at in range(draw(st.integers(0, 2)) if indexed else 0):
        columns = draw(st.lists(st.sampled_from(indexed), min_size=1, max_size=3, unique=True))
        parts = [f"{each} DESC" if draw(st.booleans()) else each for each in columns]
        indexes.append(f"CREATE INDEX t{number}_i{at} ON t{number} ({', '.join(parts)})")
    inner = ",\n  ".join(lines)
    return [f"CREATE TABLE t{number} (\n  {inner})", *indexes]
