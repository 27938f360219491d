"""The screen of migrations: what is to become of the tables, and beside it what that takes.

What runs beside the session stands in `be_tui.tui.migrate_work`, what the person can do in
`be_tui.tui.screens.migrate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.desk import (
    EMPTY,
    SAME,
    UNPROVED,
    change_page,
    question_page,
    remarks_page,
    risk_of,
    step_page,
    unread_page,
)
from be_tui.core.reports import finding_page
from be_tui.tui.desk_parts import finding_row
from be_tui.tui.listed_desk import ListedDesk, question_row
from be_tui.tui.sql_screen import ENGINES
from be_tui.tui.widgets.choices import Choice
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.tab_line import Tab, TabLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.document import Document, Role
    from be_tui.core.findings import Finding
    from be_tui.core.migrations.desk import Worked
    from be_tui.core.migrations.model import FormatName
    from be_tui.core.migrations.plan import Phase, Step
    from be_tui.core.migrations.sides import Side
    from be_tui.core.sqltext import Engine
    from be_tui.tui.widgets.choices import Tone

TABS = {"steps": "Steps", "changes": "Changes", "check": "Check", "proof": "Proof"}
"""The tabs, in the order of their digits."""

_TONES: dict[Role, Tone] = {"good": "good", "warning": "warning", "bad": "bad"}
_PHASES: dict[Phase, str] = {
    "expand": "Expand: before the new code",
    "backfill": "Backfill: while both run",
    "contract": "Contract: once no old code runs",
}


class MigrateDesk(ListedDesk):
    """The change with its tabs."""

    SCOPE = "migrate"
    TITLE_NAME = "Migrate"
    TABS = TABS

    def __init__(self, argument: str = "") -> None:
        """Open on what lay on the desk last.

        Args:
            argument: A file of the project, or a text of DDL.
        """
        super().__init__(argument)
        self.engine: Engine = "postgresql"
        self.before: Side | None = None
        """The tables as they are; None while they are read."""

        self.after: Side | None = None
        """The tables as they are to be, where they are described whole."""

        self.format: FormatName = "sql"
        self.direct = False
        """Whether plain DDL is planned, for a database that nobody uses meanwhile."""

        self.worked: Worked | None = None
        self.proof: Document | None = None
        self.proved = ""
        """In a word, what came of the proof."""

    # What is shown.

    def show_heading(self) -> None:
        """Tell where it begins, where it leads, and for which engine and tool."""
        begins = self.before.said if self.before else "reading the tables …"
        notes = [ENGINES[self.engine], f"from {begins}"]
        if self.after:
            notes.append(f"to {self.after.said}")
        if self.direct:
            notes.append("plain DDL")
        if self.wide:
            notes.append(f"files for {self.format}")
        self.query_one(HeadingLine).say("Migrate", " · ".join(notes))

    def show_tabs(self) -> None:
        """Show which tab is open, what there is in each, and the open one."""
        worked = self.worked
        steps = len(worked.plan.steps) if worked else 0
        questions = len(worked.plan.questions) if worked else 0
        changes = len(worked.plan.changes) + questions if worked else 0
        found = len(self.findings)
        grave = any(each.severity != "info" for each in self.findings)
        notes = {
            "steps": (str(steps or ""), False),
            "changes": (f"{changes}?" if questions else str(changes or ""), bool(questions)),
            "check": (str(found or ""), grave),
            "proof": (self.proved, False),
        }
        tabs = [Tab(name, title, *notes[name]) for name, title in TABS.items()]
        self.query_one(TabLine).show(tabs, self.tab)
        self.show_rows()

    @property
    def findings(self) -> Sequence[Finding]:
        """Give what is wrong with the change as it is written."""
        return self.worked.findings if self.worked else ()

    def listed(self) -> list[Choice]:
        """Give the rows of the open tab."""
        worked = self.worked
        if worked is None or self.tab == "proof":
            return []
        if self.tab == "steps":
            return _step_rows(worked)
        if self.tab == "changes":
            return _change_rows(worked)
        return [finding_row(number, each) for number, each in enumerate(worked.findings, 1)]

    def told(self) -> tuple[Document, str]:
        """Give the page of what is marked, and what it is about."""
        worked, number = self.worked, self.rows.marked
        if self.tab == "proof":
            return (UNPROVED, "unproved") if self.proof is None else (self.proof, "proof")
        if worked is None:
            return EMPTY, "empty"
        remarks = unread_page(worked) + remarks_page(worked.plan.remarks)
        if not (worked.plan.changes or worked.plan.questions):
            nothing = SAME if self.after or self.editor.text.strip() else EMPTY
            return remarks if remarks.blocks else nothing, "nothing"
        if self.tab == "check":
            return self._checked(number)
        if self.tab == "steps":
            return self._told_steps(number, remarks)
        questions = worked.plan.questions
        if number < len(questions):
            return question_page(questions[number]), f"question {questions[number].rename}"
        at = min(number - len(questions), len(worked.plan.changes) - 1)
        return change_page(worked, at) + remarks, f"change {at}"

    def _told_steps(self, number: int, remarks: Document) -> tuple[Document, str]:
        worked = self.worked
        steps = _ordered(worked) if worked else []
        if not steps:
            return remarks_page(["Answer what is asked under Changes first."]) + remarks, "asked"
        step = steps[min(number, len(steps) - 1)]
        return step_page(step) + remarks, f"step {step.title}"

    def _checked(self, number: int) -> tuple[Document, str]:
        if not self.findings:
            said = "Nothing to mend was found in the change as it is written."
            if self.after is not None:
                said = "What is checked is a change that is typed; here the steps are made."
            return remarks_page([said]), "none"
        finding = self.findings[min(number, len(self.findings) - 1)]
        return finding_page(finding, self.editor.text), f"{finding.rule} {finding.place}"


def _ordered(worked: Worked) -> list[Step]:
    return [step for phase in worked.plan.phases for step in worked.plan.phase(phase)]


def _step_rows(worked: Worked) -> list[Choice]:
    rows: list[Choice] = []
    for phase in worked.plan.phases:
        heading = _PHASES[phase]
        for step in worked.plan.phase(phase):
            risk, role = risk_of(step)
            number = str(len(rows) + 1)
            tone = _TONES.get(role, "muted")
            sign = {"bad": "!", "warning": "!"}.get(role, "·")
            rows.append(Choice(number, step.title, sign, tag=risk, tone=tone, heading=heading))
            heading = ""
    return rows


def _change_rows(worked: Worked) -> list[Choice]:
    from be_tui.core.migrations.plan.words import sign, title

    rows = [question_row(number, each.rename) for number, each in enumerate(worked.plan.questions)]
    rows += [
        Choice(str(number), title(each), sign(each))
        for number, each in enumerate(worked.plan.changes)
    ]
    return rows
