"""Steps on joins: LEFT JOINs not needed as such, joins that only ask whether a row is there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.rewrites.facts import at_most_one, named, rejects_null, told_apart
from be_tui.core.rewrites.gains import worth
from be_tui.core.rewrites.look import has_more_rows, is_limited
from be_tui.core.rewrites.model import Change, Obligation, Step
from be_tui.core.rewrites.steps.changes import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries import ColumnUse, Condition, Scope, Source
    from be_tui.core.rewrites.layout import Block, Element, Span
    from be_tui.core.rewrites.look import Look

_SIDES = frozenset({"right", "full"})


def _left_joins(look: Look) -> Iterator[tuple[Scope, Block, Source, Element]]:
    for scope, block in look.selects():
        if any(each.kind in _SIDES for each in scope.sources):
            continue
        for source in scope.sources:
            element = block.element_at(source.span[0])
            if source.kind != "left" or element is None or element.using or element.on is None:
                continue
            if element.words in {"LEFT JOIN", "LEFT OUTER JOIN"} and source.table is not None:
                yield scope, block, source, element


def left_inner(look: Look) -> Iterator[Step]:
    """Make a LEFT JOIN an inner one where WHERE drops the rows that it would add."""
    for scope, _, source, element in _left_joins(look):
        for condition in scope.where:
            uses = (each for each in condition.columns if each.source is source)
            dropped = next((use for use in uses if rejects_null(condition, use)), None)
            if dropped is None:
                continue
            said = look.said(condition.span)
            yield Step(
                "rewrite-left-inner",
                f"the LEFT JOIN of `{source.name}` becomes an inner one",
                (Change(*element.words_span, "JOIN"),),
                (
                    Obligation(
                        f"no row stays for which `{source.name}` has none",
                        f"`{said}` is not true where `{named(dropped)}` is NULL",
                    ),
                ),
                worth("rewrite-left-inner", look.target),
            )
            break


def unused_join(look: Look) -> Iterator[Step]:
    """Drop a LEFT JOIN of which nothing is used, and which makes no row twice."""
    for scope, _, source, element in _left_joins(look):
        if _is_starred(scope, source) or element.on is None:
            continue
        if any(not _within(use, element.on) for use in scope.columns_of(source)):
            continue
        yield Step(
            "rewrite-unused-join",
            f"the LEFT JOIN of `{source.name}` goes: nothing of it is used",
            (look.element_gone(element.span),),
            (
                Obligation(
                    f"`{source.name}` has at most one row for each row before it",
                    at_most_one(scope, source, look.target),
                ),
            ),
            _unused_pays(look, scope),
        )


def _unused_pays(look: Look, scope: Scope) -> str:
    """Tell why it pays: SQLite drops such a join by itself where nothing is added up."""
    if look.engine == "sqlite" and not scope.aggregates and not scope.groups:
        return ""
    return worth("rewrite-unused-join", look.target)


def anti_join(look: Look) -> Iterator[Step]:
    """Put NOT EXISTS in the place of a LEFT JOIN whose rows must be missing."""
    for scope, _, source, element in _left_joins(look):
        if _is_starred(scope, source) or element.on is None:
            continue
        asked = [each for each in scope.where if _asks_missing(each, source)]
        uses = scope.columns_of(source)
        if len(asked) != 1 or asked[0].left is None or asked[0].left.column is None:
            continue
        place = look.place(asked[0])
        if place is None:
            continue
        if any(not (_within(use, element.on) or _within(use, place)) for use in uses):
            continue
        use = asked[0].left.column
        if not _is_found(look, scope, source):
            continue
        fact = _present(look, scope, source, use)
        # PostgreSQL sees it by itself where the condition of the join asks for that column.
        asked_on = any(rejects_null(each, use) for each in scope.on(source))
        free = look.engine == "postgresql" and asked_on
        exists = f"NOT {_exists(look, element, _on(look, element))}"
        yield Step(
            "rewrite-anti-join",
            f"the LEFT JOIN of `{source.name}` for what is missing becomes NOT EXISTS",
            in_order((look.element_gone(element.span), Change(*place, exists))),
            (Obligation(f"`{named(use)}` is never NULL in a row that joins", fact),),
            "" if free else worth("rewrite-anti-join", look.target),
        )


def _is_found(look: Look, scope: Scope, source: Source) -> bool:
    """Tell whether a table may be asked row by row: SQLite then needs an index that leads to it.

    For a join it makes one for itself, for a subquery it does not.
    """
    if look.engine != "sqlite":
        return True
    return any(
        use.source is source and use.table is not None and use.table.leads(use.name)
        for each in scope.conditions
        if each.operator == "=" and len(each.columns) > 1
        for use in each.columns
    )


def _asks_missing(condition: Condition, source: Source) -> bool:
    left = condition.left
    plain = left is not None and left.kind == "column" and left.column is not None
    missing = condition.operator == "is null" and not condition.negated
    return bool(missing and plain and left and left.column and left.column.source is source)


def _present(look: Look, scope: Scope, source: Source, use: ColumnUse) -> str:
    """Tell why a column of a joined row is never NULL."""
    for condition in scope.on(source):
        if rejects_null(condition, use):
            return f"`{look.said(condition.span)}` is not true where it is NULL"
    column, table = use.column, use.table
    if column is not None and table is not None and not column.nullable:
        return f"{named(use)} holds no NULL"
    return ""


def distinct_exists(look: Look) -> Iterator[Step]:
    """Put EXISTS in the place of a join whose rows only DISTINCT takes together again."""
    for scope, block in look.selects():
        if not _may_lose_a_join(scope) or block.distinct is None:
            continue
        for source in scope.sources:
            step = _distinct_exists(look, scope, block, source)
            if step is not None:
                yield step


def _may_lose_a_join(scope: Scope) -> bool:
    plain = scope.distinct and not scope.distinct_on and not scope.groups and not scope.aggregates
    # `*` is more than it was once a table is gone, and less.
    return (
        plain
        and not scope.windows
        and not scope.having
        and not any(star.source is None for star in scope.stars)
        and len(scope.sources) > 1
        and not any(each.kind in _SIDES for each in scope.sources)
        and not has_more_rows(scope)
        and not (is_limited(scope) and not scope.order)
    )


def _distinct_exists(look: Look, scope: Scope, block: Block, source: Source) -> Step | None:
    element = block.element_at(source.span[0])
    if element is None or source.table is None or source.kind not in {"from", "inner", "comma"}:
        return None
    if element.using or source.optional or _is_starred(scope, source):
        return None
    if look.target.is_mysql or not _is_found(look, scope, source):
        # MariaDB makes the join anyway, and takes longer for it.
        return None
    moved = _only_asks(look, scope, block, source, element)
    others = [each for each in scope.sources if each is not source]
    facts = _others_apart(look, scope, source, others)
    if moved is None or facts is None:
        return None
    gone, conditions = moved
    where = [look.cut(place) for each in conditions if (place := look.place(each))]
    asked = " AND ".join([*gone.conditions, *where])
    exists = _exists(look, element, asked)
    cleared = look.without(scope, block, conditions)
    if cleared is None or not asked:
        return None
    clause = block.clause("WHERE")
    if clause is not None and len(conditions) == len(scope.where):
        cleared = [Change(clause[0], look.whole(clause)[1], f"WHERE {exists}")]
    else:
        cleared += look.where(scope, block, exists)
    word = block.distinct or (0, 0)
    changes = (Change(word[0], word[1], ""), *gone.changes, *cleared)
    return Step(
        "rewrite-distinct-exists",
        f"the join of `{source.name}` becomes EXISTS, and DISTINCT goes",
        in_order(changes),
        (
            Obligation(f"nothing of `{source.name}` is selected", "no column of it is named there"),
            Obligation("no two rows are the same without it", "; ".join(facts)),
        ),
        worth("rewrite-distinct-exists", look.target),
    )


@dataclass(frozen=True, slots=True)
class _Gone:
    """How a source leaves FROM."""

    changes: tuple[Change, ...]
    conditions: tuple[str, ...]
    """What it was joined on."""


def _only_asks(
    look: Look, scope: Scope, block: Block, source: Source, element: Element
) -> tuple[_Gone, list[Condition]] | None:
    """Give how a source goes, and the conditions of WHERE that go with it.

    Nothing where it is used anywhere else.
    """
    gone = _leaving(look, block, element)
    if gone is None:
        return None
    conditions = [
        each
        for each in scope.where
        if any(_within(use, each.span) for use in scope.columns_of(source))
    ]
    spans = [look.place(each) for each in conditions]
    held = [span for span in spans if span is not None]
    follower = _follower(block, element) if not element.words else None
    held += [each.on for each in (element, follower) if each is not None and each.on is not None]
    if len(held) < len(conditions) or any(
        not any(_within(use, span) for span in held) for use in scope.columns_of(source)
    ):
        return None
    return gone, conditions


def _leaving(look: Look, block: Block, element: Element) -> _Gone | None:
    """Give how a source leaves FROM: with its join, or by letting the next one begin."""
    on = (_on(look, element),) if element.on is not None else ()
    if element.words in {"JOIN", "INNER JOIN", ","}:
        return _Gone((look.element_gone(element.span),), on)
    follower = _follower(block, element)
    if element.words or follower is None or follower.using:
        return None
    if follower.words == ",":
        return _Gone((Change(element.span[0], follower.body, ""),), ())
    if follower.words not in {"JOIN", "INNER JOIN"} or follower.on is None:
        return None
    end = look.whole(follower.span)[1]
    kept = Change(element.span[0], end, _body(look, follower))
    return _Gone((kept,), (_on(look, follower),))


def _follower(block: Block, element: Element) -> Element | None:
    at = block.elements.index(element) + 1
    return block.elements[at] if at < len(block.elements) else None


def _others_apart(
    look: Look, scope: Scope, source: Source, others: list[Source]
) -> tuple[str, ...] | None:
    """Tell why no two rows are the same once a source is gone."""
    numbers = {each.number for each in others}
    kept = tuple(
        each
        for each in scope.conditions
        if not any(use.source is source for use in each.columns)
        and (each.clause != "on" or each.source in numbers)
    )
    given = [each.column for each in scope.outputs if each.column is not None]
    return told_apart(replace(scope, sources=tuple(others), conditions=kept), given, look.target)


def _is_starred(scope: Scope, source: Source) -> bool:
    return any(star.source is None or star.source is source for star in scope.stars)


def _within(use: ColumnUse, span: Span) -> bool:
    return span[0] <= use.span[0] and use.span[1] <= span[1]


def _on(look: Look, element: Element) -> str:
    text = look.cut(element.on) if element.on else ""
    return f"({text})" if " OR " in f" {' '.join(text.upper().split())} " else text


def _exists(look: Look, element: Element, asked: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_body(look, element)} WHERE {asked})"  # noqa: S608 (the query's own text)


def _body(look: Look, element: Element) -> str:
    """Give a table as it is written in FROM, with its alias."""
    end = element.span[1]
    if element.on is not None:
        word = look.layout.token_before(element.on[0])
        end = word.start if word else end
    return look.text[element.body : end].strip()
