"""What the screen of migrations does beside the session: reads both sides, works out, proves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError, InputError, StateError
from be_tui.core.migrations.desk import (
    Draft,
    Wanted,
    files_of,
    keep,
    kept,
    source_side,
    trial_of,
    work_out,
)
from be_tui.core.migrations.plan import Options
from be_tui.core.project import Cancelled
from be_tui.core.sqltext import Target, guess
from be_tui.core.workbench import Source
from be_tui.tui.desk_parts import failed, marks_of
from be_tui.tui.migrate_screen import MigrateDesk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from be_tui.core.files import FileSet
    from be_tui.core.knowledge import Rule
    from be_tui.core.migrations.desk import Worked
    from be_tui.core.migrations.replay import Replay
    from be_tui.core.migrations.sides import Side
    from be_tui.core.project import Cancel

ROWS = 10_000
"""Rows of a table that a proof is run on, until the person says another number."""


class MigrateWork(MigrateDesk):
    """Holds the two sides and the change together with what comes of them."""

    def __init__(self, argument: str = "") -> None:
        """Know nothing yet."""
        super().__init__(argument)
        self.before_source = Source("project")
        self.after_source = Source()
        self.prove_rows = ROWS
        self._engine_told = False
        """Whether a side told the engine; else it is guessed from the change."""

        self._known: dict[str, Rule] = {}

    def begin(self) -> None:
        """Lay on the desk what was asked for, else what lay there last."""
        draft = kept(self.session.store)
        if self.argument:
            self._open_argument(self.argument)
        elif draft is not None:
            self.engine = draft.engine
            self.before_source, self.after_source = draft.before, draft.after
            self.load(draft.change)
        self.read_sides()

    def _open_argument(self, argument: str) -> None:
        path = self.root / argument
        if "\n" not in argument and path.is_file():
            self.open_file(str(path))
        else:
            self.load(argument)

    def load(self, text: str) -> None:
        """Put a change into the editor."""
        self.lay(text)

    def open_file(self, path: str) -> None:
        """Open a file of DDL as the change."""
        self.beside("file", self._open_file, path)

    async def _open_file(self, path: str) -> None:
        from be_tui.core.sqltext import read_sql

        try:
            self.load(await asyncio.to_thread(read_sql, path))
        except InputError as error:
            self.session.say(str(error), problem=True)

    # Both sides.

    def read_sides(self) -> None:
        """Read what both sides are described by."""
        self.beside("sides", self._read_sides)

    async def _read_sides(self) -> None:
        target = Target(self.engine)
        try:
            before = await self._side(self.before_source, target)
            after = None
            if self.after_source.kind != "none":
                after = await self._side(self.after_source, before.target)
        except Cancelled:
            return
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return
        self.before, self.after = before, after
        self._engine_told = bool(before.schema.tables)
        if self._engine_told:
            self._speak(before.target)
        if before.format:
            self.format = before.format
        self.editor.schema = before.schema
        if before.unread:
            path, unread = before.unread[0]
            where = f"{path}:{unread.statement.line}"
            self.session.say_once(f"{where} not read: {unread.message}", problem=True)
        self.editor.display = after is None
        if after is not None and self.focused in {None, self.editor}:
            self.query_one("#story").focus(scroll_visible=False)
        self.show_heading()
        self.work_now()

    async def _side(self, source: Source, target: Target) -> Side:
        return await asyncio.to_thread(source_side, source, self.root, target, self._cancel)

    def _speak(self, target: Target) -> None:
        self.engine = target.engine
        self.editor.speak(target.engine)

    # What comes of them.

    async def work_out(self) -> None:
        """Work the plan out, and show it."""
        self.keep_draft()
        before = self.before
        if before is None:
            return
        if not self._engine_told and self.text.strip():
            target = guess(self.text)
            if target.engine != self.engine:
                self._speak(target)
            before = type(before)(before.schema, Target(self.engine), before.said)
            self.before = before
        wanted = Wanted(
            before,
            self.text,
            self.after,
            self.renames,
            self.dropped,
            Options(direct=self.direct),
        )
        try:
            worked = await asyncio.to_thread(work_out, wanted, self._words)
        except Exception as error:  # noqa: BLE001 (a fault of the plan must not cost what is typed)
            self.session.say(failed("the plan", error), problem=True)
            return
        if wanted.change == self.text:
            self._take(worked)

    def _take(self, worked: Worked) -> None:
        if self.worked is None or worked.plan.steps != self.worked.plan.steps:
            self.proof, self.proved = None, ""
        self.worked = worked
        self.editor.mark(marks_of(worked.findings, self.text))
        self.show_heading()
        self.show_tabs()
        self.refresh_keys()

    def _words(self, rules: Iterable[str]) -> Mapping[str, Rule]:
        """Give the words of rules; each is read from its file once."""
        from be_tui.core.migrations.checks import words_of

        self._known.update(words_of(self.session.library, set(rules) - set(self._known)))
        return self._known

    def keep_draft(self) -> None:
        """Keep what lies on the desk for the next session."""
        draft = Draft(self.text, self.engine, self.before_source, self.after_source)
        try:
            keep(self.session.store, draft)
        except StateError as error:
            self.session.say(f"not saved: {error}", problem=True)

    def files(self, title: str) -> FileSet:
        """Give the files of the plan.

        Raises:
            InputError: There is nothing to do, or the tool cannot run it.
        """
        if self.worked is None:
            raise InputError("there is nothing to do")
        return files_of(self.worked, title, self.format, self.root, datetime.now(UTC))

    # The proof.

    def run_proof(self) -> None:
        """Run the steps on a scratch database: there, back, and there again."""
        worked = self.worked

        def run(cancel: Cancel, tell: Callable[[str, float], None]) -> Replay:
            from be_tui.core.migrations.replay import prove

            if worked is None:
                raise InputError("there is nothing to try")
            return prove(trial_of(worked, self.prove_rows), tell, cancel)

        self.start(("proves", "makes a database"), "the proof", run, self._proved)

    async def _proved(self, replay: Replay) -> None:
        from be_tui.core.migrations.replay import replay_page

        self.proof = replay_page(replay)
        self.proved = "held" if all(each.reached for each in replay.proofs) else "failed"
        self.open_tab("proof")

    def on_unmount(self) -> None:
        """Keep what lies on the desk."""
        self.keep_draft()
