"""A script's statements out of a file's text: each at its place in the whole file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.model import Script, ScriptStatement
from be_tui.core.sqltext import Unread, client_commands, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.migrations.model import Wrapping
    from be_tui.core.sqltext import Target

Span = tuple[int, int]
"""From where to where, in characters of the file."""

_BEGINS = re.compile(r"(?:BEGIN|START\s+TRANSACTION)\b(?!.*\bEND\b)", re.I | re.S)
_ENDS = re.compile(r"(?:COMMIT|ROLLBACK|END|ABORT)\b(?!\s+(?:TO|PREPARED)\b)", re.I)
_QUOTED = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\$(\w*)\$.*?\$\1\$", re.S
)

_PSQL = re.compile(
    r"\\(?:(?:i|ir|include|include_relative|c|connect|copy|gexec|gset|g|if|elif|else|endif|o)\b|!)"
)
"""The other commands of psql change only what is shown."""


def kept(text: str, spans: Iterable[Span]) -> str:
    """Give the text with all but the spans blanked, so that each place stays what it was."""
    parts, at = [], 0
    for start, end in spans:
        parts += [_blanked(text[at:start]), text[start:end]]
        at = end
    return "".join(parts)


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def statements_in(text: str, spans: Iterable[Span], target: Target) -> Iterator[ScriptStatement]:
    """Give the statements of parts of a text."""
    for statement in split(kept(text, spans), target.engine):
        # One that goes on over what was blanked is not the file's own letters.
        exact = text.startswith(statement.text, statement.start)
        yield ScriptStatement(statement, exact=exact)


def script_of(
    path: str,
    text: str,
    target: Target,
    wrapping: Wrapping,
    spans: Iterable[Span] | None = None,
) -> Script:
    """Give the script of a file, or of parts of it."""
    parts = [(0, len(text))] if spans is None else list(spans)
    unread = tuple(for_psql(kept(text, parts))) if target.engine == "postgresql" else ()
    statements = marked(statements_in(text, parts, target), wrapping)
    return Script(path, statements, wrapping, unread)


def for_psql(text: str) -> Iterator[Unread]:
    """Give the commands of psql that change what is run, or where."""
    for each in client_commands(text):
        if _PSQL.match(each.text):
            yield Unread(each, f"`{each.text}` is a command of psql, which is no SQL")


def sent_whole(script: Script, target: Target) -> Script:
    """Give a script as it is run when its text is sent at once, without a transaction around.

    PostgreSQL runs several statements that come together in one transaction, and one alone in
    none; a text that begins transactions itself is run as it says.
    """
    own = any(_BEGINS.match(each.statement.text) for each in script.statements)
    alone = len(script.statements) == 1 or target.engine != "postgresql" or own
    wrapping: Wrapping = "none" if alone else "one"
    return replace(script, wrapping=wrapping, statements=marked(script.statements, wrapping))


def by_engine(wrapping: Wrapping, target: Target) -> Wrapping:
    """Give how a tool's transaction holds: MySQL and MariaDB commit at each change of a schema."""
    return "none" if target.is_mysql else wrapping


def marked(
    statements: Iterable[ScriptStatement], wrapping: Wrapping
) -> tuple[ScriptStatement, ...]:
    """Mark the statements between a script's own BEGIN and COMMIT where its tool adds none."""
    if wrapping != "none":
        return tuple(statements)
    found, inside = [], False
    for each in statements:
        text = each.statement.text
        if _BEGINS.match(text):
            inside = True
        elif _ENDS.match(text):
            inside = False
        elif inside and each.wrapping is None:
            each = replace(each, wrapping="one")  # noqa: PLW2901 (the same one, marked)
        found.append(each)
    return tuple(found)


def filled_in(script: Script, pattern: re.Pattern[str], values: Mapping[str, str]) -> Script:
    """Put values in place of a tool's placeholders, whose name is the pattern's group `name`.

    A statement with one that has no value cannot be told; within quotes it changes no meaning.
    """
    statements: list[ScriptStatement] = []
    unread = list(script.unread)
    for each in script.statements:
        statement = each.statement
        text = pattern.sub(lambda found: values.get(found["name"], found[0]), statement.text)
        if text != statement.text:
            each = replace(each, statement=replace(statement, text=text), exact=False)  # noqa: PLW2901
        found = pattern.search(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), text))
        if found:
            message = f"`{found[0]}` is a placeholder, and its value is not known"
            offset = min(statement.text.find(found[0]), len(statement.text))
            unread.append(Unread(statement, message, max(0, offset)))
        else:
            statements.append(each)
    return replace(script, statements=tuple(statements), unread=tuple(unread))


def whole(text: str, span: Span, target: Target) -> ScriptStatement | None:
    """Give a part of a text as one statement, whatever semicolons it holds; None for none."""
    first = next(split(kept(text, [span]), target.engine), None)
    if first is None:
        return None
    body = text[first.start : span[1]].rstrip().removesuffix(";").rstrip()
    return ScriptStatement(replace(first, text=body))


def words_of(slug: str) -> str:
    """Give a title in words from a file's name: `add_users` is `add users`."""
    return re.sub(r"[_\-]+", " ", slug).strip()
