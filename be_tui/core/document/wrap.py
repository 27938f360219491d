"""Break text into lines by the cells that it takes, and cut lines that are too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document.cells import all_narrow, clean, clusters, cut, width
from be_tui.core.document.model import Role, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

CUT_MARK = "›"
"""Ends a line that goes on beyond the page."""

_LONG_WORD_BREAKS = "/-_.,:&?="
_NEVER_FIRST = frozenset("、。，．・：；？！）」』】〉》…")
"""Closing signs of wide scripts, which never begin a line."""

_WIDE = 2


def wrap(text: Text, cells: int) -> list[tuple[Text, bool]]:
    """Break a paragraph into lines no wider than `cells`.

    Each comes with whether it goes on with the sentence of the line before. A word that is
    too long for a line is broken, after a sign such as `/` if there is one.
    """
    text = cleaned(text)
    plain = "".join([span.text for span in text])
    if "\n" not in plain and len(plain) <= cells and all_narrow(plain):
        return [(text, False)]
    lines: list[tuple[Text, bool]] = []
    slices = _Slices(text)
    offset = 0
    for hard in plain.split("\n"):
        breaks = _narrow_breaks if all_narrow(hard) else _wide_breaks
        joined = False
        for start, end in breaks(hard, cells):
            lines.append((slices.take(offset + start, offset + end), joined))
            joined = True
        offset += len(hard) + 1
    return lines


def cleaned(text: Text) -> Text:
    """Give the text with nothing in it that a terminal would obey."""
    safe = [clean(span.text) for span in text]
    if all(new is span.text for new, span in zip(safe, text, strict=True)):
        return text
    return tuple(
        Span(new, span.role, span.link) for new, span in zip(safe, text, strict=True) if new
    )


def toned(text: Text, role: Role) -> Text:
    """Give the text with a role for all that has none of its own."""
    return tuple(
        [Span(span.text, role, span.link) if span.role == "text" else span for span in text]
    )


def text_width(text: Text) -> int:
    """Give the cells that a line of spans takes."""
    return sum([width(span.text) for span in text])


def cut_text(text: Text, cells: int) -> Text:
    """Give as much of a line as fits, with a mark where it goes on."""
    if text_width(text) <= cells:
        return text
    room = cells - 1
    kept: list[Span] = []
    for span in text:
        own = width(span.text)
        if own > room:
            kept.append(Span(cut(span.text, room), span.role, span.link))
            break
        kept.append(span)
        room -= own
    return (*[span for span in kept if span.text], Span(CUT_MARK, "muted"))


class _Slices:
    """Gives the spans between two offsets, for offsets that only grow."""

    def __init__(self, text: Text) -> None:
        self._spans = text
        self._index = 0
        self._offset = 0

    def take(self, start: int, end: int) -> Text:
        taken: list[Span] = []
        while self._index < len(self._spans):
            span = self._spans[self._index]
            after = self._offset + len(span.text)
            if after > start:
                first = max(start - self._offset, 0)
                last = end - self._offset
                if first == 0 and after <= end:
                    taken.append(span)
                elif last > first:
                    taken.append(Span(span.text[first:last], span.role, span.link))
            if after > end:
                break
            self._offset = after
            self._index += 1
        return tuple(taken)


def _narrow_breaks(text: str, cells: int) -> Iterator[tuple[int, int]]:
    start, length = 0, len(text)
    while length - start > cells:
        blank = text.rfind(" ", start, start + cells + 1)
        end = blank
        while end > start and text[end - 1] == " ":
            end -= 1
        if end > start:
            resume = blank + 1
            while resume < length and text[resume] == " ":
                resume += 1
        else:
            resume = end = _in_long_word(text, start, start + cells)
        yield start, end
        start = resume
    if start < length or not length:
        yield start, length


def _in_long_word(text: str, start: int, end: int) -> int:
    after = max(text.rfind(sign, start, end) for sign in _LONG_WORD_BREAKS) + 1
    return after if after - start > (end - start) // 2 else end


def _wide_breaks(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """Break at blanks, and between any two wide characters."""
    start = used = 0
    stop = resume = -1
    for begin, end, own in clusters(text):
        character = text[begin]
        if own == _WIDE and begin > start and character not in _NEVER_FIRST:
            stop = resume = begin
        if used + own > cells and character != " ":
            if stop <= start:
                stop = resume = begin
            if stop > start:
                yield start, start + len(text[start:stop].rstrip(" "))
            start, stop = resume, -1
            used = width(text[start:begin])
        if character == " ":
            stop, resume = begin, end
        used += own
    if start < len(text) or not text:
        yield start, start + len(text[start:].rstrip(" ") or text[start:])
