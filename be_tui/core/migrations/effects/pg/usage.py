"""What a query reads: relations, and which columns of them, as far as names can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.nodes import names_of, parsed, walk

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Usage:
    """What a query reads."""

    relations: frozenset[str] = frozenset()
    """As they are shown."""

    columns: frozenset[tuple[str, str]] = frozenset()
    """Relations with one of their columns each."""

    functions: frozenset[str] = frozenset()
    locking: frozenset[str] = frozenset()
    """Relations whose rows are locked, by FOR UPDATE and the like."""

    written: frozenset[str] = frozenset()
    """Relations that statements in WITH write to."""

    def reads(self, relation: str, column: str = "") -> bool:
        """Tell whether a relation, or one of its columns, is read."""
        if column:
            return (relation, column) in self.columns
        return relation in self.relations


def usage_of(query: str, known: Catalogue) -> Usage:
    """Give what the text of a query reads; nothing where it cannot be parsed."""
    node = parsed(query)
    return usage_in(node, known) if node is not None else Usage()


def usage_in(node: Any, known: Catalogue) -> Usage:  # noqa: ANN401 (a message of any kind)
    """Give what a tree reads."""
    aliases: dict[str, set[str]] = {}
    relations: set[str] = set()
    fields: list[tuple[str, ...]] = []
    functions: set[str] = set()
    written: set[str] = set()
    names = {each.ctename for kind, each in walk(node) if kind == "common_table_expr"}
    for kind, each in walk(node):
        if kind == "range_var":
            if not each.schemaname and each.relname in names:
                continue
            found = known.relation(each.relname, each.schemaname)
            if found is not None and found.kind in {"table", "view"}:
                relations.add(found.shown)
                alias = each.alias.aliasname or each.relname
                aliases.setdefault(alias, set()).add(found.shown)
        elif kind == "column_ref":
            fields.append(
                tuple(
                    "*" if f.WhichOneof("node") == "a_star" else f.string.sval for f in each.fields
                )
            )
        elif kind == "func_call":
            functions.add(names_of(each.funcname)[-1])
        elif kind in {"insert_stmt", "update_stmt", "delete_stmt", "merge_stmt"}:
            target = known.relation(each.relation.relname, each.relation.schemaname)
            if target is not None:
                written.add(target.shown)
    locking = _locking(node, aliases, relations)
    columns = frozenset(_columns(fields, aliases, relations, known))
    return Usage(frozenset(relations), columns, frozenset(functions), locking, frozenset(written))


def _columns(
    fields: list[tuple[str, ...]],
    aliases: dict[str, set[str]],
    relations: set[str],
    known: Catalogue,
) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for field in fields:
        column = field[-1]
        owners = aliases.get(field[-2], set()) if len(field) > 1 else relations
        for owner in owners:
            for name in _names(owner, known):
                if column in ("*", name):
                    found.add((owner, name))
        if len(field) == 1 and column in aliases:
            # A whole row.
            found |= {(owner, name) for owner in aliases[column] for name in _names(owner, known)}
    return found


def _names(shown: str, known: Catalogue) -> tuple[str, ...]:
    relation = known.shown(shown)
    if relation is None:
        return ()
    if relation.table:
        return tuple(each.name.folded for each in relation.table.columns)
    return view_columns(relation.view.query, relation.view.columns) if relation.view else ()


def view_columns(query: str, given: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the names of the columns that a query gives, where its text alone tells them."""
    node = parsed(query)
    if node is None or node.WhichOneof("node") != "select_stmt":
        return given
    select = node.select_stmt
    while select.HasField("larg"):
        select = select.larg
    found = [_output(each.res_target) for each in select.target_list]
    return (*given, *found[len(given) :])


def _output(target: Any) -> str:  # noqa: ANN401 (a message)
    if target.name:
        return str(target.name)
    value = target.val
    kind = value.WhichOneof("node")
    while kind == "type_cast":
        value = value.type_cast.arg
        kind = value.WhichOneof("node")
    if kind == "column_ref":
        last = value.column_ref.fields[-1]
        return "*" if last.WhichOneof("node") == "a_star" else str(last.string.sval)
    if kind == "func_call":
        return names_of(value.func_call.funcname)[-1]
    return "case" if kind == "case_expr" else "?column?"


def _locking(node: Any, aliases: dict[str, set[str]], relations: set[str]) -> frozenset[str]:  # noqa: ANN401
    found: set[str] = set()
    for kind, each in walk(node):
        if kind != "locking_clause":
            continue
        named = [var.range_var.relname for var in each.locked_rels]
        for name in named:
            found |= aliases.get(name, set())
        found |= set() if named else relations
    return frozenset(found)
