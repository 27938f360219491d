"""Nine queries that advisers of indexes get wrong, and what is right on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.indexes import Question, Report, advise
from be_tui.core.sqltext import Engine, Target
from be_tui.core.whatif import Given, open_judge
from be_tui.core.workloads import workload_of
from tests.core.indexes.making import schema_of, shape, statistics

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES = """
CREATE TABLE users (id int PRIMARY KEY, email varchar(80) NOT NULL, name varchar(80) NOT NULL);
CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL, title varchar(80) NOT NULL,
  status varchar(20) NOT NULL, score int NOT NULL, created_at timestamp NOT NULL,
  body varchar(200));
"""

PROBES: tuple[str, ...] = (
    "SELECT * FROM posts WHERE user_id = 123 ORDER BY created_at DESC",
    "SELECT * FROM posts WHERE user_id = 123 ORDER BY created_at DESC LIMIT 20",
    "SELECT * FROM posts WHERE user_id = 77 ORDER BY created_at DESC LIMIT 20",
    "SELECT * FROM posts WHERE status = 'flagged' ORDER BY created_at DESC LIMIT 10",
    "SELECT * FROM posts ORDER BY score DESC, created_at ASC LIMIT 10",
    "SELECT * FROM users WHERE lower(email) = 'user5@example.org'",
    "SELECT * FROM posts WHERE title LIKE 'title 9999%'",
    "SELECT * FROM posts WHERE created_at >= '2023-11-15' AND user_id = 5 AND status = 'published'",
    "SELECT user_id, score FROM posts WHERE user_id BETWEEN 100 AND 200",
)

_RECENT = frozenset({"posts (user_id, created_at)"})
_MIXED = frozenset({"posts (score DESC, created_at)", "posts (score, created_at DESC)"})
_PLAIN_ENOUGH = frozenset({"posts (user_id)"})
_ESR = frozenset({"posts (user_id, status, created_at)", "posts (status, user_id, created_at)"})
_PARTIAL = frozenset({"posts (created_at) WHERE status = 'flagged'"})
_LOWER = frozenset({"users ((lower(email)))"})

RIGHT: Mapping[Engine, tuple[frozenset[str], ...]] = {
    "postgresql": (
        _PLAIN_ENOUGH,
        _RECENT,
        _RECENT,
        _PARTIAL,
        _MIXED,
        _LOWER,
        frozenset({"posts (title text_pattern_ops)"}),
        _ESR,
        frozenset({"posts (user_id) INCLUDE (score)"}),
    ),
    "sqlite": (
        _PLAIN_ENOUGH | _RECENT,
        _RECENT,
        _RECENT,
        _PARTIAL,
        _MIXED,
        _LOWER,
        frozenset({'posts (title COLLATE "NOCASE")'}),
        _ESR,
        frozenset({"posts (user_id, score)"}),
    ),
    # There are no partial indexes; lower() has no index, and needs none: collations ignore case.
    "mariadb": (
        _PLAIN_ENOUGH | _RECENT,
        _RECENT,
        _RECENT,
        frozenset({"posts (status, created_at)"}),
        _MIXED,
        frozenset(),
        frozenset({"posts (title)"}),
        _ESR,
        frozenset({"posts (user_id, score)"}),
    ),
}
"""By the engine: for each probe the indexes of which one is right; none where none can be."""


def probe(sql: str, engine: Engine) -> Report:
    """Give the advice on one query, by the best judge that needs no server of somebody's."""
    target = Target(engine, {"postgresql": (18,), "mariadb": (11, 4)}.get(engine, ()))
    schema = schema_of(TABLES, target)
    known = statistics(engine)
    picked = open_judge(Given(target, schema, TABLES, known))
    with picked.judge as judge:
        workload = workload_of(sql, "probe.sql", target)
        return advise(Question(workload, schema, target, known), judge)


def advised(report: Report) -> list[str]:
    """Give what is advised, in short."""
    return [shape(each.sketch) for each in report.advice]
