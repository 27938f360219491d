"""The gate: a query and its new form, run side by side on rows made to tell them apart."""

from __future__ import annotations

from be_tui.core.rewrites.gate.binding import marked, marks, parameters, unmarked, unnamed
from be_tui.core.rewrites.gate.trial import Asked, Gate
from be_tui.core.rewrites.gate.values import Literals

__all__ = ["Asked", "Gate", "Literals", "marked", "marks", "parameters", "unmarked", "unnamed"]
