"""Scaffold: a service described once, its contract, its tables, its files, and their proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from be_tui.core.errors import InputError
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold.editing import EXAMPLE, with_field
from be_tui.core.scaffold.manifests import read_stack, stack_names
from be_tui.tui.desk_parts import in_use
from be_tui.tui.scaffold_work import ScaffoldWork
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.inline_question import InlineQuestion

if TYPE_CHECKING:
    from be_tui.core.findings import Finding
    from be_tui.core.migrations.diff import Question
    from be_tui.tui.widgets.entry_line import EntryLine
    from be_tui.tui.widgets.sql_editor import SqlEditor


class ScaffoldScreen(ScaffoldWork):
    """What a person does with a spec, and what comes of it."""

    CSS_PATH: ClassVar = "scaffold.tcss"

    PLACEHOLDER = "Describe a service: its resources, their fields, who may do what."

    # What can be done.

    def why_not(self, name: str) -> str:
        """Tell why an action of the desk cannot be done just now."""
        written = bool(self.editor.text.strip())
        return {
            "take": self._why_not_taken(),
            "run": self._why_not_proved(),
            "export": self._why_no_files(),
            "options": "" if self.stack and self.stack.options else self._why_no_options(),
            "stop": "" if self.working else "nothing runs; q leaves be-tui",
            "save": "" if written else "there is no spec to save",
            "clear": "" if written else "the spec is empty",
        }.get(name, "")

    def _why_no_options(self) -> str:
        return "this stack has no options" if self.stack else "choose a stack (s) first"

    def _why_no_files(self) -> str:
        if self.worked.service is None:
            return (
                "the spec has a fault (2)" if self.worked.text.strip() else "there is no spec yet"
            )
        if self.stack is None:
            return "choose a stack (s) first"
        if self.questions:
            return "answer what is asked under Files (5) first"
        return self.trouble or ("" if self.files else "the files are not worked out yet")

    def _why_not_proved(self) -> str:
        if self.working:
            return "a proof runs already; ctrl+c stops it"
        if any(each.state == "same" for each in self.files):
            return ""
        return "write the files (e) first; what stands in the folder is proved"

    def _why_not_taken(self) -> str:
        if not isinstance(self.focused, Choices):
            return "go to the list first"
        if self.question is not None or (self.tab == "check" and self.finding is not None):
            return ""
        return "" if self.tab == "resources" else "there is nothing to take here"

    @property
    def finding(self) -> Finding | None:
        """Give the marked finding."""
        number = self.rows.marked
        return self.findings[number] if number < len(self.findings) else None

    @property
    def question(self) -> Question | None:
        """Give the marked question."""
        number = self.rows.marked
        asked = self.questions if self.tab == "files" else ()
        return asked[number] if number < len(asked) else None

    def do_resources(self) -> None:
        """Open the resources."""
        self.open_tab("resources")

    def do_check(self) -> None:
        """Open what is wrong with the spec."""
        self.open_tab("check")

    def do_contract(self) -> None:
        """Open the contract."""
        self.open_tab("contract")

    def do_tables(self) -> None:
        """Open the tables."""
        self.open_tab("tables")

    def do_files(self) -> None:
        """Open the files."""
        self.open_tab("files")

    def do_proof(self) -> None:
        """Open the proof."""
        self.open_tab("proof")

    def do_run(self) -> None:
        """Prove the service that stands in the folder."""
        self.run_proof()

    def do_add(self) -> None:
        """Ask for a field in a line of words."""
        self.entry.ask("field", "field", hint=EXAMPLE)

    def do_stack(self) -> None:
        """Ask what the service is generated in."""
        rows = [Choice("", "Leave it as it is", "1")]
        for number, name in enumerate(stack_names(), 2):
            stack = read_stack(name)
            row = Choice(name, f"{stack.title}: {stack.about}", str(number))
            rows.append(in_use(row) if self.stack and name == self.stack.name else row)
        self.query_one(InlineQuestion).ask("stack", "What is it generated in?", rows)

    def do_options(self) -> None:
        """Ask what the service has besides."""
        names = ", ".join(self.stack.option_names) if self.stack else ""
        self.entry.ask("options", "options", ", ".join(sorted(self.options)), names)

    def do_folder(self) -> None:
        """Ask where the service goes."""
        self.entry.ask("folder", "folder", self.place_said, "within this project")

    def do_source(self) -> None:
        """Ask what a spec is made of."""
        hint = "an OpenAPI document, DDL, a folder of migrations, a database's URL"
        self.entry.ask("source", "made of", hint=hint)

    def do_file(self) -> None:
        """Ask for a spec to open."""
        self.entry.ask("open", "open", hint="a file of YAML")

    def do_save(self) -> None:
        """Ask for the file that the spec is written into."""
        service = self.worked.service
        self.entry.ask("save", "save as", f"{service.name if service else 'spec'}.yaml")

    def do_example(self) -> None:
        """Open the example."""
        self.open_source(f"{knowledge_dir()}/specs/shop.yaml")

    def do_clear(self) -> None:
        """Begin with an empty spec."""
        self.renames, self.dropped = (), frozenset()
        self.load("")
        self.editor.focus(scroll_visible=False)

    async def do_export(self) -> None:
        """Preview the files, those chosen that lose nothing."""
        from be_tui.tui.screens.preview import PreviewScreen

        if self.generated is None:
            return
        settlement = self.generated.settlement
        await self.app.push_screen(
            PreviewScreen(
                files=settlement.file_set,
                root=self.place,
                title=f"{self.generated.stack.title} into {self.place_said}",
                chosen=frozenset(settlement.chosen),
            )
        )

    def on_screen_resume(self) -> None:
        """Hold the files against the folder again: they may have been written meanwhile."""
        if self.generated is not None:
            self.work_now()

    # What the person does.

    def on_sql_editor_pasted(self, event: SqlEditor.Pasted) -> None:
        """Tell that what was pasted is too long."""
        self.session.say(f"{len(event.text):,} characters are too many for a spec", problem=True)

    def on_choices_taken(self, event: Choices.Taken) -> None:
        """Answer a question, or go to where something stands in the spec."""
        if event.choices.id != "rows":
            return
        question, finding = self.question, self.finding
        if question is not None:
            self.ask_rename(question.rename)
        elif self.tab == "check" and finding is not None:
            self._go_to(finding.place.line, finding.place.column)
        elif self.tab == "resources" and self.worked.resources:
            place = self.worked.resources[self.rows.marked].place
            self._go_to(place.line, place.column)

    def _go_to(self, line: int, column: int) -> None:
        self.editor.go_to(line, column)
        self.editor.focus(scroll_visible=False)

    def on_inline_question_answered(self, event: InlineQuestion.Answered) -> None:
        """Take the answer."""
        if event.about == "stack" and event.answer:
            self.stack = read_stack(event.answer)
            self.options &= frozenset(self.stack.option_names)
            self.work_now()
        elif event.about == "rename":
            self.answer_rename(event.answer)

    async def on_entry_line_entered(self, event: EntryLine.Entered) -> None:
        """Take what was entered."""
        text = event.text.strip()
        match event.about:
            case "field" if text:
                self._add(text)
            case "source" if text:
                self.open_source(text)
            case "open" if text:
                self.open_file(text)
            case "save" if text:
                await self._save(text)
            case "folder":
                self._set_folder(text)
            case "options":
                self._set_options(text)
            case _:
                return

    def _add(self, words: str) -> None:
        try:
            text = with_field(self.editor.text, words)
        except InputError as error:
            self.session.say(str(error), problem=True)
            self.entry.ask("field", "field", words, EXAMPLE)
            return
        end = self.editor.document.end
        self.editor.replace(text, (0, 0), end)
        name = words.split(maxsplit=1)[0].rpartition(".")[2]
        lines = text.split("\n")
        row = next((at for at, line in enumerate(lines) if line.strip().startswith(f"{name}:")), 0)
        self.editor.move_cursor((row, 0))
        self.session.say("added to the spec; ctrl+z there takes it back")

    def _set_folder(self, text: str) -> None:
        place = (self.root / (text or ".")).resolve()
        if not place.is_relative_to(self.root.resolve()):
            self.session.say("folder: it must be within this project", problem=True)
            return
        service = self.worked.service
        self.folder = "" if service and text == service.name else text
        self.work_now()

    def _set_options(self, text: str) -> None:
        if self.stack is None:
            return
        names = frozenset(text.replace(",", " ").split())
        unknown = sorted(names - set(self.stack.option_names))
        if unknown:
            told = ", ".join(self.stack.option_names)
            self.session.say(f"options: no `{unknown[0]}`; there are {told}", problem=True)
            return
        self.options = names
        self.work_now()

    async def _save(self, path: str) -> None:
        from be_tui.core.files import FileSet, NewFile
        from be_tui.tui.screens.preview import PreviewScreen

        try:
            files = FileSet((NewFile(path, self.editor.text),))
        except InputError as error:
            self.session.say(str(error), problem=True)
            return
        await self.app.push_screen(PreviewScreen(files=files, root=self.root, title="Spec"))
