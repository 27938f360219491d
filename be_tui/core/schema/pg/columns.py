"""A column that goes or is called otherwise, with all that names it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.pg.names import made_name
from be_tui.core.schema.pg.reparsing import expression_node, renamed_column, rewritten, walk
from be_tui.core.schema.pg.sequences import drop_owned, kept_numbering, moved_owner
from be_tui.core.schema.pg.work import Unseen, name_of

if TYPE_CHECKING:
    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.model import Index, Table
    from be_tui.core.schema.pg.work import Work


def drop_column(
    work: Work, key: Key, name: str, *, cascade: bool, missing_ok: bool = False
) -> None:
    """Take a column away, with the keys, conditions and indexes that name it.

    Raises:
        Unseen: There is none of that name.
    """
    table = work.held.tables[key]
    gone = name.casefold()
    if all(each.name.text != name for each in table.columns):
        if missing_ok or not table.complete:
            return
        raise Unseen(f'no column "{name}" of "{table.name.text}" is known here')
    drop_owned(work, key, name)
    keys = tuple(each for each in table.uniques if gone not in (*each.columns, *each.include))
    primary = table.primary_key
    if primary and gone in (*primary.columns, *primary.include):
        primary = None
    made = replace(
        table,
        columns=tuple(
            each
            for each in table.columns
            if each.name.text != name and not (cascade and named_in(each.generated, name))
        ),
        primary_key=primary,
        uniques=keys,
        foreign_keys=tuple(each for each in table.foreign_keys if gone not in each.columns),
        checks=tuple(each for each in table.checks if not named_in(each.expression, name)),
        exclusions=tuple(
            each for each in table.exclusions if not named_in_words(each.definition, name)
        ),
        indexes=tuple(each for each in table.indexes if not _names(each, name)),
    )
    work.held.put(key, made)
    _in_grants(work, key, name)
    # A foreign key elsewhere that points to what is gone goes too, where CASCADE says so.
    for other, referring in tuple(work.held.referring(key)):
        kept = tuple(
            each
            for each in referring.foreign_keys
            if not (work.held.is_target(key, (each.namespace, each.table)) and gone in each.targets)
        )
        if len(kept) != len(referring.foreign_keys):
            work.held.put(other, replace(referring, foreign_keys=kept))


def named_in(expression: str, column: str) -> bool:
    """Tell whether an expression names a column."""
    if not expression or column.casefold() not in expression.casefold():
        return False
    node = expression_node(expression)
    if node is None:
        return True
    return any(
        each.DESCRIPTOR.name == "ColumnRef"
        and each.fields
        and each.fields[-1].string.sval == column
        for each in walk(node)
    )


def named_in_words(definition: str, column: str) -> bool:
    """Tell whether a definition has a column's name among its words."""
    words = "".join(char if char.isalnum() or char in '_"$' else " " for char in definition)
    return column in [each.strip('"') for each in words.split()]


def _names(index: Index, column: str) -> bool:
    gone = column.casefold()
    return (
        gone in index.columns
        or gone in index.include
        or any(not each.column and named_in(each.expression, column) for each in index.parts)
        or named_in(index.where, column)
    )


def rename_column(work: Work, key: Key, before: str, after: str) -> None:
    """Call a column by another name, wherever it is named.

    Raises:
        Unseen: There is none of that name.
    """
    table = work.held.tables[key]
    if all(each.name.text != before for each in table.columns):
        if not table.complete:
            return
        raise Unseen(f'no column "{before}" of "{table.name.text}" is known here')
    work.held.put(key, _renamed(work, table, before, after))
    _in_references(work, key, before.casefold(), after.casefold())
    _in_grants(work, key, before, after)
    owner = ".".join(each.casefold() for each in key if each)
    moved_owner(work, table, f"{owner}.{before.casefold()}", f"{owner}.{after.casefold()}")
    for child, below in tuple(work.held.children(key)):
        if below.bound:
            rename_column(work, child, before, after)


def _in_grants(work: Work, key: Key, before: str, after: str = "") -> None:
    """Let privileges on a column follow it, or go with it where it has no name after."""
    target = ".".join(each for each in key if each)
    for held, grant in tuple(work.held.grants.items()):
        if held[:2] != ("table", target):
            continue
        found = (_of_columns(each, before, after) for each in grant.privileges)
        kept = tuple(sorted(filter(None, found)))
        if kept:
            work.held.grants[held] = replace(grant, privileges=kept)
        else:
            del work.held.grants[held]


def _of_columns(privilege: str, before: str, after: str) -> str:
    """Give a privilege as it is once a column has another name; nothing where none is left."""
    word, on, columns = privilege.partition(" (")
    if not on:
        return privilege
    named = columns.removesuffix(")").split(", ")
    kept = [after if each == before else each for each in named]
    left = ", ".join(filter(None, kept))
    return f"{word} ({left})" if left else ""


def _renamed(work: Work, table: Table, before: str, after: str) -> Table:
    one, other = before.casefold(), after.casefold()

    def names(found: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(other if each == one else each for each in found)

    columns = []
    for each in table.columns:
        if each.name.text != before:
            columns.append(each)
            continue
        kept = each.not_null_name
        if not each.nullable and not kept and work.version >= (18,):
            kept = made_name(table.name.text, before, "not_null")
        told = each.numbering
        if each.auto == "identity":
            own = table.name.text
            told = kept_numbering(told, made_name(own, before, "seq"), made_name(own, after, "seq"))
        columns.append(replace(each, name=name_of(after), not_null_name=kept, numbering=told))
    primary = table.primary_key
    indexes = tuple(_renamed_index(each, one, after) for each in table.indexes)
    table = replace(
        table,
        columns=tuple(columns),
        primary_key=replace(primary, columns=names(primary.columns)) if primary else None,
        uniques=tuple(
            replace(each, columns=names(each.columns), include=names(each.include))
            for each in table.uniques
        ),
        foreign_keys=tuple(
            replace(each, columns=names(each.columns), set_columns=names(each.set_columns))
            for each in table.foreign_keys
        ),
        indexes=indexes,
        partition_by=_in_words(table.partition_by, before, after),
        exclusions=tuple(
            replace(each, definition=_in_words(each.definition, before, after))
            for each in table.exclusions
        ),
    )
    return rewritten(table, work.expressions, renamed_column(before, after))


def _renamed_index(index: Index, before: str, after: str) -> Index:
    parts = tuple(
        replace(each, column=after.casefold(), expression=after) if each.column == before else each
        for each in index.parts
    )
    include = tuple(after.casefold() if each == before else each for each in index.include)
    return replace(index, parts=parts, include=include)


def _in_words(text: str, before: str, after: str) -> str:
    """Give a definition with a column's name for another, outside of quotes."""
    if before not in text:
        return text
    import re

    from be_tui.core.schema.pg.names import quoted

    old = re.escape(quoted(before))
    pattern = re.compile(rf"'(?:[^']|'')*'|(?<![\w\".]){old}(?![\w\"(])")
    return pattern.sub(lambda found: found[0] if found[0][:1] == "'" else quoted(after), text)


def _in_references(work: Work, key: Key, before: str, after: str) -> None:
    for other, table in tuple(work.held.referring(key)):
        keys = tuple(
            replace(each, targets=tuple(after if one == before else one for one in each.targets))
            if work.held.is_target(key, (each.namespace, each.table))
            else each
            for each in table.foreign_keys
        )
        work.held.put(other, replace(table, foreign_keys=keys))
