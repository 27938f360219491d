"""Compare: options against weighted criteria, weights and scores changed in place."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from be_tui.core.comparisons import (
    WEIGHTINGS,
    Stated,
    record,
    sensitivity,
    weigh,
    with_must,
    with_score,
    with_weight,
)
from be_tui.core.decisions import deciders, record_root
from be_tui.core.errors import BeTuiError
from be_tui.core.project import Project
from be_tui.tui.matrix_screen import MatrixScreen
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.inline_question import WAIT, InlineQuestion

if TYPE_CHECKING:
    from textual.widgets import Input

    from be_tui.core.comparisons import Comparison, Matrix
    from be_tui.core.files import FileSet
    from be_tui.tui.widgets.document_view import DocumentView
    from be_tui.tui.widgets.score_grid import ScoreGrid

_STEP = 1.0


class CompareScreen(MatrixScreen):
    """What a person says about a comparison, and what comes of it."""

    CSS_PATH: ClassVar = "compare.tcss"

    async def on_mount(self) -> None:
        """Show the comparisons, or open the one asked for."""
        self.show_all()
        if self.argument:
            await self._open(self.argument)

    # What can be done.

    def unavailable(self, action_id: str) -> str:
        """Tell why an action cannot be done just now."""
        scope, _, name = action_id.partition(".")
        if scope != self.SCOPE:
            return ""
        if name != "take" and InlineQuestion.open_on(self):
            return WAIT
        matrix = self.matrix
        if matrix is None:
            return "" if name == "take" else "no comparison is open; enter opens the marked one"
        on_weight = not self.grid.option
        reasons = {
            "unknown": "a weight is a number; only a score may be open" if on_weight else "",
            "record": self._why_no_record(matrix),
            "musts": "" if matrix.musts else "this comparison has no constraints",
            "option": "go to an option first" if on_weight else "",
            "given": "" if self._said_here(matrix) else "this is what the file says",
            "restart": "" if self.stated.count else "you have said nothing here yet",
            "plot": "" if not self.wide else "it stands on the right",
        }
        return reasons.get(name, "")

    def _why_no_record(self, matrix: Matrix) -> str:
        from be_tui.core.comparisons import rank

        best = [each for each in rank(matrix) if each.place == 1]
        if not best:
            return "every option is ruled out"
        return "" if len(best) == 1 else "several options are level; nothing is decided"

    def _said_here(self, matrix: Matrix) -> bool:
        index = matrix.column(self.grid.criterion)
        if not self.grid.option:
            return matrix.weights[index].origin == "yours"
        return matrix.row(self.grid.option).values[index].origin == "yours"

    def do_take(self) -> None:
        """Open what is marked in a list; else type the weight or score under the cursor."""
        focused = self.focused
        if isinstance(focused, Choices):
            focused.action_take()
        elif self.matrix is not None:
            self._ask(self.matrix)

    def do_unknown(self) -> None:
        """Leave the score open."""
        self._say_here("?")

    def do_given(self) -> None:
        """Go back to what the file says."""
        self._say_here("")

    def do_more(self) -> None:
        """Raise the weight or score under the cursor."""
        self._step(_STEP)

    def do_less(self) -> None:
        """Lower the weight or score under the cursor."""
        self._step(-_STEP)

    def do_turns(self) -> None:
        """Show what would change the winner, or go back to the cell."""
        self.turn_to("turns")

    def do_plot(self) -> None:
        """Show how far the winner holds, then the course of the weight, then the cell again."""
        self.turn_to("course" if self.part in {"held", "course"} else "held")

    def do_option(self) -> None:
        """Show the option's risks and future, or go back to the cell."""
        self.turn_to("option")

    def do_musts(self) -> None:
        """Show the constraints, or go back to the cell."""
        self.turn_to("musts")

    def do_restart(self) -> None:
        """Forget all that was said here; ask first."""
        count = self.stated.count
        self.query_one(InlineQuestion).ask(
            "restart",
            f"Forget {count} thing{'' if count == 1 else 's'} that you said here?",
            (Choice("keep", "No, keep them", "1"), Choice("forget", "Forget them", "2")),
        )

    async def do_record(self) -> None:
        """Preview the record of the decision."""
        matrix = self.matrix
        if matrix is None:
            return
        try:
            files, root = await asyncio.to_thread(self._record, matrix)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return
        from be_tui.tui.screens.preview import PreviewScreen

        await self.app.push_screen(PreviewScreen(files=files, root=root, title="Decision record"))

    async def do_back(self) -> None:
        """Go back a step: from the entry, from a page, to the list, out of here."""
        asked = self.query_one(InlineQuestion)
        if asked.asking:
            asked.leave()
        elif self.entry.has_class("-open"):
            self._close_entry()
        elif self.part != "cell":
            self.turn_to(self.part)
        elif self.matrix is not None and self.focused is not self.grid:
            self.grid.focus()
        elif self.matrix is not None and not self.argument:
            self.matrix = None
            self.show_all()
        else:
            await self.session.do_back()

    # What the person does.

    async def on_choices_taken(self, event: Choices.Taken) -> None:
        """Open a comparison, or let a constraint hold or not."""
        if event.choices.id == "comparisons":
            await self._open(event.choice.id)
        elif event.choices.id == "musts" and self.matrix:
            must = next(each for each in self.matrix.musts if each.constraint.id == event.choice.id)
            comparison = self.matrix.comparison
            told = with_must(self.stated, comparison, event.choice.id, holds=not must.holds)
            self._take(comparison, told)

    def on_score_grid_moved(self) -> None:
        """Tell about the cell that the cursor stands on."""
        self.show_beside()
        self.refresh_keys()

    def on_score_grid_chosen(self) -> None:
        """Type what is under the cursor."""
        self.do_take()

    def on_score_grid_typed(self, event: ScoreGrid.Typed) -> None:
        """Take a digit as the weight or the score; a figure needs more than one."""
        matrix = self.matrix
        if matrix is None:
            return
        criterion = matrix.weights[matrix.column(self.grid.criterion)].criterion
        if self.grid.option and criterion.scale:
            self._ask(matrix, event.digit)
        else:
            self._say_here(event.digit)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed; a wrong one stays, with what is wrong."""
        score, _, why = event.value.strip().partition(" ")
        if self._say_here(score, why):
            self._close_entry()

    def on_inline_question_answered(self, event: InlineQuestion.Answered) -> None:
        """Forget what was said, if that was the answer."""
        if event.answer == "forget" and self.matrix:
            self._take(self.matrix.comparison, Stated())

    async def on_document_view_link_followed(self, event: DocumentView.LinkFollowed) -> None:
        """Go where a link leads."""
        await self.session.follow(event.link)

    def on_screen_resume(self) -> None:
        """Take up what was said elsewhere meanwhile: the profile."""
        if self.matrix is not None:
            self._weigh(self.matrix.comparison)

    # What follows from it.

    async def _open(self, comparison_id: str) -> None:
        """Open a comparison as it was left."""
        try:
            comparison = await asyncio.to_thread(self.session.library.comparison, comparison_id)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            self.argument = ""
            return
        self.stated, lost = self.session.store.comparison(comparison)
        if lost:
            self.session.say(f"the comparison has changed; left out: {', '.join(lost)}")
        self.part = "cell"
        self._weigh(comparison)

    def _weigh(self, comparison: Comparison) -> None:
        """Weigh it as it stands, and draw how far that holds beside the session."""
        self.matrix = weigh(comparison, self.stated, self.session.profile)
        self.shares = ()
        self.show_all()
        self.beside("drawing", self._draw, self.matrix)

    async def _draw(self, matrix: Matrix) -> None:
        shares = await asyncio.to_thread(
            lambda: tuple(sensitivity(matrix, each) for each in WEIGHTINGS)
        )
        if matrix is self.matrix:
            self.shares = shares
            self.show_beside()

    def _take(self, comparison: Comparison, stated: Stated) -> bool:
        """Take up what was said: keep it, weigh again; refuse what leaves nothing to weigh."""
        if not weigh(comparison, stated, self.session.profile).counting:
            self.session.say("one criterion has to count; give another a weight first")
            return False
        self.stated = stated
        try:
            self.session.store.save_comparison(comparison, stated)
        except BeTuiError as error:
            self.session.say(f"not saved: {error}", problem=True)
        self._weigh(comparison)
        return True

    def _say_here(self, text: str, why: str = "") -> bool:
        """Say the weight or score under the cursor; tell whether it could be taken."""
        matrix, option, criterion = self.matrix, self.grid.option, self.grid.criterion
        if matrix is None:
            return False
        comparison = matrix.comparison
        try:
            stated = (
                with_score(self.stated, comparison, option, criterion, text, why)
                if option
                else with_weight(self.stated, comparison, criterion, text)
            )
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return False
        return self._take(comparison, stated)

    def _step(self, by: float) -> None:
        """Move the weight or score under the cursor; it stops at the ends."""
        matrix = self.matrix
        if matrix is None:
            return
        index = matrix.column(self.grid.criterion)
        if not self.grid.option:
            self._say_here(f"{min(max(matrix.weights[index].weight + by, 0), 10):g}")
            return
        criterion = matrix.weights[index].criterion
        estimate = matrix.row(self.grid.option).values[index].cell.estimate
        least, most = criterion.ends
        now = (estimate.low + estimate.high) / 2 if estimate else (least + most) / 2
        step = by if criterion.scale is None else by * (most - least) / 10
        self._say_here(f"{min(max(now + step, least), most):g}")

    def _ask(self, matrix: Matrix, begun: str = "") -> None:
        """Open the line in which a weight, or a score with its reason, is typed."""
        index = matrix.column(self.grid.criterion)
        entry = self.entry
        if self.grid.option:
            value = matrix.row(self.grid.option).values[index]
            said = str(value.cell.estimate) if value.cell.estimate else "?"
            own = f"{said} {value.cell.why}" if value.origin == "yours" and value.cell.why else said
            entry.placeholder = "a score, 2-4 or ?, then why; empty for what the file says"
        else:
            own = f"{matrix.weights[index].weight:g}"
            entry.placeholder = "a weight from 0 to 10; empty for what the file says"
        entry.value = begun or own
        entry.select_on_focus = not begun  # a digit typed is the first of the figure
        entry.add_class("-open")
        entry.focus()
        entry.cursor_position = len(entry.value)

    def _close_entry(self) -> None:
        self.entry.remove_class("-open")
        self.grid.focus()

    def _record(self, matrix: Matrix) -> tuple[FileSet, Path]:
        """Give the record of a comparison, and the folder that its path is relative to."""
        session = self.session
        root = session.opening.project
        project = session.project or Project(root, root.name)
        folder = Path(session.settings.record_dir)
        shares = self.shares or tuple(sensitivity(matrix, each) for each in WEIGHTINGS)
        today = datetime.now(UTC).astimezone().date()
        files = record(matrix, shares, project, folder, today, decision_makers=deciders(root))
        return files, record_root(root, folder)
