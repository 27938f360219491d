"""The nouns: a folder's migrations in order, and a migration to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from be_tui.core.findings import Finding
    from be_tui.core.migrations.model import FormatName, Migration
    from be_tui.core.sqltext import Target


@dataclass(frozen=True, slots=True)
class Detected:
    """Whose layout a folder is in."""

    format: FormatName
    folder: str
    """Where the migrations themselves stand: `alembic/versions` of `alembic`."""

    because: str
    """The file that shows it, relative to the folder."""

    certain: bool = True
    """False where the same names could be another tool's: `1_users.up.sql`."""


@dataclass(frozen=True, slots=True)
class History:
    """The migrations of one folder, in the order in which they are run."""

    format: FormatName
    folder: str
    """As it was given."""

    target: Target
    """What the SQL is written for: as it was given, or told by the folder."""

    migrations: tuple[Migration, ...] = ()
    """Those that are run again whenever they change come last."""

    findings: tuple[Finding, ...] = ()
    """What is wrong with the folder or its files: `migration-duplicate`, `migration-heads`."""

    def before(self, path: str) -> tuple[Migration, ...]:
        """Give the migrations that are run before the first of a file."""
        for index, migration in enumerate(self.migrations):
            if path in {migration.path, migration.up.path}:
                return self.migrations[:index]
        return self.migrations


@dataclass(frozen=True, slots=True)
class NewStatement:
    """One statement that is to be run, without the semicolon that ends it."""

    sql: str
    outside: bool = False
    """Whether it must not run in a transaction: `CREATE INDEX CONCURRENTLY`."""

    comment: str = ""
    """Why it is there, written above it; may have several lines."""


@dataclass(frozen=True, slots=True)
class NewStep:
    """Statements that belong together, and how they are taken back."""

    up: tuple[NewStatement, ...]
    down: tuple[NewStatement, ...] | None = None
    """In the order in which they are run to go back; None where there is no way back."""

    lost: str = ""
    """What going back does not bring back, or why there is no way back at all."""

    apart: bool = False
    """Whether it begins a transaction of its own, as it works long: locks of others would be held
    meanwhile."""

    @property
    def outside(self) -> bool:
        """Tell whether one of its statements, either way, must not run in a transaction."""
        return any(each.outside for each in (*self.up, *(self.down or ())))


@dataclass(frozen=True, slots=True)
class PhaseScript:
    """Steps that are run together, between two releases of the program."""

    name: str
    """`expand`, `backfill`, `contract`; empty where there is one phase only."""

    steps: tuple[NewStep, ...]
    note: str = ""
    """What must hold before it is run; written at the head of each of its files."""


@dataclass(frozen=True, slots=True)
class NewMigration:
    """A migration that is to be written, whatever the tool.

    Raises:
        InputError: It has no title, or no statement.
    """

    title: str
    phases: tuple[PhaseScript, ...]
    target: Target

    def __post_init__(self) -> None:
        if not any(character.isalnum() for character in self.title):
            hint = "give it a few words: `add email to users`"
            raise InputError("a migration needs a title", hint=hint)
        statements = [each for phase in self.phases for step in phase.steps for each in step.up]
        if not statements:
            raise InputError("there is nothing to migrate: no statement was given")
        if not all(each.sql.strip() for each in statements):
            raise InputError("a statement of the migration is empty")


@dataclass(frozen=True, slots=True)
class Part:
    """What one file will run: a phase, or as much of one as runs in the same way."""

    title: str
    phase: str
    steps: tuple[NewStep, ...]
    outside: bool = False
    """Whether its file is run without a transaction, in both directions."""

    note: str = ""

    @property
    def up(self) -> tuple[NewStatement, ...]:
        """The statements, in their order."""
        return tuple(each for step in self.steps for each in step.up)

    @property
    def down(self) -> tuple[NewStatement, ...]:
        """The statements that take it back, the last step's first; none where a step has none."""
        if self.final:
            return ()
        return tuple(each for step in reversed(self.steps) for each in step.down or ())

    @property
    def final(self) -> str:
        """Why there is no way back; empty where there is one."""
        reasons = [step.lost or "nothing takes it back" for step in self.steps if step.down is None]
        return "; ".join(dict.fromkeys(reasons))

    @property
    def lost(self) -> str:
        """What going back does not bring back."""
        return "; ".join(dict.fromkeys(step.lost for step in self.steps if step.lost))
