"""Reads a workload, whatever form it has: the content tells, not the file's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.sqltext import read_sql
from be_tui.core.workloads.exports import from_csv, from_json, header
from be_tui.core.workloads.files import from_sql
from be_tui.core.workloads.logs import (
    POSTGRES,
    SLOW,
    from_postgres_log,
    from_slow_log,
    is_csv_log,
)

if TYPE_CHECKING:
    from be_tui.core.sqltext import Target
    from be_tui.core.workloads.model import Workload

_LOOK = 200_000
"""Characters in which the marks of a form are looked for."""


def read_workload(path: str, target: Target) -> Workload:
    """Read the queries of a file; `-` is standard input.

    Raises:
        InputError: It cannot be read, or is broken.
    """
    return workload_of(read_sql(path), "standard input" if path == "-" else path, target)


def workload_of(text: str, path: str, target: Target) -> Workload:
    """Give the queries of a text.

    Raises:
        InputError: It is broken; the line says which form it was read as.
    """
    head = text[:_LOOK].lstrip()
    if head.startswith(("[", "{")) and not head.startswith(("{{", "{%", "{#")):
        if '"message"' in head and '"error_severity"' in head:
            return from_postgres_log(text.lstrip(), path, target)
        return from_json(text, path, target)
    if is_csv_log(head):
        return from_postgres_log(text.lstrip(), path, target)
    if header(text):
        return from_csv(text, path, target)
    if SLOW.search(head):
        return from_slow_log(text, path, target)
    if POSTGRES.search(head):
        return from_postgres_log(text, path, target)
    return from_sql(text, path, target)
