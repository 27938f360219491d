"""Rules of SQLite: what its versions refuse, and tables that are made anew by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import Check, Remark, WholeCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import Act
    from be_tui.core.migrations.checks.model import Look, Whole


def pragma_in_transaction(look: Look, act: Act) -> Iterator[Remark]:
    """Find a switch of foreign keys where it does nothing."""
    if act.name == "foreign_keys" and look.inside:
        yield Remark("PRAGMA foreign_keys does nothing within a transaction")


def rebuild_deletes(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find tables that are dropped to be made anew while foreign keys delete their rows' rows."""
    off = False
    for number, look in enumerate(whole.looks):
        for act in look.acts:
            if act.kind == "pragma" and act.name == "foreign_keys":
                off = act.text.lower() in {"off", "0", "false", "no"} and not look.inside
            elif act.kind == "drop table" and act.relation in look.cascading and not off:
                children = ", ".join(look.cascading[act.relation])
                said = f"with foreign keys on, DROP TABLE deletes from {children} too"
                yield number, Remark(said)


CHECKS = (
    Check("migration-pragma-in-transaction", ("pragma",), pragma_in_transaction, ("sqlite",)),
)
WHOLE = (WholeCheck("migration-sqlite-rebuild", rebuild_deletes, ("sqlite",)),)
