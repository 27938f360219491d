"""What is wrong with SQL: queries resolved against tables, and the tables themselves.

check(texts, rules, schema, target)         findings on texts, with the tables that they make
check_text(sql, rules, schema, target)      the same for one text, as an editor asks
gather(paths)                               the texts of files and folders, literals of programs too
gather_schema(path, target)                 the tables of a file or folder, to check against
misses_tables(read)                         whether a table of it could not be read
rules_of(library)                           the words of every rule
RULES                                       their ids

Each rule has its words in `knowledge/rules/sql/`, and the condition, by engine and version, under
which it is true, in code. Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.checking.checking import RULES, check, check_text
    from be_tui.core.checking.gathering import gather, gather_schema, misses_tables
    from be_tui.core.checking.texts import Piece, Text
    from be_tui.core.checking.wording import rules_of

__all__ = [
    "RULES",
    "Piece",
    "Text",
    "check",
    "check_text",
    "gather",
    "gather_schema",
    "misses_tables",
    "rules_of",
]

if not TYPE_CHECKING:
    _HOMES = {
        "RULES": "checking",
        "Piece": "texts",
        "Text": "texts",
        "check": "checking",
        "check_text": "checking",
        "gather": "gathering",
        "gather_schema": "gathering",
        "misses_tables": "gathering",
        "rules_of": "wording",
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
