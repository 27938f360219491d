"""One line to type something short into: a name, a path, a URL, words to find."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widgets import Input, Static

from be_tui.tui.widgets.field_line import FieldLine

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.widget import Widget


class EntryLine(FieldLine):
    """Closed until something is asked; it has the focus until that is entered or left."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Leave")]

    class Entered(Message):
        """Something was entered."""

        def __init__(self, about: str, text: str) -> None:
            """Carry what was asked about, and the text."""
            super().__init__()
            self.about = about
            self.text = text

    class Typed(Entered):
        """Something is being typed."""

    def __init__(self) -> None:
        """Ask nothing."""
        super().__init__()
        self._about = ""
        self._before: Widget | None = None

    @property
    def about(self) -> str:
        """Give what is asked about; empty while nothing is."""
        return self._about

    def ask(self, about: str, label: str, value: str = "", hint: str = "") -> None:
        """Ask for a line.

        Args:
            about: What `Entered` will be about.
            label: Stands before the field.
            value: Stands in it.
            hint: Stands in it while it is empty.
        """
        if not self._about:
            self._before = self.screen.focused
        self._about = about
        self.query(Static).first().update(label)
        field = self.query_one(Input)
        field.password = False
        field.value, field.placeholder = value, hint
        self.open()
        field.action_select_all()

    def leave(self) -> None:
        """Close the line."""
        self._about = ""
        self.close()
        # What was typed may be a password; it is not left in the widget.
        self.query_one(Input).value = ""
        if self._before is not None and self._before.is_attached:
            self._before.focus()
        self._before = None

    def action_leave(self) -> None:
        """Close the line without an answer."""
        self.leave()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Hide what is typed from where a password could come, and tell what it is."""
        event.stop()
        _, scheme, rest = event.value.partition("://")
        event.input.password = bool(scheme and rest)
        if self._about:
            self.post_message(self.Typed(self._about, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass on what was entered."""
        event.stop()
        about, text = self._about, event.value
        self.leave()
        self.post_message(self.Entered(about, text))
