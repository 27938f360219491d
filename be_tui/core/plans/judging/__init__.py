"""What is wrong with a plan: detectors, one for each rule of `knowledge/rules/plans/`."""

from __future__ import annotations

from be_tui.core.plans.judging.judge import DETECTORS, judge
from be_tui.core.plans.judging.model import Remark

__all__ = ["DETECTORS", "Remark", "judge"]
