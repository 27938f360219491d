"""Runs DDL on a server and compares what its dump is read as with what the DDL is read as."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import WheelSandbox, open_sandbox
from be_tui.core.databases.dumping import dump_ddl
from be_tui.core.findings import Place
from be_tui.core.schema import schema_of_statements
from be_tui.core.sqltext import Target, split

if TYPE_CHECKING:
    from be_tui.core.schema import Schema

_PASSED_OVER = frozenset({"place", "owner", "declared"})
_ORDERED_BY_NAME = frozenset({"foreign_keys", "uniques", "checks", "indexes", "exclusions"})


def trip(ddl: str, major: int) -> tuple[Schema, Schema]:
    """Give DDL as it is read, and as a server's dump of it is read."""
    statements = tuple(split(ddl, "postgresql"))
    target = Target("postgresql", (major,))
    with open_sandbox(f"postgresql:{major}") as sandbox:
        assert isinstance(sandbox, WheelSandbox)
        session = sandbox.session()
        for statement in statements:
            session.run(statement.text)
        folder = sandbox.superuser().run("SHOW unix_socket_directories").value
        address = f"host={folder} dbname={sandbox.name} user={sandbox.name}"
        dumped = dump_ddl(address, "a sandbox")
    read, unread = schema_of_statements(statements, target)
    assert unread == ()
    again, unread = schema_of_statements(split(dumped, "postgresql"), target)
    assert unread == ()
    return read, again


def told(schema: Schema) -> dict[str, dict[str, object]]:
    """Give a schema without places and order, as text that a difference can be seen in."""
    return {
        kind.name: {_name(each): _bare(each) for each in getattr(schema, kind.name)}
        for kind in fields(schema)
    }


def _name(value: object) -> str:
    if isinstance(value, str):
        return value
    parts = ("kind", "namespace", "table", "name", "arguments", "target", "role")
    return ".".join(str(_bare(getattr(value, each))) for each in parts if hasattr(value, each))


def _bare(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_bare(each) for each in value)
    if isinstance(value, Place) or not is_dataclass(value):
        return value
    found = {}
    for field in fields(value):
        if field.name in _PASSED_OVER:
            continue
        inner = getattr(value, field.name)
        if field.name in _ORDERED_BY_NAME:
            inner = tuple(sorted(inner, key=lambda each: str(each.name)))
        found[field.name] = _bare(inner)
    return found
