"""Partitions and heirs that are attached and detached, and which rows a bound takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg import probing
from be_tui.core.migrations.effects.pg.comparing import (
    Unknown,
    Value,
    comparison,
    conjuncts,
    less,
    literal,
)
from be_tui.core.migrations.effects.pg.finding import found
from be_tui.core.migrations.effects.pg.hanging import partition_columns
from be_tui.core.migrations.effects.pg.nodes import expression, parsed
from be_tui.core.migrations.effects.pg.proving import is_proved
from be_tui.core.migrations.effects.pg.referring import as_written, check_keys, primary
from be_tui.core.migrations.effects.pg.teller import AE, AS, SRE, SUE
from be_tui.core.migrations.effects.pg.types import modelled

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.altering import Altering
    from be_tui.core.migrations.effects.pg.relations import Relation
from be_tui.core.migrations.effects.pg.teller import Teller


@dataclass(frozen=True, slots=True)
class Bound:
    """Which rows a partition takes."""

    kind: str
    """`list`, `range`, `hash`, `default`, or nothing where it cannot be told."""

    values: frozenset[Value | None] = frozenset()
    low: Value | None = None
    """None where there is no lower end."""

    high: Value | None = None
    modulus: int = 0
    remainder: int = 0
    width: int = 1
    """How many columns it is over."""


# ATTACH, DETACH, INHERIT.


def attach(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of ATTACH PARTITION."""
    part = command.__getattribute__("def").partition_cmd
    tell, parent = alter.tell, alter.relation
    child = found(part.name, tell)
    if child is None:
        return
    for each in (child, *alter.known.below(child)):
        tell.lock(each, AE)
    if parent.table is None or child.table is None:
        alter.scan(child, "each row is checked against the bound")
        return
    if _cannot_join(parent, child, tell, partition=True):
        return
    bound = bound_of(part.bound)
    if clashes(alter.known, parent, bound, tell):
        return
    _check_rows(alter, child, bound)
    default = alter.known.default_partition(parent)
    if default and bound.kind != "default":
        for each in (default, *alter.known.below(default)):
            tell.lock(each, AE)
        _check_default(alter, default, bound)
    _match_indexes(alter, parent, child)
    _match_keys(alter, parent, child)


def _check_rows(alter: Altering, child: Relation, bound: Bound) -> None:
    """Tell of the scan that shows that all rows of a table belong to the partition."""
    parent = alter.relation
    if is_implied(child, parent, bound):
        return
    _scan_leaves(alter, child, "each row is checked against the bound")
    default = bound.kind == "default"
    condition = _left_over(alter, parent) if default else condition_of(bound, parent)
    if condition:
        _on_data(alter.tell, child, condition, "are not for this partition")
    elif bound.kind != "hash":
        alter.tell.unknown(f"it is not known which rows of {child.shown} fit")


def _check_default(alter: Altering, default: Relation, bound: Bound) -> None:
    """Tell of the scan that shows that no row of the default partition belongs to the new one."""
    if _is_ruled_out(default, alter.relation, bound):
        return
    _scan_leaves(alter, default, "no row may belong to the new partition")
    condition = condition_of(bound, alter.relation)
    if condition:
        _on_data(alter.tell, default, f"NOT ({condition})", "belong to the new partition")


def _left_over(alter: Altering, parent: Relation) -> str:
    """Give which rows no partition takes, as a condition; nothing where it cannot be written."""
    bounds = [read_bound(each.table.bound) for each in alter.known.children(parent) if each.table]
    conditions = [condition_of(each, parent) for each in bounds]
    if not all(conditions):
        return ""
    return f"NOT ({' OR '.join(conditions)})" if conditions else "true"


def _on_data(tell: Teller, relation: Relation, condition: str, why: str) -> None:
    if not tell.known.is_made(relation):
        probe = probing.against(relation, condition)
        tell.fail(f"rows of {relation.shown} {why}", "on data", probe)


def _scan_leaves(alter: Altering, relation: Relation, because: str) -> None:
    for each in (relation, *alter.known.below(relation)):
        alter.scan(each, because)


def _match_indexes(alter: Altering, parent: Relation, child: Relation) -> None:
    """Tell of the parent's indexes, which the partition gets where it has none like them."""
    tell, known = alter.tell, alter.known
    own = list(known.indexes(child))
    for above in known.indexes(parent):
        tell.lock(tell.index(parent, above.name), SUE)
        like = [
            each
            for each in own
            if each.columns == above.columns
            and each.unique == above.unique
            and each.method == above.method
            and each.plain == above.plain
            and (bool(each.constraint) or not above.constraint)
            and not each.parent
        ]
        if like:
            own.remove(like[0])
        else:
            tell.work("index build", child, f"an index as {above.name}")


def _match_keys(alter: Altering, parent: Relation, child: Relation) -> None:
    """Tell of the parent's foreign keys, which the partition gets where it has none like them."""
    own = [(e.columns, e.table, e.targets) for e in child.table.foreign_keys] if child.table else []
    for key in parent.table.foreign_keys if parent.table else ():
        target = alter.known.target(key)
        if target is None:
            continue
        alter.tell.lock(target, SRE)
        if (key.columns, key.table, key.targets) not in own and key.enforced:
            check_keys(alter, key.columns, target, key.targets or primary(target), within=child)


def _cannot_join(parent: Relation, child: Relation, tell: Teller, *, partition: bool) -> bool:
    """Tell of a table that cannot be a partition or heir of another."""
    why = _why_apart(parent, child, partition=partition) or _why_unlike(
        parent, child, tell, partition=partition
    )
    if why:
        tell.fail(why)
    return bool(why)


def _why_apart(parent: Relation, child: Relation, *, partition: bool) -> str:
    above, below = parent.table, child.table
    if partition and above and not above.partitioned:
        return f"{parent.shown} is not partitioned"
    if below and (below.parent or (partition and below.inherits)):
        return f"{child.shown} has a parent already"
    return ""


def _why_unlike(parent: Relation, child: Relation, tell: Teller, *, partition: bool) -> str:
    above, below = parent.table, child.table
    if not (above and below and above.complete and below.complete):
        return ""
    for column in above.columns:
        own = below.column(column.name.folded)
        name = f"{child.shown}.{column.name.text}"
        if own is None:
            return f"{name} does not exist"
        if modelled(own.type) != modelled(column.type):
            return f"{name} is of another type"
        if not column.nullable and own.nullable:
            return f"{name} must be NOT NULL"
    more = [each for each in below.columns if above.column(each.name.folded) is None]
    if partition and more:
        return f"{parent.shown} has no column {more[0].name.text}"
    names = {each.name for each in tell.known.constraints(child) if each.kind == "check"}
    for each in tell.known.constraints(parent):
        if each.check and each.check.inherited and each.name not in names:
            return f"{child.shown} has no constraint {each.name}"
    return ""


def detach(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of DETACH PARTITION."""
    part = command.__getattribute__("def").partition_cmd
    tell, parent, known = alter.tell, alter.relation, alter.known
    if part.concurrent and tell.inside:
        tell.fail("DETACH CONCURRENTLY cannot run in a transaction", "in transaction")
        return
    if part.concurrent:
        tell.fail("DETACH CONCURRENTLY cannot run in a transaction", "in transaction")
    child = found(part.name, tell)
    if child is None:
        return
    if parent.table and child not in known.children(parent):
        tell.fail(f"{child.shown} is no partition of {parent.shown}")
        return
    default = known.default_partition(parent)
    if part.concurrent and default:
        tell.fail(
            f"{parent.shown} has a default partition, so that nothing is detached CONCURRENTLY"
        )
        return
    if default and default.shown != child.shown:
        tell.lock(default, AE)
    for each in (child, *known.below(child)):
        tell.lock(each, AE)
    for key in parent.table.foreign_keys if parent.table else ():
        target = known.target(key)
        if target:
            # The partition keeps the key, which is made anew for it.
            tell.lock(target, SRE)
    for index in known.indexes(child):
        if index.parent and not part.concurrent:
            tell.lock(tell.index(child, index.name), AE)
    tell.breaks("reads", parent.shown, f"rows of {child.shown} are no longer in {parent.shown}")


def inherit(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of INHERIT."""
    parent = found(command.__getattribute__("def").range_var, alter.tell)
    if parent is None:
        return
    alter.tell.lock(parent, SUE)
    _cannot_join(parent, alter.relation, alter.tell, partition=False)


def disinherit(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of NO INHERIT."""
    parent = found(command.__getattribute__("def").range_var, alter.tell)
    if parent is None:
        return
    alter.tell.lock(parent, AS)
    if alter.relation.table and parent not in alter.known.parents(alter.relation):
        alter.tell.fail(f"{alter.relation.shown} does not inherit from {parent.shown}")
        return
    message = f"rows of {alter.relation.shown} are no longer in {parent.shown}"
    alter.tell.breaks("reads", parent.shown, message)


# Bounds.


def bound_of(node: Any) -> Bound:  # noqa: ANN401 (a message)
    """Give the bound that a statement tells."""
    if node.is_default:
        return Bound("default")
    if node.strategy == "l":
        values = [literal(each) for each in node.listdatums]
        known = not any(isinstance(each, Unknown) for each in values)
        plain = frozenset(each for each in values if not isinstance(each, Unknown))
        return Bound("list" if known else "", plain)
    if node.strategy == "h":
        return Bound("hash", modulus=node.modulus, remainder=node.remainder)
    low, high = _end(node.lowerdatums), _end(node.upperdatums)
    if isinstance(low, Unknown) or isinstance(high, Unknown):
        return Bound("", width=len(node.lowerdatums))
    return Bound("range", low=low, high=high, width=len(node.lowerdatums))


def _end(nodes: Any) -> Value | Unknown | None:  # noqa: ANN401 (messages)
    first = nodes[0]
    if first.WhichOneof("node") == "column_ref":
        # MINVALUE and MAXVALUE are read as names.
        word = first.column_ref.fields[-1].string.sval.lower()
        return None if word in {"minvalue", "maxvalue"} else Unknown()
    return literal(first)


def read_bound(text: str) -> Bound:
    """Give the bound that a partition of the model has."""
    node = parsed(f"CREATE TABLE a PARTITION OF b {text}")
    return bound_of(node.create_stmt.partbound) if node is not None else Bound("")


def clashes(known: Any, parent: Relation, bound: Bound, tell: Teller) -> bool:  # noqa: ANN401
    """Tell of a partition whose rows another takes already."""
    for other in known.children(parent):
        theirs = read_bound(other.table.bound) if other.table else Bound("")
        if bound.kind == "default" and theirs.kind == "default":
            tell.fail(f"{parent.shown} has a default partition, {other.shown}, already")
            return True
        if _overlap(bound, theirs):
            tell.fail(f"its rows overlap those of {other.shown}")
            return True
    return False


def _overlap(one: Bound, two: Bound) -> bool:
    if one.kind != two.kind or one.width != 1 or two.width != 1:
        return False
    if one.kind == "list":
        return bool(one.values & two.values)
    if one.kind == "hash":
        smaller = min(one.modulus, two.modulus) or 1
        return one.remainder % smaller == two.remainder % smaller
    if one.kind != "range":
        return False
    return _below(one.low, two.high) and _below(two.low, one.high)


def _below(low: Value | None, high: Value | None) -> bool:
    if low is None or high is None:
        return True
    return less(low, high)


def condition_of(bound: Bound, parent: Relation) -> str:
    """Give which rows a bound takes, as a condition; nothing where it cannot be written."""
    names = sorted(partition_columns(parent))
    if len(names) != 1 or bound.width != 1:
        return ""
    column = probing.quoted(as_written(parent, names)[0])
    if bound.kind == "list":
        listed = ", ".join(_shown(each) for each in bound.values if each is not None)
        nulls = f"{column} IS NULL" if None in bound.values else ""
        parts = [each for each in (f"{column} IN ({listed})" if listed else "", nulls) if each]
        condition = f"({' OR '.join(parts)})"
        return condition if nulls else f"coalesce({condition}, false)"
    if bound.kind != "range":
        return ""
    parts = [f"{column} IS NOT NULL"]
    if bound.low is not None:
        parts.append(f"{column} >= {_shown(bound.low)}")
    if bound.high is not None:
        parts.append(f"{column} < {_shown(bound.high)}")
    return f"({' AND '.join(parts)})"


def _shown(value: Value) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


# What CHECKs prove.


@dataclass(frozen=True, slots=True)
class _Range:
    """What a conjunction of conditions says of a column."""

    low: Value | None = None
    high: Value | None = None
    values: frozenset[Value] | None = None
    filled: bool = False


def is_implied(child: Relation, parent: Relation, bound: Bound) -> bool:
    """Tell whether CHECKs of a table say that all its rows are for a partition."""
    names = sorted(partition_columns(parent))
    if child.table is None or len(names) != 1 or bound.width != 1:
        return False
    known = _of_checks(child, names[0])
    if bound.kind == "list":
        null_ok = None in bound.values or known.filled
        return null_ok and known.values is not None and known.values <= bound.values
    if bound.kind != "range" or not known.filled:
        return False
    low = bound.low is None or (known.low is not None and not less(known.low, bound.low))
    high = bound.high is None or (known.high is not None and not less(bound.high, known.high))
    return low and high


def _of_checks(relation: Relation, name: str) -> _Range:
    table = relation.table
    low: Value | None = None
    high: Value | None = None
    values: frozenset[Value] | None = None
    column = table.column(name) if table else None
    filled = bool(column and not column.nullable) or bool(table and is_proved(table, name))
    for check in table.checks if table else ():
        node = expression(check.expression) if check.valid and check.enforced else None
        for each in conjuncts(node) if node is not None else ():
            operator, value = comparison(each, name)
            if operator == "in" and isinstance(value, frozenset):
                values = value if values is None else values & value
            elif isinstance(value, str | int | float):
                if operator in {">=", ">"}:
                    low = value if low is None or less(low, value) else low
                elif operator == "<":
                    high = value if high is None or less(value, high) else high
                elif operator == "=":
                    values = frozenset({value})
    return _Range(low, high, values, filled)


def _is_ruled_out(default: Relation, parent: Relation, bound: Bound) -> bool:
    """Tell whether CHECKs say that the default partition has no row of a new one."""
    names = sorted(partition_columns(parent))
    if default.table is None or len(names) != 1 or bound.width != 1:
        return False
    known = _of_checks(default, names[0])
    if bound.kind == "range":
        if known.high is not None and bound.low is not None and not less(bound.low, known.high):
            return True
        if known.low is not None and bound.high is not None and not less(known.low, bound.high):
            return True
        return any(
            _excludes(expression(check.expression), names[0], bound)
            for check in default.table.checks
            if check.valid and check.enforced
        )
    return bound.kind == "list" and known.values is not None and not known.values & bound.values


def _excludes(node: Any, name: str, bound: Bound) -> bool:  # noqa: ANN401 (a message)
    """Tell whether a condition is `name < low OR name >= high`, or NOT of the opposite."""
    from postgast import pg_query_pb2 as pb

    if node is None or node.WhichOneof("node") != "bool_expr":
        return False
    inner = node.bool_expr
    if inner.boolop == pb.OR_EXPR:
        return all(_outside(comparison(each, name), bound) for each in inner.args)
    if inner.boolop != pb.NOT_EXPR:
        return False
    parts = dict(comparison(each, name) for each in conjuncts(inner.args[0]))
    low, high = parts.get(">="), parts.get("<")
    if not isinstance(low, str | int | float) or not isinstance(high, str | int | float):
        return False
    covers_low = bound.low is not None and not less(bound.low, low)
    covers_high = bound.high is not None and not less(high, bound.high)
    return covers_low and covers_high


def _outside(compared: tuple[str, Value | frozenset[Value] | None], bound: Bound) -> bool:
    operator, value = compared
    if not isinstance(value, str | int | float):
        return False
    if operator == "<":
        return bound.low is not None and not less(bound.low, value)
    if operator == ">=":
        return bound.high is not None and not less(value, bound.high)
    return False


def made_of(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of CREATE TABLE ... PARTITION OF."""
    parent = found(node.inh_relations[0].range_var, tell)
    if parent is None:
        return
    tell.lock(parent, AE)
    if parent.table is None:
        return
    if not parent.table.partitioned:
        tell.fail(f"{parent.shown} is not partitioned")
        return
    bound = bound_of(node.partbound)
    if clashes(tell.known, parent, bound, tell):
        return
    for index in tell.known.indexes(parent):
        tell.lock(tell.index(parent, index.name), SUE)
    for key in parent.table.foreign_keys:
        target = tell.known.target(key)
        if target:
            tell.lock(target, SRE)
    default = tell.known.default_partition(parent)
    if default is None:
        return
    tell.lock(default, AE)
    for each in tell.known.below(default):
        tell.lock(each, AE)
    if _is_ruled_out(default, parent, bound):
        return
    for each in (default, *tell.known.below(default)):
        tell.work("scan", each, "no row may belong to the new partition")
    condition = condition_of(bound, parent)
    if condition:
        _on_data(tell, default, f"NOT ({condition})", "belong to the new partition")
