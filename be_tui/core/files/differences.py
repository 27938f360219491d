"""A change as a person reads it: unified, or side by side on a wide screen.

The time that it takes is bounded: where more than `LARGEST` lines on both sides differ at
their ends, the middle is shown as replaced whole; after `SHOWN` lines it is cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Literal

from be_tui.core.document import Document, Lines, Paragraph, Span
from be_tui.core.document.cells import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.document import Role, Text
    from be_tui.core.files.model import Change

LARGEST = 10_000
"""Lines of both sides together, equal ends left out; difflib takes up to a second for them."""

SHOWN = 20_000
"""Lines of a difference; nobody reads as many, and a page of them still opens at once."""

CONTEXT = 3
"""Unchanged lines around each change."""

Kind = Literal["equal", "replace", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines `[before_start, before_end)` became lines `[after_start, after_end)`."""

    kind: Kind
    before_start: int
    before_end: int
    after_start: int
    after_end: int


@dataclass(frozen=True, slots=True)
class Side:
    """One half of a row: a line of the file as it is, or as it will be."""

    line: int
    """Its number, from 1."""

    mark: Literal[" ", "-", "+"]
    """Says the same as the colour."""

    text: Text
    """What changed within the line has the role `removed` or `added`."""


@dataclass(frozen=True, slots=True)
class Row:
    """Two lines that belong together; a half is None where there is none."""

    left: Side | None = None
    right: Side | None = None
    gap: str = ""
    """The head of a hunk, in place of both halves."""


def count(before: str, after: str) -> tuple[int, int]:
    """Tell how many lines come, and how many go."""
    pieces = [piece for piece in _pieces(_lines(before), _lines(after)) if piece.kind != "equal"]
    added = sum(piece.after_end - piece.after_start for piece in pieces)
    removed = sum(piece.before_end - piece.before_start for piece in pieces)
    return added, removed


def difference(change: Change) -> Document:
    """Give a change as a unified difference."""
    said = _in_words(change)
    if said:
        return said
    written = _unified(change)
    lines = list(islice(written, SHOWN))
    if next(written, None):
        lines.append((Span(_rest(change), "muted"),))
    return Document((Lines(tuple(lines)),))


def _unified(change: Change) -> Iterator[Text]:
    before, after = _lines(change.before), _lines(change.after)
    yield (Span("--- " + ("/dev/null" if change.status == "new" else change.path), "muted"),)
    yield (Span("+++ " + change.path, "muted"),)
    for hunk in _hunks(_pieces(before, after)):
        yield (Span(_head(hunk), "hunk"),)
        for piece in hunk:
            if piece.kind == "equal":
                yield from _marked(" ", "text", before[piece.before_start : piece.before_end])
            else:
                yield from _marked("-", "removed", before[piece.before_start : piece.before_end])
                yield from _marked("+", "added", after[piece.after_start : piece.after_end])


def side_by_side(change: Change) -> tuple[Row, ...]:
    """Give a change in rows of two halves; no rows where there is no difference to show."""
    if change.status in {"same", "conflict"}:
        return ()
    written = _rows(change)
    rows = list(islice(written, SHOWN))
    if next(written, None):
        rows.append(Row(gap=_rest(change)))
    return tuple(rows)


def _rows(change: Change) -> Iterator[Row]:
    before, after = _lines(change.before), _lines(change.after)
    for hunk in _hunks(_pieces(before, after)):
        yield Row(gap=_head(hunk))
        for piece in hunk:
            yield from _paired(piece, before, after)


def _rest(change: Change) -> str:
    return f"cut here: {change.added} lines come and {change.removed} go in all"


def _in_words(change: Change) -> Document | None:
    if change.status == "conflict":
        return Document((Paragraph((Span(f"{change.path} {change.reason}", "bad"),)),))
    if change.status == "same":
        return Document((Paragraph((Span(f"{change.path} is already so", "muted"),)),))
    if not change.before and not change.after:
        return Document((Paragraph((Span(f"{change.path} will be an empty file", "muted"),)),))
    return None


def _lines(text: str) -> list[str]:
    """Give the lines with their ends, so that a missing last one is a difference."""
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])


def _pieces(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    middle_before, middle_after = before[head : len(before) - tail], after[head : len(after) - tail]
    pieces = [Piece("equal", 0, head, 0, head)] if head else []
    pieces += [
        Piece(kind, head + a, head + b, head + c, head + d)
        for kind, a, b, c, d in _opcodes(middle_before, middle_after)
    ]
    if tail:
        ends = len(before), len(after)
        pieces.append(Piece("equal", ends[0] - tail, ends[0], ends[1] - tail, ends[1]))
    return pieces


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    length = 0
    for left, right in zip(before, after, strict=False):
        if left != right:
            break
        length += 1
    return length


def _opcodes(
    before: Sequence[str], after: Sequence[str]
) -> Sequence[tuple[Kind, int, int, int, int]]:
    if not before and not after:
        return []
    if not before or not after or len(before) + len(after) > LARGEST:
        kind: Kind = "insert" if not before else "replace" if after else "delete"
        return [(kind, 0, len(before), 0, len(after))]
    from difflib import SequenceMatcher

    return SequenceMatcher(None, before, after).get_opcodes()


def _hunks(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Cut what is equal to the context; a long equal piece parts two hunks."""
    hunk: list[Piece] = []
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        if piece.kind != "equal":
            hunk.append(piece)
            continue
        length = piece.before_end - piece.before_start
        if 0 < index < last and length <= 2 * CONTEXT:
            hunk.append(piece)
            continue
        if index > 0:
            hunk.append(_cut(piece, 0, min(CONTEXT, length)))
            yield hunk
        hunk = [_cut(piece, max(0, length - CONTEXT), length)] if index < last else []
    if hunk:
        yield hunk


def _cut(piece: Piece, start: int, end: int) -> Piece:
    before, after = piece.before_start, piece.after_start
    return Piece("equal", before + start, before + end, after + start, after + end)


def _head(hunk: list[Piece]) -> str:
    first, last = hunk[0], hunk[-1]
    before = _range(first.before_start, last.before_end)
    after = _range(first.after_start, last.after_end)
    return f"@@ -{before} +{after} @@"


def _range(start: int, end: int) -> str:
    """Give a range as unified differences write it: an empty one names the line before."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _marked(mark: str, role: Role, lines: Sequence[str]) -> Iterator[Text]:
    for line in lines:
        yield (Span(mark + clean(line.removesuffix("\n")), role),)
        if not line.endswith("\n"):
            yield (Span("\\ No newline at end of file", "muted"),)


def _paired(piece: Piece, before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    lefts = before[piece.before_start : piece.before_end]
    rights = after[piece.after_start : piece.after_end]
    for offset, (left, right) in enumerate(zip_longest(lefts, rights)):
        numbers = piece.before_start + offset + 1, piece.after_start + offset + 1
        if piece.kind == "equal":
            text: Text = (Span(_shown(left)),)
            yield Row(Side(numbers[0], " ", text), Side(numbers[1], " ", text))
            continue
        was, becomes = _within(left, right)
        yield Row(
            None if left is None else Side(numbers[0], "-", was),
            None if right is None else Side(numbers[1], "+", becomes),
        )


def _within(left: str | None, right: str | None) -> tuple[Text, Text]:
    """Mark what changed within a line: all but the equal beginning and end."""
    if left is None or right is None:
        return (Span(_shown(left), "removed"),), (Span(_shown(right), "added"),)
    was, becomes = _shown(left), _shown(right)
    head = _common(was, becomes)
    tail = _common(was[head:][::-1], becomes[head:][::-1])
    if head + tail == 0 or was == becomes:
        return (Span(was, "removed"),), (Span(becomes, "added"),)
    return _split(was, head, tail, "removed"), _split(becomes, head, tail, "added")


def _split(text: str, head: int, tail: int, role: Role) -> Text:
    end = len(text) - tail
    parts = Span(text[:head]), Span(text[head:end], role), Span(text[end:])
    return tuple(part for part in parts if part.text)


def _shown(line: str | None) -> str:
    return clean((line or "").removesuffix("\n"))
