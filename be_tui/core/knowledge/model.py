"""What a pack holds, as frozen typed values: trees, checklists, rules and references."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from be_tui.core.findings import Severity  # noqa: TC001 (read at run time by the decoder)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.document import Document
    from be_tui.core.knowledge.authorities import Authority
    from be_tui.core.knowledge.changes import Revision
    from be_tui.core.knowledge.conditions import Condition
    from be_tui.core.knowledge.items import Chapter
    from be_tui.core.knowledge.tables import Monotonic, Table

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
    """An answer's id; empty where the measure itself is the answer."""

    says: str
    """Why, in words a reader can check: `no test file was found`."""

    takes: str = ""
    """The measure that answers a number or a duration, in the question's unit."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A probe that can answer a question, and how it is read.

    The first reading that holds counts; where several options can be ticked, each of them.
    """

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

    below: float | None = None
    """Of a band of numbers: where it ends, itself left out; None for the last band."""


@dataclass(frozen=True, slots=True)
class Route:
    """An exception to the options' own targets; the first route that holds wins."""

    when: Condition
    to: str
    label: str
    """What to write on the edge when the tree is drawn."""

    over: tuple[str, ...] = ()
    """The labels of later ones that it goes before on purpose, where both hold."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What `I don't know` means for a question."""

    assume: str
    """The answer that is taken meanwhile."""

    price: str
    """What it costs if that assumption is wrong."""

    find_out: str = ""
    """The cheapest way to know."""


QuestionKind = Literal["choice", "yes-no", "number", "duration", "several"]
"""How a question is answered: by one option, by a number that falls into one, by ticks."""

NONE = "none"
"""The answer to `several` that ticks nothing; no option can have it as its id."""

OTHERWISE = "otherwise"
"""The way on where no route or rule holds."""

_AND = ","
"""Stands between the ids of an answer that ticks several options."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question that a senior engineer would ask."""

    id: str
    ask: str
    why: str
    options: tuple[Option, ...]
    """What is chosen from; the bands of a number, from the lowest; what can be ticked."""

    unknown: Unknown
    sources: tuple[Source, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    routes: tuple[Route, ...] = ()
    line: int = 0
    """Where it stands in the tree's file."""

    kind: QuestionKind = "choice"
    unit: str = ""
    """Of a number, in words; of a duration, the unit that its bands are in."""

    at_least: float = 0.0
    """The least number that can be answered."""

    at_most: float | None = None
    tables: tuple[Table, ...] = ()
    """Those of the tree that its answers can pass through, on the way to where they lead."""

    answers: tuple[Option, ...] = field(init=False, repr=False, compare=False)
    """All that can be answered: each option, or each set of those that can be ticked."""

    def __post_init__(self) -> None:
        sets = _sets(self.options) if self.kind == "several" else self.options
        object.__setattr__(self, "answers", sets)

    @property
    def takes_number(self) -> bool:
        """Tell whether a number is typed, and falls into one of the options."""
        return self.kind in ("number", "duration")

    @property
    def exits(self) -> tuple[Option, ...]:
        """Give the ways on that a route may take over: each option's own, or the one of all."""
        if self.kind != "several":
            return self.options
        label = "otherwise" if self.routes else "whatever is ticked"
        return tuple(Option(OTHERWISE, label, option.to) for option in self.options[:1])

    def exit(self, answer: Option) -> Option:
        """Give the way on that an answer goes where no route takes it elsewhere."""
        return self.exits[0] if self.kind == "several" else answer

    def option(self, answer_id: str) -> Option | None:
        """Give the answer of that id; of `several`, by the ids ticked in any order: `a,b`."""
        if self.kind != "several":
            return next((option for option in self.options if option.id == answer_id), None)
        ids = {each.strip() for each in answer_id.split(_AND)}
        chosen = tuple(option for option in self.options if option.id in ids)
        wanted = {option.id for option in chosen} or {NONE}
        return _ticked(chosen, self.options) if ids == wanted else None

    def band(self, number: float) -> Option | None:
        """Give the option that a number falls into; None where it is out of bounds."""
        if number < self.at_least or (self.at_most is not None and number > self.at_most):
            return None
        ends = (option for option in self.options if option.below is None or number < option.below)
        return next(ends, None)


def ticks(answer_id: str) -> tuple[str, ...]:
    """Give the ids of the options that an answer names; every other answer is one."""
    return tuple(answer_id.split(_AND))


def ticked_set(answer_id: str) -> frozenset[str]:
    """Give what is ticked in an answer to `several`."""
    return frozenset(ticks(answer_id)) - {NONE}


def ticked(option_ids: Iterable[str]) -> str:
    """Give the id of the answer that ticks these."""
    return _AND.join(option_ids) or NONE


def _sets(options: tuple[Option, ...]) -> tuple[Option, ...]:
    sizes = range(len(options) + 1)
    return tuple(_ticked(each, options) for size in sizes for each in combinations(options, size))


def _ticked(chosen: tuple[Option, ...], options: tuple[Option, ...]) -> Option:
    """Give an answer to `several`; all options lead to the same, where no route does."""
    to = options[0].to if options else ""
    if not chosen:
        return Option(NONE, "None of these", to)
    first, *others = (option.label for option in chosen)
    labels = [first, *map(within, others)]
    label = " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
    return Option(ticked(option.id for option in chosen), label, to)


def within(label: str) -> str:
    """Give a label as it stands within a sentence; `API` and `I` stay as they are."""
    word = label.partition(" ")[0]
    return label[0].lower() + label[1:] if word[1:].islower() else label


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
    changes: tuple[Revision, ...] = ()
    """What its versions renamed, split and took away, the oldest first."""

    authorities: tuple[Authority, ...] = ()
    """Whose word differs on it."""

    tables: tuple[Table, ...] = ()
    """Rules that lead on without asking; its questions hold those that they lead through."""

    monotonic: tuple[Monotonic, ...] = ()
    """What is declared of questions whose options stand in an order."""

    group: str = ""
    """The heading that a list puts it under, with others; empty for none."""

    def find_question(self, question_id: str) -> Question | None:
        """Give the question of that id."""
        return next((each for each in self.questions if each.id == question_id), None)

    def find_outcome(self, outcome_id: str) -> Outcome | None:
        """Give the outcome of that id."""
        return next((each for each in self.outcomes if each.id == outcome_id), None)

    def find_table(self, table_id: str) -> Table | None:
        """Give the table of that id."""
        return next((each for each in self.tables if each.id == table_id), None)


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
    chapters: tuple[Chapter, ...] = ()
    """For a reference made of items: what its document is made from."""

    def section(self, slug: str) -> Section | None:
        """Give the section of that slug."""
        return next((each for each in self.sections if each.slug == slug), None)
