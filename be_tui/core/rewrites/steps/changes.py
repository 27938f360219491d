"""Changes put into order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.rewrites.model import Change


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Give changes in the text's order; those at one place in the order that they came in."""
    return tuple(sorted(changes, key=lambda each: (each.start, each.end)))
