"""A type as PostgreSQL's grammar read it, by its usual name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema.model import DataType
from be_tui.core.schema.pg.names import quoted

if TYPE_CHECKING:
    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema.model import Family

_KNOWN: dict[str, tuple[str, Family]] = {
    "int2": ("smallint", "integer"),
    "smallint": ("smallint", "integer"),
    "int4": ("int", "integer"),
    "int": ("int", "integer"),
    "integer": ("int", "integer"),
    "int8": ("bigint", "integer"),
    "bigint": ("bigint", "integer"),
    "oid": ("oid", "integer"),
    "numeric": ("numeric", "decimal"),
    "decimal": ("numeric", "decimal"),
    "money": ("money", "decimal"),
    "float4": ("real", "float"),
    "float8": ("double precision", "float"),
    "bpchar": ("bpchar", "text"),
    "varchar": ("varchar", "text"),
    "text": ("text", "text"),
    "name": ("name", "text"),
    "citext": ("citext", "text"),
    "timestamp": ("timestamp", "timestamp"),
    "timestamptz": ("timestamptz", "timestamp"),
    "date": ("date", "date"),
    "time": ("time", "time"),
    "timetz": ("timetz", "time"),
    "interval": ("interval", "other"),
    "bool": ("boolean", "boolean"),
    "boolean": ("boolean", "boolean"),
    "json": ("json", "json"),
    "jsonb": ("jsonb", "json"),
    "bytea": ("bytea", "binary"),
    "uuid": ("uuid", "uuid"),
    "bit": ("bit", "other"),
    "varbit": ("varbit", "other"),
}

_OWN = frozenset({"interval", "bit", "varbit"})

SERIALS = {
    "smallserial": "int2",
    "serial2": "int2",
    "serial": "int4",
    "serial4": "int4",
    "bigserial": "int8",
    "serial8": "int8",
}
"""Words for a column that draws from a sequence of its own, and its type."""

_FAMILIES: dict[str, tuple[Family, str]] = {
    name: (family, word) for word, (name, family) in reversed(_KNOWN.items())
}
"""By its usual name, what a type is like, and the grammar's own word for it."""

_FIELDS = {
    4: "year",
    2: "month",
    8: "day",
    1024: "hour",
    2048: "minute",
    4096: "second",
    6: "year to month",
    1032: "day to hour",
    3080: "day to minute",
    7176: "day to second",
    3072: "hour to minute",
    7168: "hour to second",
    6144: "minute to second",
}
"""Which fields of an interval are kept, by the sum of their bits."""

_PLAIN: dict[tuple[str, ...], DataType] = {}
"""Types without arguments, which are most."""


def type_of(node: pb.TypeName) -> DataType:
    """Give a type by its usual name; one of a schema other than `public` with that."""
    names = [each.string.sval for each in node.names]
    if not node.typmods and not node.array_bounds:
        key = tuple(names)
        found = _PLAIN.get(key)
        if found is None:
            found = _PLAIN[key] = _named(names, ())
        return found
    arguments = tuple(_argument(each) for each in node.typmods)
    inner = _named(names, arguments)
    if not node.array_bounds:
        return inner
    return DataType("array", "array", (written(inner),), inner.declared)


def written(kind: DataType) -> str:
    """Give a type as DDL has it."""
    if kind.name == "array":
        return f"{kind.arguments[0]}[]"
    if kind.family != "other" or kind.name in _OWN or kind.name.startswith("interval "):
        return str(kind)
    name = ".".join(quoted(each) for each in kind.name.split("."))
    return f"{name}({','.join(kind.arguments)})" if kind.arguments else name


def base_name(kind: DataType) -> str:
    """Give what values of a type are told apart by: the name without its arguments."""
    if kind.name == "array":
        inner = kind.arguments[0].partition("(")[0]
        return f"{inner.replace(chr(34), '')}[]"
    return kind.name


def sql_name(name: str) -> str:
    """Give a type that is known by its name alone as DDL has it."""
    if name.endswith("[]"):
        return f"{sql_name(name[:-2])}[]"
    return name if name in _FAMILIES else ".".join(quoted(each) for each in name.split("."))


def named_type(name: str) -> DataType:
    """Give a type that is known by its name alone."""
    if name.endswith("[]"):
        return DataType("array", "array", (sql_name(name[:-2]),))
    family, declared = _FAMILIES.get(name, ("other", name))
    return DataType(name, family, (), declared)


def _named(names: list[str], arguments: tuple[str, ...]) -> DataType:
    name = names[-1]
    if name in SERIALS and len(names) == 1:
        name, names = SERIALS[name], []
    known = _KNOWN.get(name) if not names[:-1] or names[-2] == "pg_catalog" else None
    if known is None and names[0] in {"public", "pg_catalog"}:
        names = names[1:]
        known = _KNOWN.get(name) if name == "citext" else None
    if known is None:
        if names == ["char"]:
            # It is another type than `char`, which the grammar calls `bpchar`.
            names = ["pg_catalog", "char"]
        return DataType(".".join(names), "other", arguments, name)
    kind, family = known
    if kind == "bpchar" and arguments:
        kind = "char"
    elif kind == "numeric" and len(arguments) == 1:
        arguments = (arguments[0], "0")
    elif kind == "interval" and arguments:
        fields = _FIELDS.get(int(arguments[0]), "")
        kind, arguments = f"interval {fields}".strip(), arguments[1:]
    return DataType(kind, family, arguments, name)


def _argument(node: pb.Node) -> str:
    kind = node.WhichOneof("node")
    if kind == "a_const":
        value = node.a_const
        which = value.WhichOneof("val")
        if which == "ival":
            return str(value.ival.ival)
        if which == "fval":
            return str(value.fval.fval)
        return "'" + str(value.sval.sval).replace("'", "''") + "'"
    if kind == "column_ref":
        return ".".join(quoted(each.string.sval) for each in node.column_ref.fields)
    # A scale below zero is written as an expression.
    inner = node.a_expr.rexpr.a_const.ival.ival
    return f"-{inner}"
