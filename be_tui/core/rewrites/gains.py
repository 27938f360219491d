"""Which step pays on which engine and version, as measured; what an engine does by itself is free.

A step that is free is not taken, unless a person wants the query tidied for its readers. The
figures: `python -m benchmarks.rewrites`. Steps know themselves where a gain hangs on an index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.sqltext import Target

_EVERYWHERE = frozenset({"sqlite", "postgresql", "mysql", "mariadb"})
_LIGHT = frozenset({"sqlite", "postgresql"})
_POSTGRESQL = frozenset({"postgresql"})
_MYSQL = frozenset({"mysql"})
_SQLITE = frozenset({"sqlite"})
_NOWHERE: frozenset[str] = frozenset()

_WORTH: dict[str, tuple[frozenset[str], str]] = {
    "rewrite-range": (_EVERYWHERE, "an index on the column serves a range, not a function of it"),
    "rewrite-coalesce": (_EVERYWHERE, "an index on the column serves it, not COALESCE of it"),
    "rewrite-arithmetic": (_EVERYWHERE, "an index on the column serves it, not a sum with it"),
    "rewrite-number-type": (
        _POSTGRESQL,
        "an integer beside a numeric is converted row by row, which no index serves",
    ),
    "rewrite-or-in": (_POSTGRESQL, "one search of an index with a list, not one for each value"),
    "rewrite-or-union": (
        _LIGHT,
        "conditions on two tables that OR joins are tried on each row of the join",
    ),
    "rewrite-not-in": (_LIGHT, "the engine may join and stop at the first match"),
    "rewrite-count-exists": (_EVERYWHERE, "EXISTS stops at the first row, COUNT reads them all"),
    "rewrite-subquery-distinct": (_POSTGRESQL, "the subquery can then be joined, not worked out"),
    "rewrite-subquery-order": (_LIGHT, "the subquery is then not sorted"),
    "rewrite-union-all": (_EVERYWHERE, "the rows are not sorted or hashed to find the same ones"),
    "rewrite-distinct": (_EVERYWHERE, "the rows are not sorted or hashed to find the same ones"),
    "rewrite-distinct-exists": (
        _LIGHT,
        "the join makes no row several times that DISTINCT then takes away",
    ),
    "rewrite-count-distinct": (_POSTGRESQL, "values that are all different need not be collected"),
    "rewrite-left-inner": (_NOWHERE, ""),
    "rewrite-unused-join": (_MYSQL | _SQLITE, "the table is not looked at"),
    "rewrite-anti-join": (_LIGHT, "it stops at the first match instead of joining all"),
    "rewrite-scalar-join": (_EVERYWHERE, "one pass over the table instead of one for each row"),
    "rewrite-having-where": (_NOWHERE, ""),
    "rewrite-keyset": (_EVERYWHERE, "the page is found by an index, not by counting rows up to it"),
}

_SINCE_OR_IS_IN = 18
"""PostgreSQL makes an IN of ORs by itself from this version on."""

RULES: tuple[str, ...] = tuple(_WORTH)
"""The ids of all steps, in the order in which they are tried on a query."""


def worth(rule: str, target: Target) -> str:
    """Tell why an engine gains by a step; empty where it does the same by itself."""
    engines, words = _WORTH[rule]
    if target.engine not in engines:
        return ""
    if rule == "rewrite-or-in" and target.engine == "postgresql" and target.since(_SINCE_OR_IS_IN):
        return ""
    return words
