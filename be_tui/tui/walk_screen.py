"""The screen that shows a walk: its trees, a question, an outcome, a page over them.

Which of these shows follows from the walk; what the person can do about it stands in
`be_tui.tui.screens.decide`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Vertical

from be_tui.core.decisions import (
    AT_ONCE,
    beside_page,
    changes_page,
    position_words,
    prospect,
    prospect_words,
)
from be_tui.tui.actions import actions_of, shown
from be_tui.tui.base import SMALLEST, WIDE, BaseScreen
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.inline_question import InlineQuestion
from be_tui.tui.widgets.link_list import LinkList
from be_tui.tui.widgets.outcome_pane import OutcomePane
from be_tui.tui.widgets.question_pane import QuestionPane
from be_tui.tui.widgets.subject_view import SubjectView
from be_tui.tui.widgets.tree_list import TreeList
from be_tui.tui.widgets.walk_page import TITLES, LeadsView, MapView, WalkPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget

    from be_tui.core.decisions import Prospect, Walk
    from be_tui.core.knowledge import Question
    from be_tui.tui.actions import Action
    from be_tui.tui.widgets.walk_page import PageName

PANES: dict[str, tuple[str, ...]] = {
    "trees": ("trees",),
    "asking": ("options", "said", "beside", "leads", "map"),
    "ended": ("outcome", "turns", "answers"),
    "page": ("view-page",),
    "turns": ("view-turns",),
    "leads": ("view-leads",),
    "map": ("view-map",),
}
"""What takes the focus in each view, in the order of tab; the first one when it opens."""

_VIEWS: dict[str, str] = {"evidence": "page", "source": "page"}
"""The view in which a page shows, where it is not one of its name."""

_SECOND = {"beside", "turns", "answers"}
"""What stands on the second page where two do not fit beside each other."""

_LISTED = {"decide.take", "decide.filter"}
"""The screen's own actions in the list of trees."""

_PAGES = (("question", "aside-pane"), ("outcome", "rest"))
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

        self.since: Walk | None = None
        """The walk before the last answer, against which bars move."""

        self.kept: Walk | None = None
        """The walk as it is kept while other answers are tried."""

        self.view = ""
        self.second = False
        """Whether the second page has the focus."""

        self.maps = False
        """Whether the map stands beside a question, where two pages do."""

        self._counted: tuple[object, Prospect | None] = (None, None)
        """Of which answers it was counted where they lead, and that; None while it is."""

    def body(self) -> Iterable[Widget]:
        """Give the heading and every view; one of them shows."""
        unknown = next(each for each in self.actions if each.id == "decide.unknown")
        yield HeadingLine()
        yield TreeList(id="view-trees")
        with Container(id="view-asking"):
            yield QuestionPane(shown(unknown.keys[0]))
            with Vertical(id="aside-pane"):
                yield SubjectView(id="beside")
                yield LeadsView(id="leads")
                yield MapView(id="map")
        yield OutcomePane(id="view-ended")
        yield WalkPage(id="view-page")
        yield LinkList(id="view-turns")
        yield LeadsView(id="view-leads")
        yield MapView(id="view-map")
        yield InlineQuestion()

    def do_pane(self, step: int = 1) -> None:
        """Go to the next part of the view; on a narrow screen that turns the page."""
        if self.query_one(InlineQuestion).asking:
            return
        there = {
            "said": bool(self.walk and (self.walk.path or self.walk.ahead)),
            "turns": self.wide,
            "beside": not self._map_beside,
            "leads": self.wide and not self._map_beside,
            "map": self._map_beside,
        }
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

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the new width what is drawn for one; nothing where nothing fits."""
        if self.view:
            # What is told of a widget itself goes over what a stylesheet says of small screens.
            fits = event.size.width >= SMALLEST[0] and event.size.height >= SMALLEST[1]
            self.query_one(f"#view-{self.view}").display = fits
        self._lay_panes()
        if self.walk:
            self.show_walk()

    def show_walk(self) -> None:
        """Show the walk as it stands: one view, and the heading over it."""
        walk = self.walk
        if walk is None:
            self._turn("trees")
            self.query_one(HeadingLine).say("What is to be decided?")
            self.beside("trees", self._list_trees)
            return
        title, waiting = walk.tree.title, self.session.measuring.waiting
        if self.page:
            self._turn(_VIEWS.get(self.page, self.page))
            self._show_page(walk, self.page)
            title = self.query_one(WalkPage).open(self.page, walk, waiting)
        elif walk.question is not None:
            self._turn("asking")
            self._show_question(walk, walk.question)
        else:
            self._turn("ended")
            refers = walk.outcome.references if walk.outcome else ()
            titles = self.session.library.titles(refers)
            self.query_one(OutcomePane).show(walk, titles, wide=self.wide)
        self._show_heading(walk, title)
        self.refresh_keys()

    def _show_page(self, walk: Walk, page: PageName) -> None:
        cells = self.size.width
        if page == "map":
            self.query_one("#view-map", MapView).draw(walk, cells)
        elif page == "leads":
            self.query_one("#view-leads", LeadsView).draw(walk, self._ahead(walk), cells)
        elif page == "turns":
            changes = self.query_one("#view-turns", LinkList)
            changes.show_links(changes_page(walk), changes.marked)

    def _ahead(self, walk: Walk) -> Prospect | None:
        """Give where a walk leads; None where counting takes long, and it is shown later."""
        key = walk.tree.id, walk.answers, walk.evidence
        if self._counted[0] != key:
            self._counted = key, prospect(walk, self.since, AT_ONCE)
            if self._counted[1] is None:
                self.beside("ahead", self._count, walk, key)
        return self._counted[1]

    async def _count(self, walk: Walk, key: object) -> None:
        found = await asyncio.to_thread(prospect, walk, self.since)
        if self._counted[0] == key:
            self._counted = key, found
            self.show_walk()

    def _turn(self, view: str) -> None:
        """Let one view show, and give it the focus if it did not show before."""
        if view == self.view:
            return
        self.view = view
        # Not by a class of the screen: that would style every widget of every view anew.
        for name in PANES:
            self.query_one(f"#view-{name}").display = name == view
        self.actions = self._actions_in(view)
        self.go_to(PANES[view][0])

    def _actions_in(self, view: str) -> tuple[Action, ...]:
        """Give the actions of a view: the list has few of them, and its filter nothing else."""
        every = self.session.actions
        if view == "trees":
            return tuple(
                replace(each, label="open", help="Open what is marked.")
                if each.id == "decide.take"
                else each
                for each in actions_of(self.SCOPE, every)
                if each.scope != self.SCOPE or each.id in _LISTED
            )
        # Without it, its key does what it does everywhere.
        return actions_of(self.SCOPE, (each for each in every if each.id != "decide.filter"))

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
        self.query_one("#beside").display = not self._map_beside
        self.query_one("#leads").display = wide and not self._map_beside
        self.query_one("#map").display = self._map_beside

    @property
    def _map_beside(self) -> bool:
        return self.maps and self.wide

    def _show_heading(self, walk: Walk, title: str) -> None:
        store = self.session.store
        notes = [position_words(walk)]
        if self.page:
            notes = [TITLES[self.page]]
        elif walk.outcome and not walk.at:
            notes.append(f"{walk.outcome.door} door")
        if self.kept is not None:
            notes = ["trying other answers, not saved"]
        elif store.saved and not self.page:
            notes.append("saved")
        trouble = "" if store.saved else "not saved"
        self.query_one(HeadingLine).say(title, " · ".join(notes), trouble)

    async def _list_trees(self) -> None:
        """Show every tree with how far it was walked, then the comparisons."""
        library = self.session.library
        trees = await asyncio.to_thread(library.entries, "tree")
        entries = (*trees, *await asyncio.to_thread(library.entries, "comparison"))
        synonyms = await asyncio.to_thread(library.synonyms)
        self.query_one(TreeList).show(entries, self.session.store.walks(), synonyms)

    def _show_question(self, walk: Walk, question: Question) -> None:
        waiting = self.session.measuring.waiting
        self.query_one(QuestionPane).show(walk, walk.evidence, waiting)
        page = beside_page(question, walk.evidence, waiting)
        self.query_one("#beside", SubjectView).fill(page, question.id)
        ahead, half = self._ahead(walk), self.size.width // 2
        self.query_one("#leads", LeadsView).draw(walk, ahead, half)
        if self._map_beside:
            self.query_one("#map", MapView).draw(walk, half)
        self._lead(ahead)

    def _lead(self, ahead: Prospect | None) -> None:
        """Say in the question's pane where the walk leads, where no bars stand beside it."""
        settled = ahead is not None and ahead.settled is not None
        words = prospect_words(ahead) if ahead and (settled or not self.wide) else ""
        key = next((each.keys for each in self.actions if each.id == "decide.finish"), ())
        if settled and key:
            words = f"{words} {shown(key[0])} ends here."
        self.query_one(QuestionPane).lead(words, settled=settled)

    def reading_pane(self) -> DocumentView:
        """Give the document that the keys for links act on."""
        pane = {"ended": "outcome", "asking": "beside"}.get(self.view, f"view-{self.view}")
        focused = self.focused
        return (
            focused
            if isinstance(focused, DocumentView)
            else self.query_one(f"#{pane}", DocumentView)
        )
