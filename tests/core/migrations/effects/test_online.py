"""How MariaDB and MySQL alter tables: told, and as a server of MariaDB takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox
from be_tui.core.migrations.effects import effects_of
from be_tui.core.schema.state import open_state
from be_tui.core.sqltext import Statement, Target
from tests.core.migrations.effects.onlines import (
    FAILS,
    begun,
    measure,
    measured,
    predicted,
    shown,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import Sandbox
    from be_tui.core.schema import SchemaState

STEP = 40
"""Each which statement is measured anew by the plain suite."""


@pytest.fixture(scope="module")
def state() -> SchemaState:
    return begun()


@pytest.fixture(scope="module")
def later() -> SchemaState:
    return begun("mariadb", (11, 4))


@pytest.fixture(scope="module")
def mysql() -> SchemaState:
    return begun("mysql", (8, 4))


def test_each_way_is_told_as_the_server_takes_it(state: SchemaState) -> None:
    wrong = {}
    for text, way in measured().items():
        told = shown(predicted(text, state))
        # A table that is renamed takes no words about the way.
        if told != way and way:
            wrong[text] = (way, told)
    assert wrong == {}
    assert len(measured()) >= 250


@pytest.fixture(scope="module")
def server(mariadb: str) -> Iterator[Sandbox]:
    with open_sandbox(mariadb) as sandbox:
        yield sandbox


def test_a_sample_is_still_taken_so(server: Sandbox) -> None:
    for text, way in measure(server, statements()[::STEP]):
        assert way == measured()[text]


@pytest.mark.slow
def test_all_is_still_taken_so(server: Sandbox) -> None:
    assert dict(measure(server, statements())) == measured()


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("ALTER TABLE plain ADD COLUMN z int", "INSTANT NONE"),
        ("ALTER TABLE plain ADD COLUMN z int FIRST", "INSTANT NONE"),
        ("ALTER TABLE worded ADD COLUMN z int", "INPLACE SHARED"),
        ("ALTER TABLE plain ADD COLUMN z int AUTO_INCREMENT UNIQUE", FAILS),
        ("ALTER TABLE bare ADD COLUMN z int AUTO_INCREMENT PRIMARY KEY", "INPLACE SHARED"),
        ("ALTER TABLE plain ADD COLUMN z int AS (c + 1) STORED", "COPY SHARED"),
        ("ALTER TABLE plain ADD COLUMN z int AS (c + 1) VIRTUAL", "INSTANT NONE"),
        ("ALTER TABLE plain ADD COLUMN z int DEFAULT (c + 1)", "COPY SHARED"),
        ("ALTER TABLE plain ADD COLUMN z int UNIQUE", "INPLACE NONE"),
        ("ALTER TABLE plain DROP COLUMN n", "INSTANT NONE"),
        ("ALTER TABLE plain DROP COLUMN c", "INPLACE NONE"),
        ("ALTER TABLE plain MODIFY n varchar(40)", "INPLACE NONE"),
        ("ALTER TABLE plain MODIFY n varchar(80)", "COPY SHARED"),
        ("ALTER TABLE plain MODIFY c bigint", "COPY SHARED"),
        ("ALTER TABLE plain MODIFY n varchar(20) NOT NULL", "INPLACE NONE"),
        ("ALTER TABLE plain MODIFY a varchar(50)", "INPLACE NONE"),
        ("ALTER TABLE plain MODIFY n varchar(20) FIRST", "INPLACE NONE"),
        ("ALTER TABLE plain MODIFY e enum('x', 'y', 'z') NOT NULL", "INSTANT NONE"),
        ("ALTER TABLE plain MODIFY e enum('z', 'x', 'y') NOT NULL", "COPY SHARED"),
        ("ALTER TABLE plain ADD INDEX z (n)", "INPLACE NONE"),
        ("ALTER TABLE plain ADD FULLTEXT INDEX z (n)", "INPLACE SHARED"),
        ("ALTER TABLE plain RENAME COLUMN n TO m", "INSTANT NONE"),
        ("ALTER TABLE plain RENAME TO other", "INSTANT EXCLUSIVE"),
        ("ALTER TABLE plain CONVERT TO CHARACTER SET latin1", "COPY SHARED"),
        ("ALTER TABLE plain FORCE", "INPLACE NONE"),
        ("ALTER TABLE worded FORCE", "COPY SHARED"),
        ("ALTER TABLE plain ENGINE=MyISAM", "COPY SHARED"),
        ("ALTER TABLE plain ADD FOREIGN KEY (parent_id) REFERENCES parents (id)", "COPY SHARED"),
        ("OPTIMIZE TABLE plain", "INPLACE NONE"),
        ("DROP INDEX c_index ON plain", "INPLACE NONE"),
        ("RENAME TABLE plain TO other", "INSTANT EXCLUSIVE"),
    ],
)
def test_mysql_is_told_of_by_its_manual(text: str, way: str, mysql: SchemaState) -> None:
    told = predicted(text, mysql)
    assert shown(told) == way
    assert all("manual" in each.because for each in told.online)


@pytest.mark.parametrize(
    ("text", "version", "way"),
    [
        ("ALTER TABLE plain ADD COLUMN z int FIRST", (8, 0, 28), "INPLACE NONE"),
        ("ALTER TABLE plain ADD COLUMN z int", (8, 0, 28), "INSTANT NONE"),
        ("ALTER TABLE plain ADD COLUMN z int", (8, 0, 11), "INPLACE NONE"),
        ("ALTER TABLE plain DROP COLUMN n", (8, 0, 28), "INPLACE NONE"),
        ("ALTER TABLE plain ADD COLUMN z int REFERENCES parents (id)", (9, 0), "COPY SHARED"),
        ("ALTER TABLE plain ADD COLUMN z int REFERENCES parents (id)", (8, 4), "INSTANT NONE"),
    ],
)
def test_older_versions_of_mysql_do_less_instantly(
    text: str, version: tuple[int, ...], way: str
) -> None:
    assert shown(predicted(text, begun("mysql", version))) == way


def test_a_foreign_key_that_is_not_checked_is_cheap_on_mysql_too(mysql: SchemaState) -> None:
    text = (
        "SET foreign_key_checks = 0; "
        "ALTER TABLE plain ADD FOREIGN KEY (parent_id) REFERENCES parents (id)"
    )
    assert shown(predicted(text, mysql)) == "INPLACE NONE"


def test_later_servers_of_mariadb_copy_while_writes_go_on(later: SchemaState) -> None:
    told = predicted("ALTER TABLE plain MODIFY c bigint", later)
    assert shown(told) == "COPY NONE"
    assert "manual" in told.online[0].because


@pytest.mark.parametrize(
    ("text", "fails"),
    [
        ("ALTER TABLE plain ADD COLUMN z int, ALGORITHM=INSTANT", False),
        ("ALTER TABLE plain MODIFY c bigint, ALGORITHM=INPLACE", True),
        ("ALTER TABLE plain MODIFY c bigint, LOCK=NONE", True),
        ("ALTER TABLE plain MODIFY c bigint, ALGORITHM=COPY, LOCK=SHARED", False),
        ("ALTER TABLE plain ADD INDEX z (n), ALGORITHM=DEFAULT", False),
    ],
)
def test_a_way_that_the_server_does_not_know_is_refused(
    text: str, *, fails: bool, state: SchemaState
) -> None:
    assert any(each.kind == "always" for each in predicted(text, state).failures) is fails


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ALTER TABLE plain ADD COLUMN z int", set()),
        ("ALTER TABLE plain ADD COLUMN z int NOT NULL", {"writes"}),
        ("ALTER TABLE plain DROP COLUMN n", {"reads", "data"}),
        ("ALTER TABLE plain CHANGE n m varchar(20)", {"reads", "writes"}),
        ("ALTER TABLE plain MODIFY c bigint DEFAULT 5", {"reads"}),
        ("ALTER TABLE plain MODIFY n varchar(10)", {"writes"}),
        ("ALTER TABLE plain MODIFY n varchar(40)", set()),
        ("ALTER TABLE plain MODIFY n varchar(20) NOT NULL", {"writes"}),
        ("ALTER TABLE plain MODIFY a varchar(50)", {"reads"}),
        ("ALTER TABLE plain ADD UNIQUE z (n)", {"writes"}),
        ("ALTER TABLE plain ADD CONSTRAINT z CHECK (c > 0)", {"writes"}),
        ("ALTER TABLE plain ADD FOREIGN KEY (parent_id) REFERENCES parents (id)", {"writes"}),
        ("RENAME TABLE plain TO other", {"reads", "writes"}),
        ("DROP TABLE plain", {"reads", "data"}),
        ("TRUNCATE TABLE plain", {"data"}),
        ("SELECT 1", set()),
    ],
)
def test_what_running_code_no_longer_finds_is_told(
    text: str, kinds: set[str], state: SchemaState
) -> None:
    assert {each.kind for each in predicted(text, state).breaks} == kinds


def test_a_table_that_is_referred_to_stays(state: SchemaState) -> None:
    assert predicted("DROP TABLE parents", state).failures[0].kind == "always"
    assert predicted("DROP TABLE children, parents", state).failures == ()


def test_a_foreign_key_keeps_one_of_the_indexes_that_it_can_use() -> None:
    state = begun()
    for text in (
        "CREATE INDEX parent_note ON children (parent_id, note)",
        "CREATE INDEX by_parent ON children (parent_id)",
    ):
        assert state.apply(Statement(text, 0, 1, 1)) is None
    state.mark()
    two = "ALTER TABLE children DROP INDEX by_parent, DROP INDEX parent_note"
    assert shown(predicted(two, state)) == "NOCOPY NONE"
    assert shown(predicted(f"{two}, DROP INDEX parent_index", state)) == FAILS


def test_what_the_migration_made_costs_nothing() -> None:
    target = Target("mariadb", (10, 11))
    state = open_state(target)
    assert state.apply(Statement("CREATE TABLE fresh (id int PRIMARY KEY, a int)", 0, 1, 1)) is None
    for text in ("ALTER TABLE fresh MODIFY a bigint", "DROP TABLE fresh"):
        found = effects_of(Statement(text, 0, 1, 1), state, target, inside_transaction=False)
        assert (found.online, found.breaks) == ((), ())


def test_a_table_that_nobody_told_of_is_not_known() -> None:
    target = Target("mysql")
    text = Statement("ALTER TABLE other ADD COLUMN z int", 0, 1, 1)
    found = effects_of(text, open_state(target), target, inside_transaction=False)
    assert not found.known
    guarded = Statement("ALTER TABLE IF EXISTS other ADD COLUMN z int", 0, 1, 1)
    assert effects_of(guarded, open_state(target), target, inside_transaction=False).known


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("ALTER TABLE plain MODIFY COLUMN missing int", FAILS),
        ("ALTER TABLE plain ADD INDEX z (missing)", FAILS),
        ("ALTER TABLE plain DROP INDEX missing", FAILS),
        ("ALTER TABLE bare DROP PRIMARY KEY", FAILS),
        ("ALTER TABLE parents DROP COLUMN id", FAILS),
        ("ALTER TABLE plain DROP INDEX IF EXISTS missing", "INSTANT NONE"),
        ("ALTER TABLE plain ADD INDEX IF NOT EXISTS c_index (n)", "INSTANT NONE"),
        ("ALTER TABLE plain MODIFY IF EXISTS missing int", "INSTANT NONE"),
        ("ALTER TABLE plain DROP FOREIGN KEY IF EXISTS missing", "INSTANT NONE"),
        ("ALTER TABLE plain MODIFY b varchar(200) COLLATE utf8mb4_bin", "NOCOPY NONE"),
        ("ALTER TABLE plain MODIFY c int AUTO_INCREMENT", "COPY SHARED"),
        ("ALTER TABLE plain MODIFY d double precision", "COPY SHARED"),
        ("ALTER TABLE plain MODIFY n national varchar(20)", "INSTANT NONE"),
        ("ALTER TABLE plain MODIFY n character varying(20)", "INSTANT NONE"),
        ("ALTER TABLE plain ADD COLUMN z int UNSIGNED ZEROFILL", "INSTANT NONE"),
        ("ALTER TABLE plain ADD COLUMN z varchar(20) COMPRESSED", "INSTANT NONE"),
        ("ALTER TABLE plain ADD COLUMN z varchar(36) DEFAULT uuid()", "COPY SHARED"),
        ("ALTER TABLE plain ADD PARTITION (PARTITION p VALUES LESS THAN (5))", "COPY SHARED"),
        ("ALTER TABLE plain DROP PARTITION p", "COPY SHARED"),
        ("ALTER TABLE plain ALTER INDEX c_index IGNORED", "INSTANT NONE"),
        ("ALTER ONLINE TABLE plain ADD COLUMN z int", "INSTANT NONE"),
        ("CREATE INDEX z USING BTREE ON plain (n)", "NOCOPY NONE"),
        ("CREATE SPATIAL INDEX z ON plain (g)", "NOCOPY SHARED"),
        ("ALTER TABLE plain ADD CONSTRAINT PRIMARY KEY USING BTREE (i)", "INPLACE NONE"),
        (
            "ALTER TABLE plain ADD CONSTRAINT FOREIGN KEY z (c, d) REFERENCES parents (id)",
            "COPY SHARED",
        ),
        ("ALTER DATABASE shop CHARACTER SET utf8mb4", ""),
        ("CREATE VIEW names AS SELECT 1", ""),
        ("DROP VIEW names", ""),
    ],
)
def test_other_spellings_are_read(text: str, way: str, state: SchemaState) -> None:
    assert shown(predicted(text, state)) == way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("ALTER TABLE squeezed ADD COLUMN z int", "INPLACE NONE"),
        ("ALTER TABLE rich DROP COLUMN computed", "INSTANT NONE"),
        ("ALTER TABLE computed DROP COLUMN v", "INPLACE NONE"),
        ("ALTER TABLE kept DROP COLUMN s", "INPLACE NONE"),
        ("ALTER TABLE kept MODIFY s int AS (c + 9) STORED", "COPY SHARED"),
        ("ALTER TABLE plain MODIFY c int AUTO_INCREMENT", "COPY SHARED"),
        ("ALTER TABLE plain ALTER CHECK a_small NOT ENFORCED", "INPLACE NONE"),
    ],
)
def test_what_of_a_table_decides_is_looked_at_for_mysql_too(
    text: str, way: str, mysql: SchemaState
) -> None:
    assert shown(predicted(text, mysql)) == way


def test_a_value_of_an_enum_that_goes_is_looked_for(state: SchemaState) -> None:
    (failure,) = predicted("ALTER TABLE plain MODIFY e enum('x') NOT NULL", state).failures
    assert failure.kind == "on data"
    assert "IN ('y')" in failure.probe
