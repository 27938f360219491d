"""Columns, keys and the parts of an ALTER TABLE, as MySQL, MariaDB and SQLite have them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.acts.model import Act
from be_tui.core.migrations.checks.acts.words import Cursor, parted, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import ActKind
    from be_tui.core.migrations.checks.acts.words import Token

_TYPES = {"int": "integer", "int4": "integer", "bool": "boolean", "dec": "decimal"}
_KEYS = (
    "CONSTRAINT",
    "PRIMARY",
    "UNIQUE",
    "FOREIGN",
    "CHECK",
    "INDEX",
    "KEY",
    "FULLTEXT",
    "SPATIAL",
)
_PAIRS: tuple[tuple[str, str, str], ...] = (
    ("NOT", "NULL", "not null"),
    ("PRIMARY", "KEY", "primary key"),
)
_SINGLE = {
    "AUTO_INCREMENT": "auto_increment",
    "AUTOINCREMENT": "auto_increment",
    "DEFAULT": "default",
    "FIRST": "first",
    "AFTER": "after",
    "UNIQUE": "unique",
    "STORED": "stored",
    "PERSISTENT": "stored",
    "VIRTUAL": "virtual",
    "COMMENT": "comment",
}


def element(space: str, table: str, tokens: list[Token]) -> Iterator[Act]:
    """Give a column or a key as it stands in the brackets of a table."""
    if tokens[0].upper in _KEYS and (len(tokens) > 1):
        yield from key(space, table, Cursor(tokens))
    else:
        yield column(space, table, tokens)


def column(space: str, table: str, tokens: list[Token], kind: ActKind = "add column") -> Act:
    """Give a column by its definition."""
    cursor = Cursor(tokens)
    name = cursor.take()
    sort = _TYPES.get(cursor.next.text.lower(), cursor.next.text.lower())
    values: tuple[str, ...] = ()
    if not cursor.done:
        cursor.take()
        inside = cursor.bracket()
        if inside and sort in {"enum", "set"}:
            values = tuple(_plain(each[0].text) for each in parted(inside))
        elif inside:
            sort += f"({','.join(each.text for each in inside if each.text != ',')})"
    rest = cursor.rest()
    words = words_in(rest)
    flags = {_SINGLE[word] for word in words if word in _SINGLE}
    pairs = set(pairwise(words))
    flags |= {flag for one, two, flag in _PAIRS if (one, two) in pairs}
    if "AS" in words and not flags & {"stored", "virtual"}:
        flags.add("virtual")
    parts = tuple(_inline(space, table, name.text, rest))
    span = (name.start, name.end)
    return Act(
        kind,
        table,
        space,
        name.text,
        columns=values,
        type=sort,
        flags=frozenset(flags),
        span=span,
        parts=parts,
    )


def _plain(text: str) -> str:
    return text[1:-1].replace("''", "'") if text.startswith("'") else text


def _inline(space: str, table: str, name: str, tokens: list[Token]) -> Iterator[Act]:
    for number, token in enumerate(tokens):
        if token.upper == "REFERENCES":
            cursor = Cursor(tokens[number + 1 :])
            other = ".".join(each for each in cursor.dotted() if each)
            flags = frozenset({"inline"}) | _actions(words_in(tokens))
            yield Act(
                "add foreign key",
                table,
                space,
                "",
                other,
                (name,),
                flags=flags,
                span=(token.start, token.end),
            )
        elif token.upper == "CHECK":
            yield Act(
                "add check",
                table,
                space,
                "",
                columns=(name,),
                flags=frozenset({"inline"}),
                span=(token.start, token.end),
            )


def _actions(words: list[str]) -> frozenset[str]:
    found = set()
    for one, two, three in zip(words, words[1:], words[2:], strict=False):
        if one == "ON" and two in {"DELETE", "UPDATE"} and three in {"CASCADE", "SET"}:
            what = "cascade" if three == "CASCADE" else "set null"
            found.add(f"on {two.lower()} {what}")
    return frozenset(found)


def key(space: str, table: str, cursor: Cursor) -> Iterator[Act]:
    """Give a key, an index, a foreign key or a condition of a table."""
    name = ""
    first = cursor.next
    if cursor.skip("CONSTRAINT") and cursor.next.upper not in _KEYS:
        name = cursor.take().text
    named = frozenset({"named"} if name else ())
    span = (first.start, first.end)
    kind: ActKind = "add index"
    flags = named
    if cursor.skip("PRIMARY", "KEY"):
        kind = "add primary key"
    elif cursor.skip("FOREIGN", "KEY"):
        yield _foreign(space, table, name, cursor, span)
        return
    elif cursor.skip("CHECK"):
        yield Act("add check", table, space, name, flags=named, span=span)
        return
    elif cursor.skip("UNIQUE"):
        kind = "add unique"
        cursor.any("INDEX", "KEY")
    elif word := cursor.any("FULLTEXT", "SPATIAL"):
        flags |= {word.lower()}
        cursor.any("INDEX", "KEY")
    else:
        cursor.any("INDEX", "KEY")
    if cursor.skip("IF", "NOT", "EXISTS"):
        flags |= {"if not exists"}
    name = _index_name(cursor) or name
    yield Act(kind, table, space, name, columns=columns(cursor), flags=flags, span=span)


def _index_name(cursor: Cursor) -> str:
    name = ""
    while not cursor.done and cursor.next.text != "(":
        if cursor.skip("USING"):
            cursor.take()
        else:
            name = cursor.take().text
    return name


def _foreign(space: str, table: str, name: str, cursor: Cursor, span: tuple[int, int]) -> Act:
    own = _index_name(cursor)
    own_columns = columns(cursor)
    other = ".".join(each for each in cursor.dotted() if each) if cursor.skip("REFERENCES") else ""
    flags = _actions([each.upper for each in cursor.rest()]) | ({"named"} if name else set())
    return Act(
        "add foreign key", table, space, name or own, other, own_columns, flags=flags, span=span
    )


def columns(cursor: Cursor) -> tuple[str, ...]:
    """Give the columns in the brackets ahead; nothing for an expression."""
    return tuple(map(_column_of, parted(cursor.bracket())))


def _column_of(tokens: list[Token]) -> str:
    """Give the column of a part of an index, which may have a length and a direction."""
    first, *rest = tokens
    plain = not rest or rest[0].text == "(" or bool(rest[0].upper)
    return first.text if plain and first.kind != "sign" and not _is_call(tokens) else ""


def _is_call(tokens: list[Token]) -> bool:
    """Tell whether brackets hold arguments, not how many characters are indexed."""
    inside = tokens[2:3]
    return bool(inside) and tokens[1].text == "(" and not inside[0].text.isdigit()


def altered(space: str, table: str, tokens: list[Token]) -> Iterator[Act]:
    """Give the acts of one part of an ALTER TABLE."""
    cursor = Cursor(tokens)
    word = cursor.any("ADD", "DROP", "MODIFY", "CHANGE", "ALTER", "RENAME")
    reader = _PARTS.get(word)
    span = (tokens[0].start, tokens[0].end)
    if reader is None:
        yield Act("alter table", table, space, text=tokens[0].text.lower(), span=span)
        return
    for act in reader(space, table, cursor):
        yield act if act.span != (0, 0) else replace(act, span=span)


def _add(space: str, table: str, cursor: Cursor) -> Iterator[Act]:
    if cursor.next.upper in _KEYS:
        yield from key(space, table, cursor)
        return
    if cursor.any("PARTITION", "PERIOD", "SYSTEM"):
        yield Act("alter table", table, space)
        return
    cursor.skip("COLUMN")
    guarded = frozenset({"if not exists"} if cursor.skip("IF", "NOT", "EXISTS") else ())
    inside = cursor.bracket() if cursor.next.text == "(" else []
    for each in parted(inside) if inside else [cursor.rest()]:
        if each:
            act = column(space, table, each)
            yield replace(act, flags=act.flags | guarded)


def _drop(space: str, table: str, cursor: Cursor) -> Iterator[Act]:
    if cursor.skip("PRIMARY", "KEY"):
        yield Act("drop primary key", table, space)
    elif cursor.skip("FOREIGN", "KEY") or cursor.any("CONSTRAINT", "CHECK"):
        cursor.skip("IF", "EXISTS")
        yield Act("drop constraint", table, space, cursor.take().text)
    elif cursor.any("INDEX", "KEY"):
        cursor.skip("IF", "EXISTS")
        yield Act("drop index", cursor.take().text, space, to="index", text=table)
    elif cursor.any("PARTITION", "PERIOD", "SYSTEM"):
        yield Act("alter table", table, space)
    else:
        cursor.skip("COLUMN")
        guarded = frozenset({"if exists"} if cursor.skip("IF", "EXISTS") else ())
        name = cursor.take()
        yield Act(
            "drop column", table, space, name.text, flags=guarded, span=(name.start, name.end)
        )


def _modify(space: str, table: str, cursor: Cursor) -> Iterator[Act]:
    cursor.skip("COLUMN")
    cursor.skip("IF", "EXISTS")
    if tokens := cursor.rest():
        yield column(space, table, tokens, "alter type")


def _change(space: str, table: str, cursor: Cursor) -> Iterator[Act]:
    cursor.skip("COLUMN")
    cursor.skip("IF", "EXISTS")
    old = cursor.take()
    tokens = cursor.rest()
    if not tokens:
        return
    if old.text.casefold() != tokens[0].text.casefold():
        span = (old.start, old.end)
        yield Act("rename column", table, space, old.text, tokens[0].text, span=span)
    yield replace(column(space, table, tokens, "alter type"), name=old.text)


def _alter(space: str, table: str, cursor: Cursor) -> Iterator[Act]:
    if cursor.any("INDEX", "CHECK", "CONSTRAINT"):
        yield Act("alter table", table, space)
        return
    cursor.skip("COLUMN")
    name = cursor.take()
    span = (name.start, name.end)
    if cursor.skip("SET", "DEFAULT"):
        yield Act("set default", table, space, name.text, span=span)
    elif cursor.skip("DROP", "DEFAULT"):
        yield Act("drop default", table, space, name.text, span=span)
    else:
        yield Act("alter table", table, space, name.text, span=span)


def _rename(space: str, table: str, cursor: Cursor) -> Iterator[Act]:
    if cursor.any("INDEX", "KEY"):
        old = cursor.take().text
        cursor.skip("TO")
        yield Act("rename object", table, space, cursor.take().text, "index", text=old)
        return
    if cursor.any("TO", "AS", "="):
        yield Act("rename table", table, space, to=cursor.dotted()[1])
        return
    column_follows = cursor.skip("COLUMN")
    first = cursor.take()
    if cursor.skip("TO"):
        span = (first.start, first.end)
        yield Act("rename column", table, space, first.text, cursor.take().text, span=span)
    elif not column_follows:
        yield Act("rename table", table, space, to=first.text)


_PARTS = {
    "ADD": _add,
    "DROP": _drop,
    "MODIFY": _modify,
    "CHANGE": _change,
    "ALTER": _alter,
    "RENAME": _rename,
}
