"""What DROP takes away, and what goes along with CASCADE."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as pb

from be_tui.core.schema.pg.columns import drop_column
from be_tui.core.schema.pg.queries import relations_of
from be_tui.core.schema.pg.sequences import drop_owned
from be_tui.core.schema.pg.types import base_name
from be_tui.core.schema.pg.work import Unseen, plain_namespace, strings

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.model import DataType, Table
    from be_tui.core.schema.pg.work import Work


def drop(work: Work, node: pb.DropStmt) -> None:
    """Take in DROP.

    Raises:
        Unseen: What it drops is not known.
    """
    cascade = node.behavior == pb.DROP_CASCADE
    taker = _TAKERS.get(node.remove_type)
    unseen: list[str] = []
    for each in node.objects:
        if taker is None:
            found = _drop_other(work, node.remove_type, each)
        else:
            found = taker(work, each, cascade=cascade)
        if not found and not node.missing_ok:
            unseen.append(_shown(each))
    if unseen:
        kind = pb.ObjectType.Name(node.remove_type).removeprefix("OBJECT_").lower()
        raise Unseen(f"no {kind.replace('_', ' ')} {', '.join(unseen)} is known here")


def _shown(node: pb.Node) -> str:
    return f'"{".".join(names_of(node))}"'


def names_of(node: pb.Node) -> list[str]:
    """Give the parts of an object's name, however its statement holds it."""
    kind = node.WhichOneof("node")
    if kind == "list":
        return strings(each for each in node.list.items if each.HasField("string"))
    if kind == "string":
        return [node.string.sval]
    if kind == "type_name":
        return strings(node.type_name.names)
    if kind == "object_with_args":
        return strings(node.object_with_args.objname)
    return []


def _table(work: Work, node: pb.Node, *, cascade: bool) -> bool:
    key = work.resolve(work.held.tables, names_of(node))
    if key is None:
        return False
    drop_table(work, key, cascade=cascade)
    return True


def drop_table(work: Work, key: Key, *, cascade: bool) -> None:
    """Take a table away, with what stands on it; with CASCADE what refers to it too."""
    for child, table in tuple(work.held.children(key)):
        if table.bound:
            drop_table(work, child, cascade=cascade)
        else:
            _leave(work, child, key)
    for other, table in tuple(work.held.referring(key)):
        if other == key:
            continue
        kept = tuple(
            each
            for each in table.foreign_keys
            if not work.held.is_target(key, (each.namespace, each.table))
        )
        work.held.put(other, replace(table, foreign_keys=kept))
    drop_owned(work, key)
    work.held.take(key)
    forget_on(work, key)
    if cascade:
        _drop_readers(work, key)


def _leave(work: Work, child: Key, parent: Key) -> None:
    table = work.held.tables[child]
    kept = tuple(each for each in table.inherits if each.rpartition(".")[2] != parent[1].casefold())
    work.held.put(child, replace(table, inherits=kept))


def forget_on(work: Work, key: Key) -> None:
    """Let go of all that stands on a table or view: triggers, policies, rules, grants."""
    on = (key[0], key[1].casefold())
    held = work.held
    for triggers in [each for each in held.triggers if each[:2] == on]:
        del held.triggers[triggers]
    for policies in [each for each in held.policies if each[:2] == on]:
        del held.policies[policies]
    for others in [each for each in held.others if each[1:3] == on]:
        del held.others[others]
    target = ".".join(each for each in key if each)
    for grants in [each for each in held.grants if each[:2] == ("table", target)]:
        del held.grants[grants]


def _drop_readers(work: Work, key: Key) -> None:
    """Let go of the views that read a relation, and of those that read them."""
    for other, view in tuple(work.held.views.items()):
        if other in work.held.views and _reads(work, view.query, key):
            work.held.take_view(other)
            forget_on(work, other)
            _drop_readers(work, other)


def _reads(work: Work, query: str, key: Key) -> bool:
    if key[1].casefold() not in query.casefold():
        return False
    for namespace, name in relations_of(query):
        if name == key[1] and plain_namespace(namespace) == key[0]:
            return True
        if name == key[1] and not namespace and work.session.namespace == key[0]:
            return True
    return False


def _view(work: Work, node: pb.Node, *, cascade: bool) -> bool:
    key = work.resolve(work.held.views, names_of(node))
    if key is None:
        return False
    work.held.take_view(key)
    forget_on(work, key)
    if cascade:
        _drop_readers(work, key)
    return True


def _index(work: Work, node: pb.Node, *, cascade: bool) -> bool:
    del cascade
    key = work.resolve(work.held.indexes, names_of(node))
    if key is None:
        return False
    drop_index(work, key)
    return True


def drop_index(work: Work, key: Key) -> None:
    """Take an index away, and those of partitions that belong to it."""
    owner = work.held.indexes[key]
    name = key[1]
    if owner in work.held.views:
        view = work.held.views[owner]
        kept = tuple(each for each in view.indexes if each.name != name)
        work.held.put_view(owner, replace(view, indexes=kept))
        return
    table = work.held.tables[owner]
    kept = tuple(each for each in table.indexes if each.name != name)
    work.held.put(owner, replace(table, indexes=kept))
    for child, below in tuple(work.held.children(owner)):
        for each in below.indexes:
            if below.bound and each.parent == name.casefold():
                drop_index(work, (child[0], each.name))


def _sequence(work: Work, node: pb.Node, *, cascade: bool) -> bool:
    key = work.resolve(work.held.sequences, names_of(node))
    if key is None:
        return False
    del work.held.sequences[key]
    if cascade:
        from be_tui.core.schema.pg.sequences import next_of

        _without_default(work, next_of(*key))
    return True


def _without_default(work: Work, default: str) -> None:
    for key, table in tuple(work.held.tables.items()):
        if any(each.default == default for each in table.columns):
            columns = tuple(
                replace(each, default="", auto="") if each.default == default else each
                for each in table.columns
            )
            work.held.put(key, replace(table, columns=columns))


def _type(work: Work, node: pb.Node, *, cascade: bool) -> bool:
    names = names_of(node)
    held = work.held
    for kind in (held.enumerations, held.domains, held.composites):
        key = work.resolve(kind, names)
        if key is not None:
            del kind[key]
            if cascade:
                _drop_columns_of(work, key)
            return True
    key_other = next(
        (each for each in held.others if each[0].endswith("type") and each[3] == names[-1]),
        None,
    )
    if key_other is None:
        return False
    del held.others[key_other]
    if cascade:
        _drop_columns_of(work, (key_other[1], key_other[3]))
    return True


def _drop_columns_of(work: Work, key: Key) -> None:
    for table_key, column in users_of(work, key):
        drop_column(work, table_key, column, cascade=True, missing_ok=True)


def users_of(work: Work, key: Key) -> list[tuple[Key, str]]:
    """Give the columns that are of a type, or an array of it."""
    name = ".".join(each for each in key if each)
    return [
        (table_key, column.name.text)
        for table_key, table in work.held.tables.items()
        for column in table.columns
        if is_of(column.type, name)
    ]


def is_of(kind: DataType, name: str) -> bool:
    """Tell whether a type is one of that name, or an array of it."""
    found = base_name(kind)
    return found in {name, f"{name}[]"} or found.replace('"', "") in {name, f"{name}[]"}


def _schema(work: Work, node: pb.Node, *, cascade: bool) -> bool:
    name = names_of(node)[-1]
    held = work.held
    namespace = plain_namespace(name)
    if name not in held.namespaces and namespace:
        return False
    held.namespaces.pop(name, None)
    if not cascade:
        return True
    for key in [each for each in held.tables if each[0] == namespace]:
        if key in held.tables:
            drop_table(work, key, cascade=True)
    for view in [each for each in held.views if each[0] == namespace]:
        held.take_view(view)
    kinds: tuple[dict[Key, object], ...] = (
        held.sequences,  # type: ignore[assignment]
        held.enumerations,
        held.domains,
        held.composites,
    )
    for kind in kinds:
        for key in [each for each in kind if each[0] == namespace]:
            del kind[key]
    for routine in [each for each in held.routines if each[0] == namespace]:
        del held.routines[routine]
    for other in [each for each in held.others if each[1] == namespace]:
        del held.others[other]
    return True


def _routine(work: Work, node: pb.Node, *, cascade: bool) -> bool:
    key = routine_key(work, node.object_with_args)
    if key is None:
        return False
    gone = work.held.routines.pop(key)
    if cascade:
        from be_tui.core.schema.pg.routines import calls

        for found, trigger in tuple(work.held.triggers.items()):
            if calls(trigger.definition, gone):
                del work.held.triggers[found]
    return True


def routine_key(work: Work, said: pb.ObjectWithArgs) -> tuple[str, str, str] | None:
    """Give the key of a routine by its name and the types of its arguments."""
    from be_tui.core.schema.pg.routines import arguments_of

    names = strings(said.objname)
    namespace = plain_namespace(names[-2]) if len(names) > 1 else None
    found = [
        each
        for each in work.held.routines
        if each[1] == names[-1] and (namespace is None or each[0] == namespace)
    ]
    if said.args_unspecified:
        return found[0] if len(found) == 1 else None
    arguments = arguments_of(said)
    return next((each for each in found if each[2] == arguments), None)


def _on_table(kind: str) -> Callable[..., bool]:
    """Give what takes away a trigger, policy or rule of a table."""

    def take(work: Work, node: pb.Node, *, cascade: bool) -> bool:
        del cascade
        *table, name = names_of(node)
        held = work.held
        key = work.resolve(held.tables, table) or work.resolve(held.views, table)
        if key is None:
            return False
        on = (key[0], key[1].casefold())
        held.others.pop(("comment", *on, f"{kind} {name}"), None)
        if kind == "trigger":
            return held.triggers.pop((*on, name), None) is not None
        if kind == "policy":
            return held.policies.pop((*on, name), None) is not None
        return held.others.pop((kind, *on, name), None) is not None

    return take


def _extension(work: Work, node: pb.Node, *, cascade: bool) -> bool:
    del cascade
    return work.held.extensions.pop(names_of(node)[-1], None) is not None


def _drop_other(work: Work, kind: int, node: pb.Node) -> bool:
    """Let go of an object of which only its DDL is known."""
    from be_tui.core.schema.pg.others import KINDS

    word = KINDS.get(kind, "")
    names = names_of(node)
    if not word or not names:
        # What is not kept cannot be missed.
        return True
    found = [each for each in work.held.others if each[0] == word and each[3] == names[-1]]
    for each in found:
        del work.held.others[each]
    return bool(found)


_TAKERS: dict[int, Callable[..., bool]] = {
    pb.OBJECT_TABLE: _table,
    pb.OBJECT_FOREIGN_TABLE: _table,
    pb.OBJECT_VIEW: _view,
    pb.OBJECT_MATVIEW: _view,
    pb.OBJECT_INDEX: _index,
    pb.OBJECT_SEQUENCE: _sequence,
    pb.OBJECT_TYPE: _type,
    pb.OBJECT_DOMAIN: _type,
    pb.OBJECT_SCHEMA: _schema,
    pb.OBJECT_FUNCTION: _routine,
    pb.OBJECT_PROCEDURE: _routine,
    pb.OBJECT_ROUTINE: _routine,
    pb.OBJECT_AGGREGATE: _routine,
    pb.OBJECT_TRIGGER: _on_table("trigger"),
    pb.OBJECT_POLICY: _on_table("policy"),
    pb.OBJECT_RULE: _on_table("rule"),
    pb.OBJECT_EXTENSION: _extension,
}


def drop_constraint(
    work: Work, key: Key, name: str, *, cascade: bool, missing_ok: bool = False
) -> None:
    """Take a constraint away by its name, from partitions too.

    Raises:
        Unseen: There is none of that name.
    """
    table = work.held.tables[key]
    made = _without(table, name)
    if made is None:
        if missing_ok or not table.complete:
            return
        raise Unseen(f'no constraint "{name}" of "{table.name.text}" is known here')
    gone = next((each for each in table.keys if each.name == name), None)
    work.held.put(key, made)
    work.held.others.pop(("comment", key[0], key[1].casefold(), f"constraint {name}"), None)
    if gone is not None and cascade:
        _without_references(work, key, gone.columns)
    for child, below in tuple(work.held.children(key)):
        if not below.bound:
            continue
        same = next((one for one in below.keys if gone and one.columns == gone.columns), None)
        drop_constraint(work, child, same.name if same else name, cascade=cascade, missing_ok=True)


def _without(table: Table, name: str) -> Table | None:
    """Give a table without a constraint; None where it has none of that name."""
    if table.primary_key and table.primary_key.name == name:
        return replace(table, primary_key=None)
    for kind in ("uniques", "foreign_keys", "checks", "exclusions"):
        kept = tuple(each for each in getattr(table, kind) if each.name != name)
        if len(kept) != len(getattr(table, kind)):
            return replace(table, **{kind: kept})  # type: ignore[arg-type]
    for at, column in enumerate(table.columns):
        implied = f"{table.name.text}_{column.name.text}_not_null"
        if not column.nullable and name == (column.not_null_name or implied):
            made = replace(column, nullable=True, not_null_name="", not_null_valid=True)
            return replace(table, columns=(*table.columns[:at], made, *table.columns[at + 1 :]))
    return None


def _without_references(work: Work, key: Key, columns: tuple[str, ...]) -> None:
    for other, table in tuple(work.held.referring(key)):
        kept = tuple(
            each
            for each in table.foreign_keys
            if not (
                work.held.is_target(key, (each.namespace, each.table)) and each.targets == columns
            )
        )
        work.held.put(other, replace(table, foreign_keys=kept))
