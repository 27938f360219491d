"""SQL in programs, found where it stands."""

from __future__ import annotations

import pytest

from be_tui.core.checking import check
from be_tui.core.checking.literals import literals, made_names
from tests.core.checking.labelled import words


def found(source: str, path: str) -> list[tuple[str, int, str]]:
    """Give rule, line and the text at each finding's place."""
    lines = source.split("\n")
    result = []
    for each in check(literals(source, path), words()):
        place = each.place
        line = lines[place.line - 1]
        end = place.end_column - 1 if place.end_line == place.line else len(line)
        result.append((each.rule, place.line, line[place.column - 1 : end]))
    return result


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        ("a.py", 'x = 1\nq = "SELECT id FROM t WHERE a = NULL"', 2),
        ("a.py", 'run("""\n    SELECT id\n    FROM t\n    WHERE a = NULL\n""", 1)', 4),
        ("a.py", 'run(f"SELECT {cols} FROM {t} WHERE b = {b} AND a = NULL")', 1),
        ("a.py", 'run("SELECT id FROM t "\n    "WHERE a = NULL")', 2),
        ("a.py", "q = 'SELECT \\'x\\' FROM t WHERE a = NULL'", 1),
        (
            "a.ts",
            "const n = 1;\nawait db.query(`SELECT id FROM t WHERE b = ${b} AND a = NULL`);",
            2,
        ),
        ("a.ts", "db.query('SELECT id FROM t WHERE a = NULL')", 1),
        ("A.java", 'class A { String q = "SELECT id FROM t WHERE a = NULL"; }', 1),
        ("A.java", 'String q = """\n    SELECT id\n    FROM t WHERE a = NULL\n    """;', 3),
        ("a.go", "package a\n\nconst q = `\n\tSELECT id\n\tFROM t\n\tWHERE a = NULL`", 6),
        ("a.go", 'package a\nvar q = "SELECT id FROM t WHERE a = NULL"', 2),
        (
            "a.go",
            'package a\nvar q = "DELETE FROM t " +\n\t"WHERE " + key + " = $1 AND a = NULL"',
            3,
        ),
        ("a.py", 'q = "DELETE FROM t " + "WHERE a = NULL"', 1),
        ("a.py", 'q = "DELETE FROM " + table + " WHERE a = NULL"', 1),
        ("a.py", 'q = "DELETE FROM %s WHERE a = NULL" % table', 1),
    ],
)
def test_a_literal_is_checked_where_it_stands(path: str, source: str, line: int) -> None:
    assert found(source, path) == [("sql-equals-null", line, "a = NULL")]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.py", '"""SELECT id FROM t WHERE a = NULL"""'),
        ("a.py", "# SELECT id FROM t WHERE a = NULL"),
        ("a.py", 'label = "Select a row from the list, or update it"'),
        ("a.py", "this is ( no Python: SELECT a FROM t"),
        ("a.ts", "// SELECT id FROM t WHERE a = NULL\nconst s = 'Update your profile';"),
        ("A.java", "/* SELECT id FROM t WHERE a = NULL */"),
        ("a.go", "// SELECT id FROM t WHERE a = NULL"),
        ("a.py", "nothing = 1"),
        ("a.py", "q = 'UPDATE t SET a = 1'\nif b:\n    q += ' WHERE b = 2'"),
        ("a.py", "q = 'DELETE FROM t'\nrun(q + clause)"),
        ("a.py", "q = 'SELECT id FROM t WHERE '"),
        ("a.go", 'package a\nvar q = "SELECT id FROM t WHERE a IN ("'),
    ],
)
def test_comments_documentation_and_plain_words_are_no_sql(path: str, source: str) -> None:
    assert literals(source, path) == ()


def statements(source: str, path: str) -> list[str]:
    return [" ".join(each.sql.split()) for each in literals(source, path)]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.py", "q = 'DELETE FROM t'\nrun(prefix + q)"),
        ("a.py", "q = 'DELETE FROM t'\nrun(f'{q} WHERE a = 1')"),
        ("a.py", "q = 'DELETE FROM t'\nw = 'WHERE a = 1'\nrun(' '.join([q, w]))"),
        ("a.go", 'package a\nq := "DELETE FROM t"\nq += " WHERE a = 1"'),
        ("a.go", 'package a\nvar q = cte() + "SELECT a FROM t"'),
        ("a.go", 'package a\nsb.WriteString("DELETE FROM t")'),
        ("a.go", 'package a\nq := qb.Q().Space("DELETE FROM t")'),
        ("a.ts", "const q = 'DELETE FROM t';\nrun(q + where)"),
        ("a.ts", "const q = `DELETE FROM t`;\nrun(`${q} WHERE a = 1`)"),
        ("a.ts", "run(`${a} ${b ? `SELECT id FROM a` : `SELECT b FROM c`}`)"),
        ("A.java", 'var q = new StringBuilder("DELETE FROM t");'),
        ("A.java", '@Query("SELECT c FROM Customer c WHERE c.name = :name")'),
        ("A.java", '@Query("SELECT new org.shop.Info(c.id) FROM Customer c")'),
        (
            "A.java",
            '@Query(value = "SELECT count(c) FROM Customer c WHERE f(g(c.id)) = 1", count = "")',
        ),
        ("A.java", '@Query(a = "(", countQuery = "" + "SELECT count(c) FROM Customer c")'),
        ("A.java", 'em.createQuery("SELECT c.id FROM Customer c");'),
        ("A.java", 'String q = "SELECT c FROM Customer c WHERE c.id = 1";'),
        ("a.go", "package a\nvar q = `SELECT a FROM t WHERE b = $`"),
        ("a.py", "q = 'WITH a AS (SELECT b FROM c WHERE (d = 1'"),
        ("A.java", '@Delete({"<script>", "delete from t", "where a IN", "</script>"})'),
        ("a.go", "package a\nvar q = `SELECT a FROM t WHERE b IN (...)`"),
    ],
)
def test_parts_of_texts_and_queries_over_objects_are_no_sql(path: str, source: str) -> None:
    assert statements(source, path) == []


@pytest.mark.parametrize(
    ("path", "source", "sql"),
    [
        (
            "a.go",
            'package a\nvar q = "SELECT a FROM t WHERE b = " + fmt.Sprintf("%d", x) + " AND c = 1"',
            "SELECT a FROM t WHERE b = {{_}} AND c = 1",
        ),
        (
            "a.go",
            "package a\nconst q = `SELECT a FROM %s WHERE b LIKE 'x%%'`",
            "SELECT a FROM {{_}} WHERE b LIKE 'x%'",
        ),
        (
            "a.go",
            "package a\nconst q = `SELECT a FROM t WHERE b LIKE '%some'`",
            "SELECT a FROM t WHERE b LIKE '%some'",
        ),
        (
            "a.ts",
            "run(`SELECT a FROM t WHERE b = ${f({c: `x${d}`})} AND e = 1`)",
            "SELECT a FROM t WHERE b = {{_}} AND e = 1",
        ),
        (
            "a.py",
            "q = 'SELECT a FROM t WHERE {cond} AND b = 1'",
            "SELECT a FROM t WHERE {{_}} AND b = 1",
        ),
        ("a.py", "q = 'SELECT {} FROM t'.format(c)", "SELECT {{_}} FROM t"),
        ("a.py", "q = 'SELECT a FROM t WHERE %(w)s' % {'w': w}", "SELECT a FROM t WHERE {{_}}"),
        (
            "A.java",
            '@Query(value = "SELECT c.id FROM customer c", nativeQuery = true)',
            "SELECT c.id FROM customer c",
        ),
        ("A.java", '@NativeQuery("SELECT c.id FROM customer c")', "SELECT c.id FROM customer c"),
        (
            "A.java",
            'em.createNativeQuery("SELECT c.id FROM customer c");',
            "SELECT c.id FROM customer c",
        ),
        (
            "a.py",
            "def f():\n    q = 'DELETE FROM t'\n    q += w\ndef g():\n    q = 'DELETE FROM u'",
            "DELETE FROM u",
        ),
    ],
)
def test_what_code_puts_in_becomes_a_mark(path: str, source: str, sql: str) -> None:
    assert statements(source, path) == [sql]


def test_a_literal_is_of_the_engine_that_its_branch_asks_for() -> None:
    source = (
        "def f(self):\n    if isinstance(self.engine, PostgresEngine):\n"
        "        q = 'SELECT a FROM t'\n    elif self.kind == 'sqlite':\n"
        "        q = 'SELECT b FROM t'\n    else:\n        q = 'SELECT c FROM t'\n"
    )
    found = literals(source, "a.py")
    assert [(each.sql, each.target.engine if each.target else "") for each in found] == [
        ("SELECT a FROM t", "postgresql"),
        ("SELECT b FROM t", "sqlite"),
    ]


@pytest.mark.parametrize(
    ("path", "source", "names"),
    [
        ("a.py", "def flush_all():\n    run('DELETE FROM t')", ("flush_all",)),
        ("a.go", "package a\nfunc (s *Store) Reset() {\n\ts.Exec(`DELETE FROM t`)\n}", ("Reset",)),
        ("a.go", "package a\nconst deleteAll = `DELETE FROM t`", ("deleteAll",)),
        ("a.ts", "export async function wipe() {\n  await run('DELETE FROM t');\n}", ("wipe",)),
        ("A.java", 'public void removeAll() {\n  run("DELETE FROM t");\n}', ("removeAll",)),
    ],
)
def test_a_literal_keeps_what_the_program_calls_it(
    path: str, source: str, names: tuple[str, ...]
) -> None:
    assert literals(source, path)[0].names == names
    assert found(source, path) == []


def test_all_rows_are_meant_only_where_a_name_says_so() -> None:
    assert [rule for rule, _, _ in found("def drop_one():\n    run('DELETE FROM t')", "a.py")] == []
    source = "def leave(user_id):\n    run('DELETE FROM t')"
    assert [rule for rule, _, _ in found(source, "a.py")] == ["sql-write-without-where"]


def test_a_program_that_fills_a_table_again_means_all_rows() -> None:
    fills = "def set_all(rows):\n    run('DELETE FROM t')\n    run('INSERT INTO t (a) VALUES (1)')"
    assert literals(fills, "a.py")[0].refilled == {"t"}
    assert found(fills, "a.py") == []
    add = "def add():\n    run('INSERT INTO t (a) VALUES (1)')"
    apart = f"def leave(user_id):\n    run('DELETE FROM t')\n{add}"
    assert [rule for rule, _, _ in found(apart, "a.py")] == ["sql-write-without-where"]


@pytest.mark.parametrize(
    ("source", "path", "told"),
    [
        ("def leave(user_id, now=None):\n    run('DELETE FROM t')", "a.py", True),
        ("def leave(now):\n    run('DELETE FROM t')", "a.py", False),
        ("def a(id):\n    pass\n\ndef b():\n    run('DELETE FROM t')", "a.py", False),
        ("run('DELETE FROM t')", "a.py", False),
        ('func leave(ctx C, userID int) {\n run("DELETE FROM t")\n}', "a.go", True),
        ('func leave(ctx C) {\n run("DELETE FROM t")\n}', "a.go", False),
        ('public void leave(Long id) {\n run("DELETE FROM t");\n}', "A.java", True),
        ("function leave(email: string) {\n run(`DELETE FROM t`)\n}", "a.ts", True),
    ],
)
def test_all_rows_are_told_of_where_a_program_knows_one(source: str, path: str, told: bool) -> None:  # noqa: FBT001 (a case)
    rules = [rule for rule, _, _ in found(source, path)]
    assert rules == (["sql-write-without-where"] if told else [])


def test_the_tables_and_columns_that_a_program_makes_are_known() -> None:
    source = (
        'x = "CREATE TEMP TABLE IF NOT EXISTS batch (id int)"\n'
        'y = "ALTER TABLE users ADD COLUMN age int"\nz = "ALTER TABLE a RENAME TO b"'
    )
    assert {"batch", "age", "b"} <= made_names(source)
