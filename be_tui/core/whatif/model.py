"""The nouns of what-if: an index that is not there, and who tells what queries would cost with it.

A judge gives the same answer each time. It never changes a database that is not its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from be_tui.core.errors import BeTuiError
from be_tui.core.whatif.ddl import create_index, derived_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

    from be_tui.core.schema import Index, Table
    from be_tui.core.sqltext import Engine

JudgeKind = Literal["clone", "statistics", "hypopg", "copy", "model"]
"""How a judge knows: PostgreSQL's own planner over statistics put into an empty database; SQLite's
over its `sqlite_stat1`; HypoPG on the server; real indexes on a copy; a model without an engine."""

Unit = Literal["cost", "pages"]
"""What a cost counts: the planner's own unit, or pages read."""


@dataclass(frozen=True, slots=True)
class IndexSketch:
    """An index that might be made; two that would make the same index are equal."""

    table: Table = field(compare=False, repr=False)
    index: Index = field(compare=False, repr=False)
    """Its `name` may be empty. An expression stands in it as it is to be written."""

    shape: str = field(init=False)
    """The statement without the name of the index: what sketches are told apart by."""

    def __post_init__(self) -> None:
        shape = create_index(self.table, self.index, "postgresql", name="")
        object.__setattr__(self, "shape", shape)

    @property
    def name(self) -> str:
        """Give its name, or one made of its table and columns."""
        return self.index.name or derived_name(self.table, self.index)

    def ddl(self, engine: Engine) -> str:
        """Give the statement that makes it, without a semicolon."""
        return create_index(self.table, self.index, engine, name=self.name)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a statement would cost."""

    cost: float
    """In the judge's unit; to be compared with what the same judge said of the same statement."""

    plan: str
    """As the engine writes it, in a form that `core.plans` reads; the model writes words."""

    used: tuple[str, ...] = ()
    """The indexes in the plan, sketches by their names, each once, in the plan's order."""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A statement that has no plan here."""

    reason: str
    """In the engine's words."""


class RefusedError(BeTuiError):
    """The engine makes no plan of a statement, or no index of a sketch."""


class StoppedError(BeTuiError):
    """Somebody stopped the judge."""


class Judge(Protocol):
    """Tells costs of statements with indexes that are not there; one thread uses it at a time."""

    @property
    def kind(self) -> JudgeKind:
        """Give how it knows."""
        ...

    @property
    def engine(self) -> Engine:
        """Give whose planner it speaks for."""
        ...

    @property
    def unit(self) -> Unit:
        """Give what its costs count."""
        ...

    @property
    def about(self) -> str:
        """Give one line for people: who judges, on what, and what that is worth."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """Give what it had to leave out of schema and statistics, a line each."""
        ...

    def cost(
        self, sql: str, indexes: Sequence[IndexSketch] = (), without: Sequence[str] = ()
    ) -> Judged:
        """Give what one statement would cost.

        Args:
            sql: One statement. PostgreSQL's `$1` may stand in it: it is then planned for any value.
            indexes: Indexes that there would be.
            without: Names of indexes that there are, and would not be.

        Raises:
            RefusedError: The engine makes no plan of it, or no index of a sketch.
            StoppedError: `stop` was called.
            InputError: The server is gone and does not come back.
        """
        ...

    def costs(
        self,
        statements: Sequence[str],
        indexes: Sequence[IndexSketch] = (),
        without: Sequence[str] = (),
    ) -> tuple[Judged | Unjudged, ...]:
        """Give the same for several statements, in their order; cheaper than one by one.

        Raises:
            RefusedError: The engine makes no index of a sketch.
            StoppedError: `stop` was called.
            InputError: The server is gone and does not come back.
        """
        ...

    def size(self, index: IndexSketch) -> int:
        """Give the bytes that an index would take.

        Raises:
            RefusedError: The engine makes no index of the sketch.
        """
        ...

    def stop(self) -> None:
        """End what is under way, from another thread; the judge can be asked again."""
        ...

    def close(self) -> None:
        """Remove all that was made for it; harmless the second time."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
