"""SQL in programs, found where it stands."""

from __future__ import annotations

import pytest

from be_tui.core.checking import check
from be_tui.core.checking.literals import literals
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
