"""Decide: a tree walked one question at a time, with what was measured beside it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from be_tui.core.decisions import (
    aside_words,
    deciders,
    finish,
    probes_of,
    record,
    record_root,
    restored_words,
    start,
    supports_of,
    take,
    tried,
)
from be_tui.core.errors import BeTuiError
from be_tui.core.project import Project
from be_tui.tui.walk_screen import PANES, WalkScreen
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.inline_question import WAIT, InlineQuestion
from be_tui.tui.widgets.link_list import LinkList
from be_tui.tui.widgets.question_pane import QuestionPane
from be_tui.tui.widgets.tree_list import TreeList

if TYPE_CHECKING:
    from be_tui.core.decisions import Walk
    from be_tui.core.files import FileSet
    from be_tui.tui.widgets.walk_page import PageName


class DecideScreen(WalkScreen):
    """What a person does about a walk, and what comes of it."""

    CSS_PATH: ClassVar = "decide.tcss"

    async def on_mount(self) -> None:
        """Show the trees, or open the one asked for."""
        self.show_walk()
        if self.argument:
            await self._open(self.argument)

    def on_unmount(self) -> None:
        """Stop measuring: nobody waits for it any more."""
        self.session.measuring.stop()

    # What can be done.

    def unavailable(self, action_id: str) -> str:
        """Tell why an action cannot be done just now."""
        scope, _, name = action_id.partition(".")
        walk = self.walk
        if scope != self.SCOPE:
            return ""
        if name != "take" and InlineQuestion.open_on(self):
            return WAIT
        if name == "take":
            listed = self.view == "trees" or isinstance(self.focused, Choices | LinkList)
            return "" if listed else "there is nothing to take here"
        if name == "filter":
            return ""
        if walk is None:
            return "no tree is open; enter opens the marked one"
        asking = walk.question is not None
        no_question = "" if asking else "no question is asked here; enter on an answer opens it"
        on_a_page = "go back to the question first" if asking and self.page else ""
        no_outcome = "" if walk.outcome else "that is known once there is an outcome"
        trying = "keep the answers that you try first" if self.kept else ""
        ahead = self._ahead(walk)
        settled = asking and ahead is not None and ahead.settled
        one_part = "" if self.view in {"asking", "ended"} else "there is one part only"
        turned = self.wide or self.second or self.view != "asking"
        no_source = "" if asking or self._names_sources else "this outcome names no source"
        reasons = {
            "unknown": no_question or on_a_page,
            "evidence": no_question,
            "turns": no_outcome,
            "record": no_outcome or trying,
            "leads": "" if asking or walk.assumed else "every answer is known",
            "keep": "" if self.kept else "you try no other answers",
            "finish": "" if settled else "what is still open can change the outcome",
            "ask": "" if ahead and ahead.asks else "nothing that is open would change this",
            "source": no_source,
            "pane": one_part,
            "next_link": "" if turned else "links stand on the other part of the page",
            "forward": "" if walk.at else "this is as far as you came",
            "restart": "" if walk.answers else "nothing is answered yet",
        }
        return reasons.get(name, "")

    @property
    def _names_sources(self) -> bool:
        return bool(self.walk and self.walk.outcome and self.walk.outcome.sources)

    def do_take(self) -> None:
        """Take what is marked in the list that has the focus."""
        if self.view == "trees":
            self.query_one("#trees", Choices).action_take()
        elif isinstance(self.focused, Choices):
            self.focused.action_take()
        elif isinstance(self.focused, LinkList):
            self.focused.action_follow()

    async def do_filter(self) -> None:
        """Narrow the list; where none shows, the key searches as it does everywhere."""
        if self.view == "trees":
            self.query_one(TreeList).narrow()
        else:
            await self.session.do_search()

    def do_unknown(self) -> None:
        """Answer that it is not known."""
        self._answer("")

    def do_evidence(self) -> None:
        """Show all that was measured for this question, or go back to it."""
        self._turn_to("evidence")

    def do_map(self) -> None:
        """Show the tree with the path walked, or go back to where you were."""
        if self.view == "asking" and self.wide:
            self.maps = not self.maps
            self.show_walk()
            self.go_to("options")
        else:
            self._turn_to("map")

    def do_leads(self) -> None:
        """Show where the walk still leads, or go back to where you were."""
        self._turn_to("leads")

    def do_ask(self) -> None:
        """Ask what would settle the most; at an outcome, of what was assumed."""
        walk = self.walk
        ahead = self._ahead(walk) if walk else None
        if walk and ahead and ahead.asks:
            if walk.question == ahead.asks.question:
                self.session.say("this question settles the most of what is open")
            self._go(walk.ask(ahead.asks.question.id))

    def do_finish(self) -> None:
        """Take what comes out whatever is still answered; what is open stays not known."""
        if self.walk:
            self._go(finish(self.walk))

    def do_keep(self) -> None:
        """Keep the answers that are tried."""
        self.kept = None
        if self.walk:
            self._go(self.walk)

    def do_turns(self) -> None:
        """Show what the outcome turns on, or go back to where you were."""
        self._turn_to("turns")

    def do_source(self) -> None:
        """Show why it is asked and who says so, or go back to where you were."""
        if self.view == "ended":
            self.go_to("outcome")
            self.query_one("#outcome", DocumentView).jump("sources")
        else:
            self._turn_to("source")

    def do_forward(self) -> None:
        """Leave an answer that was looked at again as it was."""
        if self.walk:
            self._go(self.walk.proceed())

    def do_restart(self) -> None:
        """Forget all answers of this tree; ask first."""
        if self.walk:
            count = len(self.walk.answers)
            self.query_one(InlineQuestion).ask(
                "restart",
                f"Forget {count} answer{'' if count == 1 else 's'} and begin anew?",
                (Choice("keep", "No, keep them", "1"), Choice("forget", "Forget them", "2")),
            )

    def do_next_link(self) -> None:
        """Go to the next link of the page."""
        self.reading_pane().next_link()

    def do_previous_link(self) -> None:
        """Go to the link before."""
        self.reading_pane().next_link(-1)

    async def do_record(self) -> None:
        """Preview the record of the decision."""
        walk = self.walk
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
        walk = self.walk
        asked = self.query_one(InlineQuestion)
        if asked.asking:
            asked.leave()
        elif self.view == "trees" and self.query_one(TreeList).widen():
            return
        elif self.page:
            self._turn_to(self.page)
        elif self.second and not self.wide:
            self.go_to(PANES[self.view][0])
        elif self.kept:
            self.walk, self.kept = self.kept, None
            self._go(self.walk)
        elif walk and walk.number > 1:
            self._go(walk.back())
        elif walk and not self.argument:
            self.session.measuring.stop()
            self.walk = None
            self.show_walk()
        else:
            await self.session.do_back()

    # What the person and the probes do.

    async def on_choices_taken(self, event: Choices.Taken) -> None:
        """Open a tree, take an answer, or go back to one given before."""
        if InlineQuestion.open_on(self):
            return
        match event.choices.id:
            case "trees":
                self.query_one(TreeList).widen()
                await self._open_listed(event.choice.id)
            case "options" if not self.query_one(QuestionPane).refuses(event.choice.id):
                self._answer(self.query_one(QuestionPane).said(event.choice.id))
            case "said" | "answers" if self.walk:
                self._go(self.walk.ask(event.choice.id))

    def on_inline_question_answered(self, event: InlineQuestion.Answered) -> None:
        """Begin anew, if that was the answer."""
        if event.answer == "forget" and self.walk:
            self.kept = self.since = None
            self.walk = start(self.walk.tree, self.walk.evidence)
            self._go(self.walk)

    async def on_document_view_link_followed(self, event: DocumentView.LinkFollowed) -> None:
        """Go where a link leads: a question, a screen, a file, a passage of the library."""
        kind, _, rest = event.link.partition(":")
        if kind == "question" and self.walk:
            self._go(self.walk.ask(rest))
        elif kind == "try" and self.walk:
            self._try(self.walk, rest)
        elif kind == "do":
            await self.action_perform(f"{self.SCOPE}.{rest}")
        elif kind == "action":
            await self._act(*rest.split(":", 1))
        else:
            await self.session.follow(event.link)

    async def _act(self, screen: str, argument: str = "") -> None:
        """Carry out what an outcome offers; its own tree is walked again here."""
        walk = self.walk
        if walk and (screen, argument) == ("decide", walk.tree.id):
            self._go(walk.revisit(walk.path[0].question.id))
        else:
            await self.session.open(screen, argument)

    def on_screen_resume(self) -> None:
        """Take up what was done elsewhere meanwhile: answers to this tree, evidence."""
        if self.walk is None:
            self.show_walk()
            return
        tree = self.walk.tree
        kept = None if self.kept else self.session.store.load_walk(tree)
        if kept is not None and kept.answers != self.walk.answers:
            self.walk = kept
        self._measure(self.walk)

    def on_evidence_found(self) -> None:
        """Show what was just measured beside the question that it is for."""
        if self.walk:
            self._take_evidence(self.walk)

    def on_measuring_ended(self) -> None:
        """Say of each probe whether it answered."""
        self.show_walk()

    # What follows from it.

    async def _open_listed(self, name: str) -> None:
        if name.startswith("comparison:"):
            await self.session.follow(name)
        else:
            await self._open(name)

    async def _open(self, tree_id: str) -> None:
        """Open a tree where it was left, and measure what it asks about."""
        try:
            tree = await asyncio.to_thread(self.session.library.tree, tree_id)
            restored = self.session.store.restore_walk(tree)
            walk = restored.walk if restored else start(tree)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            self.argument = ""
            self.show_walk()
            return
        if restored and (changed := restored_words(restored)):
            self.session.say(changed)
        self._measure(walk)

    def _measure(self, walk: Walk) -> None:
        """Begin to measure what the tree asks about; until then earlier measures hold."""
        self.session.measure(probes_of(walk.tree))
        self._take_evidence(walk)

    def _take_evidence(self, walk: Walk) -> None:
        """Show a walk beside what is known by now."""
        known = {each.probe: each for each in walk.evidence} | self.session.evidence
        self.walk = walk.with_evidence(known.values())
        self.show_walk()

    def _answer(self, said: str) -> None:
        walk = self.walk
        if walk is None or walk.question is None:
            return
        try:
            answered = take(walk, said, walk.evidence)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return
        self._go(answered)

    def _try(self, walk: Walk, words: str) -> None:
        """Walk under other answers, without keeping them, until they are kept or left."""
        try:
            other = tried(walk, words)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return
        self.kept = self.kept or walk
        self._go(other)

    def _go(self, walk: Walk) -> None:
        """Take up another state of the walk: keep it, say what it sets aside, show it."""
        before = self.walk
        self.walk = walk
        self.page = None
        if before and before.answers != walk.answers:
            self.since = before
        if not self.kept:
            self._save(walk)
        if before and len(walk.aside) > len(before.aside) and (aside := aside_words(walk)):
            self.session.say(aside)
        self.show_walk()
        self.go_to(PANES[self.view][0])

    def _save(self, walk: Walk) -> None:
        try:
            self.session.store.save_walk(walk)
        except BeTuiError as error:
            self.session.say(f"not saved: {error}", problem=True)

    def _turn_to(self, page: PageName) -> None:
        """Open a page over the walk, or close it if it is the one that is open."""
        self.page = None if page == self.page else page
        self.show_walk()
        self.go_to(PANES[self.view][0])

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
