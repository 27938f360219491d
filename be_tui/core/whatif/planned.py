"""What PostgreSQL's `EXPLAIN (FORMAT JSON)` says, as a judgement."""

from __future__ import annotations

import re
from json import loads
from typing import TYPE_CHECKING

from be_tui.core.sqltext import split
from be_tui.core.whatif.model import Judged, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARAMETER = re.compile(r"\$[0-9]")


def explaining(sql: str) -> str:
    """Give the statement that asks for a plan.

    Raises:
        RefusedError: It is not one statement: what stands behind a semicolon would be run.
    """
    found = tuple(split(sql, "postgresql"))
    if len(found) != 1:
        raise RefusedError(f"expected one statement, found {len(found)}")
    generic = ", GENERIC_PLAN" if _PARAMETER.search(found[0].text) else ""
    return f"EXPLAIN (FORMAT JSON{generic})\n{found[0].text}"


def judged(plan: str, names: Mapping[str, str]) -> Judged:
    """Give cost and indexes of a plan.

    Args:
        plan: The JSON.
        names: What indexes are called by people, by what they are called in the plan.
    """
    top = loads(plan)[0]["Plan"]
    used: dict[str, None] = {}
    waiting = [top]
    while waiting:
        node = waiting.pop()
        name = node.get("Index Name")
        if name is not None:
            used[names.get(name, name)] = None
        waiting += reversed(node.get("Plans", []))
    for own, name in names.items():
        # Ours stand in no text of a person's, so that no condition is touched.
        plan = plan.replace(f'"{own}"', f'"{name}"')
    return Judged(float(top["Total Cost"]), plan, tuple(used))
