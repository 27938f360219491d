"""What a person can do about the items of a reference, wherever a page of them is shown.

Narrow the list down, see what be-tui measured here, answer, mark, go to what is related,
open a source. The screen that reads stands in `be_tui.tui.screens.library`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from be_tui.core.bookmarks import Bookmarks
from be_tui.core.document import Document
from be_tui.core.errors import StateError
from be_tui.core.knowledge.entries import Facets
from be_tui.tui.base import BaseScreen
from be_tui.tui.shelf import REVIEW, START, Opened, Shelf
from be_tui.tui.widgets.choices import Choice
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.inline_question import WAIT, InlineQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from be_tui.core.knowledge.items import Cover, Item, Level
    from be_tui.core.reviews import Reply, Review
    from be_tui.tui.messages import EvidenceFound

_ANY = "any"
_FORGET = "forget"


class ItemsScreen(BaseScreen):
    """The base of the screen that reads references."""

    def __init__(self, argument: str = "") -> None:
        """Open nothing yet."""
        super().__init__(argument)
        self.opened: Opened | None = None
        """What is read."""

        self.facets = Facets()
        """Which items the list shows."""

        self.bookmarks = Bookmarks()
        self._asked = ""
        """The item that an answer is asked for."""

        self._covers: dict[str, Cover] = {}
        self._reviews: dict[str, Review] = {}

    shelf: Shelf

    @property
    def page(self) -> DocumentView:
        """Give the view of what is read."""
        return self.query_one("#page", DocumentView)

    async def visit(self, link: str) -> bool:
        """Open what stands at an address; tell whether something does."""
        raise NotImplementedError

    def show_list(self) -> None:
        """Show the list again, after what it shows has changed."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        """Keep what was marked."""
        self._saving(self.bookmarks.close)

    def _saving(self, save: Callable[[], None]) -> None:
        """Save something, and say what is wrong where that cannot be done."""
        try:
            save()
        except StateError as error:
            self.session.say(str(error), problem=True)

    # What is read.

    @property
    def item(self) -> Item | None:
        """Give the item that stands at the top of the page."""
        return self.opened.item(self.page.slug) if self.opened else None

    def dressed(self, opened: Opened) -> Document:
        """Give a page with what was measured here and what the person said of its items."""
        chapter = opened.chapter
        if chapter is None:
            return opened.document
        review, evidence = self._review_of(chapter.reference), self.session.evidence
        probes = {probe for item in chapter.items for probe in item.probes}
        if not review.replies and probes.isdisjoint(evidence):
            return opened.document
        from be_tui.core.knowledge.item_pages import chapter_page
        from be_tui.core.reviews import here_blocks

        return chapter_page(
            chapter, lambda item: here_blocks(item, evidence, review.reply(item.id))
        )

    def review_page(self, reference: str) -> Opened:
        """Hold a whole reference against the project: what was measured, and what was said.

        Raises:
            InputError: It is not made of items.
        """
        from be_tui.core.reviews import probes_asked, review_page, standings

        cover, chapters = self.session.library.bound(reference)
        review = self._review_of(reference)
        found = standings(cover, chapters, review, self.session.evidence)
        self.measure(probes_asked(chapters))
        title = f"{cover.title} › this project"
        return Opened(
            f"{REVIEW}{reference}",
            title,
            review_page(cover, review, found),
            Document(),
            "",
            {},
            reference=reference,
        )

    def measure(self, probes: Iterable[str]) -> None:
        """Measure what was not measured yet; the page is told anew as it comes."""
        missing = [probe for probe in probes if probe not in self.session.evidence]
        waiting = self.session.measuring.waiting
        if not waiting.issuperset(missing):
            # What another screen waits for is not to be lost.
            self.session.measure(dict.fromkeys((*missing, *sorted(waiting))))

    def on_evidence_found(self, event: EvidenceFound) -> None:
        """Tell what was measured on the page that it concerns."""
        opened = self.opened
        if opened is None or not opened.reference:
            return
        chapter = opened.chapter
        concerned = opened.address.startswith(REVIEW) or (
            chapter and any(event.evidence.probe in item.probes for item in chapter.items)
        )
        if concerned:
            self.show_again()

    def show_again(self) -> None:
        """Show the page with what is known now, where the reader is."""
        opened = self.opened
        if opened is None:
            return
        if opened.address.startswith(REVIEW):
            opened = self.opened = self.review_page(opened.reference)
        self.page.show(self.dressed(opened), position=self.page.position)

    # What was said.

    def _cover_of(self, reference: str) -> Cover:
        if reference not in self._covers:
            self._covers[reference] = self.session.library.cover(reference)
        return self._covers[reference]

    def _review_of(self, reference: str) -> Review:
        if reference not in self._reviews:
            self._reviews[reference] = self.session.store.review(self._cover_of(reference))
        return self._reviews[reference]

    def _keep(self, review: Review) -> None:
        self._reviews[review.reference] = review
        self._saving(lambda: self.session.store.save_review(review))
        self.show_again()

    # What can be done.

    def unavailable(self, action_id: str) -> str:
        """Tell why an action about items cannot be done just now."""
        opened, item = self.opened, self.item
        if InlineQuestion.open_on(self):
            return WAIT
        of_items = opened is not None and opened.reference
        match action_id:
            case "library.level" | "library.engine" | "library.checkable" | "library.review":
                return "" if of_items else "open a reference of items first"
            case "library.answer" | "library.source":
                return "" if item else "no item is read here"
            case "library.related":
                return "" if self._related else "nothing goes with this page"
            case "library.mark":
                return "" if opened and opened.address != START else "there is nothing to mark"
        return ""

    def do_level(self) -> None:
        """List the next level alone, then all again; in a review, ask for the next one."""
        from be_tui.core.knowledge.items import SCALES

        opened = self.opened
        if opened is None:
            return
        levels = SCALES[self._cover_of(opened.reference).scale]
        if opened.address.startswith(REVIEW):
            review = self._review_of(opened.reference)
            at = (levels.index(review.level) + 1) % len(levels)
            self._keep(replace(review, level=levels[at]))
            return
        order: tuple[Level | str, ...] = ("", *levels)
        chosen = self.facets.level if self.facets.level in order else ""
        level = order[(order.index(chosen) + 1) % len(order)]
        self._narrow(self.facets._replace(level=level))

    def do_checkable(self) -> None:
        """List what be-tui can check alone, or all again."""
        self._narrow(self.facets._replace(checkable=not self.facets.checkable))

    def do_engine(self) -> None:
        """Ask for which engine or protocol items are listed."""
        engines = self.shelf.engines(self.opened.reference) if self.opened else ()
        choices = [Choice(_ANY, "Any"), *(Choice(name, name) for name in engines)]
        self.query_one(InlineQuestion).ask("engine", "List what applies to …", choices)

    def _narrow(self, facets: Facets) -> None:
        self.facets = facets
        self.show_list()
        said = " · ".join(filter(None, facet_words(facets)))
        self.session.say(f"listed: {said}" if said else "all items are listed")

    async def do_review(self) -> None:
        """Hold the reference against this project."""
        if self.opened:
            await self.visit(f"{REVIEW}{self.opened.reference}")

    def do_answer(self) -> None:
        """Ask whether the item that is read holds here."""
        from be_tui.core.reviews import REPLIES

        if self.item:
            self._asked = self.item.id
            words = (Choice(kind, said[0].upper() + said[1:]) for kind, said in REPLIES.items())
            choices = [Choice("", "Leave it as it is"), *words, Choice(_FORGET, "Forget my answer")]
            self.query_one(InlineQuestion).ask("answer", f"{self.item.statement}?", choices)

    def do_mark(self) -> None:
        """Mark the passage that is read, or take its mark away."""
        opened = self.opened
        if opened is None:
            return
        slug = self.page.slug
        base = opened.reference or opened.address
        address = base if opened.address == base and not slug else f"{base}#{slug}"
        if ":" in opened.address:
            address = opened.address
        title = opened.titles.get(slug) or opened.title
        try:
            marked = self.bookmarks.toggle(address, title)
        except StateError as error:
            self.session.say(str(error), problem=True)
            return
        self.shelf.forget(START)
        self.session.say(f"marked: {title}" if marked else f"no longer marked: {title}")

    @property
    def _related(self) -> tuple[str, ...]:
        return (*self.item.related, *self.item.disputes) if self.item else ()

    async def do_related(self) -> None:
        """Go to what goes with the item: ask where there are several."""
        related = self._related
        if len(related) == 1:
            await self.visit(related[0])
            return
        choices = [Choice(each, self.shelf.title_of(each), lead=f"{each}: ") for each in related]
        stay = Choice("", "Stay here")
        self.query_one(InlineQuestion).ask("related", "Go to …", [stay, *choices])

    def do_source(self) -> None:
        """Ask which source of the item to open, if any; its address can be read first."""
        if self.item is None:
            return
        linked = [source for source in self.item.sources if source.url]
        if not linked:
            self.session.say("; ".join(map(str, self.item.sources)))
            return
        choices = [Choice(each.url, str(each), notes=(each.url,)) for each in linked]
        none = Choice("", "Open none")
        self.query_one(InlineQuestion).ask("source", "Open in the browser …", [none, *choices])

    async def on_inline_question_answered(self, event: InlineQuestion.Answered) -> None:
        """Do what was answered."""
        match event.about:
            case "engine":
                chosen = "" if event.answer == _ANY else event.answer
                self._narrow(self.facets._replace(applies=chosen))
            case "answer" if event.answer:
                self._say_of_item(event.answer)
            case "source" if event.answer:
                self.session.open_url(event.answer)
            case "related" if event.answer:
                await self.visit(event.answer)

    def _say_of_item(self, answer: str) -> None:
        from be_tui.core.reviews import REPLIES, Reply

        if self.opened is None:
            return
        review, item_id = self._review_of(self.opened.reference), self._asked
        kind = next((each for each in REPLIES if each == answer), None)
        if kind is None:
            self._keep(review.forgotten(item_id))
            return
        before: Reply | None = review.reply(item_id)
        today = date.today().isoformat()  # noqa: DTZ011 (a person's day)
        self._keep(review.replied(Reply(item_id, kind, before.note if before else "", today)))


def facet_words(facets: Facets) -> tuple[str, ...]:
    """Say what a list is narrowed to; empty words where it is not."""
    return (
        facets.level.upper(),
        f"for {facets.applies}" if facets.applies else "",
        "be-tui can check it" if facets.checkable else "",
    )
