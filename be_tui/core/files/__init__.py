"""Files to be: the only way in which be-tui writes into a person's project.

    files = FileSet((NewFile("docs/decisions/0001-cache.md", text),))
    changes = compare(files, root)             # reads only
    difference(changes[0])                     # what would change, as a document
    done = export(changes, root)               # new files; changed ones only if named
    undo(done)                                 # as it was before
    merge(base, ours, theirs)                  # what two sides made of a text

Nothing is ever half written: an export either happens whole or leaves no trace.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.files.comparison import compare
    from be_tui.core.files.differences import Row, Side, difference, side_by_side
    from be_tui.core.files.exports import export, undo
    from be_tui.core.files.merging import Merged, Part, merge
    from be_tui.core.files.model import Change, Export, FileSet, NewFile, Status, Written

__all__ = [
    "Change",
    "Export",
    "FileSet",
    "Merged",
    "NewFile",
    "Part",
    "Row",
    "Side",
    "Status",
    "Written",
    "compare",
    "difference",
    "export",
    "merge",
    "side_by_side",
    "undo",
]

if not TYPE_CHECKING:
    _HOMES = {
        "model": ("Change", "Export", "FileSet", "NewFile", "Status", "Written"),
        "comparison": ("compare",),
        "differences": ("Row", "Side", "difference", "side_by_side"),
        "exports": ("export", "undo"),
        "merging": ("Merged", "Part", "merge"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
