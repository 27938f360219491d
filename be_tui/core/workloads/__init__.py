"""Workloads: the queries of an application, each as often as it is run.

read_workload(path, target)          .sql files, exports of pg_stat_statements and of MySQL's
workload_of(text, path, target)      digests (CSV, JSON), slow logs, logs of PostgreSQL
merged(workloads)                    several as one
fingerprint(text, engine)            what the same query with other values has in common

The form tells itself by its content. What cannot be used is told and left out; the rest goes on.
Names are resolved when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.workloads.fingerprinting import fingerprint, literals, parameters
    from be_tui.core.workloads.merging import SAMPLES, merged
    from be_tui.core.workloads.model import Form, LeftOut, Sample, Work, Workload
    from be_tui.core.workloads.reading import read_workload, workload_of

__all__ = [
    "SAMPLES",
    "Form",
    "LeftOut",
    "Sample",
    "Work",
    "Workload",
    "fingerprint",
    "literals",
    "merged",
    "parameters",
    "read_workload",
    "workload_of",
]

_MODULES = {
    "fingerprinting": ("fingerprint", "literals", "parameters"),
    "merging": ("SAMPLES", "merged"),
    "model": ("Form", "LeftOut", "Sample", "Work", "Workload"),
    "reading": ("read_workload", "workload_of"),
}
"""The modules, each with the names that are imported from it when first asked for."""


def __getattr__(name: str) -> object:
    module = next((module for module, own in _MODULES.items() if name in own), None)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
