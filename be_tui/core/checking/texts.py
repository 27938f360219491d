"""A text of SQL and where its characters stand: a file of its own, or literals of a program."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.findings import Place

if TYPE_CHECKING:
    from be_tui.core.sqltext import Target


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text that stand in one row in a source file."""

    start: int
    """Where they begin in the text."""

    line: int
    column: int
    step: bool = True
    """False where they stand for something else, a value put in: all of them are at one place."""


@dataclass(frozen=True)
class Text:
    """SQL to be checked."""

    path: str
    sql: str
    target: Target | None = None
    """None where it is to be told by the text."""

    pieces: tuple[Piece, ...] = ()
    """Of a literal in a program: where its parts stand; none for a file of SQL."""

    names: tuple[str, ...] = ()
    """Of a literal: what the program calls it, and the function that it stands in."""

    is_once: bool = False
    """Whether it runs once, as migrations do: what it costs is no matter then."""

    is_tried: bool = False
    """Whether it is part of tests, which run on few rows: what it costs is no matter either."""

    is_about_one: bool = True
    """Of a literal: whether the function that it stands in is given which row it is about."""

    refilled: frozenset[str] = frozenset()
    """Of a literal: folded names of tables that the program fills soon after it."""

    made: frozenset[str] = frozenset()
    """Folded names of tables and columns that the program makes by itself."""

    note: str = ""
    """Why a file of a folder is not checked, which is no fault of it."""

    trouble: str = ""
    """Why a file of a folder could not be read; no SQL is known of it then."""

    @cached_property
    def _lines(self) -> list[int]:
        starts = [0]
        starts += [at + 1 for at, letter in enumerate(self.sql) if letter == "\n"]
        return starts

    def place(self, start: int, end: int) -> Place:
        """Give where some characters stand in the file."""
        line, column = self.at(start)
        end_line, end_column = self.at(max(end - 1, start))
        return Place(self.path, line, column, end_line, end_column + 1)

    def at(self, offset: int) -> tuple[int, int]:
        """Give line and column of one character, both from 1."""
        lines = self._lines
        if not self.pieces:
            line = bisect_right(lines, offset)
            return line, offset - lines[line - 1] + 1
        piece = self.pieces[max(0, bisect_right(self.pieces, offset, key=lambda p: p.start) - 1)]
        if not piece.step:
            return piece.line, piece.column
        row = bisect_right(lines, offset) - bisect_right(lines, piece.start)
        if not row:
            return piece.line, piece.column + offset - piece.start
        return piece.line + row, offset - lines[bisect_right(lines, offset) - 1] + 1
