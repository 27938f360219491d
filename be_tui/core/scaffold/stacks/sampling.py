"""Values for samples of rows and for tests: texts that a pattern takes, what tells rows apart."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import islice, product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Given = Any
_Part = tuple[Any, Any]
"""What the parser of `re` gives: a name, and what belongs to it."""

_MANY = 40
"""Samples of one pattern: more than a test ever keeps at once."""

_VARIED = 3
"""Repeats that differ from one sample to another; the others are alike."""

_TRIED = 4000
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ .:/@"
_REPEATS = (0, 1, 2, 3, 5, 8, 12, 20, 40)

_LITERAL = re.compile(r"""(?<!\w)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
"""A string that nothing is put into: those that take values begin with a letter or a backtick."""


def is_numbered(*expressions: str) -> bool:
    """Tell whether code uses the variable `number`, which is another for each row.

    A spec may have the word among its choices: in strings it does not count.
    """
    return any(re.search(r"\bnumber\b", _LITERAL.sub("", each)) for each in expressions)


def samples(pattern: str, least: int, most: int) -> tuple[str, ...]:
    """Give some texts of allowed lengths that a pattern takes whole; none where none is found."""
    parser = import_module("re._parser")
    tree = list(parser.parse(pattern))
    whole = re.compile(pattern)
    found: dict[str, None] = {}
    for text in islice(_texts(tree, max(least, 1)), _TRIED):
        if least <= len(text) <= most and "\0" not in text and whole.fullmatch(text):
            found[text] = None
        if len(found) == _MANY:
            break
    return tuple(found)


def _texts(tree: Sequence[_Part], least: int) -> Iterator[str]:
    """Give texts: each part in several ways, those that are long enough first."""
    for repeats in (least, *_REPEATS):
        yield from ("".join(each) for each in product(*(_ways(part, repeats) for part in tree)))


def _ways(part: _Part, repeats: int) -> list[str]:
    name, given = str(part[0]), part[1]
    match name:
        case "LITERAL":
            return [chr(given)]
        case "IN" | "ANY" | "NOT_LITERAL":
            return list(islice(characters(name, given), 5))
        case "MAX_REPEAT" | "MIN_REPEAT":
            low, high, inner = given
            times = min(max(repeats, low), int(high))
            one = [_ways(each, repeats) for each in inner]
            forms = ["".join(each) for each in islice(product(*one), 6)] or [""]
            varied = min(times, _VARIED)
            rest = forms[0] * (times - varied)
            starts = product(forms, repeat=varied)
            return [f"{''.join(start)}{rest}" for start in islice(starts, _MANY)]
        case "BRANCH":
            return [text for arm in given[1] for text in islice(_joined(arm, repeats), 3)]
        case "SUBPATTERN":
            return list(islice(_joined(given[-1], repeats), 4))
        case _:
            return [""]


def _joined(tree: Sequence[_Part], repeats: int) -> Iterator[str]:
    return ("".join(each) for each in product(*(_ways(part, repeats) for part in tree)))


def characters(name: str, given: _Given) -> Iterator[str]:
    """Give the characters of a class, those that stand in it by themselves as well."""
    own = [chr(value) for kind, value in given if str(kind) == "LITERAL"] if name == "IN" else []
    for character in (*_LETTERS, *own):
        if _takes(name, given, character):
            yield character


def _takes(name: str, given: _Given, character: str) -> bool:
    if name == "ANY":
        return True
    if name == "NOT_LITERAL":
        return bool(ord(character) != given)
    negated = any(str(kind) == "NEGATE" for kind, _ in given)
    return negated is not any(_in(str(kind), value, character) for kind, value in given)


def _in(kind: str, value: _Given, character: str) -> bool:
    if kind == "LITERAL":
        return bool(ord(character) == value)
    if kind == "RANGE":
        return bool(value[0] <= ord(character) <= value[1])
    if kind == "CATEGORY":
        return re.fullmatch(_CATEGORIES[str(value)], character, re.ASCII) is not None
    return False


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
}
