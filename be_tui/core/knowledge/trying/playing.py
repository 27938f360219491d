"""Plays a script's steps on a sandbox, each in its session, as people at two keyboards would.

A statement that stands still for another session's lock is left standing, and the next step is
taken; it ends when the lock goes, or in the end.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, Rows, StatementError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from be_tui.core.databases import Lock, Sandbox, Session
    from be_tui.core.knowledge.trying.script import Step

BOUNDS = Bounds(seconds=20.0, rows=1000, lock_seconds=3.0)
"""How far one statement of an example may go."""

NOTHING = Rows()

_PROMPT = 0.02
"""Seconds in which most statements end; only then is it asked whether one waits."""

_LOOK = 0.01


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look at besides the rows of the last statement."""

    plan: bool = False
    locks: bool = False
    only_plan: bool = False
    """Whether the last statement is not run at all."""

    waits: bool = False
    """Whether it is enough to see that the last statement stands still."""


@dataclass(frozen=True, slots=True)
class Played:
    """What was seen."""

    rows: Rows = NOTHING
    """What the last statement gave."""

    error: str = ""
    """How the last statement failed, or one that was still standing when it began."""

    waited: bool = False
    """Whether the last statement stood still for a lock."""

    plan: str = ""
    locks: tuple[Lock, ...] = ()
    broke: Step | None = None
    """A step before the last that failed; then `error` says how, and nothing else was seen."""


def play(
    sandbox: Sandbox, setup: tuple[Step, ...], steps: tuple[Step, ...], asked: Asked
) -> Played:
    """Play the steps of one script on a new sandbox, after those that set it up."""
    with ExitStack() as stack:
        player = _Player(sandbox, stack)
        for step in (*setup, *steps[:-1]):
            player.take(step)
            if player.broke is not None:
                return Played(error=player.errors[-1], broke=player.broke)
        return player.last(steps[-1], asked)


@dataclass(slots=True)
class _Hand:
    """A session with a thread that works it."""

    session: Session
    thread: ThreadPoolExecutor
    step: Step | None = None
    runs: Future[Rows] | None = None

    def stop(self) -> None:
        """End what is left standing."""
        if self.runs is not None and not self.runs.done():
            self.session.stop()


@dataclass(slots=True)
class _Player:
    sandbox: Sandbox
    stack: ExitStack
    hands: dict[str, _Hand] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    broke: Step | None = None
    waiting: bool = False
    """Whether any statement is left standing."""

    def take(self, step: Step) -> None:
        """Run one step, as far as it comes; a failure of it, or of one before it, is kept."""
        hand = self._hand(step.session)
        self._finish(hand)
        if self.broke is None and not self._started(hand, step):
            self._finish(hand)

    def last(self, step: Step, asked: Asked) -> Played:
        """Run the last step and look at what there is to see."""
        hand = self._hand(step.session)
        self._finish(hand)
        if self.broke is not None:
            return Played(error=self.errors[-1], broke=self.broke)
        plan = ""
        try:
            if asked.plan:
                plan = _plan(hand.session, step)
            if asked.only_plan:
                return Played(plan=plan)
            if asked.locks and not getattr(hand.session, "in_transaction", True):
                hand.session.run("BEGIN", BOUNDS)
        except StatementError as error:
            return Played(error=_said(error))
        waited = self._started(hand, step)
        locks = self.sandbox.locks(hand.session) if asked.locks and not waited else ()
        if waited and asked.waits:
            return Played(waited=True)
        # Those that stood before it may end now that it has.
        for each in self.hands.values():
            if each is not hand:
                self._finish(each)
        rows = self._result(hand)
        return Played(rows, " / ".join(self.errors), waited or self.waiting, plan, locks)

    def _hand(self, name: str) -> _Hand:
        if name not in self.hands:
            session = self.stack.enter_context(self.sandbox.session())
            thread = self.stack.enter_context(ThreadPoolExecutor(1))
            hand = self.hands[name] = _Hand(session, thread)
            # Taken back first: the thread ends when its statement does.
            self.stack.callback(hand.stop)
        return self.hands[name]

    def _started(self, hand: _Hand, step: Step) -> bool:
        """Set a step going; tell whether it stands still for a lock."""
        hand.step = step
        hand.runs = hand.thread.submit(hand.session.run, step.text, BOUNDS)
        pause = _PROMPT
        while not wait([hand.runs], pause).done:
            if self.sandbox.waits(hand.session):
                return True
            pause = _LOOK
        return False

    def _finish(self, hand: _Hand) -> None:
        """Wait for the statement that a session was left with."""
        if hand.runs is None:
            return
        step, before = hand.step, len(self.errors)
        self._result(hand)
        if len(self.errors) > before:
            self.broke = step

    def _result(self, hand: _Hand) -> Rows:
        runs, hand.runs = hand.runs, None
        if runs is None:
            return Rows()
        try:
            return runs.result()
        except StatementError as error:
            self.waiting = error.trouble == "waited"
            self.errors.append(_said(error))
            return Rows()


def _plan(session: Session, step: Step) -> str:
    if step.text[:7].upper() == "EXPLAIN":
        rows = session.run(step.text, BOUNDS).rows
        return "\n".join(" ".join(cell or "" for cell in row) for row in rows)
    return session.plan(step.text, BOUNDS)


def _said(error: StatementError) -> str:
    return f"{error.message} ({error.code})" if error.code else error.message
