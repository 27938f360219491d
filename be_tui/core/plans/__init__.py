"""Plans read: what EXPLAIN writes, as steps with what each takes itself, and what is wrong.

    plan = read_plan(text, path)        PostgreSQL, MySQL, MariaDB, SQLite; the form tells itself
    remarks = judge(plan)               what is wrong, the dearest first
    findings(plan, remarks, rules)      the same, with the words of rules, for every report
    compare(before, after)              two plans, step by step
    plan_page(...), compared_page(...)  documents to read
    step_lines(...), step_page(...)     a plan walked step by step

Names are resolved when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.plans.comparing import Compared, Pair, compare
    from be_tui.core.plans.judging import DETECTORS, Remark, judge
    from be_tui.core.plans.model import (
        Actual,
        Buffers,
        Condition,
        Cut,
        Estimate,
        Node,
        Plan,
        Trigger,
    )
    from be_tui.core.plans.pages import compared_page, plan_page, step_lines, step_page
    from be_tui.core.plans.reading import read_plan
    from be_tui.core.plans.reporting import compared_json, findings, plan_json
    from be_tui.core.plans.taking import LARGEST, take, take_file

__all__ = [
    "DETECTORS",
    "LARGEST",
    "Actual",
    "Buffers",
    "Compared",
    "Condition",
    "Cut",
    "Estimate",
    "Node",
    "Pair",
    "Plan",
    "Remark",
    "Trigger",
    "compare",
    "compared_json",
    "compared_page",
    "findings",
    "judge",
    "plan_json",
    "plan_page",
    "read_plan",
    "step_lines",
    "step_page",
    "take",
    "take_file",
]

_MODULES = {
    "comparing": ("Compared", "Pair", "compare"),
    "judging": ("DETECTORS", "Remark", "judge"),
    "model": ("Actual", "Buffers", "Condition", "Cut", "Estimate", "Node", "Plan", "Trigger"),
    "pages": ("compared_page", "plan_page", "step_lines", "step_page"),
    "reading": ("read_plan",),
    "reporting": ("compared_json", "findings", "plan_json"),
    "taking": ("LARGEST", "take", "take_file"),
}
"""The modules, each with the names that are imported from it when first asked for."""


def __getattr__(name: str) -> object:
    module = next((module for module, own in _MODULES.items() if name in own), None)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
