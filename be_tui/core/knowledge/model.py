"""What a pack holds, as frozen typed values: trees, checklists, rules and references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.findings import Severity  # noqa: TC001 (read at run time by the decoder)

if TYPE_CHECKING:
    from be_tui.core.document import Document
    from be_tui.core.knowledge.conditions import Condition

PackName = Literal["bundled", "user", "project"]
"""Where an item comes from; later ones override earlier ones of the same id."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from."""

    id: str
    title: str
    by: str = ""
    section: str = ""
    """Chapter, page, section or rule number."""

    url: str = ""
    rule_of_thumb: bool = False
    """True where no authority gives it: practice, to be overridden by a team's own figures."""

    def __str__(self) -> str:
        """Give one line to cite it by."""
        parts = [part for part in (self.by, self.title, self.section) if part]
        return ", ".join(parts) + (" (rule of thumb)" if self.rule_of_thumb else "")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a probe's measures answer a question: under this condition, that option."""

    when: Condition
    answer: str
    says: str
    """Why, in words a reader can check: `no test file was found`."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A probe that can answer a question, and how it is read (first match)."""

    probe: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question, and where it leads unless a route says otherwise."""

    id: str
    label: str
    to: str
    """The id of a question or an outcome of the same tree."""

    note: str = ""
    """A line below the label, where the label alone could be misread."""


@dataclass(frozen=True, slots=True)
class Route:
    """An exception to the options' own targets; the first route that holds wins."""

    when: Condition
    to: str
    label: str
    """What to write on the edge when the tree is drawn."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What `I don't know` means for a question."""

    assume: str
    """The option that is taken meanwhile."""

    price: str
    """What it costs if that assumption is wrong."""

    find_out: str = ""
    """The cheapest way to know."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question that a senior engineer would ask."""

    id: str
    ask: str
    why: str
    options: tuple[Option, ...]
    unknown: Unknown
    sources: tuple[Source, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    routes: tuple[Route, ...] = ()
    line: int = 0
    """Where it stands in the tree's file."""

    def option(self, option_id: str) -> Option | None:
        """Give the option of that id."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that be-tui can do about an outcome: open a screen, filled in."""

    label: str
    open: str
    """The screen's name: `library`, `decide`."""

    argument: str = ""
    """What to fill in: an address, a tree's id."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a walk ends."""

    id: str
    title: str
    advice: str
    """What to do and why, in a few sentences of Markdown."""

    steps: tuple[str, ...]
    """What to do, in order."""

    door: Literal["one-way", "two-way"]
    """Whether it can be undone cheaply."""

    price: str
    """What it costs if this turns out wrong."""

    again: str
    """When to look again."""

    sources: tuple[Source, ...] = ()
    references: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Tree:
    """A decision tree: questions, where their answers lead, and outcomes."""

    id: str
    version: int
    title: str
    question: str
    """What is decided, as a person would ask it: `Should we optimise this now?`"""

    summary: str
    first: str
    """The id of the first question."""

    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    path: str = ""
    """The file it was read from."""

    pack: PackName = "bundled"

    def find_question(self, question_id: str) -> Question | None:
        """Give the question of that id."""
        return next((each for each in self.questions if each.id == question_id), None)

    def find_outcome(self, outcome_id: str) -> Outcome | None:
        """Give the outcome of that id."""
        return next((each for each in self.outcomes if each.id == outcome_id), None)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a checklist."""

    id: str
    ask: str
    why: str
    how: str = ""
    """How to see it: a command, a probe, what to look for."""

    sources: tuple[Source, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """Checks that belong together."""

    id: str
    title: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What to look at, in groups."""

    id: str
    title: str
    summary: str
    groups: tuple[CheckGroup, ...]
    path: str = ""
    pack: PackName = "bundled"


@dataclass(frozen=True, slots=True)
class Rule:
    """The words of a rule; the code that detects it is registered under the same id."""

    id: str
    title: str
    severity: Severity
    why: str
    fix: str
    fine_when: str = ""
    """When the finding is no fault."""

    sources: tuple[Source, ...] = ()
    references: tuple[str, ...] = ()
    also_known_as: tuple[str, ...] = ()
    path: str = ""
    pack: PackName = "bundled"


@dataclass(frozen=True, slots=True)
class Section:
    """A passage of a reference that can be addressed."""

    slug: str
    title: str
    level: int
    """1 for the title, 2 for a chapter, and so on."""

    line: int
    """The heading's line in the file, from 1."""

    end: int
    """One past its last line, sub-sections left out."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document of passages, each with an address: `guide#caching`."""

    id: str
    title: str
    summary: str
    document: Document
    sections: tuple[Section, ...]
    path: str = ""
    pack: PackName = "bundled"

    def section(self, slug: str) -> Section | None:
        """Give the section of that slug."""
        return next((each for each in self.sections if each.slug == slug), None)
