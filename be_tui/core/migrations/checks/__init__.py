"""What is wrong with migrations: against the schema as it stands, each with its safe form.

open_jobs(asked)                            migrations of files and folders, with what was before
examine(job, wanted, words)                 findings on them, without what comments allow
check(migrations, target, against, rules)   what is found, statement by statement
findings(found, words)                      the same as findings, with the words of the rules
rules_wanted(profiles, enabled, disabled)   which rules to look for
PROFILE_OF                                  every rule, with the profile that it belongs to
read_baseline, write_baseline               findings that were there before
read_foreign(root)                          what other checkers of migrations were told

Each rule has its words in `knowledge/rules/migrations/`. Nothing is run. Names are resolved when
first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.checks.baseline import (
        fingerprint,
        read_baseline,
        without_old,
        write_baseline,
    )
    from be_tui.core.migrations.checks.checking import Against, check
    from be_tui.core.migrations.checks.examining import Wanted, examine
    from be_tui.core.migrations.checks.foreign import Foreign, read_foreign
    from be_tui.core.migrations.checks.found import Found
    from be_tui.core.migrations.checks.marks import safe_text
    from be_tui.core.migrations.checks.model import PROFILES, ProfileName, Remark
    from be_tui.core.migrations.checks.opening import Asked, Job, open_jobs
    from be_tui.core.migrations.checks.profiles import (
        FOLDER_RULES,
        PROFILE_OF,
        SAFETY,
        rules_wanted,
    )
    from be_tui.core.migrations.checks.wording import findings, words_of

__all__ = [
    "FOLDER_RULES",
    "PROFILES",
    "PROFILE_OF",
    "SAFETY",
    "Against",
    "Asked",
    "Foreign",
    "Found",
    "Job",
    "ProfileName",
    "Remark",
    "Wanted",
    "check",
    "examine",
    "findings",
    "fingerprint",
    "open_jobs",
    "read_baseline",
    "read_foreign",
    "rules_wanted",
    "safe_text",
    "without_old",
    "words_of",
    "write_baseline",
]

if not TYPE_CHECKING:
    _HOMES = {
        "baseline": ("fingerprint", "read_baseline", "without_old", "write_baseline"),
        "checking": ("Against", "check"),
        "examining": ("Wanted", "examine"),
        "foreign": ("Foreign", "read_foreign"),
        "opening": ("Asked", "Job", "open_jobs"),
        "found": ("Found",),
        "marks": ("safe_text",),
        "model": ("PROFILES", "ProfileName", "Remark"),
        "profiles": ("FOLDER_RULES", "PROFILE_OF", "SAFETY", "rules_wanted"),
        "wording": ("findings", "words_of"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
