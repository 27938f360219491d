"""Each form of a workload tells itself, and gives queries with weights, time and values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.sqltext import Target
from be_tui.core.workloads import SAMPLES, Workload, merged, read_workload, workload_of

if TYPE_CHECKING:
    from pathlib import Path

POSTGRES, MYSQL = Target("postgresql"), Target("mysql")

SQL = """\
CREATE TABLE t (a int);
-- name: recent
-- weight: 1_200
SELECT * FROM t WHERE a = 1;
/* calls = 5 */ SELECT * FROM t WHERE a = 2;
UPDATE t SET a = 3;
"""

SLOW = """\
/usr/sbin/mysqld, Version: 8.0.36 (MySQL). started with:
Time                 Id Command    Argument
# Time: 2026-01-01T00:00:00.000000Z
# User@Host: app[app] @ localhost []  Id:     8
# Query_time: 0.5  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 90
use shop;
SET timestamp=1704067200;
SELECT *
FROM t WHERE a=1;
# Query_time: 0.25  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 0
SET timestamp=1704067201;
SELECT * FROM t WHERE a=3;
# Query_time: 1.0  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 0
# administrator command: Quit;
# Query_time: 0.125  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 0
SELECT b FROM t"""

LOG = """\
2026-01-01 00:00:00.000 UTC [1] LOG:  database system is ready
2026-01-01 00:00:00.000 UTC [1] LOG:  duration: 12.5 ms  execute <unnamed>: select * from t
\twhere a = $1 and b = $2
2026-01-01 00:00:00.000 UTC [1] DETAIL:  Parameters: $1 = '5', $2 = NULL
2026-01-01 00:00:00.000 UTC [1] LOG:  duration: 0.5 ms  bind <unnamed>: select * from t
2026-01-01 00:00:00.000 UTC [1] LOG:  duration: 7.5 ms  execute s1: select * from t where a = $1 and b = $2
2026-01-01 00:00:00.000 UTC [1] DETAIL:  parameters: $1 = '6',
\t$2 = 'it''s'
2026-01-01 00:00:00.000 UTC [1] ERROR:  relation "x" does not exist
2026-01-01 00:00:00.000 UTC [1] STATEMENT:  select * from x
2026-01-01 00:00:00.000 UTC [1] LOG:  statement: select 2
"""  # noqa: E501 (a log's line)


def read(text: str, target: Target = POSTGRES) -> Workload:
    return workload_of(text, "w", target)


def test_a_file_of_sql_has_weights_and_names_in_comments() -> None:
    found = read(SQL)
    one, other = found.works
    assert (one.name, one.weight, one.seen, one.place.line) == ("recent", 1205, 2, 4)
    assert [sample.text[-1] for sample in one.samples] == ["1", "2"]
    assert other.text == "UPDATE t SET a = 3"
    assert (found.forms, found.weight) == (("sql",), 1206)


@pytest.mark.parametrize("said", ["often", "-1", "0", "nan", "inf"])
def test_a_weight_that_is_no_number_is_told_with_its_line(said: str) -> None:
    with pytest.raises(InputError, match=f"found '{said}'") as caught:
        read(f"SELECT 1;\n\n-- weight: {said}\nSELECT 2;")
    assert caught.value.where == "w:3"


def test_pg_stat_statements_comes_as_csv() -> None:
    text = (
        "userid,query,calls,total_exec_time\n"
        '1,"select * from t where a = $1",1000,200.5\n'
        '1,"select b,\n c from t",0,0\n'
        '1,"select a from t where x...",1,2\n'
        '1,"CREATE INDEX x ON t (a)",1,2\n'
    )
    found = read(text)
    (work,) = found.works
    assert (work.weight, round(work.seconds, 4), work.place.line) == (1000, 0.2005, 2)
    (left,) = found.left_out
    assert (left.reason, left.place.line) == ("its text is cut off in the export", 5)
    assert found.forms == ("statements",)


def test_digests_of_mysql_come_with_their_sample() -> None:
    rows = [
        {"DIGEST_TEXT": "SELECT * FROM `t` WHERE `a` IN (...)", "COUNT_STAR": "7",
         "SUM_TIMER_WAIT": 2_000_000_000_000, "QUERY_SAMPLE_TEXT": None},
        {"DIGEST_TEXT": "SELECT `b` FROM `t` WHERE `a` = ?", "COUNT_STAR": 3,
         "SUM_TIMER_WAIT": 0, "QUERY_SAMPLE_TEXT": "SELECT b FROM t WHERE a = 4"},
    ]  # fmt: skip
    for text in (json.dumps(rows), "\n".join(map(json.dumps, rows)), json.dumps({"rows": rows})):
        found = read(text, MYSQL)
        assert [work.text[-6:] for work in found.works] == ["IN (?)", " a = 4"]
        assert [(work.weight, work.seconds) for work in found.works] == [(7, 2), (3, 0)]
        assert found.forms == ("digests",)


def test_other_delimiters_and_columns_in_any_order_are_read() -> None:
    found = read("calls;mean;query\n5;1.0;select 1\n\n")
    assert [(work.text, work.weight) for work in found.works] == [("select 1", 5)]


def test_a_slow_log_gives_queries_with_their_time() -> None:
    found = read(SLOW, MYSQL)
    assert [(work.weight, work.seconds, work.place.line) for work in found.works] == [
        (2, 0.75, 8),
        (1, 0.125, 16),
    ]
    assert found.forms == ("slow log",)


def test_a_log_of_postgresql_gives_the_values_of_prepared_statements() -> None:
    found = read(LOG)
    one, other = found.works
    assert [sample.text.partition("where ")[2] for sample in one.samples] == [
        "a = 5 and b = NULL",
        "a = 6 and b = 'it''s'",
    ]
    assert (one.weight, round(one.seconds, 3), one.place.line) == (2, 0.02, 2)
    assert (other.text, other.seconds) == ("select 2", 0)


def test_its_forms_in_csv_and_json_are_the_same() -> None:
    line = [
        "2026-01-01 00:00:00.000 UTC",
        *["x"] * 12,
        "duration: 2 ms  statement: select a",
        "",
        *["y"] * 8,
    ]
    (work,) = read(",".join(line) + "\nshort,row\n").works
    assert (work.text, work.seconds) == ("select a", 0.002)
    entry = {
        "error_severity": "LOG",
        "message": "execute <unnamed>: select $1",
        "detail": "Parameters: $1 = 'x'",
    }
    (work,) = read(json.dumps(entry) + "\n\n").works
    assert work.text == "select 'x'"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"query": 1', "is no JSON"),
        ('{"query": "select 1"}\n{oops', "this line is no JSON"),
        ('[{"name": "x"}]', "no queries"),
        ("query,calls\nselect 1,many\n", "expected a number as calls, found 'many'"),
        ('{"error_severity": "LOG", "message": "x"}\n{oops', "this line is no JSON"),
    ],
)
def test_what_is_broken_is_told(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(text)


def test_files_are_read_and_merged(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("SELECT * FROM t WHERE a = 1; SELECT 2;")
    (tmp_path / "b.sql").write_text("-- calls: 9\nSELECT * FROM t WHERE a = 2;")
    parts = [read_workload(str(tmp_path / name), POSTGRES) for name in ("a.sql", "b.sql")]
    whole = merged(parts)
    assert [(work.weight, work.seen) for work in whole.works] == [(10, 2), (1, 1)]
    assert [sample.text[-1] for sample in whole.works[0].samples] == ["2", "1"]
    assert whole.forms == ("sql",)


def test_a_bounded_number_of_values_is_kept() -> None:
    found = read(";".join(f"SELECT a FROM t WHERE b = {n}" for n in range(500)))
    (work,) = found.works
    assert (work.weight, len(work.samples)) == (500, SAMPLES)


def test_a_template_is_no_json() -> None:
    assert len(read("{{ config() }}; SELECT 1;").works) == 1


def test_nothing_gives_an_empty_workload() -> None:
    assert read(" \n") == Workload(forms=("sql",))
