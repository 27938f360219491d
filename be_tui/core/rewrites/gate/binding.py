"""Parameters of a statement, and values put in their places.

`?`, `?1`, `$1`, `%s`, `%(name)s` and `:name` are known; what stands in quotes or a comment is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PARAMETERS = re.compile(
    r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\n]*|/\*.*?\*/"
    r"|\$(?P<tag>[A-Za-z_]\w*|)\$.*?\$(?P=tag)\$|::"
    r"|(?P<parameter>\?\d*|\$\d+|%s\b|%\(\w+\)s|:[A-Za-z_]\w*)",
    re.S,
)
_NUMBERED = re.compile(r"\?|%s")
"""Forms that are told apart by nothing but their order."""

_FIRST_MARK = 0xE000
"""Where the characters begin that no text has: each stands for one parameter without a name."""

_MOST_MARKS = 0x1000
_FILL = "\ufffe"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One place of a parameter."""

    name: str
    """As it is written; the n-th of those without a name is `?n`."""

    start: int
    end: int


def parameters(text: str) -> tuple[Parameter, ...]:
    """Give every place of a parameter, in order."""
    return tuple(_parameters(text))


def _parameters(text: str) -> Iterator[Parameter]:
    number = 0
    for found in _PARAMETERS.finditer(text):
        name = found["parameter"]
        if name is None:
            continue
        if _NUMBERED.fullmatch(name):
            number += 1
            name = f"?{number}"
        yield Parameter(name, found.start(), found.end())


def bound(text: str, values: Mapping[str, str]) -> str:
    """Give the statement with a value in the place of each parameter."""
    parts: list[str] = []
    at = 0
    for each in parameters(text):
        parts += (text[at : each.start], values[each.name])
        at = each.end
    return "".join((*parts, text[at:]))


def marked(text: str) -> str:
    """Give the text with a character of its own for each parameter that only its place tells.

    What is cut from it and put elsewhere can then be told from what stayed.
    """
    parts: list[str] = []
    at = number = 0
    for each in parameters(text):
        written = text[each.start : each.end]
        if _NUMBERED.fullmatch(written) and number < _MOST_MARKS:
            parts += (text[at : each.start], chr(_FIRST_MARK + number).ljust(len(written), _FILL))
            at = each.end
            number += 1
    return "".join((*parts, text[at:]))


def marks(text: str) -> tuple[int, ...]:
    """Give the numbers of the marked parameters, in the order that they stand in."""
    last = _FIRST_MARK + _MOST_MARKS
    return tuple(ord(each) - _FIRST_MARK for each in text if _FIRST_MARK <= ord(each) < last)


def unmarked(text: str, written: tuple[str, ...]) -> str:
    """Give a marked text with its parameters as they were written.

    Args:
        text: With marks.
        written: Each parameter that only its place tells, in the order of the whole statement.
    """
    parts: list[str] = []
    skip = 0
    for each in text:
        number = ord(each) - _FIRST_MARK
        if 0 <= number < len(written):
            parts.append(written[number])
            skip = len(written[number]) - 1
        elif each != _FILL or not skip:
            parts.append(each)
        else:
            skip -= 1
    return "".join(parts)


def unnamed(text: str) -> tuple[str, ...]:
    """Give the parameters that only their places tell, as they are written, in order."""
    found = (text[each.start : each.end] for each in parameters(text))
    return tuple(each for each in found if _NUMBERED.fullmatch(each))[:_MOST_MARKS]
