"""Plans as documents: what costs most in words, then the steps with their bars."""

from __future__ import annotations

from be_tui.core.plans.pages.comparison import compared_page
from be_tui.core.plans.pages.plan import plan_page
from be_tui.core.plans.pages.step import step_lines, step_page

__all__ = ["compared_page", "plan_page", "step_lines", "step_page"]
