"""The nouns: an engine and its version, a statement with its place, what came of parsing it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.tokenizer_core import Token

Engine = Literal["postgresql", "mysql", "mariadb", "sqlite"]
ENGINES: tuple[Engine, ...] = get_args(Engine)


@dataclass(frozen=True, slots=True)
class Target:
    """What the SQL is to run on."""

    engine: Engine
    version: tuple[int, ...] = ()
    """Major, minor; empty where it is not known."""

    @property
    def is_mysql(self) -> bool:
        """Tell whether it is MySQL or MariaDB."""
        return self.engine in {"mysql", "mariadb"}

    def since(self, *version: int) -> bool:
        """Tell whether it is known to be this version or a later one."""
        return bool(self.version) and self.version >= version


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a text."""

    text: str
    """As it was written, without the semicolon that ends it."""

    start: int
    """Where it begins in the text, in characters from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A statement that could be read."""

    statement: Statement
    tree: exp.Expr
    tokens: tuple[Token, ...]
    explain: str = ""
    """The words of `EXPLAIN` before it, `EXPLAIN ANALYZE` for one; empty without."""

    def __hash__(self) -> int:
        """Hash by identity: a tree is not compared."""
        return id(self)


@dataclass(frozen=True, slots=True)
class Unread:
    """A statement that could not be read."""

    statement: Statement
    message: str
    offset: int = 0
    """Where in the statement, in characters from 0."""
