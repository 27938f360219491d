"""Tables, statistics and a scripted judge that the tests of advice share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.schema import Schema, read_schema
from be_tui.core.sqltext import Engine, Parsed, Target, parse, split
from be_tui.core.statistics import ColumnStats, Common, Statistics, TableStats
from be_tui.core.whatif import IndexSketch, Judged, JudgeKind, RefusedError, Unit, Unjudged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType
    from typing import Self

    from be_tui.core.queries import Query

POSTS = """
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, name text NOT NULL);
CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users (id),
  title text NOT NULL, status text NOT NULL, score int NOT NULL, created_at timestamp NOT NULL,
  body text);
"""

RICH = "ALTER TABLE posts ADD COLUMN data jsonb; ALTER TABLE posts ADD COLUMN tags text[];"
"""Columns that only PostgreSQL has."""

_DAYS = tuple(f"202{year}-{month:02}-01 00:00:00" for year in range(4) for month in range(1, 13))


def statistics(engine: Engine = "postgresql") -> Statistics:
    """Give those of ten thousand users with a million posts; user 77 wrote a tenth of them."""
    users = (
        ColumnStats("id", -1.0, width=4, bounds=_numbers(10_000), correlation=1.0),
        ColumnStats("email", -1.0, width=20, correlation=0.5),
        ColumnStats("name", -1.0, width=10, correlation=0.5),
    )
    states = (Common("published", 0.945), Common("draft", 0.05), Common("flagged", 0.005))
    posts = (
        ColumnStats("id", -1.0, width=4, bounds=_numbers(1_000_000), correlation=1.0),
        ColumnStats(
            "user_id", 10_000.0, 0.0, (Common("77", 0.1),), _numbers(10_000), 0.01, width=4
        ),
        ColumnStats("title", -1.0, width=12, bounds=_titles(), correlation=0.8),
        ColumnStats("status", 3.0, 0.0, states, (), 0.9, width=10),
        ColumnStats("score", 1000.0, bounds=_numbers(1000), correlation=0.0, width=4),
        ColumnStats("created_at", -1.0, bounds=_DAYS, correlation=1.0, width=8),
        ColumnStats("body", -0.9, 0.1, width=160, correlation=0.0),
    )
    pages = 29_000
    return Statistics(
        engine,
        (
            TableStats("users", 10_000, 84, users, visible_pages=84),
            TableStats("posts", 1_000_000, pages, posts, visible_pages=pages),
        ),
        "the tests",
    )


def _numbers(most: int) -> tuple[str, ...]:
    return tuple(str(max(1, most * step // 100)) for step in range(101))


def _titles() -> tuple[str, ...]:
    return tuple(sorted(f"title {n * 9973 % 1_000_000}" for n in range(1, 102)))


def schema_of(ddl: str, target: Target) -> Schema:
    return read_schema(ddl, target).schema


def query_of(sql: str, schema: Schema, target: Target) -> Query:
    from be_tui.core.queries import resolve

    (statement,) = split(sql, target.engine)
    parsed = parse(statement, target.engine)
    assert isinstance(parsed, Parsed)
    return resolve(parsed, schema, target)


def shape(sketch: IndexSketch) -> str:
    """Give what a sketch makes, without the words that all have: `posts (a, b) WHERE c`."""
    return sketch.shape.removeprefix("CREATE INDEX ON ")


@dataclass
class Scripted:
    """A judge that says what a test has it say."""

    says: Callable[[str, frozenset[str]], float | None]
    """By a statement and the shapes of indexes: its cost; None for what has no plan."""

    engine: Engine = "postgresql"
    kind: JudgeKind = "model"
    unit: Unit = "cost"
    about: str = "a script"
    notes: tuple[str, ...] = ()
    sizes: dict[str, int] = field(default_factory=dict)
    refuses: frozenset[str] = frozenset()

    def cost(
        self, sql: str, indexes: Sequence[IndexSketch] = (), without: Sequence[str] = ()
    ) -> Judged:
        (found,) = self.costs((sql,), indexes, without)
        assert isinstance(found, Judged)
        return found

    def costs(
        self,
        statements: Sequence[str],
        indexes: Sequence[IndexSketch] = (),
        without: Sequence[str] = (),  # noqa: ARG002 (a script has no index of its own)
    ) -> tuple[Judged | Unjudged, ...]:
        refused = [each for each in indexes if shape(each) in self.refuses]
        if refused:
            raise RefusedError("no such operator class")
        return tuple(self._one(sql, indexes) for sql in statements)

    def _one(self, sql: str, indexes: Sequence[IndexSketch]) -> Judged | Unjudged:
        cost = self.says(sql, frozenset(map(shape, indexes)))
        if cost is None:
            return Unjudged("it has no plan")
        # An index without which it would cost the same is none of the plan's.
        used = [
            each.name
            for each in indexes
            if self.says(sql, frozenset(shape(i) for i in indexes if i is not each)) != cost
        ]
        return Judged(cost, "", tuple(used))

    def size(self, index: IndexSketch) -> int:
        return self.sizes.get(shape(index), 1_000_000 * len(index.index.parts))

    def stop(self) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing was made."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
