"""What goes along when something is dropped: what stands in its way, or falls with CASCADE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.nodes import columns_in, expression, names_of, parsed, walk
from be_tui.core.migrations.effects.pg.teller import AE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.migrations.effects.pg.relations import OwnIndex, Relation
    from be_tui.core.migrations.effects.pg.teller import Teller
    from be_tui.core.schema import ForeignKey, Trigger

_NEXT = re.compile(r"nextval\('([^']+)'", re.IGNORECASE)


class Removal:
    """One DROP while it is told of."""

    def __init__(self, tell: Teller, *, cascade: bool) -> None:
        """Begin.

        Args:
            tell: Takes in what is found.
            cascade: Whether dependents fall too.
        """
        self._tell = tell
        self._known = tell.known
        self._cascade = cascade
        self._named: set[str] = set()
        self._gone: set[str] = set()
        self._blocked: list[tuple[str, str]] = []

    def name(self, relations: Iterable[Relation]) -> None:
        """Say what else the statement drops, so that it stands in nothing's way."""
        for each in relations:
            self._named.add(each.shown)

    def finish(self) -> None:
        """Tell of what stands in the way."""
        for needs, message in self._blocked:
            if needs not in self._named:
                self._tell.fail(message)
                return

    def relation(self, relation: Relation) -> None:
        """Drop a table, a view, a sequence or an index."""
        if relation.shown in self._gone:
            return
        self._gone.add(relation.shown)
        self._named.add(relation.shown)
        self._tell.lock(relation, AE)
        if relation.kind == "table":
            self._table(relation)
        elif relation.kind == "view":
            self._tell.lock_indexes(relation, AE)
            self._views(self._known.views_over(relation), relation.shown)
        elif relation.kind == "sequence":
            self._sequence(relation)
        elif relation.index:
            owner = self._known.shown(relation.index.on)
            if owner:
                self.index(owner, relation.index)

    def _falls(self, what: str, on: str, needs: str = "") -> bool:
        """Tell whether a dependent falls; without CASCADE it stands in the way."""
        if not self._cascade:
            self._blocked.append((needs, f"{what} depends on {on}"))
        return self._cascade

    def _views(self, views: Iterable[Relation], on: str) -> None:
        for view in views:
            if self._falls(f"view {view.shown}", on, view.shown):
                self.relation(view)

    def _table(self, relation: Relation) -> None:
        table = relation.table
        self._tell.lock_indexes(relation, AE)
        for each in self._known.owned(relation):
            self._gone.add(each.shown)
            self._tell.lock(each, AE)
        for child in self._known.children(relation):
            partition = bool(child.table and child.table.parent)
            if partition or self._falls(f"table {child.shown}", relation.shown, child.shown):
                self.relation(child)
        for key in table.foreign_keys if table else ():
            self._other_side(key)
        for reference in self._known.referenced_by(relation):
            other = reference.table
            if other.shown == relation.shown or other.shown in self._gone:
                continue
            what = f"a foreign key of {other.shown}"
            if self._falls(what, relation.shown, other.shown):
                self._locked_with_heirs(other)
        self._views(self._known.views_over(relation), relation.shown)
        if table and table.parent:
            for parent in self._known.parents(relation):
                self._tell.lock(parent, AE)
                default = self._known.default_partition(parent)
                if default:
                    self._tell.lock(default, AE)

    def _other_side(self, key: ForeignKey) -> None:
        target = self._known.target(key)
        if target is not None:
            self._locked_with_heirs(target)

    def _locked_with_heirs(self, relation: Relation) -> None:
        self._tell.lock(relation, AE)
        if relation.table and relation.table.partitioned:
            for each in self._known.below(relation):
                self._tell.lock(each, AE)

    def _sequence(self, relation: Relation) -> None:
        own = relation.sequence
        for table in self._known.relations():
            for column in table.table.columns if table.table else ():
                named = _NEXT.search(column.default or "")
                uses = bool(named and _bare(named[1]) == relation.shown)
                owns = bool(
                    own and own.table == table.shown.casefold() and own.column == column.name.folded
                )
                if owns and column.auto == "identity":
                    self._blocked.append(
                        ("", f"{table.shown}.{column.name.text} needs its numbers")
                    )
                    self._tell.fail(f"{table.shown}.{column.name.text} needs its numbers")
                elif uses or (owns and column.auto == "serial"):
                    what = f"the default of {table.shown}.{column.name.text}"
                    if self._falls(what, relation.shown, table.shown):
                        self._tell.lock(table, AE)

    def index(self, owner: Relation, index: OwnIndex) -> None:
        """Drop an index, with those of partitions that are part of it."""
        self._tell.lock(owner, AE)
        self._tell.lock(self._tell.index(owner, index.name), AE)
        for child in self._known.children(owner):
            for each in self._known.indexes(child):
                if each.parent == index.name:
                    self.index(child, each)

    def key(self, relation: Relation, columns: tuple[str, ...]) -> None:
        """Drop a key, which foreign keys may refer to."""
        for reference in self._known.referenced_by(relation):
            targets = reference.key.targets or _primary(relation)
            if set(targets) == set(columns):
                other = reference.table
                if self._falls(f"a foreign key of {other.shown}", relation.shown):
                    self._locked_with_heirs(other)

    def column(self, relation: Relation, name: str) -> None:
        """Drop a column."""
        table, name = relation.table, name.casefold()
        if table is None:
            return
        for index in self._known.indexes(relation):
            if name in index.uses:
                self._tell.lock(self._tell.index(relation, index.name), AE)
                if index.unique:
                    self.key(relation, index.columns)
        for key in table.foreign_keys:
            if name in key.columns:
                self._other_side(key)
        for each in self._known.owned(relation, name):
            self._tell.lock(each, AE)
        self._users_of_column(relation, name)

    def _users_of_column(self, relation: Relation, name: str) -> None:
        on = f"{relation.shown}.{name}"
        for column in relation.table.columns if relation.table else ():
            if column.generated and name in columns_in(column.generated):
                self._falls(f"column {column.name.text}", on)
        for policy in self._known.policies(relation):
            if name in columns_named(policy.definition):
                self._falls(f"policy {policy.name}", on)
        for trigger in self._known.triggers(relation):
            if name in columns_watched(trigger):
                self._falls(f"trigger {trigger.name}", on)
        self._views(self._known.views_over(relation, name), on)

    def type(self, name: str) -> None:
        """Drop a type or a domain."""
        for relation, column, hidden in self._known.columns_of_type(name):
            del hidden
            if self._falls(f"{relation.shown}.{column.name.text}", name):
                self._tell.lock(relation, AE)
                self.column(relation, column.name.folded)
                target = f"{relation.shown}.{column.name.folded}"
                self._tell.breaks("data", target, f"what {target} holds is lost")
        for routine in self._known.all_routines:
            arguments = re.findall(r"[\w.]+", f"{routine.arguments} {routine.returns}")
            if name in arguments:
                self._falls(f"{routine.kind} {routine.name}", name)

    def routine(self, name: str) -> None:
        """Drop a function."""
        for relation in self._known.relations():
            for trigger in self._known.triggers(relation):
                if _runs(trigger, name) and self._falls(f"trigger {trigger.name}", name):
                    self._locked_with_heirs(relation)
            table = relation.table
            if table is None:
                continue
            used = [c.default for c in table.columns] + [c.generated for c in table.columns]
            used += [c.expression for c in table.checks]
            what = f"a default or constraint of {relation.shown}"
            if any(_calls(e, name) for e in used if e) and self._falls(what, name):
                self._tell.lock(relation, AE)
            for index in table.indexes:
                parts = [p.expression for p in index.parts if not p.column] + [index.where]
                calls = any(_calls(each, name) for each in parts if each)
                if calls and self._falls(f"index {index.name}", name):
                    self._tell.lock(relation, AE)
                    self._tell.lock(self._tell.index(relation, index.name), AE)
        for view in self._known.views_calling(name):
            if self._falls(f"view {view.shown}", name):
                self.relation(view)


def _bare(name: str) -> str:
    return name.replace('"', "").removeprefix("public.")


def _primary(relation: Relation) -> tuple[str, ...]:
    table = relation.table
    return table.primary_key.columns if table and table.primary_key else ()


def _calls(text: str, name: str) -> bool:
    if name not in text:
        return False
    node = expression(text)
    return node is not None and any(
        kind == "func_call" and names_of(each.funcname)[-1] == name for kind, each in walk(node)
    )


def columns_named(definition: str) -> frozenset[str]:
    """Give the columns that a statement names."""
    node = parsed(definition)
    if node is None:
        return frozenset()
    found = set()
    for kind, each in walk(node):
        if kind == "column_ref":
            last = each.fields[-1]
            if last.WhichOneof("node") == "string":
                found.add(last.string.sval.casefold())
    return frozenset(found)


def columns_watched(trigger: Trigger) -> frozenset[str]:
    """Give the columns that a trigger names in UPDATE OF and WHEN."""
    node: Any = parsed(trigger.definition)
    if node is None or node.WhichOneof("node") != "create_trig_stmt":
        return frozenset()
    listed = {each.string.sval.casefold() for each in node.create_trig_stmt.columns}
    return frozenset(listed) | columns_named(trigger.definition)


def _runs(trigger: Trigger, name: str) -> bool:
    node: Any = parsed(trigger.definition)
    if node is None or node.WhichOneof("node") != "create_trig_stmt":
        return False
    return names_of(node.create_trig_stmt.funcname)[-1] == name
