"""SQL: a query written, its findings, its plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from be_tui.core.errors import BeTuiError, StateError
from be_tui.core.sqltext import ENGINES as ENGINE_NAMES
from be_tui.core.workbench import Source, as_source, forget, history, is_worked, save, saved
from be_tui.core.workbench.examples import FIRST
from be_tui.tui.desk_parts import in_use
from be_tui.tui.sql_runs import SqlRuns
from be_tui.tui.sql_screen import ENGINES, PAGES, TABS
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.inline_question import InlineQuestion

if TYPE_CHECKING:
    from textual import events
    from textual.widgets import TextArea

    from be_tui.core.findings import Finding
    from be_tui.tui.widgets.entry_line import EntryLine
    from be_tui.tui.widgets.sql_editor import SqlEditor
    from be_tui.tui.widgets.step_list import StepList


class SqlScreen(SqlRuns):
    """What a person does with a query, and what comes of it."""

    CSS_PATH: ClassVar = "sql.tcss"
    PLACEHOLDER = "Type or paste SQL, or a plan that EXPLAIN wrote."

    # What can be done.

    def why_not(self, name: str) -> str:
        """Tell why an action of the desk cannot be done just now."""
        if self.listing:
            marked = "" if self.query_marked else "there is nothing to take here"
            reasons = {"take": marked, "forget": marked or self._why_kept()}
            return reasons.get(name, "")
        written = bool(self.editor.text.strip())
        return {
            "take": self._why_not_taken(),
            "fix": self._why_no_fix(),
            "save": "" if written else "there is nothing to save",
            "clear": "" if written else "the editor is empty",
            "compare": "" if self.before else "read another plan first; the last two are compared",
            "run": self.why_not_run(),
            "analyse": self._why_not_analysed(),
            "export": self._why_no_export(),
            "migrate": ""
            if self.ddl_at_hand
            else "there is no DDL here: ask for indexes (3) first",
            "rows": "" if self.tab in {"measure", "plan"} else "no rows are generated for this tab",
            "stop": "" if self.working else "nothing runs; q leaves be-tui",
            "search": "there is no list to search here",
            "forget": "there is no list here",
        }.get(name, "")

    def _why_kept(self) -> str:
        return "" if self.listing == "saved" else "the history forgets by itself"

    def _why_not_taken(self) -> str:
        if isinstance(self.focused, Choices):
            return ""
        return "go to the list of findings first"

    def _why_not_analysed(self) -> str:
        if self.tab != "plan":
            return "times belong to a plan; open that tab"
        if not self.why_not_run() and not self.bench().has_database:
            return "r runs it on generated rows, with its times; no database is known"
        return self.why_not_run()

    def _why_no_export(self) -> str:
        outcome = self.outcomes.get(self.tab)
        found = bool(self.findings) if self.tab == "findings" else bool(outcome and outcome.files)
        return "" if found else "there is nothing to export here yet"

    def _why_no_fix(self) -> str:
        if self.tab in PAGES:
            outcome = self.outcomes.get(self.tab)
            return "" if outcome and outcome.takes else "there is nothing to take into the editor"
        finding = self.finding
        if self.tab != "findings" or finding is None:
            return "there is no finding to mend"
        edits = finding.fix.edits if finding.fix else ()
        return "" if edits else "this one is mended by hand"

    @property
    def finding(self) -> Finding | None:
        """Give the marked finding."""
        number = self.query_one("#findings", Choices).marked
        return self.findings[number] if number < len(self.findings) else None

    def do_findings(self) -> None:
        """Open the findings."""
        self.open_tab("findings")

    def do_rewrite(self) -> None:
        """Open the rewrite."""
        self.open_tab("rewrite")

    def do_indexes(self) -> None:
        """Open the index advice."""
        self.open_tab("indexes")

    def do_measure(self) -> None:
        """Open the measurement."""
        self.open_tab("measure")

    def do_run(self) -> None:
        """Run what the open tab is about."""
        self.run_tab()

    def do_analyse(self) -> None:
        """Run the statement on the database at hand, once the person said so."""
        self.ask_to_run()

    async def do_export(self) -> None:
        """Preview the files of what the open tab found."""
        outcome = self.outcomes.get(self.tab)
        make = outcome.files if outcome else None
        if self.tab == "findings":
            make = self.findings_files
        if make is None:
            return
        await self.preview(partial(make, self.root), TABS[self.tab])

    async def do_migrate(self) -> None:
        """Plan the DDL at hand as a migration."""
        await self.session.open("migrate", self.ddl_at_hand)

    def do_rows(self) -> None:
        """Ask for the number of rows to measure on."""
        self.entry.ask("rows", "rows", str(self.rows), "rows of each table")

    def do_plan(self) -> None:
        """Open the plan."""
        self.open_tab("plan")

    def do_fix(self) -> None:
        """Write the fix into the editor; ctrl+z there takes it back."""
        if self.tab in PAGES:
            self.take_outcome()
            return
        if self.write_fix(self.finding, "editor"):
            self.work_now()

    def do_engine(self) -> None:
        """Read the text as the next engine's."""
        names = list(ENGINE_NAMES)
        self.engine = names[(names.index(self.engine) + 1) % len(names)]
        self.engine_chosen = True
        self.editor.speak(self.engine)
        self.show_heading()
        self.session.say(f"read as {ENGINES[self.engine]}")
        self.work_now()

    def do_tables(self) -> None:
        """Ask where the tables are described."""
        here = {"none": "none", "project": "project"}.get(self.source.kind, "file")
        rows = [
            Choice("project", "What be-tui finds in this project", "1"),
            Choice(
                "file",
                "A file of DDL or of SQLite, or a database by its URL, which is only read",
                "2",
            ),
            Choice("none", "No tables: what needs none is found all the same", "3"),
        ]
        shown = [row if row.id != here else in_use(row) for row in rows]
        self.query_one(InlineQuestion).ask("tables", "Where are the tables described?", shown)

    def do_file(self) -> None:
        """Ask for a file of SQL or of a plan."""
        self.entry.ask("open", "open", hint="a file of SQL, or of what EXPLAIN wrote")

    def do_example(self) -> None:
        """Open the first worked example."""
        self.open_example(FIRST)

    def do_clear(self) -> None:
        """Begin with an empty editor; what stood there is in the history."""
        self.load("")
        self.engine_chosen = False
        if is_worked(self.source.where):
            self.read_tables(Source("project"))
        self.editor.focus(scroll_visible=False)

    def do_save(self) -> None:
        """Ask for the name to save the query under."""
        self.entry.ask("save", "save as", hint="a name")

    def do_history(self) -> None:
        """List what was written before."""
        self.keep_written()
        self.list_queries("history", history(self.session.store))

    def do_saved(self) -> None:
        """List the saved queries."""
        self.list_queries("saved", saved(self.session.store))

    def do_search(self) -> None:
        """Search the list; elsewhere, all that can be read."""
        self.entry.ask("search", "search", hint="words of the query or its name")

    def do_forget(self) -> None:
        """Forget the marked query."""
        query = self.query_marked
        if query is not None:
            self._kept(lambda: forget(self.session.store, query.name))
            self.do_saved()

    def do_compare(self) -> None:
        """Show the last two plans side by side, or walk the last one again."""
        self.comparing = not self.comparing
        self.show_plan()
        self.tab = "plan"
        self.show_tabs()
        self.leave_editor()

    def close_above(self) -> bool:
        """Close the list, or the comparison of two plans; tell whether either was open."""
        if self.listing:
            self.close_list()
        elif self.comparing and self.tab == "plan" and self.focused is not self.editor:
            self.do_compare()
        else:
            return False
        return True

    # What the person does.

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Tell which statement the cursor stands in."""
        event.stop()
        self.take_moved()

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted beside the editor."""
        self.take_text(event.text)

    def on_sql_editor_pasted(self, event: SqlEditor.Pasted) -> None:
        """Take what was pasted into the editor and belongs elsewhere."""
        self.take_text(event.text, typed=True)

    def on_choices_marked(self, event: Choices.Marked) -> None:
        """Tell what is marked."""
        if event.choices.id == "findings":
            self.show_story()
            self.refresh_keys()
        elif event.choices.id == "queries":
            self.show_query()

    def on_choices_taken(self, event: Choices.Taken) -> None:
        """Go to a finding's place, or open a query of the list."""
        finding, query = self.finding, self.query_marked
        if event.choices.id == "findings" and finding is not None:
            self.editor.go_to(finding.place.line, finding.place.column)
            self.editor.focus(scroll_visible=False)
        elif event.choices.id == "queries" and query is not None:
            self.close_list()
            self.load(query.text, engine=query.engine)

    def on_step_list_marked(self, event: StepList.Marked) -> None:
        """Tell the marked step."""
        event.stop()
        self.show_step()

    def on_inline_question_answered(self, event: InlineQuestion.Answered) -> None:
        """Read the tables from where the person says, or run what they let run."""
        if event.answer == "run":
            self.analyse()
        elif event.answer == "file":
            hint = "a file of CREATE TABLE or of SQLite, or a URL as postgresql://…"
            value = self.source.where if self.source.kind == "file" else ""
            self.entry.ask("tables", "tables", value, hint)
        elif event.answer in {"project", "none"}:
            self.read_tables(Source("project" if event.answer == "project" else "none"))

    def on_entry_line_entered(self, event: EntryLine.Entered) -> None:
        """Take what was entered."""
        text = event.text.strip()
        if event.about == "search":
            self.query_one("#queries").focus(scroll_visible=False)
        elif text and event.about == "tables":
            self.read_tables(as_source(text, self.root))
        elif text and event.about == "open":
            self.open_file(as_source(text, self.root).where)
        elif event.about == "rows":
            self._set_rows(text)
        elif event.about == "save":
            self._save(text)

    def on_entry_line_typed(self, event: EntryLine.Typed) -> None:
        """Narrow the list as the words are typed."""
        if event.about == "search":
            kept = history if self.listing == "history" else saved
            self.list_queries(self.listing, kept(self.session.store), event.text)

    def _set_rows(self, text: str) -> None:
        rows = self.rows_entered(text, 1)
        if rows is not None:
            self.rows = rows
            self.show_page()

    def _save(self, name: str) -> None:
        try:
            kept = save(self.session.store, name, self.editor.text, self.engine)
        except StateError as error:
            self.session.say(f"not saved: {error}", problem=True)
        except BeTuiError as error:
            self.session.say(str(error), problem=True)
        else:
            self.session.say(f"saved as {kept.name}; ctrl+o finds it")
