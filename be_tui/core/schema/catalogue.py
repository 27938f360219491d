"""Asks a catalogue, and collects what it tells as statements of DDL, parsed one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.reading import SchemaRead, schema_of
from be_tui.core.sqltext import Parsed, Statement, Unread, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlglot import exp

    from be_tui.core.schema.live import Asked
    from be_tui.core.sqltext import Engine


class Words:
    """What a database says of itself, so far."""

    def __init__(self, session: Asked, engine: Engine, shown: str) -> None:
        """Begin.

        Args:
            session: Where to ask.
            engine: Which database it is.
            shown: What places name as their file.
        """
        self._session = session
        self._engine = engine
        self._shown = shown
        self._parsed: list[Parsed] = []
        self._unread: list[Unread] = []

    def ask(self, question: str, **parts: str) -> tuple[tuple[str, ...], ...]:
        """Give the rows that answer a question; what is NULL is empty.

        Args:
            question: In SQL.
            parts: What stands in for the names in braces.

        Raises:
            StatementError: The server does not tell.
        """
        from be_tui.core.schema.live import BOUNDS

        found = self._session.run(question.format(**parts) if parts else question, BOUNDS)
        return tuple(tuple(value or "" for value in row) for row in found.rows)

    def say(self, text: str, change: Callable[[exp.Expr], exp.Expr] | None = None) -> None:
        """Keep one statement.

        Args:
            text: In the engine's SQL.
            change: What makes of its tree the one that a person would have written.
        """
        # It stands in no file, so it has no line there.
        found = parse(Statement(text, 0, 0, 0), self._engine)
        if isinstance(found, Unread):
            self._unread.append(found)
        else:
            self._parsed.append(replace(found, tree=change(found.tree)) if change else found)

    def read(self) -> SchemaRead:
        """Give the schema that the statements make."""
        schema = schema_of(self._parsed, self._engine, self._shown)
        return SchemaRead(schema, tuple(self._unread))


def bare(name: str) -> str:
    """Give a name as it is, of one as SQL has it."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def literal(text: str) -> str:
    """Give a text as a literal of standard SQL."""
    return "'" + text.replace("'", "''") + "'"
