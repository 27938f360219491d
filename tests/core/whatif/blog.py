"""A million posts that nobody stored: a schema, what is known of its rows, and sketches."""

from __future__ import annotations

from be_tui.core.findings import Place
from be_tui.core.schema import Index, IndexPart, read_schema
from be_tui.core.sqltext import Target
from be_tui.core.statistics import ColumnStats, Common, Statistics, TableStats
from be_tui.core.whatif import IndexSketch

DDL = """
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  score INTEGER NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX posts_old ON posts (title);
CREATE INDEX posts_drafts ON posts (score) WHERE status = 'draft';
"""
SCHEMA = read_schema(DDL, Target("sqlite"), "blog.sql").schema
STATISTICS = Statistics(
    "sqlite",
    (
        TableStats("users", 1e4, 300),
        TableStats(
            "posts",
            1e6,
            26_000,
            (
                ColumnStats("user_id", 1e4),
                ColumnStats(
                    "status",
                    4.0,
                    common=(
                        Common("published", 0.9),
                        Common("draft", 0.09),
                        Common("flagged", 0.005),
                    ),
                ),
                ColumnStats("score", 1000.0, bounds=tuple(map(str, range(0, 1001, 100)))),
                ColumnStats("created_at", -0.99),
                ColumnStats("title", -1.0),
            ),
        ),
        TableStats("posts_old", 1e6, per_key=(2.0,), table="posts"),
    ),
    "figures",
)


def sketch(table: str, *parts: str, where: str = "", method: str = "btree") -> IndexSketch:
    """Give an index; a part is a column, perhaps with DESC, or an expression in brackets."""
    found = SCHEMA.table(table)
    assert found is not None
    made = []
    for part in parts:
        name, _, direction = part.partition(" ")
        column = "" if "(" in part else name
        made.append(IndexPart(column, part if "(" in part else name, direction == "DESC"))
    index = Index("", tuple(made), Place("blog.sql"), where=where, method=method)
    return IndexSketch(found, index)
