"""Reads DDL into a schema, statement by statement, in the order that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.sqltext import Target, split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.schema.model import Schema
    from be_tui.core.sqltext import Engine, Parsed, Unread

_DDL = re.compile(
    r"CREATE|ALTER|DROP|COMMENT|RENAME|GRANT|REVOKE|DO\b|SET\b|REFRESH"
    r"|SELECT\s+(?:pg_catalog\.)?set_config",
    re.I,
)


@dataclass(frozen=True, slots=True)
class SchemaRead:
    """What came of reading DDL."""

    schema: Schema
    unread: tuple[Unread, ...]
    """The statements of DDL that could not be read."""


def read_schema(text: str, target: Target, path: str = "") -> SchemaRead:
    """Give the schema of a text; what is no DDL is passed over.

    Raises:
        InputError: What reads the engine's SQL is not installed.
    """
    from be_tui.core.schema.state import NotThere, schema_of_statements

    found = (each for each in split(text, target.engine) if _DDL.match(each.text))
    schema, unread = schema_of_statements(found, target, path)
    # What is altered and stands elsewhere is nobody's fault here.
    return SchemaRead(schema, tuple(each for each in unread if not isinstance(each, NotThere)))


def schema_of(statements: Iterable[Parsed], engine: Engine, path: str = "") -> Schema:
    """Give the schema that statements make, one after the other; the rest is passed over."""
    from be_tui.core.schema.state import schema_of_statements

    found = (each.statement for each in statements)
    return schema_of_statements(found, Target(engine), path)[0]
