"""Search the index as somebody types, or for a finished query.

Every word must occur, as the beginning of a word at least, so no letter that completes a
word takes the last hit away; what has the same stems is found beside it. Only where that
finds little are single words tried, and where nothing, the mere letters. What was typed is
never read as a query language.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from be_tui.core.knowledge.entries import MARK, UNMARK, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.entries import Facets

_FEW = 3
"""Hits under which passages with some of the words are found too."""

_QUERY_LIMIT = 200
_WORDS_LIMIT = 12
_PHRASE_LIMIT = 4
"""Words of the longest phrase that is looked up as an alias."""

_TITLE, _TRAIL, _BODY = 8.0, 2.0, 1.0
"""What a match in each column weighs."""

_SNIPPET_WORDS = 20

RULES_FROM = 1_000_000
"""The numbers of rules begin here, behind those of all other passages."""

_COMMON = (
    " a an and are be can do does for from how i in is it my of on or our should that the this to "
    "use we what when where which why with you "
)
"""Words that tell nothing where only some of a query's words are looked for."""

_RANKED = f"""\
SELECT best.score, p.address, p.kind, p.title, p.trail,
    snippet({{table}}, 2, char(2), char(3), '…', {_SNIPPET_WORDS})
FROM (
    SELECT rowid AS number, bm25({{table}}, {_TITLE}, {_TRAIL}, {_BODY}) * (1 + (
        rowid IN (SELECT rowid FROM {{table}} WHERE {{table}} MATCH :title)
    )) * (1 + (rowid < {RULES_FROM})) AS score
    FROM {{table}} WHERE {{table}} MATCH :query AND {{only}} ORDER BY score, rowid LIMIT :limit
) AS best
JOIN {{table}} ON +{{table}}.rowid = best.number
JOIN passages p ON p.number = best.number
WHERE {{table}} MATCH :query ORDER BY best.score, p.number
"""  # noqa: S608
"""The best rows first, and only for them what is shown. BM25 grows with a word's weight but
little, so a hit in the title counts twice; rules stand behind what explains more. The `+`
keeps SQLite from starting the full-text search anew for each of the best rows."""

_SCAN = """
SELECT address, kind, title, trail, body FROM passages
WHERE {only} AND (title LIKE :like ESCAPE '\\' OR trail LIKE :like ESCAPE '\\'
    OR body LIKE :like ESCAPE '\\')
ORDER BY title LIKE :like ESCAPE '\\' DESC, number LIMIT :limit
"""

_ALL = """
SELECT address, kind, title, trail, body FROM passages WHERE {only} ORDER BY number LIMIT :limit
"""

_SCAN_BEFORE, _SCAN_AFTER = 40, 100
"""Characters shown on either side of a match that was found by scanning."""


class _Asked:
    """The index, and which of its passages are wanted."""

    # A named tuple would cost each command more than its whole search.
    __slots__ = ("given", "limit", "only", "passages")

    def __init__(
        self, passages: sqlite3.Connection, limit: int, only: str, given: dict[str, str]
    ) -> None:
        self.passages = passages
        self.limit = limit
        self.only = only
        """A condition on the number of a passage."""
        self.given = given
        """What stands for the names of the condition."""


def search(
    index: sqlite3.Connection, query: str, limit: int, facets: Facets | None = None
) -> tuple[Hit, ...]:
    """Give the best hits first; all that there is, in its order, for an empty query.

    Args:
        index: The index.
        query: What was typed.
        limit: Hits at most.
        facets: Which items are wanted, and nothing else is then; None asks for anything.
    """
    inside = "1"
    given: dict[str, str] = {}
    if facets and any(facets):
        from be_tui.core.knowledge.contents import condition

        only, given = condition(facets)
        inside = f"{{number}} IN (SELECT number FROM items WHERE {only})"  # noqa: S608
    asked = _Asked(index, limit, inside, given)
    typed = " ".join(_typed(query).split())
    if not typed:
        return tuple(_listed(asked))
    return _by_words(asked, typed) or tuple(_by_scanning(asked, typed))


def normal(phrase: str) -> str:
    """Give a phrase as its words in small letters: `N+1` is `n 1`."""
    return " ".join(_words(phrase.lower()))


def _typed(query: str) -> str:
    """Give the query without what no text can hold, and no longer than anybody types."""
    kept = query[:_QUERY_LIMIT].encode(errors="ignore").decode()
    if not kept.isascii():
        from unicodedata import normalize

        # An accent typed as a sign of its own would part the word.
        kept = normalize("NFC", kept)
    return "".join(letter if letter.isprintable() else " " for letter in kept)


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text).split()


def _by_words(asked: _Asked, typed: str) -> tuple[Hit, ...]:
    chunks = [words for chunk in typed.split() if (words := _words(chunk))][:_WORDS_LIMIT]
    if not chunks:
        return ()
    words = [word for chunk in chunks for word in chunk][:_WORDS_LIMIT]
    try:
        found = _best(
            _ranked(asked, "words", _expression(asked.passages, chunks)),
            _ranked(asked, "stems", " AND ".join(map(_phrase, chunks))),
        )
        if len(found) < min(_FEW, asked.limit) and len(words) > 1:
            telling = [word for word in words if f" {word.lower()} " not in _COMMON] or words
            some = " OR ".join(_beginning([word]) for word in telling)
            # What has all the words keeps its place before what has some of them.
            found = {**found, **_ranked(asked, "words", some), **found}
    except sqlite3.OperationalError as error:
        # A Python whose SQLite has no FTS5 scans.
        if "no such table" not in str(error):
            raise
        return ()
    return tuple(hit for _, hit in found.values())[: asked.limit]


_Scored = dict[str, tuple[float, Hit]]
"""Hits by their addresses, the best first; the lower the score, the better."""


def _ranked(asked: _Asked, table: str, expression: str) -> _Scored:
    given = {"query": expression, "title": f"title : ({expression})", "limit": asked.limit}
    only = asked.only.format(number="rowid")
    rows = asked.passages.execute(_RANKED.format(table=table, only=only), {**asked.given, **given})
    return {row[1]: (row[0], Hit(*row[1:])) for row in rows}


def _best(typed: _Scored, stemmed: _Scored) -> _Scored:
    """Join two searches; a hit of both has the better of its scores."""
    joined = dict(typed)
    for address, (score, hit) in stemmed.items():
        if address not in joined or score < joined[address][0]:
            joined[address] = (score, hit)
    return dict(sorted(joined.items(), key=lambda each: each[1][0]))


def _expression(index: sqlite3.Connection, chunks: list[list[str]]) -> str:
    """Ask for every chunk of the query, or for what else its phrase is called.

    A chunk is what stands between blanks; its words stand side by side: `n+1`.
    """
    aliases = _aliases(index, chunks)
    parts: list[str] = []
    at = 0
    while at < len(chunks):
        length, phrase = _longest(aliases, chunks, at)
        own = " AND ".join(map(_beginning, chunks[at : at + length]))
        others = [f'"{other}"' for other in aliases.get(phrase, ())]
        parts.append(f"({' OR '.join([f'({own})', *others])})")
        at += length
    return " AND ".join(parts)


def _phrase(words: list[str]) -> str:
    return f'"{" ".join(words)}"'


def _beginning(words: list[str]) -> str:
    # The whole word asked for beside its beginning lifts `go` above `good`.
    return f"({_phrase(words)} OR {_phrase(words)} *)"


def _longest(aliases: dict[str, list[str]], chunks: list[list[str]], at: int) -> tuple[int, str]:
    """Give the longest alias that begins at a chunk, with its number of chunks."""
    for length in range(min(_PHRASE_LIMIT, len(chunks) - at), 0, -1):
        phrase = _joined(chunks[at : at + length])
        if phrase in aliases:
            return length, phrase
    return 1, ""


def _joined(chunks: list[list[str]]) -> str:
    return " ".join(word for chunk in chunks for word in chunk).lower()


def _aliases(index: sqlite3.Connection, chunks: list[list[str]]) -> dict[str, list[str]]:
    """Give what else the phrases of a query are called."""
    phrases = [
        _joined(chunks[at : at + length])
        for at in range(len(chunks))
        for length in range(1, min(_PHRASE_LIMIT, len(chunks) - at) + 1)
    ]
    slots = ",".join("?" * len(phrases))
    found: dict[str, list[str]] = {}
    asked = f"SELECT phrase, other FROM aliases WHERE phrase IN ({slots})"  # noqa: S608
    for phrase, other in index.execute(asked, phrases):
        found.setdefault(phrase, []).append(other)
    return found


def _by_scanning(asked: _Asked, typed: str) -> Iterator[Hit]:
    """Find what was typed as it stands, within words and among signs: `->>`."""
    escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    given = {**asked.given, "like": f"%{escaped}%", "limit": asked.limit}
    rows = asked.passages.execute(_SCAN.format(only=asked.only.format(number="number")), given)
    for address, kind, title, trail, body in rows:
        at = body.lower().find(typed.lower())
        yield Hit(address, kind, title, trail, _around(body, at, len(typed)))


def _around(body: str, at: int, length: int) -> str:
    """Give the text around a match, with the match marked; the beginning where there is none."""
    if at < 0:
        return _shortened(body)
    start, end = max(0, at - _SCAN_BEFORE), at + length
    before, after = body[start:at], body[end : end + _SCAN_AFTER]
    more, rest = "…" * (start > 0), "…" * (end + _SCAN_AFTER < len(body))
    return f"{more}{before}{MARK}{body[at:end]}{UNMARK}{after}{rest}"


def _listed(asked: _Asked) -> Iterator[Hit]:
    only, given = asked.only.format(number="number"), {**asked.given, "limit": asked.limit}
    for address, kind, title, trail, body in asked.passages.execute(_ALL.format(only=only), given):
        yield Hit(address, kind, title, trail, _shortened(body))


def _shortened(body: str) -> str:
    width = _SCAN_BEFORE + _SCAN_AFTER
    return body if len(body) <= width else f"{body[:width]}…"
