"""Asks a catalogue, and collects what it tells as statements of DDL, read one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema.reading import SchemaRead
from be_tui.core.schema.state import schema_of_statements
from be_tui.core.sqltext import Statement, Target

if TYPE_CHECKING:
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
        self._statements: list[Statement] = []

    def ask(self, question: str) -> tuple[tuple[str, ...], ...]:
        """Give the rows that answer a question; what is NULL is empty.

        Raises:
            StatementError: The server does not tell.
        """
        from be_tui.core.schema.live import BOUNDS

        found = self._session.run(question, BOUNDS)
        return tuple(tuple(value or "" for value in row) for row in found.rows)

    def say(self, text: str) -> None:
        """Keep one statement, in the engine's SQL."""
        # It stands in no file, so it has no line there.
        self._statements.append(Statement(text, 0, 0, 0))

    def read(self) -> SchemaRead:
        """Give the schema that the statements make."""
        target = Target(self._engine)
        return SchemaRead(*schema_of_statements(self._statements, target, self._shown))
