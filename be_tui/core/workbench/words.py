"""The words of SQL that are offered to who types: few enough to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

BEGINNINGS = (
    "SELECT",
    "INSERT INTO",
    "UPDATE",
    "DELETE FROM",
    "WITH",
    "EXPLAIN",
    "CREATE TABLE",
    "CREATE INDEX",
    "CREATE UNIQUE INDEX",
    "ALTER TABLE",
    "DROP TABLE",
    "DROP INDEX",
)
"""What a statement begins with."""

AFTER_TABLE = (
    "AS",
    "WHERE",
    "JOIN",
    "LEFT JOIN",
    "INNER JOIN",
    "CROSS JOIN",
    "ON",
    "USING",
    "GROUP BY",
    "ORDER BY",
    "SET",
    "VALUES",
    "LIMIT",
    "UNION ALL",
)
"""What follows a table."""

AFTER_VALUE = (
    "AND",
    "OR",
    "FROM",
    "AS",
    "IN",
    "NOT IN",
    "IS NULL",
    "IS NOT NULL",
    "LIKE",
    "BETWEEN",
    "EXISTS",
    "WHERE",
    "JOIN",
    "LEFT JOIN",
    "ON",
    "GROUP BY",
    "HAVING",
    "ORDER BY",
    "ASC",
    "DESC",
    "NULLS LAST",
    "LIMIT",
    "OFFSET",
    "RETURNING",
    "THEN",
    "ELSE",
    "END",
    "UNION ALL",
    "FOR UPDATE",
)
"""What follows a column, a literal or a closed bracket."""

BEFORE_VALUE = (
    "DISTINCT",
    "CASE",
    "WHEN",
    "NOT",
    "EXISTS",
    "NULL",
    "TRUE",
    "FALSE",
    "SELECT",
    "CURRENT_TIMESTAMP",
)
"""What may stand where a column could."""

FUNCTIONS = (
    "count",
    "sum",
    "min",
    "max",
    "avg",
    "coalesce",
    "nullif",
    "lower",
    "upper",
    "length",
    "round",
    "abs",
    "row_number",
)
"""Known to every engine."""

OWN_FUNCTIONS: dict[Engine, tuple[str, ...]] = {
    "postgresql": ("now", "date_trunc", "extract", "string_agg", "array_agg", "jsonb_agg"),
    "mysql": ("now", "date", "date_format", "ifnull", "group_concat", "json_extract"),
    "mariadb": ("now", "date", "date_format", "ifnull", "group_concat", "json_extract"),
    "sqlite": ("date", "datetime", "strftime", "ifnull", "group_concat", "json_extract"),
}

TABLE_WORDS = frozenset({"FROM", "JOIN", "INTO", "UPDATE", "TABLE", "REFERENCES"})
"""After these a table stands."""

CLAUSES = TABLE_WORDS | {
    "SELECT",
    "WHERE",
    "ON",
    "USING",
    "BY",
    "HAVING",
    "SET",
    "VALUES",
    "RETURNING",
    "LIMIT",
    "OFFSET",
}
"""The words by which a place in a statement is known."""

RESERVED = frozenset(
    word
    for words in (*BEGINNINGS, *AFTER_TABLE, *AFTER_VALUE, *BEFORE_VALUE)
    for word in words.split()
) | {"FULL", "RIGHT", "OUTER", "NATURAL", "LATERAL", "ONLY", "WINDOW", "INTERSECT", "EXCEPT"}
"""Words that are no alias."""
