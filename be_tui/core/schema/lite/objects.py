"""Triggers, routines, events and sequences of MySQL, MariaDB and SQLite."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.schema.lite.tokens import bare, tokens_of
from be_tui.core.schema.model import Trigger
from be_tui.core.schema.objects import Other, Routine, Sequence

if TYPE_CHECKING:
    from be_tui.core.schema.drafting import Draft
    from be_tui.core.schema.lite.elements import Elements
    from be_tui.core.schema.lite.tokens import Cursor
    from be_tui.core.sqltext import Engine

_DEFINER = re.compile(
    r"\bDEFINER\s*=\s*(?:`[^`]*`|'[^']*'|\w+)(?:@(?:`[^`]*`|'[^']*'|\w+))?\s*", re.I
)
_REPLACE = re.compile(r"^CREATE\s+OR\s+REPLACE\b", re.I)


def plain_definition(text: str, engine: Engine) -> str:
    """Give a statement that makes a program in one form, without its definer."""
    said = _REPLACE.sub("CREATE", _DEFINER.sub("", text, count=1))
    words: list[str] = []
    last = 0
    for token in tokens_of(said, engine):
        if words and token.start > last:
            words.append(" ")
        plain = token.kind == "name" and bare(token.text).isidentifier()
        words.append(bare(token.text) if plain else token.text)
        last = token.end
    return "".join(words)


def create_trigger(draft: Draft, cursor: Cursor, elements: Elements) -> None:
    """Take in CREATE TRIGGER."""
    cursor.want("TRIGGER")
    cursor.take("IF", "NOT", "EXISTS")
    *space, name = (bare(each.text) for each in cursor.path())
    events = cursor.until(frozenset({"ON"})).upper()
    cursor.want("ON")
    table = bare(cursor.path()[-1].text)
    definition = plain_definition(elements.statement.text, elements.engine)
    draft.triggers = [each for each in draft.triggers if each.name != name]
    draft.triggers.append(
        Trigger(
            table.casefold(),
            bool(re.search(r"\bUPDATE\b", events)),
            name,
            "" if elements.engine == "sqlite" else "".join(space).casefold(),
            definition,
        )
    )


def create_program(draft: Draft, cursor: Cursor, elements: Elements) -> None:
    """Take in CREATE PROCEDURE, FUNCTION, EVENT or PACKAGE."""
    kind = cursor.step().text.lower()
    if kind == "package" and cursor.take("BODY"):
        kind = "package body"
    cursor.take("IF", "NOT", "EXISTS")
    *space, name = (bare(each.text) for each in cursor.path())
    namespace = "".join(space).casefold()
    definition = plain_definition(elements.statement.text, elements.engine)
    place = elements.place(cursor.token)
    if kind not in {"procedure", "function"}:
        draft.others = [each for each in draft.others if (each.kind, each.name) != (kind, name)]
        draft.others.append(Other(kind, name, definition, place, namespace))
        return
    arguments = " ".join(cursor.inside().whole().split()) if cursor.peek("(") else ""
    returns = ""
    if cursor.take("RETURNS"):
        returns = cursor.step().text.lower()
    draft.routines = [each for each in draft.routines if (each.kind, each.name) != (kind, name)]
    draft.routines.append(
        Routine(
            "procedure" if kind == "procedure" else "function",
            name,
            arguments,
            definition,
            place,
            namespace,
            returns,
            "sql",
            body=cursor.rest(),
        )
    )


def create_sequence(draft: Draft, cursor: Cursor, elements: Elements) -> None:
    """Take in CREATE SEQUENCE of MariaDB."""
    cursor.take("IF", "NOT", "EXISTS")
    path = cursor.path()
    options = " ".join(cursor.rest().upper().split())
    draft.sequences.append(
        Sequence(bare(path[-1].text), elements.place(path[-1]), "", "bigint", options)
    )
