"""Conditions taken apart at AND, each read as a column, an operator, and the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.queries.model import Condition, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.queries.looking import Frame
    from be_tui.core.queries.model import Clause, ColumnUse, Operator, Scope, SideKind
    from be_tui.core.queries.spans import Spans

_COMPARED: dict[type[exp.Expr], tuple[Operator, bool]] = {
    exp.EQ: ("=", False),
    exp.NEQ: ("<>", False),
    exp.LT: ("<", False),
    exp.LTE: ("<=", False),
    exp.GT: (">", False),
    exp.GTE: (">=", False),
    exp.NullSafeEQ: ("is not distinct from", False),
    exp.NullSafeNEQ: ("is not distinct from", True),
    exp.Like: ("like", False),
    exp.ILike: ("ilike", False),
    exp.Glob: ("glob", False),
    exp.RegexpLike: ("regexp", False),
    exp.RegexpILike: ("regexp", False),
    exp.SimilarTo: ("regexp", False),
}
"""By the node: the operator, and whether it is negated."""

_FLIPPED: dict[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SYMMETRIC = frozenset({"=", "<>", "is not distinct from"})
_PARAMETERS = (exp.Placeholder, exp.Parameter, exp.SessionParameter, exp.Column)
"""A column that is none stands for what a template will put there."""

_LEAVES = (exp.Column, exp.Literal, exp.Identifier, exp.Placeholder, exp.Parameter)
"""What holds no column within it."""

_CASTS = (exp.Cast, exp.TryCast, exp.Paren, exp.Neg, exp.Interval)


def inside(node: exp.Expr) -> Iterator[exp.Expr]:
    """Give the nodes of an expression in the text's order; of a subquery its top alone."""
    stack = [node]
    while stack:
        each = stack.pop()
        yield each
        if isinstance(each, _LEAVES) or (isinstance(each, exp.Query) and each is not node):
            continue
        stack.extend(reversed(list(each.iter_expressions())))


def bare(node: exp.Expr) -> exp.Expr:
    """Give what stands within brackets."""
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def conjuncts(node: exp.Expr) -> Iterator[exp.Expr]:
    """Give the conditions that AND joins, brackets around ANDs taken off."""
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(bare(each), exp.And):
            inner = bare(each)
            stack += [inner.args["expression"], inner.this]
        else:
            yield each


class Conditions:
    """Reads the conditions of one scope, of which columns and subqueries are known."""

    def __init__(self, frame: Frame, spans: Spans) -> None:
        self._frame = frame
        self._spans = spans

    def all(self, node: exp.Expr, clause: Clause, source: int = -1) -> tuple[Condition, ...]:
        """Give the conditions that a clause is made of."""
        return tuple(self.one(each, clause, source) for each in conjuncts(node))

    def one(self, node: exp.Expr, clause: Clause, source: int = -1) -> Condition:
        """Read one condition."""
        negated, inner = False, bare(node)
        while isinstance(inner, exp.Not):
            negated, inner = not negated, bare(inner.this)
        if isinstance(inner, exp.Escape):
            inner = bare(inner.this)
        negated ^= bool(inner.args.get("negate"))
        arms: tuple[tuple[Condition, ...], ...] = ()
        operator: Operator = "other"
        left: Side | None = None
        right: tuple[Side, ...] = ()
        scope: Scope | None = None
        if isinstance(inner, exp.Or):
            operator = "or"
            arms = tuple(self.all(arm, clause, source) for arm in _disjuncts(inner))
        elif type(inner) in _COMPARED:
            operator, not_so = _COMPARED[type(inner)]
            negated ^= not_so
            left, right = self.side(inner.this), (self.side(inner.args["expression"]),)
            if _quantifier(inner):
                operator, right, scope = self._quantified(inner, operator)
                negated = negated or (isinstance(inner, exp.NEQ) and operator == "in")
                operator, left, right = _held(operator, left, right)
        elif isinstance(inner, exp.In):
            operator, left = "in", self.side(inner.this)
            right, scope = self._listed(inner)
        elif isinstance(inner, exp.Between):
            operator, left = "between", self.side(inner.this)
            right = (self.side(inner.args["low"]), self.side(inner.args["high"]))
        elif isinstance(inner, exp.Is):
            operator, left, right = self._is(inner)
        elif isinstance(inner, exp.Exists):
            operator, scope = "exists", self._scope(inner.this)
        elif isinstance(inner, exp.Column) and id(inner) in self._frame.uses:
            operator, left = "true", self.side(inner)
        if scope is None:
            scope = next((each.scope for each in (left, *right) if each and each.scope), None)
        flipped = False
        turns = operator in _SYMMETRIC or operator in _FLIPPED
        if turns and left and len(right) == 1 and _is_better_left(right[0], left):
            operator = _FLIPPED.get(operator, operator)
            left, right, flipped = right[0], (left,), True
        return Condition(
            node=node,
            span=self._spans.condition(node),
            operator=operator,
            clause=clause,
            source=source,
            negated=negated,
            left=left,
            right=right,
            columns=self.columns(node),
            scope=scope,
            arms=arms,
            flipped=flipped,
        )

    def columns(self, node: exp.Expr) -> tuple[ColumnUse, ...]:
        """Give the columns in an expression, subqueries left out."""
        uses = self._frame.uses
        if isinstance(node, _LEAVES):
            return (uses[id(node)],) if id(node) in uses else ()
        return tuple(uses[id(each)] for each in inside(node) if id(each) in uses)

    def side(self, node: exp.Expr) -> Side:
        """Read what stands on one side of an operator."""
        inner = bare(node)
        columns = self.columns(inner)
        span = self._spans.of(node)
        scope = self._scope(inner)
        if scope is not None:
            return Side(node, "subquery", span, scope=scope)
        if isinstance(inner, exp.Tuple):
            parts = tuple(self.side(each) for each in inner.expressions)
            return Side(node, "row", span, columns=columns, parts=parts)
        if columns:
            kind: SideKind = "other"
            column: ColumnUse | None = None
            wrappers: tuple[str, ...] = ()
            if id(inner) in self._frame.uses:
                kind, column = "column", columns[0]
            elif len(columns) == 1 and not any(isinstance(e, exp.Query) for e in inside(inner)):
                kind, column = "wrapped", columns[0]
                wrappers = self._wrappers(column.node, inner)
            return Side(node, kind, span, column, wrappers, columns=columns)
        return self._constant(node, inner, span)

    def _constant(self, node: exp.Expr, inner: exp.Expr, span: tuple[int, int]) -> Side:
        casts: list[str] = []
        sign = ""
        while isinstance(inner, _CASTS) and isinstance(inner.this, exp.Expr):
            if isinstance(inner, exp.Neg):
                sign = "-"
            elif not isinstance(inner, exp.Paren):
                casts.append("interval" if isinstance(inner, exp.Interval) else "cast")
            inner = inner.this
        around = tuple(casts)
        if isinstance(inner, exp.Literal):
            value = sign + inner.name
            return Side(node, "literal", span, None, around, value, inner.is_string)
        if isinstance(inner, exp.Boolean):
            return Side(node, "literal", span, None, around, str(bool(inner.this)).lower())
        if isinstance(inner, exp.Null):
            return Side(node, "null", span)
        if isinstance(inner, _PARAMETERS):
            return Side(node, "parameter", span, None, around)
        return Side(node, "other", span)

    def _wrappers(self, column: exp.Expr, top: exp.Expr) -> tuple[str, ...]:
        """Give what stands around a column up to an expression, the outermost first."""
        found: list[str] = []
        node: exp.Expr | None = column
        while node is not None and node is not top:
            node = node.parent
            if node is not None and not isinstance(node, exp.Paren):
                found.append(self._spans.word(node) or _wrapper_name(node))
        return tuple(reversed(found))

    def _scope(self, node: exp.Expr) -> Scope | None:
        return self._frame.scopes.get(id(node))

    def _quantified(
        self, inner: exp.Expr, operator: Operator
    ) -> tuple[Operator, tuple[Side, ...], Scope | None]:
        """Read `= ANY (...)` as IN; what else stands before ANY and ALL has no operator here."""
        behind = inner.args["expression"]
        inside_it = behind.this if isinstance(behind.this, exp.Expr) else behind.expressions[0]
        held = bare(inside_it)
        scope = self._scope(held) or self._scope(inside_it)
        is_in = (operator, _quantifier(inner)) in {("=", "any"), ("<>", "all")}
        kind: Operator = "in" if is_in else "other"
        return kind, (() if scope else (self.side(held),)), scope

    def _listed(self, inner: exp.Expr) -> tuple[tuple[Side, ...], Scope | None]:
        query = inner.args.get("query")
        if query is not None:
            return (), self._scope(query)
        listed: Iterable[exp.Expr] = inner.expressions
        other = inner.args.get("field") or inner.args.get("unnest")
        return tuple(self.side(each) for each in (*listed, *((other,) if other else ()))), None

    def _is(self, inner: exp.Expr) -> tuple[Operator, Side, tuple[Side, ...]]:
        left, held = self.side(inner.this), inner.args["expression"]
        if isinstance(held, exp.Null):
            return "is null", left, ()
        if isinstance(held, exp.Boolean):
            return ("is true" if held.this else "is false"), left, ()
        return "other", left, (self.side(held),)


def _quantifier(node: exp.Expr) -> str:
    """Give `any` or `all` where one stands behind an operator."""
    behind = node.args["expression"]
    if isinstance(behind, exp.Any):
        return "any"
    named = isinstance(behind, exp.Anonymous) and behind.name.lower() == "all"
    return "all" if isinstance(behind, exp.All) or named else ""


def _is_better_left(right: Side, left: Side) -> bool:
    return right.kind in {"column", "wrapped"} and left.kind not in {"column", "wrapped"}


def _held(
    operator: Operator, left: Side, right: tuple[Side, ...]
) -> tuple[Operator, Side, tuple[Side, ...]]:
    """Turn `$1 = ANY (tags)` round: what the array of each row holds is no IN."""
    if len(right) != 1 or right[0].kind != "column" or not _is_better_left(right[0], left):
        return operator, left, right
    return ("holds" if operator == "in" else "other"), right[0], (left,)


def _disjuncts(node: exp.Expr) -> Iterator[exp.Expr]:
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(bare(each), exp.Or):
            inner = bare(each)
            stack += [inner.args["expression"], inner.this]
        else:
            yield each


def _wrapper_name(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return node.name.lower()
    if isinstance(node, exp.Cast | exp.TryCast | exp.TsOrDsToDate):
        return "cast"
    if type(node) in _SIGNS:
        return _SIGNS[type(node)]
    if isinstance(node, exp.Func):
        return node.sql_name().lower()
    return node.key


_SIGNS: dict[type[exp.Expr], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.IntDiv: "/",
    exp.Mod: "%",
    exp.Neg: "-",
    exp.DPipe: "||",
    exp.Bracket: "[]",
    exp.AtTimeZone: "at time zone",
    exp.JSONExtract: "->",
    exp.JSONExtractScalar: "->>",
}
