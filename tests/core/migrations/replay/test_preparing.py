from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import SqliteSandbox, open_sandbox
from be_tui.core.databases.urls import parse
from be_tui.core.errors import InputError
from be_tui.core.migrations.replay import Given, findings, prepare, prove
from be_tui.core.sqltext import Target
from tests.core.migrations.replay.made import USERS, write

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_has_those_of_its_folder_before_it(tmp_path: Path) -> None:
    paths = write(tmp_path, (USERS, ""), ("SELECT 1", ""), ("SELECT 2", ""))
    trial = prepare(Given((paths[1],)))
    assert [each.version for each in trial.before] == ["0001"]
    assert [each.version for each in trial.migrations] == ["0002"]
    assert trial.where == "postgresql"
    assert prepare(Given((str(tmp_path),))).before == ()
    assert prepare(Given((*paths[1:],))).before == trial.before


def test_files_without_an_order_stand_alone(tmp_path: Path) -> None:
    for name in ("a.sql", "b.sql", "1_c.sql", "2_d.sql"):
        (tmp_path / name).write_text("SELECT 1")
    assert prepare(Given((str(tmp_path / "b.sql"),))).before == ()
    before = prepare(Given((str(tmp_path / "2_d.sql"),))).before
    assert str(tmp_path / "1_c.sql") in [each.path for each in before]


def test_where_it_is_tried_is_what_the_sql_is_for(tmp_path: Path) -> None:
    (path,) = write(tmp_path, ("SELECT 1", ""))
    said = [
        (Given((path,), target=Target("sqlite")), "sqlite"),
        (Given((path,), target=Target("postgresql", (16, 2))), "postgresql:16"),
        (Given((path,), engine="sqlite"), "sqlite"),
        (Given((path,), engine="mariadb://h/"), "mariadb://h/"),
    ]
    for given, where in said:
        trial = prepare(given)
        assert trial.where == where
        assert trial.target.engine == where.partition(":")[0]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target("postgresql", (13,)), "PostgreSQL 13 is not here to try it on"),
        (Target("mysql"), "a server of mysql is needed to try it"),
    ],
)
def test_nowhere_to_try_it_is_told(tmp_path: Path, target: Target, words: str) -> None:
    (path,) = write(tmp_path, ("SELECT 1", ""))
    with pytest.raises(InputError, match=words) as caught:
        prepare(Given((path,), target=target))
    assert "--engine" in caught.value.hint


def test_two_tellers_of_what_is_there_before_are_one_too_many(tmp_path: Path) -> None:
    (path,) = write(tmp_path, ("SELECT 1", ""))
    with pytest.raises(InputError, match="give one of them"):
        prepare(Given((path,), schema="a.sql", database="a.sqlite"))


def test_a_file_that_cannot_be_read_is_told_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.sql"
    path.write_bytes(b"SELECT '\xff';")
    with pytest.raises(InputError, match="byte 0xff is not UTF-8") as caught:
        prepare(Given((str(path),)))
    assert caught.value.where == f"{path}:1"


def test_an_empty_folder_has_no_migration(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no migration was found"):
        prepare(Given((str(tmp_path),)))


def test_a_file_of_sqlite_tells_its_tables(tmp_path: Path) -> None:
    (path,) = write(tmp_path / "m", ("ALTER TABLE users ADD a int", ""))
    with SqliteSandbox() as sandbox, sandbox.session() as session:
        session.run("CREATE TABLE users (id integer PRIMARY KEY)")
        trial = prepare(Given((path,), database=str(sandbox.path), rows=5))
        replay = prove(trial)
        assert session.run("SELECT count(*) FROM users").value == "0"
    assert (trial.where, trial.before) == ("sqlite", ())
    assert replay.filled == (("users", 5),)
    assert not replay.proofs[0].up.failed


@pytest.mark.slow
def test_a_database_of_postgresql_tells_its_tables(tmp_path: Path) -> None:
    (path,) = write(tmp_path / "m", ("ALTER TABLE users ADD a int", "ALTER TABLE users DROP a"))
    with open_sandbox("postgresql:16") as sandbox, sandbox.session() as session:
        session.run("CREATE TABLE users (id int PRIMARY KEY, at timestamptz DEFAULT now())")
        address = sandbox._address  # type: ignore[attr-defined]
        parts = dict(each.split("=") for each in address.split())
        url = f"postgresql://{parts['user']}@/{parts['dbname']}?host={parts['host']}"
        trial = prepare(Given((path,), database=url, rows=5))
    assert trial.where == "postgresql:16"
    assert "CREATE TABLE public.users" in trial.ddl
    replay = prove(trial)
    assert replay.proofs[0].reversible
    assert replay.filled == (("users", 5),)


@pytest.mark.slow
def test_a_database_of_mariadb_tells_its_tables_and_has_the_scratch_one(
    tmp_path: Path, mariadb: str
) -> None:
    (path,) = write(tmp_path / "m", ("ALTER TABLE users ADD a int", ""))
    with open_sandbox(mariadb) as sandbox, sandbox.session() as session:
        session.run("CREATE TABLE users (id int PRIMARY KEY)")
        session.run("CREATE TABLE a (user_id int, FOREIGN KEY (user_id) REFERENCES users (id))")
        session.run("CREATE VIEW v AS SELECT id FROM users")
        name = session.run("SELECT database()").value
        base, _, query = mariadb.partition("?")
        trial = prepare(Given((path,), database=f"{base.rstrip('/')}/{name}?{query}", rows=5))
        replay = prove(trial)
        assert session.run("SELECT count(*) FROM users").value == "0"
    assert trial.target.engine == "mariadb"
    assert parse(trial.where).engine == "mariadb"
    assert not replay.proofs[0].up.failed


def test_commands_of_psql_that_matter_are_told(tmp_path: Path) -> None:
    text = "\\set x 1\nCREATE TABLE a (b int);\n\\i more.sql\nCOPY a FROM stdin;\n1\n\\.\n\\! rm"
    paths = write(tmp_path, ("SELECT 1", ""), (text, "\\connect shop\nSELECT 1"))
    trial = prepare(Given((paths[1],)))
    (migration,) = trial.migrations
    assert migration.down is not None
    told = [(each.statement.line, each.message) for each in migration.up.unread]
    told += [(each.statement.line, each.message) for each in migration.down.unread]
    assert told == [
        (3, r"`\i more.sql` is a command of psql, which is no SQL"),
        (7, r"`\! rm` is a command of psql, which is no SQL"),
        (1, r"`\connect shop` is a command of psql, which is no SQL"),
    ]
    (lite,) = prepare(Given((paths[1],), engine="sqlite")).migrations
    assert lite.up.unread == ()
    alone = prepare(Given((paths[0],), engine="sqlite", rows=0))
    told_on = replace(
        alone.migrations[0], up=replace(alone.migrations[0].up, unread=migration.up.unread)
    )
    found = findings(prove(replace(alone, migrations=(told_on,))))
    assert [(each.rule, each.place.line) for each in found][:2] == [
        ("proof-not-run", 3),
        ("proof-not-run", 7),
    ]
