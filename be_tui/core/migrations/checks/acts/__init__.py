"""What statements do, read for each engine into one noun."""

from __future__ import annotations

from be_tui.core.migrations.checks.acts.model import Act, ActKind, Node, Span, dotted

__all__ = ["Act", "ActKind", "Node", "Span", "dotted"]
