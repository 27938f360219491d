"""Constraints that come, go, and are made valid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg import probing
from be_tui.core.migrations.effects.pg.catalogue import keys_of_partitions
from be_tui.core.migrations.effects.pg.comparing import widens
from be_tui.core.migrations.effects.pg.hanging import made_name
from be_tui.core.migrations.effects.pg.nodes import columns_in, expression, strings
from be_tui.core.migrations.effects.pg.proving import is_proved
from be_tui.core.migrations.effects.pg.referring import as_written, check_keys, primary, refer
from be_tui.core.migrations.effects.pg.removing import Removal
from be_tui.core.migrations.effects.pg.teller import AE, RS, SUE, S
from be_tui.core.migrations.effects.pg.types import type_text, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.migrations.effects.pg.altering import Altering
    from be_tui.core.migrations.effects.pg.relations import Constraint, OwnIndex, Relation
    from be_tui.core.schema import ForeignKey, Table

_KEEPS_HEIRS_OUT_SINCE = 18
"""From here on a CHECK with NO INHERIT locks the tables below, and a key's build their readers."""


def of(command: Any) -> Any:  # noqa: ANN401 (messages)
    """Give the constraint that a part of ALTER TABLE brings."""
    return command.__getattribute__("def").constraint


def kind_of(constraint: Any) -> str:  # noqa: ANN401 (a message)
    """Give a constraint's kind in small letters: `check`, `foreign`, `primary`."""
    from postgast import pg_query_pb2 as pb

    return str(pb.ConstrType.Name(constraint.contype)).removeprefix("CONSTR_").lower()


def is_foreign(command: Any) -> bool:  # noqa: ANN401 (a message)
    """Tell whether a foreign key is added."""
    return kind_of(of(command)) == "foreign"


def reaches_heirs(alter: Altering, name: str, command: Any) -> bool:  # noqa: ANN401 (a message)
    """Tell whether a part is done to the tables below too."""
    table = alter.relation.table
    partitioned = bool(table and table.partitioned)
    if name == "AddConstraint":
        kind = kind_of(of(command))
        if kind == "check":
            return not of(command).is_no_inherit or alter.tell.major >= _KEEPS_HEIRS_OUT_SINCE
        if kind in {"primary", "unique", "exclusion"}:
            return partitioned and alter.tell.major >= _KEEPS_HEIRS_OUT_SINCE
        return partitioned or kind == "notnull"
    constraint = alter.known.constraint(alter.relation, command.name)
    if constraint is None:
        return False
    if constraint.kind == "check":
        return bool(constraint.check and constraint.check.inherited)
    return partitioned or constraint.kind == "not null"


# Constraints that are added.


def add(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of ADD CONSTRAINT."""
    constraint = of(command)
    kind = kind_of(constraint)
    if constraint.conname and _is_taken(alter, constraint.conname):
        alter.tell.fail(f"{alter.relation.shown} has a constraint {constraint.conname} already")
        return
    if kind == "check":
        _check(alter, constraint)
    elif kind == "notnull":
        _not_null(alter, constraint)
    elif kind == "foreign":
        columns = strings(constraint.fk_attrs)
        if _columns_exist(alter, columns):
            refer(alter, constraint, columns, check=not constraint.skip_validation)
    elif kind in {"primary", "unique", "exclusion"}:
        _key(alter, constraint, kind)
    if alter.relation.table is None:
        alter.tell.unknown(f"no schema tells of {alter.relation.shown}")


def _is_taken(alter: Altering, name: str) -> bool:
    if name in alter.dropped:
        return False
    return alter.known.constraint(alter.relation, name) is not None


def _check(alter: Altering, constraint: Any) -> None:  # noqa: ANN401 (a message)
    condition = probing.written(constraint.raw_expr)
    target = constraint.conname or f"{alter.relation.shown}: {condition}"
    enforced = constraint.is_enforced
    if enforced and not _is_wider(alter, constraint):
        message = f"writes that do not meet {condition} fail"
        alter.tell.breaks("writes", target, message)
    if not _columns_exist(alter, sorted(columns_in(condition))):
        return
    if alter.only and alter.known.children(alter.relation) and not constraint.is_no_inherit:
        alter.tell.fail("a constraint must be added to the tables below too")
        return
    if constraint.skip_validation or not enforced:
        validated = any(
            name == "ValidateConstraint" and part.name == constraint.conname
            for name, part in alter.parts
        )
        if not validated:
            return
    tables = [alter.relation] if constraint.is_no_inherit else alter.tables
    for each in tables:
        alter.scan(each, f"each row is checked against {condition}")
        if not alter.known.is_made(each):
            probe = (
                ""
                if alter.adds(columns_in(condition))
                else probing.against(each, condition, "ONLY ")
            )
            if not (each.table and each.table.partitioned):
                alter.tell.fail(f"rows of {each.shown} do not meet {condition}", "on data", probe)


def _is_wider(alter: Altering, constraint: Any) -> bool:  # noqa: ANN401 (a message)
    """Tell whether a CHECK takes the place of one that allowed no value more."""
    for name in alter.dropped:
        before = alter.known.constraint(alter.relation, name)
        node = expression(before.check.expression) if before and before.check else None
        if node is not None and widens(node, constraint.raw_expr):
            return True
    return False


def _not_null(alter: Altering, constraint: Any) -> None:  # noqa: ANN401 (a message)
    (name,) = strings(constraint.keys) or ("",)
    if not _columns_exist(alter, [name]):
        return
    column = alter.relation.table.column(name) if alter.relation.table else None
    if column and not column.nullable:
        if constraint.conname and column.not_null_name not in ("", constraint.conname):
            alter.tell.fail(f"{name} is NOT NULL already, under another name")
        return
    alter.tell.breaks(
        "writes", f"{alter.relation.shown}.{name}", f"code that writes no {name} fails"
    )
    if constraint.skip_validation:
        return
    for each in alter.tables:
        if each.table and is_proved(each.table, name):
            continue
        alter.scan(each, f"each row must have {name}")
        if not alter.known.is_made(each) and not (each.table and each.table.partitioned):
            probe = probing.nulls(each, name, "ONLY ")
            alter.tell.fail(f"rows of {each.shown} have no {name}", "on data", probe)


def _columns_exist(alter: Altering, names: Sequence[str]) -> bool:
    table = alter.relation.table
    if table is None or not table.complete:
        return True
    for name in names:
        if name == "*" or alter.adds([name]):
            continue
        if table.column(name) is None or name.casefold() in alter.dropped_columns:
            alter.tell.fail(f"{alter.relation.shown} has no column {name}")
            return False
    return True


def _key(alter: Altering, constraint: Any, kind: str) -> None:  # noqa: ANN401 (a message)
    relation, tell = alter.relation, alter.tell
    table = relation.table
    if kind == "primary" and table and _keeps_primary(alter, table):
        tell.fail(f"{relation.shown} has a primary key already")
        return
    if constraint.indexname:
        _by_index(alter, constraint, kind)
        return
    columns = strings(constraint.keys)
    if not _columns_exist(alter, columns):
        return
    missing = keys_of_partitions(alter.known, relation) - {each.casefold() for each in columns}
    if missing and kind != "exclusion":
        tell.fail(f"a key of {relation.shown} must have {', '.join(sorted(missing))} in it")
        return
    name = constraint.conname or implied_key(relation, columns, kind)
    gone = name in alter.dropped or _goes_along(alter, table, name)
    if constraint.conname and not gone and tell.known.taken(name, _space(relation)):
        tell.fail(f"{name} exists already")
        return
    _build(alter, columns, kind, nulls_distinct=not constraint.nulls_not_distinct)
    if kind == "primary":
        _filled(alter, columns)


def _space(relation: Relation) -> str:
    return relation.shown.rpartition(".")[0]


def implied_key(relation: Relation, columns: Sequence[str], kind: str) -> str:
    """Give the name that the server gives a key."""
    name = relation.shown.rpartition(".")[2]
    if kind == "primary":
        return made_name(name, "", "pkey")
    return made_name(name, "_".join(columns), "excl" if kind == "exclusion" else "key")


def _keeps_primary(alter: Altering, table: Table) -> bool:
    if table.primary_key is None:
        return False
    now = next((e for e in alter.known.constraints(alter.relation) if e.kind == "primary"), None)
    return now is not None and now.name not in alter.dropped and not _goes_along(alter, table)


def _goes_along(alter: Altering, table: Table | None, name: str = "") -> bool:
    """Tell whether the primary key, or a key of a name, goes with a column that is dropped."""
    keys = table.keys if table else ()
    if not name and table and table.primary_key:
        keys = (table.primary_key,)
    usual = f"{table.name.text}_pkey" if table else ""
    return any(
        set(key.columns) & alter.dropped_columns and name in {"", key.name, usual} for key in keys
    )


def _build(
    alter: Altering, columns: Sequence[str], kind: str, *, nulls_distinct: bool = True
) -> None:
    relation, tell = alter.relation, alter.tell
    partitioned = bool(relation.table and relation.table.partitioned)
    tables = [relation, *(alter.known.below(relation) if partitioned else ())]
    listed = ", ".join(columns)
    for each in tables:
        if each is not relation:
            tell.lock(each, AE if tell.major >= _KEEPS_HEIRS_OUT_SINCE else S)
        tell.work("index build", each, f"an index on {listed or 'what it excludes'}")
    if kind == "exclusion":
        tell.breaks("writes", relation.shown, "writes that stand against each other fail")
        return
    tell.breaks("writes", relation.shown, f"writes of the same {listed} twice fail")
    if not alter.known.is_made(relation) and not alter.adds(columns):
        names = [probing.quoted(each) for each in columns]
        probe = probing.twice(relation, names, nulls_distinct=nulls_distinct)
        tell.fail(f"rows have the same {listed}", "on data", probe)


def _filled(alter: Altering, columns: Sequence[str]) -> None:
    """Tell of the NOT NULL that a primary key brings."""
    for each in alter.tables:
        for name in columns:
            column = each.table.column(name) if each.table else None
            if column is None and each.table:
                if each.table.complete:
                    continue
                alter.tell.unknown(f"not all columns of {each.shown} are known")
            if column and (not column.nullable or (each.table and is_proved(each.table, name))):
                continue
            alter.scan(each, f"each row must have {name}")
            if not alter.known.is_made(each) and not (each.table and each.table.partitioned):
                probe = probing.nulls(each, name, "ONLY ")
                alter.tell.fail(f"rows of {each.shown} have no {name}", "on data", probe)
            target = f"{each.shown}.{name}"
            alter.tell.breaks("writes", target, f"code that writes no {name} fails")


def _by_index(alter: Altering, constraint: Any, kind: str) -> None:  # noqa: ANN401 (a message)
    relation, tell = alter.relation, alter.tell
    name = constraint.indexname
    index = next((e for e in alter.known.indexes(relation) if e.name == name), None)
    if relation.table is None:
        return
    if index is None:
        tell.missing(f"index {name}")
        return
    why = _unfit(index, relation)
    if why:
        tell.fail(f"index {name} {why}")
        return
    if kind == "primary":
        _filled(alter, as_written(relation, index.columns))
    if constraint.conname and constraint.conname != name:
        tell.lock(tell.index(relation, name), SUE)


def _unfit(index: OwnIndex, relation: Relation) -> str:
    if index.constraint:
        return "belongs to a constraint already"
    if not index.unique:
        return "is not unique"
    if not index.plain:
        return "is over expressions or some rows only"
    if index.method != "btree":
        return f"is of the kind {index.method}"
    if relation.table and relation.table.partitioned:
        return "is on a partitioned table, which has no USING INDEX"
    return ""


# Constraints of a column that is added.


def add_inline(alter: Altering, column: Any, *, rewritten: bool) -> None:  # noqa: ANN401
    """Tell of the constraints that a new column brings."""
    parts = {kind_of(each.constraint): each.constraint for each in column.constraints}
    value = parts["default"].raw_expr if "default" in parts else None
    text = probing.written(value) if value is not None else "NULL"
    text = f"({text})::{type_text(written(column.type_name))}"
    for each in column.constraints:
        constraint = each.constraint
        kind = kind_of(constraint)
        if kind == "check" and not constraint.skip_validation and constraint.is_enforced:
            _inline_check(alter, column.colname, constraint, text)
        elif kind in {"unique", "primary"}:
            for relation in alter.tables:
                alter.tell.work("index build", relation, f"an index on {column.colname}")
            _inline_key(alter, column.colname, text, filled=value is not None)
        elif kind == "foreign":
            _inline_foreign(alter, column, constraint, text, filled=value is not None or rewritten)


def _inline_check(alter: Altering, name: str, constraint: Any, value: str) -> None:  # noqa: ANN401
    condition = probing.written(constraint.raw_expr)
    for each in alter.tables:
        alter.scan(each, f"each row is checked against {condition}")
    if alter.known.is_made(alter.relation):
        return
    table = probing.table(alter.relation)
    probe = (
        f"SELECT 1 FROM (SELECT *, {value} AS {probing.quoted(name)} FROM {table}) AS filled "  # noqa: S608
        f"WHERE NOT ({condition}) LIMIT 1"
    )
    alter.tell.fail(f"what {name} begins with does not meet {condition}", "on data", probe)


def _inline_key(alter: Altering, name: str, value: str, *, filled: bool) -> None:
    if not filled or alter.known.is_made(alter.relation):
        return
    table = probing.table(alter.relation)
    probe = (
        f"SELECT 1 FROM (SELECT {value} AS value FROM {table}) AS filled WHERE value IS NOT NULL "  # noqa: S608
        "GROUP BY value HAVING count(*) > 1 LIMIT 1"
    )
    alter.tell.fail(f"rows begin with the same {name}", "on data", probe)


def _inline_foreign(
    alter: Altering,
    column: Any,  # noqa: ANN401 (a message)
    constraint: Any,  # noqa: ANN401 (a message)
    value: str,
    *,
    filled: bool,
) -> None:
    refer(alter, constraint, (column.colname,), check=filled and not constraint.skip_validation)
    parent = alter.known.relation(constraint.pktable.relname, constraint.pktable.schemaname)
    if parent is None or not filled or alter.known.is_made(alter.relation):
        return
    targets = strings(constraint.pk_attrs) or primary(parent)
    if len(targets) != 1:
        return
    probe = (
        f"SELECT 1 FROM (SELECT {value} AS value FROM {probing.table(alter.relation)}) AS filled "  # noqa: S608
        f"WHERE value IS NOT NULL AND value NOT IN (SELECT {probing.quoted(targets[0])} "
        f"FROM {probing.table(parent)}) LIMIT 1"
    )
    message = f"what {column.colname} begins with is not in {parent.shown}"
    alter.tell.fail(message, "on data", probe)


# Constraints that go, are made valid, or altered.


def drop(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of DROP CONSTRAINT."""
    from postgast import pg_query_pb2 as pb

    relation, tell = alter.relation, alter.tell
    if relation.table is None:
        return
    constraint = alter.known.constraint(relation, command.name)
    if constraint is None:
        if not command.missing_ok:
            tell.missing(f"constraint {command.name} of {relation.shown}")
        return
    if _comes_from_above(alter, constraint):
        tell.fail(f"{command.name} is inherited, and can only be dropped from the parent")
        return
    removal = Removal(tell, cascade=command.behavior == pb.DROP_CASCADE)
    if constraint.foreign:
        _unlock_other_side(alter, constraint.foreign)
    for each in alter.known.indexes(relation):
        if each.constraint and each.name == constraint.name:
            removal.index(relation, each)
            if each.unique:
                removal.key(relation, each.columns)
    removal.finish()
    if constraint.kind == "not null":
        message = f"code that counts on {constraint.column} may find none"
        tell.breaks("reads", f"{relation.shown}.{constraint.column}", message)


def _unlock_other_side(alter: Altering, key: ForeignKey) -> None:
    target = alter.known.target(key)
    if target is None:
        return
    alter.tell.lock(target, AE)
    if target.table and target.table.partitioned:
        for each in alter.known.below(target):
            alter.tell.lock(each, AE)


def _comes_from_above(alter: Altering, constraint: Constraint) -> bool:
    for parent in alter.known.parents(alter.relation):
        above = alter.known.constraint(parent, constraint.name)
        if above and above.kind == "check" and above.check and above.check.inherited:
            return True
    table = alter.relation.table
    if not (table and table.parent and constraint.key):
        return False
    own = [e for e in alter.known.indexes(alter.relation) if e.name == constraint.name]
    return any(each.parent for each in own)


def validate(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of VALIDATE CONSTRAINT."""
    relation, tell = alter.relation, alter.tell
    name = command.name
    constraint = alter.known.constraint(relation, name)
    if constraint is None:
        added = (of(part) for kind, part in alter.parts if kind == "AddConstraint")
        if relation.table and not any(each.conname == name for each in added):
            tell.missing(f"constraint {name} of {relation.shown}")
        if relation.table is None:
            alter.scan(relation, f"each row is checked against {name}")
        return
    if constraint.kind not in {"check", "foreign", "not null"}:
        tell.fail(f"{name} is no constraint that can be validated")
        return
    if constraint.valid:
        return
    if constraint.foreign:
        parent = alter.known.target(constraint.foreign)
        if parent is None:
            return
        tell.lock(parent, RS)
        targets = constraint.foreign.targets or primary(parent)
        check_keys(alter, as_written(relation, constraint.foreign.columns), parent, targets)
        return
    condition = constraint.check.expression if constraint.check else ""
    if constraint.column:
        (written_name,) = as_written(relation, (constraint.column,))
        condition = f"{probing.quoted(written_name)} IS NOT NULL"
    for each in alter.tables:
        if constraint.column and each.table and is_proved(each.table, constraint.column):
            continue
        alter.scan(each, f"each row is checked against {name}")
    if not alter.known.is_made(relation):
        probe = probing.against(relation, condition)
        tell.fail(f"rows do not meet {name}", "on data", probe)


def alter(altering: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of ALTER CONSTRAINT."""
    inner = command.__getattribute__("def")
    which = inner.WhichOneof("node")
    name = getattr(inner, which).conname if which else ""
    constraint = altering.known.constraint(altering.relation, name)
    if altering.relation.table is None:
        return
    if constraint is None:
        altering.tell.missing(f"constraint {name} of {altering.relation.shown}")
        return
    if constraint.kind == "not null" and altering.tell.major >= _KEEPS_HEIRS_OUT_SINCE:
        return
    if constraint.foreign is None:
        altering.tell.fail(f"{name} is no foreign key")
