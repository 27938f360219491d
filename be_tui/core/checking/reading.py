"""Texts taken apart into statements, each parsed by the engine that it is meant for."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from be_tui.core.checking.ignoring import ignored
from be_tui.core.checking.meant import strange
from be_tui.core.checking.open_ends import has_marks
from be_tui.core.sqltext import NOTHING, Parsed, Statement, Unread, guess, parse, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.checking.ignoring import Ignored
    from be_tui.core.checking.texts import Text
    from be_tui.core.sqltext import Engine, Target

MOST_STATEMENTS = 200_000
_KEPT_LENGTH = 5_000
"""Characters of a statement up to which its tree is kept for the next look."""

_OTHER = re.compile(
    r"(?:DROP|GRANT|REVOKE|DO|COPY|SET|COMMENT|CALL|CLUSTER|VACUUM|LOCK|UNLOCK|PRAGMA|DELIMITER|USE"
    r"|RENAME|PREPARE|EXECUTE|DEALLOCATE)\b|/\*!|ALTER\s+(?!TABLE\b)"
    r"|CREATE\s+(?:OR\s+REPLACE\s+)?(?!(?:UNIQUE|INDEX|TABLE|TEMP\w*|VIEW|MATERIALIZED)\b)",
    re.I,
)
"""Statements that be-tui has nothing to say of: that their syntax is unknown is no finding."""

_FAR = 200
_CALLED = re.compile(r"--\s*name:\s*([\w-]+)")
_HEADING = re.compile(r"^--[ \t]*(?:name:[ \t]*[\w-]+|[\w-]+ --[ \t]*$)", re.M)
"""How a file of named queries tells where the next one begins; a semicolon may be missing."""

_LEADING = re.compile(r"(?:\s*--[^\n]*\n)*")
_PARSER_SAYS = re.compile(r"(?:does not parse|cannot be taken apart) as \w+")
"""How a message begins that tells of wrong syntax, and not of a bound."""

_TABLE = re.compile(r"CREATE\s+(?:TEMPORARY\s+)?TABLE\b", re.I)
_DRIVER = re.compile(r":'\w+'|%\(\w+\)s|%s\b|(?<![\w:]):[a-z_]\w*|\?")
"""What drivers write for a value, in place of PostgreSQL's `$1`."""

_WRONG = re.compile(r'near "|syntax error|incomplete input|unrecognized token')
"""How SQLite tells of wrong syntax, and not of a table that is not there."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text taken apart."""

    text: Text
    target: Target
    parsed: tuple[Parsed, ...] = ()
    unread: tuple[Unread, ...] = ()
    comments: tuple[Ignored, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Give its statements: those that could be read, then those that could not."""
        return (
            *(each.statement for each in self.parsed),
            *(each.statement for each in self.unread),
        )


def read(text: Text, target: Target | None) -> Read:
    """Take a text apart; one that is meant for another engine is read as that engine's."""
    known = meant(text, target)
    if text.pieces and strange(text.sql):
        return Read(text, known)
    parsed: list[Parsed] = []
    unread: list[Unread] = []
    before: dict[str, Parsed | Unread] = {}
    for count, statement in enumerate(_statements(text.sql, known.engine)):
        if count >= MOST_STATEMENTS:
            said = f"more than {MOST_STATEMENTS:,} statements: the rest was not looked at"
            unread.append(Unread(statement, said))
            break
        same = before.get(statement.text)
        found = replace(same, statement=statement) if same else _parsed(statement, known.engine)
        before[statement.text] = found
        if isinstance(found, Parsed):
            parsed.append(found)
        else:
            unread.append(found)
    return Read(text, known, tuple(parsed), tuple(unread), ignored(text.sql))


def _statements(sql: str, engine: Engine) -> Iterator[Statement]:
    """Give the statements of a text; in a file of named queries each name begins a new one."""
    for statement in split(sql, engine):
        text, at = statement.text, 0
        for found in _HEADING.finditer(text) if "--" in text else ():
            part = text[at : found.start()]
            if not _is_open(part) and _LEADING.sub("", part.rstrip() + "\n", count=1):
                yield _part(statement, at, found.start())
                at = found.start()
        yield _part(statement, at, len(text)) if at else statement


def _is_open(part: str) -> bool:
    """Tell whether a quote or the body of a routine goes on after a part of a statement."""
    return part.count("$$") % 2 == 1 or part.count("'") % 2 == 1


def _part(statement: Statement, start: int, end: int) -> Statement:
    """Give a part of what stands between two semicolons, from its first word on."""
    text = statement.text
    found = _LEADING.match(text, start, end)
    first = found.end() if found else start
    first += len(text[first:end]) - len(text[first:end].lstrip())
    line, last = text.count("\n", 0, first), text.rfind("\n", 0, first)
    column = first - last if last >= 0 else statement.column + first
    return Statement(
        text[first:end].rstrip(), statement.start + first, statement.line + line, column
    )


def meant(text: Text, target: Target | None) -> Target:
    """Give the engine of a text: as its file is named, as was asked for, or by its marks."""
    if text.pieces and target is not None and text.target is None and _is_strange(text, target):
        return guess(text.sql)
    if text.target is None or target is None:
        return target or text.target or guess(text.sql)
    return target if is_same(text.target, target) else text.target


def _is_strange(text: Text, target: Target) -> bool:
    """Tell whether a literal has words of another engine: a program may know several."""
    told = guess(text.sql)
    if told.engine == "mysql":
        return target.engine == "postgresql"
    return told.engine == "sqlite" and target.engine != "sqlite"


def is_same(one: Target, other: Target) -> bool:
    """Tell whether two engines share their tables: MySQL and MariaDB do."""
    return one.engine == other.engine or (one.is_mysql and other.is_mysql)


def is_wrong(unread: Unread, target: Target, *, is_file: bool) -> bool:
    """Tell whether a statement is wrong, and not only more than is understood here."""
    if not is_file or not _PARSER_SAYS.match(unread.message):
        return False
    if has_marks(unread.statement.text):
        return False
    if target.engine == "postgresql":
        return not _is_taken(unread.statement)
    if target.engine != "sqlite":
        return not _is_table(unread.statement, target)
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(f"EXPLAIN {unread.statement.text}").close()
        except (sqlite3.Error, sqlite3.Warning, ValueError, UnicodeError) as error:
            return _WRONG.search(str(error)) is not None
    return False


def _is_table(statement: Statement, target: Target) -> bool:
    """Tell whether a statement makes a table, as far as it is read for the schema."""
    from be_tui.core.schema import open_state

    made = _TABLE.match(statement.text) is not None
    return made and open_state(target).apply(statement) is None


def not_understood(unread: Unread) -> Unread:
    """Give a statement that may be right with a message that does not say it is wrong."""
    return replace(unread, message=_PARSER_SAYS.sub("is not understood here", unread.message))


def _is_taken(statement: Statement) -> bool:
    """Tell whether PostgreSQL's own grammar takes what sqlglot does not."""
    from be_tui.core.pgtext import PgStatement, read_statement

    if isinstance(read_statement(statement), PgStatement):
        return True
    bound = _DRIVER.sub("$1", statement.text)
    if bound == statement.text:
        return False
    return isinstance(read_statement(replace(statement, text=bound)), PgStatement)


def is_passed_over(unread: Unread, text: Text) -> bool:
    """Tell whether a statement that cannot be read is none to speak of."""
    if _OTHER.match(unread.statement.text) or unread.message == NOTHING:
        return True
    if not text.pieces:
        return False
    if text.is_tried:
        return True
    # A literal may be plain words, or a part of SQL that code completes.
    verb = text.sql.split(maxsplit=1)[0]
    ends = unread.offset >= len(unread.statement.text.rstrip()) - 1
    marks = any(mark in text.sql for mark in ("{", "\\", "%s", "%(", "VALUES ?", "IN ?"))
    return not verb.isupper() or marks or ends


def called(sql: str, statement: Statement) -> tuple[str, ...]:
    """Give what a comment before a statement calls it: `-- name: ClearIndex :exec`."""
    near = sql[max(0, statement.start - _FAR) : statement.start + _FAR]
    before = near[: min(statement.start, _FAR)].rpartition(";")[2]
    after = _LEADING.match(statement.text)
    found = _CALLED.findall(before + (after[0] if after else ""))
    return tuple(found[-1:])


def _parsed(statement: Statement, engine: Engine) -> Parsed | Unread:
    """Parse a statement, or know it from before: in an editor most of a text stays as it was."""
    if len(statement.text) > _KEPT_LENGTH:
        return parse(statement, engine)
    return replace(_parsed_text(statement.text, engine), statement=statement)


@lru_cache(maxsize=512)
def _parsed_text(text: str, engine: Engine) -> Parsed | Unread:
    return parse(Statement(text, 0, 1, 1), engine)
