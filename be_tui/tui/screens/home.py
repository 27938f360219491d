"""Home: what was found about the project, what was decided, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from be_tui.core.briefing import TREES, TreeProgress, next_page, offered, project_page
from be_tui.core.decisions import decided_in
from be_tui.core.document import Document
from be_tui.core.project import profile_fields
from be_tui.tui.base import WIDE, BaseScreen
from be_tui.tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.widget import Widget

    from be_tui.tui.messages import ProjectRead


class HomeScreen(BaseScreen):
    """The first page: one column, or two where there is room."""

    SCOPE = "home"
    TITLE_NAME = "Home"

    def __init__(self, argument: str = "") -> None:
        """Show what is known without reading: what was found last time, what was decided."""
        super().__init__(argument)
        self._trees: tuple[TreeProgress, ...] = ()
        self._wide: bool | None = None
        """Whether the parts stand side by side; None before the page was filled."""

        for digit in range(1, TREES + 1):
            self._bindings.bind(str(digit), f"tree({digit})", show=False)

    def unavailable(self, action_id: str) -> str:
        """Tell that there is nothing before the first page."""
        if action_id == "app.back":
            return "this is the first page; q leaves be-tui"
        return super().unavailable(action_id)

    def body(self) -> Iterable[Widget]:
        """Give the column of what to do, and the one of what was found."""
        yield Container(DocumentView(id="next"), DocumentView(id="project"), id="columns")

    def on_mount(self) -> None:
        """Let the keys read on."""
        # Not brought into view: it fills the page, and its place is not final yet.
        self.set_focus(self.query_one("#next"), scroll_visible=False)

    async def on_document_view_link_followed(self, message: DocumentView.LinkFollowed) -> None:
        """Open what a line leads to."""
        await self.session.follow(message.link)

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was open."""
        if self._wide is not None:
            self.fill()

    def on_project_read(self, message: ProjectRead) -> None:
        """Show what was found."""
        del message
        self.session.refresh_title()
        self.fill()

    def on_resize(self, event: events.Resize) -> None:
        """Put the two parts side by side, or one after the other."""
        wide = event.size.width >= WIDE
        if wide != self._wide:
            self._wide = wide
            self.fill()

    def fill(self) -> None:
        """Show the page as things stand now."""
        session = self.session
        trees = self._progress()
        self._trees = offered(trees)
        points = profile_fields()
        records = decided_in(session.opening.project / session.settings.record_dir)
        todo = next_page(self._trees, len(trees), records, len(session.profile.stated), len(points))
        found = project_page(session.project) if session.project else Document()
        pages = (todo, found) if self._wide else (todo + found, Document())
        # What stands there already is not drawn again: coming back costs one frame.
        for name, page in zip(("#next", "#project"), pages, strict=True):
            view = self.query_one(name, DocumentView)
            if view.document != page:
                view.show(page)

    def _progress(self) -> tuple[TreeProgress, ...]:
        walks = {walk.tree: walk for walk in self.session.store.walks()}
        trees = [
            TreeProgress(entry.id, entry.title, walks[entry.id].answered, walks[entry.id].outcome)
            if entry.id in walks
            else TreeProgress(entry.id, entry.title)
            for entry in self.session.library.entries("tree")
        ]
        return tuple(trees)

    async def action_tree(self, number: int) -> None:
        """Open the tree that the page numbers so."""
        if number <= len(self._trees):
            await self.session.open("decide", self._trees[number - 1].id)

    async def do_profile(self) -> None:
        """Open the profile."""
        await self.session.open("profile")

    def do_measure(self) -> None:
        """Read the project again."""
        self.session.read_project()
