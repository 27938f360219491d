"""The steps of rewriting, one function a rule: each finds where it can be taken on a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.rewrites.steps import conditions, subqueries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from be_tui.core.rewrites.look import Look
    from be_tui.core.rewrites.model import Step

STEPS: Mapping[str, Callable[[Look], Iterator[Step]]] = {
    "rewrite-coalesce": conditions.coalesce,
    "rewrite-arithmetic": conditions.arithmetic,
    "rewrite-number-type": conditions.number_type,
    "rewrite-or-in": conditions.or_in,
    "rewrite-not-in": subqueries.not_in,
    "rewrite-count-exists": subqueries.count_exists,
    "rewrite-subquery-distinct": subqueries.distinct_within,
    "rewrite-subquery-order": subqueries.order_within,
}
"""By the id of the rule that has the words, in the order in which they are tried."""
