"""What the SQL workbench does beside the session: checking, reading tables and plans."""

from __future__ import annotations

import asyncio
from threading import Lock
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError, InputError, StateError
from be_tui.core.plans import judge
from be_tui.core.project import Cancelled
from be_tui.core.sqltext import Target, guess
from be_tui.core.workbench import (
    Source,
    as_plan,
    draft,
    keep_draft,
    note,
    position_of,
    read_source,
    worked,
    worked_names,
)
from be_tui.core.workbench.colouring import LONGEST
from be_tui.tui.desk_parts import failed, marks_of
from be_tui.tui.sql_screen import SqlDesk
from be_tui.tui.widgets.sql_editor import LARGEST
from be_tui.tui.widgets.step_list import StepList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from be_tui.core.files import FileSet
    from be_tui.core.findings import Finding
    from be_tui.core.knowledge import Rule
    from be_tui.core.plans import Plan, Remark
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine
    from be_tui.core.workbench import Query, Sourced


class SqlWork(SqlDesk):
    """Holds the text, its engine and its tables together with what was found about them."""

    PAUSE = 0.15

    def __init__(self, argument: str = "") -> None:
        """Know nothing yet."""
        super().__init__(argument)
        self.engine_chosen = False
        """Whether the person chose the engine; else it is guessed."""

        self._rules: Mapping[str, Rule] = {}
        self._reading_rules = Lock()
        self._schema_engine: Engine | None = None

    # The text.

    def take_typed(self) -> None:
        """Take up that the text has changed; check it once nobody types for a moment."""
        super().take_typed()
        self.take_moved()
        self.checked = self.checked and bool(self.text.strip())
        if not self.findings:
            self.show_story()

    def load(self, text: str, *, engine: Engine | None = None) -> None:
        """Put a text into the editor; what stood there goes into the history."""
        if len(text) <= LARGEST:
            self.keep_written()
            if engine is not None:
                self.engine, self.engine_chosen = engine, True
                self.editor.speak(engine)
        self.lay(text, "check it by `be-tui sql check`")

    def take_moved(self) -> None:
        """Take up that the cursor may stand in another statement now."""
        if len(self.text) > LONGEST:
            return
        position = position_of(self.text, self.engine, self.editor.offset_here)
        if position != self.position:
            self.position = position
            self.show_heading()
            self.show_page()

    def keep_written(self) -> None:
        """Put what stands in the editor into the history."""
        self._kept(lambda: note(self.session.store, self.text, self.engine))

    def keep_text(self) -> None:
        """Keep what stands in the editor for the next session."""
        store = self.session.store
        self._kept(lambda: keep_draft(store, self.text, self.engine, self.source))

    def _kept(self, keep: Callable[[], None]) -> None:
        try:
            keep()
        except StateError as error:
            self.session.say(f"not saved: {error}", problem=True)

    def begin(self) -> None:
        """Fill the editor in: with what was asked for, else with what stood there last."""
        kept = draft(self.session.store)
        # The words of the rules take a moment; they are wanted by the first check.
        self.run_worker(self._words_of_rules, thread=True, group="rules", exit_on_error=False)
        if self.argument:
            self._open_argument(self.argument)
        elif kept is not None and kept[0].text:
            self._continue(*kept)
        else:
            self.read_tables(Source("project"))

    def _continue(self, query: Query, source: Source) -> None:
        self.load(query.text, engine=query.engine)
        self.engine_chosen = False
        self.read_tables(source if source.kind != "none" else Source("project"))

    def _open_argument(self, argument: str) -> None:
        path = self.root / argument
        if argument in worked_names():
            self.open_example(argument)
        elif "\n" not in argument and path.is_file():
            self.read_tables(Source("project"))
            self.open_file(str(path))
        else:
            self.read_tables(Source("project"))
            self.load(argument)

    def open_example(self, name: str) -> None:
        """Open a worked example with its tables."""
        example = worked(name)
        self.load(example.text, engine=example.engine)
        self.read_tables(Source("file", str(example.tables)))

    def open_file(self, path: str) -> None:
        """Open a file: SQL into the editor, a plan into its tab."""
        self.beside("file", self._open_file, path)

    async def _open_file(self, path: str) -> None:
        from be_tui.core.sqltext import read_sql

        try:
            text = await asyncio.to_thread(read_sql, path)
        except InputError as error:
            self.session.say(str(error), problem=True)
            return
        plan = await asyncio.to_thread(as_plan, text, path)
        if plan is None:
            self.load(text)
            self.editor.focus(scroll_visible=False)
        else:
            await self.take_plan(plan)

    # Checking.

    async def work_out(self) -> None:
        """Check the text, and show the findings."""
        text, editor = self.text, self.editor
        self.keep_text()
        if not self.engine_chosen:
            told = self._schema_engine or guess(text).engine
            if told != self.engine:
                self.engine = told
                editor.speak(told)
                self.show_heading()
        try:
            found = await asyncio.to_thread(self._checked, text, Target(self.engine), editor.schema)
        except Exception as error:  # noqa: BLE001 (a rule's fault must not cost what is typed)
            self.session.say(failed("the check", error), problem=True)
            return
        if text == self.text:
            self.findings, self.checked = found, True
            self.show_page()
            editor.mark(marks_of(found, text))
            self.show_findings()
            self.show_tabs()
            self.refresh_keys()

    def _checked(self, text: str, target: Target, schema: Schema | None) -> tuple[Finding, ...]:
        from be_tui.core.checking import check_text

        return check_text(text, self._words_of_rules(), schema, target)

    def _words_of_rules(self) -> Mapping[str, Rule]:
        """Give the words of the rules, read by the first check."""
        from be_tui.core.checking import rules_of

        with self._reading_rules:
            if not self._rules:
                self._rules = rules_of(self.session.library)
        return self._rules

    def findings_files(self, root: Path) -> FileSet:
        """Give the findings as a file to be."""
        from be_tui.core.files import FileSet, NewFile
        from be_tui.core.reports import markdown

        del root
        return FileSet((NewFile("docs/sql-findings.md", markdown(self.findings)),))

    # The tables.

    def read_tables(self, source: Source) -> None:
        """Read the tables of a source beside the session."""
        self.beside("tables", self._read_tables, source)

    async def _read_tables(self, source: Source) -> None:
        try:
            found = await asyncio.to_thread(read_source, source, self.root, self._cancel)
        except Cancelled:
            return
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return
        self.source = source
        self._know(found)

    def _know(self, found: Sourced) -> None:
        self.tables_said = found.said
        self._schema_engine = found.engine
        self.editor.schema = found.schema
        if found.trouble:
            self.session.say_once(found.trouble, problem=True)
        self.show_heading()
        self.work_now()

    # Plans.

    def take_text(self, text: str, *, typed: bool = False) -> None:
        """Take what was pasted: a plan into its tab, SQL into the editor.

        Args:
            text: What was pasted.
            typed: Whether the editor had the keys, so that SQL goes where its cursor is.
        """
        self.beside("plan", self._take_text, text, typed=typed)

    async def _take_text(self, text: str, *, typed: bool) -> None:
        plan = await asyncio.to_thread(as_plan, text)
        if plan is not None:
            self.session.say("that is a plan: it stands under Plan")
            await self.take_plan(plan)
        elif typed and len(self.editor.text) + len(text) <= LARGEST:
            self.editor.insert(text)
        elif self.tab == "plan" and not typed:
            self.session.say("this is no plan that be-tui can read", problem=True)
        else:
            self.load(text)
            self.editor.focus(scroll_visible=False)

    async def take_plan(self, plan: Plan) -> None:
        """Show a plan in its tab, what is wrong with it judged beside the session."""
        try:
            remarks, rules = await asyncio.to_thread(self._judged, plan)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
            return
        self.before, self.plan = self.plan, plan
        self.remarks, self.rules, self.comparing = remarks, rules, False
        self.query_one("#steps", StepList).show(plan, remarks)
        self.show_plan()
        self.open_tab("plan")
        self.leave_editor()

    def _judged(self, plan: Plan) -> tuple[Sequence[Remark], dict[str, Rule]]:
        remarks = judge(plan)
        library = self.session.library
        return remarks, {each.rule: library.rule(each.rule) for each in remarks}

    def on_unmount(self) -> None:
        """Keep what was written."""
        self.keep_written()
        self.keep_text()
