"""Names: what may be one, their plurals, and the forms that languages give them."""

from __future__ import annotations

import re

LONGEST = 50
"""Characters of a name: what PostgreSQL leaves of an index's name for one of its columns."""

_NAME = re.compile(rf"[a-z](?:[a-z0-9]|_(?=[a-z0-9])){{0,{LONGEST - 1}}}")

_IRREGULAR = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "foot": "feet",
    "tooth": "teeth",
    "goose": "geese",
    "mouse": "mice",
    "datum": "data",
    "medium": "media",
    "criterion": "criteria",
    "index": "indices",
    "matrix": "matrices",
    "analysis": "analyses",
    "basis": "bases",
    "crisis": "crises",
    "axis": "axes",
    "leaf": "leaves",
    "life": "lives",
    "shelf": "shelves",
    "half": "halves",
    "hero": "heroes",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "quiz": "quizzes",
}

_SAME = frozenset({"series", "species", "news", "equipment", "information", "metadata", "feedback"})

_VOWEL = re.compile(r"(?!eu|one\b|once\b)[aeio]|un(?!i)|up")
"""How words begin that take `an`; most that begin with `u` do not."""


def is_name(text: str) -> bool:
    """Tell whether a text can name a resource or a field in every language at once."""
    return _NAME.fullmatch(text) is not None


def plural(name: str) -> str:
    """Give the usual English plural of a name's last word; a spec can say another."""
    head, bar, word = name.rpartition("_")
    return f"{head}{bar}{_plural_word(word)}"


def singular(name: str) -> str:
    """Give the name of one, from the usual English plural; the name itself where it is none."""
    head, bar, word = name.rpartition("_")
    return f"{head}{bar}{_singular_word(word)}"


def pascal(name: str) -> str:
    """Give `OrderLine` for `order_line`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def camel(name: str) -> str:
    """Give `orderLine` for `order_line`."""
    whole = pascal(name)
    return whole[:1].lower() + whole[1:]


def kebab(name: str) -> str:
    """Give `order-line` for `order_line`."""
    return name.replace("_", "-")


def words(name: str) -> str:
    """Give `order line` for `order_line`."""
    return name.replace("_", " ")


def with_article(told: str) -> str:
    """Give words with their indefinite article: `an order line`, `a user`, `an update`."""
    return f"{'an' if _VOWEL.match(told) else 'a'} {told}"


def default_title(name: str) -> str:
    """Give the title of a service that says none: `Shop api` for `shop-api`."""
    return words(name.replace("-", "_")).capitalize()


def _plural_word(word: str) -> str:
    if word in _SAME:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        return f"{word}es"
    return f"{word}s"


_ONE = {many: one for one, many in _IRREGULAR.items()}


def _singular_word(word: str) -> str:
    if word in _SAME:
        return word
    if word in _ONE:
        return _ONE[word]
    for cut, end in (("ies", "y"), ("es", ""), ("s", "")):
        one = word[: -len(cut)] + end
        if word.endswith(cut) and one and _plural_word(one) == word:
            return one
    return word
