"""Whether be-tui has what it needs here, check by check, with what to do where it has not.

    for check in examine(project):
        check.name, check.state, check.found, check.todo

A check that fails in itself is a check that is wrong; nothing raises.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.health.examination import examine
    from be_tui.core.health.model import Check, State

__all__ = ["Check", "State", "examine"]

if not TYPE_CHECKING:
    _HOMES = {"Check": "model", "State": "model", "examine": "examination"}

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name in _HOMES:
            return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
