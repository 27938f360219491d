"""What a query gives, and in which order: pages, ties, stars, counts, subqueries per row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.checking.model import Remark, covers_key, fixed_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.checking.model import Detector, Look
    from be_tui.core.findings import Severity
    from be_tui.core.queries import Scope, Side, Source

_WIDE = frozenset(
    {"json", "jsonb", "bytea", "blob", "mediumblob", "longblob", "mediumtext", "longtext"}
)
_SHORT = re.compile(
    r"(?:key|hash|digest|token|signature|sig|checksum|nonce|salt|preimage|secret|fingerprint|u?u?id"
    r"|mac|iv|key_?\d|code)$"
)
"""What a binary column is called that holds a few bytes."""

_SAMPLE = re.compile(r"random|sample|suggest", re.I)
"""How a program calls a query that may give any rows."""

_RANDOM = frozenset({"rand", "random", "uuid", "gen_random_uuid"})


def offset_paging(look: Look) -> Iterator[Remark]:
    """Find pages by OFFSET: the rows before them are read and thrown away."""
    for scope in look.scopes:
        if scope.offset is None or scope.limit is None:
            continue
        if scope.limit.value == 1 or (scope.offset.value == 0 and _takes_first(look)):
            # The n-th row is asked for, or the first ones, and not a page.
            continue
        span = scope.order[-1].span if scope.order else scope.span
        said = "pages by OFFSET: each page reads all pages before it, and rows move between pages"
        yield Remark("sql-offset-paging", _bound_span(look, span), said)


def _takes_first(look: Look) -> bool:
    """Tell whether OFFSET 0 is no page: it has to stand before FETCH, or a job writes in turns."""
    return look.query.kind in {"delete", "update"} or any(
        token.text.upper() == "FETCH" for token in look.query.parsed.tokens
    )


def _bound_span(look: Look, near: tuple[int, int]) -> tuple[int, int]:
    """Give where OFFSET stands, after the ORDER BY of its scope."""
    for token in look.query.parsed.tokens:
        if token.start >= near[0] and token.text.upper() == "OFFSET":
            return token.start, token.end + 1
    return near


def no_tie_breaker(look: Look) -> Iterator[Remark]:
    """Find ORDER BY ... LIMIT whose order leaves ties open."""
    for scope in look.scopes:
        if not scope.order or scope.limit is None or scope.limit.value == 1:
            continue
        if len(scope.sources) != 1 or scope.groups or scope.distinct or scope.aggregates:
            continue
        (source,) = scope.sources
        if source.table is None or not source.table.unique_sets:
            continue
        columns = [sort.column for sort in scope.order]
        if any(use is None or use.source is not source for use in columns):
            continue
        names = frozenset(use.name for use in columns if use) | fixed_columns(scope, source)
        if scope.locks or _takes_any(look, scope):
            # A job takes some of what waits; which of those that tie is no matter.
            continue
        counted = any(each.auto and each.name.folded in names for each in source.table.columns)
        if not counted and not covers_key(source.table, names):
            last = scope.order[-1]
            keys = ((len(each - names), sorted(each - names)) for each in source.table.unique_sets)
            key = ", ".join(min(keys)[1])
            said = f"rows with the same {look.said(last.span)} come in any order: end with {key}"
            weight: Severity | None = None if _is_page(scope) else "info"
            yield Remark("sql-no-tie-breaker", last.span, said, severity=weight)


def _is_page(scope: Scope) -> bool:
    """Tell whether rows before or after these are asked for too: by OFFSET, or from a cursor on."""
    if scope.offset is not None:
        return True
    onwards = {(sort.column.name, sort.descending) for sort in scope.order if sort.column}
    return any(
        (use.name, each.operator in {"<", "<="}) in onwards
        for condition in scope.where
        for each in condition.walk()
        if each.operator in {"<", "<=", ">", ">="} and each.left and _is_cursor(each.right)
        for use in each.left.columns
    )


def _is_cursor(sides: tuple[Side, ...]) -> bool:
    """Tell whether values are those of a row that was seen: known outside of the query."""
    parts = [part for side in sides for part in side.parts or (side,)]
    return all(part.kind in {"literal", "parameter"} for part in parts)


def limit_without_order(look: Look) -> Iterator[Remark]:
    """Find LIMIT of more than one row, of rows in no order."""
    for scope in look.scopes:
        if (
            scope.limit is None
            or scope.order
            or scope.use not in {"root", "arm", "derived", "body"}
        ):
            continue
        if scope.limit.value in {0, 1} or (scope.aggregates and not scope.groups):
            continue
        if look.in_program and scope.offset is None:
            # A program takes some of many: a batch, a sample, a preview.
            continue
        if not scope.sources or all(source.scope or source.is_function for source in scope.sources):
            continue
        if scope.limit.value is None and scope.offset is None and scope.use != "root":
            continue
        if look.is_one_row(scope, scope.sources[0]) or _takes_any(look, scope):
            continue
        if all(isinstance(each.node, exp.Literal) for each in scope.outputs):
            # Each row gives the same: only how many there are is asked for.
            continue
        said = "LIMIT without ORDER BY: which rows are given is left to chance"
        span = scope.sources[0].span
        yield Remark("sql-limit-without-order", span, said)


def _takes_any(look: Look, scope: Scope) -> bool:
    """Tell whether any rows will do: those that nobody has locked, or so many that are counted."""
    if scope.locks and any(
        each.args.get("wait") is False for each in scope.node.args.get("locks") or ()
    ):
        return True
    if any(_SAMPLE.search(name) for name in look.names):
        return True
    if scope.use in {"in", "not in"}:
        # A batch of a job: the others come next time.
        return True
    above = look.scopes[scope.parent] if scope.parent >= 0 else None
    return scope.use == "derived" and above is not None and above.aggregates


def order_by_random(look: Look) -> Iterator[Remark]:
    """Find ORDER BY random()."""
    for scope in look.scopes:
        for sort in scope.order:
            inner = sort.node.this if isinstance(sort.node, exp.Ordered) else sort.node
            if isinstance(inner, exp.Func) and not sort.columns:
                name = look.query.text(sort.span).split("(")[0].strip().lower()
                if name in _RANDOM:
                    said = (
                        f"{look.said(sort.span)} is computed for every row, and all are"
                        " sorted by it"
                    )
                    yield Remark("sql-order-by-random", sort.span, said)


def count_for_existence(look: Look) -> Iterator[Remark]:
    """Find a subquery that counts all rows to learn whether there is one."""
    for scope in look.scopes:
        for inner in scope.children:
            if inner.use != "scalar" or inner.groups or len(inner.outputs) != 1:
                continue
            if any(source.is_cte for source in inner.sources):
                # Its rows are there already, as often as not.
                continue
            if inner.sources and all(look.is_one_row(inner, source) for source in inner.sources):
                continue
            counted = inner.outputs[0].node
            counted = counted.this if isinstance(counted, exp.Alias) else counted
            if isinstance(counted, exp.Count) and _asks_for_one(inner):
                said = (
                    "COUNT reads every row to tell whether there is one; EXISTS stops at the first"
                )
                yield Remark("sql-count-for-existence", inner.span, said)


def _asks_for_one(inner: Scope) -> bool:
    node, parent = inner.node, inner.node.parent
    while isinstance(parent, exp.Paren | exp.Subquery):
        node, parent = parent, parent.parent
    if not isinstance(parent, exp.GT | exp.GTE | exp.LT | exp.LTE | exp.EQ | exp.NEQ):
        return False
    turned = parent.expression is node
    other = parent.this if turned else parent.expression
    if not isinstance(other, exp.Literal) or other.is_string:
        return False
    turns = {exp.GT: exp.LT, exp.LT: exp.GT, exp.GTE: exp.LTE, exp.LTE: exp.GTE}
    kind = turns.get(type(parent), type(parent)) if turned else type(parent)
    return (kind, other.name) in {
        (exp.GT, "0"),
        (exp.GTE, "1"),
        (exp.EQ, "0"),
        (exp.NEQ, "0"),
        (exp.LT, "1"),
        (exp.LTE, "0"),
    }


def select_star(look: Look) -> Iterator[Remark]:
    """Find `*` where it costs: over joins, over wide columns, in views and what is inserted."""
    for scope in look.scopes:
        if not scope.stars or scope.use not in {"root", "body"}:
            continue
        for star in scope.stars:
            sources = (star.source,) if star.source else scope.sources
            why = _star_costs(look, scope, tuple(sources), whole=star.source is None)
            if why and not all(look.is_one_row(scope, source) for source in sources):
                yield Remark("sql-select-star", star.span, why)
                return


def _star_costs(look: Look, scope: Scope, sources: tuple[Source, ...], *, whole: bool) -> str:
    if any(source.scope is not None for source in sources):
        return ""
    if scope.use == "body":
        return "* inserts whatever columns there are: one more, and it fails or lands elsewhere"
    if look.query.kind == "create":
        if str(look.query.parsed.tree.args.get("kind")).upper() != "VIEW":
            return ""
        return "* is fixed to today's columns when the view is made"
    named = [source for source in sources if source.name]
    if whole and len(named) > 1 and len(named) == len(sources):
        return f"* gives all columns of {len(named)} tables, some names twice"
    for source in named:
        keyed = {name for key in source.table.unique_sets for name in key} if source.table else ()
        for column in source.table.columns if source.table else ():
            short = column.type.family != "json" and _SHORT.search(column.name.folded)
            wide = column.type.name in _WIDE or column.type.declared.lower() in _WIDE
            if wide and column.name.folded not in keyed and not short:
                kind = column.type if column.type.name in _WIDE else column.type.declared.lower()
                return f"* fetches {column.name.text} ({kind}) of each row, wanted or not"
    return ""


def correlated(look: Look) -> Iterator[Remark]:
    """Find aggregates that PostgreSQL computes anew for each row it gives."""
    if look.target.engine != "postgresql":
        return
    for scope in look.scopes:
        if scope.limit is not None or not scope.sources or scope.use == "written":
            continue
        if any(look.is_one_row(scope, source) for source in scope.sources):
            continue
        for inner in scope.children:
            if inner.use != "scalar" or not inner.aggregates or not inner.correlated:
                continue
            shown = any(inner.node in output.node.walk() for output in scope.outputs)
            if shown and len(inner.sources) == 1 and inner.sources[0].table is not None:
                said = (
                    f"{inner.sources[0].alias} is aggregated anew for each row of"
                    f" {scope.sources[0].alias}"
                )
                yield Remark("sql-correlated-aggregate", inner.span, said)


def mixed_order(look: Look) -> Iterator[Remark]:
    """Find orders of both directions, for which old MySQL and MariaDB have no index."""
    target = look.target
    if not target.is_mysql or not target.version:
        return
    if target.since(8, 0) if target.engine == "mysql" else target.since(10, 8):
        return
    for scope in look.scopes:
        ways = {sort.descending for sort in scope.order if sort.column}
        if scope.limit is not None and len(ways) > 1:
            said = "ascending and descending at once: this version has no index for it, and sorts"
            yield Remark("sql-mixed-order", scope.order[0].span, said)


DETECTORS: Mapping[str, Detector] = {
    "sql-offset-paging": offset_paging,
    "sql-no-tie-breaker": no_tie_breaker,
    "sql-limit-without-order": limit_without_order,
    "sql-order-by-random": order_by_random,
    "sql-count-for-existence": count_for_existence,
    "sql-select-star": select_star,
    "sql-correlated-aggregate": correlated,
    "sql-mixed-order": mixed_order,
}
