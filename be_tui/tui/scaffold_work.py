"""What the screen of scaffolds does beside the session: reads, works out, generates, proves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError, InputError, StateError
from be_tui.core.project import Cancel, Cancelled
from be_tui.core.scaffold import spec_text
from be_tui.core.scaffold.desk import Draft, Worked, keep, kept, work_out
from be_tui.core.scaffold.generating import Wish, generate, open_questions
from be_tui.core.scaffold.manifests import read_stack, stack_names
from be_tui.core.scaffold.settling import read_base
from be_tui.core.scaffold.sources import spec_of
from be_tui.tui.desk_parts import failed
from be_tui.tui.scaffold_screen import ScaffoldDesk
from be_tui.tui.widgets.sql_editor import LARGEST, Mark
from be_tui.tui.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.timer import Timer

    from be_tui.core.files import Change
    from be_tui.core.findings import Finding
    from be_tui.core.migrations.diff import Question, Rename
    from be_tui.core.scaffold.generating import Generated
    from be_tui.core.scaffold.proving import Proof
    from be_tui.core.scaffold.settling import Base

_PAUSE = 0.2
"""Seconds without a key after which the spec is worked out."""


class ScaffoldWork(ScaffoldDesk):
    """Holds the spec together with what comes of it."""

    def __init__(self, argument: str = "") -> None:
        """Know nothing yet."""
        super().__init__(argument)
        self.text = ""
        """What stands in the editor."""

        self.renames: tuple[Rename, ...] = ()
        """What the person said is called otherwise only."""

        self.dropped: frozenset[str] = frozenset()
        """What the person said goes."""

        self._waiting: Timer | None = None
        self._cancel = Cancel()
        self._stops: Cancel | None = None
        """What stops the proof that the line at the bottom tells of."""

    @property
    def root(self) -> Path:
        """Give the project's folder."""
        return self.session.opening.project

    @property
    def place(self) -> Path:
        """Give the folder of the service."""
        return self.root / self.place_said

    def begin(self) -> None:
        """Lay on the desk what was asked for, else what lay there last."""
        draft, base = kept(self.session.store), self._base()
        if base is not None:
            self._choose(base.stack, base.options)
            self.folder = "."
        if draft is not None and base is None:
            self._choose(draft.stack, draft.options)
            self.folder = draft.folder
        if self.argument:
            self._open_argument(self.argument)
        elif draft is not None and draft.spec:
            self.load(draft.spec)
        elif base is not None:
            self.load(base.spec)
        self.work_now()

    def _base(self) -> Base | None:
        """Give what was generated into the project itself."""
        try:
            return read_base(self.root)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return None

    def _choose(self, name: str, options: Sequence[str]) -> None:
        if name in stack_names():
            self.stack = read_stack(name)
            self.options = frozenset(options) & set(self.stack.option_names)

    def _open_argument(self, argument: str) -> None:
        if "\n" in argument:
            self.load(argument)
        else:
            self.open_source(argument)

    def load(self, text: str) -> None:
        """Put a spec into the editor."""
        if len(text) > LARGEST:
            self.session.say(f"longer than {LARGEST:,} characters", problem=True)
            return
        self.editor.load_text(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.editor.move_cursor((0, 0))

    def open_file(self, path: str) -> None:
        """Open a spec."""
        self.beside("file", self._open_file, str(self.root / path))

    async def _open_file(self, path: str) -> None:
        try:
            self.load(await asyncio.to_thread(spec_text, path))
        except InputError as error:
            self.session.say(str(error), problem=True)

    def open_source(self, where: str) -> None:
        """Make a spec of what there is: a spec itself, tables, an OpenAPI document."""
        self.beside("file", self._open_source, where)

    async def _open_source(self, where: str) -> None:
        try:
            made = await asyncio.to_thread(spec_of, where, self.root)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return
        self.load(made.text)
        if made.left:
            more = f" (and {len(made.left) - 1} more)" if len(made.left) > 1 else ""
            self.session.say(f"left out: {made.left[0]}{more}")

    # What comes of it.

    def take_typed(self) -> None:
        """Take up that the spec is another; work it out once nobody types for a moment."""
        self.text = self.editor.text
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(_PAUSE, self.work_now)

    @property
    def is_waiting(self) -> bool:
        """Tell whether the spec is another than what was worked out."""
        return self._waiting is not None

    def work_now(self) -> None:
        """Work out beside the session; an earlier answer is not waited for."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        self.text = self.editor.text
        self.beside("working", self._work)

    async def _work(self) -> None:
        self.keep_draft()
        text = self.text
        try:
            worked = await asyncio.to_thread(work_out, text)
        except Exception as error:  # noqa: BLE001 (a fault of ours must not cost what is typed)
            self.session.say(failed("the reading", error), problem=True)
            return
        if text == self.text:
            self._take(worked)
            await self._generate()

    def _take(self, worked: Worked) -> None:
        if worked.text != self.worked.text:
            self.proof, self.proved = None, ""
        self.worked = worked
        self.editor.mark(_marks(worked.findings, self.text))
        if worked.service is None:
            self.generated, self.changes = None, {}
        self.show_desk()
        self.refresh_keys()

    async def _generate(self) -> None:
        """Work the files out, as they stand to the folder."""
        if self.worked.service is None or self.stack is None:
            return
        wish = Wish(
            self.text,
            self.stack.name,
            self.options,
            renames=self.renames,
            dropped=self.dropped,
        )
        try:
            held = await asyncio.to_thread(_held, wish, self.place)
        except BeTuiError as error:
            self.generated, self.changes, self.questions = None, {}, ()
            self.trouble = str(error)
        except Exception as error:  # noqa: BLE001 (a fault of ours must not cost what is typed)
            self.generated, self.changes, self.questions = None, {}, ()
            self.trouble = failed("the generating", error)
        else:
            if wish.spec != self.text:
                return
            self.generated, self.changes, self.questions = held
            self.trouble = ""
        self.show_desk()
        self.refresh_keys()

    def keep_draft(self) -> None:
        """Keep what lies on the desk for the next session."""
        stack = self.stack.name if self.stack else ""
        draft = Draft(self.text, stack, tuple(sorted(self.options)), self.folder)
        try:
            keep(self.session.store, draft)
        except StateError as error:
            self.session.say(f"not saved: {error}", problem=True)

    # The proof.

    def run_proof(self) -> None:
        """Prove the service that stands in the folder."""
        self.stop_work()
        self._stops = cancel = self._cancel
        self.working = "proves"
        self.query_one(WorkLine).begin("copies the service")
        self.beside("proof", self._prove, cancel, self.place)
        self.refresh_keys()

    async def _prove(self, cancel: Cancel, place: Path) -> None:
        from be_tui.core.scaffold.proving import prove

        line = self.query_one(WorkLine)

        def tell(what: str, share: float) -> None:
            self.call_later(line.tell, what, share)

        try:
            self._proved(await asyncio.to_thread(prove, place, cancel, tell))
        except Cancelled:
            self.session.say("stopped; what was installed stays for the next time")
        except Exception as error:  # noqa: BLE001 (a fault of one run must not cost what is typed)
            self.session.say(failed("the proof", error), problem=True)
        finally:
            if cancel is self._stops:
                self.working = ""
                line.end()
                self.refresh_keys()

    def _proved(self, proof: Proof) -> None:
        from be_tui.core.scaffold.proving import proof_page

        self.proof = proof_page(proof)
        self.proved = "failed" if proof.failed else "held" if proof.held else "in part"
        self.open_tab("proof")

    def stop_work(self) -> bool:
        """Stop what runs beside the session; tell whether anything did."""
        ran = bool(self.working)
        self._cancel.set()
        self._cancel = Cancel()
        return ran

    def on_unmount(self) -> None:
        """Keep what lies on the desk, and stop what runs."""
        self._cancel.set()
        self.keep_draft()


def _held(
    wish: Wish, place: Path
) -> tuple[Generated | None, dict[str, Change], tuple[Question, ...]]:
    """Generate, and hold what would be written against what stands; or tell what must be said."""
    from be_tui.core.files import compare

    questions = open_questions(wish, place)
    if questions:
        return None, {}, questions
    made = generate(wish, place, datetime.now(UTC))
    changes = compare(made.settlement.file_set, place)
    return made, {change.path: change for change in changes}, ()


def _marks(findings: Sequence[Finding], text: str) -> list[Mark]:
    """Give what is underlined: each finding on its first line."""
    lines = text.split("\n")
    marks = []
    for finding in findings:
        place = finding.place
        if 0 < place.line <= len(lines):
            line = lines[place.line - 1]
            end = place.end_column - 1 if place.end_line == place.line else len(line)
            start = max(place.column - 1, 0)
            marks.append(Mark(place.line - 1, start, max(end, start + 1), finding.severity))
    return marks
