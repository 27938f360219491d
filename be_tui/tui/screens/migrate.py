"""Migrate: a change said, the steps that a running service survives, and their proof."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from be_tui.core.migrations.model import FORMATS
from be_tui.core.sqltext import ENGINES as ENGINE_NAMES
from be_tui.core.sqltext import Target
from be_tui.core.workbench import Source, as_source
from be_tui.tui.desk_parts import in_use
from be_tui.tui.migrate_work import MigrateWork
from be_tui.tui.sql_screen import ENGINES
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.inline_question import InlineQuestion

if TYPE_CHECKING:
    from be_tui.core.findings import Finding
    from be_tui.core.migrations.diff import Question
    from be_tui.tui.widgets.entry_line import EntryLine
    from be_tui.tui.widgets.sql_editor import SqlEditor

_TITLE = 60

EXAMPLE = """\
-- Said plainly; the steps below keep the users served.
ALTER TABLE users ADD COLUMN last_seen_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX users_last_seen_at_idx ON users (last_seen_at);
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users ALTER COLUMN id TYPE bigint;
"""
_EXAMPLE_TABLES = "CREATE TABLE users (id int PRIMARY KEY, email text, name varchar(80));"


class MigrateScreen(MigrateWork):
    """What a person does with a change, and what comes of it."""

    CSS_PATH: ClassVar = "migrate.tcss"
    PLACEHOLDER = "Say in plain DDL what is to become of the tables."

    # What can be done.

    def why_not(self, name: str) -> str:
        """Tell why an action of the desk cannot be done just now."""
        return {
            "take": self._why_not_taken(),
            "fix": self._why_no_fix(),
            "run": self._why_no_steps("prove"),
            "export": self._why_no_steps("export"),
            "stop": "" if self.working else "nothing runs; q leaves be-tui",
            "clear": "" if self.editor.text.strip() else "the change is empty",
        }.get(name, "")

    def _why_no_steps(self, what: str) -> str:
        plan = self.worked.plan if self.worked else None
        if plan and plan.questions:
            return "answer what is asked under Changes (2) first"
        return "" if plan and plan.steps else f"there are no steps to {what} yet"

    def _why_not_taken(self) -> str:
        if not isinstance(self.focused, Choices):
            return "go to the list first"
        if self.question is not None or (self.tab == "check" and self.finding is not None):
            return ""
        return "there is nothing to take here"

    def _why_no_fix(self) -> str:
        finding = self.finding
        if self.tab != "check" or finding is None:
            return "there is no finding to mend"
        edits = finding.fix.edits if finding.fix else ()
        return "" if edits else "this one is mended by the steps (1)"

    @property
    def finding(self) -> Finding | None:
        """Give the marked finding."""
        number = self.rows.marked
        return self.findings[number] if number < len(self.findings) else None

    @property
    def question(self) -> Question | None:
        """Give the marked question."""
        questions = self.worked.plan.questions if self.worked else ()
        number = self.rows.marked
        return questions[number] if self.tab == "changes" and number < len(questions) else None

    def do_steps(self) -> None:
        """Open the steps."""
        self.open_tab("steps")

    def do_changes(self) -> None:
        """Open the changes."""
        self.open_tab("changes")

    def do_check(self) -> None:
        """Open what is wrong with the change as it is written."""
        self.open_tab("check")

    def do_proof(self) -> None:
        """Open the proof."""
        self.open_tab("proof")

    def do_edit(self) -> None:
        """Go to the change."""
        if self.after is not None:
            self.session.say("the other side is described whole; o says otherwise")
            return
        super().do_edit()

    def do_run(self) -> None:
        """Run the steps on a scratch database."""
        self.run_proof()

    def do_plain(self) -> None:
        """Plan plain DDL, or phases again."""
        self.direct = not self.direct
        self.session.say("plain DDL, for tables at rest" if self.direct else "in phases again")
        self.work_now()

    def do_engine(self) -> None:
        """Read the change as the next engine's."""
        if self._engine_told:
            self.session.say(f"the tables are those of {ENGINES[self.engine]}")
            return
        names = list(ENGINE_NAMES)
        self.engine = names[(names.index(self.engine) + 1) % len(names)]
        self.editor.speak(self.engine)
        if self.before is not None:
            self.before = replace(self.before, target=Target(self.engine))
        self.show_heading()
        self.work_now()

    def do_tables(self) -> None:
        """Ask where the tables are described as they are."""
        rows = [
            Choice("project", "What the migrations of this project lead to", "1"),
            Choice("file", "DDL, a folder of migrations, SQLite, or a database by its URL", "2"),
            Choice("none", "No tables yet", "3"),
        ]
        shown = [in_use(row) if row.id == _kind(self.before_source) else row for row in rows]
        self.query_one(InlineQuestion).ask("before", "Where does it begin?", shown)

    def do_other(self) -> None:
        """Ask what the tables are to be."""
        rows = [
            Choice("none", "What the change above says", "1"),
            Choice("file", "DDL, a folder of migrations, SQLite, or a database by its URL", "2"),
            Choice("project", "What the migrations of this project lead to", "3"),
        ]
        shown = [in_use(row) if row.id == _kind(self.after_source) else row for row in rows]
        self.query_one(InlineQuestion).ask("after", "Where does it lead?", shown)

    def do_format(self) -> None:
        """Ask whose layout files are written in."""
        self.entry.ask("format", "format", self.format, ", ".join(FORMATS))

    def do_rows(self) -> None:
        """Ask for the number of rows to prove on."""
        self.entry.ask("rows", "rows", str(self.prove_rows), "rows of each table")

    def do_file(self) -> None:
        """Ask for a file of DDL to be the change."""
        self.entry.ask("open", "open", hint="a file of DDL")

    def do_export(self) -> None:
        """Ask what the migration is called, and preview its files."""
        first = self.worked.plan.steps[0].title if self.worked and self.worked.plan.steps else ""
        self.entry.ask("title", "title", first[:_TITLE], "what it does, in a few words")

    def do_example(self) -> None:
        """Open the example."""
        from be_tui.core.migrations.sides import side_of_text

        target = Target("postgresql", (16,))
        said = "1 table of the example"
        self.before = side_of_text(_EXAMPLE_TABLES, target, "example.sql", said)
        self.before_source, self.after_source, self.after = Source(), Source(), None
        self._engine_told = True
        self.engine = "postgresql"
        self.editor.display = True
        self.editor.speak("postgresql")
        self.editor.schema = self.before.schema
        self.load(EXAMPLE)
        self.editor.move_cursor((0, 0))
        self.show_heading()

    def do_clear(self) -> None:
        """Begin with an empty change."""
        self.renames, self.dropped = (), frozenset()
        self.load("")
        self.editor.focus(scroll_visible=False)

    def do_fix(self) -> None:
        """Write the fix into the change; ctrl+z there takes it back."""
        self.write_fix(self.finding, "change")

    # What the person does.

    def on_sql_editor_pasted(self, event: SqlEditor.Pasted) -> None:
        """Take what was pasted into the change."""
        self.editor.insert(event.text)

    def on_choices_taken(self, event: Choices.Taken) -> None:
        """Answer a question, or go to a finding's place."""
        if event.choices.id != "rows":
            return
        question, finding = self.question, self.finding
        if question is not None:
            self.ask_rename(question.rename)
        elif self.tab == "check" and finding is not None and finding.place.line:
            self.editor.go_to(finding.place.line, finding.place.column)
            self.editor.focus(scroll_visible=False)

    def on_inline_question_answered(self, event: InlineQuestion.Answered) -> None:
        """Take the answer."""
        if event.about == "rename":
            self.answer_rename(event.answer)
        elif event.answer == "file":
            source = self.before_source if event.about == "before" else self.after_source
            hint = "DDL, a folder of migrations, SQLite, or a URL as postgresql://…"
            value = source.where if source.kind == "file" else ""
            self.entry.ask(event.about, event.about, value, hint)
        elif event.answer in {"project", "none"}:
            source = Source("project") if event.answer == "project" else Source()
            self._set_side(event.about, source)

    def _set_side(self, about: str, source: Source) -> None:
        if about == "before":
            self.before_source = source
        else:
            self.after_source = source
        self.renames, self.dropped = (), frozenset()
        self.read_sides()

    def on_entry_line_entered(self, event: EntryLine.Entered) -> None:
        """Take what was entered."""
        text = event.text.strip()
        if not text:
            return
        match event.about:
            case "before" | "after":
                self._set_side(event.about, as_source(text, self.root))
            case "open":
                self.open_file(as_source(text, self.root).where)
            case "format":
                self._set_format(text)
            case "rows":
                self._set_rows(text)
            case "title":
                self.beside("preview", self.preview, partial(self.files, text), "Migration")
            case _:
                return

    def _set_format(self, text: str) -> None:
        found = next((each for each in FORMATS if each == text), None)
        if found is None:
            near = [each for each in FORMATS if each.startswith(text)]
            if len(near) != 1:
                self.session.say(f"format: one of {', '.join(FORMATS)}", problem=True)
                return
            found = near[0]
        self.format = found
        self.show_heading()

    def _set_rows(self, text: str) -> None:
        rows = self.rows_entered(text, 0)
        if rows is not None:
            self.prove_rows = rows


def _kind(source: Source) -> str:
    return "file" if source.kind == "url" else source.kind
