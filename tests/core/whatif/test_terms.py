"""What a statement asks of each source, and how many rows that leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from be_tui.core.sqltext import Target
from be_tui.core.statistics import assume
from be_tui.core.whatif import RefusedError
from be_tui.core.whatif.estimating import Figures
from be_tui.core.whatif.terms import Asked, apart, held, read
from tests.core.whatif.blog import SCHEMA, STATISTICS

SQLITE = Target("sqlite")
FIGURES = Figures(assume(SCHEMA, "sqlite", STATISTICS))


def asked(sql: str, alias: str = "posts") -> Asked:
    reading = read(sql, SCHEMA, SQLITE, FIGURES)
    return next(each for each in reading.asked.values() if each.source.alias == alias)


def share(condition: str) -> float:
    found = 1.0
    for term in asked(f"SELECT * FROM posts WHERE {condition}").terms:
        found *= term.share
    return found


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("user_id = 5", 1e-4),
        ("user_id = NULL", 0.0),
        ("user_id <> 5", 1 - 1e-4),
        ("NOT user_id = 5", 1 - 1e-4),
        ("status = 'published'", 0.9),
        ("status = 'unheard of'", 0.005),
        ("status IN ('draft', 'flagged')", 0.095),
        ("status = 'draft' OR status = 'flagged'", 1 - 0.91 * 0.995),
        ("status IS NULL", 0.0),
        ("user_id IN (SELECT id FROM users)", 0.5),
        ("score < 250", 0.25),
        ("score > 250", 0.75),
        ("score BETWEEN 200 AND 300", 0.1),
        ("score > 200 AND score < 300", 0.1),
        ("score > 200 AND score < ?", 0.05),
        ("score < ?", 1 / 3),
        ("created_at > '2024-01-01'", 1 / 3),
        ("created_at BETWEEN '2024-01-01' AND '2024-02-01'", 0.05),
        ("title LIKE 'abc%'", 0.02),
        ("title LIKE '%abc'", 0.1),
        ("lower(title) = 'a'", 1e-6),
        ("substr(title, 1, 2) = 'a'", 0.005),
        ("substr(title, 1, 2) > 'a'", 0.25),
        ("score", 0.5),
    ],
)
def test_a_condition_leaves_its_share_of_rows(condition: str, expected: float) -> None:
    assert share(condition) == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_a_join_is_a_term_of_both_sides() -> None:
    sql = "SELECT * FROM posts p JOIN users u ON u.id = p.user_id"
    for alias, column in (("p", "user_id"), ("u", "id")):
        (term,) = asked(sql, alias).terms
        assert (term.column, term.equal, len(term.needs)) == (column, True, 1)
        assert term.share == pytest.approx(1e-4)


def test_other_joins_leave_more() -> None:
    (ranged,) = asked("SELECT * FROM posts p JOIN users u ON p.score < u.id", "p").terms
    assert ranged.ranged
    assert ranged.share == pytest.approx(1 / 3)
    odd = asked("SELECT * FROM posts p JOIN users u ON p.score + 1 = u.id * 2", "p").terms
    assert [each.share for each in odd] == [0.25]


def test_an_or_over_two_sources_says_something_of_each() -> None:
    sql = """SELECT * FROM posts p JOIN users u ON u.id = p.user_id
WHERE (p.status = 'draft' AND u.name = 'a') OR (p.status = 'flagged' AND u.name = 'b')"""
    known = replace(STATISTICS, engine="postgresql")
    figures = Figures(assume(SCHEMA, "postgresql", known))
    found = read(sql, SCHEMA, Target("postgresql"), figures).asked.values()
    (posts,) = (each for each in found if each.source.alias == "p")
    alone = [each for each in posts.terms if not each.needs]
    assert [each.share for each in alone] == [pytest.approx(1 - 0.91 * 0.995)]
    # SQLite tests it when it has both.
    assert all(each.needs for each in asked(sql, "p").terms)
    mixed = "SELECT * FROM posts p, users u WHERE p.status = 'draft' OR u.name = 'a'"
    (term,) = asked(mixed, "p").terms
    assert term.needs


def test_of_columns_that_equal_each_other_one_term_tells_it_all() -> None:
    sql = "SELECT * FROM posts p, users a, users b WHERE p.user_id = a.id AND p.user_id = b.id"
    terms = asked(sql, "p").terms
    assert len(terms) == 2
    assert len(apart(terms)) == 1


def test_all_columns_that_are_named_are_known() -> None:
    assert asked("SELECT title FROM posts WHERE score = 1").columns == {"title", "score"}
    assert len(asked("SELECT * FROM posts").columns) == 6
    assert asked("SELECT * FROM (SELECT 1 AS x) t", "t").columns == frozenset()


def test_a_partial_index_holds_its_share() -> None:
    posts = SCHEMA.table("posts")
    assert posts is not None
    assert held(posts, "", SCHEMA, SQLITE, FIGURES) == 1
    assert held(posts, "status = 'draft'", SCHEMA, SQLITE, FIGURES) == 0.09
    assert held(posts, "status = (", SCHEMA, SQLITE, FIGURES) == 1


@pytest.mark.parametrize("sql", ["", "SELECT 1; SELECT 2", "SELECT ("])
def test_what_is_not_one_statement_is_refused(sql: str) -> None:
    with pytest.raises(RefusedError):
        read(sql, SCHEMA, SQLITE, FIGURES)
