"""The parts of an ALTER TABLE of MariaDB or MySQL, and of what stands for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from be_tui.core.migrations.effects.my.definitions import Definition, definition
from be_tui.core.migrations.effects.words import Cursor, Word, parted, words_of

Kind = Literal[
    "add column",
    "drop column",
    "modify",
    "rename column",
    "default",
    "add index",
    "add unique",
    "add fulltext",
    "add spatial",
    "drop index",
    "rename index",
    "add primary",
    "drop primary",
    "add foreign",
    "drop foreign",
    "add check",
    "drop check",
    "rename table",
    "convert",
    "rebuild",
    "row format",
    "engine",
    "light option",
    "said",
    "other",
]


@dataclass(frozen=True, slots=True)
class Part:
    """One part."""

    kind: Kind
    name: str = ""
    """The column, index or constraint that it is about."""

    to: str = ""
    """Its new name, the other table, the engine, or what it is set to."""

    columns: tuple[str, ...] = ()
    prefixes: tuple[int, ...] = ()
    """How many characters of each column an index takes; 0 for all."""

    definition: Definition | None = None
    guarded: bool = False
    """Whether IF EXISTS or IF NOT EXISTS is said."""


@dataclass(frozen=True, slots=True)
class Alter:
    """A statement that alters a table."""

    table: str
    parts: tuple[Part, ...]
    guarded: bool = False


_LIGHT = frozenset(
    """
    COMMENT AUTO_INCREMENT STATS_PERSISTENT STATS_AUTO_RECALC STATS_SAMPLE_PAGES DEFAULT CHARSET
    CHARACTER COLLATE
    """.split()  # noqa: SIM905 (a paragraph is read more easily)
)
_LOOSE = ("ONLINE", "OFFLINE", "IGNORE")


def read(text: str) -> Alter | None:
    """Give the parts of a statement; None for one that alters no table this way."""
    cursor = Cursor(words_of(text))
    word = cursor.take().upper()
    if word == "ALTER":
        return _alter(cursor)
    if word == "CREATE":
        return _create_index(cursor)
    if word == "DROP" and cursor.skip("INDEX"):
        guarded = cursor.skip("IF", "EXISTS")
        name = cursor.name()
        if cursor.skip("ON"):
            return Alter(cursor.name(), (Part("drop index", name, guarded=guarded),))
    if word == "OPTIMIZE":
        cursor.any("NO_WRITE_TO_BINLOG", "LOCAL")
        if cursor.any("TABLE", "TABLES"):
            return Alter(cursor.name(), (Part("rebuild"),))
    if word == "RENAME" and cursor.any("TABLE", "TABLES"):
        guarded = cursor.skip("IF", "EXISTS")
        table = cursor.name()
        cursor.take()
        return Alter(table, (Part("rename table", to=cursor.name()),), guarded)
    return None


def _alter(cursor: Cursor) -> Alter | None:
    while cursor.any(*_LOOSE):
        continue
    if not cursor.skip("TABLE"):
        return None
    guarded = cursor.skip("IF", "EXISTS")
    table = cursor.name()
    parts: list[Part] = []
    for words in parted(cursor.rest()):
        parts += _parts(Cursor(words))
    return Alter(table, tuple(parts), guarded)


def _create_index(cursor: Cursor) -> Alter | None:
    cursor.skip("OR", "REPLACE")
    kind = cursor.any("UNIQUE", "FULLTEXT", "SPATIAL")
    if not cursor.skip("INDEX"):
        return None
    guarded = cursor.skip("IF", "NOT", "EXISTS")
    name = cursor.name()
    while not cursor.done and not cursor.skip("ON"):
        cursor.take()
    table = cursor.name()
    return Alter(table, (_index(kind, name, cursor, guarded=guarded),))


def _index(kind: str, name: str, cursor: Cursor, *, guarded: bool = False) -> Part:
    kinds: dict[str, Kind] = {
        "UNIQUE": "add unique",
        "FULLTEXT": "add fulltext",
        "SPATIAL": "add spatial",
    }
    while not cursor.done and cursor.peek() != "(":
        cursor.take()
    said = [each for each in parted(cursor.bracket()) if each]
    columns = tuple(each[0].text.lower() for each in said)
    return Part(
        kinds.get(kind, "add index"),
        name,
        columns=columns,
        prefixes=tuple(_prefix(each) for each in said),
        guarded=guarded,
    )


def _prefix(words: list[Word]) -> int:
    """Give how many characters of a column are indexed."""
    counted = len(words) > 2 and words[1].text == "(" and words[2].text.isdigit()  # noqa: PLR2004
    return int(words[2].text) if counted else 0


def _parts(cursor: Cursor) -> list[Part]:
    word = cursor.take().upper()
    if word == "ADD":
        return _added(cursor)
    if word == "DROP":
        return [_dropped(cursor)]
    if word in {"MODIFY", "CHANGE"}:
        cursor.skip("COLUMN")
        guarded = cursor.skip("IF", "EXISTS")
        name = cursor.name()
        to = cursor.name() if word == "CHANGE" else name
        made = definition(to, cursor)
        return [Part("modify", name.lower(), to.lower(), definition=made, guarded=guarded)]
    if word == "RENAME":
        return [_renamed(cursor)]
    if word == "ALTER":
        return [_default(cursor)]
    return [_option(word, cursor)]


def _added(cursor: Cursor) -> list[Part]:
    constraint = ""
    if cursor.skip("CONSTRAINT"):
        constraint = (
            "" if cursor.peek() in {"PRIMARY", "FOREIGN", "UNIQUE", "CHECK"} else cursor.name()
        )
    if cursor.skip("PRIMARY", "KEY"):
        return [_key("add primary", cursor)]
    if cursor.skip("FOREIGN", "KEY"):
        return [_foreign(constraint, cursor)]
    if cursor.skip("CHECK"):
        return [Part("add check", constraint)]
    kind = cursor.any("UNIQUE", "FULLTEXT", "SPATIAL")
    if kind or cursor.peek() in {"INDEX", "KEY"}:
        cursor.any("INDEX", "KEY")
        guarded = cursor.skip("IF", "NOT", "EXISTS")
        name = "" if cursor.peek() in {"(", "USING"} else cursor.name()
        return [_index(kind, name or constraint, cursor, guarded=guarded)]
    if cursor.peek() == "PARTITION":
        return [Part("other", "partition")]
    cursor.skip("COLUMN")
    guarded = cursor.skip("IF", "NOT", "EXISTS")
    if cursor.peek() == "(":
        return [_column(Cursor(each), guarded=guarded) for each in parted(cursor.bracket())]
    return [_column(cursor, guarded=guarded)]


def _column(cursor: Cursor, *, guarded: bool) -> Part:
    name = cursor.name()
    return Part("add column", name.lower(), definition=definition(name, cursor), guarded=guarded)


def _key(kind: Kind, cursor: Cursor) -> Part:
    while not cursor.done and cursor.peek() != "(":
        cursor.take()
    return Part(kind, columns=tuple(e[0].text.lower() for e in parted(cursor.bracket()) if e))


def _foreign(name: str, cursor: Cursor) -> Part:
    cursor.skip("IF", "NOT", "EXISTS")
    if cursor.peek() != "(":
        name = cursor.name() or name
    columns = tuple(e[0].text.lower() for e in parted(cursor.bracket()) if e)
    cursor.skip("REFERENCES")
    return Part("add foreign", name, cursor.name(), columns)


def _dropped(cursor: Cursor) -> Part:
    if cursor.skip("PRIMARY", "KEY"):
        return Part("drop primary")
    if cursor.skip("FOREIGN", "KEY"):
        guarded = cursor.skip("IF", "EXISTS")
        return Part("drop foreign", cursor.name(), guarded=guarded)
    if cursor.any("INDEX", "KEY"):
        guarded = cursor.skip("IF", "EXISTS")
        return Part("drop index", cursor.name(), guarded=guarded)
    if cursor.any("CONSTRAINT", "CHECK"):
        guarded = cursor.skip("IF", "EXISTS")
        return Part("drop check", cursor.name(), guarded=guarded)
    if cursor.peek() == "PARTITION":
        return Part("other", "partition")
    cursor.skip("COLUMN")
    guarded = cursor.skip("IF", "EXISTS")
    return Part("drop column", cursor.name().lower(), guarded=guarded)


def _renamed(cursor: Cursor) -> Part:
    if cursor.skip("COLUMN"):
        guarded = cursor.skip("IF", "EXISTS")
        name = cursor.name().lower()
        cursor.take()
        return Part("rename column", name, cursor.name().lower(), guarded=guarded)
    if cursor.any("INDEX", "KEY"):
        guarded = cursor.skip("IF", "EXISTS")
        name = cursor.name()
        cursor.take()
        return Part("rename index", name, cursor.name(), guarded=guarded)
    cursor.any("TO", "AS")
    return Part("rename table", to=cursor.name())


def _default(cursor: Cursor) -> Part:
    if cursor.any("INDEX", "KEY"):
        return Part("light option", cursor.name())
    if cursor.any("CHECK", "CONSTRAINT"):
        return Part("drop check", cursor.name(), "enforced")
    cursor.skip("COLUMN")
    cursor.skip("IF", "EXISTS")
    name = cursor.name().lower()
    return Part("default", name, "dropped" if cursor.any("DROP") else "set")


def _option(word: str, cursor: Cursor) -> Part:
    if word in {"ALGORITHM", "LOCK"}:
        cursor.skip("=")
        return Part("said", word, cursor.take().upper())
    if word == "CONVERT":
        cursor.skip("TO")
        _ = cursor.skip("CHARACTER", "SET") or cursor.any("CHARSET")
        charset = cursor.take().lower()
        collation = cursor.take().lower() if cursor.skip("COLLATE") else ""
        return Part("convert", collation, charset)
    if word == "FORCE":
        return Part("rebuild")
    if word == "ENGINE":
        cursor.skip("=")
        return Part("engine", to=cursor.take().lower())
    if word in {"ROW_FORMAT", "KEY_BLOCK_SIZE"}:
        cursor.skip("=")
        return Part("row format", to=cursor.take().lower())
    return Part("light option" if word in _LIGHT else "other", word.lower())
