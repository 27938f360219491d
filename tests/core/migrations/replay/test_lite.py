from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import Bounds, SqliteSandbox, StatementError
from be_tui.core.migrations.replay.lite import LiteWatch
from tests.core.migrations.replay.made import step, tried, work, write

if TYPE_CHECKING:
    from pathlib import Path

TABLES = """
CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL, age int, bio text);
CREATE TABLE orders (id integer PRIMARY KEY, user_id int NOT NULL, total int NOT NULL);
"""
UP = """
ALTER TABLE users ADD COLUMN score int NOT NULL DEFAULT 0;
CREATE INDEX orders_user ON orders (user_id);
ALTER TABLE users DROP COLUMN bio;
CREATE TABLE orders_new (id integer PRIMARY KEY, user_id int NOT NULL, total bigint NOT NULL);
INSERT INTO orders_new SELECT * FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
"""
DOWN = "ALTER TABLE users DROP COLUMN score; ALTER TABLE users ADD COLUMN bio text"


def test_what_is_written_anew_is_told(tmp_path: Path) -> None:
    _, path = write(tmp_path, (TABLES, ""), (UP, DOWN))
    replay = tried(path, "sqlite", rows=3000)
    (proof,) = replay.proofs
    assert [work(proof.up, number) for number in range(1, 8)] == [
        set(),
        {("index build", "orders")},
        {("rewrite", "users")},
        set(),
        set(),
        set(),
        {("rewrite", "orders")},
    ]
    assert {wait.relation for wait in proof.up.waits} == {"the whole file"}
    assert proof.reversible is False
    assert proof.back is not None
    assert "changed: table orders" in proof.back.lines()
    users, orders = proof.rows
    assert users.not_back == ("bio",)
    assert (orders.after, orders.changed) == (3000, ())


def test_what_breaks_is_found_although_sqlite_takes_names_for_text(tmp_path: Path) -> None:
    _, path = write(tmp_path, (TABLES, ""), ("ALTER TABLE users RENAME bio TO about", ""))
    (proof,) = tried(path, "sqlite").proofs
    assert [each.split(":")[0] for each in proof.breaks] == ["users.bio"]


def test_rows_in_the_way_are_told_from_other_failures(tmp_path: Path) -> None:
    _, path = write(tmp_path, (TABLES, ""), ("CREATE UNIQUE INDEX u ON users ((1))", ""))
    (proof,) = tried(path, "sqlite").proofs
    assert proof.up.on_data
    assert proof.bare is not None
    assert not proof.bare.up.failed


@pytest.mark.parametrize("statement", [".mode box", "ATTACH 'other.db' AS other"])
def test_nothing_reaches_beyond_the_file(tmp_path: Path, statement: str) -> None:
    (path,) = write(tmp_path, (f"{statement}\n;", ""))
    (proof,) = tried(path, "sqlite").proofs
    first = step(proof.up, 1)
    assert first.failed or "no SQL" in first.unrun
    assert not (tmp_path / "other.db").exists()


def test_a_table_too_small_to_tell_is_not_told(tmp_path: Path) -> None:
    _, path = write(tmp_path, (TABLES, ""), ("ALTER TABLE users DROP COLUMN bio", ""))
    (proof,) = tried(path, "sqlite", rows=10).proofs
    assert work(proof.up, 1) == set()


def test_without_the_places_of_pages_new_tables_are_still_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("be_tui.core.migrations.replay.lite._PAGES", "SELECT * FROM none")
    with SqliteSandbox() as sandbox, sandbox.session() as session:
        session.run("CREATE TABLE t (a)")
        watch = LiteWatch(sandbox, session, Bounds())
        watch.see("CREATE TABLE n (a)")
        watch.see("DROP TABLE t")
        seen = watch.see("ALTER TABLE n RENAME TO t")
        assert [each.kind for each in seen.effects.work] == ["rewrite"]
        with pytest.raises(StatementError):
            session.run("SELECT * FROM n")


def test_sqlite_needs_no_driver_of_another_engine(tmp_path: Path) -> None:
    _, path = write(tmp_path, (TABLES, ""), ("ALTER TABLE users ADD a int", ""))
    program = (
        "import sys; sys.modules.update(psycopg=None, pymysql=None)\n"
        "from be_tui.core.migrations.replay import Given, prepare, prove\n"
        "replay = prove(prepare(Given((sys.argv[1],), engine='sqlite', rows=5)))\n"
        "assert replay.proofs[0].reached\n"
    )
    subprocess.run([sys.executable, "-c", program, path], check=True)
