"""Other words for the same thing, which a search takes as if they had been typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from be_tui.core.yamlform import Cursor

GROUP_LIMIT = 30
"""The most words for one thing; each is kept with each other one."""


class Aliases(NamedTuple):
    """Groups of phrases; a search for one of a group finds the others too."""

    groups: tuple[tuple[str, ...], ...]
    id: str = "aliases"


def decode_aliases(at: Cursor) -> Aliases:
    """Give the groups of a file: `aliases: {3nf: [third normal form]}`."""
    return Aliases(at.one("aliases", _groups))


def _groups(at: Cursor) -> tuple[tuple[str, ...], ...]:
    return tuple((phrase, *_others(at, phrase)) for phrase in at.keys)


def _others(at: Cursor, phrase: str) -> tuple[str, ...]:
    others = at.texts(phrase, least=1)
    if len(others) < GROUP_LIMIT:
        return others
    node = at.find(phrase)
    said = f"aliases.{phrase}: expected at most {GROUP_LIMIT - 1}, found {len(others):,}"
    at.faults.form("wrong-type", said, node.span if node else None)
    return ()
