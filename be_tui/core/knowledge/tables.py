"""Decision tables and what is declared monotonic: rules of a tree that are data.

A table stands between a question and where its answers lead. It asks nothing: the first of its
rules that holds leads on, and `otherwise` where none does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.knowledge.conditions import Condition
    from be_tui.core.knowledge.model import Option, Question, Route


@dataclass(frozen=True, slots=True)
class Table:
    """Rules that lead a walk on without asking."""

    id: str
    title: str
    """What it decides, in a few words."""

    rules: tuple[Route, ...]
    """Tried in order; the first that holds leads on."""

    otherwise: Option
    """Where it leads where no rule holds."""

    line: int = 0

    @property
    def targets(self) -> tuple[str, ...]:
        """Give all that it can lead to, each once."""
        return tuple(dict.fromkeys((*(rule.to for rule in self.rules), self.otherwise.to)))


@dataclass(frozen=True, slots=True)
class Monotonic:
    """What an author declares of a question whose options stand in an order.

    With all else the same, a later option never leads from another outcome to one of
    `never_towards`, and never back in `along`.
    """

    question: str
    says: str
    """In words: `more teams never speak for one deployable`."""

    never_towards: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    """Outcomes in an order; those that are not among them do not count."""

    line: int = 0

    def keeps(self, earlier: str, later: str) -> bool:
        """Tell whether two outcomes may come of an earlier and a later option."""
        if later in self.never_towards and earlier not in self.never_towards:
            return False
        both = earlier in self.along and later in self.along
        return not both or self.along.index(earlier) <= self.along.index(later)


def attached(questions: Iterable[Question], tables: Iterable[Table]) -> tuple[Question, ...]:
    """Give questions with the tables that their answers can pass through."""
    by_id = {table.id: table for table in tables}
    return tuple(replace(each, tables=tuple(_passed(each, by_id))) for each in questions)


def _passed(question: Question, tables: dict[str, Table]) -> Iterator[Table]:
    waiting = [option.to for option in question.options] + [each.to for each in question.routes]
    seen: set[str] = set()
    for to in waiting:
        if to in tables and to not in seen:
            seen.add(to)
            waiting += tables[to].targets
            yield tables[to]


def conditions_of(question: Question) -> tuple[Condition, ...]:
    """Give all conditions that decide where a question's answers lead."""
    rules = (rule for table in question.tables for rule in table.rules)
    return tuple(route.when for route in (*question.routes, *rules))
