"""Types of PostgreSQL as its coercion rules see them: an internal name, modifiers, array or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from be_tui.core.migrations.effects.pg.words import words

if TYPE_CHECKING:
    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema import DataType

Cast = Literal["same", "free", "call", "written", "none"]
"""How values go from one type to another on their own: as they are; under another name; by a
function; by their text; not without USING."""

_INTERNAL = {
    "smallint": "int2",
    "int": "int4",
    "integer": "int4",
    "bigint": "int8",
    "decimal": "numeric",
    "real": "float4",
    "double precision": "float8",
    "boolean": "bool",
    "char": "bpchar",
    "character": "bpchar",
    "character varying": "varchar",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
    "time with time zone": "timetz",
    "time without time zone": "time",
    "bit varying": "varbit",
}
SERIALS = {
    "smallserial": "int2",
    "serial2": "int2",
    "serial": "int4",
    "serial4": "int4",
    "bigserial": "int8",
    "serial8": "int8",
}
_TEXTS = frozenset({"text", "varchar", "bpchar", "name", "char"})
_NUMBERS = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8"})

_FREE = {
    ("text", "varchar"),
    ("varchar", "text"),
    ("text", "bpchar"),
    ("varchar", "bpchar"),
    ("cidr", "inet"),
    ("bit", "varbit"),
    ("varbit", "bit"),
    ("xml", "text"),
    ("xml", "varchar"),
    ("xml", "bpchar"),
    ("int4", "oid"),
    ("oid", "int4"),
}
"""Casts that change nothing, but for those between numbers of catalogues."""

_CALLS = {
    "bool": "bpchar text varchar",
    "bpchar": "char name text varchar",
    "char": "bpchar text varchar",
    "cidr": "bpchar text varchar",
    "date": "timestamp timestamptz",
    "inet": "bpchar cidr text varchar",
    "int2": "oid",
    "int4": "money",
    "int8": "money oid",
    "interval": "time",
    "json": "jsonb",
    "jsonb": "json",
    "macaddr": "macaddr8",
    "macaddr8": "macaddr",
    "money": "numeric",
    "name": "bpchar text varchar",
    "numeric": "money",
    "path": "polygon",
    "point": "box",
    "text": "char name",
    "time": "interval timetz",
    "timestamp": "date time timestamptz",
    "timestamptz": "date time timestamp timetz",
    "timetz": "time",
    "varchar": "char name",
}
"""Casts that an assignment makes by itself, besides those between numbers."""

_DIGITS = {"time", "timetz", "timestamp", "timestamptz", "interval"}
_MOST_DIGITS = 6
_FULL_INTERVAL = 0x7FFF


@dataclass(frozen=True, slots=True)
class PgType:
    """A type."""

    name: str
    """As `pg_type` has it: `int4`, `varchar`; of a schema other than `public`, with that."""

    modifiers: tuple[int, ...] = ()
    array: bool = False
    known: bool = True
    """False where the model of the schema does not tell it."""

    @property
    def element(self) -> PgType:
        """Give the type of an array's elements."""
        return replace(self, array=False)


UNKNOWN = PgType("", known=False)


def written(node: pb.TypeName) -> PgType:
    """Give the type that a statement names; that of its numbers for a serial."""
    names = [each.string.sval for each in node.names]
    if names[:1] in (["pg_catalog"], ["public"]) and len(names) > 1:
        names = names[1:]
    name = SERIALS.get(names[0], names[0]) if len(names) == 1 else ".".join(names)
    modifiers = tuple(_number(each) for each in node.typmods)
    if name == "interval" and modifiers:
        # The first says which fields are kept.
        modifiers = modifiers[1:] if modifiers[0] == _FULL_INTERVAL else (-1, *modifiers)
    return PgType(name, _usual(name, modifiers), bool(node.array_bounds))


def is_serial(node: pb.TypeName) -> bool:
    """Tell whether a type stands for numbers of a sequence of the column's own."""
    return len(node.names) == 1 and node.names[0].string.sval in SERIALS


def modelled(kind: DataType) -> PgType:
    """Give the type of a column of the model."""
    if kind.name == "array":
        inner = kind.arguments[0] if kind.arguments else ""
        return replace(_read(inner), array=True)
    if kind.name.startswith("interval "):
        return PgType("interval", (-1, *(int(each) for each in kind.arguments)))
    name = _INTERNAL.get(kind.name, kind.name)
    digits = tuple(int(each) for each in kind.arguments if each.lstrip("-").isdigit())
    return PgType(name, _usual(name, digits), known=bool(name))


def _read(text: str) -> PgType:
    name, _, rest = text.partition("(")
    arguments, _, more = rest.partition(")")
    name = f"{name.strip()}{more}".strip()
    name = _INTERNAL.get(name, name)
    digits = tuple(int(each) for each in arguments.split(",") if each.strip().isdigit())
    return PgType(name, _usual(name, digits), known=bool(name))


def _usual(name: str, modifiers: tuple[int, ...]) -> tuple[int, ...]:
    if not modifiers and name == "bit":
        return (1,)
    if name == "numeric" and len(modifiers) == 1:
        return (modifiers[0], 0)
    if name in _DIGITS and modifiers == (_MOST_DIGITS,):
        return ()
    return modifiers


def _number(node: pb.Node) -> int:
    return int(node.a_const.ival.ival)


def cast(source: PgType, target: PgType) -> Cast:
    """Tell how values of a column go to another type without USING; domains are their base here."""
    if source.array or target.array:
        return _of_arrays(source, target)
    if source.name == target.name:
        return "same"
    if (source.name, target.name) in _FREE:
        return "free"
    if source.name in _NUMBERS and target.name in _NUMBERS:
        return "call"
    if target.name in _CALLS.get(source.name, "").split():
        return "call"
    return "written" if target.name in _TEXTS else "none"


def _of_arrays(source: PgType, target: PgType) -> Cast:
    if not target.array:
        return "written" if target.name in _TEXTS else "none"
    if not source.array:
        return "none"
    inner = cast(source.element, target.element)
    return {"same": "same", "free": "call", "call": "call", "written": "call", "none": "none"}[
        inner
    ]  # type: ignore[return-value]


def keeps_length(source: PgType, target: PgType) -> bool:
    """Tell whether the modifiers of the target let every value of the source by unchanged."""
    new, old = target.modifiers, source.modifiers if source.name == target.name else ()
    if target.name == "varchar" and source.name in {"varchar", "text"}:
        old = source.modifiers
    if not new or new == old:
        return True
    if target.array or target.name in {"bpchar", "bit"}:
        return False
    if target.name in {"varchar", "varbit"}:
        return bool(old) and new[0] >= old[0]
    if target.name == "numeric":
        return len(old) == len(new) and old[1] == new[1] and new[0] >= old[0]
    if target.name in _DIGITS and len(new) == 1 and len(old) < len(new) + 1:
        return new[0] >= (old[0] if old else _MOST_DIGITS)
    return False


def type_text(kind: PgType) -> str:
    """Give a type for a query."""
    digits = [str(each) for each in kind.modifiers if each >= 0]
    return f"{kind.name}{'(' + ', '.join(digits) + ')' if digits else ''}{'[]' * kind.array}"


_UNORDERED = words(
    """
    json xml point line lseg box path polygon circle pg_snapshot txid_snapshot cid xid
    """
)


def has_operators(kind: PgType, method: str) -> bool:
    """Tell whether a type has operators of its own for a kind of index."""
    if method == "btree":
        return kind.array or kind.name not in _UNORDERED
    if method == "gin":
        return kind.array or kind.name in {"jsonb", "tsvector"}
    return True


def shrinks(source: PgType, target: PgType) -> bool:
    """Tell whether values of the source may not fit, or lose something, in the target."""
    if target.name == "bit":
        return source != target
    if source.name == target.name or {source.name, target.name} <= {"varchar", "text", "bpchar"}:
        return not (keeps_length(source, target) or _wider(source, target))
    return (source.name, target.name) not in _WIDER


def _wider(source: PgType, target: PgType) -> bool:
    old, new = source.modifiers, target.modifiers
    if not new:
        return True
    if not old or (target.name == "numeric" and len(old) == len(new)):
        # Digits before the point, and after it.
        return bool(old) and new[0] - new[1] >= old[0] - old[1] and new[1] >= old[1]
    return new[0] >= old[0]


_WIDER = frozenset(
    {
        *(("int2", each) for each in ("int4", "int8", "numeric", "float4", "float8")),
        *(("int4", each) for each in ("int8", "numeric", "float8")),
        *(("int8", each) for each in ("numeric",)),
        ("float4", "float8"),
        ("cidr", "inet"),
        ("json", "jsonb"),
        ("jsonb", "json"),
        ("date", "timestamp"),
        ("date", "timestamptz"),
        ("timestamp", "timestamptz"),
        ("timestamptz", "timestamp"),
        ("bit", "varbit"),
        *((each, "text") for each in ("bool", "uuid", "json", "jsonb", "date", "inet", "cidr")),
        *((each, "text") for each in _NUMBERS),
        *((each, "text") for each in ("timestamp", "timestamptz", "time", "interval", "xml")),
    }
)
"""Types whose every value another has room for."""
