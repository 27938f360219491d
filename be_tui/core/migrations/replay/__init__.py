"""Migrations run on a scratch server, and what was seen there.

observe(sandbox, statement)     the locks, work and failures of one statement on PostgreSQL
Watch(sandbox, session)         the same for statements one after the other

Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.replay.model import Observation
    from be_tui.core.migrations.replay.observing import Watch, observe

__all__ = ["Observation", "Watch", "observe"]

if not TYPE_CHECKING:
    _HOMES = {
        "model": ("Observation",),
        "observing": ("Watch", "observe"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
