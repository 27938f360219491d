"""Resolves a statement: every scope, what its rows come from, and what each name means.

The text decides nothing here: all is read from sqlglot's tree. What a schema does not know stays
unknown, and is said to be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.queries.clauses import Clauses
from be_tui.core.queries.looking import Frame
from be_tui.core.queries.model import Assignment, Query, Scope, Source
from be_tui.core.queries.sources import Sources, renamed, unwrapped
from be_tui.core.queries.spans import Spans
from be_tui.core.queries.views import outputs_of_view, query_of

if TYPE_CHECKING:
    from be_tui.core.queries.model import Kind, Output, Use
    from be_tui.core.schema import Schema, View
    from be_tui.core.sqltext import Parsed, Target

_KINDS: tuple[tuple[type[exp.Expr], Kind], ...] = (
    (exp.Insert, "insert"),
    (exp.Update, "update"),
    (exp.Delete, "delete"),
    (exp.Merge, "merge"),
    (exp.Query, "select"),
)


def resolve(parsed: Parsed, schema: Schema | None, target: Target) -> Query:
    """Give a statement with every name looked up; without a schema no column has a type."""
    try:
        return Resolver(parsed, schema, target).query()
    except RecursionError:
        # Deeper than Python's stack: nothing is said of it.
        return Query(parsed, target, "other")


class Resolver:
    """One statement while it is resolved."""

    def __init__(
        self,
        parsed: Parsed,
        schema: Schema | None,
        target: Target,
        within: frozenset[str] = frozenset(),
    ) -> None:
        """Begin a statement.

        Args:
            parsed: The statement.
            schema: The tables that there are, where they are known.
            target: The engine.
            within: The views, folded, whose queries it stands in.
        """
        self.parsed = parsed
        self._within = within
        self.schema = schema
        self.target = target
        self.spans = Spans(parsed)
        self._scopes: list[Scope | None] = []
        self._written: Source | None = None

    def query(self) -> Query:
        """Resolve it."""
        tree = self.parsed.tree
        kind: Kind = next((kind for node, kind in _KINDS if isinstance(tree, node)), "other")
        root: Scope | None = None
        inserted: tuple[str, ...] | None = None
        if kind == "select":
            root = self.scope(tree, "root", None)
        elif isinstance(tree, exp.Insert):
            root = self._insert(tree)
            if isinstance(tree.this, exp.Schema):
                inserted = tuple(each.name.casefold() for each in tree.this.expressions)
        elif isinstance(tree, exp.Update | exp.Delete | exp.Merge):
            root = self._change(tree)
        elif isinstance(tree, exp.Create) and isinstance(tree.expression, exp.Query):
            kind, root = "create", self.scope(tree.expression, "root", None)
        scopes = tuple(scope for scope in self._scopes if scope is not None)
        return Query(self.parsed, self.target, kind, root, scopes, self._written, inserted)

    def view_outputs(self, view: View, node: exp.Expr) -> tuple[Output, ...]:
        """Give the columns of a view, with what is known of each."""
        name = view.name.folded
        parsed = None if name in self._within else query_of(view.query, self.target.engine)
        if parsed is None:
            return outputs_of_view(view, None, node)
        inner = Resolver(parsed, self.schema, self.target, self._within | {name})
        return outputs_of_view(view, inner.query().root, node)

    def frame(self, parent: Frame | None, around: int) -> Frame:
        """Begin a scope, and keep its place among the others."""
        self._scopes.append(None)
        return Frame(len(self._scopes) - 1, parent, around)

    def done(self, scope: Scope) -> Scope:
        """Keep a scope that was read."""
        self._scopes[scope.number] = scope
        return scope

    def scope(
        self, node: exp.Expr, use: Use, parent: Frame | None, around: int = -1, name: str = ""
    ) -> Scope:
        """Read a SELECT or a set operation.

        Args:
            node: It, perhaps in brackets.
            use: How its rows are used.
            parent: Whose columns can be named in it.
            around: The number of the scope that it stands in.
            name: Of a CTE.
        """
        outer = node
        inner = unwrapped(node)
        frame = self.frame(parent, around)
        self.with_(frame, outer)
        if inner is not outer:
            self.with_(frame, inner)
        if isinstance(inner, exp.SetOperation):
            return self._set_operation(frame, inner, outer, use, name)
        return self._select(frame, inner, outer, use, name)

    def with_(self, frame: Frame, node: exp.Expr) -> None:
        """Read the CTEs that stand before a query."""
        found = node.args.get("with_")
        if found is None:
            return
        recursive = bool(found.args.get("recursive"))
        for cte in found.expressions:
            name = cte.alias.casefold()
            if recursive:
                frame.ctes[name] = None
            scope = self._cte(frame, cte, name)
            if scope is not None:
                outputs, said = renamed(scope.outputs, cte), cte.args.get("materialized")
                scope = replace(
                    scope,
                    outputs=outputs,
                    materialised=said,
                    recursive=recursive and _reads(cte, name),
                )
                self._scopes[scope.number] = scope
            frame.ctes[name] = scope
            if scope is not None:
                frame.children.append(scope)

    def _cte(self, frame: Frame, cte: exp.Expr, name: str) -> Scope | None:
        if isinstance(cte.this, exp.Query):
            return self.scope(cte.this, "cte", frame, frame.number, name)
        if isinstance(cte.this, exp.Insert):
            return self._insert(cte.this, frame, name)
        if isinstance(cte.this, exp.Update | exp.Delete | exp.Merge):
            return self._change(cte.this, frame, name)
        return None

    def _select(self, frame: Frame, node: exp.Expr, outer: exp.Expr, use: Use, name: str) -> Scope:
        clauses = Clauses(self, frame)
        sources = Sources(self, frame, clauses)
        sources.read(node)
        outputs, stars = clauses.outputs(node)
        found = [*sources.conditions]
        where, having = node.args.get("where"), node.args.get("having")
        if where is not None:
            found += clauses.conditions(where.this, "where")
        distinct = node.args.get("distinct")
        if distinct is not None and distinct.args.get("on") is not None:
            clauses.see(distinct.args["on"])
        groups = clauses.groups(node, outputs)
        if having is not None:
            found += clauses.conditions(having.this, "having")
        for key in ("qualify", "windows"):
            clauses.see(node.args.get(key))
        order = clauses.order(node, outer, outputs)
        aggregates, windows = clauses.kinds(node)
        return self.done(
            Scope(
                number=frame.number,
                use=use,
                node=node,
                span=self.spans.of(outer),
                parent=frame.around,
                sources=tuple(frame.sources),
                conditions=tuple(found),
                outputs=outputs,
                stars=stars,
                order=order,
                groups=groups,
                distinct=distinct is not None,
                distinct_on=distinct is not None and distinct.args.get("on") is not None,
                limit=clauses.bound(node, outer, "limit"),
                offset=clauses.bound(node, outer, "offset"),
                columns=clauses.columns(),
                children=tuple(frame.children),
                aggregates=aggregates,
                windows=windows,
                locks=bool(node.args.get("locks")),
                name=name,
            )
        )

    def _set_operation(
        self, frame: Frame, node: exp.SetOperation, outer: exp.Expr, use: Use, name: str
    ) -> Scope:
        arms = self._arms(node)
        outputs: tuple[Output, ...] = ()
        for at, arm in enumerate(arms):
            scope = self.scope(arm, "arm", frame, frame.number)
            frame.children.append(scope)
            if not at:
                outputs = scope.outputs
                if use == "cte" and frame.parent and frame.parent.ctes.get(name, scope) is None:
                    # The arms after the first one of a recursive CTE read the first one's rows.
                    first = replace(scope, outputs=renamed(outputs, outer.parent or outer))
                    frame.parent.ctes[name] = first
        clauses = Clauses(self, frame)
        order = clauses.order(node, outer, outputs)
        return self.done(
            Scope(
                number=frame.number,
                use=use,
                node=node,
                span=self.spans.of(outer),
                parent=frame.around,
                outputs=outputs,
                order=order,
                limit=clauses.bound(node, outer, "limit"),
                offset=clauses.bound(node, outer, "offset"),
                columns=clauses.columns(),
                children=tuple(frame.children),
                operator=_set_name(node),
                name=name,
            )
        )

    def _arms(self, node: exp.SetOperation) -> tuple[exp.Expr, ...]:
        """Give the arms of a row of the same set operation, without going deep."""
        found: list[exp.Expr] = []
        each: exp.Expr = node
        while isinstance(each, exp.SetOperation) and _set_name(each) == _set_name(node):
            found.append(each.args["expression"])
            each = each.this
        return (each, *reversed(found))

    def _insert(self, tree: exp.Insert, parent: Frame | None = None, name: str = "") -> Scope:
        frame = self.frame(parent, parent.number if parent else -1)
        self.with_(frame, tree)
        clauses = Clauses(self, frame)
        sources = Sources(self, frame, clauses)
        table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        query = tree.args.get("expression")
        if isinstance(query, exp.Query) and not isinstance(query, exp.Values):
            frame.children.append(self.scope(query, "body", frame, frame.number))
        written = sources.written(table)
        if isinstance(query, exp.Values):
            clauses.see(query, inner=True)
        conflict = tree.args.get("conflict")
        assignments: tuple[Assignment, ...] = ()
        if conflict is not None:
            sources.excluded(written)
            assignments = clauses.assignments(conflict.expressions)
            clauses.see(conflict.args.get("where"), inner=True)
        clauses.see(tree.args.get("returning"), inner=True)
        outputs, stars = clauses.returned(tree)
        if parent is None:
            self._written = written
        return self.done(
            Scope(
                number=frame.number,
                use="cte" if name else "written",
                node=tree,
                span=self.spans.of(table),
                parent=frame.around,
                sources=tuple(frame.sources),
                outputs=outputs,
                stars=stars,
                columns=clauses.columns(),
                children=tuple(frame.children),
                assignments=assignments,
                name=name,
            )
        )

    def _change(self, tree: exp.Expr, parent: Frame | None = None, name: str = "") -> Scope:
        frame = self.frame(parent, parent.number if parent else -1)
        self.with_(frame, tree)
        clauses = Clauses(self, frame)
        sources = Sources(self, frame, clauses)
        written = sources.changed(tree)
        found = [*sources.conditions]
        assignments = clauses.assignments(tree.expressions if isinstance(tree, exp.Update) else ())
        if isinstance(tree, exp.Merge):
            found += clauses.conditions(tree.args["on"], "on", 1)
            assignments = clauses.whens(tree)
        where = tree.args.get("where")
        if where is not None:
            found += clauses.conditions(where.this, "where")
        order = clauses.order(tree, tree, ())
        clauses.see(tree.args.get("returning"), inner=True)
        outputs, stars = clauses.returned(tree)
        if parent is None:
            self._written = written
        return self.done(
            Scope(
                number=frame.number,
                use="cte" if name else "written",
                node=tree,
                span=self.spans.of(written.node),
                parent=frame.around,
                sources=tuple(frame.sources),
                conditions=tuple(found),
                outputs=outputs,
                stars=stars,
                order=order,
                limit=clauses.bound(tree, tree, "limit"),
                columns=clauses.columns(),
                children=tuple(frame.children),
                assignments=assignments,
                name=name,
            )
        )


def _set_name(node: exp.SetOperation) -> str:
    return f"{node.key} all" if node.args.get("distinct") is False else node.key


def _reads(node: exp.Expr, name: str) -> bool:
    """Tell whether a query reads what is called so: a CTE that reads itself is recursive."""
    return any(each.name.casefold() == name for each in node.find_all(exp.Table))
