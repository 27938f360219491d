"""The screen of the SQL workbench: an editor, and below or beside it tabs of what comes of it.

What the person can do about it stands in `be_tui.tui.screens.sql`, what runs beside the session
in `be_tui.tui.sql_work`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.containers import Container

from be_tui.core.document import CodeBlock, Document, Paragraph, Span
from be_tui.core.plans import compare, compared_page, step_page
from be_tui.core.reports import finding_page
from be_tui.core.workbench import Query, Source, search
from be_tui.core.workbench.pages import EMPTY, NO_PLAN, STALE
from be_tui.tui.actions import actions_of
from be_tui.tui.desk_parts import finding_row
from be_tui.tui.desk_screen import DeskScreen
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.entry_line import EntryLine
from be_tui.tui.widgets.heading_line import HeadingLine
from be_tui.tui.widgets.inline_question import InlineQuestion
from be_tui.tui.widgets.scroll import Scroll
from be_tui.tui.widgets.sql_editor import SqlEditor
from be_tui.tui.widgets.step_list import StepList
from be_tui.tui.widgets.subject_view import SubjectView
from be_tui.tui.widgets.tab_line import Tab, TabLine
from be_tui.tui.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from textual import events
    from textual.widget import Widget

    from be_tui.core.files import FileSet
    from be_tui.core.findings import Finding
    from be_tui.core.knowledge import Rule
    from be_tui.core.plans import Plan, Remark
    from be_tui.core.sqltext import Engine

TABS = {
    "findings": "Findings",
    "rewrite": "Rewrite",
    "indexes": "Indexes",
    "plan": "Plan",
    "measure": "Measure",
}
"""The tabs, in the order of their digits."""

PAGES = frozenset({"rewrite", "indexes", "measure"})
"""The tabs that are one page each, made by running something."""

ENGINES: dict[Engine, str] = {
    "postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "sqlite": "SQLite",
}

_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of something that was run."""

    about: str
    """The statement that it was run for."""

    page: Callable[[int], Document]
    """Gives it to read, drawn for a width."""

    note: str = ""
    """Said beside the tab's title."""

    takes: str = ""
    """What can be taken into the editor in place of the statement."""

    ddl: tuple[str, ...] = ()
    """The indexes that are advised."""

    files: Callable[[Path], FileSet] | None = None
    """Gives what can be written into the project, whose folder it is given."""


class SqlDesk(DeskScreen):
    """The editor with its tabs, or over them the list of what was written before."""

    SCOPE = "sql"
    TITLE_NAME = "SQL"
    TABS = TABS

    def __init__(self, argument: str = "") -> None:
        """Open on what stood in the editor last.

        Args:
            argument: A worked example's name, a file of the project, or a text of SQL.
        """
        super().__init__(argument)
        self.engine: Engine = "postgresql"
        self.source = Source()
        self.tables_said = ""
        """One line about the tables that are known."""

        self.checked = False
        """Whether a check of what stands in the editor has come to an end."""

        self.findings: tuple[Finding, ...] = ()
        self.rules: dict[str, Rule] = {}
        self.plan: Plan | None = None
        self.before: Plan | None = None
        """The plan that was read before this one."""

        self.remarks: Sequence[Remark] = ()
        self.comparing = False
        self.outcomes: dict[str, Outcome] = {}
        """What came of what was run, by the tab that shows it."""

        self.position = (0, 0)
        """Which statement the cursor stands in, and how many there are."""

        self.queries: Sequence[Query] = ()
        """What the list is of, while it is open."""

        self.listing = ""

    def body(self) -> Iterable[Widget]:
        """Give the heading, the editor with its tabs, and the list; one of the two shows."""
        yield HeadingLine()
        with Container(id="view-desk"):
            yield SqlEditor(id="editor")
            with Container(id="results"):
                yield TabLine(id="tabs")
                with Container(id="tab-findings"):
                    with Scroll(id="findings-scroll"):
                        yield Choices(id="findings", marks_first=True)
                    yield SubjectView(id="story")
                with Container(id="tab-plan"):
                    with Scroll(id="steps-scroll"):
                        yield StepList(id="steps")
                    yield SubjectView(id="step")
                yield SubjectView(id="page")
                yield WorkLine()
        with Container(id="view-list"):
            with Scroll(id="list-scroll"):
                yield Choices(id="queries")
            yield DocumentView(id="query")
        yield EntryLine()
        yield InlineQuestion()

    # What takes the keys.

    def panes(self) -> list[str]:
        """Give the parts that Tab goes through, the editor first."""
        if self.listing:
            return ["#queries", "#query"]
        if self.tab == "findings":
            return ["#editor", *(["#findings"] if self.findings else []), "#story"]
        if self.tab in PAGES:
            return ["#editor", "#page"]
        walks = self.plan is not None and not self.comparing
        return ["#editor", *(["#steps"] if walks else []), "#step"]

    def on_resize(self, event: events.Resize) -> None:
        """Lay the tabs out for the new width."""
        super().on_resize(event)
        self.call_after_refresh(self.show_page)
        if self.comparing:
            self.call_after_refresh(self.show_plan)

    # What is shown.

    def show_desk(self) -> None:
        """Show all as it stands."""
        self._turn()
        self.show_heading()
        self.show_tabs()
        self.show_findings()
        self.show_plan()

    def _turn(self) -> None:
        """Let the desk or the list show, with the actions of each."""
        self.query_one("#view-desk").display = not self.listing
        self.query_one("#view-list").display = bool(self.listing)
        everywhere = actions_of(self.SCOPE, self.session.actions)
        names = {"sql.take", "sql.search", "sql.forget", "sql.pane"}
        if self.listing:
            everywhere = tuple(
                replace(each, label="open") if each.id == "sql.take" else each
                for each in everywhere
                if each.scope != self.SCOPE or each.id in names
            )
        self.actions = everywhere

    def show_heading(self) -> None:
        """Tell the engine, the tables, and what runs."""
        if self.listing:
            said = {"history": "What you wrote before", "saved": "Saved queries"}[self.listing]
            count = len(self.queries)
            self.query_one(HeadingLine).say(said, f"{count} quer{'y' if count == 1 else 'ies'}")
            return
        notes = [ENGINES[self.engine], self.tables_said or "no tables known"]
        number, count = self.position
        title = f"SQL · statement {number} of {count}" if count > 1 else "SQL"
        self.query_one(HeadingLine).say(title, " · ".join(notes))

    def show_tabs(self) -> None:
        """Show which tab is open, and what there is in each."""
        grave = any(finding.severity != "info" for finding in self.findings)
        notes = {
            "findings": (str(len(self.findings)) if self.findings else "", grave),
            "plan": (str(len(self.remarks)) if self.remarks else "", bool(self.remarks)),
            **{name: (outcome.note, False) for name, outcome in self.outcomes.items()},
        }
        tabs = [Tab(name, title, *notes.get(name, ("", False))) for name, title in TABS.items()]
        self.query_one(TabLine).show(tabs, self.tab)
        for name in ("findings", "plan"):
            self.query_one(f"#tab-{name}").display = name == self.tab
        self.query_one("#page").display = self.tab in PAGES
        self.show_page()

    def show_page(self) -> None:
        """Show what came of what was run, or what can be."""
        if self.tab not in PAGES:
            return
        view = self.query_one("#page", SubjectView)
        outcome = self.outcomes.get(self.tab)
        if outcome is None:
            view.fill(self.prompt(self.tab), f"{self.tab} prompt")
            return
        page = outcome.page(max(view.cells, 40))
        if outcome.about != self.statement_text:
            page = STALE + page
        view.fill(page, f"{self.tab} {outcome.about}")

    @property
    def statement_text(self) -> str:
        """Give the statement at the cursor; empty without one."""
        return ""

    def prompt(self, tab: str) -> Document:
        """Say what can be run in a tab."""
        raise NotImplementedError

    def show_findings(self) -> None:
        """List the findings, and tell the marked one."""
        listed = self.query_one("#findings", Choices)
        listed.show([finding_row(number, each) for number, each in enumerate(self.findings, 1)])
        self.query_one("#findings-scroll").display = bool(self.findings)
        self.show_story()

    def show_story(self) -> None:
        """Tell the whole of the marked finding."""
        number = self.query_one("#findings", Choices).marked
        view = self.query_one("#story", SubjectView)
        if not self.findings:
            view.fill(self._nothing_found(), "none")
            return
        finding = self.findings[min(number, len(self.findings) - 1)]
        page = finding_page(finding, self.editor.text)
        view.fill(page, f"{finding.rule} {finding.place.line} {finding.place.column}")

    def _nothing_found(self) -> Document:
        """Say why there are no findings: nothing written yet, not checked yet, nothing wrong."""
        if not self.editor.text.strip():
            return EMPTY
        if not self.checked:
            return Document((Paragraph((Span("Being checked …", "muted"),)),))
        return Document((Paragraph((Span("Nothing to mend was found.", "good"),)),))

    def show_plan(self) -> None:
        """Show the plan that was read: walked, or against the one before."""
        walks = self.plan is not None and not self.comparing
        self.query_one("#steps-scroll").display = walks
        view = self.query_one("#step", SubjectView)
        if self.plan is None:
            view.fill(NO_PLAN, "none")
        elif self.comparing and self.before is not None:
            compared = compare(self.before, self.plan)
            view.fill(compared_page(compared, max(view.cells, 40)), "compared")
        else:
            self.show_step()

    def show_step(self) -> None:
        """Tell the marked step of the plan."""
        if self.plan is None or self.comparing:
            return
        number = self.query_one(StepList).marked
        page = step_page(self.plan, number, self.remarks, self.rules)
        whole = [remark for remark in self.remarks if remark.node < 0]
        said = [Paragraph((Span(remark.message, "warning"),)) for remark in whole]
        if self.plan.cut is not None:
            cut = f"Read as far as line {self.plan.cut.line}: {self.plan.cut.reason}."
            said.append(Paragraph((Span(cut, "warning"),)))
        self.query_one("#step", SubjectView).fill(page + Document(tuple(said)), f"step {number}")

    # The list of what was written before.

    def list_queries(self, listing: str, queries: Sequence[Query], words: str = "") -> None:
        """Open a list of queries in place of the desk, or narrow it to some words."""
        opened = self.listing != listing
        self.listing = listing
        self.queries = search(queries, words)
        rows = [
            Choice(
                str(number),
                each.title[:200],
                str(number) if number < _DIGITS else "",
                tag=each.when,
                tone="muted",
            )
            for number, each in enumerate(self.queries, 1)
        ]
        self.query_one("#queries", Choices).show(rows, 0)
        self._turn()
        self.show_heading()
        self.show_query()
        if opened:
            self.query_one("#queries").focus(scroll_visible=False)
        self.refresh_keys()

    def close_list(self) -> None:
        """Go back from the list to the desk."""
        self.listing = ""
        self.show_desk()
        self.editor.focus(scroll_visible=False)

    @property
    def query_marked(self) -> Query | None:
        """Give the query that is marked in the list."""
        number = self.query_one("#queries", Choices).marked
        return self.queries[number] if self.listing and number < len(self.queries) else None

    def show_query(self) -> None:
        """Show the whole of the marked query."""
        found = self.query_marked
        none = "Nothing here holds these words." if self.entry.about else _NONE[self.listing]
        page = Document((Paragraph((Span(none, "muted"),)),))
        if found is not None:
            page = Document((CodeBlock(found.text.strip("\n"), "sql"),))
        self.query_one("#query", DocumentView).show(page)


_NONE = {
    "history": "Nothing yet: what you check, run or replace is kept here.",
    "saved": "Nothing yet: ctrl+s in the editor saves a query under a name.",
}
