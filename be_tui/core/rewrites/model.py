"""The nouns of rewriting: what a step changes, what must hold for it, what running it showed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.sqltext import Statement, Target

Standing = Literal["applied", "offered", "refused"]
"""What became of a step: done; told, with what must hold; taken back, since it was seen to fail."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something that must hold, or the rewritten query gives other rows."""

    must: str
    """In words: `posts.user_id is never NULL`."""

    fact: str = ""
    """What proves it: `posts.user_id is declared NOT NULL`. Empty where nothing does."""

    @property
    def proved(self) -> bool:
        """Tell whether it is known to hold."""
        return bool(self.fact)


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Other text in place of a stretch of the statement's."""

    start: int
    end: int
    """One past the last character that goes."""

    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a query that keeps its meaning wherever its obligations hold."""

    rule: str
    """The rule that has the words: `rewrite-not-in`."""

    says: str
    """What is done here, in one line."""

    changes: tuple[Change, ...]
    """In the text's order, none within another; empty for a step that only a person can do."""

    obligations: tuple[Obligation, ...] = ()
    pays: str = ""
    """Why the engine gains by it; empty where it does the same by itself."""

    sketch: str = ""
    """How the query could look, where the step changes what callers see."""

    @property
    def proved(self) -> bool:
        """Tell whether everything that must hold is known to hold."""
        return all(each.proved for each in self.obligations)

    @property
    def open(self) -> tuple[Obligation, ...]:
        """Give what must hold and is not known to."""
        return tuple(each for each in self.obligations if not each.proved)


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows that a table held, as SQL writes them."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """Data on which two queries differ."""

    tables: tuple[TableRows, ...]
    parameters: tuple[tuple[str, str], ...]
    """Each with its value, as SQL writes it."""

    before: tuple[tuple[str | None, ...], ...]
    """What the query gave as it was."""

    after: tuple[tuple[str | None, ...], ...]
    """What it gave after the step; empty where it did not run."""

    trouble: str = ""
    """What the engine said, where it did not run any more."""

    setting: str = ""
    """What else was set: a time zone."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What was run to compare a query with its rewritten form."""

    engine: str
    """With its version, `postgresql 18.4`; empty where nothing was run."""

    cases: int = 0
    """Sets of data, each with values of the parameters, on which both were run."""

    telling: int = 0
    """Those on which the query gave rows."""

    as_sequences: bool = False
    """Whether the order was compared too, since the query says all of it."""

    seconds: float = 0.0
    witness: Witness | None = None
    """The first difference that was seen."""

    trouble: str = ""
    """Why nothing, or not all, was run: in words."""

    own: bool = True
    """False where the engine is another than the query is written for."""

    @property
    def agreed(self) -> bool:
        """Tell whether it was run, and no difference was seen."""
        return self.cases > 0 and self.witness is None


@dataclass(frozen=True, slots=True)
class Taken:
    """A step, and what became of it."""

    step: Step
    standing: Standing
    before: str
    """The statement that it was taken on."""

    after: str
    """With the step; the same as before for one that only a person can do."""

    trial: Trial | None = None
    """None where there was nothing to run."""

    why: str = ""
    """Why it was not applied; empty where it was."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What came of one statement."""

    statement: Statement
    target: Target
    after: str
    """The statement with every step that was applied."""

    steps: tuple[Taken, ...] = ()
    trouble: str = ""
    """Why the statement was left alone: it does not parse, calls `random()`."""

    @property
    def before(self) -> str:
        """Give the statement as it was written."""
        return self.statement.text

    @property
    def applied(self) -> tuple[Taken, ...]:
        """Give the steps that were applied."""
        return tuple(each for each in self.steps if each.standing == "applied")
