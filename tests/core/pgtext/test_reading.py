from __future__ import annotations

import pytest

from be_tui.core.pgtext import PgStatement, deparse, inner_statements, read, read_statement
from be_tui.core.sqltext import Statement, Unread


def one(text: str) -> PgStatement:
    (found,) = read(text)
    assert isinstance(found, PgStatement)
    return found


def test_each_statement_is_read_with_its_kind_and_place() -> None:
    first, second = read("CREATE TABLE a (id int);\n  DROP TABLE a;")
    assert isinstance(first, PgStatement)
    assert isinstance(second, PgStatement)
    assert (first.kind, second.kind) == ("create_stmt", "drop_stmt")
    assert (second.statement.line, second.statement.column) == (2, 3)


def test_one_that_does_not_parse_costs_itself_only() -> None:
    good, bad, last = read("SELECT 1; SELECT 'é' FROM FROM; SELECT 2")
    assert isinstance(good, PgStatement)
    assert isinstance(last, PgStatement)
    assert isinstance(bad, Unread)
    assert bad.message == 'does not parse as postgresql: syntax error at or near "FROM"'
    assert bad.statement.text[bad.offset :] == "FROM"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT '\0'", "NUL"),
        ("SELECT '\ud800'", "half a character"),
        ("SELECT 1; SELECT 2", "several statements"),
        ("-- nothing", "nothing stands here"),
        ("SELECT " + " || ".join(["a"] * 3000), "nested deeper"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_line(text: str, said: str) -> None:
    found = read_statement(Statement(text, 0, 1, 1))
    assert isinstance(found, Unread)
    assert said in found.message


def test_a_node_is_placed_in_its_file_by_characters() -> None:
    found = one("\n  SELECT 'é',\n     b")
    column = found.node.target_list[1].res_target.val.column_ref
    place = found.place("a.sql", column.location, 1)
    assert (place.line, place.column, place.end_column) == (3, 6, 7)
    assert found.place("a.sql", found.node.target_list[0].res_target.location).column == 10


def test_a_node_is_written_as_sql_again() -> None:
    found = one("alter table T add  c int")
    assert deparse(found.node) == "ALTER TABLE t ADD COLUMN c int"
    expression = one("SELECT  a+1").node.target_list[0].res_target.val
    assert deparse(expression) == "a + 1"
    with pytest.raises(ValueError, match="is not a statement"):
        deparse(one("SELECT 1 FROM t").node.from_clause[0].range_var.alias)


BLOCK = """DO $$
DECLARE r record;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type) THEN
    CREATE TYPE mood AS ENUM ('x');
  END IF;
  EXECUTE 'ALTER TABLE t ADD c text DEFAULT ''a''';
  FOR r IN SELECT * FROM t LOOP
    EXECUTE format('DROP TABLE %I', r.name);
  END LOOP;
  BEGIN
    ALTER TABLE t ADD d int;
  EXCEPTION WHEN duplicate_column THEN NULL;
  END;
  PERFORM f();
END $$"""


def test_a_block_is_read_as_far_as_its_text_says_it() -> None:
    read_inside = inner_statements(one(BLOCK))
    assert [
        (each.statement.statement.text, each.statement.statement.line, each.conditional)
        for each in read_inside.statements
    ] == [
        ("CREATE TYPE mood AS ENUM ('x')", 5, True),
        ("ALTER TABLE t ADD c text DEFAULT 'a'", 7, False),
        ("ALTER TABLE t ADD d int", 12, True),
        ("SELECT f()", 15, False),
    ]
    (unread,) = read_inside.unread
    assert unread.statement.line == 9
    assert "put together when it runs" in unread.message


def test_an_inner_statement_has_the_column_that_it_stands_in() -> None:
    (found,) = inner_statements(one("DO $$ BEGIN  DROP TABLE é; END $$")).statements
    assert found.statement.statement.column == 14
    (executed,) = inner_statements(one("DO $$ BEGIN EXECUTE 'DROP TABLE x'; END $$")).statements
    assert executed.statement.statement.column == 22


def test_a_function_in_sql_is_read_too_and_one_in_another_language_is_told() -> None:
    sql = one("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM t; SELECT 1'")
    assert [each.statement.kind for each in inner_statements(sql).statements] == [
        "delete_stmt",
        "select_stmt",
    ]
    other = one("CREATE FUNCTION f() RETURNS void LANGUAGE plpython3u AS 'pass'")
    assert "plpython3u" in inner_statements(other).unread[0].message
    assert inner_statements(one("SELECT 1")).statements == ()


def test_a_body_that_does_not_parse_is_told() -> None:
    (unread,) = inner_statements(one("DO $$ BEGIN IF END $$")).unread
    assert unread.message.startswith("its body cannot be read")
    bad = inner_statements(one("DO $$ BEGIN EXECUTE 'SELECT FROM FROM'; END $$"))
    assert "does not parse" in bad.unread[0].message


def test_what_a_template_will_put_there_is_read_as_a_name() -> None:
    found = one("CREATE TABLE {{ name }} (id int)")
    assert found.statement.text == "CREATE TABLE {{ name }} (id int)"
    assert found.place("", found.node.table_elts[0].column_def.location).column == 26
    (bad,) = read("CREATE TABLE {{ name }} (id")
    assert isinstance(bad, Unread)
    assert bad.statement.text == "CREATE TABLE {{ name }} (id"
