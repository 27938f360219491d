"""The schema of a PostgreSQL database, from its catalogues: whole, as its DDL would be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema.catalogues import QUESTIONS
from be_tui.core.schema.reading import SchemaRead
from be_tui.core.schema.state import schema_of_statements
from be_tui.core.sqltext import Statement, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.schema.live import Asked


def read_postgres(session: Asked, shown: str, version: tuple[int, ...] = ()) -> SchemaRead:
    """Give the schema of the database that a session is connected to.

    Raises:
        StatementError: A catalogue could not be read.
    """
    statements = tuple(_statements(session))
    schema, unread = schema_of_statements(statements, Target("postgresql", version), shown)
    return SchemaRead(schema, unread)


def _statements(session: Asked) -> Iterator[Statement]:
    from be_tui.core.schema.live import BOUNDS

    for question in QUESTIONS:
        for (text,) in session.run(question, BOUNDS).rows:
            if text:
                # It stands in no file, so it has no line there.
                yield Statement(text, 0, 0, 0)
