from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import PostgresSession, StatementError
from be_tui.core.databases.postgres_server import running_server
from be_tui.core.errors import InputError
from be_tui.core.migrations.replay import Given, prepare, prove
from be_tui.core.migrations.replay import proving as module
from be_tui.core.migrations.replay.words import headline
from be_tui.core.project import Cancel
from be_tui.core.project.cancel import Cancelled
from tests.core.migrations.replay.made import NO_USERS, USERS, step, tried, work, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from be_tui.core.migrations.replay import Replay

PG = "postgresql:18"
LITE = "sqlite"
"""Where it does not matter on which engine: no server is started."""

UP = """
ALTER TABLE orders ADD CONSTRAINT owned FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE users ADD COLUMN score int NOT NULL DEFAULT 0;
ALTER TABLE users ALTER age TYPE bigint;
ALTER TABLE users DROP COLUMN bio;
"""
DOWN = """
ALTER TABLE users ADD COLUMN bio text;
ALTER TABLE users ALTER age TYPE int;
ALTER TABLE users DROP COLUMN score;
ALTER TABLE orders DROP CONSTRAINT owned;
"""


@pytest.fixture(scope="module", params=["18", pytest.param("16", marks=pytest.mark.slow)])
def replay(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Replay:
    """Give what was seen of one migration with all that there is to see."""
    _, path = write(tmp_path_factory.mktemp("m"), (USERS, NO_USERS), (UP, DOWN))
    return tried(path, f"postgresql:{request.param}")


def test_a_migration_goes_there_and_back_and_there_again(replay: Replay) -> None:
    (proof,) = replay.proofs
    assert replay.filled == (("users", 300), ("orders", 300))
    assert proof.reversible
    assert proof.again is not None
    assert not proof.again.failed
    assert (proof.back, proof.anew, proof.left) == (None, None, None)
    assert [len(run.steps) for run in replay.runs] == [4, 4, 4]


def test_rows_are_such_as_the_migration_counts_on(replay: Replay) -> None:
    (proof,) = replay.proofs
    assert work(proof.up, 1) == {("key check", "orders")}
    assert work(proof.up, 3) == {("rewrite", "users"), ("index build", "users")}


def test_others_read_and_write_what_is_locked(replay: Replay) -> None:
    (proof,) = replay.proofs
    assert {(wait.relation, wait.kind) for wait in proof.up.waits} == {
        (table, kind) for table in ("users", "orders") for kind in ("reads", "writes")
    }


def test_values_that_are_gone_for_good_are_told(replay: Replay) -> None:
    (proof,) = replay.proofs
    users, orders = proof.rows
    assert (users.table, users.before, users.after, users.back) == ("users", 300, 300, 300)
    assert (users.changed, users.not_back) == (("bio",), ("bio",))
    assert (orders.changed, orders.not_back) == ((), ())
    assert proof.breaks == ("users.bio: column users.bio does not exist",)


def test_what_is_seen_stands_beside_what_is_told(replay: Replay) -> None:
    (proof,) = replay.proofs
    for run in (proof.up, proof.down):
        assert run is not None
        for each in run.steps:
            assert each.predicted is not None
            assert each.contradictions == ()


def test_a_folder_is_tried_one_by_one(tmp_path: Path) -> None:
    write(
        tmp_path,
        ("CREATE TABLE a (id int PRIMARY KEY)", "DROP TABLE a"),
        ("CREATE TABLE b (id int PRIMARY KEY)", "DROP TABLE b"),
        ("CREATE INDEX c ON b (id)", ""),
    )
    replay = tried(str(tmp_path), LITE)
    assert [proof.reversible for proof in replay.proofs] == [True, True, None]
    assert work(replay.proofs[2].up, 1) == {("index build", "b")}
    assert headline(replay).startswith("all 3 run")
    # A table that one makes has rows before the next.
    assert replay.filled == (("a", 300), ("b", 300))
    assert [[kept.table for kept in proof.rows] for proof in replay.proofs] == [
        [],
        ["a"],
        ["a", "b"],
    ]


def test_a_way_back_that_leads_elsewhere_is_told_object_by_object(tmp_path: Path) -> None:
    _, path = write(
        tmp_path,
        (USERS, NO_USERS),
        ("DROP TABLE orders", "CREATE TABLE orders (id bigint, user_id bigint, total int)"),
    )
    (proof,) = tried(path, PG).proofs
    assert proof.reversible is False
    assert proof.back is not None
    assert "missing: constraint orders orders_pkey" in proof.back.lines()
    assert [(each.table, each.after, each.back) for each in proof.rows] == [
        ("users", 300, 300),
        ("orders", None, 0),
    ]
    assert proof.breaks == ('orders: relation "public.orders" does not exist',)


def test_a_way_back_that_fails_leaves_what_it_leaves(tmp_path: Path) -> None:
    _, path = write(
        tmp_path, (USERS, NO_USERS), ("ALTER TABLE users ADD a int", "ALTER TABLE none ADD a int")
    )
    (proof,) = tried(path, LITE).proofs
    assert proof.down is not None
    assert proof.down.failed
    assert proof.reversible is False
    assert (proof.left, proof.again) == (None, None)


def test_a_second_way_there_that_fails_is_told(tmp_path: Path) -> None:
    _, path = write(
        tmp_path,
        (USERS, NO_USERS),
        ("CREATE TABLE a (b int); CREATE VIEW t AS SELECT 1 AS a", "DROP TABLE a"),
    )
    (proof,) = tried(path, LITE).proofs
    assert proof.again is not None
    assert proof.again.failed
    assert proof.back is not None
    assert [part.kind for part in proof.back.extra] == ["view"]


def test_a_failure_ends_the_migration_and_those_after_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        (USERS, NO_USERS),
        ("ALTER TABLE users ADD a int; ALTER TABLE none ADD b int; SELECT 1", "SELECT 1"),
        ("SELECT 2", ""),
    )
    replay = tried(str(tmp_path), LITE)
    proof = replay.proofs[-1]
    assert not proof.reached
    assert step(proof.up, 2).failed
    assert step(proof.up, 3).unrun == "a statement before it failed"
    assert proof.left is None
    assert [migration.version for migration in replay.untried] == ["0003"]
    assert headline(replay) == "0002 step fails at line 1: no such table: none"


def test_what_a_failure_leaves_behind_is_told(tmp_path: Path) -> None:
    (tmp_path / "1_a.sql").write_text(
        "CREATE TABLE a (b int);\nINSERT INTO a VALUES (1), (1);\n"
        "CREATE UNIQUE INDEX CONCURRENTLY a_b ON a (b);"
    )
    (proof,) = tried(str(tmp_path / "1_a.sql"), PG).proofs
    assert step(proof.up, 3).failed
    assert proof.left is not None
    assert [(part.kind, part.name) for part in proof.left.extra] == [
        ("invalid index", "a_b"),
        ("table", "a"),
    ]


def test_generated_rows_that_are_in_the_way_are_left_out_the_second_time(tmp_path: Path) -> None:
    _, path = write(
        tmp_path,
        (USERS, NO_USERS),
        ("ALTER TABLE users ADD CHECK (id + age = 0)", DOWN),
    )
    replay = tried(path, PG)
    (proof,) = replay.proofs
    assert proof.up.on_data
    assert proof.reached
    assert proof.bare is not None
    assert work(proof.bare.up, 1) == {("scan", "users")}
    assert "generated rows were in the way" in headline(replay)


def test_those_after_one_with_rows_in_the_way_go_on_without_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        (USERS, NO_USERS),
        ("CREATE UNIQUE INDEX c ON users ((1))", ""),
        ("DROP INDEX c", ""),
    )
    replay = tried(str(tmp_path), LITE)
    assert [proof.reached for proof in replay.proofs] == [True, True, True]


@pytest.mark.slow
def test_what_is_deferred_to_the_end_is_refused_at_the_end(tmp_path: Path) -> None:
    up = (
        "CREATE TABLE a (b int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO a VALUES (1), (1)"
    )
    (path,) = write(tmp_path, (up, ""))
    replay = tried(path, PG)
    assert "duplicate key" in replay.proofs[0].up.ended_by
    assert "fails: duplicate key" in headline(replay)


def test_roles_that_are_named_only_are_made(tmp_path: Path) -> None:
    schema = tmp_path / "schema.sql"
    schema.write_text(f'{USERS} GRANT SELECT ON users TO reader, "The Boss";')
    up = "ALTER TABLE users OWNER TO boss; GRANT ALL ON orders TO PUBLIC; CREATE ROLE made"
    (path,) = write(tmp_path / "m", (up, "REVOKE ALL ON orders FROM PUBLIC; DROP ROLE made"))
    replay = tried(path, PG, schema=str(schema))
    (proof,) = replay.proofs
    assert not proof.up.failed
    assert replay.notes[0].endswith('to be named: boss, reader, "The Boss"')


def test_what_comes_before_must_work(tmp_path: Path) -> None:
    _, path = write(tmp_path, ("SELECT 1;\nALTER TABLE none ADD a int", ""), ("SELECT 1", ""))
    with pytest.raises(InputError, match="comes before, and is refused") as caught:
        tried(path, LITE)
    assert caught.value.where.endswith("0001_step.up.sql:2")


def test_what_a_schema_lacks_is_told_with_its_line(tmp_path: Path) -> None:
    schema = tmp_path / "schema.sql"
    schema.write_text(
        "SET transaction_timeout = 0;\nCREATE EXTENSION citext;\nCREATE TABLE a (b citext);"
    )
    (path,) = write(tmp_path / "m", ("SELECT 1", ""))
    with pytest.raises(InputError, match='type "citext" does not exist') as caught:
        tried(path, "postgresql:16", schema=str(schema))
    assert caught.value.where == "line 3 of the schema"
    assert "has no extension citext" in caught.value.hint


def test_a_statement_that_goes_on_for_ever_is_ended(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT count(*) FROM r"
    (path,) = write(tmp_path, (endless, ""))
    replay = tried(path, LITE, seconds=0.2)
    assert headline(replay) == "0001 step fails at line 1: it took longer than 0.2 s"


def test_it_can_be_stopped_from_elsewhere(tmp_path: Path) -> None:
    _, path = write(tmp_path, (USERS, ""), ("SELECT pg_sleep(600)", ""))
    cancel = Cancel()
    began = time.monotonic()
    threading.Timer(0.5, cancel.set).start()
    with pytest.raises(Cancelled):
        prove(prepare(Given((path,), engine=PG, rows=10)), cancel=cancel)
    assert time.monotonic() - began < 30


def test_it_can_be_stopped_while_rows_are_made(tmp_path: Path) -> None:
    _, path = write(tmp_path, (USERS, ""), ("SELECT 1", ""))
    cancel = Cancel()

    def told(what: str, share: float) -> None:
        del share
        if "rows" in what:
            cancel.set()

    with pytest.raises(Cancelled):
        prove(prepare(Given((path,), engine=LITE, rows=10)), told, cancel)


def test_a_server_that_is_gone_is_one_clear_line(tmp_path: Path) -> None:
    (path,) = write(tmp_path, ("SELECT pg_terminate_backend(pg_backend_pid())", ""))
    with pytest.raises(InputError, match="the scratch database ended") as caught:
        tried(path, PG)
    assert caught.value.where == PG


def test_a_disk_that_is_full_is_no_fault_of_a_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = write(tmp_path, ("DO $$ BEGIN RAISE 'no room' USING ERRCODE = '53100'; END $$", ""))
    with pytest.raises(InputError, match="no room; give fewer --rows"):
        tried(path, PG)
    url = "postgresql://me:secret@localhost/shop"
    trial = prepare(Given((path,), engine=PG))
    monkeypatch.setattr(trial.__class__, "where", url, raising=False)
    error = module._gone(StatementError("no room"), trial)
    assert "secret" not in str(error)


@pytest.mark.slow
def test_more_tables_than_can_be_watched_are_told(tmp_path: Path) -> None:
    tables = "".join(f"CREATE TABLE t{number} (a int);" for number in range(9))
    _, path = write(
        tmp_path,
        (tables, ""),
        ("".join(f"ALTER TABLE t{number} ADD b int;" for number in range(9)), ""),
    )
    replay = tried(path, PG, rows=0)
    assert len({wait.relation for wait in replay.proofs[0].up.waits}) == 8
    assert "others read and wrote 8 of its 9 locked tables" in replay.notes[0]


@pytest.mark.slow
def test_a_role_that_a_migration_takes_on_hides_no_rows(tmp_path: Path) -> None:
    up = """
        SET ROLE reader; RESET ROLE;
        ALTER TABLE users ENABLE ROW LEVEL SECURITY;
        ALTER TABLE users FORCE ROW LEVEL SECURITY;
        SET search_path = nowhere;
        SELECT 1"""
    _, path = write(tmp_path, (USERS, ""), (up, ""))
    (proof,) = tried(path, PG).proofs
    assert not proof.up.failed
    assert [kept.table for kept in proof.rows if kept.after] == ["orders"]


@pytest.mark.slow
def test_a_migration_with_transactions_of_its_own_is_told_rightly(tmp_path: Path) -> None:
    schema = tmp_path / "schema.sql"
    schema.write_text(USERS)
    (tmp_path / "a.sql").write_text(
        "BEGIN;\nALTER TABLE users ADD a int;\nALTER TABLE users ADD b int;\nCOMMIT;\n"
        "CREATE INDEX CONCURRENTLY users_a ON users (a);\nALTER TABLE users ADD c int;"
    )
    (proof,) = tried(str(tmp_path / "a.sql"), PG, schema=str(schema)).proofs
    assert proof.up.script.wrapping == "unknown"
    locked = [len(each.seen.effects.locks) if each.seen else None for each in proof.up.steps]
    assert locked == [0, 1, 0, 0, 1, 1]
    assert [each.contradictions for each in proof.up.steps] == [()] * 6


@pytest.fixture
def shared() -> Iterator[str]:
    """Give the URL of a server as others have them: ours are copied without `template0`."""
    server = running_server("18")
    with PostgresSession(server.address()) as session:
        session.run("CREATE DATABASE template0 TEMPLATE template1")
        yield f"postgresql://postgres:s3cret@/maintenance?host={server.sockets}"
        session.run("DROP DATABASE template0")
        left = session.run("SELECT count(*) FROM pg_database WHERE datname LIKE 'be%'").value
        roles = session.run("SELECT count(*) FROM pg_roles WHERE rolname = 'app'").value
        assert (left, roles) == ("0", "0")


def test_on_a_server_with_others_nothing_is_left(tmp_path: Path, shared: str) -> None:
    _, path = write(
        tmp_path, (USERS, ""), ("CREATE ROLE app; ALTER TABLE users ADD a int", "SELECT 1")
    )
    replay = tried(path, shared)
    (proof,) = replay.proofs
    assert "s3cret" not in replay.where
    assert "reaches beyond" in step(proof.up, 1).unrun
    assert not proof.up.failed
    assert proof.back is not None


def test_of_many_tables_only_those_concerned_are_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("be_tui.core.migrations.replay.furnishing._MANY", 2)
    tables = (
        "CREATE TABLE a (id integer PRIMARY KEY);"
        "CREATE TABLE b (a_id int REFERENCES a, c_id int REFERENCES c);"
        "CREATE TABLE c (id integer PRIMARY KEY);"
        "CREATE TABLE d (id integer PRIMARY KEY);"
    )
    _, path = write(tmp_path, (tables, ""), ("ALTER TABLE a ADD b_c int", ""))
    replay = tried(path, LITE)
    assert dict(replay.filled).keys() == {"a", "b", "c"}
    assert "tables without rows, as the migrations do not concern them: 1" in replay.notes


def test_what_came_before_and_was_not_run_is_noted(tmp_path: Path) -> None:
    head = "from alembic import op\nrevision = {0!r}\ndown_revision = {1!r}\n\ndef upgrade():\n"
    (tmp_path / "a_one.py").write_text(head.format("a", None) + "    op.execute(made())\n")
    (tmp_path / "b_two.py").write_text(head.format("b", "a") + "    op.execute('SELECT 1')\n")
    replay = tried(str(tmp_path / "b_two.py"), LITE)
    assert replay.notes[0].startswith(f"{tmp_path / 'a_one.py'}:6 was not run: ")
