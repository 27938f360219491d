"""Preview: what would be written, how it differs from what stands, and writing it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container
from textual.widgets import Static

from be_tui.core.errors import BeTuiError
from be_tui.core.files import Export, FileSet, compare, difference, export, side_by_side, undo
from be_tui.core.files.selection import Selection, select, told, told_back
from be_tui.core.files.showing import as_text
from be_tui.tui.base import WIDE, BaseScreen
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.inline_question import WAIT, InlineQuestion
from be_tui.tui.widgets.scroll import Scroll
from be_tui.tui.widgets.split_lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual import events
    from textual.widget import Widget

    from be_tui.core.document import Document
    from be_tui.core.files import Change
    from be_tui.tui.widgets.choices import Tone

_TINY = 20_000
"""Characters up to which a difference is worked out on the event loop."""

_TONES: dict[str, Tone] = {"new": "good", "changed": "warning", "same": "muted", "conflict": "bad"}


class PreviewScreen(BaseScreen):
    """The files on the left, what would change in the marked one on the right."""

    SCOPE = "preview"
    CSS_PATH: ClassVar = "preview.tcss"

    def __init__(
        self,
        argument: str = "",
        *,
        files: FileSet | None = None,
        root: Path | None = None,
        title: str = "",
        chosen: frozenset[str] = frozenset(),
    ) -> None:
        """Open on files to be.

        Args:
            argument: Nothing; without files, the last export can be taken back here.
            files: What would be written.
            root: The folder that it would be written into; the project's by default.
            title: What the files are.
            chosen: Files that stand and are to be replaced unless a person says otherwise.
        """
        super().__init__(argument)
        self._files = files or FileSet()
        self._root = root or self.session.opening.project
        self._title = title or "Preview"
        self._selection: Selection = select(())
        self._proposed = chosen
        self._split = False
        self._exported_here = False
        self._last: Export | None = None
        """The latest export of this project that was not taken back."""

    def body(self) -> Iterable[Widget]:
        """Give the heading, the two panes and what stands below them."""
        yield HeadingLine()
        with Container(id="panes"):
            with Scroll(id="files"):
                yield Choices(id="list", marks_first=True)
            yield DocumentView(id="difference")
        yield Static(id="result", markup=False)
        yield InlineQuestion()

    async def on_mount(self) -> None:
        """Compare the files with the folder."""
        self._last = self._kept_export()
        await self._compare()
        changes = self._selection.all
        self.query_one("#panes").display = bool(len(self._files))
        if not len(self._files):
            self._say(self._last_export_words() or "Nothing to preview here.")
        self.query_one("#list" if len(changes) > 1 else "#difference").focus()

    def unavailable(self, action_id: str) -> str:
        """Tell why an action cannot be done just now."""
        scope, _, name = action_id.partition(".")
        if scope != self.SCOPE:
            return ""
        if InlineQuestion.open_on(self):
            return WAIT
        if name == "undo":
            return "" if self._last else "no export to take back"
        change = self._change
        if change is None:
            return "there is no file here"
        stands = change.status in {"changed", "same"}
        reasons = {
            "choose": self._selection.unchoosable(change.path),
            "export": "" if self._selection.changes else self._why_nothing_to_write,
            "split": self._why_not_split(change),
            "edit": "" if stands else "it is not written yet; x writes it",
        }
        return reasons.get(name, "")

    def _why_not_split(self, change: Change) -> str:
        if change.status != "changed":
            return "only a file that changes has two sides"
        return "" if self.size.width >= WIDE else f"side by side needs {WIDE} columns"

    @property
    def _why_nothing_to_write(self) -> str:
        if any(change.status in {"new", "changed"} for change in self._selection.all):
            return "no file is chosen; space chooses the marked one"
        return "there is nothing to write"

    @property
    def _change(self) -> Change | None:
        changes = self._selection.all
        return changes[self.query_one("#list", Choices).marked] if changes else None

    async def _compare(self) -> None:
        """Compare anew, keeping what was chosen."""
        try:
            changes = await asyncio.to_thread(compare, self._files, self._root)
        except BeTuiError as error:
            self._say(str(error), "bad")
            return
        before = self._selection if self._selection.all else None
        selection = select(changes, before)
        self._show(selection if before else selection.with_chosen(self._proposed))
        await self._show_difference()

    def _show(self, selection: Selection) -> None:
        self._selection = selection
        self.query_one("#list", Choices).show([_row(each, selection) for each in selection.all])
        self.query_one(HeadingLine).say(self._title, selection.counts)
        self.refresh_keys()

    async def on_choices_marked(self) -> None:
        """Show the file that is marked."""
        await self._show_difference()
        self.refresh_keys()

    def on_choices_taken(self) -> None:
        """Choose a file."""
        if not InlineQuestion.open_on(self):
            self.do_choose()

    async def _show_difference(self) -> None:
        change = self._change
        if change is None:
            return
        view = self.query_one(DocumentView)
        split = self._split and not self.unavailable("preview.split")
        cells = view.cells if split else 0
        if len(change.before) + len(change.after) <= _TINY:
            document = _document(change, cells)
        else:
            document = await asyncio.to_thread(_document, change, cells)
        if change == self._change:
            view.show(document)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Fit two sides to the new width."""
        if self._split:
            self.call_after_refresh(self._show_difference)

    def do_choose(self) -> None:
        """Write the marked file, or leave it out."""
        reason = self.unavailable("preview.choose")
        if reason:
            self.session.say(reason)
        elif self._change:
            self._show(self._selection.toggled(self._change.path))

    async def do_split(self) -> None:
        """Show both sides beside each other, or again one below the other."""
        self._split = not self._split
        await self._show_difference()

    def do_copy(self) -> None:
        """Copy what the marked file will hold."""
        if self._change:
            self.session.copy_to_clipboard(self._change.after)

    def do_edit(self) -> None:
        """Open the marked file, as it stands, in the person's own editor."""
        if self._change:
            self.session.edit(self._root / self._change.path)

    async def do_export(self) -> None:
        """Write what is chosen; ask first where it would replace what stands."""
        question = self._selection.question
        if not question:
            await self._export(self._selection)
            return
        answers = [Choice("leave", "No, write nothing", "1")]
        if self._selection.only_new().changes:
            answers.append(Choice("new", "Write only the new files", "2"))
        answers.append(Choice("replace", "Replace; u takes it back", str(len(answers) + 1)))
        self.query_one(InlineQuestion).ask("export", question, answers)

    async def do_undo(self) -> None:
        """Take the last export back; ask first where it was not made here."""
        if self._exported_here:
            await self._undo()
            return
        answers = (Choice("leave", "No, leave it", "1"), Choice("undo", "Take it back", "2"))
        question = f"{self._last_export_words()} Take it back?"
        self.query_one(InlineQuestion).ask("undo", question, answers)

    async def on_inline_question_answered(self, event: InlineQuestion.Answered) -> None:
        """Do what was answered."""
        match event.answer:
            case "new":
                await self._export(self._selection.only_new())
            case "replace":
                await self._export(self._selection)
            case "undo":
                await self._undo()
        self.refresh_keys()

    async def do_back(self) -> None:
        """Close the question below, else leave."""
        question = self.query_one(InlineQuestion)
        if question.asking:
            question.leave()
        else:
            await self.session.do_back()

    async def _export(self, selection: Selection) -> None:
        try:
            done = await asyncio.to_thread(
                export, selection.changes, self._root, overwrite=selection.overwrite
            )
        except BeTuiError as error:
            self._say(str(error), "bad")
            await self._compare()
            return
        self._exported_here = True
        self._say(f"{told(done)}  (u takes it back)", "good")
        try:
            self.session.store.save_export(done.to_json())
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
        self._last = done
        await self._compare()

    async def _undo(self) -> None:
        if self._last is None:
            return
        try:
            paths = await asyncio.to_thread(undo, self._last)
            self.session.store.forget_last_export()
        except BeTuiError as error:
            self._say(str(error), "bad")
            await self._compare()
            return
        self._exported_here = False
        self._last = self._kept_export()
        self._say(told_back(paths), "good")
        await self._compare()
        # So that it can be written again at a key.
        self._show(self._selection.with_chosen(paths))

    def _kept_export(self) -> Export | None:
        kept = self.session.store.last_export()
        try:
            return Export.from_json(kept) if kept else None
        except BeTuiError as error:
            self._say(str(error), "bad")
            return None

    def _last_export_words(self) -> str:
        if self._last is None:
            return ""
        at = self._last.at.replace("T", " ").removesuffix("Z")
        return f"The last export, {at} UTC, {told(self._last)}."

    def _say(self, text: str, tone: str = "") -> None:
        """Show a result in the line below; it stays until the next one."""
        result = self.query_one("#result", Static)
        result.update(text)
        result.set_classes([f"-{tone}"] if tone else [])
        result.display = bool(text)


def _document(change: Change, cells: int) -> Document:
    """Give a new file, or one that stands, as text; a change side by side, or unified."""
    if change.status in {"new", "same"}:
        return as_text(change)
    return split_lines(side_by_side(change), cells) if cells else difference(change)


def _row(change: Change, selection: Selection) -> Choice:
    box = "[x]" if change.path in selection.chosen else "[ ]"
    if selection.unchoosable(change.path):
        box = " - "
    lines = f" +{change.added}" if change.added else ""
    lines += f" -{change.removed}" if change.removed else ""
    notes = (change.reason,) if change.reason else ()
    tag = change.status + lines
    return Choice(change.path, change.path, box, notes, tag=tag, tone=_TONES[change.status])
