"""How each format is told to run a file without a transaction, and safe forms as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.migrations.files import PhaseScript
    from be_tui.core.migrations.model import FormatName

OUTSIDE: dict[FormatName, str] = {
    "alembic": "within `with op.get_context().autocommit_block():`",
    "atlas": "in a file that begins with `-- atlas:txmode none`",
    "dbmate": "in a file with `-- migrate:up transaction:false`",
    "django": "in a migration with `atomic = False`",
    "drizzle": "by hand: drizzle runs all migrations in one transaction",
    "flyway": "in a file with `executeInTransaction=false` in its `.sql.conf`",
    "golang-migrate": "alone in a file: several statements of a file are one transaction",
    "goose": "in a file with `-- +goose NO TRANSACTION`",
    "knex": "in a migration with `exports.config = { transaction: false }`",
    "liquibase": "in a changeset with `runInTransaction:false`",
    "prisma": "alone in a migration: several statements of one are one transaction",
    "rails": "in a migration with `disable_ddl_transaction!`",
    "sql": "outside a transaction",
    "sqitch": "in a change without BEGIN and COMMIT",
    "sqlx": "in a file that begins with `-- no-transaction`",
    "typeorm": "in a migration with `transaction = false`",
}
"""Where statements stand that must not run in a transaction, by the tool that runs them."""


def safe_text(phases: Iterable[PhaseScript], form: FormatName) -> str:
    """Give safe statements as SQL, each phase with how it is run."""
    parts = []
    phases = tuple(phases)
    for number, phase in enumerate(phases, 1):
        statements = [each for step in phase.steps for each in step.up]
        how = OUTSIDE[form] if any(each.outside for each in statements) else "in one transaction"
        head = f"-- {number}. {how}" if len(phases) > 1 else f"-- {how}"
        notes = [f"-- {line}" for line in phase.note.splitlines()]
        lines = [f"{each.sql.rstrip().rstrip(';')};" for each in statements]
        parts.append("\n".join([head, *notes, *lines]))
    return "\n".join(parts)
