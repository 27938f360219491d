"""The noun of an examination: one check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "wrong"]
"""As it should be; works, though something is worth knowing; does not work."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was found about one thing that be-tui needs."""

    name: str
    state: State
    found: str
    todo: str = ""
    """What to do about it; empty where there is nothing to do."""
