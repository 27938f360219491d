"""A type as sqlglot read it, as a type by its engine's usual name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema.model import DataType

if TYPE_CHECKING:
    from sqlglot import exp

    from be_tui.core.schema.model import Family
    from be_tui.core.sqltext import Engine

_TYPES: dict[str, tuple[str, Family]] = {
    "TINYINT": ("tinyint", "integer"),
    "UTINYINT": ("tinyint unsigned", "integer"),
    "SMALLINT": ("smallint", "integer"),
    "USMALLINT": ("smallint unsigned", "integer"),
    "MEDIUMINT": ("mediumint", "integer"),
    "UMEDIUMINT": ("mediumint unsigned", "integer"),
    "INT": ("int", "integer"),
    "UINT": ("int unsigned", "integer"),
    "BIGINT": ("bigint", "integer"),
    "UBIGINT": ("bigint unsigned", "integer"),
    "SMALLSERIAL": ("smallint", "integer"),
    "SERIAL": ("int", "integer"),
    "BIGSERIAL": ("bigint", "integer"),
    "YEAR": ("year", "integer"),
    "DECIMAL": ("numeric", "decimal"),
    "UDECIMAL": ("numeric unsigned", "decimal"),
    "BIGDECIMAL": ("numeric", "decimal"),
    "MONEY": ("money", "decimal"),
    "FLOAT": ("real", "float"),
    "DOUBLE": ("double precision", "float"),
    "UDOUBLE": ("double unsigned", "float"),
    "CHAR": ("char", "text"),
    "NCHAR": ("char", "text"),
    "BPCHAR": ("char", "text"),
    "VARCHAR": ("varchar", "text"),
    "NVARCHAR": ("varchar", "text"),
    "TEXT": ("text", "text"),
    "TINYTEXT": ("tinytext", "text"),
    "MEDIUMTEXT": ("mediumtext", "text"),
    "LONGTEXT": ("longtext", "text"),
    "NAME": ("name", "text"),
    "TIMESTAMP": ("timestamp", "timestamp"),
    "TIMESTAMPTZ": ("timestamptz", "timestamp"),
    "TIMESTAMPLTZ": ("timestamptz", "timestamp"),
    "TIMESTAMPNTZ": ("timestamp", "timestamp"),
    "DATETIME": ("datetime", "timestamp"),
    "DATE": ("date", "date"),
    "TIME": ("time", "time"),
    "TIMETZ": ("timetz", "time"),
    "BOOLEAN": ("boolean", "boolean"),
    "JSON": ("json", "json"),
    "JSONB": ("jsonb", "json"),
    "BINARY": ("binary", "binary"),
    "VARBINARY": ("varbinary", "binary"),
    "BLOB": ("blob", "binary"),
    "TINYBLOB": ("tinyblob", "binary"),
    "MEDIUMBLOB": ("mediumblob", "binary"),
    "LONGBLOB": ("longblob", "binary"),
    "UUID": ("uuid", "uuid"),
    "ENUM": ("enum", "enum"),
    "SET": ("set", "enum"),
    "ARRAY": ("array", "array"),
    "XML": ("xml", "other"),
    "INET": ("inet", "other"),
    "INTERVAL": ("interval", "other"),
    "TSVECTOR": ("tsvector", "other"),
}

_BY_ENGINE: dict[Engine, dict[str, tuple[str, Family]]] = {
    "mysql": {
        "TIMESTAMPTZ": ("timestamp", "timestamp"),
        "TIMESTAMP": ("datetime", "timestamp"),
        "FLOAT": ("float", "float"),
        "DOUBLE": ("double", "float"),
        "VARBINARY": ("varbinary", "binary"),
    },
    "postgresql": {"VARBINARY": ("bytea", "binary"), "BLOB": ("bytea", "binary")},
}
_BY_ENGINE["mariadb"] = _BY_ENGINE["mysql"]

_NO_TYPE = DataType("", "other")


def data_type(found: exp.Expr | None, engine: Engine, declared: str = "") -> DataType:
    """Give the type of a column.

    Args:
        found: What sqlglot read; None where a column of SQLite has no type.
        engine: Whose DDL it is.
        declared: The first word as it was written.
    """
    from sqlglot import exp

    if not isinstance(found, exp.DataType):
        return _NO_TYPE if found is None else DataType(found.sql().lower(), "other", (), declared)
    kind = found.this.value if isinstance(found.this, exp.DType) else str(found.this)
    if kind == exp.DType.USERDEFINED.value:
        name = str(found.args.get("kind") or "").strip('"').lower()
        return DataType(name, "text" if name == "citext" else "other", (), declared)
    name, family = _BY_ENGINE.get(engine, {}).get(kind) or _TYPES.get(kind, (kind.lower(), "other"))
    arguments: tuple[str, ...] = ()
    if family == "array":
        arguments = tuple(str(data_type(each, engine)) for each in found.expressions)
    else:
        arguments = tuple(_argument(each) for each in found.expressions)
    return DataType(name, family, arguments, declared)


def _argument(found: exp.Expr) -> str:
    return found.name or found.sql()
