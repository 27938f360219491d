"""SQL in programs: literals that begin as a statement does, with the places of the program.

literals(source, path)      the literals of a program that are statements, as texts
made_names(source)          the tables and columns that a program makes by itself
LANGUAGES                   by the end of a file's name

Python is read by its own parser, TypeScript, Java and Go by Pygments' lexers. What a literal puts
in (`{name}`, `${name}`) becomes a template's mark, which is a value or a name to the SQL parser.
A literal to which code adds the rest is no statement, and left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.checking.texts import Text

LANGUAGES = {
    ".py": "python",
    ".ts": "typescript",
    ".tsx": "typescript",
    ".java": "java",
    ".go": "go",
}
"""By the end of a file's name."""

_VERBS = re.compile(
    r"[\"'`](?:\s|\\n)*(?:(?:--|/\*)[^\n]*\n\s*)*(?:select|insert|update|delete|with)(?:\s|\\n)",
    re.I,
)
"""A quote and a verb: a program without has no literal to look for, which costs a lexer."""

_MADE = re.compile(
    r"\bCREATE\s+(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|VIRTUAL|FOREIGN|OR|REPLACE"
    r"|MATERIALIZED)\s+)*(?:TABLE|VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?[\"`\\]*(?:\w+[\"`]*\.[\"`]*)?(\w+)"
    r"|\bALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?[\"`\\]*(\w+)[\"`\\]*\s+RENAME\s+TO\s+[\"`\\]*(\w+)"
    r"|\bRENAME\s+(?:COLUMN\s+)?[\"`\\]*(\w+)[\"`\\]*\s+TO\s+[\"`\\]*(\w+)"
    r"|\bADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?[\"`\\]*(\w+)",
    re.I,
)

__all__ = ["LANGUAGES", "literals", "made_names"]


def literals(source: str, path: str) -> tuple[Text, ...]:
    """Give the literals of a program that are statements of SQL."""
    if not _VERBS.search(source):
        return ()
    language = LANGUAGES[path[path.rfind(".") :]]
    if language == "python":
        from be_tui.core.checking.literals.python import python_literals

        return tuple(python_literals(source, path))
    from be_tui.core.checking.literals.lexed import lexed_literals

    return tuple(lexed_literals(source, path, language))


def made_names(source: str) -> frozenset[str]:
    """Give the names, folded, of tables, views and columns that a text makes, or had."""
    return frozenset(
        name.casefold() for found in _MADE.finditer(source) for name in found.groups() if name
    )
