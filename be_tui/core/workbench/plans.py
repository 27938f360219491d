"""Whether a text is a plan rather than SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from be_tui.core.plans import Plan

_SQL = re.compile(
    r"(?:\s|--[^\n]*|/\*.*?\*/|\()*(?:SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|REPLACE|VALUES|CREATE"
    r"|ALTER|DROP|BEGIN|SET|PRAGMA|GRANT|TRUNCATE|COMMENT|EXPLAIN\b[^\n]*\b(?:SELECT|WITH))\b",
    re.S | re.I,
)

_PLAN = re.compile(
    r"\(cost=|\(actual |query_block|Node Type|<explain|select_type|-> |QUERY PLAN"
    r"|\bSCAN \w|\bSEARCH \w"
)


def may_be_plan(text: str) -> bool:
    """Tell at once whether a text could be a plan; `as_plan` knows."""
    return not _SQL.match(text) and _PLAN.search(text) is not None


def as_plan(text: str, path: str = "") -> Plan | None:
    """Give the plan that a text is; None where it is none, or where it begins as SQL does."""
    from be_tui.core.plans import read_plan

    if not text.strip() or _SQL.match(text):
        return None
    try:
        return read_plan(text, path)
    except InputError:
        return None
