"""Decide: a tree walked one question at a time, with what was measured beside it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from be_tui.core.decisions import (
    aside_words,
    beside_page,
    deciders,
    evidence_page,
    map_page,
    position_words,
    probes_of,
    record,
    record_root,
    start,
    supports_of,
    take,
    turns_page,
    why_page,
)
from be_tui.core.document import Document, Lines
from be_tui.core.errors import BeTuiError
from be_tui.core.project import Project
from be_tui.tui.actions import actions_of, shown
from be_tui.tui.base import WIDE, BaseScreen
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.document_view import DocumentView, Position
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.inline_question import InlineQuestion
from be_tui.tui.widgets.outcome_pane import OutcomePane
from be_tui.tui.widgets.question_pane import QuestionPane
from be_tui.tui.widgets.tree_list import TreeList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget

    from be_tui.core.decisions import Walk
    from be_tui.core.files import FileSet
    from be_tui.core.knowledge import Question

_PANES = {
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

_MARGINS = 4
"""Cells beside a map: its padding and the scroll bar."""

_ABOVE = 6
"""Lines of a map that are seen above where the walk is."""

_PAGE_TITLES = {
    "evidence": "Measured",
    "map": "Map",
    "turns": "What would change this",
    "source": "Why it is asked",
}


class DecideScreen(BaseScreen):
    """The trees, a question, an outcome, or a page about it: one of these at a time."""

    SCOPE = "decide"
    TITLE_NAME = "Decide"
    CSS_PATH: ClassVar = "decide.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("tab", "perform('decide.pane')", "Next part"),
        ("shift+tab", "pane_before", "Part before"),
    ]

    def __init__(self, argument: str = "") -> None:
        """Open on the trees, or on the one whose id is given."""
        super().__init__(argument)
        self._walk: Walk | None = None
        self._page = ""
        """Which page is read over the walk: a key of `_PAGE_TITLES`, or nothing."""

        self._view = ""
        self._second = False
        """Whether the second page has the focus."""

    def body(self) -> Iterable[Widget]:
        """Give the heading and every view; one of them shows."""
        unknown = next(each for each in self.actions if each.id == "decide.unknown")
        yield HeadingLine()
        yield TreeList(id="view-trees")
        with Container(id="view-asking"):
            yield QuestionPane(shown(unknown.keys[0]))
            yield DocumentView(id="beside")
        yield OutcomePane(id="view-ended")
        yield DocumentView(id="view-page")
        yield InlineQuestion()

    async def on_mount(self) -> None:
        """Show the trees, or open the one asked for."""
        self._show()
        if self.argument:
            await self._open(self.argument)

    def on_unmount(self) -> None:
        """Stop measuring: nobody waits for it any more."""
        self.session.measuring.stop()

    # What can be done.

    def unavailable(self, action_id: str) -> str:
        """Tell why an action cannot be done just now."""
        scope, _, name = action_id.partition(".")
        walk = self._walk
        if scope != self.SCOPE:
            return ""
        if name == "take":
            return "" if isinstance(self.focused, Choices) else "there is nothing to take here"
        if walk is None:
            return "no tree is open; enter opens the marked one"
        asking = walk.question is not None
        no_question = "" if asking else "no question is asked here; enter on an answer opens it"
        on_a_page = "go back to the question first" if asking and self._page else ""
        no_outcome = "" if walk.outcome else "that is known once there is an outcome"
        no_source = "" if asking or self._names_sources else "this outcome names no source"
        reasons = {
            "unknown": no_question or on_a_page,
            "evidence": no_question,
            "turns": no_outcome,
            "record": no_outcome,
            "source": no_source,
            "forward": "" if walk.at else "this is as far as you came",
            "restart": "" if walk.answers else "nothing is answered yet",
        }
        return reasons.get(name, "")

    @property
    def _names_sources(self) -> bool:
        return bool(self._walk and self._walk.outcome and self._walk.outcome.sources)

    def do_take(self) -> None:
        """Take what is marked in the list that has the focus."""
        if isinstance(self.focused, Choices):
            self.focused.action_take()

    def do_unknown(self) -> None:
        """Answer that it is not known."""
        self._answer("")

    def do_evidence(self) -> None:
        """Show all that was measured for this question, or go back to it."""
        self._turn_to("evidence")

    def do_map(self) -> None:
        """Show the tree with the path walked, or go back to where you were."""
        self._turn_to("map")

    def do_turns(self) -> None:
        """Show what the outcome turns on, or go back to where you were."""
        self._turn_to("turns")

    def do_source(self) -> None:
        """Show why it is asked and who says so, or go back to where you were."""
        if self._view == "ended":
            self._focus("outcome")
            self.query_one("#outcome", DocumentView).jump("sources")
        else:
            self._turn_to("source")

    def do_forward(self) -> None:
        """Leave an answer that was looked at again as it was."""
        if self._walk:
            self._go(self._walk.proceed())

    def do_restart(self) -> None:
        """Forget all answers of this tree; ask first."""
        if self._walk:
            count = len(self._walk.answers)
            self.query_one(InlineQuestion).ask(
                "restart",
                f"Forget {count} answer{'' if count == 1 else 's'} and begin anew?",
                (Choice("keep", "No, keep them", "1"), Choice("forget", "Forget them", "2")),
            )

    def do_next_link(self) -> None:
        """Go to the next link of the page."""
        self._reading_pane().next_link()

    def do_previous_link(self) -> None:
        """Go to the link before."""
        self._reading_pane().next_link(-1)

    async def do_record(self) -> None:
        """Preview the record of the decision."""
        walk = self._walk
        if walk is None:
            return
        try:
            files, root = await asyncio.to_thread(self._record, walk)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return
        from be_tui.tui.screens.preview import PreviewScreen

        await self.app.push_screen(PreviewScreen(files=files, root=root, title="Decision record"))

    async def do_back(self) -> None:
        """Go back a step: from a page, to the question before, to the trees, out of here."""
        walk = self._walk
        asked = self.query_one(InlineQuestion)
        if asked.asking:
            asked.leave()
        elif self._page:
            self._turn_to(self._page)
        elif self._second and not self._wide:
            self._focus(_PANES[self._view][0])
        elif walk and walk.number > 1:
            self._go(walk.back())
        elif walk and not self.argument:
            self.session.measuring.stop()
            self._walk = None
            self._show()
        else:
            await self.session.do_back()

    def do_pane(self, step: int = 1) -> None:
        """Go to the next part of the view; on a narrow screen that turns the page."""
        if self.query_one(InlineQuestion).asking:
            return
        there = {"said": bool(self._walk and self._walk.path), "turns": self._wide}
        panes = [pane for pane in _PANES[self._view] if there.get(pane, True)]
        here = panes.index(self.focused.id) if self.focused and self.focused.id in panes else 0
        self._focus(panes[(here + step) % len(panes)])

    def action_pane_before(self) -> None:
        """Go to the part before."""
        self.do_pane(-1)

    def on_descendant_focus(self) -> None:
        """Show the keys of the part that the keys act on."""
        self.refresh_keys()

    @property
    def _wide(self) -> bool:
        return self.size.width >= WIDE

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Lay an outcome and a map out for the new width."""
        self._lay_panes()
        if self._view in {"ended", "page"}:
            self._show()

    # What the person and the probes do.

    async def on_choices_taken(self, event: Choices.Taken) -> None:
        """Open a tree, take an answer, or go back to one given before."""
        match event.choices.id:
            case "trees":
                await self._open(event.choice.id)
            case "options":
                self._answer(event.choice.id)
            case "said" | "answers" if self._walk:
                self._go(self._walk.revisit(event.choice.id))

    def on_inline_question_answered(self, event: InlineQuestion.Answered) -> None:
        """Begin anew, if that was the answer."""
        if event.answer == "forget" and self._walk:
            self._go(start(self._walk.tree, self._walk.evidence))

    async def on_document_view_link_followed(self, event: DocumentView.LinkFollowed) -> None:
        """Go where a link leads: a question, a screen, a file, a passage of the library."""
        kind, _, rest = event.link.partition(":")
        if kind == "question" and self._walk:
            self._go(self._walk.revisit(rest))
        elif kind == "action":
            screen, _, argument = rest.partition(":")
            await self.session.open(screen, argument)
        else:
            await self.session.follow(event.link)

    def on_evidence_found(self) -> None:
        """Show what was just measured beside the question that it is for."""
        if self._walk:
            self._walk = self._walk.with_evidence(self.session.evidence.values())
            self._show()

    def on_measuring_ended(self) -> None:
        """Say of each probe whether it answered."""
        self._show()

    # What follows from it.

    async def _open(self, tree_id: str) -> None:
        """Open a tree where it was left, and measure what it asks about."""
        try:
            tree = await asyncio.to_thread(self.session.library.tree, tree_id)
            restored = self.session.store.restore_walk(tree)
            walk = restored.walk if restored else start(tree)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            self.argument = ""
            self._show()
            return
        if restored and restored.lost:
            count = len(restored.lost)
            words = "answer has" if count == 1 else "answers have"
            self.session.say(f"the tree has changed: {count} {words} no place in it any more")
        self._walk = walk.with_evidence(self.session.evidence.values())
        self.session.measure(probes_of(tree))
        self._show()

    def _answer(self, option: str) -> None:
        walk = self._walk
        if walk is not None and walk.question is not None:
            self._go(take(walk, option, walk.evidence))

    def _go(self, walk: Walk) -> None:
        """Take up another state of the walk: keep it, say what it sets aside, show it."""
        before = self._walk
        self._walk = walk
        self._page = ""
        try:
            self.session.store.save_walk(walk)
        except BeTuiError as error:
            self.session.say(f"not saved: {error}", problem=True)
        if before and len(walk.aside) > len(before.aside):
            self.session.say(aside_words(walk))
        self._show()
        self._focus(_PANES[self._view][0])

    def _turn_to(self, page: str) -> None:
        """Open a page over the walk, or close it if it is the one that is open."""
        self._page = "" if page == self._page else page
        self._show()
        self._focus(_PANES[self._view][0])

    def _record(self, walk: Walk) -> tuple[FileSet, Path]:
        """Give the record of a walk, and the folder that its path is relative to."""
        session = self.session
        root = session.opening.project
        project = session.project or Project(root, root.name)
        folder = Path(session.settings.record_dir)
        supports = supports_of(walk)
        today = datetime.now(UTC).astimezone().date()
        files = record(walk, supports, project, folder, today, decision_makers=deciders(root))
        return files, record_root(root, folder)

    # How it is shown.

    def _show(self) -> None:
        """Show the walk as it stands: one view, and the heading over it."""
        walk = self._walk
        if walk is None:
            self._turn("trees")
            self.query_one(HeadingLine).say("What is to be decided?")
            self.run_worker(self._list_trees(), exclusive=True, group="trees")
        elif self._page:
            self._turn("page")
            self._show_page(walk)
        elif walk.question is not None:
            self._turn("asking")
            self._show_question(walk, walk.question)
        else:
            self._turn("ended")
            self.query_one(OutcomePane).show(walk, wide=self._wide)
        if walk is not None:
            self._show_heading(walk)
        self.refresh_keys()

    def _turn(self, view: str) -> None:
        """Let one view show, and give it the focus if it did not show before."""
        if view == self._view:
            return
        self._view = view
        # Not by a class of the screen: that would style every widget of every view anew.
        for name in _PANES:
            self.query_one(f"#view-{name}").display = name == view
        self.actions = tuple(
            action
            for action in actions_of(self.SCOPE, self.session.actions)
            if view != "trees" or action.scope != self.SCOPE or action.id == "decide.take"
        )
        self._focus(_PANES[view][0])

    def _focus(self, pane: str) -> None:
        self._second = pane in _SECOND
        self._lay_panes()
        self.query_one(f"#{pane}").focus(scroll_visible=False)

    def _lay_panes(self) -> None:
        """Put both pages beside each other, or show the one that has the focus."""
        wide = self._wide
        for first, second in _PAGES:
            self.query_one(f"#{first}").display = wide or not self._second
            self.query_one(f"#{second}").display = wide or self._second
        self.query_one("#turns").display = wide

    def _show_heading(self, walk: Walk) -> None:
        store = self.session.store
        title, notes = walk.tree.title, [position_words(walk)]
        if self._page:
            if walk.question is not None and self._page in {"evidence", "source"}:
                title = walk.question.ask
            notes = [_PAGE_TITLES[self._page]]
        elif walk.outcome and not walk.at:
            notes.append(f"{walk.outcome.door} door")
        if store.saved and not self._page:
            notes.append("saved")
        trouble = "" if store.saved else "not saved"
        self.query_one(HeadingLine).say(title, " · ".join(notes), trouble)

    async def _list_trees(self) -> None:
        """Show every tree with how far it was walked."""
        entries = await asyncio.to_thread(self.session.library.entries, "tree")
        self.query_one(TreeList).show(entries, self.session.store.walks())

    def _show_question(self, walk: Walk, question: Question) -> None:
        waiting = self.session.measuring.waiting
        self.query_one(QuestionPane).show(walk, walk.evidence, waiting)
        self.query_one("#beside", DocumentView).show(beside_page(question, walk.evidence, waiting))

    def _show_page(self, walk: Walk) -> None:
        view = self.query_one("#view-page", DocumentView)
        question = walk.question
        match self._page:
            case "map":
                page = map_page(walk, max(self.size.width - _MARGINS, 0))
                page = Document(page.blocks[1:])  # the title stands in the heading
                view.show(page, position=_here(page))
            case "turns":
                view.show(turns_page(walk))
            case "evidence" if question is not None:
                waiting = self.session.measuring.waiting
                view.show(evidence_page(question, walk.evidence, waiting=waiting))
            case "source" if question is not None:
                view.show(why_page(question))

    def _reading_pane(self) -> DocumentView:
        pane = {"page": "view-page", "ended": "outcome"}.get(self._view, "beside")
        focused = self.focused
        return (
            focused
            if isinstance(focused, DocumentView)
            else self.query_one(f"#{pane}", DocumentView)
        )


def _here(page: Document) -> Position:
    """Give where on a map the walk is; its beginning where that is near enough."""
    for number, block in enumerate(page.blocks):
        lines = block.lines if isinstance(block, Lines) else ()
        for index, line in enumerate(lines):
            if any(span.role == "chosen" for span in line) and index > _ABOVE:
                return Position(number, (index - _ABOVE) / len(lines))
    return Position()
