"""A question that must be answered before something is done, asked where it arises."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from be_tui.tui.widgets.choices import Choice, Choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.screen import Screen
    from textual.widget import Widget


WAIT = "answer the question below first"
"""Why nothing else can be done while a question is open."""


class InlineQuestion(Vertical):
    """Not there until `ask`; it has the focus until it is answered or left.

    It stands directly on its screen.
    """

    DEFAULT_CSS = """
    InlineQuestion {
        height: auto; padding: 0 1; display: none; background: $panel;
        & > Static { height: auto; text-style: bold; }
        &.-asking { display: block; }
    }
    """
    BINDINGS: ClassVar = [("escape", "leave", "Leave")]

    class Answered(Message):
        """An answer was taken."""

        def __init__(self, about: str, answer: str) -> None:
            """Carry what was asked about, and the id of the answer."""
            super().__init__()
            self.about = about
            self.answer = answer

    def __init__(self) -> None:
        """Ask nothing."""
        super().__init__()
        self._about = ""
        self._before: Widget | None = None

    def compose(self) -> ComposeResult:
        """Give the question and its answers."""
        yield Static(markup=False)
        yield Choices()

    @classmethod
    def open_on(cls, screen: Screen[None]) -> bool:
        """Tell whether a question is open on a screen, so that all else has to wait."""
        # A query of all widgets would cost a millisecond for each action of the footer.
        return any(isinstance(each, cls) and each.asking for each in screen.children)

    @property
    def asking(self) -> bool:
        """Tell whether a question is open."""
        return bool(self._about)

    def ask(self, about: str, question: str, answers: Sequence[Choice]) -> None:
        """Ask; the first answer is marked, so it must be the one that does nothing."""
        if not self.asking:
            self._before = self.screen.focused
        self._about = about
        self.add_class("-asking")
        self.query_one(Static).update(question)
        choices = self.query_one(Choices)
        choices.show(answers, 0)
        choices.focus()

    def leave(self) -> None:
        """Close the question without an answer."""
        self._about = ""
        self.remove_class("-asking")
        if self._before is not None and self._before.is_attached:
            # At once: what is asked next remembers who had the focus.
            self.screen.set_focus(self._before, scroll_visible=False)
        self._before = None

    def action_leave(self) -> None:
        """Close the question."""
        self.leave()

    def on_choices_marked(self, event: Choices.Marked) -> None:
        """Keep to itself what is marked here."""
        event.stop()

    def on_choices_taken(self, event: Choices.Taken) -> None:
        """Pass the answer on."""
        event.stop()
        about = self._about
        self.leave()
        self.post_message(self.Answered(about, event.choice.id))
