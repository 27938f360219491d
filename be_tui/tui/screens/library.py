"""Library: search as you type on the left, what is read on the right."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container
from textual.widgets import Input, Static

from be_tui.core.document import History
from be_tui.core.document.reading import Position
from be_tui.core.errors import BeTuiError
from be_tui.tui.base import WIDE
from be_tui.tui.items_screen import ItemsScreen, facet_words
from be_tui.tui.shelf import (
    REVIEW,
    START,
    Opened,
    Shelf,
    found_list,
    is_read_here,
    place_of,
    split_address,
    warm_up,
)
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.find_line import FindLine
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.inline_question import WAIT, InlineQuestion
from be_tui.tui.widgets.link_list import LinkList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget

    from be_tui.core.knowledge import Hit
    from be_tui.core.knowledge.entries import Facets

_HITS = 30
"""Hits shown; who has not found it among these types another letter."""

_TOP = Position()


@dataclass(frozen=True, slots=True)
class Visit:
    """A place in the library: what was read, where in it, and what had been searched for."""

    address: str
    position: Position = _TOP
    query: str = ""
    reading: bool = False
    """Whether the page was in view, where only one pane fits."""


class Query(Input):
    """What is searched for; the arrow keys lead on to what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [("down", "screen.leave_query")]


class LibraryScreen(ItemsScreen):
    """References, checklists and rules are read here; trees are found here, walked in Decide."""

    SCOPE = "library"
    TITLE_NAME = "Library"
    CSS_PATH: ClassVar = "library.tcss"

    def __init__(self, argument: str = "") -> None:
        """Open the library.

        Args:
            argument: The address to open: `guide`, `guide#caching`, `checklist:code-review`.
        """
        super().__init__(argument)
        self._history: History[Visit] = History()
        self._reading = False
        self._list_title = ""

    def body(self) -> Iterable[Widget]:
        """Give the heading, the list and the page."""
        page = DocumentView(id="page")
        yield HeadingLine()
        with Container(id="panes"):
            with Container(id="left"):
                yield Query(
                    placeholder="search guides, checklists, trees, rules",
                    id="query",
                    compact=True,
                    select_on_focus=False,
                )
                yield Static(id="list-title", markup=False)
                yield LinkList(id="list")
            with Container(id="right"):
                yield page
                yield FindLine(page)
        yield InlineQuestion()

    async def on_mount(self) -> None:
        """Show what was asked for, or all that there is."""
        self.shelf = await asyncio.to_thread(
            lambda: Shelf(self.session.library, self.bookmarks.all)
        )
        if not (self.argument and await self.visit(self.argument)):
            await self.visit(START)
        self.run_worker(warm_up, thread=True, group="warming up")

    @property
    def _list(self) -> LinkList:
        return self.query_one("#list", LinkList)

    @property
    def _query(self) -> Query:
        return self.query_one("#query", Query)

    def unavailable(self, action_id: str) -> str:
        """Tell why an action cannot be done just now."""
        reading = self.page.reading
        opened = self.opened
        match action_id:
            case _ if InlineQuestion.open_on(self):
                return WAIT
            case "library.forward" if not self._history.can_go_forward:
                return "nothing lies forward"
            case "library.copy" if not (opened and opened.has_code):
                return "there is no code on this page"
            case "library.next_link" | "library.previous_link" if not (
                reading and (reading.page.links or reading.matches)
            ):
                return "there is no link on this page"
            case "library.edit" if not (opened and opened.path):
                return "this page stands in no file"
            case "library.edit" if opened and opened.pack == "bundled":
                own = opened.reference or opened.address
                return f"it ships with be-tui; .be-tui/ may hold another {own!r}"
        return super().unavailable(action_id)

    async def visit(self, link: str) -> bool:
        """Open what stands at an address; tell whether something does.

        What another screen shows, a tree for one, is opened there.
        """
        base, slug = split_address(link)
        if not is_read_here(base):
            await self.session.follow(link)
            return True
        if not base and slug and self.opened:
            base = self.opened.reference or self.opened.address
        address = self.shelf.page_of(base, slug)
        try:
            opened = self.shelf.kept(address) or await self._open(address)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return False
        self._keep_place()
        self._history = self._history.visit(Visit(address, reading=bool(address)))
        self._show(opened, slug)
        if slug and slug not in opened.titles:
            self.session.say(f"{opened.title} has no section {slug!r}", problem=True)
        return True

    async def _open(self, address: str) -> Opened:
        """Read what stands at an address, beside the event loop."""
        if address.startswith(REVIEW):
            return self.review_page(address.removeprefix(REVIEW))
        return await asyncio.to_thread(self.shelf.open, address)

    def _keep_place(self) -> None:
        """Keep where the reader is in the present place, before leaving it."""
        here = self._history.here
        if here:
            position, query = self.page.position, self._query.value
            now = replace(here, position=position, query=query, reading=self._reading)
            self._history = self._history.keep(now)

    def _show(self, opened: Opened, slug: str = "") -> None:
        """Show the present place of the history."""
        visit = self._history.here or Visit(START)
        self.opened = opened
        with self.prevent(Input.Changed):
            self._query.value = visit.query
        self.page.show(self.dressed(opened), slug, visit.position)
        self.show_list()
        self.query_one(FindLine).seek()
        self._show_place()
        self._face(reading=visit.reading)
        self.refresh_keys()
        if opened.chapter:
            self.measure(probe for item in opened.chapter.items for probe in item.probes)

    def _face(self, *, reading: bool) -> None:
        """Turn to the page, or to the list."""
        self._turn(reading=reading)
        listed = self._list if self._list.holds_links else self._query
        self.set_focus(self.page if reading else listed, scroll_visible=False)

    def _turn(self, *, reading: bool) -> None:
        """Show the page, or the list; both where both fit."""
        # A class on the screen would say so too, but restyles every widget each time.
        self._reading = reading
        wide = self.size.width >= WIDE
        self.query_one("#left").display = wide or not reading
        self.query_one("#right").display = wide or reading

    def _narrow(self, facets: Facets) -> None:
        super()._narrow(facets)
        if self.size.width < WIDE:
            # The page is not narrowed down: whoever sees it alone would see nothing happen.
            self._face(reading=False)

    def show_list(self) -> None:
        """Show what was found; without a search what the page holds, or what there is."""
        query, opened = self._query.value.strip(), self.opened
        if query:
            hits = self.shelf.search(query, _HITS, self.facets)
            title, document = _count_words(hits), found_list(hits, query)
        elif opened and opened.reference:
            title, document = self.shelf.contents(opened.reference, self.facets)
        elif opened:
            title, document = opened.list_title, opened.contents
        else:
            return
        narrowed = facet_words(self.facets) if query or (opened and opened.reference) else ()
        title = " · ".join(filter(None, (title, *narrowed)))
        if title != self._list_title:
            self._list_title = title
            self.query_one("#list-title", Static).update(title, layout=False)
        self._list.show_links(document, opened.link(self.page.slug) if opened else "")

    def _show_place(self) -> None:
        """Say what is read, and where it comes from."""
        opened, slug = self.opened, self.page.slug
        if opened is None:
            return
        section = opened.titles.get(slug, "")
        title = f"{opened.title} › {section}" if section not in {"", opened.title} else opened.title
        project, short = str(self.session.opening.project), self.size.width < WIDE
        self.query_one(HeadingLine).say(title, place_of(opened, slug, project, short=short))

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Show both panes or one, and say more or less of where the page comes from."""
        self._turn(reading=self._reading)
        self._show_place()

    def on_document_view_heading_changed(self) -> None:
        """Mark the section that is read in the list, and say where it comes from."""
        if self.opened:
            self._list.mark(self.opened.link(self.page.slug))
        self._show_place()
        self.refresh_keys()

    async def on_document_view_link_followed(self, event: DocumentView.LinkFollowed) -> None:
        """Go where the link leads."""
        await self.visit(event.link)

    def on_input_changed(self) -> None:
        """Search for what has been typed so far."""
        self.show_list()

    async def on_input_submitted(self) -> None:
        """Open the first of what was found."""
        await self.do_open()

    def action_leave_query(self) -> None:
        """Go from the words to what was found."""
        if self._list.holds_links:
            self._list.focus()

    async def do_open(self) -> None:
        """Open the marked line, or follow the marked link."""
        if self.focused is self.page:
            self.page.action_follow()
        elif self._list.marked:
            await self.visit(self._list.marked)

    def do_search(self) -> None:
        """Type what to search for."""
        self._turn(reading=False)
        self._query.focus()

    def do_find(self) -> None:
        """Type what to find on the page."""
        self._turn(reading=True)
        self.query_one(FindLine).open()

    def do_next_link(self, step: int = 1) -> None:
        """Go to the next link; while words are being found, to their next place."""
        line = self.query_one(FindLine)
        if line.is_open:
            line.step(step)
            return
        self._face(reading=True)
        if not self.page.next_link(step):
            self.session.say("that was the last link" if step > 0 else "that was the first link")

    def do_previous_link(self) -> None:
        """Go to the link before."""
        self.do_next_link(-1)

    def do_copy(self) -> None:
        """Copy the block of code in view; again, the next one."""
        self._face(reading=True)
        self.session.copy_to_clipboard(self.page.code_at_cursor())

    def do_edit(self) -> None:
        """Open the file of this page in the person's own editor."""
        opened = self.opened
        if opened and opened.path:
            self.session.edit(Path(opened.path), opened.line_of(self.page.slug))

    def do_pane(self) -> None:
        """Go between the list and the page."""
        on_page = self.query_one("#right").has_focus_within
        self._face(reading=not on_page)

    def do_forward(self) -> None:
        """Go forward again."""
        self._go(self._history.forward())

    async def do_back(self) -> None:
        """Undo the last step: the finding, the search, the page; then leave."""
        line = self.query_one(FindLine)
        if line.is_open:
            line.close()
        elif self._query.value:
            self._query.value = ""
        elif self._history.can_go_back:
            self._go(self._history.back())
        elif self._reading and self._is_start and self.size.width < WIDE:
            self._face(reading=False)
        else:
            await self.session.do_back()

    @property
    def _is_start(self) -> bool:
        return self.opened is not None and self.opened.address == START

    def _go(self, history: History[Visit]) -> None:
        """Go to another place of the history, as it was left."""
        self._keep_place()
        self._history = replace(self._history, at=history.at)
        here = self._history.here
        if here is None:
            return
        if here.address.startswith(REVIEW):
            self._show(self.review_page(here.address.removeprefix(REVIEW)))
        else:
            self._show(self.shelf.open(here.address))


def _count_words(hits: tuple[Hit, ...]) -> str:
    if not hits:
        return ""
    return f"The best {len(hits)}" if len(hits) == _HITS else f"{len(hits)} found"
