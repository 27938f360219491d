"""Services from a resource spec.

read_spec(path)       a spec, with every fault at its line
sound_spec(path)      one that must be sound
parse_spec(text)      one that is being written

Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import (
        Accounts,
        Bounds,
        Field,
        Link,
        Permission,
        Resource,
        Service,
    )
    from be_tui.core.scaffold.reading import SpecRead, parse_spec, read_spec, sound_spec, spec_text

__all__ = [
    "Accounts",
    "Bounds",
    "Field",
    "Link",
    "Permission",
    "Resource",
    "Service",
    "SpecRead",
    "parse_spec",
    "read_spec",
    "sound_spec",
    "spec_text",
]

if not TYPE_CHECKING:
    _READING = ("SpecRead", "parse_spec", "read_spec", "sound_spec", "spec_text")

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = "reading" if name in _READING else "model"
        return getattr(import_module(f"{__name__}.{home}"), name)
