"""The judge that knows best: PostgreSQL's own planner, on an empty database with real statistics.

Indexes are made over a table whose file is an empty one for that moment, so that nothing is read;
then they are made as large as they would be, and invalid. To judge, those asked about are made
valid in a transaction that is undone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.errors import InputError
from be_tui.core.whatif.cloning import make_clone
from be_tui.core.whatif.held import HeldJudge
from be_tui.core.whatif.model import Judged, RefusedError, StoppedError, Unjudged
from be_tui.core.whatif.pages import PAGE
from be_tui.core.whatif.planned import explaining, judged
from be_tui.core.whatif.relations import VALID
from be_tui.core.whatif.sketching import make_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from be_tui.core.databases import PostgresSession
    from be_tui.core.whatif.cloning import Clone, Original
    from be_tui.core.whatif.model import IndexSketch

PREFIX = "be_tui_whatif_"
"""What the names of indexes in the clone begin with."""

_BOUNDS = Bounds(seconds=60.0)

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class _Made:
    """A sketch that is in the clone, invalid."""

    oids: tuple[int, ...]
    """Its own number, and for a partitioned table those of its parts."""

    names: tuple[str, ...]
    size: int
    """Bytes."""


class CloneJudge(HeldJudge):
    """Judges on a clone; makes it anew should its server die."""

    kind = "clone"
    engine = "postgresql"
    unit = "cost"

    def __init__(self, original: Original) -> None:
        """Make the clone.

        Raises:
            InputError: PostgreSQL is not installed, does not start, or has no room.
        """
        self._original = original
        self._clone = _made_anew(original)
        self._made: dict[IndexSketch, _Made] = {}
        self._numbers = 0
        self._stopped = False

    @property
    def about(self) -> str:
        """Give one line for people."""
        statistics = self._original.statistics
        tables = sum(not each.is_index for each in self._clone.relations.values())
        counted = f"{tables} {'table' if tables == 1 else 'tables'}"
        worth = "assumed" if statistics.assumed else "real"
        return (
            f"PostgreSQL {self._clone.sandbox.version}'s own planner over {counted} without"
            f" rows, with {worth} statistics from {statistics.source or 'what was given'}"
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Give what of the schema and statistics was refused, a line each."""
        return (*self._original.statistics.left_out, *self._clone.left_out)

    def costs(
        self,
        statements: Sequence[str],
        indexes: Sequence[IndexSketch] = (),
        without: Sequence[str] = (),
    ) -> tuple[Judged | Unjudged, ...]:
        """Give what the statements would cost."""
        return self._lasting(lambda: self._costs(statements, indexes, without))

    def size(self, index: IndexSketch) -> int:
        """Give the bytes that an index would take, by the rules that it is built by."""
        return self._lasting(lambda: self._make(index).size)

    def stop(self) -> None:
        """End what is under way."""
        self._stopped = True
        self._clone.session.stop()

    def close(self) -> None:
        """Remove the clone."""
        self._clone.sandbox.close()

    @property
    def _session(self) -> PostgresSession:
        return self._clone.session

    def _lasting(self, action: Callable[[], Given]) -> Given:
        """Do something; once more on a new clone, should the server die."""
        self._stopped = False
        try:
            return self._undone(action)
        except StatementError as error:
            if error.trouble == "stopped":
                raise StoppedError("it was stopped") from error
            if error.trouble != "lost":
                raise RefusedError(error.message) from error
        self._clone.sandbox.close()
        self._made.clear()
        self._clone = _made_anew(self._original)
        try:
            return self._undone(action)
        except StatementError as error:
            raise InputError(f"the server of the clone died twice: {error.message}") from error

    def _undone(self, action: Callable[[], Given]) -> Given:
        """Do something, and leave no transaction open, whatever comes of it."""
        try:
            return action()
        finally:
            if self._session.in_transaction:
                self._session.run("ROLLBACK")

    def _costs(
        self, statements: Sequence[str], indexes: Sequence[IndexSketch], without: Sequence[str]
    ) -> tuple[Judged | Unjudged, ...]:
        made = {sketch: self._make(sketch) for sketch in indexes}
        shown = [oid for each in made.values() for oid in each.oids]
        names = {own: sketch.name for sketch, each in made.items() for own in each.names}
        hidden = self._numbers_of(without)
        found: list[Judged | Unjudged] = []
        for statement in statements:
            if self._stopped:
                raise StoppedError("it was stopped")
            try:
                asked = explaining(statement)
                self._pretend(shown, hidden)
                found.append(judged(self._session.run(asked, _BOUNDS).value or "", names))
            except RefusedError as error:
                found.append(Unjudged(error.message))
            except StatementError as error:
                if error.trouble not in {"refused", "late"}:
                    raise
                found.append(Unjudged(error.message))
                self._session.run("ROLLBACK")
        return tuple(found)

    def _pretend(self, shown: Collection[int], hidden: Collection[int]) -> None:
        """Open a transaction in which some indexes are valid and some are not."""
        if self._session.in_transaction:
            return
        self._session.run("BEGIN")
        for numbers, valid in ((shown, "true"), (hidden, "false")):
            if numbers:
                listed = ", ".join(map(str, numbers))
                self._session.run(VALID.format(valid=valid, indexes=listed))
        # Functions of the schema, which planning may call, get the owner's rights only.
        self._session.run(f"SET LOCAL ROLE {self._clone.owner}")

    def _numbers_of(self, names: Sequence[str]) -> list[int]:
        """Give the numbers of indexes that the schema has.

        Raises:
            RefusedError: It has none of a name.
        """
        wanted = {name.casefold() for name in names}
        found = {
            each.oid: each.name.casefold()
            for each in self._clone.relations.values()
            if each.is_index and not each.sketched and each.name.casefold() in wanted
        }
        missing = wanted - set(found.values())
        if missing:
            raise RefusedError(f"there is no index {min(missing)}")
        return list(found)

    def _make(self, sketch: IndexSketch) -> _Made:
        """Make an index that nobody sees yet, if it was not made before."""
        if sketch not in self._made:
            self._numbers += 1
            own = f"{PREFIX}{self._numbers}"
            ddl = replace(sketch, index=replace(sketch.index, name=own)).ddl("postgresql")
            try:
                found = make_hidden(self._clone, sketch, ddl)
            except StatementError as error:
                if error.trouble != "refused":
                    raise
                raise RefusedError(error.message, where=sketch.name) from error
            self._made[sketch] = _Made(
                oids=tuple(each.oid for each in found),
                names=tuple(each.name for each in found),
                size=sum(each.pages for each in found) * PAGE,
            )
        return self._made[sketch]


def _made_anew(original: Original) -> Clone:
    try:
        return make_clone(original)
    except StatementError as error:
        raise InputError(f"the clone cannot be made: {error.message}") from error
