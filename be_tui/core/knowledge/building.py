"""Build the index: read every file of the packs once, and keep what lists and searches need."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from be_tui.core.document import clean
from be_tui.core.knowledge.decode.aliases import Aliases
from be_tui.core.knowledge.decode.references import Passages
from be_tui.core.knowledge.entries import KINDS
from be_tui.core.knowledge.index import connect
from be_tui.core.knowledge.items import Chapter, Cover
from be_tui.core.knowledge.model import Rule
from be_tui.core.knowledge.passages import passages
from be_tui.core.knowledge.search import RULES_FROM, normal
from be_tui.core.knowledge.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.knowledge.decode.items import Item
    from be_tui.core.knowledge.items import Item as Statement
    from be_tui.core.knowledge.model import Section
    from be_tui.core.knowledge.packs import PackFile, Packs
    from be_tui.core.knowledge.survey import Survey

_TABLES = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entries (
    kind TEXT, id TEXT, title TEXT, summary TEXT, heading TEXT, path TEXT, pack TEXT, stamp TEXT,
    usable INT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE sections (
    reference TEXT, number INT, slug TEXT, title TEXT, level INT, line INT, end INT,
    PRIMARY KEY (reference, number)
) WITHOUT ROWID;
CREATE TABLE chapters (
    reference TEXT, number INT, id TEXT, title TEXT, path TEXT, pack TEXT, stamp TEXT,
    PRIMARY KEY (reference, number)
) WITHOUT ROWID;
CREATE TABLE items (
    number INTEGER PRIMARY KEY, reference TEXT, address TEXT, chapter TEXT, level TEXT,
    statement TEXT, applies_to TEXT, probes TEXT, checked TEXT
);
CREATE TABLE aliases (phrase TEXT, other TEXT, PRIMARY KEY (phrase, other)) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, address TEXT, kind TEXT, title TEXT, trail TEXT, body TEXT
);
"""

_WORDS = """
CREATE VIRTUAL TABLE words USING fts5(
    title, trail, body, content='passages', content_rowid='number',
    tokenize="unicode61 remove_diacritics 2", prefix='1 2 3'
);
CREATE VIRTUAL TABLE stems USING fts5(
    title, trail, body, content='passages', content_rowid='number',
    tokenize="porter unicode61 remove_diacritics 2"
);
INSERT INTO words (words) VALUES ('rebuild');
INSERT INTO stems (stems) VALUES ('rebuild');
INSERT INTO words (words) VALUES ('optimize');
INSERT INTO stems (stems) VALUES ('optimize');
"""
"""Words as they are typed; their stems too, for a query that is finished and finds little.
Stems cannot serve typing: `paginati` has no hit where `pagination` has many."""


def build(packs: Packs, fingerprint: str, path: str) -> sqlite3.Connection:
    """Build the index and open it: in its file, or in memory where that cannot be written."""
    found = survey(packs.files, packs.troubles)
    if _write(found, fingerprint, Path(path)):
        return connect(path)
    index = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _fill(index, found, fingerprint)
    return index


def _write(found: Survey, fingerprint: str, path: Path) -> bool:
    """Write the index into a file; tell whether that was possible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix="library-", delete=False) as file:
            apart = Path(file.name)
    except OSError:
        return False
    try:
        with closing(sqlite3.connect(apart, isolation_level=None)) as index:
            # Nobody reads it before it is whole, so nothing need be undone.
            index.execute("PRAGMA journal_mode = OFF")
            index.execute("PRAGMA synchronous = OFF")
            _fill(index, found, fingerprint)
        apart.replace(path)
    except (OSError, sqlite3.OperationalError):
        # A full disk, for one.
        return False
    finally:
        apart.unlink(missing_ok=True)
    return True


def _fill(index: sqlite3.Connection, found: Survey, fingerprint: str) -> None:
    index.executescript(_TABLES)
    index.execute("BEGIN")
    in_force = found.in_force().values()
    titles = {
        item.id: item.value.title
        for item in in_force
        if isinstance(item.value, Cover) and item.usable
    }
    # Sorting leaves the chapters of a reference in their reading order.
    for item in sorted(in_force, key=_rank):
        _add(index, item, titles)
    for item in found.items:
        if isinstance(item.value, Aliases) and item.usable:
            index.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?)", _pairs(item.value))
    settings = (("fingerprint", fingerprint), ("faults", str(len(found.findings))))
    index.executemany("INSERT INTO settings VALUES (?, ?)", settings)
    index.execute("COMMIT")
    try:
        index.executescript(_WORDS)
    except sqlite3.OperationalError as error:
        if "no such module" not in str(error):
            raise


def _rank(item: Item) -> tuple[int, str, bool]:
    value = item.value
    if isinstance(value, Chapter):
        return KINDS.index("reference"), value.reference, True
    rank = KINDS.index(item.file.kind) if item.file.kind in KINDS else len(KINDS)
    return rank, item.id, False


def _add(index: sqlite3.Connection, item: Item, titles: Mapping[str, str]) -> None:
    file, value = item.file, item.value
    if isinstance(value, Aliases):
        return
    if isinstance(value, Chapter):
        if value.reference not in titles:
            return
    else:
        summary = value.title if isinstance(value, Rule) else value.summary
        said = _stored((item.id, value.title, summary, getattr(value, "group", "")))
        entry = (file.kind, *said, file.path, file.pack, file.stamp, item.usable)
        index.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", entry)
    if not item.usable:
        return
    first = _next(index, "passages")
    if isinstance(value, Passages):
        _add_sections(index, value.id, value.scan.sections)
    elif isinstance(value, Chapter):
        _add_chapter(index, file, value, first)
    above = titles.get(value.reference, "") if isinstance(value, Chapter) else ""
    first = max(first, RULES_FROM) if isinstance(value, Rule) else first
    rows = [(n, *_stored(passage)) for n, passage in enumerate(passages(value, above), first)]
    index.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", rows)


def _next(index: sqlite3.Connection, table: str) -> int:
    (last,) = index.execute(f"SELECT coalesce(max(number), 0) FROM {table}").fetchone()  # noqa: S608
    return int(last) + 1


def _add_chapter(index: sqlite3.Connection, file: PackFile, chapter: Chapter, first: int) -> None:
    """Add a chapter and its items, whose passages follow the chapter's, which is the first."""
    own = (chapter.reference, first, *_stored((chapter.id, chapter.title)))
    row = (*own, file.path, file.pack, file.stamp)
    index.execute("INSERT INTO chapters VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    rows = [
        (n, *_stored(_item_row(chapter, item))) for n, item in enumerate(chapter.items, first + 1)
    ]
    index.executemany("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    _add_sections(index, chapter.reference, chapter.sections)


def _item_row(chapter: Chapter, item: Statement) -> tuple[str, ...]:
    return (
        chapter.reference,
        f"{chapter.reference}#{item.id}",
        chapter.id,
        item.level,
        item.statement,
        ", ".join(item.applies_to),
        " ".join(item.probes),
        item.checked.isoformat() if item.checked else "",
    )


def _add_sections(index: sqlite3.Connection, reference: str, sections: Iterable[Section]) -> None:
    first = _next(index, "sections")
    rows = [(reference, n, *each) for n, each in enumerate(map(_section_row, sections), first)]
    index.executemany("INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _section_row(section: Section) -> tuple[str, str, int, int, int]:
    return (section.slug, section.title, section.level, section.line, section.end)


def _stored(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Give what SQLite can store and a terminal can show: no half surrogate pair, no escape."""
    return tuple(clean(part.encode(errors="replace").decode()) for part in parts)


def _pairs(aliases: Aliases) -> Iterator[tuple[str, str]]:
    for group in aliases.groups:
        phrases = [normal(phrase) for phrase in group]
        for phrase in phrases:
            yield from ((phrase, other) for other in phrases if other != phrase)
