"""What a clone is made of: from files, or from a database that is only read."""

from __future__ import annotations

from contextlib import closing

from be_tui.core.databases import dump_postgres, majors, open_guarded
from be_tui.core.errors import InputError
from be_tui.core.statistics import Statistics, holds_statistics, read_dump
from be_tui.core.whatif.cloning import Original

_SETTINGS = """
SELECT name, setting || coalesce(CASE WHEN unit IN ('B', 'kB', 'MB', 'ms', 's', 'min') THEN unit
  WHEN unit = '8kB' THEN '' END, '') FROM pg_settings
WHERE (category LIKE 'Query Tuning%' OR name IN ('work_mem', 'hash_mem_multiplier',
  'max_parallel_workers_per_gather', 'max_parallel_workers', 'max_worker_processes', 'jit'))
AND source <> 'default' AND context <> 'postmaster' ORDER BY name"""
"""The settings that the planner reads, where they are not as PostgreSQL ships them."""


def from_ddl(ddl: str, statistics: Statistics, version: tuple[int, ...] = ()) -> Original:
    """Give what is known of files.

    Args:
        ddl: The schema.
        statistics: Of all tables.
        version: Of the server; empty where it is not known.
    """
    return Original(ddl, statistics, major=_nearest(version))


def from_url(url: str) -> Original:
    """Read a database: its tables, statistics and the planner's settings, and no row.

    Raises:
        InputError: It cannot be reached or read, or the wheel is not installed.
    """
    with closing(open_guarded(url)) as database:
        rows = database.run(_SETTINGS).rows
        shown = database.shown
        version = tuple(int(each) for each in database.version.split(".") if each.isdigit())
    settings = tuple((str(name), str(value)) for name, value in rows)
    try:
        text = dump_postgres(url)
    except InputError as error:
        # The server answers: another judge may do with less than all tables.
        raise InputError(f"pg_dump of {shown}: {error.message}", hint=error.hint) from error
    if holds_statistics(text):
        statistics = read_dump(text, shown)
    else:
        statistics = Statistics("postgresql", source=shown)
    return Original(text, statistics, settings, _nearest(version))


def _nearest(version: tuple[int, ...]) -> str:
    """Give the major of the wheel that plans most like a server's; the newest at a tie."""
    there = majors()
    if not version or not there:
        return ""
    return min(there, key=lambda major: abs(int(major) - version[0]))
