"""CREATE TABLE: columns, what stands beside them, and where else columns come from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.model import Column, DataType, Table
from be_tui.core.schema.pg.constraints import (
    CHECK,
    DEFAULT,
    DEFERRABLE,
    DEFERRED,
    ENFORCED,
    FOREIGN,
    GENERATED,
    IDENTITY,
    IMMEDIATE,
    NOT_DEFERRABLE,
    NOT_ENFORCED,
    NOT_NULL,
    kept_not_null_name,
    passed_on_name,
    with_constraint,
    without_twins,
)
from be_tui.core.schema.pg.expressions import Expressions
from be_tui.core.schema.pg.partitions import bound_text, join_parent, spec_text
from be_tui.core.schema.pg.sequences import identity_words, own_sequence
from be_tui.core.schema.pg.types import SERIALS, type_of
from be_tui.core.schema.pg.work import (
    name_of,
    options_of,
    plain_namespace,
    strings,
    unquoted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.pg.work import Work

_LIKE_BITS = {
    "comments": 1,
    "compression": 2,
    "constraints": 4,
    "defaults": 8,
    "generated": 16,
    "identity": 32,
    "indexes": 64,
    "statistics": 128,
    "storage": 256,
}
"""What `LIKE … INCLUDING` takes along, by the bits of its options."""

_STORED_BY_ITSELF = {"plain": {"integer", "float", "boolean", "timestamp", "date", "time", "uuid"}}


def create_table(work: Work, node: pb.CreateStmt) -> None:
    """Take in CREATE TABLE."""
    said = node.relation
    key = work.new_key(said)
    if key in work.held.tables and node.if_not_exists:
        return
    table = _begun(work, node, key)
    postponed: list[tuple[pb.Constraint, str]] = []
    columns: list[Column] = []
    for element in node.table_elts:
        kind = element.WhichOneof("node")
        if kind == "column_def":
            columns.append(column_of(work, key, element.column_def, postponed))
        elif kind == "constraint":
            postponed.append((element.constraint, ""))
        elif kind == "table_like_clause":
            table = _alike(work, table, columns, element.table_like_clause)
    table = replace(table, columns=(*table.columns, *columns))
    if node.HasField("of_typename"):
        table = _of_type(work, table, node.of_typename)
    if node.HasField("partspec"):
        table = replace(
            table, partitioned=True, partition_by=spec_text(work, table.columns, node.partspec)
        )
    partition = node.HasField("partbound")
    if partition:
        table = _partition(work, table, node)
    for constraint, name in without_twins(_in_order(postponed)):
        table = with_constraint(work, table, constraint, name)
    work.held.put(key, table)
    for column in table.columns:
        if column.auto == "serial":
            own_sequence(work, key, column)
    if partition:
        join_parent(work, key)


def _begun(work: Work, node: pb.CreateStmt, key: Key) -> Table:
    said = node.relation
    length = len(said.relname)
    inherits = () if node.HasField("partbound") else node.inh_relations
    parents = tuple(_named(work, each.range_var) for each in inherits)
    return Table(
        name=name_of(said.relname),
        place=work.place(said.location, length),
        namespace=key[0],
        temporary=said.relpersistence == "t" or said.schemaname == "pg_temp",
        complete=not parents,
        unlogged=said.relpersistence == "u",
        inherits=parents,
        options=options_of(node.options) if node.options else (),
        tablespace=node.tablespacename or work.session.tablespace,
        method=_method(node.access_method or work.session.method),
    )


def _method(said: str) -> str:
    return "" if said == "heap" else said


def _named(work: Work, said: pb.RangeVar) -> str:
    namespace = plain_namespace(said.schemaname) if said.schemaname else ""
    key = work.table_key(said)
    if key is not None:
        namespace = key[0]
    return ".".join(each.casefold() for each in (namespace, said.relname) if each)


def _in_order(found: list[tuple[pb.Constraint, str]]) -> Iterable[tuple[pb.Constraint, str]]:
    """Give constraints as the server makes them: conditions, keys (the primary first), the rest."""
    rank = {NOT_NULL: 0, CHECK: 1, 7: 2, 8: 3, 9: 3, FOREIGN: 4}
    return sorted(found, key=lambda each: rank.get(each[0].contype, 5))


def column_of(
    work: Work,
    key: Key,
    node: pb.ColumnDef,
    postponed: list[tuple[pb.Constraint, str]],
) -> Column:
    """Give a column; what it demands of the table's rows is put off."""
    name = node.colname
    names = node.type_name.names
    # A column of a table OF a type says no type itself.
    kind = type_of(node.type_name) if names else DataType("", "other")
    values: dict[str, object] = {}
    if len(names) == 1 and names[0].string.sval in SERIALS:
        values |= {"auto": "serial", "nullable": False}
    if node.HasField("coll_clause"):
        values["collation"] = collation_of(node.coll_clause)
    if node.storage_name:
        values["storage"] = storage_of(node.storage_name, kind)
    if node.compression:
        values["compression"] = "" if node.compression == "default" else node.compression
    if node.constraints:
        _column_constraints(work, key, node, kind, values, postponed)
    called = name_of(name)
    length = len(name) + 2 if called.quoted else len(name)
    # The values are those of fields that are named above.
    return Column(
        called,
        kind,
        work.place(node.location, length),
        **values,  # type: ignore[arg-type]
    )


def storage_of(said: str, kind: DataType) -> str:
    """Give how a column is stored; nothing for the way that its type has by itself."""
    storage = said.lower()
    usual = "plain" if kind.family in _STORED_BY_ITSELF["plain"] else "extended"
    if kind.family == "decimal":
        usual = "main"
    return "" if storage in {usual, "default"} else storage


def _column_constraints(
    work: Work,
    key: Key,
    node: pb.ColumnDef,
    kind: DataType,
    values: dict[str, object],
    postponed: list[tuple[pb.Constraint, str]],
) -> None:
    for each in node.constraints:
        found = each.constraint
        which = found.contype
        if which == NOT_NULL:
            values["nullable"] = False
            if found.conname:
                values["not_null_name"] = kept_not_null_name(
                    work, key[1], node.colname, found.conname
                )
        elif which == DEFAULT:
            values["default"] = default_of(work, found.raw_expr, kind)
        elif which == GENERATED:
            values["generated"] = ""
            _generated(values, found)
        elif which == IDENTITY:
            values |= identity_values(work, key, node.colname, kind, found)
        elif DEFERRABLE <= which <= NOT_ENFORCED:
            _attribute(postponed, which)
        else:
            postponed.append((found, node.colname))


def _generated(values: dict[str, object], found: pb.Constraint) -> None:
    """Take in how a generated column is computed; its columns' types are known later only."""
    values["generated"] = Expressions().write(found.raw_expr)
    values["virtual"] = found.generated_kind == "v"


def identity_values(
    work: Work, key: Key, column: str, kind: DataType, found: pb.Constraint
) -> dict[str, object]:
    """Give what makes a column an identity."""
    return {
        "auto": "identity",
        "always": found.generated_when == "a",
        "numbering": identity_words(work, key, column, kind, found.options),
        "nullable": False,
    }


def default_of(work: Work, node: pb.Node, kind: DataType) -> str:
    """Give a default as the model has it."""
    return Expressions().default(node, work.base(kind))


def _attribute(postponed: list[tuple[pb.Constraint, str]], which: int) -> None:
    """Take in a word that says something of the constraint before it."""
    if not postponed:
        return
    found = postponed[-1][0]
    if which in {DEFERRABLE, DEFERRED}:
        found.deferrable = True
        found.initdeferred = found.initdeferred or which == DEFERRED
    elif which in {ENFORCED, NOT_ENFORCED}:
        found.is_enforced = which == ENFORCED
    elif which == NOT_DEFERRABLE:
        found.deferrable = False
    elif which == IMMEDIATE:
        found.initdeferred = False


def collation_of(node: pb.CollateClause) -> str:
    """Give a collation's name; nothing for the database's own."""
    names = strings(node.collname)
    if len(names) > 1 and names[0] in {"pg_catalog", "public"}:
        names = names[1:]
    return "" if names == ["default"] else ".".join(names)


def _alike(work: Work, table: Table, columns: list[Column], node: pb.TableLikeClause) -> Table:
    """Take in what `LIKE` copies."""
    key = work.table_key(node.relation)
    if key is None:
        return replace(table, complete=False)
    other = work.held.tables[key]
    bits = node.options
    columns += [_copied(other, each, bits, work) for each in other.columns]
    if bits & _LIKE_BITS["constraints"]:
        table = replace(table, checks=(*table.checks, *other.checks))
    if bits & _LIKE_BITS["indexes"]:
        table = _like_indexes(work, table, other)
    return replace(table, complete=table.complete and other.complete)


def _like_indexes(work: Work, table: Table, other: Table) -> Table:
    from be_tui.core.schema.pg.partitions import own_index, own_key

    if other.primary_key:
        table = replace(table, primary_key=own_key(work, table, other.primary_key, "pkey"))
    uniques = tuple(own_key(work, table, each, "key") for each in other.uniques)
    indexes = tuple(own_index(work, table, each) for each in other.indexes)
    return replace(table, uniques=(*table.uniques, *uniques), indexes=(*table.indexes, *indexes))


def _copied(other: Table, column: Column, bits: int, work: Work) -> Column:
    place = work.place()
    made = Column(
        column.name,
        column.type,
        place,
        nullable=column.nullable,
        collation=column.collation,
        not_null_name=passed_on_name(work, other, column),
    )
    if bits & _LIKE_BITS["defaults"] and not column.generated:
        made = replace(made, default=column.default)
    if bits & _LIKE_BITS["generated"] and column.generated:
        made = replace(made, generated=column.generated, virtual=column.virtual)
    if bits & _LIKE_BITS["identity"] and column.auto == "identity":
        made = replace(made, auto="identity", always=column.always, numbering=column.numbering)
    if bits & _LIKE_BITS["comments"]:
        made = replace(made, comment=column.comment)
    if bits & _LIKE_BITS["storage"]:
        made = replace(made, storage=column.storage)
    if bits & _LIKE_BITS["compression"]:
        made = replace(made, compression=column.compression)
    return made


def _of_type(work: Work, table: Table, kind: pb.TypeName) -> Table:
    """Take in the columns of a composite type."""
    names = strings(kind.names)
    key = work.resolve(work.held.composites, names)
    if key is None:
        return replace(table, complete=False)
    fields = tuple(replace(each, place=work.place()) for each in work.held.composites[key].fields)
    said = {each.name.text: each for each in table.columns}
    columns = tuple(
        replace(
            field,
            nullable=said[field.name.text].nullable,
            default=said[field.name.text].default,
        )
        if field.name.text in said
        else field
        for field in fields
    )
    return replace(table, columns=columns)


def _partition(work: Work, table: Table, node: pb.CreateStmt) -> Table:
    """Take in the columns of the table whose partition it is."""
    said = node.inh_relations[0].range_var
    parent = _named(work, said)
    key = work.table_key(said)
    if key is None:
        bound = bound_text(node.partbound, ())
        return replace(table, parent=parent, bound=bound, complete=False)
    whole = work.held.tables[key]
    own = {each.name.text: each for each in table.columns}
    columns = tuple(_merged(whole, each, own.get(each.name.text), work) for each in whole.columns)
    bound = bound_text(node.partbound, partition_kinds(work, whole))
    return replace(table, columns=columns, parent=parent, bound=bound, complete=whole.complete)


def _merged(whole: Table, column: Column, own: Column | None, work: Work) -> Column:
    auto = "" if column.auto == "serial" else column.auto
    name = passed_on_name(work, whole, column)
    made = replace(
        column,
        place=work.place(),
        comment="",
        auto=auto,
        statistics=None,
        not_null_name=name,
    )
    if own is None:
        return made
    return replace(
        made,
        place=own.place,
        nullable=made.nullable and own.nullable,
        default=own.default or made.default,
    )


def partition_kinds(work: Work, table: Table) -> tuple[DataType | None, ...]:
    """Give the types of the columns that a table is partitioned by; None for an expression."""
    inner = table.partition_by.partition("(")[2].rpartition(")")[0]
    found: list[DataType | None] = []
    for each in inner.split(","):
        name = unquoted(each.strip().split(" ")[0])
        column = next((one for one in table.columns if one.name.text == name), None)
        found.append(work.base(column.type) if column else None)
    return tuple(found)


def create_as(work: Work, node: pb.CreateTableAsStmt) -> None:
    """Take in CREATE TABLE AS, whose columns are those of its query, as far as they are known."""
    from be_tui.core.schema.pg.scopes import settle

    said = node.into.rel
    key = work.new_key(said)
    if key in work.held.tables and node.if_not_exists:
        return
    found = None
    if node.query.HasField("select_stmt"):
        found = settle(work, node.query.select_stmt)
    names = strings(node.into.col_names)
    kinds = list((found or {}).items())
    said_names = [*names, *(name for name, _ in kinds[len(names) :])]
    columns = tuple(
        Column(
            name_of(each), kinds[at][1] if at < len(kinds) else DataType("", "other"), work.place()
        )
        for at, each in enumerate(said_names)
    )
    table = Table(
        name=name_of(said.relname),
        place=work.place(said.location, len(said.relname)),
        namespace=key[0],
        columns=columns,
        temporary=said.relpersistence == "t",
        unlogged=said.relpersistence == "u",
        complete=found is not None and all(kind.name for _, kind in kinds),
        options=options_of(node.into.options),
        tablespace=node.into.table_space_name,
        method=_method(node.into.access_method),
    )
    work.held.put(key, table)
