"""Types of SQLAlchemy and fields of Django, for each engine."""

from __future__ import annotations

import pytest

from be_tui.core.migrations.files.code.alchemytypes import type_sql
from be_tui.core.migrations.files.code.djangofields import Field, default_of, type_of
from be_tui.core.migrations.files.code.python import Evaluator, Source
from be_tui.core.migrations.files.code.values import Call, NotStatic
from be_tui.core.sqltext import ENGINES

HEAD = (
    "import sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql, mysql\n"
    "from django.db import models\nfrom django.contrib.postgres import fields\n"
)


def worth(expression: str) -> object:
    return Evaluator(Source(f"{HEAD}x = {expression}\n")).module.values["x"]


@pytest.mark.parametrize(
    ("expression", "postgres", "mysql", "sqlite"),
    [
        ("sa.Integer", "INTEGER", "INTEGER", "INTEGER"),
        ("sa.String", "VARCHAR", "VARCHAR", "VARCHAR"),
        ("sa.String(5)", "VARCHAR(5)", "VARCHAR(5)", "VARCHAR(5)"),
        ("sa.CHAR(2)", "CHAR(2)", "CHAR(2)", "CHAR(2)"),
        ("sa.Boolean()", "BOOLEAN", "BOOL", "BOOLEAN"),
        ("sa.LargeBinary()", "BYTEA", "BLOB", "BLOB"),
        ("sa.Numeric(8, 2)", "NUMERIC(8, 2)", "NUMERIC(8, 2)", "NUMERIC(8, 2)"),
        ("sa.DECIMAL()", "DECIMAL", "DECIMAL", "DECIMAL"),
        ("sa.Double()", "DOUBLE PRECISION", "DOUBLE", "DOUBLE"),
        ("sa.Time()", "TIME WITHOUT TIME ZONE", "TIME", "TIME"),
        ("sa.TIMESTAMP(timezone=True)", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP", "TIMESTAMP"),
        ("sa.Uuid()", "UUID", "CHAR(32)", "CHAR(32)"),
        ("sa.JSON()", "JSON", "JSON", "JSON"),
        ("mysql.TINYINT(1)", "TINYINT(1)", "TINYINT(1)", "TINYINT(1)"),
        ("mysql.INTEGER(unsigned=True)", *("INTEGER UNSIGNED",) * 3),
        ("mysql.BIGINT(unsigned=True)", *("BIGINT UNSIGNED",) * 3),
        ("mysql.DATETIME(fsp=6)", "TIMESTAMP WITHOUT TIME ZONE", "DATETIME(6)", "DATETIME(6)"),
        (
            "postgresql.TIMESTAMP(precision=3)",
            "TIMESTAMP(3) WITHOUT TIME ZONE",
            "TIMESTAMP",
            "TIMESTAMP",
        ),
        ("postgresql.ARRAY(sa.Text(), dimensions=2)", *("TEXT[][]",) * 3),
        ("sa.Enum('a', 'bc', name='m')", "m", "ENUM('a', 'bc')", "VARCHAR(2)"),
        ("sa.Enum('a', name='m', schema='s')", "s.m", "ENUM('a')", "VARCHAR(1)"),
        ("sa.Enum('a', native_enum=False, length=9)", *("VARCHAR(9)",) * 3),
        ("sa.Text().with_variant(mysql.LONGTEXT(), 'mysql')", "TEXT", "LONGTEXT", "TEXT"),
        ("sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')", "JSONB", "JSON", "JSON"),
    ],
)
def test_sqlalchemy_s_types_are_written_as_each_engine_has_them(
    expression: str, postgres: str, mysql: str, sqlite: str
) -> None:
    found = [type_sql(worth(expression), engine) for engine in ENGINES]
    assert found == [postgres, mysql, mysql, sqlite]


@pytest.mark.parametrize("expression", ["sa.Enum('a')", "own.Type()", "sa.Odd()", "f()()", "1"])
def test_types_of_the_program_s_own_are_not_known(expression: str) -> None:
    with pytest.raises(NotStatic):
        type_sql(worth(expression), "postgresql")


def field(expression: str) -> Field:
    call = worth(expression)
    assert isinstance(call, Call)
    return Field("f", call.last, call)


@pytest.mark.parametrize(
    ("expression", "postgres", "mysql", "sqlite"),
    [
        ("models.CharField(max_length=5)", *("varchar(5)",) * 3),
        ("models.SlugField()", *("varchar(50)",) * 3),
        ("models.EmailField()", *("varchar(254)",) * 3),
        ("models.BooleanField()", "boolean", "bool", "bool"),
        ("models.DateTimeField()", "timestamp with time zone", "datetime(6)", "datetime"),
        ("models.DecimalField(max_digits=8, decimal_places=2)", *("numeric(8, 2)",) * 2, "decimal"),
        ("models.PositiveIntegerField()", "integer", "integer UNSIGNED", "integer unsigned"),
        ("models.JSONField()", "jsonb", "json", "text"),
        ("models.UUIDField()", "uuid", "char(32)", "char(32)"),
        ("models.FloatField()", "double precision", "double precision", "real"),
    ],
)
def test_django_s_fields_are_written_as_each_engine_has_them(
    expression: str, postgres: str, mysql: str, sqlite: str
) -> None:
    found = [type_of(field(expression), engine) for engine in ENGINES]
    assert found == [postgres, mysql, mysql, sqlite]


def test_what_a_field_does_not_say_is_not_guessed() -> None:
    assert type_of(field("models.CharField()"), "postgresql") == "varchar"
    assert (
        type_of(field("fields.ArrayField(models.TextField(), size=3)"), "postgresql") == "text[3]"
    )
    for expression in (
        "models.CharField(max_length=LENGTH)",
        "models.DecimalField()",
        "fields.ArrayField(base)",
        "own.Field()",
    ):
        with pytest.raises(NotStatic):
            type_of(field(expression), "postgresql")
    with pytest.raises(NotStatic):
        type_of(field("models.CharField()"), "mysql")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("models.TextField()", None),
        ("models.TextField(blank=True)", "''"),
        ("models.TextField(blank=True, null=True)", None),
        ("models.TextField(default=None)", None),
        ('models.TextField(default="it\'s")', "'it''s'"),
        ("models.BooleanField(default=False)", "false"),
        ("models.JSONField(default=dict)", "'{}'::jsonb"),
        ("models.JSONField(default=list)", "'[]'::jsonb"),
        ("fields.ArrayField(models.TextField(), default=list)", "'{}'"),
        ("models.IntegerField(default=7)", "7"),
    ],
)
def test_rows_that_are_there_get_the_default(expression: str, expected: str | None) -> None:
    assert default_of(field(expression), "postgresql") == expected


def test_a_default_that_is_made_as_it_runs_is_not_known() -> None:
    with pytest.raises(NotStatic, match="is made by make"):
        default_of(field("models.TextField(default=make)"), "postgresql")
    assert default_of(field("models.BooleanField(default=True)"), "sqlite") == "1"
