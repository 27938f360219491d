"""Numbered choices: one is marked; it is taken with Enter, its digit or a click.

What can be ticked is ticked by Space, its digit or a click; Enter takes. Serves every short
list of the session: the answers to a question, the answers given so far, the trees, the files
of a preview. Draws lines, holds no logic: `show` gives it what to draw, `Marked`, `Ticked` and
`Taken` tell what the person did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from be_tui.core.document import Span
from be_tui.core.document.cells import clean, width
from be_tui.core.document.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

    from be_tui.core.document import Text

Tone = Literal["text", "muted", "good", "warning", "bad"]

MARK = "▸"
_GUTTER = 2
"""Cells before a sign: a blank and the mark."""

_GAP = 2
"""Cells between a sign and its label, and between a label and its tag."""

_TAG_PART = 2
"""A tag wider than this part of the room makes no room for itself."""

_NARROWEST = 12
"""Cells below which a label is not pressed to make room for a tag beside it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose, with what is said below and beside it."""

    id: str
    label: str
    """What is chosen."""

    sign: str = ""
    """What stands before it: the digit or key that takes it, a tick, a letter."""

    notes: tuple[str, ...] = ()
    """Said below it, always."""

    detail: tuple[str, ...] = ()
    """Said below its notes while it is marked."""

    tag: str = ""
    """Said at the end of its line: `◂ measured`."""

    tone: Tone = "text"
    """Of its sign and tag, which say the same in words."""

    lead: str = ""
    """Said before the label, more quietly: the question that it answers."""

    ticked: bool | None = None
    """Whether it is ticked; None where it is taken, and cannot be."""

    heading: str = ""
    """Said on a line above it, for it and what follows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one line."""

    text: str
    part: str
    """Which component class draws it: `label`, `note`, `sign`, `tag`, `heading`."""


Row = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Arranged:
    """One choice laid out: the rows that always stand, and those of its detail."""

    rows: tuple[Row, ...]
    detail: tuple[Row, ...]
    above: tuple[Row, ...] = ()
    """The rows of its heading."""


def arrange(choices: Sequence[Choice], cells: int) -> tuple[Arranged, ...]:
    """Lay choices out so wide: labels wrap under themselves, tags stand in one column."""
    sign = max((width(_sign(choice)) for choice in choices), default=0)
    indent = _GUTTER + sign + (_GAP if sign else 1)
    room = max(cells - indent, 1)
    tags = [width(choice.tag) for choice in choices]
    # A sentence in one row's tag must not press the labels of all others; it goes below its own.
    tag = max((cells for cells in tags if cells <= room // _TAG_PART), default=0)
    column = room
    if tag:
        longest = max(width(_said(choice)) for choice in choices)
        column = max(min(longest + _GAP, room - tag), min(_NARROWEST, room))
    return tuple(_arranged(choice, indent, room, column) for choice in choices)


def _arranged(choice: Choice, indent: int, room: int, column: int) -> Arranged:
    fits = not choice.tag or column + width(choice.tag) <= room
    label_room = max(column - _GAP, 1) if choice.tag and fits else room
    lines = [_row(line) for line, _ in wrap(_spans(choice), label_room)]
    first = [Piece(_sign(choice).ljust(indent - _GUTTER), "sign"), *lines[0]]
    if choice.tag and fits:
        gap = column - sum(width(piece.text) for piece in lines[0])
        first += [Piece(" " * gap, "label"), Piece(choice.tag, "tag")]
    blank = Piece(" " * (indent - _GUTTER), "label")
    rows = [tuple(first), *((blank, *line) for line in lines[1:])]
    if choice.tag and not fits:
        rows += [(blank, Piece(line, "tag")) for line in _wrapped(choice.tag, room)]
    rows += [(blank, Piece(line, "note")) for note in choice.notes for line in _wrapped(note, room)]
    detail = [
        (blank, Piece(line, "note")) for note in choice.detail for line in _wrapped(note, room)
    ]
    above = [(Piece(line, "heading"),) for line in _wrapped(choice.heading, indent + room - 1)]
    return Arranged(tuple(rows), tuple(detail), tuple(above) if choice.heading else ())


def _sign(choice: Choice) -> str:
    if choice.ticked is None:
        return choice.sign
    return f"{choice.sign} [{'x' if choice.ticked else ' '}]".lstrip()


def _said(choice: Choice) -> str:
    return f"{choice.lead} {choice.label}" if choice.lead else choice.label


def _spans(choice: Choice) -> Text:
    label = Span(clean(choice.label))
    return (Span(f"{clean(choice.lead)} ", "muted"), label) if choice.lead else (label,)


def _row(line: Text) -> Row:
    return tuple(Piece(span.text, "note" if span.role == "muted" else "label") for span in line)


def _wrapped(text: str, cells: int) -> list[str]:
    return ["".join(span.text for span in line) for line, _ in wrap((Span(clean(text)),), cells)]


class Choices(Widget, can_focus=True):
    """A list of choices, as high as it needs to be; its parent scrolls."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--mark",
        "choices--sign",
        "choices--label",
        "choices--note",
        "choices--heading",
        "choices--tag",
        "choices--good",
        "choices--warning",
        "choices--bad",
        "choices--muted",
        "choices--marked",
    }
    DEFAULT_CSS = """
    Choices {
        height: auto; width: 1fr;
        & > .choices--mark { color: $accent-text; text-style: bold; }
        & > .choices--sign { color: $accent-text; text-style: bold; }
        & > .choices--label { color: $foreground; }
        & > .choices--note { color: $muted; }
        & > .choices--heading { color: $muted; text-style: bold; }
        & > .choices--tag { color: $accent-text; }
        & > .choices--good { color: $text-success; }
        & > .choices--warning { color: $text-warning; }
        & > .choices--bad { color: $text-error; }
        & > .choices--muted { color: $muted; }
        & > .choices--marked { text-style: bold; }
        &:focus > .choices--marked { text-style: bold; background: $cursor; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("up,k", "move(-1)", "Up"),
        ("down,j", "move(1)", "Down"),
        ("home", "move(-1000)", "First"),
        ("end", "move(1000)", "Last"),
        ("enter", "take", "Take"),
    ]

    marked: reactive[int] = reactive(0, repaint=False)
    """The index of the choice that Enter takes."""

    class Marked(Message):
        """Another choice was marked."""

        def __init__(self, choices: Choices, choice: Choice) -> None:
            super().__init__()
            self.choices = choices
            self.choice = choice

        @property
        def control(self) -> Choices:
            """Give the widget, so that a handler can be for one of them."""
            return self.choices

    class Taken(Marked):
        """A choice was taken."""

    class Ticked(Marked):
        """A choice is to be ticked, or its tick taken away."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002
        spaced: bool = False,
        rests: bool = False,
        marks_first: bool = False,
    ) -> None:
        """Make an empty list.

        Args:
            id: The widget's id.
            spaced: Whether a blank line stands between two choices.
            rests: Whether nothing is marked while the list has no focus.
            marks_first: Whether a click beside a sign only marks, because what is marked is
                shown elsewhere.
        """
        super().__init__(id=id)
        self.choices: tuple[Choice, ...] = ()
        self.typing = False
        """Whether letters and digits are text just now, which the parent takes."""

        self._spaced = spaced
        self._rests = rests
        self._marks_first = marks_first
        self._arranged: tuple[Arranged, ...] = ()
        self._rows: tuple[tuple[int, Row], ...] = ()
        self._width = 0

    def show(self, choices: Sequence[Choice], marked: int | None = None) -> None:
        """Draw these; the mark stays where it is unless it is given."""
        self.choices = tuple(choices)
        self._width = 0
        last = max(len(self.choices) - 1, 0)
        self.set_reactive(Choices.marked, min(self.marked if marked is None else marked, last))
        self.refresh(layout=True)
        self.call_after_refresh(self._keep_in_view)

    @property
    def choice(self) -> Choice | None:
        """Give the marked choice."""
        return self.choices[self.marked] if self.choices else None

    def validate_marked(self, marked: int) -> int:
        """Keep the mark on a choice."""
        return max(0, min(marked, len(self.choices) - 1))

    def watch_marked(self) -> None:
        """Draw the mark where it went, and tell."""
        self._compose_rows()
        self.refresh()
        self._keep_in_view()
        if self.choice:
            self.post_message(self.Marked(self, self.choice))

    def action_move(self, by: int) -> None:
        """Mark another choice."""
        self.marked += by

    def action_take(self) -> None:
        """Take the marked choice."""
        if self.choice:
            self.post_message(self.Taken(self, self.choice))

    def on_key(self, event: events.Key) -> None:
        """Take or tick the choice whose sign is the digit or letter; Space ticks the marked one."""
        if event.key == "space" and self.choice and self.choice.ticked is not None:
            event.stop()
            self._use()
            return
        if self.typing or not (event.character and event.character.isalnum()):
            return
        for index, choice in enumerate(self.choices):
            if choice.sign == event.character:
                event.stop()
                self.marked = index
                self._use()
                return

    def _use(self) -> None:
        """Tick the marked choice where it can be ticked; else take it."""
        if self.choice and self.choice.ticked is not None:
            self.post_message(self.Ticked(self, self.choice))
        else:
            self.action_take()

    def on_click(self, event: events.Click) -> None:
        """Take what was clicked; the rest of a double click takes nothing more."""
        if event.chain > 1 or not 0 <= event.y < len(self._rows):
            return
        index = self._rows[event.y][0]
        if index < 0:
            return
        self.marked = index
        signs = _GUTTER + max(width(_sign(choice)) for choice in self.choices)
        if not self._marks_first or event.x < signs:
            self._use()

    def on_focus(self) -> None:
        """Show the mark."""
        self.refresh()
        self._keep_in_view()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Give the height with the longest detail, so that nothing below moves."""
        self._lay_out(width)
        standing = sum(len(each.above) + len(each.rows) for each in self._arranged)
        gaps = max(len(self._arranged) - 1, 0) if self._spaced else 0
        return standing + gaps + max((len(each.detail) for each in self._arranged), default=0)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        self._lay_out(self.size.width)
        ground = self.rich_style
        if y >= len(self._rows):
            return Strip.blank(self.size.width, ground)
        index, row = self._rows[y]
        marked = index == self.marked and (self.has_focus or not self._rests)
        over = self.get_component_rich_style("choices--marked", partial=True) if marked else None
        first = y == 0 or self._rows[y - 1][0] != index
        mark = MARK if marked and first else " "
        style = self._style("mark", over)
        segments = [Segment(" ", self._style("label", over))]
        if index >= 0:
            segments.append(Segment(mark, style))
        tone = self.choices[index].tone if index >= 0 else "text"
        for piece in row:
            part = tone if tone != "text" and piece.part in {"sign", "tag"} else piece.part
            segments.append(Segment(piece.text, self._style(part, over)))
        return Strip(segments).adjust_cell_length(self.size.width, self._style("label", over))

    def _style(self, part: str, over: Style | None) -> Style:
        style = self.rich_style + self.get_component_rich_style(f"choices--{part}", partial=True)
        return style + over if over else style

    def _lay_out(self, cells: int) -> None:
        if cells == self._width or not cells:
            return
        self._width = cells
        self._arranged = arrange(self.choices, cells)
        self._compose_rows()

    def _compose_rows(self) -> None:
        rows: list[tuple[int, Row]] = []
        for index, each in enumerate(self._arranged):
            if self._spaced and index:
                rows.append((-1, ()))
            rows += ((-1, row) for row in each.above)
            shown = each.rows + (each.detail if index == self.marked else ())
            rows += ((index, row) for row in shown)
        self._rows = tuple(rows)

    def _keep_in_view(self) -> None:
        """Scroll the parent so that the marked choice is seen whole."""
        if self._rests and not self.has_focus:
            return
        lines = [y for y, (index, _) in enumerate(self._rows) if index == self.marked]
        if not lines or not isinstance(self.parent, Widget):
            return
        top = self.virtual_region.y + lines[0] - len(self._arranged[self.marked].above)
        if self.marked == 0 and self.virtual_region.y < self.parent.size.height:
            self.parent.scroll_to(y=0, animate=False)
            return
        height = len(lines) + len(self._arranged[self.marked].above)
        region = Region(0, top, max(self.size.width, 1), height)
        self.parent.scroll_to_region(region, animate=False, force=True)
