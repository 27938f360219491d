"""DDL of MySQL, MariaDB and SQLite by its words: all that it says, and changes of all kinds."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.schema import Schema, Table, open_state, read_schema
from be_tui.core.schema.lite.expressions import expression, type_of
from be_tui.core.schema.lite.tokens import Cursor, bare, tokens_of
from be_tui.core.sqltext import Engine, Target, split

MADE = r"""CREATE TABLE `t` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'it''s',
  `email` varchar(200) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'a\'b',
  v int GENERATED ALWAYS AS (`id` + 1) VIRTUAL, s int AS (id*2) STORED, w int AS (1) PERSISTENT,
  u timestamp(3) NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
  p int INVISIBLE CHECK (p > 0), g geometry SRID 4326, plain char(3) ASCII, n int DEFAULT NULL,
  k int KEY, q int UNIQUE KEY REFERENCES o (id) ON DELETE NO ACTION,
  PRIMARY KEY USING BTREE (`id`), UNIQUE KEY `e` (`email`(20)), UNIQUE INDEX hidden (p) INVISIBLE,
  KEY `n` (`u` DESC, (lower(`email`))) USING HASH COMMENT 'x' /*!80000 INVISIBLE */,
  FULLTEXT KEY `f` (`email`), SPATIAL INDEX (g), INDEX ig (n) IGNORED, INDEX ni (n) NOT IGNORED,
  CONSTRAINT `c` CHECK ((`id` > 0)) /*!80016 NOT ENFORCED */,
  CONSTRAINT `fk` FOREIGN KEY own (`p`) REFERENCES db.`O` (`Id`) ON DELETE CASCADE
    ON UPDATE SET NULL,
  FOREIGN KEY (n) REFERENCES o (id) MATCH FULL ON DELETE RESTRICT
) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=latin1 COLLATE=latin1_bin ROW_FORMAT=DYNAMIC
  DATA DIRECTORY='/x' COMMENT='who''s' /*!50100 PARTITION BY HASH (`id`) PARTITIONS 4 */"""


def schema_of(text: str, engine: Engine = "mysql") -> Schema:
    read = read_schema(text, Target(engine), "s.sql")
    assert read.unread == ()
    return read.schema


def table_of(text: str, engine: Engine = "mysql") -> Table:
    return schema_of(text, engine).tables[0]


def test_all_that_a_table_of_mysql_says_is_kept() -> None:
    table = table_of(MADE)
    columns = {each.name.text: each for each in table.columns}
    assert (columns["id"].auto, columns["id"].comment) == ("auto_increment", "it's")
    assert (columns["email"].charset, columns["email"].collation) == ("", "")
    assert columns["email"].default == "'a''b'"
    assert [columns[each].virtual for each in "vsw"] == [True, False, False]
    assert [columns[each].generated for each in "vsw"] == ["id + 1", "id * 2", "1"]
    assert (columns["u"].default, columns["u"].on_update) == ("CURRENT_TIMESTAMP(3)", True)
    assert (columns["plain"].charset, columns["n"].default) == ("", "")
    assert table.primary_key is not None
    assert table.primary_key.columns == ("id",)
    assert [(each.name, each.columns, each.prefixes) for each in table.uniques] == [
        ("", ("q",), ()),
        ("e", ("email",), (20,)),
    ]
    found = {each.name: each for each in table.indexes}
    assert (found["hidden"].unique, found["hidden"].visible) == (True, False)
    assert (found["n"].method, found["n"].comment, found["n"].visible) == ("hash", "x", False)
    assert [each.expression for each in found["n"].parts] == ["u", "lower(email)"]
    assert (found["f"].method, found[""].method) == ("fulltext", "spatial")
    assert (found["ig"].visible, found["ni"].visible) == (False, True)
    assert [(each.name, each.expression, each.enforced) for each in table.checks] == [
        ("", "p > 0", True),
        ("c", "id > 0", False),
    ]
    assert [
        (each.name, each.table, each.on_delete, each.on_update) for each in table.foreign_keys
    ] == [
        ("", "o", "", ""),
        ("fk", "o", "CASCADE", "SET NULL"),
        ("", "o", "", ""),
    ]
    assert table.foreign_keys[1].namespace == "db"
    assert table.foreign_keys[2].match == "FULL"
    assert (table.storage, table.charset, table.collation) == ("innodb", "latin1", "latin1_bin")
    assert (table.options, table.comment) == (("ROW_FORMAT=DYNAMIC",), "who's")
    assert (table.partitioned, table.partition_by) == (True, "HASH (id) PARTITIONS 4")


BASE = """CREATE TABLE t (a int PRIMARY KEY, b varchar(9) CHARACTER SET latin1, c int, d int,
  KEY i (b), UNIQUE u (c), CONSTRAINT k CHECK (d > 0),
  CONSTRAINT f FOREIGN KEY (d) REFERENCES o (id));
CREATE TABLE o (id int PRIMARY KEY, t_a int, FOREIGN KEY (t_a) REFERENCES t (a));"""


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("ADD COLUMN x int FIRST", "[each.name.text for each in t.columns][0] == 'x'"),
        ("ADD x int AFTER a", "[each.name.text for each in t.columns][:2] == ['a', 'x']"),
        ("ADD (x int, y int)", "len(t.columns) == 6"),
        ("ADD COLUMN IF NOT EXISTS a text", "len(t.columns) == 4"),
        ("ADD PARTITION (PARTITION p1 VALUES LESS THAN (3))", "len(t.columns) == 4"),
        ("ADD INDEX j (a), ADD FULLTEXT INDEX w (b)", "t.indexes[2].method == 'fulltext'"),
        ("ADD CONSTRAINT n UNIQUE KEY (d)", "t.uniques[1].name == 'n'"),
        ("MODIFY b text NOT NULL AFTER d", "t.columns[3].type.name == 'text'"),
        ("MODIFY COLUMN b varchar(20)", "str(t.columns[1].type) == 'varchar(20)'"),
        ("CHANGE b z bigint", "t.indexes[0].columns == ('z',)"),
        ("CHANGE nope z bigint", "len(t.columns) == 4"),
        ("DROP COLUMN b", "t.indexes == ()"),
        ("DROP c", "t.uniques == ()"),
        ("DROP PRIMARY KEY", "t.primary_key is None"),
        ("DROP INDEX i, DROP KEY u", "(t.indexes, t.uniques) == ((), ())"),
        ("DROP FOREIGN KEY f", "t.foreign_keys == ()"),
        ("DROP CHECK k", "t.checks == ()"),
        ("DROP CONSTRAINT IF EXISTS k", "t.checks == ()"),
        ("DROP PARTITION p1", "len(t.columns) == 4"),
        ("RENAME INDEX i TO j", "t.indexes[0].name == 'j'"),
        ("RENAME KEY u TO w", "t.uniques[0].name == 'w'"),
        ("RENAME COLUMN a TO z", "s.tables[1].foreign_keys[0].targets == ('z',)"),
        ("RENAME TO z", "s.tables[1].foreign_keys[0].table == 'z'"),
        ("RENAME z", "t.name.text == 'z'"),
        ("ALTER c SET DEFAULT 5", "t.columns[2].default == '5'"),
        ("ALTER COLUMN c SET DEFAULT (1 + 2), ALTER c DROP DEFAULT", "t.columns[2].default == ''"),
        ("ALTER INDEX i INVISIBLE", "not t.indexes[0].visible"),
        ("ALTER CHECK k NOT ENFORCED", "not t.checks[0].enforced"),
        ("CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "t.columns[1].charset == ''"),
        ("ENGINE=MyISAM, COMMENT='c', ROW_FORMAT=COMPRESSED", "t.storage == 'myisam'"),
        ("DEFAULT CHARACTER SET latin1", "t.charset == 'latin1'"),
        ("ADD x int, ALGORITHM=INSTANT, LOCK=NONE", "len(t.columns) == 5"),
        ("ORDER BY a", "len(t.columns) == 4"),
    ],
)
def test_a_table_of_mysql_is_altered(action: str, told: str) -> None:
    schema = schema_of(f"{BASE} ALTER TABLE t {action}")
    assert eval(told, {"s": schema, "t": schema.tables[0]})


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("RENAME TABLE t TO x, o TO y", "[e.name.text for e in s.tables] == ['x', 'y']"),
        ("CREATE FULLTEXT INDEX w ON t (b)", "s.tables[0].indexes[1].method == 'fulltext'"),
        (
            "CREATE UNIQUE INDEX w ON t (b(4) DESC) ALGORITHM=INPLACE",
            "s.tables[0].indexes[1].unique",
        ),
        ("CREATE INDEX w USING HASH ON t (b) INVISIBLE", "not s.tables[0].indexes[1].visible"),
        ("CREATE INDEX w ON nope (b)", "len(s.tables) == 2"),
        ("DROP INDEX u ON t ALGORITHM=INPLACE", "s.tables[0].uniques == ()"),
        ("DROP TABLE IF EXISTS o, nope", "len(s.tables) == 1"),
        ("CREATE TABLE x LIKE t", "len(s.tables[2].columns) == 4 and not s.tables[2].foreign_keys"),
        ("CREATE TABLE x (LIKE nope)", "not s.tables[2].complete"),
        ("CREATE TABLE IF NOT EXISTS t (z int)", "len(s.tables) == 2"),
        ("CREATE TEMPORARY TABLE x (z int)", "s.tables[2].temporary"),
        ("CREATE TABLE x (z int) AS SELECT 1", "not s.tables[2].complete"),
        ("CREATE TABLE x (a int, PERIOD FOR SYSTEM_TIME (a, a))", "len(s.tables[2].columns) == 1"),
        (
            """CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`a`@`%` SQL SECURITY DEFINER VIEW v (n) AS
               SELECT a FROM t WITH LOCAL CHECK OPTION""",
            "(s.views[0].columns, s.views[0].check_option) == (('n',), 'local')",
        ),
        ("CREATE VIEW v AS SELECT 1; DROP VIEW v", "s.views == ()"),
        (
            "CREATE DEFINER=`r`@`h` TRIGGER `g` BEFORE UPDATE ON `t` FOR EACH ROW SET NEW.a = 1",
            "s.triggers[0].definition[:35] == 'CREATE TRIGGER g BEFORE UPDATE ON t'",
        ),
        (
            "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @a = 1; DROP TRIGGER g",
            "s.triggers == ()",
        ),
        (
            "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @a = 1; DROP TABLE t",
            "s.triggers == ()",
        ),
        (
            "CREATE PROCEDURE p(IN a INT) BEGIN SELECT 1; END",
            "s.routines[0].arguments == 'IN a INT'",
        ),
        ("CREATE FUNCTION f() RETURNS int RETURN 1", "s.routines[0].returns == 'int'"),
        ("CREATE FUNCTION f() RETURNS int RETURN 1; DROP FUNCTION f", "s.routines == ()"),
        ("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1", "s.others[0].kind == 'event'"),
        ("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1; DROP EVENT e", "s.others == ()"),
        ("CREATE SEQUENCE q START WITH 3", "s.sequences[0].options == 'START WITH 3'"),
        ("CREATE SEQUENCE q; DROP SEQUENCE q", "s.sequences == ()"),
        ("ALTER DATABASE x CHARACTER SET utf8mb4", "len(s.tables) == 2"),
        ("ALTER TABLE nope ADD x int", "len(s.tables) == 2"),
        ("ALTER ONLINE TABLE t WAIT 5 ADD x int", "len(s.tables[0].columns) == 5"),
        ("CREATE USER x", "len(s.tables) == 2"),
    ],
)
def test_other_statements_of_mysql_are_read(statement: str, told: str) -> None:
    assert eval(told, {"s": schema_of(f"{BASE} {statement}")})


SQLITE = """CREATE TABLE "a b" (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT COLLATE NOCASE,
  c INT NOT NULL ON CONFLICT IGNORE DEFAULT (1 + 2), d AS (key || 'x'),
  [e f] TEXT UNIQUE ON CONFLICT FAIL,
  g REFERENCES o ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT n CHECK (c <> 3)) STRICT;
CREATE TABLE w (a INT, b INT, PRIMARY KEY (a DESC, b)) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS main.i ON w (b COLLATE NOCASE DESC, lower(a), a + b)
  WHERE b IS NOT NULL;
CREATE VIRTUAL TABLE f USING fts5(a, b);
CREATE TRIGGER t AFTER UPDATE OF a ON w BEGIN SELECT 1; END;"""


def test_all_that_a_table_of_sqlite_says_is_kept() -> None:
    schema = schema_of(SQLITE, "sqlite")
    first, second, third = schema.tables
    columns = {each.name.text: each for each in first.columns}
    assert columns["id"].auto == "auto_increment"
    assert (columns["key"].collation, columns["c"].default) == ("NOCASE", "1 + 2")
    assert (columns["d"].generated, columns["d"].virtual) == ("key || 'x'", True)
    assert first.foreign_keys[0].on_delete == "RESTRICT"
    assert first.foreign_keys[0].deferred
    assert (first.strict, first.rowid, second.rowid) == (True, True, False)
    assert (first.checks[0].name, first.uniques[0].columns) == ("n", ("e f",))
    (index,) = second.indexes
    assert (index.unique, index.where) == (True, "NOT b IS NULL")
    assert [each.expression for each in index.parts] == ["b", "lower(a)", "a + b"]
    assert (index.parts[0].collation, index.parts[0].descending) == ("NOCASE", True)
    assert (third.complete, third.storage) == (False, "virtual")
    assert (schema.triggers[0].table, schema.triggers[0].on_update) == ("w", True)


def test_sqlite_takes_what_is_read_here() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SQLITE.partition("CREATE VIRTUAL")[0].replace(") STRICT;", ");"))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE w RENAME TO z", "s.tables[1].name.text == 'z'"),
        ("ALTER TABLE w RENAME b TO c", "s.tables[1].columns[1].name.text == 'c'"),
        ("ALTER TABLE w RENAME COLUMN b TO c", "s.tables[1].indexes[0].columns[0] == 'c'"),
        ("ALTER TABLE w ADD COLUMN x int DEFAULT 3", "s.tables[1].columns[2].default == '3'"),
        ("ALTER TABLE w ADD x", "s.tables[1].columns[2].type.name == ''"),
        ("ALTER TABLE w DROP COLUMN b", "s.tables[1].indexes == ()"),
        ("DROP INDEX main.i", "s.tables[1].indexes == ()"),
        ("CREATE TEMP TABLE temp.q AS SELECT 1", "s.tables[3].namespace == ''"),
    ],
)
def test_a_table_of_sqlite_is_altered(statement: str, told: str) -> None:
    assert eval(told, {"s": schema_of(f"{SQLITE} {statement}", "sqlite")})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CREATE TABLE t (a int", "it ends too early"),
        ("CREATE TABLE (a int)", "a name was expected near `(`"),
        ("CREATE INDEX i t (a)", "ON was expected near `t`"),
        ("CREATE TABLE t (FOREIGN KEY (a) o)", "REFERENCES was expected near `o`"),
        ("RENAME TABLE a", "TO is missing at its end"),
        ("CREATE TABLE t (a int, KEY (a) COMMENT)", "it ends too early"),
        ("CREATE TABLE t (" + " " * 1_000_001, "longer than the 1,000,000 characters"),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(text: str, said: str) -> None:
    (statement,) = split(text, "mysql")
    if len(text) > 1_000_000:
        statement = type(statement)(text, 0, 1, 1)
    found = open_state(Target("mysql")).apply(statement)
    assert found is not None
    assert found.message.startswith(f"does not parse as mysql: {said}")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("((`a` > 0))", "a > 0"),
        ("(a) + (b)", "(a) + (b)"),
        ("NOW()", "CURRENT_TIMESTAMP"),
        ("_utf8mb4'x'", "'x'"),
        ("a b c (", "a b c ("),
    ],
)
def test_an_expression_has_one_form(written: str, plain: str) -> None:
    assert expression(written, "mysql") == plain


def test_a_type_that_is_not_known_keeps_its_words() -> None:
    assert type_of("", "sqlite").name == ""
    assert type_of("( x", "sqlite").family == "other"


@given(st.text(alphabet="a1`'\"(),;\\ \n-/*#[]", max_size=40), st.sampled_from(["mysql", "sqlite"]))
def test_no_text_breaks_the_reader(text: str, engine: Engine) -> None:
    found = tokens_of(text, engine)
    assert all(text[each.start : each.end] == each.text for each in found)
    open_state(Target(engine)).apply(next(iter(split(f"CREATE TABLE t ({text}", engine))))


def test_names_in_quotes_are_taken_out_of_them() -> None:
    assert [bare(each) for each in ("`a``b`", '"a""b"', "[a]", "a")] == ["a`b", 'a"b', "a", "a"]
    cursor = Cursor("a", tokens_of("a", "mysql"))
    assert (cursor.whole(), cursor.done, cursor.rest(), cursor.rest()) == ("a", False, "a", "")


def test_a_reserved_name_keeps_its_quotes_in_an_expression() -> None:
    assert expression("`order` > 1 AND `n` > 0", "mariadb") == "`order` > 1 AND n > 0"
