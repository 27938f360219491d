"""A field for SQL: coloured as it is typed, names completed, findings underlined.

What the colours are and what completes a word is the core's; this draws it. It tells what the
person typed as Textual's field does (`TextArea.Changed`, `TextArea.SelectionChanged`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text as RichText
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from be_tui.core.workbench import coloured, complete, may_be_plan, offset_of
from be_tui.tui.widgets.looks import LOOKS, style_of
from be_tui.tui.widgets.offer_box import OfferBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.selection import Selection as ScreenSelection

    from be_tui.core.document import Text
    from be_tui.core.findings import Severity
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine
    from be_tui.core.workbench import Completion

LARGEST = 250_000
"""Characters that can be edited; files larger than that are checked by command."""

_BEGUN = 2
"""Letters of a word from which on it is completed unasked."""

_ERASES = frozenset({"backspace", "delete"})
_MOVES = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one line that something is said about."""

    row: int
    start: int
    end: int
    severity: Severity


class SqlEditor(TextArea):
    """Takes text; completes words when asked, and as they are typed."""

    takes_text: ClassVar = True
    """Letters typed here are text, and do nothing else."""

    DEFAULT_CSS = """
    SqlEditor, SqlEditor:focus {
        border: none; padding: 0; background: $background; color: $foreground;
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
        & .text-area--gutter { color: $muted; }
        & .text-area--cursor-gutter { color: $accent-text; background: $background; }
        & .text-area--cursor-line { background: $background; }
        & .text-area--placeholder { color: $muted; }
        & .text-area--matching-bracket { background: $mark; }
        & .text-area--selection { background: $cursor; color: $foreground; }
        & .text-area--cursor { background: $background; color: $foreground; text-style: reverse; }
    }
    .-no-colour SqlEditor .text-area--selection { text-style: reverse; }
    """

    class Pasted(Message):
        """Something was pasted that belongs elsewhere."""

        def __init__(self, text: str) -> None:
            """Carry it."""
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Make an empty field.

        Args:
            id: The widget's id.
        """
        self.engine: Engine = "postgresql"
        self.schema: Schema | None = None
        """Whose names complete words; None where none are known."""

        self._lines: tuple[Text, ...] = ()
        self._marks: dict[int, list[Mark]] = {}
        self._looks: dict[str, Style] = {}
        self._box = OfferBox()
        self._typing = False
        super().__init__(id=id, show_line_numbers=True, soft_wrap=True)
        self.cursor_blink = False

    # What is shown.

    def speak(self, engine: Engine) -> None:
        """Colour and complete for another engine."""
        if engine != self.engine:
            self.engine = engine
            self._build_highlight_map()
            self.refresh()

    def mark(self, marks: Sequence[Mark]) -> None:
        """Underline these stretches, and none besides."""
        self._marks = {}
        for each in marks:
            self._marks.setdefault(each.row, []).append(each)
        self._line_cache.clear()
        self.refresh()

    @property
    def offset_here(self) -> int:
        """Give where the cursor is, in characters of the text."""
        return offset_of(self.text, *self.cursor_location)

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor on a line and a column, both from 1."""
        row = min(max(line - 1, 0), self.document.line_count - 1)
        self.move_cursor((row, min(max(column - 1, 0), len(self.document.get_line(row)))))
        self.scroll_cursor_visible(center=True)

    def notify_style_update(self) -> None:
        """Look the styles up again: the theme may have changed."""
        self._looks.clear()
        super().notify_style_update()

    def _build_highlight_map(self) -> None:
        # Textual's hook after each edit; its own way would need tree-sitter.
        self._line_cache.clear()
        self._lines = self.coloured()

    def coloured(self) -> tuple[Text, ...]:
        """Give the lines in their colours."""
        return coloured(self.document.text, self.engine)

    def get_line(self, line_index: int) -> RichText:
        """Give one line in its colours, with what is underlined."""
        line = RichText(end="", no_wrap=True)
        for span in self._lines[line_index] if line_index < len(self._lines) else ():
            line.append(span.text.translate(_UNSEEN), self._look(span.role))
        for mark in self._marks.get(line_index, ()):
            line.stylize(self._look(mark.severity), mark.start, mark.end)
        return line

    def _look(self, role: str) -> Style:
        if role not in self._looks:
            look = _UNDERLINES.get(role) or ("" if role == "code" else LOOKS.get(role, ""))
            self._looks[role] = style_of(look, self.app.theme_variables)
        return self._looks[role]

    def render_line(self, y: int) -> Strip:
        """Draw a line, with the part of the box of offers that covers it."""
        strip = super().render_line(y)
        covering = self._box.row(y, self)
        if covering is None:
            return strip
        start, over = covering
        end = start + over.cell_length
        whole = strip.adjust_cell_length(max(strip.cell_length, end), self.rich_style)
        return Strip.join([whole.crop(0, start), over, whole.crop(end)])

    # Completion.

    @property
    def offering(self) -> bool:
        """Tell whether the box of offers is open."""
        return self._box.is_open

    def complete(self) -> None:
        """Offer what may stand here, whether a word is begun or not."""
        self._offer(asked=True)
        if not self.offering:
            self.app.bell()

    def close_offers(self) -> None:
        """Close the box of offers."""
        if self._box.close():
            self.refresh()

    def _offer(self, *, asked: bool) -> None:
        found = self.completed()
        after_dot = self.text[found.start - 1 : found.start] == "."
        if not found.offers or not (asked or after_dot or len(found.word) >= _BEGUN):
            self.close_offers()
            return
        row, column = self.cursor_location
        at = self.wrapped_document.location_to_offset((row, column - len(found.word)))
        self._box.open(found, at.x + self.gutter_width, at.y - self.scroll_offset.y)
        self.refresh()

    def completed(self) -> Completion:
        """Give what may stand where the cursor is."""
        from be_tui.core.schema import Schema

        return complete(self.text, self.offset_here, self.engine, self.schema or Schema())

    def _take_offer(self) -> None:
        offer, word = self._box.taken
        self.close_offers()
        row, column = self.cursor_location
        self.replace(
            offer, (row, column - len(word)), (row, column), maintain_selection_offset=False
        )
        self.move_cursor((row, column - len(word) + len(offer)))

    def update_suggestion(self) -> None:
        """Complete the word after each letter; Textual's hook at the end of an edit."""
        if self._typing:
            self._offer(asked=False)

    # What the person does.

    def on_key(self, event: events.Key) -> None:
        """Let the box of offers have its keys while it is open; indent a new line as the last."""
        self._typing = event.is_printable or (self.offering and event.key in _ERASES)
        if self.offering and self._offers_take(event.key):
            event.stop()
            event.prevent_default()
        elif event.key == "enter":
            self.close_offers()
            line = self.document.get_line(self.cursor_location[0])[: self.cursor_location[1]]
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            if indent:
                event.stop()
                event.prevent_default()
                self._replace_via_keyboard(f"\n{indent}", *self.selection)
        elif not self._typing and event.key not in _ERASES:
            self.close_offers()

    def _offers_take(self, key: str) -> bool:
        """Do what a key does in the box of offers; tell whether it does something there."""
        if key in _MOVES:
            self._box.move(_MOVES[key])
            self.refresh()
        elif key == "tab" or (key == "enter" and self._box.chosen):
            self._take_offer()
        elif key == "escape":
            self.close_offers()
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Take a text; a plan, and what is too long, is handed on instead."""
        self._typing = False
        self.close_offers()
        event.stop()
        too_long = len(self.text) + len(event.text) > LARGEST
        if too_long or self.belongs_elsewhere(event.text):
            event.prevent_default()
            self.post_message(self.Pasted(event.text))

    def belongs_elsewhere(self, text: str) -> bool:
        """Tell whether what was pasted is for somebody else: a plan."""
        return may_be_plan(text)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the offer that was clicked; a click elsewhere closes the box."""
        offset = event.get_content_offset(self)
        if self.offering and offset is not None and self._box.point(offset.x, offset.y):
            event.stop()
            event.prevent_default()
            self._take_offer()
        else:
            self.close_offers()

    def on_blur(self) -> None:
        """Close the box: its keys are somebody else's now."""
        self.close_offers()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave F6 to the session, and Ctrl+C where there is nothing to copy."""
        if action == "select_line" or (action == "copy" and not self.selected_text):
            return False
        return super().check_action(action, parameters)

    def get_selection(self, selection: ScreenSelection) -> tuple[str, str] | None:  # noqa: ARG002
        """Give nothing to the terminal's own selection: the field has one."""
        return None


_UNSEEN = dict.fromkeys((*range(9), *range(10, 32), *range(127, 160)), "·")
"""What a terminal would obey is shown as a sign of the same width; a tab is drawn as one."""

_UNDERLINES = {
    "error": "underline $text-error",
    "warning": "underline $text-warning",
    "info": "underline $muted",
}
"""How a stretch is drawn that something is said about, by how grave that is."""
