"""Statements are taken apart by their engine's quotes, comments and blocks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.sqltext import ENGINES, split

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine


def texts(text: str, engine: Engine = "postgresql") -> list[str]:
    return [statement.text for statement in split(text, engine)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_semicolon_in_quotes_or_a_comment_ends_nothing(engine: Engine) -> None:
    script = "SELECT 'a;b''c;'; -- x;\n/* y; */ SELECT \"d;e\""
    assert texts(script, engine) == ["SELECT 'a;b''c;'", 'SELECT "d;e"']


@pytest.mark.parametrize("engine", ENGINES)
def test_comments_and_blanks_alone_are_no_statement(engine: Engine) -> None:
    assert texts(" ;; -- nothing\n; /* nothing */", engine) == []


def test_dollar_quotes_hold_a_body_together() -> None:
    body = "CREATE FUNCTION f() RETURNS int AS $b$ SELECT 1; $$;$$ $b$ LANGUAGE sql"
    assert texts(body + "; SELECT 2") == [body, "SELECT 2"]


def test_a_backslash_escapes_where_the_engine_says_so() -> None:
    assert texts(r"SELECT E'it\';s'; SELECT 1") == [r"SELECT E'it\';s'", "SELECT 1"]
    assert texts(r"SELECT 'it\';s'; SELECT 1", "mysql") == [r"SELECT 'it\';s'", "SELECT 1"]
    assert texts(r"SELECT 'c:\'; SELECT 1") == [r"SELECT 'c:\'", "SELECT 1"]


def test_backquotes_and_hash_comments_are_mysqls() -> None:
    assert texts("SELECT `a;b` # c;\n; SELECT 1", "mariadb") == ["SELECT `a;b` # c;", "SELECT 1"]


@pytest.mark.parametrize(
    ("engine", "trigger"),
    [
        ("sqlite", "CREATE TRIGGER t AFTER UPDATE ON a BEGIN UPDATE b SET c = 1; SELECT 2; END"),
        ("sqlite", "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; END"),
        ("mysql", "CREATE PROCEDURE p() BEGIN IF a THEN SELECT 1; END IF; SELECT 2; END"),
        ("postgresql", "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END"),
    ],
)
def test_the_body_of_a_routine_is_part_of_it(engine: Engine, trigger: str) -> None:
    assert texts(f"{trigger}; SELECT 3", engine) == [trigger, "SELECT 3"]


def test_a_transaction_is_no_body() -> None:
    assert texts("BEGIN; SELECT 1; COMMIT") == ["BEGIN", "SELECT 1", "COMMIT"]


def test_delimiter_changes_what_ends_a_statement() -> None:
    script = "DELIMITER $$\nCREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW SET b = 1; $$\n"
    script += "SELECT 1; $$\nDELIMITER ;\nSELECT 2; SELECT 3"
    found = texts(script, "mysql")
    assert [text.split()[0] for text in found] == ["CREATE", "SELECT", "SELECT", "SELECT"]
    assert texts("DELIMITER //\nSELECT 1 // SELECT 2", "mysql") == ["SELECT 1", "SELECT 2"]


def test_rows_of_a_dump_and_commands_of_psql_are_passed_over() -> None:
    script = "\\connect shop\nCOPY a (b) FROM stdin;\nit's;\t1\n\\.\n\nSELECT 1;"
    assert texts(script) == ["COPY a (b) FROM stdin", "SELECT 1"]
    assert texts("COPY a FROM stdin;\n1;2;3") == ["COPY a FROM stdin"]


def test_a_template_may_hold_what_it_likes() -> None:
    script = "SELECT {{ \"a;b\" }} {% if x == ';' %} FROM t {% endif %}; SELECT 1"
    assert len(texts(script)) == 2


def test_an_open_quote_costs_the_rest_only() -> None:
    assert texts("SELECT 1; SELECT 'open; SELECT 2") == ["SELECT 1", "SELECT 'open; SELECT 2"]


def test_each_statement_knows_its_place() -> None:
    first, second = split("\n  -- hello\n  SELECT\n 1; SELECT 2", "postgresql")
    assert (first.line, first.column, second.line, second.column) == (3, 3, 4, 5)


@given(st.text(alphabet="ab;'\"-/*$\n `#\\{}%", max_size=60), st.sampled_from(ENGINES))
def test_a_statement_stands_where_it_says(text: str, engine: Engine) -> None:
    for statement in split(text, engine):
        assert text.startswith(statement.text, statement.start)
        line = text.split("\n")[statement.line - 1]
        assert line[statement.column - 1 :].startswith(statement.text.split("\n")[0])


def test_megabytes_of_rows_cost_little() -> None:
    script = "INSERT INTO t VALUES " + ",".join(["(1, 'it''s; so')"] * 300_000) + "; SELECT 1"
    start = time.process_time()
    assert len(texts(script)) == 2
    assert time.process_time() - start < 10


def test_a_rule_does_several_things_in_brackets() -> None:
    rule = "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)"
    text = f"{rule}; CREATE TABLE rule (a int); SELECT 1"
    found = [each.text for each in split(text, "postgresql")]
    assert found == [rule, "CREATE TABLE rule (a int)", "SELECT 1"]
