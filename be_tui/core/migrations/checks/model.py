"""What a detector looks at, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from be_tui.core.migrations.checks.acts.model import Act, dotted

if TYPE_CHECKING:
    from be_tui.core.findings import Severity
    from be_tui.core.migrations.checks.acts.model import ActKind, Span
    from be_tui.core.migrations.files import PhaseScript
    from be_tui.core.migrations.model import Effects, Migration, ScriptStatement, Work, WorkKind
    from be_tui.core.schema import Table
    from be_tui.core.schema.state import SchemaState
    from be_tui.core.sqltext import Engine, Target
    from be_tui.core.statistics import Statistics

ProfileName = Literal["safety", "strict", "policy", "style"]
PROFILES: tuple[ProfileName, ...] = ("safety", "strict", "policy", "style")
"""`safety` is always looked at: what blocks, breaks, fails or loses data. `strict` adds what mostly
goes well, `policy` what a house may forbid, `style` what is a matter of taste."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong with a statement; the rule tells why, and when it is fine."""

    message: str
    safe: tuple[PhaseScript, ...] = ()
    """The statements that do the same without harm; those of a phase are run together."""

    severity: Severity | None = None
    """Where it weighs other than the rule says."""

    span: Span = (0, 0)
    """Where in the statement; (0, 0) for all of it."""


@dataclass(frozen=True, slots=True)
class Look:
    """One statement of a migration with all that detectors ask of it."""

    given: ScriptStatement
    acts: tuple[Act, ...]
    effects: Effects
    state: SchemaState
    """As it is before the statement; it moves on, so nothing of it is kept."""

    migration: Migration
    target: Target
    inside: bool
    """Whether it runs in a transaction."""

    alone: bool
    """Whether that transaction is the statement's own, so that nothing else is held by it."""

    earlier: tuple[Look, ...] = ()
    """What ran before it in the same transaction."""

    made: frozenset[str] = frozenset()
    """Tables that this migration has made, folded: they are empty and nobody uses them yet."""

    dropped: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Indexes that it drops, by their name: the table, folded, and the columns."""

    number: int = 0
    """Which statement of the migration it is, from 0."""

    script: tuple[tuple[Act, ...], ...] = ()
    """The acts of each of its statements."""

    in_loop: bool = False
    """Whether a block runs it under a condition or in a loop."""

    policed: frozenset[str] = frozenset()
    """Tables with a policy, folded; told where row security is switched."""

    cascading: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """SQLite: tables that it drops, and those whose rows would be deleted with theirs."""

    statistics: Statistics | None = None

    def acts_before(self) -> Iterator[Act]:
        """Give what the migration did before the statement."""
        return (act for acts in self.script[: self.number] for act in acts)

    def acts_after(self) -> Iterator[Act]:
        """Give what the migration does after the statement."""
        return (act for acts in self.script[self.number + 1 :] for act in acts)

    def texts_after(self) -> Iterator[str]:
        """Give the statements that follow, as they were written."""
        here = self.given.statement
        return (
            each.statement.text
            for each in self.migration.up.statements
            if (each.statement.line, each.statement.start) > (here.line, here.start)
        )

    @property
    def text(self) -> str:
        """Give the statement as it was written."""
        return self.given.statement.text

    def is_new(self, act: Act) -> bool:
        """Tell whether the table was made by the same migration."""
        return act.relation in self.made

    def table(self, act: Act) -> Table | None:
        """Give the table that an act is about, if the schema is known."""
        return self.state.table(act.table, act.namespace)

    def work(self, kind: WorkKind, relation: str = "") -> Work | None:
        """Give the first work of a kind: on a relation, its partitions and heirs, or on any."""
        found = [each for each in self.effects.work if each.kind == kind]
        if not relation or not found:
            return found[0] if found else None
        family = self.family(relation)
        return next((each for each in found if each.relation in family), None)

    def family(self, relation: str) -> frozenset[str]:
        """Give a relation, its partitions, and the tables that inherit from it."""
        namespace, _, name = relation.rpartition(".")
        table = self.state.table(name, namespace) if self.target.engine == "postgresql" else None
        if table is None:
            return frozenset({relation})
        below = (*self.state.partitions_of(table), *self.state.heirs_of(table))
        return frozenset({relation, *(dotted(each.namespace, each.name.text) for each in below)})

    def rows(self, name: str) -> float | None:
        """Give how many rows a table has, where that was counted."""
        if self.statistics is None:
            return None
        namespace, _, table = name.rpartition(".")
        found = self.statistics.of(table, namespace)
        return found.rows if found is not None and found.rows >= 0 else None


Detector = Callable[[Look, Act], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class Check:
    """How a rule is found."""

    rule: str
    kinds: tuple[ActKind, ...]
    detect: Detector
    engines: tuple[Engine, ...] = ("postgresql",)
    profile: ProfileName = "safety"


@dataclass(frozen=True, slots=True)
class Whole:
    """A migration as it was looked at, for what only shows in all of it."""

    migration: Migration
    looks: tuple[Look, ...]
    target: Target


WholeDetector = Callable[[Whole], "Iterable[tuple[int, Remark]]"]
"""Gives remarks, each with the number of the statement that it is about."""


@dataclass(frozen=True, slots=True)
class WholeCheck:
    """How a rule is found that is about several statements."""

    rule: str
    detect: WholeDetector
    engines: tuple[Engine, ...] = ("postgresql",)
    profile: ProfileName = "safety"


EVERY: tuple[Engine, ...] = ("postgresql", "mysql", "mariadb", "sqlite")
MYSQLS: tuple[Engine, ...] = ("mysql", "mariadb")
