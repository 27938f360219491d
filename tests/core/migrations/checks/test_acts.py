"""What statements are read to do, by the words of each engine."""

from __future__ import annotations

import pytest

from be_tui.core.migrations.checks.acts.model import Act, dotted
from be_tui.core.migrations.checks.acts.postgres import postgres_acts
from be_tui.core.migrations.checks.acts.tokens import token_acts
from be_tui.core.pgtext import PgStatement, read
from be_tui.core.sqltext import Target


def short(act: Act) -> str:
    """Give an act in a few words."""
    parts = [act.kind, act.relation, act.name, act.to, ",".join(act.columns), act.type]
    shown = " ".join(part for part in parts if part)
    return f"{shown} [{' '.join(sorted(act.flags))}]" if act.flags else shown


MYSQL = [
    ("ALTER TABLE t ADD a int", "add column t a integer"),
    (
        "ALTER TABLE s.t ADD COLUMN IF NOT EXISTS `a b` varchar(20) NOT NULL DEFAULT 'x' AFTER c",
        "add column s.t a b varchar(20) [after default if not exists not null]",
    ),
    ("ALTER TABLE t ADD (a int, b int)", "add column t a integer; add column t b integer"),
    ("ALTER TABLE t ADD a int AS (b * 2)", "add column t a integer [virtual]"),
    ("ALTER TABLE t ADD a int AS (b) STORED", "add column t a integer [stored]"),
    ("ALTER TABLE t ADD INDEX i (a, b(10))", "add index t i a,b"),
    ("ALTER TABLE t ADD KEY IF NOT EXISTS (a)", "add index t a [if not exists]"),
    ("ALTER TABLE t ADD INDEX i USING BTREE ((a + 1))", "add index t i"),
    ("ALTER TABLE t ADD FULLTEXT KEY f (a)", "add index t f a [fulltext]"),
    ("ALTER TABLE t ADD PRIMARY KEY (id)", "add primary key t id"),
    ("ALTER TABLE t ADD CONSTRAINT u UNIQUE KEY (a)", "add unique t u a [named]"),
    (
        "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES s.u (id) ON DELETE CASCADE",
        "add foreign key t f s.u a [named on delete cascade]",
    ),
    (
        "ALTER TABLE t ADD FOREIGN KEY f (a) REFERENCES u (id) ON UPDATE SET NULL",
        "add foreign key t f u a [on update set null]",
    ),
    ("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)", "add check t c [named]"),
    ("ALTER TABLE t ADD CONSTRAINT CHECK (a > 0)", "add check t"),
    ("ALTER TABLE t ADD PARTITION (PARTITION p VALUES LESS THAN (3))", "alter table t"),
    ("ALTER TABLE t DROP a", "drop column t a"),
    ("ALTER TABLE t DROP COLUMN IF EXISTS a", "drop column t a [if exists]"),
    ("ALTER TABLE t DROP PRIMARY KEY, DROP KEY k", "drop primary key t; drop index k index"),
    ("ALTER TABLE t DROP FOREIGN KEY f", "drop constraint t f"),
    ("ALTER TABLE t DROP CONSTRAINT IF EXISTS c", "drop constraint t c"),
    ("ALTER TABLE t DROP PARTITION p", "alter table t"),
    ("ALTER TABLE t MODIFY a enum('x', 'it''s')", "alter type t a x,it's enum"),
    ("ALTER TABLE t CHANGE a b bigint", "rename column t a b; alter type t a bigint"),
    ("ALTER TABLE t CHANGE COLUMN a A bigint", "alter type t a bigint"),
    ("ALTER TABLE t ALTER a SET DEFAULT 3", "set default t a"),
    ("ALTER TABLE t ALTER COLUMN a DROP DEFAULT", "drop default t a"),
    ("ALTER TABLE t ALTER INDEX i INVISIBLE", "alter table t"),
    ("ALTER TABLE t ALTER a RENAME x", "alter table t a"),
    ("ALTER TABLE t RENAME INDEX i TO j", "rename object t j index"),
    ("ALTER TABLE t RENAME COLUMN a TO b", "rename column t a b"),
    ("ALTER TABLE t RENAME TO u", "rename table t u"),
    ("ALTER TABLE t RENAME u", "rename table t u"),
    ("ALTER ONLINE TABLE t ENGINE=InnoDB, ALGORITHM=INPLACE", "alter table t"),
    ("ALTER DATABASE d CHARACTER SET utf8mb4", "other alter"),
    ("RENAME TABLE a TO b, s.c TO s.d", "rename table a b; rename table s.c d"),
    ("RENAME USER a TO b", "other rename"),
    ("CREATE TEMPORARY TABLE IF NOT EXISTS t (a int)", "create table t [if not exists temporary]"),
    ("CREATE TABLE t AS SELECT 1", "create table t [as]"),
    ("CREATE TABLE t (a int) COMMENT 'x'", "create table t [comment]"),
    (
        "CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p VALUES LESS THAN (3))",
        "create table t [partitioned]",
    ),
    ("CREATE INDEX i ON t (lower(a), b DESC)", "create index t i btree ,b"),
    ("CREATE UNIQUE INDEX i ON t (a)", "create index t i btree a [unique]"),
    (
        "CREATE INDEX IF NOT EXISTS i ON t (a) WHERE a > 3",
        "create index t i btree a [if not exists where]",
    ),
    ("CREATE OR REPLACE VIEW v AS SELECT 1", "create view v view [replace]"),
    (
        "CREATE DEFINER=`a`@`b` TRIGGER g BEFORE INSERT ON s.t FOR EACH ROW SET x = 1",
        "create trigger s.t g [definer]",
    ),
    ("CREATE PROCEDURE p() SELECT 1", "create routine p procedure"),
    ("CREATE SEQUENCE s", "create sequence s sequence"),
    ("CREATE USER u", "other user"),
    ("CREATE DATABASE d", "other schema"),
    (
        "DROP TABLE IF EXISTS a, s.b",
        "drop table a table [if exists]; drop table s.b table [if exists]",
    ),
    ("DROP INDEX i ON s.t", "drop index s.i index"),
    ("DROP TEMPORARY TABLE t", "drop table t table [temporary]"),
    ("DROP VIEW v", "drop object v view"),
    ("DROP DATABASE d", "drop database d database"),
    ("TRUNCATE t", "truncate t"),
    ("UPDATE LOW_PRIORITY t SET a = 1 WHERE b = 2", "update t [where]"),
    ("DELETE FROM t LIMIT 100", "delete t [limit where]"),
    ("INSERT INTO t VALUES (1)", "insert t"),
    ("REPLACE INTO t SELECT 1 FROM u", "insert t [from]"),
    ("START TRANSACTION", "begin"),
    ("BEGIN NOT ATOMIC SELECT 1", "other begin"),
    ("COMMIT", "commit"),
    ("ROLLBACK", "rollback"),
    ("ROLLBACK TO SAVEPOINT a", "other rollback"),
    ("SET SESSION foreign_key_checks = 0", "set foreign_key_checks [session]"),
    ("SET @@lock_wait_timeout = 5", "set lock_wait_timeout"),
    ("LOCK TABLES t WRITE, u READ", "lock table t; lock table u"),
    ("OPTIMIZE TABLE t", "alter table t"),
    ("GRANT SELECT ON t TO u", "grant t"),
    ("REVOKE SELECT ON t FROM u", "revoke t"),
    ("PRAGMA foreign_keys = OFF", "pragma foreign_keys"),
    ("SHOW TABLES", "other show"),
    ("/* nothing */", "other"),
    ("ALTER TABLE t ADD COLUMN", ""),
    ("ALTER TABLE t MODIFY", "other alter"),
    ("ALTER TABLE t CHANGE a", "other alter"),
    ("CREATE", "other create"),
    ("CREATE TABLE t (a int", "create table t"),
]


@pytest.mark.parametrize(("sql", "acts"), MYSQL)
def test_the_words_of_mysql_and_sqlite_are_read(sql: str, acts: str) -> None:
    found = "; ".join(map(short, token_acts(sql, Target("mysql"))))
    assert found.strip() == (acts.strip() or "other alter")


def test_what_stands_in_quotes_and_comments_is_no_word() -> None:
    sql = (
        "ALTER TABLE `a``b` /* ADD x int */ ADD `drop` text DEFAULT 'x -- , ADD y int' -- , DROP z"
    )
    (act,) = token_acts(sql, Target("mariadb"))
    assert (act.table, act.name, act.type) == ("a`b", "drop", "text")
    assert sql[slice(*act.span)] == "`drop`"


def test_the_parts_of_a_new_table_are_read() -> None:
    sql = "CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES u (id) CHECK (b > 0), KEY k (b))"
    (act,) = token_acts(sql, Target("sqlite"))
    assert [short(part) for part in act.parts] == [
        "add column t a integer [primary key]",
        "add column t b integer",
        "add index t k b",
    ]
    kinds = [each.kind for each in act.parts[1].parts]
    assert kinds == ["add foreign key", "add check"]


POSTGRES = [
    ("CREATE TABLE p PARTITION OF q DEFAULT", "create table p q [default inherits partition of]"),
    ("CREATE UNLOGGED TABLE t (a int)", "create table t [unlogged]"),
    ("CREATE TABLE t AS SELECT 1", "create table t [as]"),
    ("CREATE MATERIALIZED VIEW m AS SELECT 1", "create view m materialized view [as]"),
    ("DROP TRIGGER g ON s.t", "drop object s.t g trigger"),
    ("DROP TYPE s.x CASCADE", "drop object s.x type [cascade]"),
    ("ALTER TYPE a RENAME ATTRIBUTE b TO c", "rename column a b c [type]"),
    ("ALTER SCHEMA a RENAME TO b", "rename object a b schema"),
    ("ALTER SEQUENCE s RENAME TO t", "rename object s t sequence"),
    ("ALTER VIEW v SET SCHEMA s", "move object v s view"),
    (
        "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID",
        "alter domain d c add [add not valid]",
    ),
    ("ALTER DOMAIN d SET DEFAULT 3", "alter domain d default [default]"),
    ("INSERT INTO t DEFAULT VALUES", "insert t [default values]"),
    ("INSERT INTO t SELECT * FROM u", "insert t [query]"),
    ("UPDATE t SET a = u.b FROM u WHERE u.id = t.id", "update t a [from where]"),
    ("DELETE FROM t USING u", "delete t [using]"),
    ("SAVEPOINT a", "other"),
    ("RESET lock_timeout", "set lock_timeout"),
    ("SET LOCAL lock_timeout = 500", "set lock_timeout [local]"),
    ("ANALYZE", "analyze"),
    ("VACUUM (FULL) t, u", "vacuum t [full]; vacuum u [full]"),
    ("VACUUM", "vacuum"),
    ("CLUSTER", "cluster"),
    ("CLUSTER t USING i", "cluster t i"),
    ("REINDEX SYSTEM d", "reindex d system"),
    ("CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "create routine s.f function"),
    ("CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'", "create routine p procedure"),
    ("CREATE ROLE r SUPERUSER", "change role r [superuser]"),
    ("ALTER EXTENSION e UPDATE TO '2'", "alter extension e [pinned]"),
    ("CREATE EXTENSION e", "create extension e"),
    ("COPY t FROM '/x'", "copy t [from]"),
    ("COPY (SELECT 1) TO '/x'", ""),
    ("COMMENT ON COLUMN s.t.a IS 'x'", "comment s.t a column"),
    ("CREATE RULE r AS ON INSERT TO t DO NOTHING", "create rule t r"),
    ("CREATE DATABASE d", "system CreatedbStmt"),
    ("ALTER TABLE t ATTACH PARTITION s.p DEFAULT", "attach partition t s.p [default]"),
    ("ALTER TABLE t REPLICA IDENTITY USING INDEX i", "replica identity t index"),
    (
        "ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled)",
        "set options t [autovacuum_enabled= fillfactor=70]",
    ),
    ("ALTER TABLE t NO INHERIT u", "inherit t drop"),
    ("ALTER VIEW v ALTER a SET DEFAULT 1", "alter view v view"),
    ("ALTER INDEX i SET (fillfactor = 70)", "other i index"),
    ("ALTER TABLE t ADD a timestamp(3)[]", "add column t a timestamp(3)[]"),
    ("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID", "add check t c [named not valid]"),
    ("LISTEN a", "other listen_stmt"),
]


@pytest.mark.parametrize(("sql", "acts"), POSTGRES)
def test_the_nodes_of_postgresql_are_read(sql: str, acts: str) -> None:
    (statement,) = read(sql)
    assert isinstance(statement, PgStatement)
    assert "; ".join(map(short, postgres_acts(statement))) == acts


def test_a_relation_is_named_with_its_schema_unless_that_is_public() -> None:
    assert (dotted("public", "Users"), dotted("app", "Users")) == ("users", "app.users")
