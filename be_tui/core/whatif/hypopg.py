"""The judge of a server that has HypoPG: indexes that exist for one connection, and in no file.

Each statement stands in a read-only transaction that is undone. HypoPG estimates the size of an
index without its being merged, and takes its tree for flat, so costs are nearer than exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError, open_guarded
from be_tui.core.errors import InputError
from be_tui.core.whatif.held import HeldJudge
from be_tui.core.whatif.model import Judged, RefusedError, StoppedError, Unjudged
from be_tui.core.whatif.planned import explaining, judged
from be_tui.core.whatif.planting import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.whatif.model import IndexSketch

_HOME = """
SELECT quote_ident(n.nspname), e.extversion FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'hypopg'"""

_BOUNDS = Bounds(seconds=60.0)


class HypopgJudge(HeldJudge):
    """Judges on the server."""

    kind = "hypopg"
    engine = "postgresql"
    unit = "cost"

    def __init__(self, url: str) -> None:
        """Connect.

        Raises:
            InputError: The server does not let us in.
        """
        self._database = open_guarded(url)
        try:
            rows = self._database.run(_HOME).rows
        except StatementError as error:
            self._database.close()
            raise InputError(error.message, where=self._database.shown) from error
        self._home, self._version = (str(each) for each in rows[0]) if rows else ("", "")
        self._stopped = False

    @property
    def usable(self) -> bool:
        """Tell whether the database has the extension."""
        return bool(self._home)

    @property
    def about(self) -> str:
        """Give one line for people."""
        return (
            f"HypoPG {self._version} on {self._database.shown}, PostgreSQL"
            f" {self._database.version}: sizes of indexes are estimated"
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Give nothing: the schema is the server's own."""
        return ()

    def costs(
        self,
        statements: Sequence[str],
        indexes: Sequence[IndexSketch] = (),
        without: Sequence[str] = (),
    ) -> tuple[Judged | Unjudged, ...]:
        """Give what the statements would cost."""
        self._stopped = False
        try:
            names = {}
            for sketch in dict.fromkeys(indexes):
                _, own = self._create(sketch)
                names[own] = sketch.name
            for name in without:
                self._hide(name)
            return tuple(self._judged(statement, names) for statement in statements)
        except StatementError as error:
            raise self._ended(error) from error
        finally:
            self._reset()

    def size(self, index: IndexSketch) -> int:
        """Give the bytes that HypoPG takes an index for."""
        self._stopped = False
        try:
            number, _ = self._create(index)
            found = self._call(f"hypopg_relation_size({number})")
        except StatementError as error:
            raise self._ended(error) from error
        finally:
            self._reset()
        return int(found or 0)

    def stop(self) -> None:
        """End what is under way."""
        self._stopped = True
        self._database.stop()

    def close(self) -> None:
        """Close the connection, and with it all indexes that are not there."""
        self._database.close()

    def _judged(self, statement: str, names: dict[str, str]) -> Judged | Unjudged:
        if self._stopped:
            raise StoppedError("it was stopped")
        try:
            found = self._database.run(explaining(statement), _BOUNDS)
        except RefusedError as error:
            return Unjudged(error.message)
        except StatementError as error:
            if error.trouble not in {"refused", "late"}:
                raise
            return Unjudged(error.message)
        return judged(found.value or "", names)

    def _create(self, sketch: IndexSketch) -> tuple[str, str]:
        """Make an index for this connection; give its number and name."""
        ddl = literal(sketch.ddl("postgresql"))
        asked = f"SELECT indexrelid, indexname FROM {self._home}.hypopg_create_index({ddl})"  # noqa: S608
        try:
            ((number, name),) = self._database.run(asked).rows
        except StatementError as error:
            if error.trouble != "refused":
                raise
            raise RefusedError(error.message, where=sketch.name) from error
        return str(number), str(name)

    def _hide(self, name: str) -> None:
        try:
            done = self._call(f"hypopg_hide_index(to_regclass({literal(name)}))")
        except StatementError as error:
            if error.trouble != "refused":
                raise
            raise RefusedError(error.message, where=name) from error
        if done != "true":
            raise RefusedError(f"there is no index {name}")

    def _call(self, function: str) -> str | None:
        return self._database.run(f"SELECT {self._home}.{function}").value

    def _reset(self) -> None:
        """Forget all indexes; a connection that is gone has forgotten them."""
        for function in ("hypopg_reset()", "hypopg_unhide_all_indexes()"):
            try:
                self._call(function)
            except StatementError:
                # Before 1.4 nothing can be hidden.
                continue

    def _ended(self, error: StatementError) -> InputError | StoppedError | RefusedError:
        if error.trouble == "stopped":
            return StoppedError("it was stopped")
        if error.trouble == "lost":
            return InputError(error.message, where=self._database.shown)
        return RefusedError(error.message)
