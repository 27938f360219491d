"""The values that a query is judged over."""

from __future__ import annotations

from be_tui.core.indexes.known import Known
from be_tui.core.indexes.values import variants
from be_tui.core.sqltext import Engine, Target
from be_tui.core.statistics import ColumnStats, Common, Statistics, TableStats
from be_tui.core.workloads import workload_of
from tests.core.indexes.making import POSTS, query_of, schema_of, statistics


def judged(sql: str, engine: Engine = "postgresql") -> dict[str, str]:
    target = Target(engine)
    (work,) = workload_of(sql, "w", target).works
    query = query_of(work.text, schema_of(POSTS, target), target)
    found = variants(query, work, Known(statistics(engine)))
    assert abs(sum(each.share for each in found) - 1) < 1e-9
    return {each.label: each.sql.rpartition("WHERE ")[2] for each in found}


def test_a_key_is_judged_common_rare_and_absent() -> None:
    assert judged("SELECT * FROM posts WHERE user_id = 123") == {
        "as written": "user_id = 123",
        "common": "user_id = 77",
        "rare": "user_id = 5000",
        "absent": "user_id = 1010003",
    }


def test_a_state_is_judged_as_written_and_looked_at_with_others() -> None:
    assert judged("SELECT * FROM posts WHERE status = 'flagged'") == {
        "as written": "status = 'flagged'",
        "common state": "status = 'published'",
        "absent state": "status = '~no such value~'",
    }


def test_what_may_be_null_is_judged_so() -> None:
    found = judged("SELECT * FROM posts WHERE body = 'x'")
    assert found["NULL"] == "body = NULL"
    assert "NULL" not in judged("SELECT * FROM posts WHERE user_id = 1")


def test_a_range_is_judged_wide_and_narrow() -> None:
    found = judged("SELECT * FROM posts WHERE score BETWEEN 5 AND 9")
    assert found["common"] == "score BETWEEN 1 AND 1000"
    assert found["rare"] == "score BETWEEN 500 AND 510"
    found = judged("SELECT * FROM posts WHERE created_at >= '2023-05-05'")
    assert found["common"] == "created_at >= '2020-01-01 00:00:00'"
    assert found["rare"] == "created_at >= '2023-11-01 00:00:00'"
    found = judged("SELECT * FROM posts WHERE score < 5")
    assert (found["common"], found["rare"]) == ("score < 1000", "score < 10")


def test_parameters_get_usual_values() -> None:
    found = judged("SELECT * FROM posts WHERE user_id = $1 AND created_at > $2 LIMIT $3 OFFSET $4")
    assert found["usual"] == (
        "user_id = 5000 AND created_at > '2023-11-01 00:00:00' LIMIT 20 OFFSET 0"
    )
    assert found["common"].startswith("user_id = 77 ")


def test_a_parameter_that_no_column_tells_of_gets_a_plain_value() -> None:
    sql = "SELECT id + ? FROM posts WHERE title = ? AND length(body) > :size"
    found = judged(sql, "sqlite")
    assert found["usual"] == "title = 'title 568461' AND length(body) > 1"
    for parameter in ("%s", "$1"):
        found = judged(f"SELECT * FROM posts WHERE length(body) > {parameter}")
        assert found == {"as written": "length(body) > $1"}


def test_values_that_were_seen_are_judged() -> None:
    sql = ";".join(f"SELECT * FROM posts WHERE user_id = {n}" for n in (5, 6, 7, 5, 5))
    found = judged(sql)
    assert found["as written"] == "user_id = 5"
    assert found["seen"] == "user_id = 7"


def test_the_same_text_is_judged_once() -> None:
    target = Target("postgresql")
    (work,) = workload_of("SELECT * FROM posts WHERE user_id = 77", "w", target).works
    query = query_of(work.text, schema_of(POSTS, target), target)
    texts = [each.sql for each in variants(query, work, Known(statistics()))]
    assert len(texts) == len(set(texts))


def test_a_value_in_quotes_stays_one() -> None:
    found = judged("SELECT * FROM posts WHERE title = 'it''s'")
    assert found["as written"] == "title = 'it''s'"
    assert found["rare"] == "title = 'title 568461'"


TYPES = """
CREATE TABLE things (id int PRIMARY KEY, done boolean NOT NULL, day date NOT NULL, at time NOT NULL,
  mark uuid NOT NULL, doc jsonb NOT NULL, name text NOT NULL, tags text[] NOT NULL,
  price numeric NOT NULL, moment timestamp NOT NULL);
"""


def test_a_parameter_of_each_type_gets_a_value_of_it() -> None:
    target = Target("postgresql")
    told = {}
    for name in ("done", "day", "at", "mark", "doc", "name", "tags", "price", "moment"):
        sql = f"SELECT id FROM things WHERE {name} = $1"
        (work,) = workload_of(sql, "w", target).works
        query = query_of(sql, schema_of(TYPES, target), target)
        (first, *_) = variants(query, work, Known(Statistics("postgresql")))
        told[name] = first.sql.rpartition(" = ")[2]
    assert told == {
        "done": "TRUE",
        "day": "'2024-01-01'",
        "at": "'12:00:00'",
        "mark": "'00000000-0000-4000-8000-000000000000'",
        "doc": "'{}'",
        "name": "'x'",
        "tags": "'{}'",
        "price": "1",
        "moment": "'2024-01-01 00:00:00'",
    }


def test_an_enumeration_gets_one_of_its_values() -> None:
    target = Target("mysql")
    ddl = "CREATE TABLE t (id int PRIMARY KEY, kind enum('a', 'b') NOT NULL)"
    sql = "SELECT id FROM t WHERE kind = ?"
    (work,) = workload_of(sql, "w", target).works
    query = query_of(sql, schema_of(ddl, target), target)
    (first, *_) = variants(query, work, Known(Statistics("mysql")))
    assert first.sql.endswith("kind = 'a'")


def test_a_number_that_is_none_is_put_in_quotes() -> None:
    target = Target("postgresql")
    price = ColumnStats("price", 2.0, 0.0, (Common("NaN", 0.5), Common("7.5", 0.4)))
    known = Known(Statistics("postgresql", (TableStats("things", 100, columns=(price,)),)))
    sql = "SELECT id FROM things WHERE price = 5"
    (work,) = workload_of(sql, "w", target).works
    query = query_of(sql, schema_of(TYPES, target), target)
    texts = [each.sql.rpartition(" = ")[2] for each in variants(query, work, known)]
    assert texts == ["5", "'NaN'"]
