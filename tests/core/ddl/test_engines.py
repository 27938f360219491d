"""What MySQL, MariaDB and SQLite have that PostgreSQL has not, as DDL."""

from __future__ import annotations

from dataclasses import replace

from be_tui.core.ddl import (
    Namer,
    column_sql,
    create_index,
    create_table,
    default_sql,
    drop_index,
    drop_trigger,
    type_sql,
)
from be_tui.core.schema import (
    Column,
    DataType,
    Index,
    IndexPart,
    Key,
    Name,
    Schema,
    Table,
    Trigger,
)
from tests.core.ddl.drawing import NOWHERE

MYSQL = Namer(Schema(), "mysql")
MARIADB = Namer(Schema(), "mariadb")
SQLITE = Namer(Schema(), "sqlite")
PLAIN = Column(Name("at"), DataType("timestamp", "timestamp", ("3",)), NOWHERE)


def test_a_column_of_mysql_says_all_that_is_said_of_it() -> None:
    full = replace(
        PLAIN,
        nullable=False,
        default="CURRENT_TIMESTAMP(3)",
        on_update=True,
        comment="it's then",
    )
    assert column_sql(full, MYSQL) == (
        "at timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)"
        " ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'it''s then'"
    )
    assert column_sql(PLAIN, MYSQL) == "at timestamp(3) NULL"


def test_text_of_mysql_has_its_letters_and_their_order() -> None:
    name = Column(Name("n"), DataType("varchar", "text", ("9",)), NOWHERE, charset="utf8mb4")
    said = column_sql(replace(name, collation="utf8mb4_bin"), MYSQL)
    assert said == "n varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"


def test_a_computed_column_of_mariadb_says_nothing_of_null() -> None:
    made = Column(Name("c"), DataType("int", "integer"), NOWHERE, generated="a + 1", nullable=False)
    assert column_sql(made, MARIADB) == "c int GENERATED ALWAYS AS (a + 1) STORED"
    virtual = column_sql(replace(made, virtual=True), MYSQL)
    assert virtual == "c int GENERATED ALWAYS AS (a + 1) VIRTUAL NOT NULL"


def test_types_are_written_as_their_engine_has_them() -> None:
    unsigned = DataType("numeric unsigned", "decimal", ("10", "2"))
    assert type_sql(unsigned, "mysql") == "numeric(10,2) unsigned"
    assert type_sql(DataType("enum", "enum", ("a", "it's")), "mysql") == "enum('a','it''s')"
    assert type_sql(DataType("array", "array", ("varchar(3)",)), "postgresql") == "varchar(3)[]"
    assert type_sql(DataType("int", "integer", (), "integer"), "sqlite") == "integer"


def test_an_expression_is_bracketed_where_a_default_must_be() -> None:
    assert default_sql("uuid()", "mysql") == "(uuid())"
    assert default_sql("(uuid())", "mysql") == "(uuid())"
    assert default_sql("-1.5", "sqlite") == "-1.5"
    assert default_sql("uuid()", "postgresql") == "uuid()"


def test_indexes_of_mysql_have_prefixes_kinds_and_can_be_hidden() -> None:
    columns = (Column(Name("body"), DataType("text", "text"), NOWHERE),)
    table = Table(Name("notes"), NOWHERE, columns=columns)
    part = IndexPart("body", "body", prefix=10)
    index = Index("notes_body", (part,), NOWHERE, comment="quick", visible=False)
    said = create_index(index, table, MYSQL)
    assert said == "CREATE INDEX notes_body ON notes (body(10)) COMMENT 'quick' INVISIBLE"
    assert create_index(index, table, MARIADB).endswith(" IGNORED")
    words = replace(index, method="fulltext", parts=(IndexPart("body", "body"),))
    assert create_index(words, table, MYSQL).startswith("CREATE FULLTEXT INDEX notes_body")
    assert drop_index(index, table, MYSQL) == "DROP INDEX notes_body ON notes"


def test_a_table_of_mysql_has_its_indexes_and_options_within() -> None:
    columns = (
        Column(
            Name("id"), DataType("int", "integer"), NOWHERE, nullable=False, auto="auto_increment"
        ),
    )
    table = Table(
        Name("notes"),
        NOWHERE,
        columns=columns,
        primary_key=Key(("id",), NOWHERE, "PRIMARY"),
        storage="innodb",
        charset="utf8mb4",
        collation="utf8mb4_bin",
        comment="said",
        options=("ROW_FORMAT=DYNAMIC",),
    )
    assert create_table(table, MYSQL) == (
        "CREATE TABLE notes (\n    id int NOT NULL AUTO_INCREMENT,\n    PRIMARY KEY (id)\n)"
        " ENGINE=innodb DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC"
        " COMMENT='said'"
    )


def test_a_table_of_sqlite_says_how_it_is_kept() -> None:
    column = Column(Name("id"), DataType("int", "integer", (), "integer"), NOWHERE)
    table = Table(Name("t"), NOWHERE, columns=(column,), rowid=False, strict=True)
    assert create_table(table, SQLITE).endswith(") WITHOUT ROWID, STRICT")
    assert drop_trigger(Trigger("t", on_update=False, name="later"), SQLITE) == "DROP TRIGGER later"
