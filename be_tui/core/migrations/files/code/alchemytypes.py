"""SQLAlchemy's types as each engine writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.values import (
    Call,
    Name,
    NotStatic,
    Spot,
    literal,
    texts_in,
)

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

_SAME = frozenset(
    [
        "INTEGER",
        "BIGINT",
        "SMALLINT",
        "BOOLEAN",
        "DATE",
        "TEXT",
        "REAL",
        "FLOAT",
        "BLOB",
        "JSON",
        "JSONB",
        "UUID",
        "INET",
        "CIDR",
        "MACADDR",
        "MACADDR8",
        "HSTORE",
        "TSVECTOR",
        "TSQUERY",
        "CITEXT",
        "MONEY",
        "OID",
        "REGCLASS",
        "BYTEA",
        "INT4RANGE",
        "INT8RANGE",
        "NUMRANGE",
        "TSRANGE",
        "TSTZRANGE",
        "DATERANGE",
        "TINYINT",
        "MEDIUMINT",
        "TINYTEXT",
        "MEDIUMTEXT",
        "LONGTEXT",
        "TINYBLOB",
        "MEDIUMBLOB",
        "LONGBLOB",
        "YEAR",
        "INT4MULTIRANGE",
        "INT8MULTIRANGE",
        "NUMMULTIRANGE",
        "DATEMULTIRANGE",
    ]
)
"""Types that are written as they are called."""

_GENERIC: dict[str, tuple[str, str, str]] = {
    "Integer": ("INTEGER", "INTEGER", "INTEGER"),
    "INT": ("INTEGER", "INTEGER", "INTEGER"),
    "BigInteger": ("BIGINT", "BIGINT", "BIGINT"),
    "SmallInteger": ("SMALLINT", "SMALLINT", "SMALLINT"),
    "Boolean": ("BOOLEAN", "BOOL", "BOOLEAN"),
    "Text": ("TEXT", "TEXT", "TEXT"),
    "UnicodeText": ("TEXT", "TEXT", "TEXT"),
    "Date": ("DATE", "DATE", "DATE"),
    "Float": ("FLOAT", "FLOAT", "FLOAT"),
    "Double": ("DOUBLE PRECISION", "DOUBLE", "DOUBLE"),
    "DOUBLE": ("DOUBLE PRECISION", "DOUBLE", "DOUBLE"),
    "DOUBLE_PRECISION": ("DOUBLE PRECISION", "DOUBLE PRECISION", "DOUBLE_PRECISION"),
    "LargeBinary": ("BYTEA", "BLOB", "BLOB"),
    "Uuid": ("UUID", "CHAR(32)", "CHAR(32)"),
    "Interval": ("INTERVAL", "DATETIME", "DATETIME"),
    "INTERVAL": ("INTERVAL", "INTERVAL", "INTERVAL"),
}
"""For PostgreSQL, MySQL, SQLite."""

_SIZED = {
    "String": "VARCHAR",
    "Unicode": "VARCHAR",
    "VARCHAR": "VARCHAR",
    "NVARCHAR": "NVARCHAR",
    "CHAR": "CHAR",
    "BIT": "BIT",
    "VARBINARY": "VARBINARY",
    "BINARY": "BINARY",
}
_EXACT = {"Numeric": "NUMERIC", "NUMERIC": "NUMERIC", "DECIMAL": "DECIMAL"}
_TIMED = frozenset({"DateTime", "TIMESTAMP", "DATETIME", "Time", "TIME"})
_NOWHERE = Spot(0, 0)
_OWNED = ("sqlalchemy", "sa", "alembic", "postgresql", "mysql", "sqlite", "sqlmodel")


def type_sql(value: object, engine: Engine) -> str:
    """Give a type as an engine writes it.

    Raises:
        NotStatic: It is the program's own, or not known.
    """
    call = Call(value.path, _NOWHERE) if isinstance(value, Name) else value
    if not isinstance(call, Call):
        raise NotStatic("a column's type is known only when it runs")
    if call.name.endswith("().with_variant"):
        return _variant(call, engine)
    kind = call.last
    if not call.name.startswith(_OWNED):
        raise NotStatic(f"the type {call.name} is the program's own")
    if kind in {"AutoString"}:
        kind = "String"
    column = 0 if engine == "postgresql" else 2 if engine == "sqlite" else 1
    if kind in _GENERIC:
        return _GENERIC[kind][column]
    if kind in _SIZED:
        size = call.get(0, "length")
        varying = " VARYING" if call.get(1, "varying") is True else ""
        return _SIZED[kind] + varying + (f"({size})" if isinstance(size, int) else "")
    if kind in _EXACT:
        numbers = [call.get(0, "precision"), call.get(1, "scale")]
        given = [str(each) for each in numbers if isinstance(each, int)]
        return _EXACT[kind] + (f"({', '.join(given)})" if given else "")
    if kind in _TIMED:
        return _timed(kind, call, engine)
    if kind in {"Enum", "ENUM"}:
        return _enum(call, engine)
    if kind == "ARRAY":
        dimensions = call.get(2, "dimensions", 1)
        times = dimensions if isinstance(dimensions, int) else 1
        return type_sql(call.get(0, "item_type"), engine) + "[]" * times
    if kind in _SAME:
        size = call.args[0] if call.args and isinstance(call.args[0], int) else None
        unsigned = " UNSIGNED" if call.named.get("unsigned") is True else ""
        return kind + (f"({size})" if size is not None else "") + unsigned
    raise NotStatic(f"the type {kind} is not known")


def is_enum(value: object) -> bool:
    """Tell whether a type is one that PostgreSQL keeps by name."""
    return isinstance(value, Call) and value.last in {"Enum", "ENUM"}


def enum_name(value: Call) -> str:
    """Give an enumeration's name; empty where it has none."""
    schema, name = value.named.get("schema"), value.named.get("name")
    if not isinstance(name, str):
        return ""
    return f"{schema}.{name}" if isinstance(schema, str) else name


def enum_values(value: Call) -> str:
    """Give an enumeration's values as SQL.

    Raises:
        NotStatic: They are not all known.
    """
    return ", ".join(literal(each) for each in texts_in(value.args, "an enumeration's values"))


def _enum(call: Call, engine: Engine) -> str:
    if engine == "postgresql" and call.named.get("native_enum") is not False:
        name = enum_name(call)
        if not name:
            raise NotStatic("an enumeration without a name, which PostgreSQL needs")
        return name
    if engine in {"mysql", "mariadb"} and call.named.get("native_enum") is not False:
        return f"ENUM({enum_values(call)})"
    length = call.named.get("length")
    longest = max((len(each) for each in texts_in(call.args, "values")), default=1)
    return f"VARCHAR({length if isinstance(length, int) else longest})"


def _timed(kind: str, call: Call, engine: Engine) -> str:
    zoned = call.get(0, "timezone") is True
    precision = call.named.get("precision")
    if engine == "postgresql":
        word = "TIME" if kind.upper() == "TIME" else "TIMESTAMP"
        size = f"({precision})" if isinstance(precision, int) else ""
        return f"{word}{size} {'WITH' if zoned else 'WITHOUT'} TIME ZONE"
    fraction = call.named.get("fsp")
    return kind.upper() + (f"({fraction})" if isinstance(fraction, int) else "")


def _variant(call: Call, engine: Engine) -> str:
    """Give the type that one engine has instead of the others' own."""
    dialects = texts_in(tuple(call.args[1:]), "an engine")
    names = {"postgresql": {"postgresql"}, "mysql": {"mysql"}, "sqlite": {"sqlite"}}
    wanted = names.get(engine, {"mysql", "mariadb"})
    return type_sql(call.args[0] if wanted & set(dialects) else call.of, engine)
