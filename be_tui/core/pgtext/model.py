"""The nouns: a statement with its node, and one that runs inside another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from be_tui.core.findings import Place

if TYPE_CHECKING:
    from be_tui.core.sqltext import Statement


@dataclass(frozen=True, slots=True)
class PgStatement:
    """A statement that PostgreSQL's grammar reads."""

    statement: Statement
    kind: str
    """What it is, as the grammar calls it: `create_stmt`, `alter_table_stmt`."""

    node: Any
    """The message of that kind: `CreateStmt`, `AlterTableStmt`."""

    def __hash__(self) -> int:
        """Hash by identity: a tree is not compared."""
        return id(self)

    def offset(self, location: int) -> int:
        """Give a node's location in characters of the statement's text; its start if unknown."""
        text = self.statement.text
        if location <= 0:
            return 0
        if text.isascii():
            return min(location, len(text))
        return len(text.encode()[:location].decode(errors="ignore"))

    def place(self, path: str, location: int = 0, length: int = 0) -> Place:
        """Give the place of some characters.

        Args:
            path: The file.
            location: Where a node begins, as the tree counts.
            length: How many characters it has.
        """
        statement = self.statement
        offset = self.offset(location) if location > 0 else 0
        lines = statement.text.count("\n", 0, offset)
        if lines:
            line = statement.line + lines
            column = offset - statement.text.rfind("\n", 0, offset)
        else:
            line, column = statement.line, statement.column + offset
        return Place(path, line, column, line, column + length)


@dataclass(frozen=True, slots=True)
class Inner:
    """A statement that a block of PL/pgSQL runs."""

    statement: PgStatement
    """Its place is that in the file, as near as it can be told."""

    conditional: bool = False
    """Whether it stands under an IF, a CASE or a loop, or where an error is caught."""
