"""Which rules are looked for: by profile, and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.migrations.checks.model import PROFILES
from be_tui.core.migrations.checks.rules import ANY_ACT, CHECKS, WHOLE
from be_tui.core.migrations.checks.workflow import WORKFLOW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.migrations.checks.model import ProfileName

_OWN = frozenset(
    {
        "migration-allowed-without-reason",
        "migration-idle-allowance",
        "migration-not-analysed",
        "migration-unread",
    }
)
"""Rules that the checker itself finds."""

FOLDER_RULES = frozenset(
    {
        "migration-baseline",
        "migration-checksum",
        "migration-circle",
        "migration-cut",
        "migration-duplicate",
        "migration-half",
        "migration-heads",
        "migration-missing",
        "migration-mixed",
        "migration-mixed-folder",
        "migration-name",
        "migration-order",
        "migration-outside",
        "migration-unreadable",
    }
)
"""Rules on a folder, found while it is read; they are always told."""

PROFILE_OF: dict[str, ProfileName] = {
    **dict.fromkeys(_OWN, "safety"),
    **{rule: "safety" for rule, _ in ANY_ACT},
    **{check.rule: check.profile for check in CHECKS},
    **{check.rule: check.profile for check in WHOLE},
    **WORKFLOW,
}
"""The profile of every rule."""

SAFETY = frozenset(rule for rule, profile in PROFILE_OF.items() if profile == "safety")


def rules_wanted(
    profiles: Iterable[str] = (), enabled: Iterable[str] = (), disabled: Iterable[str] = ()
) -> frozenset[str]:
    """Give the rules to look for; those of `safety` are among them.

    Raises:
        InputError: There is no such profile, or no such rule.
    """
    chosen = {"safety", *profiles}
    more, less = frozenset(enabled), frozenset(disabled)
    if strange := chosen - set(PROFILES):
        raise InputError(f"no profile {min(strange)!r}", hint=f"there are {', '.join(PROFILES)}")
    if unknown := (more | less) - set(PROFILE_OF):
        from difflib import get_close_matches

        wrong = min(unknown)
        near = get_close_matches(wrong, PROFILE_OF, n=1)
        hint = f"did you mean {near[0]}?" if near else "they are listed in docs/migration-rules.md"
        raise InputError(f"no rule {wrong!r}", hint=hint)
    rules = {rule for rule, profile in PROFILE_OF.items() if profile in chosen}
    return frozenset((rules | more) - less)
