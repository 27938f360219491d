"""The words of the rules, from the knowledge pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.checking.checking import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.knowledge import Library, Rule


def rules_of(library: Library) -> Mapping[str, Rule]:
    """Give the words of every rule that can be found; read once, and kept by the caller."""
    return {rule: library.rule(rule) for rule in sorted(RULES)}
