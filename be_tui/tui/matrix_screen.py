"""The screen that shows a comparison: the list of them, or one as a matrix with what is beside it.

What the person can do about it stands in `be_tui.tui.screens.compare`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from textual.containers import Container
from textual.widgets import Input

from be_tui.core.comparisons import Stated, cell_page, option_page, rank, turning_page
from be_tui.core.comparisons.pages.cell import weight_page
from be_tui.core.comparisons.pages.holding import course_page, holding_page
from be_tui.core.document import Document, Heading, Paragraph, Span
from be_tui.tui.actions import actions_of
from be_tui.tui.base import WIDE, BaseScreen
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.inline_question import InlineQuestion
from be_tui.tui.widgets.score_grid import ScoreGrid
from be_tui.tui.widgets.scroll import Scroll
from be_tui.tui.widgets.subject_view import SubjectView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.widget import Widget

    from be_tui.core.comparisons import Matrix
    from be_tui.core.comparisons.drawing import Shares
    from be_tui.core.knowledge import Entry
    from be_tui.tui.widgets.choices import Tone

Part = Literal["cell", "turns", "held", "course", "option", "musts"]
"""What stands below the matrix on the left."""

_HELD = frozenset({"held", "course"})
"""What stands on the right of a wide screen, always."""

_DIGITS = 10
_HIGH = 34
"""Lines of the screen from which on a plot is drawn high."""


class MatrixScreen(BaseScreen):
    """A list of comparisons, or a matrix with reasons on the left and how far it holds beside."""

    SCOPE = "compare"
    TITLE_NAME = "Decide"

    def __init__(self, argument: str = "") -> None:
        """Open on the comparisons, or on the one whose id is given."""
        super().__init__(argument)
        self._bindings.bind("shift+tab", "pane_before", "Part before")
        self.matrix: Matrix | None = None
        self.stated = Stated()
        self.shares: Sequence[Shares] = ()
        """How far it holds; nothing while that is being drawn."""

        self.part: Part = "cell"
        self._entries: dict[str, Entry] = {}
        self._view = ""

    def body(self) -> Iterable[Widget]:
        """Give the heading, the list and the matrix; one of the two shows."""
        yield HeadingLine()
        with Container(id="view-list"):
            with Scroll(id="list-scroll"):
                yield Choices(id="comparisons")
            yield DocumentView(id="about")
        with Container(id="view-matrix"):
            with Scroll(id="grid-scroll"):
                yield ScoreGrid(id="grid")
            with Container(id="below"):
                yield SubjectView(id="reason")
                with Scroll(id="musts-scroll"):
                    yield Choices(id="musts", spaced=True)
                yield SubjectView(id="held")
            yield Input(id="entry")
        yield InlineQuestion()

    @property
    def grid(self) -> ScoreGrid:
        """Give the matrix."""
        return self.query_one("#grid", ScoreGrid)

    @property
    def entry(self) -> Input:
        """Give the line in which a weight or a score is typed."""
        return self.query_one("#entry", Input)

    @property
    def wide(self) -> bool:
        """Tell whether two pages stand beside each other."""
        return self.size.width >= WIDE

    def do_pane(self, step: int = 1) -> None:
        """Go to the next part of the page."""
        if self.matrix is None or self.query_one(InlineQuestion).asking:
            return
        left = "#musts" if self.part == "musts" else "#reason"
        parts = ["#grid", left, "#held"] if self.wide else ["#grid", left]
        if self.part in _HELD and not self.wide:
            parts = ["#grid", "#held"]
        ids = [f"#{self.focused.id}" if self.focused else ""]
        here = parts.index(ids[0]) if ids[0] in parts else 0
        self.query_one(parts[(here + step) % len(parts)]).focus(scroll_visible=False)

    def action_pane_before(self) -> None:
        """Go to the part before."""
        self.do_pane(-1)

    def on_descendant_focus(self) -> None:
        """Show the keys of the part that the keys act on."""
        self.refresh_keys()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Lay the parts out for the new width."""
        if self.matrix is not None:
            self.show_beside()

    def show_all(self) -> None:
        """Show the comparison as it stands, or the list of them."""
        if self.matrix is None:
            self._turn("list")
            self.query_one(HeadingLine).say("What is to be compared?")
            self.beside("list", self._list)
            return
        self._turn("matrix")
        self.grid.show(self.matrix)
        self._show_heading(self.matrix)
        self.show_beside()
        self.refresh_keys()

    def _turn(self, view: str) -> None:
        """Let the list or the matrix show, and give it the focus if it did not show before."""
        if view == self._view:
            return
        self._view = view
        for name in ("list", "matrix"):
            self.query_one(f"#view-{name}").display = name == view
        self.actions = tuple(
            replace(action, label="open")
            if view == "list" and action.scope == self.SCOPE
            else action
            for action in actions_of(self.SCOPE, self.session.actions)
            if view != "list" or action.scope != self.SCOPE or action.id == "compare.take"
        )
        self.query_one("#comparisons" if view == "list" else "#grid").focus(scroll_visible=False)

    def turn_to(self, part: Part) -> None:
        """Open a page below the matrix, or go back to the cell if it is the one that is open."""
        self.part = "cell" if part == self.part else part
        self.show_beside()
        where = {"cell": "#grid", "musts": "#musts"}.get(self.part, "#grid")
        self.query_one(where).focus(scroll_visible=False)

    def _show_heading(self, matrix: Matrix) -> None:
        ranked = rank(matrix)
        best = [each.option.title for each in ranked if each.place == 1]
        notes = [f"{best[0]} leads" if len(best) == 1 else "level" if best else "none is left"]
        notes += [f"{matrix.open} not known"] if matrix.open else []
        notes += [f"{len(matrix.ruled_out)} ruled out"] if matrix.ruled_out else []
        store = self.session.store
        notes += ["saved"] if self.stated.count and store.saved else []
        trouble = "" if store.saved else "not saved"
        self.query_one(HeadingLine).say(matrix.comparison.title, " · ".join(notes), trouble)

    def show_beside(self) -> None:
        """Show what stands below the matrix: on a narrow screen one part, on a wide one two."""
        matrix = self.matrix
        if matrix is None:
            return
        part: Part = "cell" if self.wide and self.part in _HELD else self.part
        self.query_one("#reason").display = part not in {*_HELD, "musts"}
        self.query_one("#musts-scroll").display = part == "musts"
        self.query_one("#held").display = self.wide or part in _HELD
        if part == "musts":
            self.query_one("#musts", Choices).show(_musts(matrix))
        elif part not in _HELD:
            page, subject = self._reason(matrix, part)
            self.query_one("#reason", SubjectView).fill(page, subject)
        cells = (self.size.width // 2 if self.wide else self.size.width) - 4
        high = self.size.height >= _HIGH
        held, course = Document(), Document()
        if self.wide or part == "held":
            held = holding_page(matrix, self.shares, cells)
        if self.wide or part == "course":
            course = course_page(matrix, self.grid.criterion, cells, high=high)
        self.query_one("#held", SubjectView).fill(held + course, part)

    def _reason(self, matrix: Matrix, part: Part) -> tuple[Document, str]:
        """Give the page about what is under the cursor, and what it is about."""
        option, criterion = self.grid.option, self.grid.criterion
        if part == "turns":
            return turning_page(matrix), "turns"
        if part == "option" and option:
            return option_page(matrix, option), f"option {option}"
        if not option:
            return weight_page(matrix, criterion), f"weight {criterion}"
        return cell_page(matrix, option, criterion), f"{option}.{criterion}"

    async def _list(self) -> None:
        """Show every comparison, and which were changed here."""
        entries = await asyncio.to_thread(self.session.library.entries, "comparison")
        changed = self.session.store.compared()
        self._entries = {each.id: each for each in entries}
        rows = [
            Choice(
                each.id,
                each.title,
                str(number) if number < _DIGITS else "",
                tag="changed here" if each.id in changed else "",
            )
            for number, each in enumerate(entries, 1)
        ]
        listed = self.query_one("#comparisons", Choices)
        listed.show(rows)
        self._show_about(listed.choice)

    def on_choices_marked(self, event: Choices.Marked) -> None:
        """Tell what the marked comparison is for."""
        if event.choices.id == "comparisons":
            self._show_about(event.choice)

    def _show_about(self, choice: Choice | None) -> None:
        page = _NONE
        if choice is not None:
            entry = self._entries[choice.id]
            head = Heading((Span(entry.title, "heading"),), 2, "about")
            page = Document((head, Paragraph((Span(entry.summary),))))
        about = self.query_one("#about", DocumentView)
        about.show(page)
        about.refresh(layout=True)  # it is as high as its text


_NONE = Document(
    (
        Paragraph(
            (Span("No comparison can be read. `be-tui knowledge check` says why.", "warning"),)
        ),
    )
)


def _musts(matrix: Matrix) -> list[Choice]:
    """Give a row for each constraint, with whom it rules out."""
    rows = []
    for number, must in enumerate(matrix.musts, 1):
        titles = [
            row.option.title
            for row in matrix.rows
            for breach in must.constraint.breaches
            if breach.option == row.option.id
        ]
        note = f"rules out {', '.join(titles)}" if titles else "rules out none"
        sign = str(number) if number < _DIGITS else ""
        tag = "holds here" if must.holds else "does not hold"
        tone: Tone = "warning" if must.holds else "muted"
        rows.append(
            Choice(must.constraint.id, must.constraint.must, sign, (note,), tag=tag, tone=tone)
        )
    return rows
