"""What is known of a statement so far: its locks, work, failures and breaks, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.model import (
    LOCK_MODES,
    Break,
    BreakKind,
    Effects,
    Failure,
    FailureKind,
    LockMode,
    RelationLock,
    Work,
    WorkKind,
)

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.catalogue import Catalogue
    from be_tui.core.migrations.effects.pg.relations import Relation
    from be_tui.core.sqltext import Target

_NEWEST = 18
"""Whose ways are told where no version is known."""

AS: LockMode = "ACCESS SHARE"
RS: LockMode = "ROW SHARE"
RE: LockMode = "ROW EXCLUSIVE"
SUE: LockMode = "SHARE UPDATE EXCLUSIVE"
S: LockMode = "SHARE"
SRE: LockMode = "SHARE ROW EXCLUSIVE"
E: LockMode = "EXCLUSIVE"
AE: LockMode = "ACCESS EXCLUSIVE"

_WEAK = frozenset({AS, RS, RE})


class Teller:
    """Takes in what a statement does, piece by piece."""

    def __init__(self, known: Catalogue, target: Target, *, inside: bool, utc: bool) -> None:
        """Begin with nothing.

        Args:
            known: The schema before the statement.
            target: The server.
            inside: Whether a transaction is open.
            utc: Whether the session's time zone is UTC.
        """
        self.known = known
        self.major = target.version[0] if target.version else _NEWEST
        self.inside = inside
        self.utc = utc
        self._locks: dict[str, RelationLock] = {}
        self._work: dict[tuple[WorkKind, str], str] = {}
        self._failures: list[Failure] = []
        self._breaks: list[Break] = []
        self._why_unknown = ""

    @property
    def failed(self) -> bool:
        """Tell whether it fails whatever the data."""
        return any(
            each.kind == "always" or (each.kind == "in transaction" and self.inside)
            for each in self._failures
        )

    def lock(self, relation: Relation, mode: LockMode) -> None:
        """Take in a lock; the strongest on each relation is kept."""
        if self.known.is_made(relation) or (relation.kind == "index" and mode in _WEAK):
            return
        partitioned = relation.table is not None and relation.table.partitioned
        if partitioned and mode not in _WEAK and not self.known.children(relation):
            # Nothing could be kept in it: they are made as a program runs.
            self.unknown(f"no partition of {relation.shown} is told of")
        held = self._locks.get(relation.shown)
        if held is None or LOCK_MODES.index(held.mode) < LOCK_MODES.index(mode):
            self._locks[relation.shown] = RelationLock(relation.shown, mode, relation.kind)

    def lock_indexes(self, relation: Relation, mode: LockMode) -> None:
        """Take in a lock on each index of a table."""
        for index in self.known.indexes(relation):
            self.lock(self.index(relation, index.name), mode)

    def index(self, relation: Relation, name: str) -> Relation:
        """Give an index of a table as a relation."""
        from be_tui.core.migrations.effects.pg.hanging import shown_name
        from be_tui.core.migrations.effects.pg.relations import Relation

        space = relation.shown.rpartition(".")[0]
        own = next((e for e in self.known.indexes(relation) if e.name == name), None)
        return Relation(shown_name(name, space), "index", index=own)

    def work(self, kind: WorkKind, relation: Relation, because: str = "") -> None:
        """Take in what is done to every row of a relation; a partitioned one has none itself."""
        if self.known.is_made(relation) or (relation.table and relation.table.partitioned):
            return
        self._work.setdefault((kind, relation.shown), because)

    def rewrite(self, relation: Relation, because: str) -> None:
        """Take in that a table is written anew, with all its indexes."""
        if relation.table and relation.table.partitioned:
            return
        self.work("rewrite", relation, because)
        self.lock_indexes(relation, AE)
        if self.known.indexes(relation):
            self.work("index build", relation, because)

    def fail(self, message: str, kind: FailureKind = "always", probe: str = "") -> None:
        """Take in why it may not run."""
        self._failures.append(Failure(kind, message, probe))

    def breaks(self, kind: BreakKind, target: str, message: str) -> None:
        """Take in who no longer finds what it needs."""
        found = Break(kind, target, message)
        if found not in self._breaks:
            self._breaks.append(found)

    def unknown(self, why: str) -> None:
        """Take in that something cannot be told."""
        self._why_unknown = self._why_unknown or why

    def missing(self, what: str) -> None:
        """Take in that something it names is not in the schema."""
        if self.known.whole:
            self.fail(f"{what} does not exist")
        else:
            self.unknown(f"no schema tells of {what}")

    def absorb(self, other: Effects) -> None:
        """Take in what another statement does within this one."""
        for lock in other.locks:
            held = self._locks.get(lock.relation)
            if held is None or LOCK_MODES.index(held.mode) < LOCK_MODES.index(lock.mode):
                self._locks[lock.relation] = lock
        for work in other.work:
            self._work.setdefault((work.kind, work.relation), work.because)
        self._failures += other.failures
        for each in other.breaks:
            self.breaks(each.kind, each.target, each.message)
        if not other.known:
            self.unknown(other.why_unknown)

    def effects(self) -> Effects:
        """Give all of it; a statement that fails whatever the data does nothing else."""
        failures = tuple(self._failures)
        if self.failed:
            return Effects(
                failures=failures, known=not self._why_unknown, why_unknown=self._why_unknown
            )
        return Effects(
            locks=tuple(sorted(self._locks.values())),
            work=tuple(sorted(Work(kind, name, why) for (kind, name), why in self._work.items())),
            failures=failures,
            breaks=tuple(self._breaks),
            known=not self._why_unknown,
            why_unknown=self._why_unknown,
        )
