"""A list as a person looks through it: under headings, and narrowed as somebody types.

    grouped(entries)                       groups by their names, what has none last
    narrowed(entries, "pk", synonyms)      what is called so, also by another name

Imported by commands: tuples only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.knowledge.entries import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from be_tui.core.knowledge.entries import Entry

UNGROUPED = "Others"
"""Above what has no group, where something else has one."""


class Group(NamedTuple):
    """What stands under one heading."""

    title: str
    """Empty where nothing has a group."""

    entries: tuple[Entry, ...]


def grouped(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Put entries under their headings, which stand by the alphabet; in each by kind and title."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=_place):
        found.setdefault(entry.group, []).append(entry)
    rest = UNGROUPED if len(found) > 1 else ""
    return tuple(Group(title or rest, tuple(own)) for title, own in found.items())


def narrowed(
    entries: Sequence[Entry], query: str, synonyms: Mapping[str, Sequence[str]]
) -> tuple[Entry, ...]:
    """Give the entries that are called what was typed; those whose summary says it if none is.

    Args:
        entries: What to look through.
        query: What was typed. Each of its words must begin a word of the title, the id, the
            group, or of what else these are called.
        synonyms: What phrases are called besides, as `Library.synonyms` gives them.
    """
    from be_tui.core.knowledge.search import normal

    words = normal(query).split()
    own = [f" {normal(f'{each.title} {each.id} {each.group}')} " for each in entries]
    called = [f"{names}{_besides(names, synonyms)}" for names in own]
    found = tuple(
        each for each, names in zip(entries, called, strict=True) if _begins(words, names)
    )
    if found:
        return tuple(found)
    return tuple(entry for entry in entries if _begins(words, f" {normal(entry.summary)}"))


def _place(entry: Entry) -> tuple[bool, str, int, str]:
    group = entry.group
    return not group, group.casefold(), KINDS.index(entry.kind), entry.title.casefold()


def _besides(names: str, synonyms: Mapping[str, Sequence[str]]) -> str:
    """Give what else names are called, each word after a blank."""
    found = (others for phrase, others in synonyms.items() if f" {phrase} " in names)
    return " ".join(other for others in found for other in others)


def _begins(words: Iterable[str], names: str) -> bool:
    return all(f" {word}" in names for word in words)
