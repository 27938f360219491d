"""Plans come framed, quoted, prompted, coloured, logged, cut off; they are read all the same."""

# ruff: noqa: E501 (a line of a plan is long)

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.errors import InputError
from be_tui.core.plans import LARGEST, Plan, read_plan, take_file
from tests.core.plans.making import REAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = (REAL / "postgresql-18" / "cte-twice.txt").read_text(encoding="utf-8")
JSON = (REAL / "postgresql-18" / "cte-twice.json").read_text(encoding="utf-8")
YAML = (REAL / "postgresql-18" / "cte-twice.yaml").read_text(encoding="utf-8")
XML = (REAL / "postgresql-18" / "cte-twice.xml").read_text(encoding="utf-8")
MARIA = (REAL / "mariadb-10.11" / "join-sort.json").read_text(encoding="utf-8")
SQLITE = (REAL / "sqlite" / "compound.txt").read_text(encoding="utf-8")


def steps(plan: Plan) -> list[tuple[int, str]]:
    return [(node.depth, node.title) for node in plan.nodes]


def framed(text: str) -> str:
    """Give a text as psql's aligned output has it."""
    lines = text.rstrip("\n").split("\n")
    wide = max(map(len, lines))
    rows = [f" {line:<{wide}}{'+' if text[0] in '[-<' else ' '}".rstrip(" ") for line in lines]
    head = ["QUERY PLAN".center(wide + 2), "-" * (wide + 2)]
    return "\n".join([*head, *rows, f"({len(lines)} rows)", "", "Time: 12.3 ms"])


def boxed(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    wide = max(map(len, lines))
    rule = f"+{'-' * (wide + 2)}+"
    rows = [f"| {line:<{wide}} |" for line in lines]
    return "\n".join([rule, f"| {'QUERY PLAN':<{wide}} |", rule, *rows, rule])


def quoted(text: str) -> str:
    """Give a text as a table's export has it: each line in quotes, those in it twice."""
    lines = text.rstrip("\n").replace('"', '""').split("\n")
    return "\n".join(["QUERY PLAN", *(f'"{line}"' for line in lines)])


def prompted(text: str) -> str:
    return f"shop=# EXPLAIN ANALYZE\nshop-# SELECT count(*)\nshop-#   FROM posts;\n{framed(text)}\nshop=# "


def mailed(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.rstrip("\n").split("\n"))


def coloured(text: str) -> str:
    return "\n".join(f"\x1b[1;32m{line}\x1b[0m" for line in text.rstrip("\n").split("\n"))


def logged(text: str) -> str:
    head = "2026-11-02 10:14:07 UTC [31] LOG:  duration: 12.3 ms  plan:\n\tQuery Text: SELECT 1"
    return head + "".join(f"\n\t{line}" for line in text.rstrip("\n").split("\n"))


WRAPPERS: list[Callable[[str], str]] = [framed, boxed, quoted, prompted, mailed, coloured]


@pytest.mark.parametrize("wrap", [*WRAPPERS, logged], ids=lambda wrap: wrap.__name__)
def test_a_text_is_read_out_of_what_is_around_it(wrap: Callable[[str], str]) -> None:
    wrapped = read_plan(wrap(TEXT))
    assert steps(wrapped) == steps(read_plan(TEXT))
    assert wrapped.cut is None
    assert wrapped.execution_ms == read_plan(TEXT).execution_ms


@pytest.mark.parametrize("wrap", WRAPPERS, ids=lambda wrap: wrap.__name__)
@pytest.mark.parametrize("text", [JSON, YAML, XML], ids=["json", "yaml", "xml"])
def test_so_are_the_other_forms(wrap: Callable[[str], str], text: str) -> None:
    wrapped = read_plan(wrap(text))
    assert steps(wrapped) == steps(read_plan(text))
    assert wrapped.cut is None


def test_json_in_one_cell_of_an_export_is_read() -> None:
    cell = '"' + JSON.rstrip("\n").replace('"', '""') + '"'
    assert steps(read_plan(f"QUERY PLAN\n{cell}\n")) == steps(read_plan(JSON))


def test_lines_are_those_of_the_text_as_it_came() -> None:
    wrapped = prompted(TEXT)
    lines = wrapped.split("\n")
    for node in read_plan(wrapped).nodes:
        assert node.operation in lines[node.line - 1]
    for node in read_plan(prompted(JSON)).nodes:
        assert "{" in prompted(JSON).split("\n")[node.line - 1]


def test_lines_that_a_terminal_broke_are_put_together() -> None:
    broken = TEXT.replace(" (actual time", "\n (actual time").replace(" rows=", "\nrows=")
    assert steps(read_plan(broken)) == steps(read_plan(TEXT))


def test_names_in_quotes_keep_their_blanks() -> None:
    plan = read_plan('Index Scan using "My Index" on "My Table" m  (cost=0.0..1.0 rows=1 width=4)')
    (node,) = plan.nodes
    assert (node.relation, node.alias) == ("My Table", "m")


def test_a_schema_is_no_part_of_a_tables_name() -> None:
    (node,) = read_plan("Seq Scan on public.posts p  (cost=0.0..1.0 rows=1 width=4)").nodes
    assert (node.relation, node.alias, node.title) == ("posts", "p", "Seq Scan on posts p")


def test_a_plan_without_costs_is_read() -> None:
    plan = read_plan("Hash Join\n  Hash Cond: (a.id = b.id)\n  ->  Seq Scan on a\n  ->  Hash\n")
    assert [node.operation for node in plan.nodes] == ["Hash Join", "Seq Scan", "Hash"]
    assert plan.measure == "none"


@pytest.mark.parametrize(
    "text", [TEXT, JSON, YAML, XML, MARIA], ids=["text", "json", "yaml", "xml", "mariadb"]
)
@given(data=st.data())
def test_a_plan_cut_off_anywhere_gives_its_beginning(text: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(text) - 1))
    try:
        plan = read_plan(text[:end])
    except InputError:
        return
    operations = [node.operation for node in read_plan(text).nodes]
    got = [node.operation for node in plan.nodes]
    assert got[:-1] == operations[: len(got) - 1]
    assert len(got) <= len(operations)


@pytest.mark.parametrize("text", [JSON, XML, MARIA], ids=["json", "xml", "mariadb"])
def test_where_it_was_cut_is_told(text: str) -> None:
    half = text[: text.index("\n", len(text) // 2)]
    cut = read_plan(half).cut
    assert cut is not None
    assert half.count("\n") <= cut.line <= half.count("\n") + 1


def test_of_two_plans_the_first_is_read() -> None:
    plan = read_plan(TEXT + TEXT)
    assert steps(plan) == steps(read_plan(TEXT))
    assert plan.cut is not None
    assert plan.cut.line == TEXT.count("\n") + 1
    both = json.dumps([*json.loads(JSON), *json.loads(JSON)])
    again = read_plan(both)
    assert steps(again) == steps(read_plan(JSON))
    assert again.cut is not None
    assert "only the first" in again.cut.reason


@given(st.text())
def test_any_text_is_a_plan_or_refused_in_one_line(text: str) -> None:
    try:
        assert read_plan(text).nodes
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 (either will do)


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n \n", "SELECT 1;", "{}", "[1, 2]", '{"Plan": 3}', "<explain/>", "- Plan:", "null"),
        *("Dear all, the scan is slow.", "[" * 100_000, '{"Plan":' * 50_000, "  -> " * 3),
    ],
    ids=range(13),
)
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"empty|no plan"):
        read_plan(text, "x.txt")


def test_no_depth_of_nesting_ends_the_reader() -> None:
    deep = 1_000
    opened = '{"Node Type": "Limit", "Plan Rows": 1, "Plans": [' * deep
    plan = read_plan('[{"Plan": ' + opened)
    assert len(plan.nodes) == deep
    assert plan.cut is not None
    lines = (" " * (6 * n) + "->  Limit  (cost=0.0..1.0 rows=1 width=4)" for n in range(deep))
    assert len(read_plan("\n".join(lines)).nodes) == deep


def test_files_are_taken_in_their_encodings_and_within_bounds(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "latin-1"):
        path.write_bytes(TEXT.replace("posts", "pösts").replace("\n", "\r\n").encode(encoding))
        assert "pösts" in [node.relation for node in read_plan(take_file(str(path))).nodes]
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(InputError, match="larger than 20,000,000 bytes"):
        take_file(str(path))
    path.write_bytes(b"Seq Scan\0 on t")
    with pytest.raises(InputError, match="NUL"):
        take_file(str(path))
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="no UTF-16"):
        take_file(str(path))
    with pytest.raises(InputError, match="a folder"):
        take_file(str(tmp_path))
    with pytest.raises(InputError, match="No such file"):
        take_file(str(tmp_path / "none"))


def test_a_document_type_is_refused() -> None:
    declared = '<!DOCTYPE x [<!ENTITY a "b">]>'
    with pytest.raises(InputError, match="no plan"):
        read_plan(f"<explain>{declared}{XML[XML.index('<Query>') :]}")


def test_sqlite_is_read_as_its_shell_draws_it() -> None:
    drawn = (
        "sqlite> EXPLAIN QUERY PLAN SELECT 1;\nQUERY PLAN\n|--SCAN u\n|--SEARCH p USING INDEX i (a=?)\n"
        "`--CORRELATED SCALAR SUBQUERY 1\n   |--SEARCH q USING INTEGER PRIMARY KEY (rowid=?)\n"
        "   `--USE TEMP B-TREE FOR GROUP BY\n"
    )
    plan = read_plan(drawn)
    assert plan.engine == "sqlite"
    assert [(node.depth, node.operation, node.relation, node.index) for node in plan.nodes] == [
        (0, "SCAN", "u", ""),
        (0, "SEARCH", "p", "i"),
        (0, "CORRELATED SCALAR SUBQUERY 1", "", ""),
        (1, "SEARCH", "q", "integer primary key"),
        (1, "USE TEMP B-TREE FOR GROUP BY", "", ""),
    ]


@pytest.mark.parametrize(
    ("line", "relation", "index"),
    [
        ("(2, 0, 0, 'SEARCH posts USING INDEX i (user_id=?)')", "posts", "i"),
        ("│ 2  │ 0      │ 0       │ SEARCH posts USING INDEX i (user_id=?) │", "posts", "i"),
        ("0|0|0|SCAN TABLE posts AS p", "posts", ""),
        ("SCAN TABLE posts USING COVERING INDEX i", "posts", "i"),
    ],
)
def test_rows_of_sqlite_come_in_many_ways(line: str, relation: str, index: str) -> None:
    (node,) = read_plan(line).nodes
    assert (node.relation, node.index) == (relation, index)


TABLE = """
+----+-------------+-------+------+---------------+------------+---------+------+-------+----------+-------------+
| id | select_type | table | type | possible_keys | key        | key_len | ref  | rows  | filtered | Extra       |
+----+-------------+-------+------+---------------+------------+---------+------+-------+----------+-------------+
|  1 | SIMPLE      | u     | ALL  | PRIMARY       | NULL       | NULL    | NULL |  2000 |    33.30 | Using where |
|  1 | SIMPLE      | p     | ref  | posts_user    | posts_user | 5       | u.id |    25 |   100.00 | NULL        |
+----+-------------+-------+------+---------------+------------+---------+------+-------+----------+-------------+
2 rows in set, 1 warning (0.00 sec)
"""

VERTICAL = """
*************************** 1. row ***************************
           id: 1
  select_type: SIMPLE
        table: u
         type: ALL
possible_keys: PRIMARY
          key: NULL
      key_len: NULL
          ref: NULL
         rows: 2000
     filtered: 33.30
        Extra: Using where
*************************** 2. row ***************************
           id: 1
  select_type: SIMPLE
        table: p
         type: ref
possible_keys: posts_user
          key: posts_user
      key_len: 5
          ref: u.id
         rows: 25
     filtered: 100.00
        Extra: NULL
"""

NAMED = """
id: 1, select_type: SIMPLE, table: u, type: ALL, possible_keys: PRIMARY, key: None, rows: 2000, filtered: 33.30, Extra: Using where
id: 1, select_type: SIMPLE, table: p, type: ref, possible_keys: posts_user, key: posts_user, rows: 25, filtered: 100.00, Extra: None
"""


@pytest.mark.parametrize("text", [TABLE, VERTICAL, NAMED], ids=["framed", "vertical", "named"])
def test_tables_of_mysql_come_in_three_ways(text: str) -> None:
    plan = read_plan(text)
    assert (plan.engine, plan.form) == ("mysql", "table")
    first, second = plan.nodes
    assert (first.operation, first.relation, first.whole) == ("ALL", "u", True)
    assert first.passing == pytest.approx(0.333)
    assert (second.operation, second.index, second.whole) == ("ref", "posts_user", False)
    assert second.estimate is not None
    assert second.estimate.rows == 25


TREE = """\
EXPLAIN: -> Sort: c DESC  (actual time=61.2..61.2 rows=10 loops=1)
    -> Nested loop inner join  (cost=5120 rows=4.9e+3) (actual time=0.09..51.5 rows=9000 loops=1)
        -> Filter: (u.country = 'de')  (cost=205 rows=200) (actual time=0.05..1.5 rows=600 loops=1)
            -> Table scan on u  (cost=205 rows=2000) (actual time=0.04..1.1 rows=2000 loops=1)
        -> Index lookup on p using posts_user (user_id=u.id)  (cost=0.25..2.5 rows=25) (actual time=0.01..0.075 rows=15 loops=600)
        -> Hash
            -> Covering index scan on q using q_a  (cost=1 rows=1) (never executed)
-> Select #2 (subquery in projection; run only once)
    -> Rows fetched before execution  (cost=0..0 rows=1) (actual time=100e-6..200e-6 rows=1 loops=1)
"""


def test_trees_of_mysql_are_read() -> None:
    plan = read_plan(TREE)
    assert (plan.engine, plan.form, plan.cut) == ("mysql", "tree", None)
    assert [(node.depth, node.operation, node.relation) for node in plan.nodes] == [
        (0, "Sort", ""),
        (1, "Nested loop inner join", ""),
        (2, "Filter", ""),
        (3, "Table scan", "u"),
        (2, "Index lookup", "p"),
        (2, "Hash", ""),
        (3, "Covering index scan", "q"),
        (0, "Select #2", ""),
        (1, "Rows fetched before execution", ""),
    ]
    owns = [node.own_ms for node in plan.nodes]
    # 61.2 - 51.5; 51.5 - 1.5 - 600 x 0.075; 1.5 - 1.1.
    assert owns[:5] == pytest.approx([9.7, 5.0, 0.4, 1.1, 45.0])
    assert plan.nodes[6].never_executed
    assert plan.total_ms == 61.2


STEPS = {
    "query": "select 1",
    "query_plan": {
        "operation": "Filter: (p.score > 10)",
        "access_type": "filter",
        "condition": "(p.score > 10)",
        "estimated_rows": 8.3,
        "estimated_total_cost": 9.5,
        "actual_rows": 15.0,
        "actual_loops": 1,
        "actual_first_row_ms": 0.1,
        "actual_last_row_ms": 4.0,
        "inputs": [
            {
                "operation": "Index lookup on p using posts_user (user_id=3)",
                "access_type": "index",
                "table_name": "posts",
                "alias": "p",
                "index_name": "posts_user",
                "lookup_condition": "user_id=3",
                "estimated_rows": 25.0,
                "estimated_total_cost": 8.5,
                "actual_rows": 25.0,
                "actual_loops": 1,
                "actual_last_row_ms": 3.0,
                "inputs": [],
            },
            {
                "operation": "Table scan on q",
                "access_type": "table",
                "table_name": "q",
                "estimated_rows": 5.0,
                "actual_rows": None,
                "actual_loops": None,
                "actual_last_row_ms": None,
            },
        ],
    },
    "query_type": "select",
}


def test_the_second_json_of_mysql_is_its_tree() -> None:
    plan = read_plan(json.dumps(STEPS, indent=1))
    assert (plan.engine, plan.form) == ("mysql", "json")
    top, inner, never = plan.nodes
    assert [node.own_ms for node in plan.nodes] == pytest.approx([1.0, 3.0, 0.0])
    assert (top.operation, inner.title) == ("Filter", "Index lookup on posts p using posts_user")
    assert inner.condition("Condition") == "user_id=3"
    assert (never.never_executed, never.whole) == (True, True)


BLOCKS = {
    "query_block": {
        "select_id": 1,
        "cost_info": {"query_cost": "1520.00"},
        "ordering_operation": {
            "using_filesort": True,
            "cost_info": {"sort_cost": "500.00"},
            "nested_loop": [
                {
                    "table": {
                        "table_name": "u",
                        "access_type": "ALL",
                        "rows_examined_per_scan": 2000,
                        "rows_produced_per_join": 200,
                        "filtered": "10.00",
                        "cost_info": {"read_cost": "10.00", "eval_cost": "10.00"},
                        "attached_condition": "(u.country = 'de')",
                    }
                },
                {
                    "table": {
                        "table_name": "p",
                        "access_type": "ref",
                        "key": "posts_user",
                        "rows_examined_per_scan": 25,
                        "filtered": "100.00",
                        "cost_info": {"read_cost": "900.00", "eval_cost": "100.00"},
                        "attached_subqueries": [
                            {
                                "dependent": True,
                                "query_block": {
                                    "select_id": 2,
                                    "table": {"table_name": "q", "access_type": "eq_ref"},
                                },
                            }
                        ],
                    }
                },
            ],
        },
    }
}


def test_the_first_json_of_mysql_is_read_with_its_costs() -> None:
    plan = read_plan(json.dumps(BLOCKS))
    assert (plan.engine, plan.measure) == ("mysql", "cost")
    assert [(node.depth, node.operation, node.relation) for node in plan.nodes] == [
        (0, "Query block", ""),
        (1, "Order", ""),
        (2, "ALL", "u"),
        (2, "ref", "p"),
        (3, "Query block", ""),
        (4, "eq_ref", "q"),
    ]
    assert [node.own_cost for node in plan.nodes] == [None, 500.0, 20.0, 1000.0, None, None]
    assert plan.nodes[4].role == "SubPlan"
    assert plan.nodes[2].passing == 0.1


def test_tables_of_one_name_are_all_kept() -> None:
    old = '{"query_block": {"select_id": 1, "table": {"table_name": "a", "rows": 1}, "table": {"table_name": "b", "rows": 2}}}'
    plan = read_plan(old)
    assert plan.engine == "mariadb"
    assert [node.relation for node in plan.nodes] == ["", "a", "b"]


def test_escapes_that_json_does_not_know_are_kept() -> None:
    (node,) = read_plan(r'[{"Plan": {"Node Type": "Seq Scan", "Filter": "a \d b"}}]').nodes
    assert node.condition("Filter") == r"a \d b"
