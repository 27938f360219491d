"""The matrix of a comparison: options down, criteria across, a cursor on one cell.

Draws lines, holds no logic: `show` gives it the matrix, `Moved`, `Typed` and `Chosen` tell
what the person did. The first line that the cursor can stand on holds the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from be_tui.core.comparisons.pages.drawing import FULL, fitted, letter, points_bar, said_score
from be_tui.core.comparisons.ranking import rank
from be_tui.core.document.cells import width
from be_tui.tui.standing import WIDE

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

    from be_tui.core.comparisons import Matrix
    from be_tui.core.comparisons.ranking import Ranked
    from be_tui.core.comparisons.weighing import Row

    Part = tuple[str, str]
    """A run of a line, and the component class that draws it."""

_NAMES = (18, 28)
"""Cells of an option's name, where there is little room and where there is much."""

_FIGURES = 10
"""Cells of a place and of points."""

_TITLED = 9
"""Cells of a column from which on it has its criterion's title rather than a letter."""

_WIDEST = 13
_MARGIN = 4
"""Cells of a wide screen that are not the grid's."""

_BAR = 20
_NARROW_BAR = 8
WEIGHTS = ""
"""What stands for an option's id on the line of the weights."""

_ORIGIN = {"given": " ", "profile": "^", "yours": "*"}
"""The sign after a weight or a score that is not the file's."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How wide each part of a line is."""

    name: int
    columns: tuple[int, ...]
    bar: int
    titled: bool

    @property
    def head(self) -> int:
        """Give the lines above the options: the criteria, and their weights."""
        return 3 if self.titled else 2


def measured(matrix: Matrix, cells: int) -> Measures:
    """Share the width of a line out: scores first, then names, then bars."""
    least = [_least(matrix, index) for index in range(len(matrix.weights))]
    count = max(len(least), 1)
    longest = max((len(row.option.title) for row in matrix.rows), default=0)
    room = cells - _FIGURES - sum(least)
    name = max(min(longest, _NAMES[cells >= WIDE - _MARGIN], room), 8)
    room -= name
    more = max(room - _BAR, 0) // count
    columns = tuple(max(each, min(each + more, _WIDEST)) for each in least)
    left = cells - _FIGURES - name - sum(columns) - 2
    bar = min(left, _BAR) if left >= _NARROW_BAR else 0
    return Measures(name, columns, bar, min(columns, default=0) >= _TITLED)


def _least(matrix: Matrix, index: int) -> int:
    """Give the cells that a column needs: its widest score, and a blank on each side."""
    shown = [said_score(row.values[index].cell.estimate) for row in matrix.rows]
    shown += [f"{matrix.weights[index].weight:g}", letter(index)]
    return max(map(len, shown)) + 2


def _in_two(title: str, cells: int) -> tuple[str, str]:
    """Give a title on two lines; what does not fit is cut."""
    first, *words = title.split() or [""]
    while words and width(first) + 1 + width(words[0]) <= cells:
        first += f" {words.pop(0)}"
    if not words:
        return "", _cut(first, cells)
    return _cut(first, cells), _cut(" ".join(words), cells)


def _cut(text: str, cells: int) -> str:
    return fitted(text, cells) if width(text) > cells else text


_NOTHING = Measures(0, (), 0, titled=False)


class ScoreGrid(Widget, can_focus=True):
    """A line for each option; as high as it needs to be, its parent scrolls."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "score-grid--head",
        "score-grid--name",
        "score-grid--first",
        "score-grid--score",
        "score-grid--own",
        "score-grid--out",
        "score-grid--bar",
        "score-grid--empty",
        "score-grid--here",
        "score-grid--cursor",
    }
    DEFAULT_CSS = """
    ScoreGrid {
        height: auto; width: 1fr;
        & > .score-grid--head { color: $muted; }
        & > .score-grid--name { color: $foreground; }
        & > .score-grid--first { color: $text-success; text-style: bold; }
        & > .score-grid--score { color: $foreground; }
        & > .score-grid--own { color: $text-warning; text-style: bold; }
        & > .score-grid--out { color: $muted; text-style: strike; }
        & > .score-grid--bar { color: $text-success; }
        & > .score-grid--empty { color: $muted; }
        & > .score-grid--here { color: $accent-text; text-style: bold; }
        & > .score-grid--cursor { text-style: bold; background: $cursor; }
        &:focus > .score-grid--cursor { text-style: bold reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("up,k", "move(-1, 0)", "Up"),
        ("down,j", "move(1, 0)", "Down"),
        ("left,h", "move(0, -1)", "Left"),
        ("right,l", "move(0, 1)", "Right"),
        ("home", "move(0, -1000)", "First"),
        ("end", "move(0, 1000)", "Last"),
    ]

    class Moved(Message):
        """The cursor stands on another cell."""

    class Chosen(Message):
        """The cell under the cursor was clicked again."""

    class Typed(Message):
        """A digit was typed."""

        def __init__(self, digit: str) -> None:
            super().__init__()
            self.digit = digit

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._matrix: Matrix | None = None
        self._ranked: dict[str, Ranked] = {}
        self._order: list[Row] = []
        self._at = (1, 0)
        """The line, 0 for the weights, and the column of the cursor."""

    def show(self, matrix: Matrix) -> None:
        """Show a matrix; the cursor stays on its cell. Options stand in the order of the file."""
        new = self._matrix is None or self._matrix.comparison.id != matrix.comparison.id
        self._matrix = matrix
        self._ranked = {each.option.id: each for each in rank(matrix)}
        self._order = list(matrix.rows)
        if new:
            self._at = (1, 0)
        self.refresh(layout=new)

    @property
    def option(self) -> str:
        """Give the id of the option under the cursor; empty on the line of the weights."""
        line = self._at[0]
        return self._order[line - 1].option.id if line and self._order else WEIGHTS

    @property
    def criterion(self) -> str:
        """Give the id of the criterion under the cursor."""
        return self._matrix.weights[self._at[1]].criterion.id if self._matrix else ""

    def action_move(self, down: int, across: int) -> None:
        """Move the cursor; it stops at the edges."""
        if self._matrix is None:
            return
        line = min(max(self._at[0] + down, 0), len(self._order))
        column = min(max(self._at[1] + across, 0), len(self._matrix.weights) - 1)
        self._go(line, column)

    def _go(self, line: int, column: int) -> None:
        if (line, column) == self._at:
            return
        self._at = (line, column)
        self.refresh()
        self.scroll_visible(animate=False)
        parent = self.parent
        if isinstance(parent, Widget):
            place = Region(0, line + self._measures.head - 1, 1, 1)
            parent.scroll_to_region(place, animate=False, force=True)
        self.post_message(self.Moved())

    def on_key(self, event: events.Key) -> None:
        """Tell of a digit."""
        if event.character and event.character.isdecimal() and event.character.isascii():
            event.stop()
            self.post_message(self.Typed(event.character))

    def on_click(self, event: events.Click) -> None:
        """Go to the cell that was clicked; a click on the cursor chooses it."""
        offset = event.get_content_offset(self)
        if self._matrix is None or offset is None:
            return
        measures = self._measures
        column = self._column_at(measures, offset.x)
        line = offset.y - measures.head + 1
        if not (0 <= line <= len(self._order)):
            return
        target = (line, self._at[1] if column is None else column)
        if target == self._at:
            self.post_message(self.Chosen())
        else:
            self._go(*target)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Give the lines: those above the options, and one for each."""
        head = measured(self._matrix, width).head if self._matrix else 0
        return head + len(self._order)

    @property
    def _measures(self) -> Measures:
        return measured(self._matrix, self.size.width) if self._matrix else _NOTHING

    def _skipped(self, measures: Measures) -> int:
        """Give how many columns lie left of the view, where not all of them fit."""
        room = self.size.width - measures.name - _FIGURES
        skipped, at = 0, self._at[1]
        while skipped < at and sum(measures.columns[skipped : at + 1]) > room:
            skipped += 1
        return skipped

    def _column_at(self, measures: Measures, x: int) -> int | None:
        """Give the column at a cell of a line; None beside the scores."""
        end = measures.name + _FIGURES
        for column in range(self._skipped(measures), len(measures.columns)):
            start, end = end, end + measures.columns[column]
            if start <= x < end:
                return column
        return None

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        ground = self.rich_style
        measures = self._measures
        line = y - measures.head + 1
        if self._matrix is None or line > len(self._order):
            return Strip.blank(self.size.width, ground)
        if line < 0:
            parts = self._head(self._matrix, measures, y)
        elif line == 0:
            parts = self._weights(self._matrix, measures)
        else:
            parts = self._row(self._order[line - 1], measures, line)
        segments = [Segment(text, ground + self._style(part)) for text, part in parts]
        return Strip(segments).crop(0, self.size.width).adjust_cell_length(self.size.width, ground)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"score-grid--{part}")

    def _head(self, matrix: Matrix, measures: Measures, line: int) -> list[Part]:
        """Give a line of the criteria: by their titles where there is room, else by letters."""
        parts: list[Part] = [(" " * (measures.name + _FIGURES), "head")]
        for index in range(self._skipped(measures), len(matrix.weights)):
            title = matrix.weights[index].criterion.title
            cells = measures.columns[index]
            text = _in_two(title, cells - 2)[line] if measures.titled else letter(index)
            parts.append((text.rjust(cells - 1) + " ", "here" if index == self._at[1] else "head"))
        return parts

    def _weights(self, matrix: Matrix, measures: Measures) -> list[Part]:
        parts: list[Part] = [(fitted("weight", measures.name + _FIGURES), "head")]
        for index in range(self._skipped(measures), len(matrix.weights)):
            weight = matrix.weights[index]
            text = f"{weight.weight:g}".rjust(measures.columns[index] - 1) + _ORIGIN[weight.origin]
            own = "head" if weight.origin == "given" else "own"
            parts += self._cell(text, own, here=self._at == (0, index))
        return parts

    def _row(self, row: Row, measures: Measures, line: int) -> list[Part]:
        ranked = self._ranked.get(row.option.id)
        first = ranked is not None and ranked.place == 1
        name = "out" if ranked is None else "first" if first else "name"
        points = f"{ranked.place:>2} {ranked.points:>5.1f}  " if ranked else " out      "
        parts: list[Part] = [
            (fitted(row.option.title, measures.name), name),
            (points, "first" if first else "name" if ranked else "head"),
        ]
        for index in range(self._skipped(measures), len(row.values)):
            value = row.values[index]
            text = said_score(value.cell.estimate).rjust(measures.columns[index] - 1)
            part = "head" if ranked is None else "own" if value.origin == "yours" else "score"
            parts += self._cell(text + _ORIGIN[value.origin], part, here=self._at == (line, index))
        if measures.bar and ranked:
            parts.append(("  ", "name"))
            for span in points_bar(ranked, measures.bar):
                full = span.text.startswith(FULL)
                parts.append((span.text, "bar" if full and first else "score" if full else "empty"))
        return parts

    def _cell(self, text: str, part: str, *, here: bool) -> list[Part]:
        """Give a cell; the cursor covers the score and a blank on each side."""
        if not here:
            return [(text, part)]
        blank = len(text) - len(text.lstrip())
        before, after = text[: max(blank - 1, 0)], text[max(blank - 1, 0) :]
        return [(before, part), (after, "cursor")]
