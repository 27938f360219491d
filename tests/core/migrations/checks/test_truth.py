"""The rules, held to what PostgreSQL was measured to do on statements not made for them."""

from __future__ import annotations

import pytest

from be_tui.core.migrations.checks import SAFETY, Against, check
from tests.core.migrations.checks.labelled import migration
from tests.core.migrations.effects.truths import Case, begun, cases, label, measured

OTHER_HARM = {
    "migration-autovacuum-off",
    "migration-cascade",
    "migration-drop-primary-key",
    "migration-generated-changes",
    "migration-lock-table",
    "migration-trigger-disabled",
    "migration-unbatched",
}
"""Rules on harm that neither blocks for long, fails, nor breaks a query: rows that stay locked,
what nobody checks or computes any more."""

ASKED_FOR = (
    *("DROP NOT NULL", " ADD ", "CREATE UNIQUE", "REVOKE", "INHERIT", "DETACH"),
    *("TYPE timestamp", "TYPE varbit", "ALTER DOMAIN", "_not_null", "SET NOT NULL", "CREATE RULE"),
)
"""What breaks code only if it was not made ready: told by `strict`, as a safe form ends with it."""

WATCHED = SAFETY - {"migration-no-lock-timeout", "migration-not-analysed"}


def wrong(chosen: tuple[Case, ...], major: int) -> list[str]:
    """Give the statements that are judged otherwise than the server showed."""
    state, target = begun(major)
    against = Against(state.schema())
    found = []
    for case in chosen:
        seen = measured(major).get(case.key)
        if seen is None:
            continue
        made = migration(case.sql, wrapping="none" if seen.outside else "one")
        told = {each.rule for each in check((made,), target, against, WATCHED)}
        said = label(case, seen)
        if said == "harmless":
            told -= OTHER_HARM
        patient = "CONCURRENTLY" in case.sql and said == "blocks"
        ready = said == "breaks" and (any(each in case.sql for each in ASKED_FOR) or told)
        missed = said != "harmless" and not told and not ready and not patient
        if missed or (said == "harmless" and told):
            found.append(f"{said}: {case.sql}: {sorted(told)}")
    return found


def test_what_was_held_out_is_judged_as_the_server_showed() -> None:
    assert wrong(cases("held-out"), 18) == []


@pytest.mark.slow
@pytest.mark.parametrize("major", [16, 18])
def test_every_measured_statement_is_judged_as_the_server_showed(major: int) -> None:
    assert wrong(cases(), major) == []
