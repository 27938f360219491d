"""What stands in a scope besides its sources: outputs, conditions, order, groups, bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.queries.conditions import Conditions, bare, inside
from be_tui.core.queries.looking import column_of, look_up
from be_tui.core.queries.model import Assignment, Bound, Group, Output, Sort, Star
from be_tui.core.queries.sources import outputs_of
from be_tui.core.sqltext import is_templated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.queries.looking import Frame
    from be_tui.core.queries.model import Clause, ColumnUse, Condition, Source, Use
    from be_tui.core.queries.resolving import Resolver

_AGGREGATES = frozenset(
    {"every", "total", "json_group_array", "json_group_object", "json_agg", "jsonb_agg"}
    | {"bool_and", "bool_or", "json_object_agg", "jsonb_object_agg", "string_agg"}
)
"""Those that sqlglot has no node for in every dialect."""


class Clauses:
    """Reads the clauses of one scope; columns and subqueries met are kept in its frame."""

    def __init__(self, resolver: Resolver, frame: Frame) -> None:
        self._resolver = resolver
        self._frame = frame
        self._conditions = Conditions(frame, resolver.spans)
        self._by_alias = False

    def see(self, node: exp.Expr | Iterable[exp.Expr] | None, *, inner: bool = False) -> None:
        """Look up every column of an expression, and read every subquery in it.

        Args:
            node: It, or several.
            inner: Whether it is a query that is looked into itself, as VALUES is.
        """
        if node is None:
            return
        if not isinstance(node, exp.Expr):
            for each in node:
                self.see(each, inner=inner)
            return
        frame = self._frame
        if isinstance(node, exp.Query) and not inner:
            self._subquery(node)
            return
        for each in inside(node):
            if isinstance(each, exp.Column):
                if id(each) not in frame.uses and not _stands_for_a_value(each):
                    self._column(each)
            elif isinstance(each, exp.Query) and not (inner and each is node):
                self._subquery(each)

    def _subquery(self, node: exp.Expr) -> None:
        frame = self._frame
        if id(node) in frame.scopes or isinstance(node, exp.Values):
            return
        scope = self._resolver.scope(node, _use_of(node), frame, frame.number)
        frame.scopes[id(node)] = scope
        frame.children.append(scope)

    def _column(self, node: exp.Column) -> None:
        if not isinstance(node.this, exp.Identifier):
            return
        span = self._resolver.spans.of(node)
        use = look_up(self._frame, node, span, self._resolver.target.engine)
        output = self._frame.outputs.get(use.name) if use.missing and self._by_alias else None
        if output is not None and not node.text("table"):
            use = replace(use, alias_of=output, missing=False)
        self._frame.uses[id(node)] = use

    def columns(self) -> tuple[ColumnUse, ...]:
        """Give every column of the scope, in the text's order."""
        return tuple(sorted(self._frame.uses.values(), key=lambda each: each.span))

    def conditions(self, node: exp.Expr, clause: Clause, source: int = -1) -> tuple[Condition, ...]:
        """Read the conditions of a clause; HAVING may name what is given by its alias."""
        self._by_alias = clause == "having"
        self.see(node)
        return self._conditions.all(node, clause, source)

    def assignments(self, nodes: Iterable[exp.Expr]) -> tuple[Assignment, ...]:
        """Read what SET gives to which column."""
        found: list[Assignment] = []
        for node in nodes:
            self._see_target(node)
            self.see(node)
            if not isinstance(node, exp.EQ) or id(node.this) not in self._frame.uses:
                continue
            value = self._conditions.side(node.args["expression"])
            found.append(Assignment(node, self._frame.uses[id(node.this)], value))
        return tuple(found)

    def _see_target(self, node: exp.Expr) -> None:
        """Look up what SET writes to: without a table, a column of the one that is written."""
        target = node.this
        sources = self._frame.sources
        if not isinstance(target, exp.Column) or target.text("table") or not sources:
            return
        written, name = sources[0], target.name.casefold()
        if any(each.name == name for each in outputs_of(written)):
            span = self._resolver.spans.of(target)
            self._frame.uses[id(target)] = column_of(written, name, target, span)

    def whens(self, tree: exp.Expr) -> tuple[Assignment, ...]:
        """Read the branches of MERGE; the columns that one inserts into are no expression."""
        found: tuple[Assignment, ...] = ()
        whens = tree.args.get("whens")
        for each in whens.expressions if whens is not None else ():
            self.see(each.args.get("condition"))
            then = each.args.get("then")
            if isinstance(then, exp.Insert):
                self.see(then.args.get("expression"))
            elif isinstance(then, exp.Update):
                found += self.assignments(then.expressions)
        return found

    def returned(self, tree: exp.Expr) -> tuple[tuple[Output, ...], tuple[Star, ...]]:
        """Read what RETURNING gives."""
        returning = tree.args.get("returning")
        return self._given(returning.expressions) if returning is not None else ((), ())

    def outputs(self, node: exp.Expr) -> tuple[tuple[Output, ...], tuple[Star, ...]]:
        """Read what a SELECT gives, `*` told column by column where they are known."""
        if not isinstance(node, exp.Select):
            self.see(node, inner=True)
            return (), ()
        return self._given(node.expressions)

    def _given(self, nodes: Iterable[exp.Expr]) -> tuple[tuple[Output, ...], tuple[Star, ...]]:
        outputs: list[Output] = []
        stars: list[Star] = []
        for each in nodes:
            inner = bare(each.this if isinstance(each, exp.Alias) else each)
            if isinstance(inner, exp.Star):
                stars.append(Star(inner, self._resolver.spans.of(inner)))
                outputs += self._expanded(inner, self._frame.sources)
            elif isinstance(inner, exp.Column) and isinstance(inner.this, exp.Star):
                table = inner.text("table").casefold()
                own = [source for source in self._frame.sources if source.alias == table]
                span = self._resolver.spans.of(inner)
                stars.append(Star(inner, span, own[0] if own else None))
                outputs += self._expanded(inner, own)
            elif isinstance(inner, exp.Dot) and isinstance(inner.expression, exp.Star):
                # `(pair).*`: the columns of a row that is a value, of which nothing is known.
                self.see(inner)
                outputs.append(Output("", each, star=True))
            else:
                self.see(inner)
                name = each.alias or (inner.name if isinstance(inner, exp.Column) else "")
                outputs.append(Output(name.casefold(), each, self._frame.uses.get(id(inner))))
        for output in outputs:
            if output.name:
                self._frame.outputs.setdefault(output.name, output)
        return tuple(outputs), tuple(stars)

    def _expanded(self, star: exp.Expr, sources: list[Source]) -> list[Output]:
        if not sources or any(not source.known for source in sources):
            return [Output("", star, star=True)]
        span = self._resolver.spans.of(star)
        return [
            Output(each.name, star, column_of(source, each.name, star, span))
            for source in sources
            for each in outputs_of(source)
        ]

    def groups(self, node: exp.Expr, outputs: tuple[Output, ...]) -> tuple[Group, ...]:
        """Read GROUP BY."""
        self._by_alias = True
        group = node.args.get("group")
        if group is None:
            return ()
        self.see([each for key, each in group.args.items() if key != "expressions" and _is(each)])
        found: list[Group] = []
        for each in group.expressions:
            output, ordinal = self._meant(bare(each), outputs, columns_first=True)
            if output is None:
                self.see(each)
            column = self._frame.uses.get(id(bare(each))) or (output.column if output else None)
            found.append(
                Group(
                    node=each,
                    span=self._resolver.spans.of(each),
                    column=column,
                    output=output,
                    columns=self._conditions.columns(each),
                    ordinal=ordinal,
                )
            )
        return tuple(found)

    def order(
        self, node: exp.Expr, outer: exp.Expr, outputs: tuple[Output, ...]
    ) -> tuple[Sort, ...]:
        """Read ORDER BY, that of the brackets around it where it has none itself."""
        self._by_alias = True
        order = node.args.get("order") or outer.args.get("order")
        if order is None:
            return ()
        return tuple(self._sort(each, outputs) for each in order.expressions)

    def _sort(self, ordered: exp.Expr, outputs: tuple[Output, ...]) -> Sort:
        inner = bare(ordered.this if isinstance(ordered, exp.Ordered) else ordered)
        output, ordinal = self._meant(inner, outputs)
        if output is None:
            self.see(inner)
        span = self._resolver.spans.of(inner)
        column = output.column if output else self._frame.uses.get(id(inner))
        return Sort(
            node=ordered,
            span=span,
            column=column,
            descending=bool(ordered.args.get("desc")),
            nulls_first=self._nulls(span, ordered),
            output=output,
            columns=self._conditions.columns(inner),
            ordinal=ordinal,
        )

    def _nulls(self, span: tuple[int, int], ordered: exp.Expr) -> bool | None:
        """Give where NULLs are said to stand; sqlglot fills in what is not said."""
        spans = self._resolver.spans
        for words in (1, 2):
            if spans.text_after(span, words) == "NULLS":
                return bool(ordered.args.get("nulls_first"))
        for word in ("NULLS FIRST", "NULLS LAST"):
            if word in (spans.text_after(span, 1), spans.text_after(span, 2)):
                return word.endswith("FIRST")
        return None

    def _meant(
        self, node: exp.Expr, outputs: tuple[Output, ...], *, columns_first: bool = False
    ) -> tuple[Output | None, bool]:
        """Give the output that an ordinal or a bare name means."""
        if isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit():
            at = int(node.name) - 1
            known = not any(output.star for output in outputs[: at + 1])
            return (outputs[at] if known and 0 <= at < len(outputs) else None), True
        if isinstance(node, exp.Column) and not node.text("table"):
            name = node.name.casefold()
            own = next((each for each in outputs if each.name == name), None)
            if own is not None and own.column is not None and own.column.name == name:
                return (None, False) if self._frame.sources else (own, False)
            if own is not None and columns_first:
                sources = self._frame.sources
                if any(each.name == name for source in sources for each in outputs_of(source)):
                    return None, False
            return own, False
        return None, False

    def bound(self, node: exp.Expr, outer: exp.Expr, key: str) -> Bound | None:
        """Read LIMIT or OFFSET."""
        found = node.args.get(key) or outer.args.get(key)
        if found is None:
            return None
        value = found.args.get("count") or found.args.get("expression")
        if value is None:
            return None
        self.see(value)
        whole = isinstance(value, exp.Literal) and value.name.isdigit()
        span = self._resolver.spans.of(value)
        return Bound(value, span, int(value.name) if whole else None)

    def kinds(self, node: exp.Expr) -> tuple[bool, bool]:
        """Tell whether aggregates, and whether windows, are computed."""
        aggregates = windows = False
        if not isinstance(node, exp.Select):
            return False, False
        parts = [*node.expressions, node.args.get("having"), node.args.get("order")]
        for part in parts:
            for each in inside(part) if part is not None else ():
                if isinstance(each, exp.Window):
                    windows = True
                elif _is_aggregate(each) and not _is_windowed(each):
                    aggregates = True
        return aggregates, windows


def _is(value: object) -> bool:
    return isinstance(value, exp.Expr) or (isinstance(value, list) and bool(value))


def _is_aggregate(node: exp.Expr) -> bool:
    if isinstance(node, exp.AggFunc):
        return True
    return isinstance(node, exp.Anonymous) and node.name.lower() in _AGGREGATES


def _is_windowed(node: exp.Expr) -> bool:
    parent = node.parent
    while isinstance(parent, exp.Filter | exp.IgnoreNulls | exp.RespectNulls | exp.WithinGroup):
        parent = parent.parent
    return isinstance(parent, exp.Window)


def _stands_for_a_value(node: exp.Column) -> bool:
    return is_templated(node.name) or isinstance(node.this, exp.Star)


def _use_of(node: exp.Expr) -> Use:
    """Tell how a subquery is used, by what stands around it."""
    parent = node.parent
    while isinstance(parent, exp.Paren | exp.Subquery):
        parent = parent.parent
    if isinstance(parent, exp.Exists):
        return "exists"
    if isinstance(parent, exp.In):
        return "not in" if _is_negated(parent) else "in"
    if isinstance(parent, exp.Any):
        return "in" if isinstance(parent.parent, exp.EQ) else "quantified"
    if isinstance(parent, exp.All):
        return "not in" if isinstance(parent.parent, exp.NEQ) else "quantified"
    if isinstance(parent, exp.Array):
        return "array"
    return "scalar"


def _is_negated(node: exp.Expr) -> bool:
    negated = False
    parent = node.parent
    while isinstance(parent, exp.Paren | exp.Not):
        negated ^= isinstance(parent, exp.Not)
        parent = parent.parent
    return negated
