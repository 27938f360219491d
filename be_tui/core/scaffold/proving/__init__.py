"""The proof of a generated service, on this machine.

prove(root, cancel, tell)         a `Proof`: each step, and what came of it
proof_page(proof)                 to read; `proof_json`, `evidence`, `record`
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.scaffold.proving.model import Outcome, Proof, Ran
    from be_tui.core.scaffold.proving.proving import prove
    from be_tui.core.scaffold.proving.reporting import evidence, proof_json, proof_page, record

__all__ = ["Outcome", "Proof", "Ran", "evidence", "proof_json", "proof_page", "prove", "record"]

if not TYPE_CHECKING:
    _HOMES = {
        "proving": ("prove",),
        "reporting": ("evidence", "proof_json", "proof_page", "record"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _HOMES.items() if name in names), "model")
        return getattr(import_module(f"{__name__}.{home}"), name)
