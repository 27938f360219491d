"""Rules on rows that a migration writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import EVERY, Check, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import Act
    from be_tui.core.migrations.checks.model import Look
    from be_tui.core.migrations.files import PhaseScript


def unbatched_backfill(look: Look, act: Act) -> Iterator[Remark]:
    """Find updates of a table in use that write any number of rows in one transaction."""
    if look.is_new(act) or look.in_loop or act.says("keyed"):
        return
    if act.kind == "update" and not act.says("where"):
        yield Remark(
            f"all rows of {act.table} are written and locked in one transaction",
            _batched(look, act),
        )
    elif act.kind == "delete" and not act.says("where"):
        yield Remark(f"all rows of {act.table} are deleted in one transaction")


def _batched(look: Look, act: Act) -> tuple[PhaseScript, ...]:
    from dataclasses import replace

    from be_tui.core.migrations.checks.rules.forms import batches
    from be_tui.core.migrations.checks.safe import written

    if look.target.engine != "postgresql" or len(act.columns) != 1 or act.says("from"):
        return ()
    value = written(act.node.target_list[0].res_target.val)
    return (
        (batches(replace(act, name=act.columns[0]), value, f"IS DISTINCT FROM {value}"),)
        if value
        else ()
    )


CHECKS = (Check("migration-unbatched", ("update", "delete"), unbatched_backfill, EVERY),)
