"""ALTER of indexes, views and composite types, which the grammar holds as ALTER TABLE."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as pb

from be_tui.core.schema.pg.tables import column_of
from be_tui.core.schema.pg.types import type_of
from be_tui.core.schema.pg.work import Unseen, options_of

if TYPE_CHECKING:
    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.pg.work import Work


def merged(options: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...]:
    """Give options with others that take the place of those of the same name."""
    found = {each.partition("=")[0]: each for each in (*options, *said)}
    return tuple(sorted(found.values()))


def alter_index(work: Work, node: pb.AlterTableStmt) -> None:
    """Take in ALTER INDEX.

    Raises:
        Unseen: There is none of that name.
    """
    said = node.relation
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    found = work.resolve(work.held.indexes, names)
    if found is None:
        if node.missing_ok:
            return
        raise Unseen(f'no index "{said.relname}" is known here')
    for each in node.cmds:
        action = each.alter_table_cmd
        if action.subtype == pb.AT_AttachPartition:
            child = getattr(action, "def").partition_cmd.name
            _attach_index(work, found, child)
        elif action.subtype in {pb.AT_SetRelOptions, pb.AT_ResetRelOptions}:
            options = options_of(getattr(action, "def").list.items)
            _index_options(work, found, options, reset=action.subtype == pb.AT_ResetRelOptions)
        elif action.subtype == pb.AT_SetTableSpace:
            _change_index(work, found, tablespace=action.name)


def _index_options(work: Work, found: Key, said: tuple[str, ...], *, reset: bool) -> None:
    owner = work.held.indexes[found]
    table = work.held.tables.get(owner)
    index = next((each for each in table.indexes if each.name == found[1]), None) if table else None
    if index is None:
        return
    gone = {each.partition("=")[0] for each in said}
    kept = tuple(each for each in index.options if each.partition("=")[0] not in gone)
    _change_index(work, found, options=kept if reset else merged(kept, said))


def _change_index(work: Work, found: Key, **values: object) -> None:
    owner = work.held.indexes[found]
    if owner in work.held.tables:
        table = work.held.tables[owner]
        indexes = tuple(
            replace(each, **values) if each.name == found[1] else each  # type: ignore[arg-type]
            for each in table.indexes
        )
        work.held.put(owner, replace(table, indexes=indexes))


def _attach_index(work: Work, found: Key, said: pb.RangeVar) -> None:
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    child = work.resolve(work.held.indexes, names)
    if child is not None:
        _change_index(work, child, parent=found[1].casefold())
    _complete(work, found)


def _complete(work: Work, found: Key) -> None:
    """Let an index be whole once each partition has its part."""
    owner = work.held.indexes[found]
    name = found[1].casefold()
    partitions = [table for _, table in work.held.children(owner) if table.bound]
    if all(any(one.parent == name for one in each.indexes) for each in partitions):
        _change_index(work, found, only=False)


def alter_other(work: Work, node: pb.AlterTableStmt, *, quiet: bool = False) -> bool:
    """Take in what is said of a view or sequence; tell whether there is one."""
    said = node.relation
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    view = work.resolve(work.held.views, names)
    if view is not None:
        _alter_view(work, view, node)
        return True
    if work.resolve(work.held.sequences, names) is not None:
        return True
    if quiet or node.missing_ok:
        return False
    if node.objtype == pb.OBJECT_SEQUENCE:
        return False
    raise Unseen(f'no view "{said.relname}" is known here')


def _alter_view(work: Work, key: Key, node: pb.AlterTableStmt) -> None:
    for each in node.cmds:
        action = each.alter_table_cmd
        if action.subtype in {pb.AT_SetRelOptions, pb.AT_ResetRelOptions}:
            said = options_of(getattr(action, "def").list.items)
            view = work.held.views[key]
            gone = {one.partition("=")[0] for one in said}
            kept = tuple(one for one in view.options if one.partition("=")[0] not in gone)
            options = kept if action.subtype == pb.AT_ResetRelOptions else merged(kept, said)
            work.held.views[key] = replace(view, options=options)


def alter_composite(work: Work, node: pb.AlterTableStmt) -> None:
    """Take in ALTER TYPE of a composite type.

    Raises:
        Unseen: It, or its field, is not known.
    """
    said = node.relation
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    key = work.resolve(work.held.composites, names)
    if key is None:
        raise Unseen(f'no type "{said.relname}" is known here')
    for each in node.cmds:
        action = each.alter_table_cmd
        found = work.held.composites[key]
        fields = list(found.fields)
        at = next((i for i, one in enumerate(fields) if one.name.text == action.name), -1)
        if action.subtype == pb.AT_AddColumn:
            fields.append(column_of(work, key, getattr(action, "def").column_def, []))
        elif at < 0:
            if not action.missing_ok:
                raise Unseen(f'no field "{action.name}" of "{said.relname}" is known here')
        elif action.subtype == pb.AT_DropColumn:
            del fields[at]
        elif action.subtype == pb.AT_AlterColumnType:
            definition = getattr(action, "def").column_def
            fields[at] = replace(fields[at], type=type_of(definition.type_name))
        work.held.composites[key] = replace(found, fields=tuple(fields))
