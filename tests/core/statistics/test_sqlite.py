from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.statistics import read_sqlite_statistics
from be_tui.core.statistics import sqlite as reading

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "shop.sqlite")


def run(path: str, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def filled(path: str, rows: int) -> None:
    run(
        path,
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INT, state TEXT, note, data BLOB)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
        f"{rows}) INSERT INTO posts SELECT i, (i * 7919) % 487,"
        " CASE WHEN i % 10 THEN 'published' ELSE 'draft' END,"
        " CASE WHEN i % 4 = 0 THEN 'n' || i END, x'00ff' FROM n",
    )


def test_values_are_told_from_a_sample(path: str) -> None:
    filled(path, 20_000)
    table = read_sqlite_statistics(path).of("posts")
    assert table is not None
    assert table.rows == 20_000
    assert table.pages > 50
    state, key, user = (table.column(name) for name in ("state", "id", "user_id"))
    assert state is not None
    assert key is not None
    assert user is not None
    assert [each.value for each in state.common] == ["published", "draft"]
    assert state.common[1].share == pytest.approx(0.1, abs=0.02)
    assert state.distinct == 2
    assert key.distinct == -1
    assert user.values(table.rows) == pytest.approx(487, rel=0.1)
    note = table.column("note")
    assert note is not None
    assert note.null_share == pytest.approx(0.75, abs=0.02)
    data = table.column("data")
    assert data is not None
    assert data.common[0].value == "X'00FF'"


def test_bounds_stand_in_the_order_of_their_values(path: str) -> None:
    filled(path, 3000)
    table = read_sqlite_statistics(path).of("posts")
    assert table is not None
    key = table.column("id")
    assert key is not None
    numbers = [int(each) for each in key.bounds]
    assert numbers == sorted(numbers)
    assert (numbers[0], numbers[-1], len(numbers)) == (1, 3000, 51)


def test_what_analyze_left_is_taken(path: str) -> None:
    filled(path, 1000)
    run(path, "CREATE INDEX by_user ON posts (user_id, id)", "ANALYZE")
    found = read_sqlite_statistics(path)
    index = found.of("by_user")
    assert index is not None
    assert (index.table, index.rows, index.per_key) == ("posts", 1000, (3.0, 1.0))
    assert "ANALYZE and a sample" in found.source


def test_many_rows_are_counted_by_their_numbers(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path, 3000)
    monkeypatch.setattr(reading, "_COUNTED", 1000)
    table = read_sqlite_statistics(path).of("posts")
    assert table is not None
    assert table.rows == 3000


def test_tables_without_rows_or_row_numbers_are_read(path: str) -> None:
    run(
        path,
        "CREATE TABLE empty (a, b)",
        "CREATE TABLE pairs (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID",
        "INSERT INTO pairs VALUES (1, 'n'), (1, 'x')",
        'CREATE TABLE "odd "" name" ("a b")',
        "CREATE TABLE void (a)",
        "INSERT INTO void VALUES (NULL)",
    )
    found = read_sqlite_statistics(path)
    empty, pairs, void = found.of("empty"), found.of("pairs"), found.of("void")
    assert empty is not None
    assert pairs is not None
    assert void is not None
    assert (empty.rows, empty.pages, pairs.rows) == (0, 0, 2)
    assert void.columns[0].null_share == 1
    assert found.of('odd " name') is not None


def test_what_takes_too_long_is_left_out_and_told(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, 20_000)
    monkeypatch.setattr(reading, "_SECONDS", -1.0)
    monkeypatch.setattr(reading, "_STEPS", 1000)
    found = read_sqlite_statistics(path)
    assert found.tables == ()
    assert found.left_out == ("posts: not looked at within -1 s",)


def test_a_table_that_cannot_be_read_costs_that_table(path: str) -> None:
    run(path, "CREATE TABLE ok (a)", "CREATE VIRTUAL TABLE words USING fts5(a)")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute(
            "UPDATE sqlite_master SET sql = 'CREATE VIRTUAL TABLE words USING unheard_of(a)'"
            " WHERE name = 'words'"
        )
        db.commit()
    found = read_sqlite_statistics(path)
    assert found.of("ok") is not None
    assert any(line.startswith("words: ") for line in found.left_out)


@pytest.mark.parametrize("content", [None, b"no database of SQLite at all, but long enough" * 9])
def test_what_is_no_database_is_told(path: str, content: bytes | None) -> None:
    if content is not None:
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(content)
    with pytest.raises(InputError, match="cannot be read as SQLite"):
        read_sqlite_statistics(path)


def test_values_that_stand_together_are_counted_by_their_runs(path: str) -> None:
    run(
        path,
        "CREATE TABLE lines (id INTEGER PRIMARY KEY, of_order INT, back INT, part INT)",
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 40000)"
        " INSERT INTO lines SELECT i, i / 4, -i / 20, (i * 7919) % 5003 FROM n",
    )
    table = read_sqlite_statistics(path).of("lines")
    assert table is not None
    order, back, part = (table.column(name) for name in ("of_order", "back", "part"))
    assert order is not None
    assert back is not None
    assert part is not None
    assert order.values(table.rows) == pytest.approx(10_000, rel=0.05)
    assert order.common == ()
    assert order.correlation == pytest.approx(1.0, abs=0.01)
    assert back.values(table.rows) == pytest.approx(2_000, rel=0.2)
    assert back.correlation == pytest.approx(-1.0, abs=0.01)
    assert part.correlation == pytest.approx(0.0, abs=0.1)


def test_what_analyze_counted_goes_before_the_sample(path: str) -> None:
    filled(path, 20_000)
    run(path, "CREATE INDEX by_user ON posts (user_id)", "CREATE INDEX by_note ON posts (note)")
    run(path, "CREATE INDEX by_half ON posts (id / 2)", "ANALYZE")
    table = read_sqlite_statistics(path).of("posts")
    assert table is not None
    user, note = table.column("user_id"), table.column("note")
    assert user is not None
    assert note is not None
    assert user.distinct == pytest.approx(20_000 / 42)
    assert note.distinct is not None
    assert note.distinct < 0


def test_a_single_value_stands_in_its_order(path: str) -> None:
    run(path, "CREATE TABLE one (a INT, b INT)", "INSERT INTO one VALUES (1, NULL)")
    table = read_sqlite_statistics(path).of("one")
    assert table is not None
    assert [each.correlation for each in table.columns] == [1.0, None]
