"""What a statement does to a database that is in use, told from the schema.

effects_of(statement, state, target, inside_transaction)    its locks, work, failures and breaks
estimate(effects, statistics, schema)                       how long the work takes, as a band

Nothing is run. What the schema does not tell is said to be unknown. Names are resolved when first
used; PostgreSQL's parser is loaded by the first statement that is told of.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.estimating import Band, Estimate, estimate
    from be_tui.core.migrations.effects.telling import effects_of

__all__ = ["Band", "Estimate", "effects_of", "estimate"]

if not TYPE_CHECKING:
    _HOMES = {"estimating": ("Band", "Estimate", "estimate"), "telling": ("effects_of",)}

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
