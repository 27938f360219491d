"""What sessions and sandboxes of each engine share: they end with their block, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Held:
    """Something that is closed at the end of a `with` block."""

    def close(self) -> None:
        """Close it; harmless the second time."""
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


Closes = TypeVar("Closes", bound=Held)


class HeldSandbox(Held):
    """A sandbox that closes the sessions that it gave before it removes itself."""

    def __init__(self) -> None:
        """Start without a session."""
        self._given: list[Held] = []
        self._removed = False

    def hold(self, session: Closes) -> Closes:
        """Keep a session in mind, to close it in the end."""
        self._given.append(session)
        return session

    def let_go(self) -> None:
        """Close every session that was given."""
        while self._given:
            self._given.pop().close()

    def remove(self) -> None:
        """Remove the database, with what was made for it."""
        raise NotImplementedError

    def close(self) -> None:
        """Close every session, then remove the database."""
        if self._removed:
            return
        self._removed = True
        try:
            self.let_go()
        finally:
            self.remove()
