"""Break text into lines by the cells that it takes, and cut lines that are too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document.cells import all_narrow, clean, clusters, cut, width
from be_tui.core.document.model import Role, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CUT_MARK = "›"
"""Ends a line that goes on beyond the page."""

_LONG_WORD_BREAKS = ("/", "-_.,:&?=")
"""After which signs a word that is longer than a line is broken; the first kind first."""

_NEVER_FIRST = frozenset("、。，．・：；？！）」』】〉》…")
"""Closing signs of wide scripts, which never begin a line."""

_WIDE = 2


def wrap(text: Text, cells: int) -> list[tuple[Text, bool]]:
    """Break a paragraph into lines no wider than `cells`.

    Each comes with whether it goes on with the sentence of the line before. A word that is
    too long for a line is broken, after a sign such as `/` if there is one.
    """
    cells = max(cells, 1)
    plain = "".join([span.text for span in text])
    if all_narrow(plain):
        # Then no newline is in it, and nothing to be made safe.
        if len(plain) <= cells:
            return [(text, False)]
        return _sliced(text, _narrow_breaks(plain, cells))
    lines: list[tuple[Text, bool]] = []
    for line in split(text):
        plain = "".join([span.text for span in line])
        narrow = all_narrow(plain)
        breaks = _narrow_breaks(plain, cells) if narrow else _wide_breaks(line, plain, cells)
        lines += _sliced(line, breaks)
    return lines


def _sliced(line: Text, breaks: Iterable[tuple[int, int]]) -> list[tuple[Text, bool]]:
    if len(line) == 1:
        only = line[0]
        parts = [(Span(only.text[start:end], only.role, only.link),) for start, end in breaks]
        return [(part, number > 0) for number, part in enumerate(parts)]
    slices = _Slices(line)
    return [(slices.take(start, end), number > 0) for number, (start, end) in enumerate(breaks)]


def split(text: Text) -> list[Text]:
    """Break a text at its newlines alone; what a terminal would obey is made visible."""
    text = cleaned(text)
    if not any("\n" in span.text for span in text):
        return [text]
    lines: list[list[Span]] = [[]]
    for span in text:
        first, *others = span.text.split("\n")
        lines[-1].append(Span(first, span.role, span.link))
        lines += [[Span(other, span.role, span.link)] for other in others]
    return [tuple([span for span in line if span.text]) for line in lines]


def cleaned(text: Text) -> Text:
    """Give the text with nothing in it that a terminal would obey."""
    for span in text:
        if clean(span.text) is not span.text:
            safe = [Span(clean(each.text), each.role, each.link) for each in text]
            return tuple([each for each in safe if each.text])
    return text


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
    for signs in _LONG_WORD_BREAKS:
        after = max(text.rfind(sign, start, end) for sign in signs) + 1
        if after - start > (end - start) // 2:
            return after
    return end


def _wide_breaks(line: Text, plain: str, cells: int) -> Iterator[tuple[int, int]]:
    """Break at blanks, and between any two wide characters."""
    start = used = passed = 0
    stop = resume = -1
    for begin, end, own in _pieces(line):
        blank = plain[begin:end] == " "
        if own == _WIDE and begin > start and plain[begin] not in _NEVER_FIRST:
            stop, resume, passed = begin, begin, used
        while used + own > cells and begin > start and not blank:
            if stop <= start:
                stop, resume, passed = begin, begin, used
            yield start, start + len(plain[start:stop].rstrip(" "))
            start, stop, used = resume, -1, used - passed
        used += own
        if blank:
            stop, resume, passed = begin, end, used
    if start < len(plain) or not plain:
        yield start, start + len(plain[start:].rstrip(" ") or plain[start:])


def _pieces(line: Text) -> Iterator[tuple[int, int, int]]:
    """Give start, end and cells of what must not be divided; spans are drawn apart."""
    offset = 0
    for span in line:
        for start, end, cells in clusters(span.text):
            yield offset + start, offset + end, cells
        offset += len(span.text)
