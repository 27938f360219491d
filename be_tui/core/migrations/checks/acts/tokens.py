"""The acts of statements of MySQL, MariaDB and SQLite, read off their words.

What is not known is one act called `other`; nothing is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.acts.elements import altered, element
from be_tui.core.migrations.checks.acts.elements import columns as columns_of
from be_tui.core.migrations.checks.acts.model import Act
from be_tui.core.migrations.checks.acts.words import Cursor, parted, tokens_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import ActKind
    from be_tui.core.migrations.checks.acts.words import Token
    from be_tui.core.sqltext import Target

_SORTS = ("VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "SEQUENCE", "ROLE", "USER", "SERVER")
_LOOSE = frozenset(
    {"OR", "REPLACE", "TEMPORARY", "TEMP", "ONLINE", "OFFLINE", "IGNORE", "ALGORITHM", "DEFINER"}
)


def token_acts(text: str, _target: Target) -> tuple[Act, ...]:
    """Give the acts of a statement."""
    cursor = Cursor(tokens_of(text))
    word = cursor.take().upper
    reader = _READERS.get(word)
    found = tuple(reader(cursor)) if reader else ()
    return found or (Act("other", to=word.lower()),)


def _create(cursor: Cursor) -> Iterator[Act]:
    flags: set[str] = set()
    while not cursor.done:
        word = cursor.take().upper
        if word in {"TEMPORARY", "TEMP"}:
            flags.add("temporary")
        elif word == "REPLACE":
            flags.add("replace")
        elif word in {"UNIQUE", "FULLTEXT", "SPATIAL"}:
            flags.add(word.lower())
        elif word == "DEFINER":
            flags.add("definer")
        elif word == "TABLE":
            yield from _create_table(cursor, flags)
            return
        elif word == "INDEX":
            yield _create_index(cursor, flags)
            return
        elif word in {"DATABASE", "SCHEMA"}:
            yield Act("other", to="schema")
            return
        elif word in _SORTS:
            yield _create_code(cursor, word, flags)
            return


def _guarded(cursor: Cursor, flags: set[str]) -> None:
    if cursor.skip("IF", "NOT", "EXISTS"):
        flags.add("if not exists")
    elif cursor.skip("IF", "EXISTS"):
        flags.add("if exists")


def _create_table(cursor: Cursor, flags: set[str]) -> Iterator[Act]:
    _guarded(cursor, flags)
    space, name = cursor.dotted()
    parts: list[Act] = []
    for each in parted(cursor.bracket()):
        parts.extend(element(space, name, each))
    rest = [token.upper for token in cursor.rest()]
    if "AS" in rest or "SELECT" in rest:
        flags.add("as")
    if "PARTITION" in rest:
        flags.add("partitioned")
    if "COMMENT" in rest:
        flags.add("comment")
    yield Act("create table", name, space, flags=frozenset(flags), parts=tuple(parts))


def _create_index(cursor: Cursor, flags: set[str]) -> Act:
    _guarded(cursor, flags)
    _, name = cursor.dotted() if cursor.next.upper != "ON" else ("", "")
    while not cursor.done and not cursor.skip("ON"):
        cursor.take()
    space, table = cursor.dotted()
    columns = columns_of(cursor)
    if "WHERE" in words_in(cursor.rest()):
        flags.add("where")
    return Act("create index", table, space, name, "btree", columns, flags=frozenset(flags))


def _create_code(cursor: Cursor, word: str, flags: set[str]) -> Act:
    _guarded(cursor, flags)
    space, name = cursor.dotted()
    kinds: dict[str, ActKind] = {"VIEW": "create view", "SEQUENCE": "create sequence"}
    if word == "TRIGGER":
        while not cursor.done and not cursor.skip("ON"):
            cursor.take()
        on, table = cursor.dotted()
        return Act("create trigger", table, on, name, flags=frozenset(flags))
    if word in {"ROLE", "USER", "SERVER"}:
        return Act("other", to=word.lower())
    kind = kinds.get(word, "create routine")
    return Act(kind, name, space, to=word.lower(), flags=frozenset(flags))


def _alter(cursor: Cursor) -> Iterator[Act]:
    while cursor.any(*_LOOSE):
        pass
    if not cursor.skip("TABLE"):
        return
    flags: set[str] = set()
    _guarded(cursor, flags)
    space, table = cursor.dotted()
    for each in parted(cursor.rest()):
        if each[0].upper not in {"ALGORITHM", "LOCK", "WAIT", "NOWAIT"}:
            yield from altered(space, table, each)


def _drop(cursor: Cursor) -> Iterator[Act]:
    flags: set[str] = set()
    if cursor.skip("TEMPORARY"):
        flags.add("temporary")
    word = cursor.take().upper
    _guarded(cursor, flags)
    kinds: dict[str, ActKind] = {"TABLE": "drop table", "INDEX": "drop index"}
    kinds |= {"DATABASE": "drop database", "SCHEMA": "drop database"}
    kind = kinds.get(word, "drop object")
    tokens = cursor.rest()
    words = [each.upper for each in tokens]
    if kind == "drop index" and "ON" in words:
        at = words.index("ON")
        space, table = Cursor(tokens[at + 1 :]).dotted()
        yield Act(kind, tokens[0].text, space, to="index", text=table, flags=frozenset(flags))
        return
    for each in parted(tokens):
        space, name = Cursor(each).dotted()
        yield Act(kind, name, space, to=word.lower(), flags=frozenset(flags))


def _rename(cursor: Cursor) -> Iterator[Act]:
    if not cursor.any("TABLE", "TABLES"):
        return
    for each in parted(cursor.rest()):
        pair = Cursor(each)
        space, old = pair.dotted()
        if pair.skip("TO"):
            yield Act("rename table", old, space, to=pair.dotted()[1])


def _truncate(cursor: Cursor) -> Iterator[Act]:
    cursor.skip("TABLE")
    space, name = cursor.dotted()
    yield Act("truncate", name, space)


def _write(kind: ActKind, cursor: Cursor) -> Iterator[Act]:
    while cursor.any(
        "LOW_PRIORITY", "QUICK", "IGNORE", "DELAYED", "HIGH_PRIORITY", "OR", "REPLACE"
    ):
        pass
    cursor.any("FROM", "INTO")
    space, name = cursor.dotted()
    words = words_in(cursor.rest())
    flags = {word.lower() for word in ("WHERE", "FROM", "LIMIT", "JOIN") if word in words}
    if "limit" in flags:
        flags.add("where")
    yield Act(kind, name, space, flags=frozenset(flags))


def _update(cursor: Cursor) -> Iterator[Act]:
    yield from _write("update", cursor)


def _delete(cursor: Cursor) -> Iterator[Act]:
    yield from _write("delete", cursor)


def _insert(cursor: Cursor) -> Iterator[Act]:
    yield from _write("insert", cursor)


def _begin(cursor: Cursor) -> Iterator[Act]:
    if not cursor.done and not cursor.any(
        "TRANSACTION", "WORK", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"
    ):
        return
    yield Act("begin")


def _commit(_cursor: Cursor) -> Iterator[Act]:
    yield Act("commit")


def _rollback(cursor: Cursor) -> Iterator[Act]:
    if "TO" not in words_in(cursor.rest()):
        yield Act("rollback")


def _set(cursor: Cursor) -> Iterator[Act]:
    scope = cursor.any("SESSION", "GLOBAL", "LOCAL", "PERSIST")
    name, value = _pair(cursor)
    yield Act(
        "set", name=name.removeprefix("@@"), text=value, flags=frozenset({scope.lower()} - {""})
    )


def _pragma(cursor: Cursor) -> Iterator[Act]:
    name, value = _pair(cursor)
    yield Act("pragma", name=name, text=value)


def _pair(cursor: Cursor) -> tuple[str, str]:
    _, name = cursor.dotted()
    rest: list[Token] = [each for each in cursor.rest() if each.text not in {"=", "(", ")", ":"}]
    return name.lower(), rest[0].text if rest else ""


def _lock(cursor: Cursor) -> Iterator[Act]:
    if cursor.any("TABLES", "TABLE"):
        for each in parted(cursor.rest()):
            space, name = Cursor(each).dotted()
            yield Act("lock table", name, space)


def _optimize(cursor: Cursor) -> Iterator[Act]:
    while cursor.any("NO_WRITE_TO_BINLOG", "LOCAL", "TABLE", "TABLES"):
        pass
    for each in parted(cursor.rest()):
        space, name = Cursor(each).dotted()
        yield Act("alter table", name, space, text="optimize")


def _revoke(cursor: Cursor) -> Iterator[Act]:
    while not cursor.done and not cursor.skip("ON"):
        cursor.take()
    yield Act("revoke", cursor.dotted()[1])


def _grant(cursor: Cursor) -> Iterator[Act]:
    while not cursor.done and not cursor.skip("ON"):
        cursor.take()
    yield Act("grant", cursor.dotted()[1])


_READERS = {
    "ALTER": _alter,
    "BEGIN": _begin,
    "COMMIT": _commit,
    "CREATE": _create,
    "DELETE": _delete,
    "DROP": _drop,
    "END": _commit,
    "GRANT": _grant,
    "INSERT": _insert,
    "LOCK": _lock,
    "OPTIMIZE": _optimize,
    "PRAGMA": _pragma,
    "RENAME": _rename,
    "REPLACE": _insert,
    "REVOKE": _revoke,
    "ROLLBACK": _rollback,
    "SET": _set,
    "START": _begin,
    "TRUNCATE": _truncate,
    "UPDATE": _update,
}
