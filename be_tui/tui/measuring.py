"""Probes run beside the session: one gathering at a time, off the event loop, cancellable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError
from be_tui.core.project import Cancel, Cancelled
from be_tui.tui.messages import EvidenceFound, MeasuringEnded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.message import Message

    from be_tui.core.evidence import Evidence
    from be_tui.tui.working import WorkingApp


class Measuring:
    """What was measured in this session so far, and what is being measured now."""

    def __init__(self, session: WorkingApp) -> None:
        """Begin with nothing measured."""
        self._session = session
        self._cancel: Cancel | None = None
        self.found: dict[str, Evidence] = {}
        """The evidence so far, by probe."""

        self.waiting: frozenset[str] = frozenset()
        """The probes that have not answered yet."""

    def keep(self, evidence: Evidence) -> None:
        """Keep what is known without measuring, because the person stated it."""
        self.found[evidence.probe] = evidence
        self._session.tell_screens(EvidenceFound(evidence))

    def begin(self, probes: Iterable[str], *, anew: bool = False) -> None:
        """Measure what was not measured yet, or all of it anew; screens hear of each result.

        A probe that be-tui does not have, which a pack may name, is told as trouble of its own.
        """
        # Imported with the first question: the probes know much, and Home needs none of them.
        from be_tui.core.evidence import Evidence
        from be_tui.core.project import all_probes

        wanted = [probe for probe in probes if anew or probe not in self.found]
        known = {probe.id for probe in all_probes()}
        for probe in wanted:
            if probe not in known:
                trouble = f"this be-tui has no probe of the name {probe!r}"
                self.found[probe] = Evidence(probe, f"What does {probe} say?", "", trouble=trouble)
        wanted = [probe for probe in wanted if probe in known]
        self.stop()
        if wanted:
            self.waiting = frozenset(wanted)
            self._cancel = Cancel()
            self._session.run_worker(
                lambda cancel=self._cancel: self._run(wanted, cancel),
                group="measuring",
                thread=True,
                exit_on_error=False,
            )

    def stop(self) -> None:
        """Stop what is running; what it has found already stays."""
        if self._cancel is not None:
            self._cancel.set()
            self._cancel = None
        self.waiting = frozenset()

    def _run(self, probes: Sequence[str], cancel: Cancel) -> None:
        from be_tui.core.project import gather

        session = self._session
        try:
            gather(
                session.opening.project,
                probes,
                on_result=lambda evidence: self._hear(evidence, cancel),
                cancel=cancel,
                profile=session.profile,
            )
        except Cancelled:
            return
        except BeTuiError as error:
            session.call_later(session.say, str(error), problem=True)
        if not cancel.is_set:
            self.waiting = frozenset()
        self._tell(MeasuringEnded(), cancel)

    def _hear(self, evidence: Evidence, cancel: Cancel) -> None:
        self.found[evidence.probe] = evidence
        if not cancel.is_set:
            self.waiting -= {evidence.probe}
        self._tell(EvidenceFound(evidence), cancel)

    def _tell(self, message: Message, cancel: Cancel) -> None:
        if not cancel.is_set:
            self._session.tell_screens(message)
