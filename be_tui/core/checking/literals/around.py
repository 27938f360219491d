"""What the lines around a literal tell of it: its name, its engine, what it is part of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

_FAR = 900
"""Characters before a literal that are looked at."""

_FUNCTION = re.compile(
    r"^[ \t]*(?:export\s+|async\s+|public\s+|private\s+|protected\s+|static\s+|final\s+)*"
    r"(?:def|func|function)\s+(?:\([^)]*\)\s*)?(\w+)"
    r"|^[ \t]*(?:(?:public|private|protected|static|final|synchronized)\s+)+"
    r"[\w<>\[\], .?]+\s(\w+)\("
    r"|^[ \t]*(?:export\s+)?const\s+(\w+)\s*=\s*(?:async\s*)?\(",
    re.M,
)
_NAME = re.compile(
    r"([\w.]+)\s*(?::\s*[\w\[\]<>. |]+)?\s*(?::=|(?<![=!<>+])=)\s*(?:\(\s*|f|r|\"\"\s*\+\s*)*$"
)
_GROWING = re.compile(
    r"(?:StringBuilder|StringBuffer|append|WriteString|push|concat|Write|Space)\s*\(\s*$|\+=\s*$"
)
_ENGINES: tuple[tuple[str, Engine], ...] = (
    ("sqlite", "sqlite"),
    ("postgres", "postgresql"),
    ("mariadb", "mariadb"),
    ("mysql", "mysql"),
)
_ASKED = re.compile(
    r"^[^\n]*\b(?:if|elif|else if|case|switch|when|isinstance)\b[^\n]*?"
    r"(sqlite|postgres|mysql|mariadb)[^\n]*$",
    re.M | re.I,
)
_ELSE = re.compile(r"^[ \t}]*(?:else\b(?!\s+if)|default\s*:)", re.M)
_ENTITIES = re.compile(
    r"(?:@(\w*Query)|\b(create\w*Query))\s*\(((?:(?!;\s*\n|@\w*Query|\{\s*\n).)*)$", re.S
)
_HEAD = 300
"""Characters of a function in which its parameters stand."""

_KEY = re.compile(
    r"\([^{]*?(?:\b|_)(?:id|uuid|slug|email|username)\b|\([^{]*?[a-z](?:Id|ID|Uuid|UUID)\b"
)
"""Parameters that tell which row a function is about."""

_FILLS = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+|IGNORE\s+)?INTO|REPLACE\s+INTO|COPY)\s+[\"`\\]*(?:\w+[\"`]*\.[\"`]*)?(\w+)",
    re.I,
)
_SCRIPT = re.compile(r"@(?:Select|Insert|Update|Delete)\s*\(\s*\{[^}]*[\"']\s*,\s*$", re.S)
_NATIVE = re.compile(r"nativeQuery\s*=\s*true")


def refilled(source: str, end: int) -> frozenset[str]:
    """Give the tables, folded, that a program inserts into soon after a literal."""
    after = source[end : end + _FAR * 4]
    for function in [*_FUNCTION.finditer(after)][:1]:
        after = after[: function.start()]
    return frozenset(name.casefold() for name in _FILLS.findall(after))


def is_of_script(source: str, start: int) -> bool:
    """Tell whether a literal of Java is one of several in an annotation: MyBatis joins them."""
    return _SCRIPT.search(source[max(0, start - _FAR) : start]) is not None


def is_about_one(source: str, start: int) -> bool:
    """Tell whether the function that a literal stands in is given which row it is about."""
    before = source[max(0, start - _FAR * 4) : start]
    heads = [before[found.start() :] for found in _FUNCTION.finditer(before)]
    return bool(heads) and _KEY.search(heads[-1].split("\n\n")[0][:_HEAD]) is not None


def names(source: str, start: int) -> tuple[str, ...]:
    """Give what a literal is called, and the function that it stands in, where they are known."""
    before = source[max(0, start - _FAR * 4) : start]
    found = [each for each in (assigned(source, start),) if each]
    for function in [*_FUNCTION.finditer(before)][-1:]:
        found += [name for name in function.groups() if name]
    return tuple(found)


def assigned(source: str, start: int) -> str:
    """Give the name of the variable that a literal is assigned to; empty where it is none."""
    found = _NAME.search(source[max(0, start - 120) : start])
    return found[1] if found else ""


def is_growing(source: str, start: int) -> bool:
    """Tell whether a literal is handed to what collects the parts of a text."""
    return _GROWING.search(source[max(0, start - 60) : start]) is not None


def is_extended(source: str, name: str) -> bool:
    """Tell whether code adds something to the text that a variable holds."""
    word = re.escape(name)
    adds = (
        rf"\b{word}\s*\+(?![+\d])|[^+]\+\s*{word}\b(?!\s*\()|\$\{{{word}\}}"
        rf"|\b{word}\.(?:append|concat)\(|\b{word}\s*=\s*{word}\b|[\[(,]\s*{word}\s*,[^\n]*\bJoin\("
        rf"|\.replace\w*\({word}\b|\b{word}\.replace\w*\("
    )
    return re.search(adds, source) is not None


def is_of_entities(source: str, start: int, end: int) -> bool:
    """Tell whether a literal of Java is a query over objects, by the annotation or the call."""
    found = _ENTITIES.search(source[max(0, start - _FAR * 4) : start])
    if found is None:
        return False
    said = found[1] or found[2]
    if "Native" in said or said in {"SqlQuery", "SQLQuery"} or _NATIVE.search(found[3]):
        return False
    return not _NATIVE.search(source[end : end + 120].split("@", maxsplit=1)[0])


def engine(source: str, start: int) -> tuple[Target | None, bool]:
    """Give the engine that the nearest branch asks for, and whether a literal is of its `else`."""
    before = source[max(0, start - _FAR) : start]
    for function in [*_FUNCTION.finditer(before)][-1:]:
        before = before[function.start() :]
    for asked in [*_ASKED.finditer(before)][-1:]:
        line = asked[0].lower()
        named = [engine for word, engine in _ENGINES if word in line]
        if len(named) == 1:
            return Target(named[0]), _ELSE.search(before, asked.end()) is not None
    return None, False
