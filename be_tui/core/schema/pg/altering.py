"""ALTER TABLE, action by action, in the order that the server takes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as pb

from be_tui.core.schema.holding import said as parent_name
from be_tui.core.schema.pg.altering_others import (
    alter_composite,
    alter_index,
    alter_other,
    merged,
)
from be_tui.core.schema.pg.columns import drop_column
from be_tui.core.schema.pg.constraints import (
    CHECK,
    FOREIGN,
    NOT_NULL,
    changed,
    not_null,
    passed_on_name,
    with_constraint,
)
from be_tui.core.schema.pg.dropping import drop_constraint
from be_tui.core.schema.pg.names import made_name
from be_tui.core.schema.pg.partitions import bound_text, join_parent
from be_tui.core.schema.pg.sequences import (
    changed_identity,
    identity_words,
    own_sequence,
)
from be_tui.core.schema.pg.tables import (
    collation_of,
    column_of,
    default_of,
    partition_kinds,
)
from be_tui.core.schema.pg.types import type_of
from be_tui.core.schema.pg.work import Unseen, options_of, shown, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.model import Column, DataType, ForeignKey, Table
    from be_tui.core.schema.pg.work import Work


def alter_table(work: Work, node: pb.AlterTableStmt) -> None:
    """Take in ALTER TABLE, and its kin for views, indexes, sequences and types.

    Raises:
        Unseen: It is about what is not known.
    """
    kind = node.objtype
    if kind == pb.OBJECT_INDEX:
        alter_index(work, node)
    elif kind == pb.OBJECT_TYPE:
        alter_composite(work, node)
    elif kind in {pb.OBJECT_VIEW, pb.OBJECT_MATVIEW, pb.OBJECT_SEQUENCE}:
        alter_other(work, node)
    else:
        key = work.table_key(node.relation)
        if key is None:
            if node.missing_ok or alter_other(work, node, quiet=True):
                return
            raise Unseen(f"no table {shown(node.relation)} is known here")
        actions = [each.alter_table_cmd for each in node.cmds]
        for action in sorted(actions, key=_pass):
            action.recurse = node.relation.inh
            alter(work, key, action)


def _pass(action: pb.AlterTableCmd) -> int:
    """Give when the server takes an action, whatever order they are written in."""
    if action.subtype == pb.AT_ColumnDefault:
        return _LATE if getattr(action, "def").WhichOneof("node") else 0
    return _PASSES.get(action.subtype, _LATE)


_LATE = 9
_PASSES = {
    **dict.fromkeys((pb.AT_DropNotNull, pb.AT_DropColumn, pb.AT_DropConstraint), 0),
    **dict.fromkeys((pb.AT_DropExpression, pb.AT_DropIdentity), 0),
    pb.AT_AlterColumnType: 1,
    pb.AT_AddColumn: 4,
    pb.AT_SetExpression: 5,
    pb.AT_AddConstraint: 6,
    pb.AT_SetNotNull: 7,
}


def alter(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    """Take in one action on a table."""
    found = _ACTIONS.get(action.subtype)
    if found is not None:
        found(work, key, action)


def _put(work: Work, key: Key, **values: object) -> None:
    # The values are those of fields that the callers name.
    work.held.put(key, replace(work.held.tables[key], **values))  # type: ignore[arg-type]


def _column(work: Work, key: Key, name: str, **values: object) -> None:
    work.held.put(key, changed(work.held.tables[key], name, **values))


def _family(work: Work, key: Key) -> list[Key]:
    """Give a table and all partitions below it."""
    found = [key]
    for child, table in work.held.children(key):
        if table.bound:
            found += _family(work, child)
    return found


def _add_column(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    node = getattr(action, "def").column_def
    table = work.held.tables[key]
    there = any(each.name.text == node.colname for each in table.columns)
    if there and action.missing_ok:
        return
    if there:
        raise Unseen(f'"{table.name.text}" has a column "{node.colname}" already')
    postponed: list[tuple[pb.Constraint, str]] = []
    column = column_of(work, key, node, postponed)
    for each in _family(work, key):
        table = work.held.tables[each]
        table = replace(table, columns=(*table.columns, column))
        for constraint, name in postponed:
            if each == key or constraint.contype == CHECK:
                table = with_constraint(work, table, constraint, name)
        work.held.put(each, table)
        if each != key and not column.nullable:
            _name_of_parent(work, key, each, node.colname)
    if column.auto == "serial":
        own_sequence(work, key, column)


def _drop_column(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    cascade = action.behavior == pb.DROP_CASCADE
    for each in _family(work, key):
        drop_column(work, each, action.name, cascade=cascade, missing_ok=action.missing_ok)


def _column_default(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    column = _the(work, key, action.name)
    node = getattr(action, "def")
    default = default_of(work, node, column.type) if node.WhichOneof("node") else ""
    auto = column.auto
    if auto == "serial":
        auto = ""
    if default.startswith("nextval("):
        auto = "serial"
    for each in _family(work, key):
        _column(work, each, action.name, default=default, auto=auto)


def _the(work: Work, key: Key, name: str) -> Column:
    table = work.held.tables[key]
    found = next((each for each in table.columns if each.name.text == name), None)
    if found is None:
        raise Unseen(f'no column "{name}" of "{table.name.text}" is known here')
    return found


def _set_not_null(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    for each in _family(work, key):
        work.held.put(each, not_null(work, work.held.tables[each], action.name, ""))
        if each != key:
            _name_of_parent(work, key, each, action.name)


def _name_of_parent(work: Work, key: Key, child: Key, column: str) -> None:
    """Let the NOT NULL of a partition's column be called as that of its table."""
    whole = work.held.tables[key]
    name = passed_on_name(work, whole, _the(work, key, column))
    own = made_name(child[1], column, "not_null")
    _column(work, child, column, not_null_name="" if name == own else name)


def _drop_not_null(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    for each in _family(work, key):
        _column(work, each, action.name, nullable=True, not_null_name="", not_null_valid=True)


def _column_type(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    node = getattr(action, "def").column_def
    kind = type_of(node.type_name)
    collation = collation_of(node.coll_clause) if node.HasField("coll_clause") else ""
    for each in _family(work, key):
        before = _the(work, each, action.name)
        default = _recast(before.default, kind, work)
        _column(work, each, action.name, type=kind, collation=collation, default=default)
        _rewrite(work, each)


def _recast(default: str, kind: DataType, work: Work) -> str:
    """Give a default as it reads beside another type."""
    if not default or default.startswith("nextval("):
        return default
    from be_tui.core.schema.pg.reparsing import expression_node

    node = expression_node(default)
    return default_of(work, node, kind) if node is not None else default


def _rewrite(work: Work, key: Key) -> None:
    """Write the expressions of a table anew: what a cast says depends on its columns' types."""
    from be_tui.core.schema.pg.reparsing import rewritten

    table = work.held.tables[key]
    work.held.put(key, rewritten(table, work.expressions))


def _set_expression(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    table = work.held.tables[key]
    text = work.expressions(table.columns).write(getattr(action, "def"))
    for each in _family(work, key):
        _column(work, each, action.name, generated=text)


def _drop_expression(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    for each in _family(work, key):
        _column(work, each, action.name, generated="", virtual=False)


def _statistics(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    node = getattr(action, "def")
    value = node.integer.ival if node.WhichOneof("node") == "integer" else -1
    _column(work, key, action.name, statistics=value if value >= 0 else None)


def _storage(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    from be_tui.core.schema.pg.tables import storage_of

    said = value_of(getattr(action, "def"))
    column = _the(work, key, action.name)
    _column(work, key, action.name, storage=storage_of(said, work.base(column.type)))


def _compression(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    said = value_of(getattr(action, "def"))
    _column(work, key, action.name, compression="" if said == "default" else said)


def _add_constraint(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    node = getattr(action, "def").constraint
    table = work.held.tables[key]
    work.held.put(key, with_constraint(work, table, node, new=False))
    made = work.held.tables[key]
    if not action.recurse:
        return
    if node.contype == CHECK and not node.is_no_inherit:
        check = made.checks[-1]
        for each in _family(work, key)[1:]:
            child = work.held.tables[each]
            if all(one.name != check.name for one in child.checks):
                _put(work, each, checks=(*child.checks, check))
    elif node.contype == NOT_NULL:
        for each in _family(work, key)[1:]:
            work.held.put(each, with_constraint(work, work.held.tables[each], node, new=False))
    elif node.contype != FOREIGN and made.partition_by:
        for each, below in tuple(work.held.children(key)):
            if below.bound:
                join_parent(work, each)


def _alter_constraint(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    node = getattr(action, "def")
    said = node.atalter_constraint
    table = work.held.tables[key]

    def altered(found: ForeignKey) -> ForeignKey:
        if said.alter_deferrability:
            found = replace(found, deferrable=said.deferrable, deferred=said.initdeferred)
        if said.alter_enforceability:
            found = replace(found, enforced=said.is_enforced, valid=said.is_enforced)
        return found

    keys = tuple(
        altered(each) if each.name == said.conname else each for each in table.foreign_keys
    )
    _put(work, key, foreign_keys=keys)


def _validate(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    for each in _family(work, key):
        table = work.held.tables[each]
        name = action.name
        columns = tuple(
            replace(one, not_null_valid=True) if _is_not_null(table, one, name) else one
            for one in table.columns
        )
        _put(
            work,
            each,
            columns=columns,
            foreign_keys=tuple(
                replace(one, valid=True) if one.name == name else one for one in table.foreign_keys
            ),
            checks=tuple(
                replace(one, valid=True) if one.name == name else one for one in table.checks
            ),
        )


def _is_not_null(table: Table, column: Column, name: str) -> bool:
    if column.not_null_valid:
        return False
    implied = f"{table.name.text}_{column.name.text}_not_null"
    return name == (column.not_null_name or implied)


def _drop_constraint(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    cascade = action.behavior == pb.DROP_CASCADE
    drop_constraint(work, key, action.name, cascade=cascade, missing_ok=action.missing_ok)


def _owner(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    _put(work, key, owner=action.newowner.rolename)


def _set_options(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    table = work.held.tables[key]
    said = options_of(getattr(action, "def").list.items)
    _put(work, key, options=merged(table.options, said))


def _reset_options(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    gone = {each.partition("=")[0] for each in options_of(getattr(action, "def").list.items)}
    table = work.held.tables[key]
    kept = tuple(each for each in table.options if each.partition("=")[0] not in gone)
    _put(work, key, options=kept)


def _replica(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    said = getattr(action, "def").replica_identity_stmt
    words = {"f": "FULL", "n": "NOTHING", "d": "", "i": f"USING INDEX {said.name}"}
    _put(work, key, replica_identity=words[said.identity_type])


def _attach(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    said = getattr(action, "def").partition_cmd
    child, _ = work.table(said.name)
    whole = work.held.tables[key]
    bound = bound_text(said.bound, partition_kinds(work, whole))
    _put(work, child, parent=parent_name(key), bound=bound)
    join_parent(work, child)


def _detach(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    del key
    child, table = work.table(getattr(action, "def").partition_cmd.name)
    indexes = tuple(replace(each, parent="") for each in table.indexes)
    _put(work, child, parent="", bound="", indexes=indexes)


def _inherit(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    said = getattr(action, "def").range_var
    found = work.table_key(said)
    name = parent_name(found) if found else said.relname.casefold()
    table = work.held.tables[key]
    if action.subtype == pb.AT_AddInherit:
        _put(work, key, inherits=(*table.inherits, name))
    else:
        _part_from(work, key, found, name)


def _part_from(work: Work, key: Key, parent: Key | None, name: str) -> None:
    """Let a table have by itself what it had from a parent."""
    table = work.held.tables[key]
    kept = tuple(each for each in table.inherits if each != name)
    if parent is None:
        _put(work, key, inherits=kept)
        return
    whole = work.held.tables[parent]
    own = {each.name.text for each in table.columns}
    conditions = {each.name for each in table.checks}
    _put(
        *(work, key),
        inherits=kept,
        columns=(
            *(replace(each, auto="") for each in whole.columns if each.name.text not in own),
            *table.columns,
        ),
        checks=(
            *table.checks,
            *(one for one in whole.checks if one.inherited and one.name not in conditions),
        ),
        complete=not kept and whole.complete,
    )


def _add_identity(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    node = getattr(action, "def").constraint
    column = _the(work, key, action.name)
    words = identity_words(work, key, action.name, column.type, node.options)
    always = node.generated_when == "a"
    _column(
        *(work, key, action.name),
        auto="identity",
        always=always,
        numbering=words,
        nullable=False,
        default="",
    )


def _set_identity(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    column = _the(work, key, action.name)
    always = column.always
    rest = []
    for each in getattr(action, "def").list.items:
        option = each.def_elem
        if option.defname == "generated":
            always = chr(option.arg.integer.ival) == "a"
        else:
            rest.append(each)
    words = changed_identity(column.numbering, work.base(column.type).name, rest)
    _column(work, key, action.name, always=always, numbering=words)


def _drop_identity(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    _column(work, key, action.name, auto="", always=False, numbering="")


def _trigger(enabled: str) -> Callable[[Work, Key, pb.AlterTableCmd], None]:
    def act(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
        for found, each in work.held.triggers.items():
            same = found[:2] == (key[0], key[1].casefold())
            if same and (not action.name or each.name == action.name):
                work.held.triggers[found] = replace(each, enabled=enabled)

    return act


def _setting(**values: object) -> Callable[[Work, Key, pb.AlterTableCmd], None]:
    def act(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
        del action
        _put(work, key, **values)

    return act


def _cluster(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    _put(work, key, clustered_on=action.name)


def _method(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    _put(work, key, method="" if action.name == "heap" else action.name)


def _tablespace(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
    said = "" if action.name == "pg_default" else action.name
    _put(work, key, tablespace=said)


def _logged(*, unlogged: bool) -> Callable[[Work, Key, pb.AlterTableCmd], None]:
    def act(work: Work, key: Key, action: pb.AlterTableCmd) -> None:
        del action
        _put(work, key, unlogged=unlogged)

    return act


_ACTIONS: dict[int, Callable[[Work, Key, pb.AlterTableCmd], None]] = {
    pb.AT_AddColumn: _add_column,
    pb.AT_ColumnDefault: _column_default,
    pb.AT_DropNotNull: _drop_not_null,
    pb.AT_SetNotNull: _set_not_null,
    pb.AT_SetExpression: _set_expression,
    pb.AT_DropExpression: _drop_expression,
    pb.AT_SetStatistics: _statistics,
    pb.AT_SetStorage: _storage,
    pb.AT_SetCompression: _compression,
    pb.AT_DropColumn: _drop_column,
    pb.AT_AddConstraint: _add_constraint,
    pb.AT_AlterConstraint: _alter_constraint,
    pb.AT_ValidateConstraint: _validate,
    pb.AT_DropConstraint: _drop_constraint,
    pb.AT_AlterColumnType: _column_type,
    pb.AT_ChangeOwner: _owner,
    pb.AT_ClusterOn: _cluster,
    pb.AT_DropCluster: _cluster,
    pb.AT_SetLogged: _logged(unlogged=False),
    pb.AT_SetUnLogged: _logged(unlogged=True),
    pb.AT_SetAccessMethod: _method,
    pb.AT_SetTableSpace: _tablespace,
    pb.AT_SetRelOptions: _set_options,
    pb.AT_ResetRelOptions: _reset_options,
    pb.AT_EnableTrig: _trigger("origin"),
    pb.AT_EnableAlwaysTrig: _trigger("always"),
    pb.AT_EnableReplicaTrig: _trigger("replica"),
    pb.AT_DisableTrig: _trigger("disabled"),
    pb.AT_EnableTrigAll: _trigger("origin"),
    pb.AT_DisableTrigAll: _trigger("disabled"),
    pb.AT_EnableTrigUser: _trigger("origin"),
    pb.AT_DisableTrigUser: _trigger("disabled"),
    pb.AT_AddInherit: _inherit,
    pb.AT_DropInherit: _inherit,
    pb.AT_ReplicaIdentity: _replica,
    pb.AT_EnableRowSecurity: _setting(row_security=True),
    pb.AT_DisableRowSecurity: _setting(row_security=False),
    pb.AT_ForceRowSecurity: _setting(row_security_forced=True),
    pb.AT_NoForceRowSecurity: _setting(row_security_forced=False),
    pb.AT_AttachPartition: _attach,
    pb.AT_DetachPartition: _detach,
    pb.AT_DetachPartitionFinalize: _detach,
    pb.AT_AddIdentity: _add_identity,
    pb.AT_SetIdentity: _set_identity,
    pb.AT_DropIdentity: _drop_identity,
}
