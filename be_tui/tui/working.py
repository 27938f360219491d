"""An app that works on one project: what it knows of it, keeps of it and measures in it.

How it treats the terminal stands in `be_tui.tui.terminal`, which screens it has in
`be_tui.tui.app`.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError, StateError
from be_tui.core.knowledge import open_library
from be_tui.core.project import (
    Cancel,
    Cancelled,
    Profile,
    profile_evidence,
    project_from_json,
    project_to_json,
)
from be_tui.core.sessions import open_store
from be_tui.core.settings import load_settings
from be_tui.tui.measuring import Measuring
from be_tui.tui.messages import ProjectRead
from be_tui.tui.terminal import TerminalApp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Library
    from be_tui.core.project import Project
    from be_tui.tui.hold import Hold
    from be_tui.tui.opening import Opening


class WorkingApp(TerminalApp):
    """The base of the session that holds its work."""

    def __init__(self, opening: Opening, hold: Hold | None = None) -> None:
        """Open what is kept of the project; nothing of it is read yet.

        Args:
            opening: What to open.
            hold: Who holds the terminal until the app does.
        """
        super().__init__(hold)
        self.opening = opening
        loaded = load_settings(opening.project)
        self.settings = loaded.settings
        self.setting_faults = loaded.faults
        self.store = open_store(opening.project)
        self.profile = self.store.profile() or Profile()
        self.project: Project | None = project_from_json(self.store.project())
        """What was found, now or last time; None before it was ever read."""

        self.measuring = Measuring(self)
        self._reading = Cancel()

    @cached_property
    def library(self) -> Library:
        """Give what the packs hold together."""
        return open_library(self.opening.project)

    @property
    def headline(self) -> str:
        """Give the project in one line."""
        return self.project.headline if self.project else self.opening.project.name

    @property
    def evidence(self) -> dict[str, Evidence]:
        """Give what was measured in this session so far, by probe."""
        return self.measuring.found

    def measure(self, probes: Iterable[str]) -> None:
        """Measure what was not measured yet, beside the session; screens hear of each result."""
        self.measuring.begin(probes)

    def read_project(self) -> None:
        """Read the project beside the session; screens hear when it is done."""
        self._reading.set()
        self._reading = cancel = Cancel()
        self.run_worker(lambda: self._read(cancel), thread=True, group="reading")

    def _read(self, cancel: Cancel) -> None:
        from be_tui.core.project import read_project  # a dozen modules, after the first frame

        try:
            project = read_project(self.opening.project, cancel)
        except Cancelled:
            return
        except BeTuiError as error:
            self.call_later(self.say, str(error), problem=True)
            return
        self.project = project
        with suppress(StateError):  # the next session reads it again
            self.store.save_project(project_to_json(project))
        self.tell_screens(ProjectRead(project))

    def keep_profile(self, profile: Profile) -> None:
        """Keep what the person stated, for the trees and for the next session.

        Raises:
            StateError: It holds for this session only; the line says why.
        """
        self.profile = profile
        self.measuring.keep(profile_evidence(profile))
        self.store.save_profile(profile)

    def tell_screens(self, message: Message) -> None:
        """Post a message to every open screen; safe to call from a thread."""
        for screen in self.screen_stack:
            screen.post_message(message)

    def stop_work(self) -> str:
        """Stop what runs beside the session and save the last changes; tell what was lost."""
        self._reading.set()
        self.measuring.stop()
        try:
            self.store.close()
        except StateError as error:
            return str(error)
        return ""
