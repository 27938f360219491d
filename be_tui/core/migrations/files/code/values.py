"""What an expression is worth as far as its file tells, whatever the language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.scripts import statements_in
from be_tui.core.migrations.model import Origin, ScriptStatement
from be_tui.core.sqltext import Statement, Unread, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.migrations.model import Wrapping
    from be_tui.core.sqltext import Target


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an expression stands."""

    start: int
    """In characters of the file."""

    end: int


class Written(str):
    """A text that stands in the file letter by letter."""

    __slots__ = ("at",)
    at: Spot

    def __new__(cls, value: str, at: Spot) -> Written:
        """Keep where its first letter stands."""
        made = super().__new__(cls, value)
        made.at = at
        return made


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the file does not define: `sqlalchemy.Integer`."""

    path: str
    of: object = None
    """The value whose member it is, where that is known."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call, with its arguments."""

    name: str
    """What is called, with all its dots: `sqlalchemy.Column`."""

    spot: Spot
    args: tuple[object, ...] = ()
    named: dict[str, object] = field(default_factory=dict, hash=False)
    of: object = None
    """What it is a method of, where that is a value."""

    @property
    def last(self) -> str:
        """The last word of what is called: `Column`."""
        return self.name.rpartition(".")[2]

    def get(self, index: int, name: str, other: object = None) -> object:
        """Give an argument by its place or its name."""
        if 0 <= index < len(self.args):
            return self.args[index]
        return self.named.get(name, other)


@dataclass(frozen=True, slots=True)
class Unknown:
    """What only the running program knows."""

    why: str
    spot: Spot


class NotStatic(Exception):  # noqa: N818 (told as unread, never raised at the person)
    """What a call does cannot be told; the message says why."""


class Recorder:
    """Collects a script: SQL that calls stand for, and what could not be told."""

    def __init__(self, text: str, target: Target) -> None:
        """Start empty, on the text of a file."""
        self.text = text
        self.target = target
        self.statements: list[ScriptStatement] = []
        self.unread: list[Unread] = []
        self.wrapping: Wrapping | None = None
        """How what comes next is run, where otherwise than its script."""

    def at(self, spot: Spot) -> Statement:
        """Give the source of a spot, with its place."""
        source = self.text[spot.start : spot.end]
        line = self.text.count("\n", 0, spot.start) + 1
        column = spot.start - self.text.rfind("\n", 0, spot.start)
        return Statement(source, spot.start, line, column)

    def call(self, sql: str | Iterable[str], spot: Spot) -> None:
        """Record the SQL that a call stands for."""
        place = self.at(spot)
        origin = Origin(place.text)
        for text in [sql] if isinstance(sql, str) else sql:
            statement = Statement(text, place.start, place.line, place.column)
            self.statements.append(
                ScriptStatement(statement, origin, exact=False, wrapping=self.wrapping)
            )

    def sql(self, text: str, spot: Spot) -> None:
        """Record SQL that a call holds: letter by letter where it stands so in the file."""
        place = self.at(spot)
        origin = Origin(place.text)
        for each in self._taken_apart(text, place):
            self.statements.append(
                ScriptStatement(each.statement, origin, each.exact, self.wrapping)
            )

    def _taken_apart(self, text: str, place: Statement) -> Iterator[ScriptStatement]:
        if isinstance(text, Written):
            yield from statements_in(self.text, [(text.at.start, text.at.end)], self.target)
            return
        for each in split(text, self.target.engine):
            statement = Statement(each.text, place.start, place.line, place.column)
            yield ScriptStatement(statement, exact=False)

    def unknown(self, why: str, spot: Spot) -> None:
        """Record what could not be told, once for a place."""
        found = Unread(self.at(spot), why)
        if found not in self.unread:
            self.unread.append(found)


def text_in(value: object, what: str) -> str:
    """Give a value that must be a text.

    Raises:
        NotStatic: It is none, or is not known.
    """
    if isinstance(value, Call) and value.last == "f" and value.args:
        # Alembic's mark for a name that is final already.
        value = value.args[0]
    if isinstance(value, str):
        return value
    raise NotStatic(f"{what} is known only when it runs")


def texts_in(value: object, what: str) -> list[str]:
    """Give a value that must be a list of texts, or one.

    Raises:
        NotStatic: It is none, or is not known.
    """
    if isinstance(value, str):
        return [value]
    if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
        return [str(each) for each in value]
    raise NotStatic(f"{what} are known only when it runs")


def literal(value: object) -> str:
    """Give a value as SQL writes it.

    Raises:
        NotStatic: It is not known.
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise NotStatic("a value is known only when it runs")
