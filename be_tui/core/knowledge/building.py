"""Build the index: read every file of the packs once, and keep what lists and searches need."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.document import clean
from be_tui.core.knowledge.decode.aliases import Aliases
from be_tui.core.knowledge.decode.references import Passages
from be_tui.core.knowledge.entries import KINDS
from be_tui.core.knowledge.index import connect
from be_tui.core.knowledge.model import Checklist, Rule, Tree
from be_tui.core.knowledge.search import RULES_FROM, normal
from be_tui.core.knowledge.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.decode.items import Item
    from be_tui.core.knowledge.model import Section
    from be_tui.core.knowledge.packs import Packs
    from be_tui.core.knowledge.survey import Survey

_TABLES = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entries (
    kind TEXT, id TEXT, title TEXT, summary TEXT, path TEXT, pack TEXT, stamp TEXT, usable INT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE sections (
    reference TEXT, number INT, slug TEXT, title TEXT, level INT, line INT, end INT,
    PRIMARY KEY (reference, number)
) WITHOUT ROWID;
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

TRAIL_SIGN = " › "
"""What stands between the titles of a trail."""


class _Passage(NamedTuple):
    address: str
    kind: str
    title: str
    trail: str
    body: str


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
    for item in sorted(in_force, key=lambda item: (_rank(item), item.id)):
        _add(index, item)
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


def _rank(item: Item) -> int:
    return KINDS.index(item.file.kind) if item.file.kind in KINDS else len(KINDS)


def _add(index: sqlite3.Connection, item: Item) -> None:
    file, value = item.file, item.value
    if isinstance(value, Aliases):
        return
    summary = value.title if isinstance(value, Rule) else value.summary
    said = _stored((item.id, value.title, summary))
    entry = (file.kind, *said, file.path, file.pack, file.stamp, item.usable)
    index.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry)
    if not item.usable:
        return
    if isinstance(value, Passages):
        _add_sections(index, value)
    (last,) = index.execute("SELECT coalesce(max(number), 0) FROM passages").fetchone()
    first = max(last + 1, RULES_FROM if isinstance(value, Rule) else 1)
    rows = [(n, *_stored(passage)) for n, passage in enumerate(_passages(value), first)]
    index.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", rows)


def _add_sections(index: sqlite3.Connection, reference: Passages) -> None:
    rows = [
        (reference.id, number, *each)
        for number, each in enumerate(map(_section_row, reference.scan.sections))
    ]
    index.executemany("INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _section_row(section: Section) -> tuple[str, str, int, int, int]:
    return (section.slug, section.title, section.level, section.line, section.end)


def _stored(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Give what SQLite can store and a terminal can show: no half surrogate pair, no escape."""
    return tuple(clean(part.encode(errors="replace").decode()) for part in parts)


def _passages(value: Tree | Checklist | Rule | Passages) -> Iterator[_Passage]:
    match value:
        case Passages():
            yield from _reference_passages(value)
        case Tree():
            yield _Passage(f"tree:{value.id}", "tree", value.title, "", _tree_words(value))
        case Checklist():
            words = " ".join([value.summary, *_checklist_words(value)])
            yield _Passage(f"checklist:{value.id}", "checklist", value.title, "", words)
        case Rule():
            names = " ".join((value.id, *value.also_known_as))
            words = f"{value.why} {value.fix} {value.fine_when} {names}"
            yield _Passage(f"rule:{value.id}", "rule", value.title, "", words)


def _reference_passages(reference: Passages) -> Iterator[_Passage]:
    sections, words = reference.scan.sections, reference.scan.words
    opening = [reference.summary, words[0]]
    above: list[Section] = []
    found: list[_Passage] = []
    for section, text in zip(sections, words[1:], strict=True):
        if section.level == 1 and section.line == sections[0].line:
            # The title's own text stands under the reference's address.
            opening.append(text)
            continue
        above = [each for each in above if each.level < section.level]
        trail = TRAIL_SIGN.join([reference.title, *(each.title for each in above)])
        address = f"{reference.id}#{section.slug}"
        found.append(_Passage(address, "reference", section.title, trail, text))
        above.append(section)
    yield _Passage(reference.id, "reference", reference.title, "", " ".join(opening).strip())
    yield from found


def _tree_words(tree: Tree) -> str:
    asks = [
        f"{each.ask} {' '.join(option.label for option in each.options)}" for each in tree.questions
    ]
    return " ".join([tree.question, tree.summary, *asks, *(each.title for each in tree.outcomes)])


def _checklist_words(checklist: Checklist) -> Iterator[str]:
    for group in checklist.groups:
        yield group.title
        for check in group.checks:
            yield check.ask


def _pairs(aliases: Aliases) -> Iterator[tuple[str, str]]:
    for group in aliases.groups:
        phrases = [normal(phrase) for phrase in group]
        for phrase in phrases:
            yield from ((phrase, other) for other in phrases if other != phrase)
