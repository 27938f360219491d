"""Statements about rows, and locks that are asked for by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.catalogue import all_below
from be_tui.core.migrations.effects.pg.finding import found
from be_tui.core.migrations.effects.pg.making import reads
from be_tui.core.migrations.effects.pg.teller import AS, RE, RS
from be_tui.core.migrations.model import LOCK_MODES

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.relations import Relation
    from be_tui.core.migrations.effects.pg.teller import Teller

_ACTIONS = frozenset({"CASCADE", "SET NULL", "SET DEFAULT"})


def write(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of INSERT, UPDATE, DELETE and MERGE: the tables, and those that their keys look into."""
    name = node.DESCRIPTOR.name
    relation = found(node.relation, tell)
    if relation is None:
        return
    if name == "InsertStmt":
        # What is written to is not read along.
        reads(node.select_stmt, tell)
        reads(node.with_clause, tell)
    else:
        reads(node, tell)
    _lock(relation, name, tell)
    if name == "InsertStmt":
        columns = {each.res_target.name.casefold() for each in node.cols}
        _look_up(relation, columns or None, tell)
        _numbers(relation, columns or None, tell)
    elif name == "UpdateStmt":
        _look_up(relation, {each.res_target.name.casefold() for each in node.target_list}, tell)
    elif name == "DeleteStmt":
        _reach(relation, tell)
        if not node.HasField("where_clause") and not tell.known.is_made(relation):
            tell.breaks("data", relation.shown, f"what {relation.shown} holds is lost")


def _lock(relation: Relation, name: str, tell: Teller) -> None:
    tell.lock(relation, RE)
    # Rows that come are led to their partition; which one is not known before.
    if name != "InsertStmt":
        for each in tell.known.below(relation):
            tell.lock(each, RE)


def _look_up(relation: Relation, columns: set[str] | None, tell: Teller) -> None:
    """Tell of the tables in which the keys of rows that are written are looked up."""
    table = relation.table
    for key in table.foreign_keys if table else ():
        if key.enforced and (columns is None or columns & set(key.columns)):
            target = tell.known.target(key)
            if target:
                tell.lock(target, RS)


def _numbers(relation: Relation, columns: set[str] | None, tell: Teller) -> None:
    for each in tell.known.owned(relation):
        own = each.sequence
        if own and columns is not None and own.column not in columns:
            tell.lock(each, RE)


def _reach(relation: Relation, tell: Teller) -> None:
    """Tell of the tables in which rows refer to those that are deleted."""
    queue, seen = [relation], {relation.shown}
    while queue:
        for reference in tell.known.referenced_by(queue.pop()):
            other = reference.table
            cascades = reference.key.on_delete.upper() in _ACTIONS
            tell.lock(other, RE if cascades else RS)
            if cascades and other.shown not in seen and reference.key.on_delete == "CASCADE":
                seen.add(other.shown)


def select(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of SELECT, and of SELECT INTO."""
    if node.HasField("into_clause"):
        into = node.into_clause.rel
        if tell.known.taken(into.relname, into.schemaname) and into.relpersistence != "t":
            tell.fail(f"relation {into.relname} exists already")
            return
    reads(node, tell)


def copy(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of COPY."""
    if node.HasField("query"):
        reads(node.query, tell)
        return
    relation = found(node.relation, tell)
    if relation:
        tell.lock(relation, RE if node.is_from else AS)


def lock(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of LOCK TABLE."""
    mode = LOCK_MODES[node.mode - 1]
    if not tell.inside:
        tell.fail("LOCK TABLE holds nothing outside of a transaction")
        return
    for each in node.relations:
        relation = found(each.range_var, tell)
        if relation is None:
            continue
        for one in all_below(tell.known, [relation]) if each.range_var.inh else [relation]:
            tell.lock(one, mode)
        if relation.view:
            for shown in tell.known.usage(relation).relations:
                under = tell.known.shown(shown)
                if under:
                    for one in all_below(tell.known, [under]):
                        tell.lock(one, mode)
