"""A desk whose tabs are each a list, and below it the whole of what is marked there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from be_tui.tui.desk_screen import DeskScreen
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.entry_line import EntryLine
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.inline_question import InlineQuestion
from be_tui.tui.widgets.scroll import Scroll
from be_tui.tui.widgets.sql_editor import SqlEditor
from be_tui.tui.widgets.subject_view import SubjectView
from be_tui.tui.widgets.tab_line import TabLine
from be_tui.tui.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.widget import Widget

    from be_tui.core.document import Document
    from be_tui.core.migrations.diff import Question, Rename


class ListedDesk(DeskScreen):
    """The base of the desks of migrations and of scaffolds."""

    EDITOR: ClassVar[type[SqlEditor]] = SqlEditor

    def __init__(self, argument: str = "") -> None:
        """Open on what lay on the desk last.

        Args:
            argument: What to lay on it instead; each desk says what it takes.
        """
        super().__init__(argument)
        self.renames: tuple[Rename, ...] = ()
        """What the person said is called otherwise only."""

        self.dropped: frozenset[str] = frozenset()
        """What the person said goes."""

    # What a desk says of itself.

    def listed(self) -> list[Choice]:
        """Give the rows of the open tab."""
        raise NotImplementedError

    def told(self) -> tuple[Document, str]:
        """Give the page of what is marked, and what it is about: another one begins at its top."""
        raise NotImplementedError

    def show_heading(self) -> None:
        """Tell what the desk is about."""
        raise NotImplementedError

    @property
    def question(self) -> Question | None:
        """Give the marked question, which may be a rename."""
        return None

    # What is shown.

    def body(self) -> Iterable[Widget]:
        """Give the heading and the editor with its tabs."""
        yield HeadingLine()
        with Container(id="view-desk"):
            yield self.EDITOR(id="editor")
            with Container(id="results"):
                yield TabLine(id="tabs")
                with Scroll(id="rows-scroll"):
                    yield Choices(id="rows", marks_first=True)
                yield SubjectView(id="story")
                yield WorkLine()
        yield EntryLine()
        yield InlineQuestion()

    @property
    def rows(self) -> Choices:
        """Give the list of the open tab."""
        return self.query_one("#rows", Choices)

    def panes(self) -> list[str]:
        """Give the parts that Tab goes through, the editor first."""
        listed = ["#rows"] if self.query_one("#rows-scroll").display else []
        return [*(["#editor"] if self.editor.display else []), *listed, "#story"]

    def on_resize(self, event: events.Resize) -> None:
        """Lay the tabs out for the new width."""
        super().on_resize(event)
        self.call_after_refresh(self.show_desk)

    def show_desk(self) -> None:
        """Show all as it stands."""
        self.show_heading()
        self.show_tabs()

    def show_rows(self) -> None:
        """List what the open tab is about, and tell the marked one."""
        rows = self.listed()
        self.query_one("#rows-scroll").display = bool(rows)
        self.rows.show(rows)
        self.show_story()

    def show_story(self) -> None:
        """Tell the whole of what is marked."""
        page, subject = self.told()
        self.query_one("#story", SubjectView).fill(page, subject)

    def on_choices_marked(self, event: Choices.Marked) -> None:
        """Tell what is marked."""
        if event.choices.id == "rows":
            self.show_story()
            self.refresh_keys()

    def ask_rename(self, rename: Rename) -> None:
        """Ask whether something is only called otherwise now."""
        self.query_one(InlineQuestion).ask(
            "rename",
            f"What became of {said_of(rename)}?",
            (
                Choice("later", "Leave it open; nothing is dropped", "1"),
                Choice("renamed", f"It is called {rename.to} now", "2"),
                Choice("gone", f"It goes, with its data, and {rename.to} is new", "3"),
            ),
        )

    def answer_rename(self, answer: str) -> None:
        """Take the answer to the marked question."""
        question = self.question
        if question is None:
            return
        if answer == "renamed":
            self.renames = (*self.renames, question.rename)
        elif answer == "gone":
            self.dropped |= {said_of(question.rename)}
        self.work_now()


def said_of(rename: Rename) -> str:
    """Give what a rename is about: `products.title`, `products`."""
    return f"{rename.table}.{rename.column}" if rename.column else rename.table


def question_row(number: int, rename: Rename) -> Choice:
    """Give the row of a list that asks about a rename."""
    asked = f"Is {said_of(rename)} called {rename.to} now?"
    return Choice(f"?{number}", asked, "?", tag="asks", tone="warning")
