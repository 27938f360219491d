"""RENAME and SET SCHEMA: what hangs on a thing follows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from postgast import pg_query_pb2 as pb

from be_tui.core.schema.holding import renamed_key
from be_tui.core.schema.holding import said as parent_name
from be_tui.core.schema.pg.columns import rename_column
from be_tui.core.schema.pg.comments import follow_comment
from be_tui.core.schema.pg.dropping import names_of, routine_key, users_of
from be_tui.core.schema.pg.names import made_name
from be_tui.core.schema.pg.others import KINDS
from be_tui.core.schema.pg.queries import commented, renamed_call, renamed_relation, renamed_self
from be_tui.core.schema.pg.sequences import kept_numbering, moved_owner, next_of
from be_tui.core.schema.pg.work import Unseen, name_of, plain_namespace, strings

if TYPE_CHECKING:
    from collections.abc import Callable

    from google.protobuf.message import Message

    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.model import DataType, Table
    from be_tui.core.schema.pg.work import Work

_RELATIONS = frozenset(
    {pb.OBJECT_TABLE, pb.OBJECT_FOREIGN_TABLE, pb.OBJECT_VIEW, pb.OBJECT_MATVIEW}
    | {pb.OBJECT_INDEX, pb.OBJECT_SEQUENCE}
)
_NAMED = (18,)


def rename(work: Work, node: pb.RenameStmt) -> None:
    """Take in RENAME.

    Raises:
        Unseen: What is renamed is not known.
    """
    kind = node.rename_type
    if kind in _RELATIONS:
        _relation(work, node)
    elif kind == pb.OBJECT_COLUMN:
        _column(work, node)
    elif kind == pb.OBJECT_ATTRIBUTE:
        _attribute(work, node)
    elif kind == pb.OBJECT_TABCONSTRAINT:
        _constraint(work, node)
    elif kind == pb.OBJECT_DOMCONSTRAINT:
        _domain_constraint(work, node)
    elif kind in {pb.OBJECT_TYPE, pb.OBJECT_DOMAIN}:
        names = names_of(node.object)
        _move_type(work, names, lambda key: (key[0], node.newname))
    elif kind == pb.OBJECT_SCHEMA:
        _schema(work, node.subname, node.newname)
    elif kind in {pb.OBJECT_TRIGGER, pb.OBJECT_POLICY, pb.OBJECT_RULE}:
        _on_table(work, node)
    elif kind in {
        *(pb.OBJECT_FUNCTION, pb.OBJECT_PROCEDURE, pb.OBJECT_ROUTINE, pb.OBJECT_AGGREGATE)
    }:
        _move_routine(work, node.object.object_with_args, name=node.newname)
    else:
        _other(work, node)


def _relation(work: Work, node: pb.RenameStmt) -> None:
    said = node.relation
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    if not move_relation(work, names, lambda key: (key[0], node.newname)) and not node.missing_ok:
        raise Unseen(f'no relation "{said.relname}" is known here')


def move_relation(work: Work, names: tuple[str, ...], to: Callable[[Key], Key]) -> bool:
    """Give a table, view, index or sequence another key; tell whether there is one."""
    held = work.held
    if (key := work.resolve(held.tables, names)) is not None:
        _move_table(work, key, to(key))
    elif (key := work.resolve(held.views, names)) is not None:
        _move_view(work, key, to(key))
    elif (key := work.resolve(held.sequences, names)) is not None:
        _move_sequence(work, key, to(key))
    elif (key := work.resolve(held.indexes, names)) is not None:
        _move_index(work, key, to(key)[1])
    else:
        return False
    return True


def _move_table(work: Work, before: Key, after: Key) -> None:
    held = work.held
    referring = [each for each, _ in held.referring(before)]
    children = [each for each, _ in held.children(before)]
    table = held.tables[before]
    made = replace(table, name=name_of(after[1]), namespace=after[0])
    if before[1] != after[1]:
        made = _kept_names(work, made, before[1])
    held.move(before, after, made)
    for each in referring:
        _follow_reference(work, after if each == before else each, before, after)
    for each in children:
        _follow_parent(work, each, before, after)
    moved_owner(work, made, parent_name(before), parent_name(after))
    if before[0] != after[0]:
        for key, sequence in tuple(held.sequences.items()):
            if sequence.owned_by.rpartition(".")[0] == parent_name(after) and key[0] == before[0]:
                _move_sequence(work, key, (after[0], key[1]))
    _follow_on(work, before, after)
    _follow_texts(work, before, after)


def _kept_names(work: Work, table: Table, before: str) -> Table:
    """Keep what NOT NULLs and the sequences of identities were called."""
    after = table.name.text
    columns = []
    for each in table.columns:
        name = each.name.text
        if each.auto == "identity":
            told = kept_numbering(
                each.numbering, made_name(before, name, "seq"), made_name(after, name, "seq")
            )
            each = replace(each, numbering=told)  # noqa: PLW2901 - it is the same column
        if not each.nullable and not each.not_null_name and work.version >= _NAMED:
            each = replace(each, not_null_name=made_name(before, name, "not_null"))  # noqa: PLW2901
        columns.append(each)
    return replace(table, columns=tuple(columns))


def _follow_reference(work: Work, key: Key, before: Key, after: Key) -> None:
    table = work.held.tables[key]
    keys = tuple(
        replace(each, table=after[1].casefold(), namespace=after[0])
        if each.table == before[1].casefold() and each.namespace in {before[0], ""}
        else each
        for each in table.foreign_keys
    )
    work.held.put(key, replace(table, foreign_keys=keys))


def _follow_parent(work: Work, key: Key, before: Key, after: Key) -> None:
    table = work.held.tables[key]
    old, new = parent_name(before), parent_name(after)
    work.held.put(
        key,
        replace(
            table,
            parent=new if table.parent == old else table.parent,
            inherits=tuple(new if each == old else each for each in table.inherits),
        ),
    )


def _follow_on(work: Work, before: Key, after: Key) -> None:
    """Let triggers, policies, rules and grants follow their table."""
    held = work.held
    old, new = (before[0], before[1].casefold()), (after[0], after[1].casefold())
    kinds: tuple[dict[tuple[str, str, str], Any], ...] = (held.triggers, held.policies)
    for kind in kinds:
        moved = {
            ((*new, key[2]) if key[:2] == old else key): (
                replace(each, table=new[1], namespace=new[0]) if key[:2] == old else each
            )
            for key, each in kind.items()
        }
        kind.clear()
        kind.update(moved)
    others = {
        ((key[0], *new, key[3]) if key[1:3] == old else key): (
            replace(each, table=new[1], namespace=new[0]) if key[1:3] == old else each
        )
        for key, each in held.others.items()
    }
    held.others.clear()
    held.others.update(others)
    for key, each in tuple(held.others.items()):
        if key[0] == "comment" and key[1:3] == new:
            held.others[key] = replace(each, definition=commented(each.definition, after))
    target, instead = (".".join(part for part in key if part) for key in (before, after))
    for granted, grant in tuple(held.grants.items()):
        if granted[:2] == ("table", target):
            del held.grants[granted]
            held.grants["table", instead, *granted[2:]] = replace(grant, target=instead)


def _follow_texts(work: Work, before: Key, after: Key) -> None:
    """Let queries and statements that name a relation name it as it is called now."""
    held = work.held
    for key, view in held.views.items():
        query = renamed_relation(view.query, before, after)
        if query != view.query:
            held.views[key] = replace(view, query=query)
    kinds: tuple[dict[Any, Any], ...] = (held.triggers, held.policies, held.others, held.routines)
    for kind in kinds:
        for name, each in kind.items():
            text = renamed_relation(each.definition, before, after)
            if text != each.definition:
                kind[name] = replace(each, definition=text)


def _move_view(work: Work, before: Key, after: Key) -> None:
    view = work.held.take_view(before)
    if view is not None:
        made = replace(view, name=name_of(after[1]), namespace=after[0])
        work.held.put_view(after, made)
        _follow_on(work, before, after)
        _follow_texts(work, before, after)


def _move_sequence(work: Work, before: Key, after: Key) -> None:
    held = work.held
    made = replace(held.sequences[before], name=after[1], namespace=after[0])
    renamed_key(held.sequences, before, after, made)
    old, new = next_of(*before), next_of(*after)
    for key, table in tuple(held.tables.items()):
        if any(each.default == old for each in table.columns):
            columns = tuple(
                replace(each, default=new) if each.default == old else each
                for each in table.columns
            )
            held.put(key, replace(table, columns=columns))


def _move_index(work: Work, key: Key, name: str) -> None:
    held = work.held
    owner = held.indexes[key]
    if owner in held.views:
        view = held.views[owner]
        indexes = tuple(
            replace(each, name=name) if each.name == key[1] else each for each in view.indexes
        )
        held.put_view(owner, replace(view, indexes=indexes))
        return
    table = held.tables[owner]
    held.put(owner, _renamed_index(table, key[1], name))
    for child, below in tuple(held.children(owner)):
        indexes = tuple(
            replace(each, parent=name.casefold()) if each.parent == key[1].casefold() else each
            for each in below.indexes
        )
        held.put(child, replace(below, indexes=indexes))


def _renamed_index(table: Table, before: str, after: str) -> Table:
    """Give a table of which an index, or the constraint that it is of, is called otherwise."""

    def named(found: Message) -> Message:
        return replace(found, name=after) if found.name == before else found

    return replace(
        table,
        indexes=tuple(named(each) for each in table.indexes),
        uniques=tuple(named(each) for each in table.uniques),
        exclusions=tuple(named(each) for each in table.exclusions),
        primary_key=named(table.primary_key) if table.primary_key else None,
        clustered_on=after if table.clustered_on == before else table.clustered_on,
    )


def _constraint(work: Work, node: pb.RenameStmt) -> None:
    key = work.table_key(node.relation)
    if key is None:
        if node.missing_ok:
            return
        raise Unseen(f'no table "{node.relation.relname}" is known here')
    table = work.held.tables[key]
    made = _renamed_index(table, node.subname, node.newname)

    def named(found: Message) -> Message:
        return replace(found, name=node.newname) if found.name == node.subname else found

    made = replace(
        made,
        foreign_keys=tuple(named(each) for each in made.foreign_keys),
        checks=tuple(named(each) for each in made.checks),
        columns=tuple(_renamed_not_null(work, table, each, node) for each in made.columns),
    )
    if made == table:
        raise Unseen(f'no constraint "{node.subname}" of "{table.name.text}" is known here')
    work.held.put(key, made)
    follow_comment(work, "constraint", (key[0], key[1].casefold()), node.subname, node.newname)
    for child, below in tuple(work.held.children(key)):
        checks = tuple(named(each) for each in below.checks)
        work.held.put(child, replace(below, checks=checks))


def _renamed_not_null(work: Work, table: Table, column: Message, node: pb.RenameStmt) -> Message:
    implied = made_name(table.name.text, column.name.text, "not_null")
    if column.nullable or node.subname != (column.not_null_name or implied):
        return column
    kept = "" if node.newname == implied else node.newname
    _ = work
    return replace(column, not_null_name=kept)


def _column(work: Work, node: pb.RenameStmt) -> None:
    said = node.relation
    key = work.table_key(said)
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    if key is not None:
        rename_column(work, key, node.subname, node.newname)
        _follow_columns(work, key, node.subname, node.newname)
        return
    view = work.resolve(work.held.views, names)
    if view is not None:
        found = work.held.views[view]
        columns = tuple(node.newname if each == node.subname else each for each in found.columns)
        work.held.views[view] = replace(found, columns=columns)
    elif not node.missing_ok:
        raise Unseen(f'no table "{said.relname}" is known here')


def _follow_columns(work: Work, key: Key, before: str, after: str) -> None:
    """Let views and policies that name a column name it as it is called now."""
    from be_tui.core.schema.pg.queries import renamed_column_in

    held = work.held
    for name, view in held.views.items():
        query = renamed_column_in(view.query, key, before, after)
        if query != view.query:
            held.views[name] = replace(view, query=query)
    on = (key[0], key[1].casefold())
    kinds: tuple[dict[tuple[str, str, str], Any], ...] = (held.policies, held.triggers)
    for kind in kinds:
        for found, each in kind.items():
            if found[:2] == on:
                text = renamed_column_in(each.definition, key, before, after, on=True)
                kind[found] = replace(each, definition=text)
    for other, each in held.others.items():
        if other[1:3] == on and other[0] != "comment":
            text = renamed_column_in(each.definition, key, before, after, on=True)
            held.others[other] = replace(each, definition=text)


def _attribute(work: Work, node: pb.RenameStmt) -> None:
    said = node.relation
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    key = work.resolve(work.held.composites, names)
    if key is None:
        raise Unseen(f'no type "{said.relname}" is known here')
    found = work.held.composites[key]
    fields = tuple(
        replace(each, name=name_of(node.newname)) if each.name.text == node.subname else each
        for each in found.fields
    )
    work.held.composites[key] = replace(found, fields=fields)


def _domain_constraint(work: Work, node: pb.RenameStmt) -> None:
    names = names_of(node.object)
    key = work.resolve(work.held.domains, names)
    if key is None:
        raise Unseen(f'no domain "{".".join(names)}" is known here')
    found = work.held.domains[key]
    checks = tuple(
        replace(each, name=node.newname) if each.name == node.subname else each
        for each in found.checks
    )
    work.held.domains[key] = replace(found, checks=checks)


def _move_type(work: Work, names: list[str], to: Callable[[Key], Key]) -> None:
    held = work.held
    kinds: tuple[dict[Key, Any], ...] = (held.enumerations, held.domains, held.composites)
    for kind in kinds:
        key = work.resolve(kind, names)
        if key is None:
            continue
        after = to(key)
        users = users_of(work, key)
        made = replace(kind[key], name=after[1], namespace=after[0])
        renamed_key(kind, key, after, made)
        for table_key, name in users:
            _retype(work, table_key, name, key, after)
        return
    raise Unseen(f'no type "{".".join(names)}" is known here')


def _retype(work: Work, key: Key, name: str, before: Key, after: Key) -> None:
    table = work.held.tables[key]
    columns = tuple(
        replace(each, type=_renamed_type(each.type, before, after))
        if each.name.text == name
        else each
        for each in table.columns
    )
    work.held.put(key, replace(table, columns=columns))


def _renamed_type(kind: DataType, before: Key, after: Key) -> DataType:
    from be_tui.core.schema.pg.names import qualified

    name = ".".join(each for each in after if each)
    if kind.name == "array":
        return replace(kind, arguments=(qualified(*after),), declared=after[1])
    _ = before
    return replace(kind, name=name, declared=after[1])


def _schema(work: Work, before: str, after: str) -> None:
    held = work.held
    if before not in held.namespaces:
        raise Unseen(f'no schema "{before}" is known here')
    held.namespaces = {(after if each == before else each): None for each in held.namespaces}
    for key in [each for each in held.tables if each[0] == before]:
        _move_table(work, key, (after, key[1]))
    for key in [each for each in held.views if each[0] == before]:
        _move_view(work, key, (after, key[1]))
    for key in [each for each in held.sequences if each[0] == before]:
        _move_sequence(work, key, (after, key[1]))
    kinds: tuple[dict[Key, Any], ...] = (held.enumerations, held.domains, held.composites)
    for kind in kinds:
        for key in [each for each in kind if each[0] == before]:
            _move_type(work, list(key), lambda found: (after, found[1]))
    for found in [each for each in held.routines if each[0] == before]:
        routine = held.routines.pop(found)
        definition = renamed_self(routine.definition, found[1], after)
        made = replace(routine, namespace=after, definition=definition)
        held.routines[after, found[1], found[2]] = made


def _on_table(work: Work, node: pb.RenameStmt) -> None:
    from be_tui.core.schema.pg.others import on_what

    key = on_what(work, node.relation)
    on = (key[0], key[1].casefold())
    held = work.held
    kind_word = {pb.OBJECT_RULE: "rule", pb.OBJECT_TRIGGER: "trigger"}.get(node.rename_type, "")
    follow_comment(work, kind_word, on, node.subname, node.newname)
    if node.rename_type == pb.OBJECT_RULE:
        rule = held.others.pop(("rule", *on, node.subname), None)
        if rule is not None:
            definition = renamed_self(rule.definition, node.newname)
            made = replace(rule, name=node.newname, definition=definition)
            held.others["rule", on[0], on[1], node.newname] = made
        return
    kind: dict[tuple[str, str, str], Any] = (
        held.triggers if node.rename_type == pb.OBJECT_TRIGGER else held.policies
    )
    found = kind.pop((*on, node.subname), None)
    if found is None:
        raise Unseen(f'no "{node.subname}" of "{key[1]}" is known here')
    definition = renamed_self(found.definition, node.newname)
    kind[on[0], on[1], node.newname] = replace(found, name=node.newname, definition=definition)


def _move_routine(
    work: Work, said: pb.ObjectWithArgs, *, name: str = "", namespace: str | None = None
) -> None:
    key = routine_key(work, said)
    if key is None:
        raise Unseen(f'no function "{strings(said.objname)[-1]}" is known here')
    found = work.held.routines.pop(key)
    space = key[0] if namespace is None else namespace
    definition = renamed_self(found.definition, name or key[1], space)
    made = replace(found, name=name or key[1], namespace=space, definition=definition)
    work.held.routines[made.namespace, made.name, made.arguments] = made
    for on, trigger in work.held.triggers.items():
        text = renamed_call(trigger.definition, key[:2], (space, made.name))
        work.held.triggers[on] = replace(trigger, definition=text)


def _other(work: Work, node: pb.RenameStmt) -> None:
    kind = KINDS.get(node.rename_type, "")
    name = node.subname or (names_of(node.object) or [""])[-1]
    for key, each in tuple(work.held.others.items()):
        if key[0] == kind and key[3] == name:
            del work.held.others[key]
            definition = renamed_self(each.definition, node.newname)
            made = replace(each, name=node.newname, definition=definition)
            work.held.others[key[0], key[1], key[2], node.newname] = made


def set_schema(work: Work, node: pb.AlterObjectSchemaStmt) -> None:
    """Take in SET SCHEMA.

    Raises:
        Unseen: What is moved is not known.
    """
    space = plain_namespace(node.newschema)
    if node.object_type in _RELATIONS:
        said = node.relation
        names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
        moved = move_relation(work, names, lambda key: (space, key[1]))
        if not moved and not node.missing_ok:
            raise Unseen(f'no relation "{said.relname}" is known here')
    elif node.object_type in {pb.OBJECT_TYPE, pb.OBJECT_DOMAIN}:
        _move_type(work, names_of(node.object), lambda key: (space, key[1]))
    elif node.object.HasField("object_with_args"):
        _move_routine(work, node.object.object_with_args, namespace=space)
    elif node.object_type == pb.OBJECT_EXTENSION:
        name = names_of(node.object)[-1]
        if name in work.held.extensions:
            found = work.held.extensions[name]
            work.held.extensions[name] = replace(found, namespace=space)
    else:
        name = (names_of(node.object) or [""])[-1]
        for key, each in tuple(work.held.others.items()):
            if key[0] == KINDS.get(node.object_type) and key[3] == name:
                del work.held.others[key]
                definition = renamed_self(each.definition, key[3], space)
                made = replace(each, namespace=space, definition=definition)
                work.held.others[key[0], space, key[2], key[3]] = made
