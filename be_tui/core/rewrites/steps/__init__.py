"""The steps of rewriting, one function a rule: each finds where it can be taken on a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from be_tui.core.rewrites.steps import (
    aggregates,
    conditions,
    distinct,
    joins,
    paging,
    ranges,
    subqueries,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.rewrites.look import Look
    from be_tui.core.rewrites.model import Step

Find = Callable[["Look"], Iterator["Step"]]
"""What finds where a step can be taken."""

STEPS: Mapping[str, Find] = {
    "rewrite-range": ranges.ranges,
    "rewrite-coalesce": conditions.coalesce,
    "rewrite-arithmetic": conditions.arithmetic,
    "rewrite-number-type": conditions.number_type,
    "rewrite-or-in": conditions.or_in,
    "rewrite-having-where": aggregates.having_where,
    "rewrite-not-in": subqueries.not_in,
    "rewrite-count-exists": subqueries.count_exists,
    "rewrite-subquery-distinct": subqueries.distinct_within,
    "rewrite-subquery-order": subqueries.order_within,
    "rewrite-union-all": distinct.union_all,
    "rewrite-distinct": distinct.distinct,
    "rewrite-distinct-exists": joins.distinct_exists,
    "rewrite-count-distinct": distinct.count_distinct,
    "rewrite-left-inner": joins.left_inner,
    "rewrite-unused-join": joins.unused_join,
    "rewrite-anti-join": joins.anti_join,
    "rewrite-scalar-join": aggregates.scalar_join,
    "rewrite-or-union": paging.or_union,
    "rewrite-keyset": paging.keyset,
}
"""By the id of the rule that has the words, in the order in which they are tried."""
