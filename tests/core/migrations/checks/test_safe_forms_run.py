"""Every safe form that a rule suggests is run by PostgreSQL itself, on tables with rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox
from tests.core.migrations.checks.labelled import CASES
from tests.core.migrations.checks.safeforms import SafeCase, safe_cases

if TYPE_CHECKING:
    from be_tui.core.databases import Session
    from be_tui.core.migrations.model import Migration

ROWS = """
INSERT INTO users (id, email, name, checked, age, amount, spot)
  SELECT i, i || '@example.org', i::text, 'yes', i, i, '10.0.0.0/8' FROM generate_series(1, 50) i;
INSERT INTO orders (id, user_id, ref, total, status, small, code, payload)
  SELECT i, i, i, i, 'new', i, 'c', '{}' FROM generate_series(1, 50) i;
INSERT INTO events SELECT i, date '2026-01-01', 'a' FROM generate_series(1, 20) i;
INSERT INTO events_2 SELECT i, date '2026-02-03', 'a' FROM generate_series(1, 20) i;
INSERT INTO logs_2 SELECT i, date '2026-02-03' FROM generate_series(1, 20) i;
INSERT INTO readings VALUES (1, 1, 1);
REFRESH MATERIALIZED VIEW totals;
"""
SAMPLE = {"migration-default-rewrites", "migration-set-not-null", "migration-default-partition"}


def suits(safe: SafeCase, major: int) -> bool:
    """Tell whether a form is for a major: one that its case names, or any."""
    version = safe.case.target.version
    return not version or version[0] == major


def run(session: Session, migration: Migration) -> None:
    """Run a migration as its tool would."""
    statements = [each.statement.text for each in migration.up.statements]
    if migration.up.wrapping == "one" and statements:
        session.run(";\n".join(("BEGIN", *statements, "COMMIT")))
    else:
        for each in statements:
            session.run(each)


def failures(major: int, wanted: set[str] | None = None) -> list[str]:
    """Give the forms that a server refuses, with its own words."""
    failed, count = [], 0
    tables = (CASES / "postgresql.sql").read_text()
    for safe in safe_cases("postgresql"):
        if not suits(safe, major) or (wanted and safe.rule not in wanted):
            continue
        count += 1
        with open_sandbox(f"postgresql:{major}") as sandbox, sandbox.session() as session:
            session.run(tables)
            session.run(ROWS)
            try:
                for migration in (safe.before, *safe.phases):
                    run(session, migration)
            except Exception as error:  # noqa: BLE001 (whatever it is, the form is at fault)
                failed.append(f"{safe}: {error}")
    assert count
    return failed


def test_a_few_safe_forms_are_run_by_a_server() -> None:
    assert failures(18, SAMPLE) == []


@pytest.mark.slow
@pytest.mark.parametrize("major", [16, 18])
def test_every_safe_form_is_run_by_a_server(major: int) -> None:
    assert failures(major) == []
