"""What is run for the statement at the cursor of the SQL workbench, beside the session."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from be_tui.core.document import Document, Paragraph, Span
from be_tui.core.errors import InputError
from be_tui.core.sqltext import Target
from be_tui.core.workbench import (
    Bench,
    run_advice,
    run_measure,
    run_plan,
    run_plan_here,
    run_rewrite,
    to_try,
    writes,
)
from be_tui.core.workbench.pages import INDEXES, NOTHING_TO_MEASURE, REWRITE
from be_tui.core.workbench.pointing import place_of
from be_tui.tui.sql_screen import ENGINES, Outcome
from be_tui.tui.sql_work import SqlWork
from be_tui.tui.widgets.choices import Choice
from be_tui.tui.widgets.inline_question import InlineQuestion

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from be_tui.core.files import FileSet
    from be_tui.core.indexes import Report
    from be_tui.core.knowledge import Rule
    from be_tui.core.measuring import Measurement
    from be_tui.core.project import Cancel
    from be_tui.core.rewrites import Rewrite
    from be_tui.core.workbench import Tried

Found = TypeVar("Found")

ROWS = 100_000
"""Rows of a table that is filled to measure, until the person says another number."""

_RECORDS = "docs/measurements"
"""Where the record of a measurement goes, in the project."""


class SqlRuns(SqlWork):
    """Runs what the open tab is about; one thing at a time, and each can be stopped."""

    def __init__(self, argument: str = "") -> None:
        """Have run nothing."""
        super().__init__(argument)
        self.rows = ROWS

    def bench(self) -> Bench:
        """Give what lies on the bench now."""
        from be_tui.core.schema import Schema

        editor = self.editor
        schema = editor.schema or Schema()
        target = Target(self.engine)
        return Bench(self.text, editor.offset_here, target, schema, self.source, self.root)

    @property
    def statement_text(self) -> str:
        """Give the statement at the cursor; empty without one."""
        try:
            return self.bench().statement.text
        except InputError:
            return ""

    def why_not_run(self) -> str:
        """Tell why the open tab has nothing to run."""
        if self.tab == "findings":
            return "findings come by themselves; open another tab"
        if not self.statement_text:
            return "write a query first"
        if self.tab == "plan" and not self._can_plan():
            return "nothing is known of the tables: paste a plan, or choose tables by t"
        if self.tab == "measure" and not self._tried():
            return (
                "nothing to compare with: write CREATE INDEX, ask for advice (3) or a rewrite (2)"
            )
        return ""

    def run_tab(self) -> None:
        """Run what the open tab is about."""
        bench = self.bench()
        self.keep_written()
        if self.tab == "rewrite":
            self._start("rewrites", lambda cancel, tell: run_rewrite(bench, cancel, tell))
        elif self.tab == "indexes":
            self._start("weighs indexes", lambda cancel, tell: run_advice(bench, cancel, tell))
        elif self.tab == "plan" and bench.has_database:
            self._start("asks for the plan", lambda cancel, _: run_plan(bench, cancel))
        elif self.tab == "plan":
            rows = self.rows
            self._start(
                "runs it on generated rows",
                lambda cancel, tell: run_plan_here(bench, rows, cancel, tell),
            )
        elif self.tab == "measure":
            tried, rows = self._to_try(bench), self.rows
            self._start(
                "measures", lambda cancel, tell: run_measure(bench, tried, rows, cancel, tell)
            )

    def _can_plan(self) -> bool:
        """Tell whether there is a database to ask, or tables that a sandbox can be made of."""
        bench = self.bench()
        return bench.has_database or bool(bench.schema.tables)

    def ask_to_run(self) -> None:
        """Ask whether to run the statement for its times; it costs the database what it costs."""
        bench = self.bench()
        where = bench.source.shown
        said = "It may write; that is undone. " if writes(bench.statement.text) else ""
        self.query_one(InlineQuestion).ask(
            "analyse",
            f"Run the statement on {where}, to see what each step takes? {said}",
            (Choice("no", "No", "1"), Choice("run", "Run it, and undo it", "2")),
        )

    def analyse(self) -> None:
        """Run the statement on the person's database, and undo it."""
        bench = self.bench()
        leave = "asked on the screen" if writes(bench.statement.text) else ""
        self._start("runs it", lambda cancel, _: run_plan(bench, cancel, run=True, leave=leave))

    def _tried(self) -> str:
        """Say what would be measured; empty where there is nothing to compare with."""
        try:
            return self._to_try(self.bench()).title
        except InputError:
            return ""

    def _to_try(self, bench: Bench) -> Tried:
        """Give what there is to measure: what stands in the editor, or was found by other tabs."""
        about = bench.statement.text
        fresh = {name: each for name, each in self.outcomes.items() if each.about == about}
        advised = fresh["indexes"].ddl if "indexes" in fresh else ()
        return to_try(bench, advised, fresh["rewrite"].takes if "rewrite" in fresh else "")

    @property
    def ddl_at_hand(self) -> str:
        """Give the indexes that are advised, or what stands in the editor and makes an index."""
        outcome = self.outcomes.get("indexes")
        ddl = outcome.ddl if outcome and self.tab == "indexes" else ()
        if not ddl and "create" in self.text.lower():
            ddl = self.bench().indexes
        return "".join(f"{each.rstrip(';')};\n" for each in ddl)

    def prompt(self, tab: str) -> Document:
        """Say what can be run in a tab."""
        if tab != "measure":
            return REWRITE if tab == "rewrite" else INDEXES
        tried = self._tried()
        if not tried:
            return NOTHING_TO_MEASURE
        said = (
            f" measures the statement at the cursor with {tried} and without: two databases of"
            f" {ENGINES[self.engine]} on this machine, filled with {self.rows:,} generated rows,"
            " take turns. "
        )
        spans = (Span("r", "key"), Span(said), Span("n", "key"), Span(" changes the rows."))
        return Document((Paragraph(spans),))

    def take_outcome(self) -> None:
        """Write what a run came to into the editor; ctrl+z there takes it back."""
        outcome, editor = self.outcomes[self.tab], self.editor
        start = self.text.find(outcome.about)
        if start < 0:
            self.session.say("the statement has changed since; run it again")
            return
        ends = (start, start + len(outcome.about))
        first, last = (place_of(self.text, each) for each in ends)
        editor.replace(outcome.takes, first, last)
        self.session.say("taken into the editor; ctrl+z there takes it back")

    # One thing at a time.

    def _start(
        self, what: str, work: Callable[[Cancel, Callable[[str, float], None]], Found]
    ) -> None:
        take = partial(self._take, self.tab, self.statement_text)
        self.start((what, what), "it", work, take)

    async def _take(self, tab: str, about: str, found: object) -> None:
        from be_tui.core.indexes import Report
        from be_tui.core.measuring import Measurement
        from be_tui.core.plans import Plan
        from be_tui.core.rewrites import Rewrite

        if isinstance(found, Plan):
            await self.take_plan(found)
            return
        if isinstance(found, Rewrite):
            rules = await asyncio.to_thread(self._words, found)
            self.outcomes[tab] = _of_rewrite(found, rules)
        elif isinstance(found, Report):
            self.outcomes[tab] = _of_advice(found, about)
        elif isinstance(found, Measurement):
            self.outcomes[tab] = _of_measurement(found, about)
        self.show_tabs()
        self.refresh_keys()

    def _words(self, found: Rewrite) -> dict[str, Rule]:
        library = self.session.library
        return {taken.step.rule: library.rule(taken.step.rule) for taken in found.steps}


def _of_rewrite(found: Rewrite, rules: dict[str, Rule]) -> Outcome:
    from be_tui.core.rewrites import rewrite_page

    page = rewrite_page([found], rules)
    takes = found.after if found.after != found.before else ""
    note = str(len(found.applied)) if found.applied else ""
    return Outcome(found.before, lambda _: page, note, takes)


def _of_advice(found: Report, about: str) -> Outcome:
    from be_tui.core.indexes import advice_page
    from be_tui.core.workbench import advice_files

    page = advice_page(found)
    ddl = tuple(each.ddl for each in found.advice)
    # The statement's own semicolon comes to stand behind the last index.
    lines = ";\n".join(each.rstrip(";") for each in ddl)
    takes = f"{about};\n\n{lines}" if ddl else ""
    note = str(len(ddl)) if ddl else ""

    def files(root: Path) -> FileSet:
        del root
        return advice_files(found)

    return Outcome(about, lambda _: page, note, takes, ddl, files)


def _of_measurement(found: Measurement, about: str) -> Outcome:
    from be_tui.core.measuring import measurement_page, record

    def files(root: Path) -> FileSet:
        title = " ".join(about.split())[:60]
        today = datetime.now(UTC).astimezone().date()
        return record(found, title, root, root / _RECORDS, today)

    return Outcome(about, lambda cells: measurement_page(found, cells), "done", files=files)
