"""What a screen of scaffolds shows: a spec being written, and what comes of it.

work_out(text, options)               what a spec says, and what is wrong with it
resource_page, operation_page, ...    each of its parts to read
keep(store, draft), kept(store)       what lay on the desk
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.scaffold.desk.keeping import Draft, keep, kept
    from be_tui.core.scaffold.desk.model import Operation, Worked
    from be_tui.core.scaffold.desk.pages import (
        EMPTY,
        UNPROVED,
        file_page,
        no_stack_page,
        operation_page,
        resource_page,
        tables_page,
    )
    from be_tui.core.scaffold.desk.working import work_out

__all__ = [
    "EMPTY",
    "UNPROVED",
    "Draft",
    "Operation",
    "Worked",
    "file_page",
    "keep",
    "kept",
    "no_stack_page",
    "operation_page",
    "resource_page",
    "tables_page",
    "work_out",
]

if not TYPE_CHECKING:
    _HOMES = {
        "Draft": "keeping",
        "Operation": "model",
        "Worked": "model",
        "keep": "keeping",
        "kept": "keeping",
        "work_out": "working",
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'pages')}"), name)
