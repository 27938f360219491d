"""One statement at work on what a database holds: where names point, and where things stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from be_tui.core.findings import Place
from be_tui.core.schema.model import Name
from be_tui.core.schema.pg.expressions import Expressions
from be_tui.core.schema.pg.names import needs_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from google.protobuf.message import Message
    from postgast import pg_query_pb2 as pb

    from be_tui.core.pgtext import PgStatement
    from be_tui.core.schema.holding import Holding, Key
    from be_tui.core.schema.model import Column, DataType, Table


class Unseen(Exception):  # noqa: N818 - it ends one statement, which is then told as unread
    """A statement is about what nobody has seen, or says what is not kept; the message says it."""


@dataclass(slots=True)
class Session:
    """What statements set for those after them."""

    namespace: str = ""
    """The schema that new names stand in; empty for `public`."""

    tablespace: str = ""
    method: str = ""
    dumped: bool = False
    """Whether it is a dump, in which materialised views are filled by its data."""


@dataclass(slots=True)
class Work:
    """One statement, and what it is applied to."""

    held: Holding
    statement: PgStatement
    path: str
    version: tuple[int, ...]
    session: Session
    ascii: bool = field(init=False)
    """Whether bytes of the statement are its characters."""

    def __post_init__(self) -> None:
        self.ascii = self.statement.statement.text.isascii()

    def place(self, location: int = 0, length: int = 0) -> Place:
        """Give the place of some characters of the statement."""
        if not self.ascii:
            return self.statement.place(self.path, location, length)
        # Asked for each column of each table, so not by way of others.
        said = self.statement.statement
        offset = location if location > 0 else 0
        line, column = said.line, said.column + offset
        if lines := said.text.count("\n", 0, offset):
            line, column = line + lines, offset - said.text.rfind("\n", 0, offset)
        return Place(self.path, line, column, line, column + length)

    def new_key(self, said: pb.RangeVar) -> Key:
        """Give the key that a name makes."""
        return self.namespace(said.schemaname), said.relname

    def namespace(self, said: str) -> str:
        """Give the schema that a new name stands in."""
        return plain_namespace(said) if said else self.session.namespace

    def key_of(self, names: Sequence[str]) -> Key:
        """Give the key of a new object by the parts of its name."""
        return self.namespace(names[-2] if len(names) > 1 else ""), names[-1]

    def resolve(self, found: Iterable[Key], names: Sequence[str]) -> Key | None:
        """Give the key that a name means among those of its kind."""
        keys = found if isinstance(found, (dict, set, frozenset)) else set(found)
        name = names[-1]
        if len(names) > 1:
            key = (plain_namespace(names[-2]), name)
            return key if key in keys else None
        for namespace in dict.fromkeys((self.session.namespace, "")):
            if (namespace, name) in keys:
                return namespace, name
        return next((key for key in keys if key[1] == name), None)

    def table_key(self, said: pb.RangeVar) -> Key | None:
        """Give the key of a table that is there."""
        namespace = plain_namespace(said.schemaname) if said.schemaname else ""
        names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
        found = self.resolve(self.held.tables, names)
        return found or self.held.find(said.relname, namespace)

    def table(self, said: pb.RangeVar) -> tuple[Key, Table]:
        """Give a table that is there.

        Raises:
            Unseen: There is none of that name.
        """
        key = self.table_key(said)
        if key is None:
            raise Unseen(f"no table {shown(said)} is known here")
        return key, self.held.tables[key]

    def placed(self, node: Message) -> None:
        """Let each relation that a statement names stand with the schema that it is found in."""
        from be_tui.core.schema.pg.reparsing import walk

        for each in walk(node):
            if each.DESCRIPTOR.name == "RangeVar" and not each.schemaname:
                key = self.resolve(self.held.tables, (each.relname,))
                key = key or self.resolve(self.held.views, (each.relname,))
                if key is not None:
                    each.schemaname = key[0]

    def base(self, kind: DataType) -> DataType:
        """Give the type below a domain; any other type as it is."""
        for _ in range(16):
            if kind.family != "other" or not self.held.domains:
                return kind
            key = self.type_key(self.held.domains, kind.name)
            if key is None:
                return kind
            kind = self.held.domains[key].type
        return kind

    def type_key(self, found: Iterable[Key], name: str) -> Key | None:
        """Give the key of a type by its name as DDL has it."""
        return self.resolve(found, [unquoted(part) for part in parts_of(name)])

    def expressions(self, columns: Iterable[Column]) -> Expressions:
        """Give what writes expressions over some columns."""
        return Expressions({each.name.text: self.base(each.type) for each in columns})


def plain_namespace(said: str) -> str:
    """Give a schema's name as the model has it: nothing for `public`."""
    return "" if said in {"public", "pg_catalog"} else said


@lru_cache(maxsize=65_536)
def name_of(text: str) -> Name:
    """Give a name as the model has it."""
    return Name(text, needs_quotes(text))


def parts_of(name: str) -> list[str]:
    """Give the parts of a name as SQL has it, quotes and all."""
    parts, inside, start = [], False, 0
    for at, char in enumerate(name):
        if char == '"':
            inside = not inside
        elif char == "." and not inside:
            parts.append(name[start:at])
            start = at + 1
    return [*parts, name[start:]]


def unquoted(name: str) -> str:
    """Give a name as it is, of one as SQL has it."""
    return name[1:-1].replace('""', '"') if name[:1] == '"' else name


def strings(nodes: Iterable[pb.Node]) -> list[str]:
    """Give the names that a list of nodes holds."""
    return [each.string.sval for each in nodes]


def columns_text(nodes: Iterable[pb.Node]) -> tuple[str, ...]:
    """Give columns, folded."""
    return tuple(each.string.sval.casefold() for each in nodes)


def options_of(nodes: Iterable[pb.Node]) -> tuple[str, ...]:
    """Give storage parameters as DDL has them, sorted."""
    found = []
    for each in nodes:
        option = each.def_elem
        name = f"{option.defnamespace}.{option.defname}" if option.defnamespace else option.defname
        found.append(f"{name}={value_of(option.arg) or 'true'}")
    return tuple(sorted(found))


def value_of(node: pb.Node) -> str:
    """Give the value of an option as text; empty without one."""
    kind = node.WhichOneof("node")
    if kind == "integer":
        return str(node.integer.ival)
    if kind == "float":
        return str(node.float.fval)
    if kind == "boolean":
        return "true" if node.boolean.boolval else "false"
    if kind == "string":
        return str(node.string.sval)
    if kind == "type_name":
        return str(node.type_name.names[-1].string.sval)
    return ""


def shown(said: pb.RangeVar) -> str:
    """Give a name as people are told it."""
    return f'"{said.schemaname}.{said.relname}"' if said.schemaname else f'"{said.relname}"'
