"""The screen that shows a walk: its trees, a question, an outcome, a page over them.

Which of these shows follows from the walk; what the person can do about it stands in
`be_tui.tui.screens.decide`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from be_tui.core.decisions import beside_page, position_words
from be_tui.tui.actions import actions_of, shown
from be_tui.tui.base import WIDE, BaseScreen
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.inline_question import InlineQuestion
from be_tui.tui.widgets.outcome_pane import OutcomePane
from be_tui.tui.widgets.question_pane import QuestionPane
from be_tui.tui.widgets.subject_view import SubjectView
from be_tui.tui.widgets.tree_list import TreeList
from be_tui.tui.widgets.walk_page import TITLES, WalkPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget

    from be_tui.core.decisions import Walk
    from be_tui.core.knowledge import Question
    from be_tui.tui.widgets.walk_page import PageName

PANES = {
    "trees": ("trees",),
    "asking": ("options", "said", "beside"),
    "ended": ("outcome", "turns", "answers"),
    "page": ("view-page",),
}
"""What takes the focus in each view, in the order of tab; the first one when it opens."""

_SECOND = {"beside", "turns", "answers"}
"""What stands on the second page where two do not fit beside each other."""

_PAGES = (("question", "beside"), ("outcome", "rest"))
"""The two pages of each view that has two."""


class WalkScreen(BaseScreen):
    """The trees, a question, an outcome, or a page about it: one of these at a time."""

    SCOPE = "decide"
    TITLE_NAME = "Decide"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("tab", "perform('decide.pane')", "Next part"),
        ("shift+tab", "pane_before", "Part before"),
    ]

    def __init__(self, argument: str = "") -> None:
        """Open on the trees, or on the one whose id is given."""
        super().__init__(argument)
        self.walk: Walk | None = None
        self.page: PageName | None = None
        """Which page is read over the walk."""

        self.view = ""
        self.second = False
        """Whether the second page has the focus."""

    def body(self) -> Iterable[Widget]:
        """Give the heading and every view; one of them shows."""
        unknown = next(each for each in self.actions if each.id == "decide.unknown")
        yield HeadingLine()
        yield TreeList(id="view-trees")
        with Container(id="view-asking"):
            yield QuestionPane(shown(unknown.keys[0]))
            yield SubjectView(id="beside")
        yield OutcomePane(id="view-ended")
        yield WalkPage(id="view-page")
        yield InlineQuestion()

    def do_pane(self, step: int = 1) -> None:
        """Go to the next part of the view; on a narrow screen that turns the page."""
        if self.query_one(InlineQuestion).asking:
            return
        there = {"said": bool(self.walk and self.walk.path), "turns": self.wide}
        panes = [pane for pane in PANES[self.view] if there.get(pane, True)]
        here = panes.index(self.focused.id) if self.focused and self.focused.id in panes else 0
        self.go_to(panes[(here + step) % len(panes)])

    def action_pane_before(self) -> None:
        """Go to the part before."""
        self.do_pane(-1)

    def on_descendant_focus(self) -> None:
        """Show the keys of the part that the keys act on."""
        self.refresh_keys()

    @property
    def wide(self) -> bool:
        """Tell whether two pages stand beside each other."""
        return self.size.width >= WIDE

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Lay an outcome and a map out for the new width."""
        self._lay_panes()
        if self.view in {"ended", "page"}:
            self.show_walk()

    def show_walk(self) -> None:
        """Show the walk as it stands: one view, and the heading over it."""
        walk = self.walk
        if walk is None:
            self._turn("trees")
            self.query_one(HeadingLine).say("What is to be decided?")
            self.run_worker(self._list_trees(), exclusive=True, group="trees")
            return
        title, waiting = walk.tree.title, self.session.measuring.waiting
        if self.page:
            self._turn("page")
            title = self.query_one(WalkPage).open(self.page, walk, waiting, self.size.width)
        elif walk.question is not None:
            self._turn("asking")
            self._show_question(walk, walk.question)
        else:
            self._turn("ended")
            self.query_one(OutcomePane).show(walk, wide=self.wide)
        self._show_heading(walk, title)
        self.refresh_keys()

    def _turn(self, view: str) -> None:
        """Let one view show, and give it the focus if it did not show before."""
        if view == self.view:
            return
        self.view = view
        # Not by a class of the screen: that would style every widget of every view anew.
        for name in PANES:
            self.query_one(f"#view-{name}").display = name == view
        self.actions = tuple(
            action
            for action in actions_of(self.SCOPE, self.session.actions)
            if view != "trees" or action.scope != self.SCOPE or action.id == "decide.take"
        )
        self.go_to(PANES[view][0])

    def go_to(self, pane: str) -> None:
        """Give a part of the view the focus, and show the page that it stands on."""
        self.second = pane in _SECOND
        self._lay_panes()
        self.query_one(f"#{pane}").focus(scroll_visible=False)

    def _lay_panes(self) -> None:
        """Put both pages beside each other, or show the one that has the focus."""
        wide = self.wide
        for first, second in _PAGES:
            self.query_one(f"#{first}").display = wide or not self.second
            self.query_one(f"#{second}").display = wide or self.second
        self.query_one("#turns").display = wide

    def _show_heading(self, walk: Walk, title: str) -> None:
        store = self.session.store
        notes = [position_words(walk)]
        if self.page:
            notes = [TITLES[self.page]]
        elif walk.outcome and not walk.at:
            notes.append(f"{walk.outcome.door} door")
        if store.saved and not self.page:
            notes.append("saved")
        trouble = "" if store.saved else "not saved"
        self.query_one(HeadingLine).say(title, " · ".join(notes), trouble)

    async def _list_trees(self) -> None:
        """Show every tree with how far it was walked, then the comparisons."""
        library = self.session.library
        trees = await asyncio.to_thread(library.entries, "tree")
        entries = (*trees, *await asyncio.to_thread(library.entries, "comparison"))
        self.query_one(TreeList).show(entries, self.session.store.walks())

    def _show_question(self, walk: Walk, question: Question) -> None:
        waiting = self.session.measuring.waiting
        self.query_one(QuestionPane).show(walk, walk.evidence, waiting)
        page = beside_page(question, walk.evidence, waiting)
        self.query_one("#beside", SubjectView).fill(page, question.id)

    def reading_pane(self) -> DocumentView:
        """Give the document that the keys for links act on."""
        pane = {"page": "view-page", "ended": "outcome"}.get(self.view, "beside")
        focused = self.focused
        return (
            focused
            if isinstance(focused, DocumentView)
            else self.query_one(f"#{pane}", DocumentView)
        )
