"""Asks probes about a project, one after the other, the cheapest first.

Within one gathering the files are listed once, read once and scanned once, and the git
history is read once, beside the files: git does the walking in its own process.
"""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.evidence import Evidence, Fact
from be_tui.core.project.cancel import Cancel, Cancelled
from be_tui.core.project.probe import Found, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from be_tui.core.project.background import Background
    from be_tui.core.project.checkout import Checkout
    from be_tui.core.project.history import History
    from be_tui.core.project.looks.model import Look, Sights
    from be_tui.core.project.probe import Probe
    from be_tui.core.project.profile import Profile
    from be_tui.core.project.scan import Scan
    from be_tui.core.project.stack import Stack


class Gathering:
    """What the probes of one gathering share: each part is read when first asked for."""

    def __init__(
        self,
        root: Path,
        cancel: Cancel | None = None,
        profile: Profile | None = None,
        looks: Iterable[Look] = (),
    ) -> None:
        """Read nothing yet."""
        self.root = root
        self.cancel = cancel or Cancel()
        self.profile = profile
        self._looks = tuple(looks)

    @cached_property
    def checkout(self) -> Checkout:
        """The files, listed."""
        from be_tui.core.project.checkout import Checkout

        return Checkout(self.root, self.cancel)

    @cached_property
    def stack(self) -> Stack:
        """What the manifests say the project is made of."""
        from be_tui.core.project.stack import read_stack

        return read_stack(self.checkout)

    @cached_property
    def scan(self) -> Scan:
        """What one pass over the source files counted."""
        from be_tui.core.project.looks.passing import Pass
        from be_tui.core.project.scan import scan

        return scan(self.checkout, Pass(self._looks))

    @property
    def sights(self) -> Sights:
        """What that pass saw of what the asked probes look for."""
        from be_tui.core.project.looks.model import Sights

        return self.scan.sights or Sights()

    @cached_property
    def reader(self) -> Background[History]:
        """The history, being read by git in the background since this was first asked for."""
        from be_tui.core.project.background import Background
        from be_tui.core.project.history import read_history

        return Background(lambda cancel: read_history(self.root, cancel), self.cancel)

    @property
    def history(self) -> History:
        """The last 90 days of commits.

        Raises:
            NoAnswer: There is no history to read, or not all of it.
        """
        return self.reader.result()

    def close(self) -> None:
        """End what still runs for this gathering."""
        if "reader" in self.__dict__:
            self.reader.close()


def gather(
    root: Path,
    ids: Sequence[str] | None = None,
    *,
    on_result: Callable[[Evidence], None] | None = None,
    cancel: Cancel | None = None,
    profile: Profile | None = None,
) -> tuple[Evidence, ...]:
    """Ask probes about a project; give their evidence in the order in which it came.

    A probe that cannot answer, or fails, gives evidence whose `trouble` says why.

    Args:
        root: The project's folder.
        ids: The probes to ask; None asks all.
        on_result: Called with each piece of evidence as soon as it is there.
        cancel: Set from another thread, it stops the gathering within a tenth of a second.
        profile: What the person stated; it becomes the evidence of the probe `profile`.

    Raises:
        InputError: An id is no probe's, or the root is no folder.
        Cancelled: The cancel was set; `on_result` has had all that came before.
    """
    probes = find_probes(ids)
    if not root.is_dir():
        raise InputError("no such folder", where=str(root))
    looks = (look for probe in probes for look in probe.looks)
    gathering = Gathering(root, cancel, profile, looks)
    taken: list[Evidence] = []
    try:
        if any(probe.reads_history for probe in probes):
            gathering.reader  # noqa: B018 (asking for it is what starts it)
        for probe in probes:
            gathering.cancel.check()
            taken.append(_ask(probe, gathering))
            if on_result is not None:
                on_result(taken[-1])
    finally:
        gathering.close()
    return tuple(taken)


def find_probes(ids: Sequence[str] | None = None) -> tuple[Probe, ...]:
    """Give the probes of these ids, in the order in which they are asked; None gives all.

    Raises:
        InputError: An id is no probe's.
    """
    from be_tui.core.project.probes import all_probes

    probes = all_probes()
    if ids is None:
        return probes
    known = [probe.id for probe in probes]
    for each in ids:
        if each not in known:
            from difflib import get_close_matches

            near = get_close_matches(each, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise InputError(f"no probe {each!r}", hint=hint)
    return tuple(probe for probe in probes if probe.id in ids)


def _ask(probe: Probe, gathering: Gathering) -> Evidence:
    from be_tui.core.project.checkout import shown

    started = time.perf_counter()
    found, trouble = Found(""), ""
    try:
        found = probe.take(gathering)
    except Cancelled:
        raise
    except NoAnswer as reason:
        trouble = str(reason)
    except OSError as error:
        trouble = f"{error.filename or gathering.root}: {error.strerror or error}"
    except Exception as error:  # noqa: BLE001 (one probe's fault must not cost the others' answers)
        trouble = f"the probe failed ({type(error).__name__}: {error})"
    gathering.cancel.check()
    return Evidence(
        probe.id,
        probe.asked,
        shown(found.line),
        measures=found.measures,
        # Whatever bytes a file is named by, its path can be printed.
        facts=tuple(Fact(shown(each.text), shown(each.path), each.line) for each in found.facts),
        how=found.how,
        confidence=found.confidence,
        command=found.command,
        seconds=round(time.perf_counter() - started, 4),
        taken=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        trouble=shown(trouble),
    )
