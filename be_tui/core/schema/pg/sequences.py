"""Sequences: made by themselves, by `serial`, or for an identity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.objects import Sequence
from be_tui.core.schema.pg.names import free_name, qualified, quoted
from be_tui.core.schema.pg.types import type_of
from be_tui.core.schema.pg.work import Unseen, plain_namespace, strings, unquoted, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema.holding import Holding, Key
    from be_tui.core.schema.model import Column, DataType, Table
    from be_tui.core.schema.pg.work import Work

_ENDS = {"smallint": 2**15 - 1, "int": 2**31 - 1, "bigint": 2**63 - 1}


def create_sequence(work: Work, node: pb.CreateSeqStmt) -> None:
    """Take in CREATE SEQUENCE."""
    said = node.sequence
    key = work.new_key(said)
    if key in work.held.sequences and node.if_not_exists:
        return
    found = Sequence(said.relname, work.place(said.location, len(said.relname)), key[0])
    work.held.sequences[key] = _told(work, found, node.options)


def alter_sequence(work: Work, node: pb.AlterSeqStmt) -> None:
    """Take in ALTER SEQUENCE.

    Raises:
        Unseen: There is none of that name.
    """
    said = node.sequence
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    key = work.resolve(work.held.sequences, names)
    if key is None:
        if node.missing_ok or _of_identity(work, said.relname):
            return
        raise Unseen(f'no sequence "{said.relname}" is known here')
    work.held.sequences[key] = _told(work, work.held.sequences[key], node.options, there=True)


def _of_identity(work: Work, name: str) -> bool:
    """Tell whether it is that of an identity, which the column tells of."""
    head = name.removesuffix("_seq")
    return any(
        head == f"{key[1]}_{column.name.text}" and column.auto == "identity"
        for key, table in work.held.tables.items()
        if head.startswith(key[1])
        for column in table.columns
    )


def _told(
    work: Work, found: Sequence, options: Iterable[pb.Node], *, there: bool = False
) -> Sequence:
    """Give a sequence as options make it; one that is there keeps what they do not name."""
    kind, said = found.type, _spread(found.options)
    owner = found.owned_by
    if there:
        said = {**_usual(said, kind), **said}
    for each in options:
        option = each.def_elem
        if option.defname == "as":
            before, kind = kind, type_of(option.arg.type_name).name
            if said.get("maxvalue") == str(_ENDS.get(before, "")):
                del said["maxvalue"]
        elif option.defname == "owned_by":
            owner = _owner(work, strings(option.arg.list.items))
        else:
            _take(said, option)
    return replace(found, type=kind, options=_words(said, kind), owned_by=owner)


def _owner(work: Work, names: list[str]) -> str:
    if names == ["none"]:
        return ""
    namespace = plain_namespace(names[-3]) if len(names) > 2 else ""  # noqa: PLR2004
    found = work.resolve(work.held.tables, names[:-1])
    if found is not None:
        namespace = found[0]
    return ".".join(each.casefold() for each in (namespace, *names[-2:]) if each)


def _take(said: dict[str, str], option: pb.DefElem) -> None:
    name, value = option.defname, value_of(option.arg)
    if name in {"restart", "owner"}:
        return
    if name == "cycle":
        said["cycle"] = "yes" if option.arg.boolean.boolval else ""
    elif name in {"start", "increment", "minvalue", "maxvalue", "cache"}:
        said[name] = value
    elif name == "sequence_name":
        said[name] = ".".join(strings(option.arg.list.items)[-1:])


def _spread(options: str) -> dict[str, str]:
    """Take options apart that were written by `_words`."""
    words = options.split()
    said: dict[str, str] = {}
    at = 0
    while at < len(words):
        word = words[at]
        if word == "CYCLE":
            said["cycle"] = "yes"
            at += 1
            continue
        step = 3 if word in {"START", "INCREMENT"} else 2
        said[word.lower()] = words[at + step - 1]
        at += step
    return said


def _usual(said: dict[str, str], kind: str) -> dict[str, str]:
    """Give the ends and the start of a sequence where nothing is said of them."""
    end = _ENDS.get(kind, _ENDS["bigint"])
    up = int(said.get("increment") or 1) > 0
    low, high = (1, end) if up else (-end - 1, -1)
    first = said.get("minvalue") or low if up else said.get("maxvalue") or high
    return {"minvalue": str(low), "maxvalue": str(high), "start": str(first)}


def _words(said: dict[str, str], kind: str) -> str:
    """Give what departs from the server's own."""
    increment = int(said.get("increment") or 1)
    end = _ENDS.get(kind, _ENDS["bigint"])
    low, high = (1, end) if increment > 0 else (-end - 1, -1)
    least, most = int(said.get("minvalue") or low), int(said.get("maxvalue") or high)
    first = least if increment > 0 else most
    start = int(said.get("start") or first)
    words = []
    if start != first:
        words.append(f"START WITH {start}")
    if increment != 1:
        words.append(f"INCREMENT BY {increment}")
    if least != low:
        words.append(f"MINVALUE {least}")
    if most != high:
        words.append(f"MAXVALUE {most}")
    if int(said.get("cache") or 1) != 1:
        words.append(f"CACHE {said['cache']}")
    if said.get("cycle"):
        words.append("CYCLE")
    return " ".join(words)


def identity_words(
    work: Work, key: Key, column: str, kind: DataType, options: Iterable[pb.Node]
) -> str:
    """Give what an identity's sequence is told besides."""
    said: dict[str, str] = {}
    for each in options:
        _take(said, each.def_elem)
    words = _words(said, work.base(kind).name)
    name = said.get("sequence_name")
    usual = free_name(key[1], column, "seq", lambda _: False)
    if name and name != usual:
        words = f"SEQUENCE NAME {quoted(name)} {words}".rstrip()
    return words


def kept_numbering(numbering: str, before: str, after: str) -> str:
    """Give what an identity is told once its table or column is called otherwise.

    Args:
        numbering: What it was told.
        before: What its sequence was called where nothing was said.
        after: What it would be called now.
    """
    words = numbering
    name = before
    if numbering.startswith(_NAMED):
        _, _, said, *rest = numbering.split(" ", 3)
        name, words = unquoted(said), "".join(rest)
    return words if name == after else f"{_NAMED}{quoted(name)} {words}".rstrip()


_NAMED = "SEQUENCE NAME "


def changed_identity(numbering: str, kind: str, options: Iterable[pb.Node]) -> str:
    """Give what an identity's sequence is told after ALTER COLUMN … SET."""
    named = ""
    if numbering.startswith("SEQUENCE NAME "):
        parts = numbering.split(" ", 3)
        named, numbering = " ".join(parts[:3]), parts[3] if len(parts) > 3 else ""  # noqa: PLR2004
    said = _spread(numbering)
    for each in options:
        _take(said, each.def_elem)
    return f"{named} {_words(said, kind)}".strip()


def own_sequence(work: Work, key: Key, column: Column) -> None:
    """Make the sequence that a `serial` column draws from, and its default."""
    table = work.held.tables[key]
    name = free_name(key[1], column.name.text, "seq", lambda said: work.held.taken(key[0], said))
    owner = ".".join(each.casefold() for each in (key[0], key[1], column.name.text) if each)
    made = Sequence(name, work.place(), key[0], column.type.name, "", owner)
    work.held.sequences[key[0], name] = made
    default = next_of(key[0], name)
    columns = tuple(
        replace(each, default=default) if each is column else each for each in table.columns
    )
    work.held.put(key, replace(table, columns=columns))


def next_of(namespace: str, name: str) -> str:
    """Give the default that draws from a sequence."""
    said = qualified(namespace, name).replace("'", "''")
    return f"nextval('{said}')"


def owned(held: Holding, key: Key, column: str = "") -> list[Key]:
    """Give the sequences that a table, or one of its columns, owns."""
    start = ".".join(each.casefold() for each in key if each)
    whole = f"{start}.{column.casefold()}" if column else ""
    return [
        found
        for found, each in held.sequences.items()
        if each.owned_by
        and (each.owned_by == whole if whole else each.owned_by.rpartition(".")[0] == start)
    ]


def draws(column: Column, sequence: Sequence) -> bool:
    """Tell whether a column is numbered by a sequence."""
    return column.default == next_of(sequence.namespace, sequence.name)


def drop_owned(work: Work, key: Key, column: str = "") -> None:
    """Let go of the sequences that go with a table or column."""
    for each in owned(work.held, key, column):
        del work.held.sequences[each]


def moved_owner(work: Work, table: Table, before: str, after: str) -> None:
    """Let the sequences of a table or column that is renamed follow it."""
    for key, each in work.held.sequences.items():
        if each.owned_by == before or each.owned_by.startswith(f"{before}."):
            made = replace(each, owned_by=after + each.owned_by[len(before) :])
            work.held.sequences[key] = made
    _ = table
