"""What rows must meet: keys, references, checks, exclusions, each with the name that it gets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.model import Check, Exclusion, ForeignKey, Key
from be_tui.core.schema.pg.expressions import Expressions
from be_tui.core.schema.pg.indexes import part_names, part_of, parts_text
from be_tui.core.schema.pg.names import clipped, free_name, joined, made_name, quoted
from be_tui.core.schema.pg.work import Unseen, columns_text, plain_namespace, strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postgast import pg_query_pb2 as pb

    from be_tui.core.findings import Place
    from be_tui.core.schema.model import Column, Table
    from be_tui.core.schema.pg.work import Work

NULL, NOT_NULL, DEFAULT, IDENTITY, GENERATED, CHECK, PRIMARY, UNIQUE, EXCLUSION, FOREIGN = range(
    1, 11
)
DEFERRABLE, NOT_DEFERRABLE, DEFERRED, IMMEDIATE, ENFORCED, NOT_ENFORCED = range(11, 17)
"""The numbers of the grammar's `ConstrType`."""

ACTIONS = {"a": "", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_NAMED_NOT_NULL = (18,)
"""Since this version the name of a NOT NULL is kept."""


def with_constraint(
    work: Work,
    table: Table,
    node: pb.Constraint,
    column: str = "",
    *,
    new: bool = True,
) -> Table:
    """Give a table with a constraint more.

    Args:
        work: The statement.
        table: The table so far.
        node: The constraint.
        column: The column that it is written at; empty for one of the table.
        new: Whether the table is made by the same statement, so that no row has to be verified.

    Raises:
        Unseen: It builds on an index that is not known.
    """
    kind = node.contype
    if kind in {PRIMARY, UNIQUE}:
        return _with_key(work, table, node, column)
    if kind == FOREIGN:
        return _with_reference(work, table, node, column, new=new)
    if kind == CHECK:
        return _with_check(work, table, node, column, new=new)
    if kind == EXCLUSION:
        return _with_exclusion(work, table, node)
    if kind == NOT_NULL:
        names = [column] if column else strings(node.keys)
        for name in names:
            table = not_null(work, table, name, node.conname, valid=new or not node.skip_validation)
    return table


def without_twins(
    found: Iterable[tuple[pb.Constraint, str]],
) -> Iterator[tuple[pb.Constraint, str]]:
    """Leave off keys that say again what one before says; the server makes one index of them."""
    seen: list[tuple[object, pb.Constraint]] = []
    kept: list[tuple[pb.Constraint, str]] = []
    for node, column in found:
        if node.contype in {PRIMARY, UNIQUE} and not node.indexname:
            shape = (
                tuple([column] if column else strings(node.keys)),
                tuple(strings(node.including)),
                (node.nulls_not_distinct, node.deferrable, node.initdeferred),
            )
            twin = next((each for before, each in seen if before == shape), None)
            if twin is not None:
                twin.conname = twin.conname or node.conname
                continue
            seen.append((shape, node))
        kept.append((node, column))
    yield from kept


def not_null(work: Work, table: Table, name: str, said: str, *, valid: bool = True) -> Table:
    """Give a table of which a column holds no NULL."""
    kept = kept_not_null_name(work, table.name.text, name, said)
    return changed(table, name, nullable=False, not_null_name=kept, not_null_valid=valid)


def kept_not_null_name(work: Work, table: str, column: str, said: str) -> str:
    """Give the name of a NOT NULL where it is kept and is not the one that the server gives."""
    if not said or (work.version and work.version < _NAMED_NOT_NULL):
        return ""
    return "" if said == free_name(table, column, "not_null", lambda _: False) else said


def passed_on_name(work: Work, table: Table, column: Column) -> str:
    """Give what the NOT NULL of a column is called in a table that has it from another."""
    if column.nullable or work.version < _NAMED_NOT_NULL:
        return ""
    return column.not_null_name or made_name(table.name.text, column.name.text, "not_null")


def changed(table: Table, column: str, **values: object) -> Table:
    """Give a table of which a column is changed.

    Raises:
        Unseen: It has no such column.
    """
    for at, each in enumerate(table.columns):
        if each.name.text == column:
            # The values are those of fields that the callers name.
            made = replace(each, **values)  # type: ignore[arg-type]
            return replace(table, columns=(*table.columns[:at], made, *table.columns[at + 1 :]))
    if not table.complete:
        return table
    raise Unseen(f'no column "{column}" of "{table.name.text}" is known here')


def constraint_names(table: Table) -> set[str]:
    """Give the names of all constraints of a table."""
    return {
        *(each.name for each in table.keys),
        *(each.name for each in table.foreign_keys),
        *(each.name for each in table.checks),
        *(each.name for each in table.exclusions),
    }


def _free(work: Work, table: Table, columns: str, label: str, *, index: bool) -> str:
    names = constraint_names(table)

    def taken(name: str) -> bool:
        return name in names or (index and work.held.taken(table.namespace, name))

    return free_name(table.name.text, columns, label, taken)


def _place(work: Work, table: Table, node: pb.Constraint, column: str) -> Place:
    """Give where a constraint stands: its column, where it is written at one."""
    at = next((each for each in table.columns if column and each.name.text == column), None)
    return at.place if at is not None else work.place(node.location)


def _with_key(work: Work, table: Table, node: pb.Constraint, column: str) -> Table:
    if node.indexname:
        return _over_index(work, table, node)
    written = [column] if column else strings(node.keys)
    including = strings(node.including)
    primary = node.contype == PRIMARY
    name = clipped(node.conname)
    if not name:
        middle = "" if primary else joined(part_names([*written, *including]))
        name = _free(work, table, middle, "pkey" if primary else "key", index=True)
    key = Key(
        columns=tuple(each.casefold() for each in written),
        place=_place(work, table, node, column),
        name=name,
        nulls_distinct=not node.nulls_not_distinct,
        include=tuple(each.casefold() for each in including),
        deferrable=node.deferrable,
        deferred=node.initdeferred,
        overlaps=not node.without_overlaps,
    )
    return _keyed(table, key, primary=primary)


def _keyed(table: Table, key: Key, *, primary: bool) -> Table:
    if not primary:
        return replace(table, uniques=(*table.uniques, key))
    columns = tuple(
        replace(each, nullable=False) if each.nullable and each.name.folded in key.columns else each
        for each in table.columns
    )
    return replace(table, columns=columns, primary_key=key)


def _over_index(work: Work, table: Table, node: pb.Constraint) -> Table:
    found = next((each for each in table.indexes if each.name == node.indexname), None)
    if found is None:
        raise Unseen(f'no index "{node.indexname}" is known here')
    key = Key(
        columns=found.columns,
        place=work.place(node.location),
        name=clipped(node.conname) or found.name,
        nulls_distinct=found.nulls_distinct,
        include=found.include,
        deferrable=node.deferrable,
        deferred=node.initdeferred,
    )
    indexes = tuple(each for each in table.indexes if each is not found)
    return _keyed(replace(table, indexes=indexes), key, primary=node.contype == PRIMARY)


def _with_reference(
    work: Work, table: Table, node: pb.Constraint, column: str, *, new: bool
) -> Table:
    written = [column] if column else strings(node.fk_attrs)
    target = node.pktable
    namespace = target.schemaname
    targets = columns_text(node.pk_attrs)
    itself = target.relname == table.name.text and plain_namespace(namespace) == table.namespace
    key = work.table_key(target)
    other = table if itself else work.held.tables[key] if key else None
    if not targets and other is not None and other.primary_key:
        targets = other.primary_key.columns
    enforced = node.is_enforced
    found = ForeignKey(
        columns=tuple(each.casefold() for each in written),
        table=target.relname.casefold(),
        targets=targets,
        place=_place(work, table, node, column),
        name=clipped(node.conname) or _free(work, table, joined(written), "fkey", index=False),
        on_delete=ACTIONS.get(node.fk_del_action, ""),
        on_update=ACTIONS.get(node.fk_upd_action, ""),
        namespace=plain_namespace(namespace) if namespace else key[0] if key else "",
        match="FULL" if node.fk_matchtype == "f" else "",
        deferrable=node.deferrable,
        deferred=node.initdeferred,
        valid=enforced and (new or not node.skip_validation),
        enforced=enforced,
        set_columns=columns_text(node.fk_del_set_cols),
    )
    return replace(table, foreign_keys=(*table.foreign_keys, found))


def _with_check(work: Work, table: Table, node: pb.Constraint, column: str, *, new: bool) -> Table:
    writer = work.expressions(table.columns)
    text = writer.write(node.raw_expr)
    name = clipped(node.conname)
    if not name:
        seen = list(writer.seen)
        name = _free(work, table, seen[0] if len(seen) == 1 else "", "check", index=False)
    enforced = node.is_enforced
    found = Check(
        expression=text,
        place=_place(work, table, node, column),
        name=name,
        valid=enforced and (new or not node.skip_validation),
        inherited=not node.is_no_inherit,
        enforced=enforced,
    )
    return replace(table, checks=(*table.checks, found))


def _with_exclusion(work: Work, table: Table, node: pb.Constraint) -> Table:
    writer = work.expressions(table.columns)
    written, names = [], []
    for each in node.exclusions:
        element, operators = each.list.items
        part = part_of(work, table.columns, element.index_elem)
        names.append(element.index_elem)
        operator = operators.list.items[-1].string.sval
        written.append(f"{parts_text((part,), table.columns)} WITH {operator}")
    method = node.access_method or "btree"
    text = f"EXCLUDE USING {quoted(method)} ({', '.join(written)})"
    including = strings(node.including)
    if including:
        text += f" INCLUDE ({', '.join(quoted(each) for each in including)})"
    if node.HasField("where_clause"):
        text += f" WHERE ({writer.write(node.where_clause)})"
    if node.deferrable:
        text += " DEFERRABLE" + (" INITIALLY DEFERRED" if node.initdeferred else "")
    name = clipped(node.conname)
    if not name:
        middle = joined(part_names([*names, *including]))
        name = _free(work, table, middle, "excl", index=True)
    found = Exclusion(text, work.place(node.location), name)
    return replace(table, exclusions=(*table.exclusions, found))


def domain_check(work: Work, node: pb.Constraint, column: Column, name: str) -> Check:
    """Give a condition of a domain."""
    writer = Expressions({"VALUE": work.base(column.type)})
    return Check(
        expression=writer.write(node.raw_expr),
        place=work.place(node.location),
        name=clipped(node.conname) or name,
        valid=not node.skip_validation,
    )
