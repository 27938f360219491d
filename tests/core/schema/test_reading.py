"""DDL becomes one model, applied statement by statement."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.schema import (
    IndexPart,
    Schema,
    Table,
    is_sqlite_file,
    read_schema,
    read_sqlite,
)
from be_tui.core.sqltext import Engine, Target

if TYPE_CHECKING:
    from pathlib import Path


def schema_of(text: str, engine: Engine = "postgresql") -> Schema:
    found = read_schema(text, Target(engine), "s.sql")
    assert found.unread == ()
    return found.schema


def table_of(text: str, engine: Engine = "postgresql") -> Table:
    return schema_of(text, engine).tables[0]


@pytest.mark.parametrize(
    ("engine", "declared", "name", "family"),
    [
        ("postgresql", "int8", "bigint", "integer"),
        ("postgresql", "character varying(20)", "varchar(20)", "text"),
        ("postgresql", "numeric(10,2)", "numeric(10,2)", "decimal"),
        ("postgresql", "timestamp with time zone", "timestamptz", "timestamp"),
        ("postgresql", "timestamp(0)", "timestamp(0)", "timestamp"),
        ("postgresql", "double precision", "double precision", "float"),
        ("postgresql", "float", "double precision", "float"),
        ("postgresql", "bytea", "bytea", "binary"),
        ("postgresql", "text[]", "array(text)", "array"),
        ("postgresql", "citext", "citext", "text"),
        ("postgresql", "mood", "mood", "other"),
        ("postgresql", "time with time zone", "timetz", "time"),
        ("mysql", "int unsigned", "int unsigned", "integer"),
        ("mysql", "timestamp", "timestamp", "timestamp"),
        ("mysql", "datetime", "datetime", "timestamp"),
        ("mariadb", "enum('a','b')", "enum(a,b)", "enum"),
        ("sqlite", "integer", "int", "integer"),
        ("sqlite", "datetime", "datetime", "timestamp"),
    ],
)
def test_a_type_has_one_name(engine: Engine, declared: str, name: str, family: str) -> None:
    (column,) = table_of(f"CREATE TABLE t (c {declared})", engine).columns
    assert (str(column.type), column.type.family) == (name, family)


def test_a_column_knows_what_is_said_of_it() -> None:
    table = table_of(
        "CREATE TABLE t (a serial, b bigint GENERATED ALWAYS AS IDENTITY, c int NOT NULL DEFAULT 3,"
        ' d int GENERATED ALWAYS AS (c + 1) STORED, "E" text COLLATE "C", f int REFERENCES o)'
    )
    a, b, c, d, e, f = table.columns
    assert (a.auto, a.nullable) == ("serial", False)
    assert (b.auto, b.nullable) == ("identity", False)
    assert (c.default, c.nullable) == ("3", False)
    assert d.generated == "c + 1"
    assert (e.name.text, e.name.quoted, e.collation) == ("E", True, "C")
    assert f.nullable
    assert table.foreign_keys[0].targets == ()
    assert (c.place.line, c.place.column) == (1, 66)


def test_keys_are_read_wherever_they_stand() -> None:
    table = table_of(
        "CREATE TABLE t (a int, b int UNIQUE, c int, CONSTRAINT pk PRIMARY KEY (a, b),"
        " UNIQUE NULLS NOT DISTINCT (b, c), CHECK (c > 0), CONSTRAINT q CHECK (a < 9))"
    )
    assert table.primary_key is not None
    assert (table.primary_key.columns, table.primary_key.name) == (("a", "b"), "pk")
    assert [key.columns for key in table.uniques] == [("b",), ("b", "c")]
    assert [key.nulls_distinct for key in table.uniques] == [True, False]
    assert [(check.name, check.expression) for check in table.checks] == [
        ("t_c_check", "c > 0"),
        ("q", "a < 9"),
    ]
    assert [column.nullable for column in table.columns] == [False, False, True]


def test_a_foreign_key_knows_its_actions() -> None:
    table = table_of(
        "CREATE TABLE t (a int REFERENCES o (id) ON DELETE CASCADE, b int, c int,"
        " CONSTRAINT f FOREIGN KEY (b, c) REFERENCES s.P (x, y) ON UPDATE SET NULL)"
    )
    first, second = table.foreign_keys
    assert (first.columns, first.table, first.targets) == (("a",), "o", ("id",))
    assert (first.on_delete, first.on_update) == ("CASCADE", "")
    assert (second.columns, second.table, second.targets) == (("b", "c"), "p", ("x", "y"))
    assert (second.name, second.on_update) == ("f", "SET NULL")


def test_an_index_keeps_all_that_it_says() -> None:
    table = table_of(
        "CREATE TABLE t (a text, b int, c int);"
        "CREATE UNIQUE INDEX i ON t USING btree (lower(a), b DESC, a text_pattern_ops)"
        " INCLUDE (c) WHERE b > 0; CREATE INDEX j ON t USING gin (a gin_trgm_ops)"
    )
    first, second = table.indexes
    assert first.unique
    assert first.parts[0] == IndexPart("", "lower(a)")
    assert first.parts[1].descending
    assert first.parts[2].operators == "text_pattern_ops"
    assert (first.include, first.where, first.columns) == (("c",), "b > 0", ("", "b", "a"))
    assert (second.method, second.parts[0].operators) == ("gin", "gin_trgm_ops")
    assert not table.leads("a")
    assert table.unique_sets == ()


def test_tables_are_altered_further_down() -> None:
    schema = schema_of(
        "CREATE TABLE t (a int, b int, c int, e int UNIQUE, CONSTRAINT q CHECK (a > 0));"
        "ALTER TABLE ONLY public.t ADD CONSTRAINT k PRIMARY KEY (a);"
        "ALTER TABLE t ADD COLUMN d text NOT NULL, ALTER COLUMN b SET NOT NULL, DROP COLUMN e;"
        "ALTER TABLE t ALTER COLUMN c TYPE bigint; ALTER TABLE t RENAME COLUMN b TO bb;"
        "CREATE INDEX i ON t (bb); CREATE INDEX j ON t (c); DROP INDEX j;"
        "ALTER TABLE t DROP CONSTRAINT q; ALTER TABLE t ALTER COLUMN c SET DEFAULT 4;"
        "ALTER TABLE t RENAME COLUMN bb TO b3; ALTER TABLE t RENAME TO u;"
        "ALTER TABLE gone ADD x int"
    )
    table = schema.table("U")
    assert table is not None
    assert [column.name.text for column in table.columns] == ["a", "b3", "c", "d"]
    assert [column.nullable for column in table.columns] == [False, False, True, False]
    assert (str(table.columns[2].type), table.columns[2].default) == ("bigint", "4")
    assert [index.columns for index in table.indexes] == [("b3",)]
    assert not table.uniques
    assert not table.checks


def test_what_pg_dump_adds_afterwards_is_applied() -> None:
    table = table_of(
        "CREATE TABLE public.t (id integer NOT NULL, n integer NOT NULL);"
        "ALTER TABLE ONLY public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id'::regclass);"
        "ALTER TABLE public.t ALTER COLUMN n ADD GENERATED ALWAYS AS IDENTITY (START WITH 1);"
        "ALTER TABLE ONLY public.t ADD CONSTRAINT f FOREIGN KEY (n)"
        " REFERENCES public.o(id) NOT VALID"
    )
    assert [column.auto for column in table.columns] == ["serial", "identity"]
    assert table.foreign_keys[0].name == "f"


def test_mysqls_tables_are_read() -> None:
    table = table_of(
        "CREATE TABLE `t` (`id` int NOT NULL AUTO_INCREMENT COMMENT 'key', `a` varchar(20)"
        " COLLATE utf8_bin, u datetime ON UPDATE CURRENT_TIMESTAMP, PRIMARY KEY (`id`),"
        " UNIQUE KEY `uk` (`a`, `u`), KEY `k` (`a`(10)), FULLTEXT KEY `f` (`a`))"
        " ENGINE=MyISAM DEFAULT CHARSET=utf8 COMMENT='x';"
        "ALTER TABLE t ADD INDEX i (u), MODIFY COLUMN a text NOT NULL, DROP INDEX k",
        "mysql",
    )
    assert (table.columns[0].auto, table.columns[0].comment) == ("auto_increment", "key")
    assert (str(table.columns[1].type), table.columns[1].nullable) == ("text", False)
    assert table.columns[2].on_update
    assert (table.uniques[0].name, table.uniques[0].columns) == ("uk", ("a", "u"))
    assert [index.name for index in table.indexes] == ["f", "i"]
    assert (table.storage, table.charset, table.comment) == ("myisam", "utf8", "x")


def test_sqlites_own_ways_are_read() -> None:
    table = table_of(
        "CREATE TABLE t (id INT PRIMARY KEY, a TEXT COLLATE NOCASE, b) WITHOUT ROWID", "sqlite"
    )
    assert table.columns[0].type.declared == "int"
    assert table.columns[1].collation == "NOCASE"
    assert table.columns[2].type.name == ""
    assert not table.rowid


def test_views_types_triggers_and_comments_are_read() -> None:
    schema = schema_of(
        "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (a mood);"
        "CREATE VIEW v AS SELECT a FROM t; CREATE MATERIALIZED VIEW m AS SELECT 1 AS b;"
        "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();"
        "COMMENT ON TABLE t IS 'tea'; COMMENT ON COLUMN t.a IS 'how'; DROP VIEW v"
    )
    assert schema.enumerations[0].values == ("sad", "ok")
    assert [(view.name.text, view.materialised) for view in schema.views] == [("m", True)]
    assert (schema.triggers[0].table, schema.triggers[0].on_update) == ("t", True)
    assert schema.tables[0].comment == "tea"
    assert schema.tables[0].columns[0].comment == "how"


@pytest.mark.parametrize(
    "ddl",
    [
        "CREATE TABLE t (LIKE o INCLUDING ALL)",
        "CREATE TABLE t (a int) INHERITS (o)",
        "CREATE TABLE t PARTITION OF o FOR VALUES IN (1)",
        "CREATE TABLE t AS SELECT * FROM o",
    ],
)
def test_a_table_with_columns_from_elsewhere_is_not_complete(ddl: str) -> None:
    assert not table_of(ddl).complete


def test_names_stand_in_their_namespace() -> None:
    schema = schema_of("CREATE TABLE a.t (x int); CREATE TABLE b.t (y int); DROP TABLE a.t")
    assert schema.table("t", "a") is None
    found = schema.table("T", "B")
    assert found is not None
    assert found.column("Y") is not None
    assert schema.table("none") is None


def test_of_tables_of_one_name_the_one_without_a_namespace_is_meant() -> None:
    for ddl in ("CREATE TABLE b.t (y int); CREATE TABLE t (x int)", "CREATE TABLE t (x int)"):
        plain = schema_of(ddl).table("t")
        assert plain is not None
        assert plain.column("x") is not None
    both = schema_of("CREATE TABLE t (x int); CREATE TABLE b.t (y int)")
    other = both.table("t", "b")
    assert other is not None
    assert other.column("y") is not None


def test_what_cannot_be_read_is_told_and_the_rest_goes_on() -> None:
    found = read_schema(
        "CREATE TABLE a (x int);\nCREATE TABLE b (;\nCREATE TABLE c (y int);\nSELECT nothing",
        Target("postgresql"),
    )
    assert [table.name.text for table in found.schema.tables] == ["a", "c"]
    assert [unread.statement.line for unread in found.unread] == [2]


def test_a_table_that_may_exist_is_made_once() -> None:
    schema = schema_of("CREATE TABLE t (a int); CREATE TABLE IF NOT EXISTS t (b int)")
    assert [table.columns[0].name.text for table in schema.tables] == ["a"]


def test_the_schema_of_a_sqlite_file_is_read(tmp_path: Path) -> None:
    path = str(tmp_path / "shop.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE)")
        connection.execute("CREATE INDEX i ON t (a, id DESC)")
        connection.commit()
    assert is_sqlite_file(path)
    table = read_sqlite(path).schema.tables[0]
    assert table.uniques[0].columns == ("a",)
    assert table.indexes[0].columns == ("a", "id")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"SQLite format 3\0 and no more")
    assert is_sqlite_file(str(path))
    assert not is_sqlite_file(str(tmp_path / "none"))
    with pytest.raises(InputError, match="cannot be read as SQLite"):
        read_sqlite(str(path))


def test_what_is_dropped_takes_its_keys_along() -> None:
    table = table_of(
        "CREATE TABLE t (a int, b int, c int REFERENCES o, d int, CONSTRAINT pk PRIMARY KEY (a));"
        "CREATE TABLE u (a int PRIMARY KEY, b int); ALTER TABLE t ALTER COLUMN b TYPE bigint;"
        "CREATE INDEX i ON t (d, b) INCLUDE (c); ALTER TABLE t RENAME COLUMN d TO e;"
        "ALTER TABLE t RENAME COLUMN a TO k; ALTER TABLE t RENAME COLUMN c TO f;"
        "ALTER TABLE t DROP CONSTRAINT pk; ALTER TABLE u DROP COLUMN a"
    )
    assert table.primary_key is None
    assert str(table.columns[1].type) == "bigint"
    assert (table.indexes[0].columns, table.indexes[0].include) == (("e", "b"), ("f",))
    assert table.foreign_keys[0].columns == ("f",)


def test_comments_and_triggers_of_unknown_tables_are_passed_over() -> None:
    schema = schema_of(
        "CREATE TABLE t (a int COLLATE x UNIQUE); COMMENT ON TABLE u IS 'x';"
        "COMMENT ON COLUMN u.a IS 'x'; CREATE INDEX i ON u (a); DROP TABLE u; DROP SEQUENCE s;"
        "ALTER TABLE u ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY;"
        'CREATE INDEX i ON t (a COLLATE "C", (a + 1)); ALTER TABLE t ALTER COLUMN a DROP DEFAULT'
    )
    assert len(schema.tables) == 1
    assert [part.expression for part in schema.tables[0].indexes[0].parts] == ["a", "a + 1"]
    assert schema.tables[0].indexes[0].parts[0].collation == "C"


@pytest.mark.parametrize(
    ("ddl", "nullable"),
    [
        ("CREATE TABLE t (a INTEGER PRIMARY KEY)", False),
        ("CREATE TABLE t (a TEXT PRIMARY KEY)", True),
        ("CREATE TABLE t (a INT PRIMARY KEY)", True),
        ("CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY)", False),
        ("CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID", False),
        ("CREATE TABLE t (a INTEGER, b INTEGER, PRIMARY KEY (a, b))", True),
    ],
)
def test_sqlite_lets_null_into_a_key_that_is_no_row_number(ddl: str, nullable: bool) -> None:  # noqa: FBT001 (a case)
    assert table_of(ddl, "sqlite").columns[0].nullable is nullable


@pytest.mark.parametrize("engine", ["postgresql", "sqlite", "mariadb"])
def test_a_virtual_column_is_read_as_a_generated_one(engine: Engine) -> None:
    ddl = "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL, virtual text)"
    (table,) = read_schema(ddl, Target(engine)).schema.tables
    assert [column.generated for column in table.columns] == ["", "a * 2", ""]
    assert [column.name.text for column in table.columns] == ["a", "b", "virtual"]


def test_an_index_in_which_nulls_are_alike_is_read() -> None:
    ddl = "CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT WHERE a > 3"
    read = read_schema(ddl, Target("postgresql"))
    assert read.unread == ()
    assert [index.where for index in read.schema.tables[0].indexes] == ["a > 3"]


def test_a_column_is_renamed_without_the_word_column_too() -> None:
    table = table_of("CREATE TABLE t (a int, b int); ALTER TABLE t RENAME a TO c")
    assert table.name.text == "t"
    assert [column.name.text for column in table.columns] == ["c", "b"]


def test_values_are_added_to_a_type_and_renamed_further_down() -> None:
    schema = schema_of(
        "CREATE TYPE mood AS ENUM ('sad', 'ok');\n"
        "CREATE TYPE other AS ENUM ('sad');\n"
        "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'it''s' BEFORE 'ok';\n"
        "ALTER TYPE mood RENAME VALUE 'sad' TO 'low';\n"
    )
    assert [each.values for each in schema.enumerations] == [("low", "it's", "ok"), ("sad",)]


def test_a_check_without_a_name_is_dropped_by_that_of_its_column() -> None:
    made = "CREATE TABLE t (a text CHECK (a IN ('x')), b int CHECK (b > 0));"
    left = table_of(f"{made} ALTER TABLE t DROP CONSTRAINT t_a_check;").checks
    assert [each.expression for each in left] == ["b > 0"]
    assert len(table_of(f"{made} ALTER TABLE t DROP CONSTRAINT b;").checks) == 2
