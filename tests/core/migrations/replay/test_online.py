from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import Bounds, Rows, StatementError, open_sandbox
from be_tui.core.migrations.replay.online import OnlineWatch
from tests.core.migrations.replay.made import step, tried, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from be_tui.core.databases import Session

TABLES = """
CREATE TABLE users (
  id bigint AUTO_INCREMENT PRIMARY KEY, email varchar(60) NOT NULL, age int, bio text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL, total int NOT NULL);
"""


@pytest.fixture
def watch(mariadb: str) -> Iterator[OnlineWatch]:
    with open_sandbox(mariadb) as sandbox, sandbox.session() as session:
        for each in TABLES.split(";")[:2]:
            session.run(each)
        session.run("INSERT INTO users (email) VALUES ('a'), ('b')")
        yield OnlineWatch(session, sandbox.engine, Bounds())


CASES = {
    "ALTER TABLE users ADD COLUMN score int NOT NULL DEFAULT 0 FIRST -- so": "INSTANT NONE",
    "ALTER TABLE users MODIFY age bigint": "COPY SHARED",
    "ALTER TABLE `users` ADD INDEX (age)": "NOCOPY NONE",
    "CREATE INDEX i ON users (age)": "NOCOPY NONE",
    "CREATE FULLTEXT INDEX f ON users (bio)": "INPLACE SHARED",
    "ALTER TABLE users MODIFY email varchar(63) NOT NULL": "INSTANT NONE",
}


@pytest.mark.parametrize("statement", CASES)
def test_the_cheapest_way_is_found_by_asking(watch: OnlineWatch, statement: str) -> None:
    seen = watch.see(statement)
    (online,) = seen.effects.online
    assert f"{online.algorithm} {online.lock}" == CASES[statement]
    assert online.table == "users"


def test_rows_in_the_way_are_told_from_other_failures(watch: OnlineWatch) -> None:
    watch.see("UPDATE users SET email = 'a'")
    seen = watch.see("ALTER TABLE users ADD UNIQUE (email)")
    assert [each.kind for each in seen.effects.failures] == ["on data"]
    seen = watch.see("ALTER TABLE users ADD UNIQUE (none)")
    assert [each.kind for each in seen.effects.failures] == ["always"]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE users ADD COLUMN x int, ALGORITHM=INSTANT",
        "ALTER TABLE users RENAME TO people",
        "UPDATE users SET age = 3",
        "ALTER TABLE users PARTITION BY HASH (id) PARTITIONS 2",
    ],
)
def test_what_bears_no_such_words_is_run_as_it_is(watch: OnlineWatch, statement: str) -> None:
    seen = watch.see(statement)
    assert not seen.failed, seen.message
    assert seen.effects.online == ()


class Mysql:
    """A server that knows what MySQL knows, and writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def run(self, statement: str, bounds: Bounds | None = None) -> Rows:
        del bounds
        self.asked.append(" ".join(statement.split()))
        if "INPLACE, LOCK=SHARED" not in self.asked[-1]:
            raise StatementError("not so", code="1846")
        return Rows()


def test_mysql_is_asked_in_its_own_words() -> None:
    mysql = Mysql()
    session: Session = mysql  # type: ignore[assignment]
    seen = OnlineWatch(session, "mysql", Bounds()).see("ALTER TABLE t DROP c")
    assert mysql.asked == [
        "ALTER TABLE t DROP c , ALGORITHM=INSTANT",
        "ALTER TABLE t DROP c , ALGORITHM=INPLACE, LOCK=NONE",
        "ALTER TABLE t DROP c , ALGORITHM=INPLACE, LOCK=SHARED",
    ]
    assert seen.effects.online[0].algorithm == "INPLACE"


@pytest.mark.slow
def test_a_migration_is_tried_and_leaves_nothing(tmp_path: Path, mariadb: str) -> None:
    up = (
        "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id);\n"
        "ALTER TABLE users DROP COLUMN bio, MODIFY age bigint;\nDROP TABLE mysql.user;"
    )
    down = (
        "ALTER TABLE orders DROP FOREIGN KEY fk; ALTER TABLE orders DROP INDEX fk;"
        "ALTER TABLE users ADD COLUMN bio text, MODIFY age int"
    )
    _, path = write(tmp_path, (TABLES, ""), (up, down))
    replay = tried(path, mariadb, rows=100)
    (proof,) = replay.proofs
    assert step(proof.up, 3).unrun.startswith("it names the database mysql")
    assert proof.reversible
    assert proof.rows[-1].not_back == ("bio",) or proof.rows[0].not_back == ("bio",)
    waits = {(wait.relation, wait.kind): wait.seconds for wait in proof.up.waits}
    assert waits["users", "writes"] > 0
    assert "://" in replay.where
    assert "secret" not in replay.where
    with open_sandbox(mariadb) as sandbox, sandbox.session() as session:
        left = [name for (name,) in session.run("SHOW DATABASES LIKE 'be\\_tui%'").rows]
        assert len(left) == 1


@pytest.mark.slow
def test_empty_tables_are_tried_where_rows_are_in_the_way(tmp_path: Path, mariadb: str) -> None:
    up = "ALTER TABLE users ADD CHECK (age + age = 7)"
    _, path = write(tmp_path, (TABLES, ""), (up, ""))
    (proof,) = tried(path, mariadb, rows=20).proofs
    assert proof.up.on_data
    assert proof.bare is not None
    assert not proof.bare.up.failed
