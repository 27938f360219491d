"""Where a walk ends: what to do, what that turns on and rests on, and the answers given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container, Vertical
from textual.widgets import Static

from be_tui.core.decisions import advice_page, aside_words, outcome_page, turns_page
from be_tui.tui.widgets.choices import Choices
from be_tui.tui.widgets.question_pane import answers
from be_tui.tui.widgets.scroll import Scroll
from be_tui.tui.widgets.subject_view import SubjectView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from be_tui.core.decisions import Walk


class OutcomePane(Container):
    """Documents `#outcome` and `#turns`, and a list `#answers` of the questions answered.

    Where two do not fit beside each other, `#outcome` holds both documents.
    """

    def compose(self) -> ComposeResult:
        """Give the two sides."""
        yield SubjectView(id="outcome")
        with Vertical(id="rest"):
            yield SubjectView(id="turns")
            with Scroll(id="answered"):
                yield Static("Your answers", id="answered-title", markup=False)
                yield Choices(id="answers", rests=True)
                yield Static(id="answered-aside", markup=False)

    def show(self, walk: Walk, titles: Mapping[str, str], *, wide: bool) -> None:
        """Show the outcome of a walk.

        Args:
            walk: The walk.
            titles: What stands at the addresses that its outcome refers to.
            wide: Whether two documents fit beside each other.
        """
        outcome = walk.outcome
        if outcome is None:
            return
        page = advice_page(outcome, titles=titles) if wide else outcome_page(walk, titles=titles)
        self.query_one("#outcome", SubjectView).fill(page, outcome.id)
        self.query_one("#turns", SubjectView).fill(turns_page(walk, tries=True), outcome.id)
        self.query_one("#answers", Choices).show(answers(walk))
        aside = self.query_one("#answered-aside", Static)
        aside.update(aside_words(walk))
        aside.display = bool(walk.aside)
