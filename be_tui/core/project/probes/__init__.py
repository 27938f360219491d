"""The probes: each answers one question about a project, and shows its facts.

One module a probe; its `PROBE` says what is asked and which measures it can give.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.project.probe import Probe

_MODULES = (
    "profile",
    "deploy_units",
    "stack",
    "dependencies",
    "coverage",
    "last_run",
    "tests",
    "todos",
    "n_plus_one",
    "queries",
    "paging",
    "schema",
    "cache_use",
    "http_clients",
    "io_in_transaction",
    "slow_in_request",
    "layers",
    "vendors",
    "messaging",
    "limits",
    "auth",
    "secrets",
    "runtime",
    "api",
    "authors",
    "churn_now",
    "coupling",
    "hotspots",
)
"""In the order asked, the cheapest first."""


@cache
def all_probes() -> tuple[Probe, ...]:
    """Give every probe, in the order in which they are asked."""
    return tuple(import_module(f"{__name__}.{module}").PROBE for module in _MODULES)
