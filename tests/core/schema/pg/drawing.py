"""Draws tables with columns, defaults, conditions and indexes that PostgreSQL takes."""

from __future__ import annotations

from hypothesis import strategies as st

COLUMNS = {
    "i": "integer",
    "s": "int2",
    "b": "int8",
    "n": "decimal(8,2)",
    "d": "float8",
    "t": "text",
    "v": "varchar(12)",
    "c": "char(4)",
    "ok": "bool",
    "at": "timestamptz",
    "day": "date",
    "j": "jsonb",
    "ts": "text[]",
    "Odd": "character varying",
}
"""A column of each kind; `Odd` stands in quotes."""

_NUMBERS = st.sampled_from(["i", "s", "b", "n", "0", "1", "-2", "10", "2.5", "(i + 1)", "abs(i)"])
_TEXTS = st.sampled_from(
    ["t", "v", '"Odd"', "'a'", "'it''s'", "''", "lower(t)", "upper(v)", "COALESCE(v, t)", "t || v"]
)
_MOMENTS = st.sampled_from(
    ["at", "now()", "CURRENT_TIMESTAMP", "'2020-01-02'::timestamptz", "at + interval '1 day'"]
)
_COMPARISONS = st.sampled_from(["=", "<>", "!=", "<", "<=", ">", ">="])


def _compared(values: st.SearchStrategy[str], column: str) -> st.SearchStrategy[str]:
    plain = st.tuples(values, _COMPARISONS, values).map(" ".join)
    between = st.tuples(values, values).map(
        lambda ends: f"{column} BETWEEN {ends[0]} AND {ends[1]}"
    )
    return plain | between


_CONDITIONS = st.one_of(
    _compared(_NUMBERS, "i"),
    _compared(_TEXTS, "t"),
    _compared(_MOMENTS, "at"),
    st.sampled_from(
        [
            *("ok", "NOT ok", "ok IS NOT TRUE", "t IS NULL", "i IS NOT NULL", "day > '2020-01-01'"),
            *("v IN ('a', 'b')", "v NOT IN ('a')", "i IN (1, 2, 3)", "t = ANY (ARRAY['x', 'y'])"),
            *("t LIKE 'a%'", "v NOT ILIKE 'b'", "t ~ '^x'", "c = 'abcd'", "'a' = ANY (ts)"),
            *("j ->> 'k' = 'v'", "j @> '{}'", "i IS DISTINCT FROM 1", "length(v) > 2"),
            *("CASE WHEN ok THEN i ELSE 0 END > 1", "ts[1] = 'z'", "i % 2 = 0"),
        ]
    ),
)

CONDITIONS: st.SearchStrategy[str] = st.recursive(
    _CONDITIONS,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} {parts[2]}"
        )
        | inner.map(lambda part: f"NOT ({part})")
    ),
    max_leaves=4,
)
"""Conditions over the columns above."""

_DEFAULTS = {
    "i": ["0", "'7'", "-1", "1 + 2", "NULL"],
    "n": ["0", "'0.00'", "1.5"],
    "d": ["0.5", "-2", "random()"],
    "t": ["''", "'x'::text", "lower('A')", "NULL", "CURRENT_USER"],
    "v": ["'y'", "'y'::varchar", "NULL::character varying"],
    "ok": ["true", "'f'", "'yes'"],
    "at": ["now()", "CURRENT_TIMESTAMP", "'2020-01-01'"],
    "day": ["CURRENT_DATE", "'2020-02-03'"],
    "j": ["'{}'", "'[]'::jsonb"],
    "ts": ["'{}'", "ARRAY['a']", "ARRAY[]::text[]"],
}
_INDEXED = st.sampled_from(
    ["i", "t DESC", "v NULLS FIRST", '"Odd"', "(lower(t))", "(i + 1)", "t text_pattern_ops", "at"]
)


_CHANGING = ("now()", "CURRENT_TIMESTAMP", "interval")
"""What an index may not ask, as it is another thing at another time."""


@st.composite
def columns(draw: st.DrawFn) -> list[str]:
    """Give the columns of a table, each with what is said of it."""
    found = []
    for name, kind in COLUMNS.items():
        said = f'"{name}" {kind}'
        if name in _DEFAULTS and draw(st.booleans()):
            said += f" DEFAULT {draw(st.sampled_from(_DEFAULTS[name]))}"
        if draw(st.booleans()):
            said += " NOT NULL"
        found.append(said)
    return found


@st.composite
def table(draw: st.DrawFn, name: str) -> list[str]:
    """Give the statements that make a table and its indexes."""
    elements = draw(columns())
    elements += [f"CHECK ({each})" for each in draw(st.lists(CONDITIONS, max_size=3))]
    if draw(st.booleans()):
        elements.append(f"PRIMARY KEY ({draw(st.sampled_from(['i', 'b, i', 't']))})")
    if draw(st.booleans()):
        elements.append(f"UNIQUE ({draw(st.sampled_from(['v', 'i, t', 'day']))})")
    made = [f"CREATE TABLE {name} ({', '.join(elements)})"]
    for parts in draw(st.lists(st.lists(_INDEXED, min_size=1, max_size=3), max_size=3)):
        where = f" WHERE {draw(CONDITIONS)}" if draw(st.booleans()) else ""
        if any(word in where for word in _CHANGING):
            where = ""
        made.append(f"CREATE INDEX ON {name} ({', '.join(parts)}){where}")
    return made


@st.composite
def schemas(draw: st.DrawFn, tables: int) -> str:
    """Give the DDL of some tables."""
    return ";\n".join(each for number in range(tables) for each in draw(table(f"t{number}")))
