"""Tells sandboxes apart without loading the driver of an engine that is not at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeGuard

    from be_tui.core.databases import (
        PostgresSandbox,
        Sandbox,
        SqliteSandbox,
    )


def is_postgres(sandbox: Sandbox) -> TypeGuard[PostgresSandbox]:
    """Tell whether it is PostgreSQL."""
    return sandbox.engine == "postgresql"


def is_sqlite(sandbox: Sandbox) -> TypeGuard[SqliteSandbox]:
    """Tell whether it is SQLite."""
    return sandbox.engine == "sqlite"
