"""A column that scrolls what is in it, by the wheel or because a list in it moved its mark."""

from __future__ import annotations

from textual.containers import VerticalScroll


class Scroll(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Takes no focus and no keys: those belong to what is read beside it."""
