"""What the person stated, as evidence like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.profile import ASKED, profile_evidence, profile_fields

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering


def take(gathering: Gathering) -> Found:
    """Give the profile that the gathering was started with."""
    stated = profile_evidence(gathering.profile)
    if stated.trouble:
        raise NoAnswer(stated.trouble)
    return Found(stated.found, stated.measures, stated.facts, how="stated")


PROBE = Probe(
    "profile",
    ASKED,
    tuple(f"profile.{field.key}" for field in profile_fields()),
    take,
)
