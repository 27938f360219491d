"""A desk: an editor, and beside or below it tabs of what comes of what is written there.

What every desk does the same way stands here: which part has the keys, when a text is worked out
anew, one run at a time that can be stopped, the ways back. A desk says what its tabs are, what is
shown in them (`show_desk`, `show_tabs`), how a text is worked out (`work_out`) and what it begins
with (`begin`).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, TypeVar

from be_tui.core.errors import BeTuiError
from be_tui.core.project import Cancel, Cancelled
from be_tui.tui.base import WIDE, BaseScreen
from be_tui.tui.desk_parts import failed
from be_tui.tui.widgets.choices import Choices
from be_tui.tui.widgets.entry_line import EntryLine
from be_tui.tui.widgets.inline_question import WAIT, InlineQuestion
from be_tui.tui.widgets.sql_editor import LARGEST, SqlEditor
from be_tui.tui.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from textual.timer import Timer
    from textual.widgets import TextArea

    from be_tui.core.files import FileSet
    from be_tui.core.findings import Finding
    from be_tui.tui.widgets.document_view import DocumentView
    from be_tui.tui.widgets.tab_line import TabLine

    Tell = Callable[[str, float], None]

Found = TypeVar("Found")

MOST_ROWS = 20_000_000
"""Rows of a table beyond which nothing is run."""


class DeskScreen(BaseScreen):
    """The base of the screens that have an editor and tabs."""

    TABS: ClassVar[Mapping[str, str]] = {}
    """The titles of the tabs by their names, in the order of their digits."""

    PLACEHOLDER: ClassVar[str] = ""
    """What an empty editor says."""

    PAUSE: ClassVar[float] = 0.2
    """Seconds without a key after which the text is worked out."""

    def __init__(self, argument: str = "") -> None:
        """Open on what lay on the desk last.

        Args:
            argument: What to lay on it instead; each desk says what it takes.
        """
        super().__init__(argument)
        self._bindings.bind("shift+tab", "pane_before", "Part before")
        self.tab = next(iter(self.TABS))
        self.text = ""
        """What stands in the editor."""

        self.working = ""
        """What runs beside the session, in a word; empty while nothing does."""

        self._waiting: Timer | None = None
        self._cancel = Cancel()
        self._stops: Cancel | None = None
        """What stops the run that the line at the bottom tells of."""

    # What a desk says of itself.

    def begin(self) -> None:
        """Lay on the desk what was asked for, else what lay there last."""
        raise NotImplementedError

    def panes(self) -> list[str]:
        """Give the parts that Tab goes through, the editor first."""
        raise NotImplementedError

    def show_desk(self) -> None:
        """Show all as it stands."""
        raise NotImplementedError

    def show_tabs(self) -> None:
        """Show which tab is open, what there is in each, and the open one."""
        raise NotImplementedError

    async def work_out(self) -> None:
        """Find out what comes of the text, and show it."""
        raise NotImplementedError

    def why_not(self, name: str) -> str:
        """Tell why an action of the desk cannot be done just now; empty where it can."""
        raise NotImplementedError

    def close_above(self) -> bool:
        """Close what is open in place of the desk or of a tab; tell whether anything was."""
        return False

    # What it is made of.

    @property
    def root(self) -> Path:
        """Give the project's folder."""
        return self.session.opening.project

    @property
    def editor(self) -> SqlEditor:
        """Give the field that the person writes in."""
        return self.query_one("#editor", SqlEditor)

    @property
    def entry(self) -> EntryLine:
        """Give the line in which something short is typed."""
        return self.query_one(EntryLine)

    @property
    def wide(self) -> bool:
        """Tell whether the tabs stand beside the editor."""
        return self.size.width >= WIDE

    def on_mount(self) -> None:
        """Show the desk, filled in."""
        self.editor.placeholder = self.PLACEHOLDER
        self.show_desk()
        self.begin()
        self.editor.focus(scroll_visible=False)

    def unavailable(self, action_id: str) -> str:
        """Tell why an action cannot be done just now."""
        scope, _, name = action_id.partition(".")
        if scope != self.SCOPE:
            return ""
        if name != "take" and InlineQuestion.open_on(self):
            return WAIT
        return self.why_not(name)

    # What takes the keys.

    def do_pane(self, step: int = 1) -> None:
        """Go to the next part of the page."""
        if self.entry.about or self.query_one(InlineQuestion).asking:
            return
        parts = self.panes()
        here = f"#{self.focused.id}" if self.focused else ""
        at = (parts.index(here) + step) % len(parts) if here in parts else 0
        self.query_one(parts[at]).focus(scroll_visible=False)

    def action_pane_before(self) -> None:
        """Go to the part before."""
        self.do_pane(-1)

    def leave_editor(self) -> None:
        """Go from the editor to what comes of it, where letters are keys."""
        beside = next(each for each in self.panes() if each != "#editor")
        self.query_one(beside).focus(scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """Give room to what has the keys, and show them."""
        self.set_class(self.focused is not None and self.focused is not self.editor, "-reading")
        self.refresh_keys()

    def do_edit(self) -> None:
        """Go to the editor."""
        self.editor.focus(scroll_visible=False)

    def do_complete(self) -> None:
        """Offer what may stand at the cursor."""
        self.editor.focus(scroll_visible=False)
        self.editor.complete()

    def do_take(self) -> None:
        """Take what is marked in the list that has the keys."""
        if isinstance(self.focused, Choices):
            self.focused.action_take()

    async def do_back(self) -> None:
        """Go back a step: from what is asked or runs, what lies above, the editor, out of here."""
        asked = self.query_one(InlineQuestion)
        if asked.asking:
            asked.leave()
        elif self.working:
            self.stop_work()
        elif self.entry.about:
            self.entry.leave()
        elif self.close_above():
            return
        elif self.focused is self.editor and self.editor.text.strip():
            self.leave_editor()
        else:
            await self.session.do_back()

    # The tabs.

    def open_tab(self, name: str) -> None:
        """Open a tab, and give it the keys."""
        inside = self.focused is not self.editor
        self.tab = name
        self.show_tabs()
        if inside:
            self.leave_editor()
        self.refresh_keys()

    def do_next_tab(self) -> None:
        """Open the next tab."""
        names = list(self.TABS)
        self.open_tab(names[(names.index(self.tab) + 1) % len(names)])

    def on_tab_line_opened(self, event: TabLine.Opened) -> None:
        """Open the tab that was clicked."""
        self.open_tab(event.tab)
        self.leave_editor()

    async def on_document_view_link_followed(self, event: DocumentView.LinkFollowed) -> None:
        """Go where a link leads."""
        await self.session.follow(event.link)

    # The text.

    def lay(self, text: str, instead: str = "") -> bool:
        """Put a text into the editor; tell whether it is not too long for that.

        Args:
            text: The text.
            instead: What can be done with one that is too long.
        """
        if len(text) > LARGEST:
            words = filter(None, (f"longer than {LARGEST:,} characters", instead))
            self.session.say("; ".join(words), problem=True)
            return False
        self.editor.load_text(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.editor.move_cursor(self.editor.document.end)
        return True

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Work the text out, once nobody types for a moment."""
        event.stop()
        self.take_typed()

    def take_typed(self) -> None:
        """Take up that the text has changed; work it out once nobody types for a moment."""
        self.text = self.editor.text
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(self.PAUSE, self.work_now)

    @property
    def is_waiting(self) -> bool:
        """Tell whether the text has changed since it was worked out."""
        return self._waiting is not None

    def work_now(self) -> None:
        """Work the text out beside the session; an earlier answer is not waited for."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        self.beside("working", self.work_out)

    def write_fix(self, finding: Finding | None, where: str) -> bool:
        """Write what mends a finding into the editor; tell whether there was anything.

        Args:
            finding: What is to be mended.
            where: What the text is called.
        """
        if finding is None or finding.fix is None:
            return False
        for edit in reversed(finding.fix.edits):
            place = edit.place
            start = (place.line - 1, place.column - 1)
            self.editor.replace(edit.replacement, start, (place.end_line - 1, place.end_column - 1))
        self.session.say(f"mended in the {where}; ctrl+z there takes it back")
        return True

    def rows_entered(self, text: str, least: int) -> int | None:
        """Read a number of rows as a person writes it; say what is wrong with it."""
        plain = text.replace("_", "").replace(",", "")
        if plain.isascii() and plain.isdigit() and least <= int(plain) <= MOST_ROWS:
            return int(plain)
        self.session.say(f"rows: a number from {least} to {MOST_ROWS:,}", problem=True)
        return None

    # One run at a time.

    def start(
        self,
        begins: tuple[str, str],
        called: str,
        work: Callable[[Cancel, Tell], Found],
        take: Callable[[Found], Awaitable[None]],
    ) -> None:
        """Run something beside the session in place of what still runs.

        Args:
            begins: What it does, in a word, and what it does first.
            called: What it is called where it fails.
            work: Does it, in a thread, and tells how far it is.
            take: Shows what came of it.
        """
        self.stop_work()
        self._stops = cancel = self._cancel
        self.working = begins[0]
        self.query_one(WorkLine).begin(begins[1])
        self.beside("run", self._run, called, cancel, work, take)
        self.refresh_keys()

    async def _run(
        self,
        called: str,
        cancel: Cancel,
        work: Callable[[Cancel, Tell], Found],
        take: Callable[[Found], Awaitable[None]],
    ) -> None:
        line = self.query_one(WorkLine)

        def tell(what: str, share: float) -> None:
            self.call_later(line.tell, what, share)

        try:
            await take(await asyncio.to_thread(work, cancel, tell))
        except Cancelled:
            self.session.say("stopped; nothing of it stays")
        except Exception as error:  # noqa: BLE001 (a fault of one run must not cost what is typed)
            self.session.say(failed(called, error), problem=True)
        finally:
            if cancel is self._stops:
                self.working = ""
                line.end()
                self.refresh_keys()

    def stop_work(self) -> bool:
        """Stop what runs beside the session; tell whether anything did."""
        ran = bool(self.working)
        self._cancel.set()
        self._cancel = Cancel()
        return ran

    def do_stop(self) -> None:
        """Stop what runs."""
        self.stop_work()

    def on_unmount(self) -> None:
        """Stop what runs."""
        self._cancel.set()

    async def preview(self, make: Callable[[], FileSet], title: str) -> None:
        """Make files beside the session, and preview them."""
        try:
            files = await asyncio.to_thread(make)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return
        from be_tui.tui.screens.preview import PreviewScreen

        await self.app.push_screen(PreviewScreen(files=files, root=self.root, title=title))
