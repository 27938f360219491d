"""What migrations are, and what a statement does to a database that is in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from be_tui.core.sqltext import Statement, Unread

FormatName = Literal[
    "sql",
    "alembic",
    "atlas",
    "dbmate",
    "django",
    "drizzle",
    "flyway",
    "golang-migrate",
    "goose",
    "knex",
    "liquibase",
    "prisma",
    "rails",
    "sqitch",
    "sqlx",
    "typeorm",
]
"""Whose layout a migration is in; `sql` is files of SQL that no tool is known to run."""

FORMATS: tuple[FormatName, ...] = get_args(FormatName)

Wrapping = Literal["one", "none", "unknown"]
"""How a tool runs a script: in one transaction, each statement by itself, or nobody can tell."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement comes from that was not written as SQL."""

    text: str
    """As the file has it: `op.add_column("users", …)`."""


@dataclass(frozen=True, slots=True)
class ScriptStatement:
    """One statement that a migration runs."""

    statement: Statement
    """The SQL; line and column are its place in the file."""

    origin: Origin | None = None
    """The call that it stands for; None where the file has the SQL itself."""

    exact: bool = True
    """Whether SQL and file agree letter by letter, so that an edit can be placed."""

    wrapping: Wrapping | None = None
    """Where one statement is run otherwise than its script: Alembic's autocommit block."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is run in one direction."""

    path: str
    statements: tuple[ScriptStatement, ...] = ()
    wrapping: Wrapping = "one"
    unread: tuple[Unread, ...] = ()
    """What could not be told without running the file."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration of a folder."""

    format: FormatName
    version: str
    """What orders it: a number, a time, a revision; empty where only its name does."""

    title: str
    path: str
    """The file, or the folder that holds both directions."""

    up: Script
    down: Script | None = None
    """None where the format or the file has none."""

    after: tuple[str, ...] = ()
    """Versions that it names as run before it, in formats that are graphs."""

    repeated: bool = False
    """Whether it is run again whenever it changes, Flyway's `R__`."""


LockMode = Literal[
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
]
"""PostgreSQL's table locks, from the weakest up; other engines' are named by what they block."""

LOCK_MODES: tuple[LockMode, ...] = get_args(LockMode)

BLOCKS_READS: frozenset[LockMode] = frozenset({"ACCESS EXCLUSIVE"})
BLOCKS_WRITES: frozenset[LockMode] = frozenset(
    {"SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"}
)


@dataclass(frozen=True, slots=True, order=True)
class RelationLock:
    """The strongest lock that a statement takes on a relation that was there before."""

    relation: str
    """Folded, with its schema unless that is `public`."""

    mode: LockMode
    kind: Literal["table", "index", "view", "sequence"] = "table"

    @property
    def blocks_reads(self) -> bool:
        """Tell whether readers wait for it."""
        return self.mode in BLOCKS_READS

    @property
    def blocks_writes(self) -> bool:
        """Tell whether writers wait for it."""
        return self.mode in BLOCKS_WRITES


WorkKind = Literal["rewrite", "scan", "index build", "key check"]
"""What takes longer the more rows there are: the table written anew, read through to verify, an
index built, rows looked up in another table for a foreign key."""


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """What a statement does to every row of a relation."""

    kind: WorkKind
    relation: str
    because: str = ""
    """In a few words, for people: `the default is another for each row`."""


FailureKind = Literal["always", "in transaction", "on data", "when used"]
"""When a statement fails: whatever the data; inside a transaction; if rows break what it demands;
not itself, but a later one of the same transaction."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a statement may not run."""

    kind: FailureKind
    message: str
    probe: str = ""
    """A query that tells whether rows are in the way: it gives some if so."""


BreakKind = Literal["reads", "writes", "data"]
"""Who suffers while old code still runs: its reads, its writes, or data that is gone for good."""


@dataclass(frozen=True, slots=True)
class Break:
    """What code that was written for the schema before no longer finds."""

    kind: BreakKind
    target: str
    """`users.email`, `users`."""

    message: str


Algorithm = Literal["INSTANT", "NOCOPY", "INPLACE", "COPY"]
"""The cheapest way that MariaDB or MySQL can alter a table, from the cheapest up."""

AlterLock = Literal["NONE", "SHARED", "EXCLUSIVE"]


@dataclass(frozen=True, slots=True)
class Online:
    """How MariaDB or MySQL alters a table."""

    table: str
    algorithm: Algorithm
    lock: AlterLock
    because: str = ""


@dataclass(frozen=True, slots=True)
class Effects:
    """What one statement does, told beforehand or seen."""

    locks: tuple[RelationLock, ...] = ()
    """Sorted; those on what the statement itself makes are left out."""

    work: tuple[Work, ...] = ()
    online: tuple[Online, ...] = ()
    failures: tuple[Failure, ...] = ()
    breaks: tuple[Break, ...] = ()
    known: bool = True
    """False where the statement could not be told: a DO block, a table nobody has seen."""

    why_unknown: str = ""

    @property
    def blocks(self) -> bool:
        """Tell whether somebody waits for as long as its work takes."""
        held = {lock.relation for lock in self.locks if lock.blocks_writes}
        copied = any(each.lock != "NONE" for each in self.online)
        return copied or (bool(held) and bool(self.work))
