"""Asks every detector, and puts what they say in the order of the time that it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.plans.judging import joins, rows, spills, steps, wholes
from be_tui.core.plans.judging.model import look_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.plans.judging.model import Detector, Remark
    from be_tui.core.plans.model import Plan

DETECTORS: Mapping[str, Detector] = {
    **rows.DETECTORS,
    **joins.DETECTORS,
    **spills.DETECTORS,
    **steps.DETECTORS,
    **wholes.DETECTORS,
}
"""By the id of the rule that has the words."""


def judge(plan: Plan) -> tuple[Remark, ...]:
    """Give what is wrong with a plan, the dearest first."""
    look = look_at(plan)
    found = [remark for detector in DETECTORS.values() for remark in detector(look)]
    order = {rule: number for number, rule in enumerate(DETECTORS)}
    return tuple(sorted(found, key=lambda each: (-each.share, each.node, order[each.rule])))
