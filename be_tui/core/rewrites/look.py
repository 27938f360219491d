"""What a step looks at: a resolved query, its schema, and its text with exact places in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.rewrites.facts import never_null
from be_tui.core.rewrites.gate import marked, parameters
from be_tui.core.rewrites.layout import Layout
from be_tui.core.rewrites.model import Change, Obligation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries import ColumnUse, Condition, Query, Scope, Side, Source
    from be_tui.core.rewrites.layout import Block, Span
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Target

_BEFORE = frozenset({"WHERE", "AND", "ON", "HAVING", "(", "OR", "NOT"})
_AFTER = frozenset(
    {"", "AND", "OR", ")", "GROUP BY", "HAVING", "WINDOW", "ORDER BY", "LIMIT", "OFFSET"}
    | {"FETCH", "FOR", "UNION", "INTERSECT", "EXCEPT", ",", ";", "WHERE", "JOIN", "LEFT"}
    | {"RIGHT", "INNER", "FULL", "CROSS", "NATURAL"}
)
"""What may stand before and after a whole condition."""

_LINE = 64

_MORE_ROWS = (
    *(exp.UDTF, exp.Explode, exp.ExplodingGenerateSeries, exp.GenerateSeries, exp.Anonymous),
    *(exp.AnonymousAggFunc, exp.RegexpSplit),
)
"""What may give more rows than one in a SELECT's list, or is not known not to."""


class Look:
    """One resolved statement."""

    def __init__(self, query: Query, schema: Schema) -> None:
        """Look at a query.

        Args:
            query: Resolved.
            schema: What it was resolved against.
        """
        self.query = query
        self.schema = schema
        text = query.parsed.statement.text
        self.text = marked(text)
        """As it was written, but with a character of its own for each parameter without a name."""

        self.layout = Layout(query.parsed.tokens, text)
        self._places = [(each.start, each.end) for each in parameters(text)]

    @property
    def target(self) -> Target:
        """Give what the query is written for."""
        return self.query.target

    @property
    def engine(self) -> str:
        """Give the engine that it is written for."""
        return self.query.target.engine

    def said(self, span: Span) -> str:
        """Give what was written, on one line, for people to read."""
        start, end = self.whole(span)
        return " ".join(self.query.parsed.statement.text[start:end].split())

    def short(self, span: Span) -> str:
        """Give what was written, no longer than a line has room for."""
        said = self.said(span)
        return said if len(said) <= _LINE else f"{said[: _LINE - 1].rstrip()}…"

    def cut(self, span: Span) -> str:
        """Give what stands at a span, to put it elsewhere."""
        start, end = self.whole(span)
        return self.text[start:end]

    def whole(self, span: Span) -> Span:
        """Give a span with the parameter at its end as it is written."""
        # sqlglot reads `$12` as one sign and blanks.
        for start, end in self._places:
            if start < span[1] < end:
                return span[0], end
        return span

    def block(self, scope: Scope) -> Block | None:
        """Give where the clauses of a SELECT stand; None for what is none, or cannot be placed."""
        return self.layout.block(scope.node)

    def selects(self) -> Iterator[tuple[Scope, Block]]:
        """Give every SELECT that can be placed, with its clauses."""
        for scope in self.query.scopes:
            block = self.block(scope)
            if block is not None:
                yield scope, block

    def place(self, condition: Condition) -> Span | None:
        """Give where a whole condition stands; None where that is not sure."""
        start, end = self.whole(condition.span)
        text = self.text[start:end]
        before, after = self.layout.around((start, end))
        if before not in _BEFORE or after not in _AFTER or text.count("(") != text.count(")"):
            return None
        return None if self._is_denied((start, end)) else (start, end)

    def _is_denied(self, span: Span) -> bool:
        """Tell whether NOT stands before the brackets around a condition: it is then part of it."""
        before, after = self.layout.around(span)
        while before == "(" and after == ")":
            opened = self.layout.token_before(span[0])
            closed = self.layout.token_after(span[1])
            if opened is None or closed is None:
                return False
            span = (opened.start, closed.end + 1)
            before, after = self.layout.around(span)
        return before == "NOT"

    def value(self, condition: Condition, side: Side) -> str:
        """Give what stands on a side, to put it elsewhere; empty where its place is not sure."""
        if side.kind != "parameter":
            return self.cut(side.span)
        # A parameter has no place in the tree: it is the only one of its condition, or it is left.
        whole = self.place(condition)
        inside = self.within(whole) if whole else ()
        return self.text[slice(*inside[0])] if len(inside) == 1 and not side.wrappers else ""

    def within(self, span: Span) -> tuple[Span, ...]:
        """Give the places of the parameters in a span."""
        return tuple(each for each in self._places if span[0] <= each[0] < span[1])

    def home(self, use: ColumnUse) -> Scope | None:
        """Give the scope whose source a column belongs to."""
        return next(
            (scope for scope in self.query.scopes if any(s is use.source for s in scope.sources)),
            None,
        )

    def never_null(self, use: ColumnUse) -> str:
        """Tell why a column is never NULL where WHERE has been asked; empty where it may be."""
        return never_null(use, self.home(use), self.query.parsed.statement.text)

    def alias(self, source: Source) -> str:
        """Give the name that a source's columns are qualified with, as it is written."""
        node = source.node.args.get("alias")
        named = node.this if isinstance(node, exp.TableAlias) else source.node.this
        if not isinstance(named, exp.Identifier) or "start" not in named.meta:
            return ""
        return self.text[int(named.meta["start"]) : int(named.meta["end"]) + 1]

    def qualified(self, use: ColumnUse) -> str:
        """Give a column with its table, so that it means the same in a query further in."""
        text = self.cut(use.span)
        if use.node.args.get("table") is not None or use.source is None:
            return text
        alias = self.alias(use.source)
        return f"{alias}.{text}" if alias else ""

    def where(self, scope: Scope, block: Block, condition: str) -> tuple[Change, ...]:
        """Give the changes that add a condition to a WHERE, or a WHERE with it."""
        clause = block.clause("WHERE")
        if clause is None:
            sources = block.clause("FROM")
            end = sources[1] if sources else block.span[1]
            return (Change(end, end, f" WHERE {condition}"),)
        start, end = self.whole(clause)
        found = scope.where
        if len(found) == 1 and found[0].operator == "or" and not found[0].negated:
            first = start + len("WHERE")
            opened = first + len(self.text[first:end]) - len(self.text[first:end].lstrip())
            return (Change(opened, opened, "("), Change(end, end, f") AND {condition}"))
        return (Change(end, end, f" AND {condition}"),)

    def without(self, scope: Scope, block: Block, gone: list[Condition]) -> list[Change] | None:
        """Give the changes that take conditions out of a WHERE; None where that cannot be done."""
        clause = block.clause("WHERE")
        if clause is None:
            return None if gone else []
        if len(gone) == len(scope.where):
            return [Change(self._before(clause[0]), self.whole(clause)[1], "")]
        places = {id(each): self.place(each) for each in scope.where}
        left = [places[id(each)] for each in scope.where if each not in gone]
        taken = [places[id(each)] for each in gone]
        first = left[0]
        if first is None:
            return None
        changes: list[Change] = []
        for place in taken:
            # What stands before the first that stays goes with the AND after it, the rest with
            # the one before.
            change = None
            if place is not None and place[0] > first[0]:
                change = self.taken_out(clause, place, len(scope.where))
            elif place is not None:
                later = [each[0] for each in taken if each and place[0] < each[0] < first[0]]
                change = Change(place[0], min([*later, first[0]]), "")
            if change is None:
                return None
            changes.append(change)
        return changes

    def taken_out(self, clause: Span, place: Span, count: int) -> Change | None:
        """Give the change that takes one of so many conditions out of a clause."""
        if count == 1:
            return Change(self._before(clause[0]), self.whole(clause)[1], "")
        before = self.layout.token_before(place[0])
        after = self.layout.token_after(place[1])
        if before is not None and before.text.upper() == "AND":
            return Change(self._before(before.start), place[1], "")
        if after is not None and after.text.upper() == "AND":
            following = self.layout.token_after(after.end + 1)
            return Change(place[0], following.start if following else place[1], "")
        return None

    def _before(self, offset: int) -> int:
        """Give where the blanks before an offset begin, so that none are left behind."""
        return len(self.text[:offset].rstrip())

    def element_gone(self, span: Span) -> Change:
        """Give the change that takes a join away, with the blanks before it."""
        return Change(self._before(span[0]), self.whole(span)[1], "")

    def null_obligation(self, use: ColumnUse) -> Obligation:
        """Give that a column must not be NULL, with the proof where there is one."""
        from be_tui.core.rewrites.facts import named

        return Obligation(f"`{named(use)}` is never NULL", self.never_null(use))


def is_plain_select(scope: Scope) -> bool:
    """Tell whether a scope is a SELECT that gives a row for each row of its sources."""
    return (
        isinstance(scope.node, exp.Select)
        and not scope.groups
        and not scope.aggregates
        and not scope.windows
        and not scope.having
        and scope.limit is None
        and scope.offset is None
        and not scope.distinct_on
        and not any(scope.node.args.get(key) for key in ("group", "fetch", "qualify", "laterals"))
        and not has_more_rows(scope)
    )


def has_more_rows(scope: Scope) -> bool:
    """Tell whether an output may give several rows, as `unnest` does."""
    outputs = scope.node.expressions if isinstance(scope.node, exp.Select) else ()
    return any(each.find(*_MORE_ROWS) is not None for each in outputs)


def is_limited(scope: Scope) -> bool:
    """Tell whether LIMIT, OFFSET or FETCH keeps some of a scope's rows only."""
    return scope.limit is not None or scope.offset is not None or bool(scope.node.args.get("fetch"))


def positive(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    """Give the conditions of which NULL counts as not true: those of WHERE, and arms of its ORs."""
    for each in conditions:
        yield each
        if each.operator == "or" and not each.negated:
            for arm in each.arms:
                yield from positive(arm)


def integer(side: Side) -> int | None:
    """Give the whole number that a side is, written as one."""
    if side.kind != "literal" or side.is_text or side.wrappers or side.value is None:
        return None
    try:
        return int(side.value)
    except ValueError:
        return None
