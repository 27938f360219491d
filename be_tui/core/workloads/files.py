"""Queries of a .sql file; comments above a query may tell its weight and its name.

-- name: recent_posts
-- weight: 1200
SELECT ...
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.findings import Place
from be_tui.core.sqltext import split
from be_tui.core.workloads.merging import Gathering

if TYPE_CHECKING:
    from be_tui.core.sqltext import Target
    from be_tui.core.workloads.model import Workload

_WEIGHT = re.compile(r"(?:--|#|/\*+)[ \t]*(?:weight|calls)[ \t]*[:=][ \t]*(?P<said>[^\s*]+)", re.I)
_NAME = re.compile(r"(?:--|#|/\*+)[ \t]*name[ \t]*:[ \t]*(?P<said>[\w.-]+)", re.I)
QUERY = re.compile(
    r"\(*\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|MERGE|WITH|EXPLAIN|TABLE|VALUES)\b", re.I
)
"""How the statements of a workload begin; DDL, SET and the like are none of it."""


def from_sql(text: str, path: str, target: Target) -> Workload:
    """Give the queries of a text; other statements are passed over.

    Raises:
        InputError: A weight is no number.
    """
    found = Gathering(target.engine)
    end = 0
    for statement in split(text, target.engine):
        above = text[end : statement.start]
        end = statement.start + len(statement.text)
        if not QUERY.match(statement.text):
            continue
        place = Place(path, statement.line, statement.column)
        weight = _weight(above, path, statement.line - above.count("\n"))
        names = _NAME.findall(above)
        found.add(statement.text, place, weight, name=names[-1] if names else "")
    return found.made("sql")


def _weight(above: str, path: str, first: int) -> float:
    weight = 1.0
    for found in _WEIGHT.finditer(above):
        said = found["said"].replace("_", "").replace(",", "")
        try:
            weight = float(said)
        except ValueError:
            weight = -1.0
        if not isfinite(weight) or weight <= 0:
            line = first + above.count("\n", 0, found.start())
            message = f"expected how often the query is run, found {found['said']!r}"
            hint = "write `-- weight: 100`"
            raise InputError(message, where=f"{path}:{line}", hint=hint)
    return weight
