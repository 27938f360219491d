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
    FROM {{table}} WHERE {{table}} MATCH :query ORDER BY score, rowid LIMIT :limit
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
WHERE title LIKE ? ESCAPE '\\' OR trail LIKE ? ESCAPE '\\' OR body LIKE ? ESCAPE '\\'
ORDER BY title LIKE ? ESCAPE '\\' DESC, number LIMIT ?
"""

_ALL = "SELECT address, kind, title, trail, body FROM passages ORDER BY number LIMIT ?"

_SCAN_BEFORE, _SCAN_AFTER = 40, 100
"""Characters shown on either side of a match that was found by scanning."""


def search(index: sqlite3.Connection, query: str, limit: int) -> tuple[Hit, ...]:
    """Give the best hits first; all that there is, in its order, for an empty query."""
    asked = " ".join(_typed(query).split())
    if not asked:
        return tuple(_listed(index, limit))
    return _by_words(index, asked, limit) or tuple(_by_scanning(index, asked, limit))


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


def _by_words(index: sqlite3.Connection, asked: str, limit: int) -> tuple[Hit, ...]:
    chunks = [words for chunk in asked.split() if (words := _words(chunk))][:_WORDS_LIMIT]
    if not chunks:
        return ()
    words = [word for chunk in chunks for word in chunk][:_WORDS_LIMIT]
    try:
        found = _best(
            _ranked(index, "words", _expression(index, chunks), limit),
            _ranked(index, "stems", " AND ".join(map(_phrase, chunks)), limit),
        )
        if len(found) < min(_FEW, limit) and len(words) > 1:
            telling = [word for word in words if f" {word.lower()} " not in _COMMON] or words
            some = " OR ".join(_beginning([word]) for word in telling)
            # What has all the words keeps its place before what has some of them.
            found = {**found, **_ranked(index, "words", some, limit), **found}
    except sqlite3.OperationalError as error:
        # A Python whose SQLite has no FTS5 scans.
        if "no such table" not in str(error):
            raise
        return ()
    return tuple(hit for _, hit in found.values())[:limit]


_Scored = dict[str, tuple[float, Hit]]
"""Hits by their addresses, the best first; the lower the score, the better."""


def _ranked(index: sqlite3.Connection, table: str, expression: str, limit: int) -> _Scored:
    asked = {"query": expression, "title": f"title : ({expression})", "limit": limit}
    rows = index.execute(_RANKED.format(table=table), asked)
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


def _by_scanning(index: sqlite3.Connection, asked: str, limit: int) -> Iterator[Hit]:
    """Find what was typed as it stands, within words and among signs: `->>`."""
    escaped = asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = index.execute(_SCAN, (*[f"%{escaped}%"] * 4, limit))
    for address, kind, title, trail, body in rows:
        at = body.lower().find(asked.lower())
        yield Hit(address, kind, title, trail, _around(body, at, len(asked)))


def _around(body: str, at: int, length: int) -> str:
    """Give the text around a match, with the match marked; the beginning where there is none."""
    if at < 0:
        return _shortened(body)
    start, end = max(0, at - _SCAN_BEFORE), at + length
    before, after = body[start:at], body[end : end + _SCAN_AFTER]
    more, rest = "…" * (start > 0), "…" * (end + _SCAN_AFTER < len(body))
    return f"{more}{before}{MARK}{body[at:end]}{UNMARK}{after}{rest}"


def _listed(index: sqlite3.Connection, limit: int) -> Iterator[Hit]:
    for address, kind, title, trail, body in index.execute(_ALL, (limit,)):
        yield Hit(address, kind, title, trail, _shortened(body))


def _shortened(body: str) -> str:
    width = _SCAN_BEFORE + _SCAN_AFTER
    return body if len(body) <= width else f"{body[:width]}…"
