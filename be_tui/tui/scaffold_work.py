"""What the screen of scaffolds does beside the session: reads, works out, generates, proves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError, InputError, StateError
from be_tui.core.scaffold import spec_text
from be_tui.core.scaffold.desk import Draft, Worked, keep, kept, work_out
from be_tui.core.scaffold.generating import Wish, generate, open_questions
from be_tui.core.scaffold.manifests import read_stack, stack_names
from be_tui.core.scaffold.settling import read_base
from be_tui.core.scaffold.sources import spec_of
from be_tui.tui.desk_parts import failed, marks_of
from be_tui.tui.scaffold_screen import ScaffoldDesk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from be_tui.core.files import Change
    from be_tui.core.migrations.diff import Question
    from be_tui.core.project import Cancel
    from be_tui.core.scaffold.generating import Generated
    from be_tui.core.scaffold.proving import Proof
    from be_tui.core.scaffold.settling import Base


class ScaffoldWork(ScaffoldDesk):
    """Holds the spec together with what comes of it."""

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
        if self.lay(text):
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

    async def work_out(self) -> None:
        """Work out what comes of the spec, and show it."""
        self.keep_draft()
        text = self.text
        try:
            worked = await asyncio.to_thread(work_out, text, self.options)
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
        self.editor.mark(marks_of(worked.findings, self.text))
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
        place = self.place

        def run(cancel: Cancel, tell: Callable[[str, float], None]) -> Proof:
            from be_tui.core.scaffold.proving import prove

            return prove(place, cancel, tell)

        self.start(("proves", "copies the service"), "the proof", run, self._proved)

    async def _proved(self, proof: Proof) -> None:
        from be_tui.core.scaffold.proving import proof_page

        self.proof = proof_page(proof)
        self.proved = "failed" if proof.failed else "held" if proof.held else "in part"
        self.open_tab("proof")

    def on_unmount(self) -> None:
        """Keep what lies on the desk."""
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
