"""What the rows of a scope come from: tables, derived tables, CTEs, functions; how they join."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.queries.looking import Frame, column_of
from be_tui.core.queries.model import Condition, Output, Side, Source
from be_tui.core.sqltext import is_templated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries.clauses import Clauses
    from be_tui.core.queries.model import JoinKind
    from be_tui.core.queries.resolving import Resolver


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that stands in FROM."""

    node: exp.Expr
    join: exp.Expr | None
    kind: JoinKind
    optional: bool = False


def unwrapped(node: exp.Expr) -> exp.Expr:
    """Give the query within brackets."""
    while isinstance(node, exp.Subquery | exp.Paren) and isinstance(
        node.this, exp.Query | exp.Paren
    ):
        node = node.this
    return node


class Sources:
    """Reads the sources of one scope into its frame."""

    def __init__(self, resolver: Resolver, frame: Frame, clauses: Clauses) -> None:
        self._resolver = resolver
        self._clauses = clauses
        self._frame = frame
        self.conditions: list[Condition] = []
        """Those of ON and USING."""

    def read(self, node: exp.Expr) -> None:
        """Read FROM and its joins."""
        found = node.args.get("from_")
        items: list[_Item] = []
        if found is not None:
            _add(items, found.this, None, "from")
        for join in node.args.get("joins") or ():
            _add_join(items, join)
        for lateral in node.args.get("laterals") or ():
            _add(items, lateral, None, "comma")
        self._read(items)

    def written(self, node: exp.Expr) -> Source:
        """Read the table that a statement writes to."""
        inner = node.this if isinstance(node, exp.Schema) else node
        items: list[_Item] = []
        _add(items, inner, None, "written")
        self._read(items)
        return self._frame.sources[0]

    def excluded(self, written: Source) -> None:
        """Add the row that ON CONFLICT could not insert."""
        alias = "excluded"
        self._frame.sources.append(
            Source(
                alias=alias,
                name=alias,
                node=written.node,
                span=written.span,
                table=written.table,
                known=written.known,
                number=len(self._frame.sources),
            )
        )
        # A bare column of ON CONFLICT is that of the row which is there already.
        if written.table is not None:
            self._frame.merged.update(each.name.folded for each in written.table.columns)

    def changed(self, tree: exp.Expr) -> Source:
        """Read the tables of UPDATE, DELETE or MERGE; give the one that is written to."""
        items: list[_Item] = []
        _add(items, tree.this, None, "written")
        found = tree.args.get("from_")
        if found is not None:
            _add(items, found.this, None, "comma")
        using = tree.args.get("using")
        for each in using if isinstance(using, list) else [using] if using else ():
            _add(items, each, None, "comma")
        self._read(items)
        named = {each.alias_or_name.casefold() for each in tree.args.get("tables") or ()}
        own = (source for source in self._frame.sources if source.alias in named)
        return next(own, self._frame.sources[0])

    def _read(self, items: list[_Item]) -> None:
        for item in items:
            source = self._source(item)
            if source.kind == "cross" and self._resolver.spans.text_before(source.span) == ",":
                # SQLite's comma is read as CROSS JOIN; only one that is written is meant.
                source = replace(source, kind="comma")
            self._frame.sources.append(source)
            if item.join is not None:
                self._join(item.join, source)

    def _join(self, join: exp.Expr, source: Source) -> None:
        named = [each.name for each in join.args.get("using") or ()]
        nodes = list(join.args.get("using") or ())
        if join.args.get("method") == "NATURAL":
            nodes = [source.node]
            named = list(self._common(source))
        for at, name in enumerate(named):
            self._merge(name.casefold(), nodes[min(at, len(nodes) - 1)], source)
        on = join.args.get("on")
        if on is not None:
            self.conditions += self._clauses.conditions(on, "on", source.number)

    def _common(self, source: Source) -> Iterator[str]:
        """Give the columns that a source shares with those before it."""
        own = {each.name for each in outputs_of(source)}
        before = self._frame.sources[: source.number]
        return (
            output.name
            for each in before
            for output in outputs_of(each)
            if output.name in own and not output.star
        )

    def _merge(self, name: str, node: exp.Expr, source: Source) -> None:
        self._frame.merged.add(name)
        before = [
            each
            for each in self._frame.sources[: source.number]
            if any(output.name == name for output in outputs_of(each))
        ]
        other = (before or self._frame.sources)[0]
        span = self._resolver.spans.of(node)
        use, left = column_of(source, name, node, span), column_of(other, name, node, span)
        self.conditions.append(
            Condition(
                node=node,
                span=span,
                operator="=",
                clause="on",
                source=source.number,
                left=Side(node, "column", span, use, columns=(use,)),
                right=(Side(node, "column", span, left, columns=(left,)),),
                columns=(use, left),
            )
        )

    def _source(self, item: _Item) -> Source:
        node, number = item.node, len(self._frame.sources)
        lateral = isinstance(node, exp.Lateral)
        inner = node.this if lateral else node
        alias = node.alias or inner.alias
        span = self._resolver.spans.of(_named(node))
        if isinstance(inner, exp.Subquery | exp.Select | exp.SetOperation):
            parent = self._frame if lateral or _is_lateral(item) else self._frame.parent
            if parent is None:
                parent = _only_ctes(self._frame)
            elif parent is not self._frame:
                parent = _with_ctes(parent, self._frame)
            scope = self._resolver.scope(inner, "derived", parent, self._frame.number)
            self._frame.children.append(scope)
            outputs = renamed(scope.outputs, node)
            return Source(
                alias=alias.casefold(),
                name="",
                node=node,
                span=span,
                outputs=outputs,
                scope=scope,
                kind=item.kind,
                optional=item.optional,
                known=_all_known(outputs),
                is_lateral=lateral,
                number=number,
            )
        if isinstance(inner, exp.Table) and isinstance(inner.this, exp.Identifier):
            return self._table(inner, item, number)
        if isinstance(inner, exp.Values):
            return self._function(node, item, number, is_values=True)
        return self._function(node, item, number)

    def _table(self, node: exp.Table, item: _Item, number: int) -> Source:
        name = node.name
        spans = self._resolver.spans
        templated = is_templated(name)
        held, scope = (False, None) if node.text("db") else self._frame.cte(name.casefold())
        schema = self._resolver.schema
        table = view = None
        outputs: tuple[Output, ...] = ()
        known = False
        if held:
            outputs = renamed(scope.outputs if scope else (), node)
            known = scope is not None and _all_known(outputs)
        elif schema is not None and not templated:
            table = schema.table(name, node.text("db"))
            folded = name.casefold()
            if table is None:
                view = next((each for each in schema.views if each.name.folded == folded), None)
            if view is not None:
                outputs = renamed(self._resolver.view_outputs(view, node), node)
                known = _all_known(outputs)
        if table is not None:
            known = table.complete and not (node.args.get("alias") and _column_names(node))
        return Source(
            alias=(node.alias or name).casefold(),
            name=name,
            node=node,
            span=spans.of(_named(node)),
            table=table,
            view=view,
            outputs=outputs,
            scope=scope,
            kind=item.kind,
            namespace=node.text("db").casefold(),
            optional=item.optional,
            known=known,
            is_cte=held,
            is_templated=templated,
            number=number,
        )

    def _function(
        self, node: exp.Expr, item: _Item, number: int, *, is_values: bool = False
    ) -> Source:
        self._clauses.see(node, inner=True)
        names = _column_names(node)
        outputs = tuple(Output(name.casefold(), node) for name in names)
        alias = node.alias or (node.this.name if isinstance(node.this, exp.Expr) else "")
        return Source(
            alias=alias.casefold(),
            name="",
            node=node,
            span=self._resolver.spans.of(node),
            outputs=outputs,
            kind=item.kind,
            optional=item.optional,
            is_function=not is_values,
            is_lateral=True,
            number=number,
        )


def _add(
    items: list[_Item],
    node: exp.Expr,
    join: exp.Expr | None,
    kind: JoinKind,
    *,
    optional: bool = False,
) -> None:
    """Add a table with what is joined to it within its own brackets."""
    if isinstance(node, exp.Paren) or (
        isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table)
    ):
        _add(items, node.this, join, kind, optional=optional)
    else:
        items.append(_Item(node, join, kind, optional))
    for inner in node.args.get("joins") or ():
        _add_join(items, inner, optional=optional)


def _add_join(items: list[_Item], join: exp.Expr, *, optional: bool = False) -> None:
    side = str(join.args.get("side") or "").upper()
    kind = _join_kind(join, side)
    if side in {"RIGHT", "FULL"}:
        items[:] = [_Item(each.node, each.join, each.kind, optional=True) for each in items]
    _add(items, join.this, join, kind, optional=optional or side in {"LEFT", "FULL"})


def _join_kind(join: exp.Expr, side: str) -> JoinKind:
    if side == "LEFT":
        return "left"
    if side == "RIGHT":
        return "right"
    if side == "FULL":
        return "full"
    if str(join.args.get("kind") or "").upper() == "CROSS":
        return "cross"
    if join.args.get("on") is None and not join.args.get("using") and not join.args.get("method"):
        return "comma"
    return "inner"


def _is_lateral(item: _Item) -> bool:
    return bool(item.node.args.get("lateral"))


def _with_ctes(parent: Frame, frame: Frame) -> Frame:
    """Give what a derived table can see: CTEs of its scope, columns of those around."""
    return Frame(frame.number, parent, frame.around, ctes=frame.ctes)


def _only_ctes(frame: Frame) -> Frame:
    return Frame(frame.number, None, frame.around, ctes=frame.ctes)


def _named(node: exp.Expr) -> exp.Expr:
    """Give the part of a source that its place is told by: the table's name, or the alias."""
    if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
        return node.this
    alias = node.args.get("alias")
    return alias.this if alias is not None and alias.this is not None else node


def _column_names(node: exp.Expr) -> tuple[str, ...]:
    alias = node.args.get("alias")
    return tuple(each.name for each in alias.args.get("columns") or ()) if alias else ()


def renamed(outputs: tuple[Output, ...], node: exp.Expr) -> tuple[Output, ...]:
    """Give outputs under the names that an alias gives them."""
    names = _column_names(node)
    if not names:
        return outputs
    if any(output.star for output in outputs[: len(names)]) or len(outputs) < len(names):
        return tuple(Output(name.casefold(), node) for name in names)
    first = tuple(
        Output(name.casefold(), output.node, output.column)
        for name, output in zip(names, outputs, strict=False)
    )
    return first + outputs[len(names) :]


def _all_known(outputs: tuple[Output, ...]) -> bool:
    """Tell whether all names are known; those of expressions are chosen by the engine."""
    return bool(outputs) and all(output.name and not output.star for output in outputs)


def outputs_of(source: Source) -> tuple[Output, ...]:
    """Give what a source has to give."""
    if source.table is None:
        return source.outputs
    return tuple(Output(each.name.folded, source.node) for each in source.table.columns)
