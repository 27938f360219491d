"""What all judges share: one statement is several of which there is one, and they are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.whatif.model import Judged, RefusedError, Unjudged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

    from be_tui.core.sqltext import Engine
    from be_tui.core.whatif.model import IndexSketch, JudgeKind, Unit


class HeldJudge:
    """The parts of a judge that follow from the others."""

    kind: JudgeKind
    engine: Engine
    unit: Unit

    def cost(
        self, sql: str, indexes: Sequence[IndexSketch] = (), without: Sequence[str] = ()
    ) -> Judged:
        """Give what one statement would cost."""
        (found,) = self.costs((sql,), indexes, without)
        if isinstance(found, Unjudged):
            raise RefusedError(found.reason)
        return found

    def costs(
        self,
        statements: Sequence[str],
        indexes: Sequence[IndexSketch] = (),
        without: Sequence[str] = (),
    ) -> tuple[Judged | Unjudged, ...]:
        """Give what the statements would cost."""
        raise NotImplementedError

    def close(self) -> None:
        """Remove all that was made for it."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
