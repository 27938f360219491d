"""The screen of scaffolds: a spec being written, and beside it the service that comes of it.

What runs beside the session stands in `be_tui.tui.scaffold_work`, what the person can do in
`be_tui.tui.screens.scaffold`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import Document, Paragraph, Span
from be_tui.core.migrations.desk import question_page
from be_tui.core.reports import finding_page
from be_tui.core.scaffold.desk import (
    EMPTY,
    UNPROVED,
    Worked,
    file_page,
    no_stack_page,
    operation_page,
    resource_page,
    tables_page,
)
from be_tui.core.scaffold.desk.pages import STATES
from be_tui.tui.desk_parts import finding_row
from be_tui.tui.listed_desk import ListedDesk, question_row
from be_tui.tui.widgets.choices import Choice
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.spec_editor import SpecEditor
from be_tui.tui.widgets.tab_line import Tab, TabLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from be_tui.core.files import Change
    from be_tui.core.findings import Finding
    from be_tui.core.migrations.diff import Question
    from be_tui.core.scaffold.generating import Generated
    from be_tui.core.scaffold.manifests import Stack
    from be_tui.core.scaffold.settling import Settled, State
    from be_tui.tui.widgets.choices import Tone

TABS = {
    "resources": "Resources",
    "check": "Check",
    "contract": "Contract",
    "tables": "Tables",
    "files": "Files",
    "proof": "Proof",
}
"""The tabs, in the order of their digits."""

_STATES: dict[State, Tone] = {
    "new": "good",
    "updated": "good",
    "merged": "warning",
    "conflict": "bad",
    "taken": "bad",
}


class ScaffoldDesk(ListedDesk):
    """The spec with its tabs."""

    SCOPE = "scaffold"
    TITLE_NAME = "Scaffold"
    TABS = TABS
    EDITOR = SpecEditor

    def __init__(self, argument: str = "") -> None:
        """Open on what lay on the desk last.

        Args:
            argument: A spec of the project, an OpenAPI document, tables, or a text of a spec.
        """
        super().__init__(argument)
        self.worked = Worked("")
        self.stack: Stack | None = None
        self.options: frozenset[str] = frozenset()
        self.folder = ""
        """Where the service goes, relative to the project; empty for one of its own name."""

        self.generated: Generated | None = None
        self.changes: Mapping[str, Change] = {}
        """How the files that would be written differ from those that stand."""

        self.questions: tuple[Question, ...] = ()
        """What may only be called otherwise now; there are no files before it is said."""

        self.trouble = ""
        """Why there are no files."""

        self.proof: Document | None = None
        self.proved = ""
        """In a word, what came of the proof."""

    @property
    def findings(self) -> Sequence[Finding]:
        """Give what is wrong with the spec."""
        return self.worked.findings

    @property
    def files(self) -> Sequence[Settled]:
        """Give how each file stands."""
        return self.generated.settlement.files if self.generated else ()

    # What is shown.

    def show_heading(self) -> None:
        """Tell what is generated, in what, and where it goes."""
        service = self.worked.service
        notes = [service.title if service else "no service yet"]
        notes.append(self.stack.title if self.stack else "no stack chosen")
        notes += sorted(self.options)
        if self.wide and service:
            notes.append(f"into {self.place_said}")
        self.query_one(HeadingLine).say("Scaffold", " · ".join(notes))

    @property
    def place_said(self) -> str:
        """Give the folder of the service, as it is said."""
        service = self.worked.service
        return self.folder or (service.name if service else "its own folder")

    def show_tabs(self) -> None:
        """Show which tab is open, what there is in each, and the open one."""
        grave = any(each.severity == "error" for each in self.findings)
        notes = {
            "resources": (str(len(self.worked.resources) or ""), False),
            "check": (str(len(self.findings) or ""), grave),
            "contract": (str(len(self.worked.operations) or ""), False),
            "tables": ("", False),
            "files": self._files_note(),
            "proof": (self.proved, False),
        }
        tabs = [Tab(name, title, *notes[name]) for name, title in TABS.items()]
        self.query_one(TabLine).show(tabs, self.tab)
        self.show_rows()

    def _files_note(self) -> tuple[str, bool]:
        """Tell how many files would be written; else what stands in the way."""
        left = sum(each.state in {"conflict", "taken"} for each in self.files)
        if self.questions:
            return f"{len(self.questions)}?", True
        if left or self.trouble:
            return f"{left or ''}!", True
        return str(sum(each.written for each in self.files) or ""), False

    def listed(self) -> list[Choice]:
        """Give the rows of the open tab."""
        if self.tab == "resources":
            return [
                Choice(each.name, each.name, "·", tag=_counted(len(each.fields)), tone="muted")
                for each in self.worked.resources
            ]
        if self.tab == "check":
            return [finding_row(number, each) for number, each in enumerate(self.findings)]
        if self.tab == "contract":
            return [
                Choice(str(number), f"{each.method:<6} {each.path}", tag=each.who, tone="muted")
                for number, each in enumerate(self.worked.operations)
            ]
        if self.tab == "files" and self.questions:
            return [question_row(number, each.rename) for number, each in enumerate(self.questions)]
        if self.tab == "files":
            return [_file_row(each) for each in self.files]
        return []

    def told(self) -> tuple[Document, str]:
        """Give the page of what is marked, and what it is about."""
        page, subject = self._story(self.rows.marked)
        return page, f"{self.tab} {subject}"

    def _story(self, number: int) -> tuple[Document, str]:
        worked = self.worked
        if self.tab == "proof":
            return (UNPROVED, "none") if self.proof is None else (self.proof, "proof")
        if not worked.text.strip():
            return EMPTY, "empty"
        if self.tab == "check":
            return self._checked(number)
        if worked.service is None:
            return _said("The spec has a fault: 2 tells it."), "faulty"
        if self.tab == "resources":
            resource = worked.resources[min(number, len(worked.resources) - 1)]
            return resource_page(worked.service, resource), resource.name
        if self.tab == "contract":
            operation = worked.operations[min(number, len(worked.operations) - 1)]
            return operation_page(operation), f"{operation.method} {operation.path}"
        if self.tab == "tables":
            return tables_page(worked), "ddl"
        return self._filed(number)

    def _checked(self, number: int) -> tuple[Document, str]:
        if not self.findings:
            return _said("Nothing to mend was found in the spec."), "none"
        finding = self.findings[min(number, len(self.findings) - 1)]
        return finding_page(finding, self.worked.text), f"{finding.rule} {finding.place}"

    def _filed(self, number: int) -> tuple[Document, str]:
        if self.stack is None:
            from be_tui.core.scaffold.manifests import stack_names

            return no_stack_page(stack_names()), "no stack"
        if self.trouble:
            return _said(self.trouble), "trouble"
        if self.questions:
            question = self.questions[min(number, len(self.questions) - 1)]
            return question_page(question), f"question {question.rename}"
        if not self.files:
            return _said("The files are worked out …"), "begun"
        settled = self.files[min(number, len(self.files) - 1)]
        return file_page(settled, self.changes.get(settled.path)), settled.path


def _counted(fields: int) -> str:
    return f"{fields} field{'' if fields == 1 else 's'}"


def _said(text: str) -> Document:
    return Document((Paragraph((Span(text, "muted"),)),))


def _file_row(settled: Settled) -> Choice:
    sign = {"new": "+", "updated": "~", "merged": "~", "conflict": "!", "taken": "!"}
    return Choice(
        settled.path,
        settled.path,
        sign.get(settled.state, "·"),
        tag=STATES[settled.state],
        tone=_STATES.get(settled.state, "muted"),
    )
