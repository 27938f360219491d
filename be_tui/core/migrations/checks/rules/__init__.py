"""The rules, one detector each, by what they look at."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.rules import (
    breaking,
    columns,
    constraints,
    data,
    indexes,
    mysql,
    sqlite,
    transactions,
    types,
    upkeep,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.migrations.checks.model import Check, Detector, WholeCheck
    from be_tui.core.sqltext import Engine

_MODULES = (
    breaking,
    columns,
    constraints,
    data,
    indexes,
    mysql,
    sqlite,
    transactions,
    types,
    upkeep,
)

CHECKS: tuple[Check, ...] = tuple(each for module in _MODULES for each in module.CHECKS)
WHOLE: tuple[WholeCheck, ...] = tuple(
    each for module in _MODULES for each in getattr(module, "WHOLE", ())
)
ANY_ACT: tuple[tuple[str, Detector], ...] = transactions.ANY_ACT

ENGINES_OF: dict[str, tuple[Engine, ...]] = {
    **{check.rule: check.engines for check in CHECKS},
    **{check.rule: check.engines for check in WHOLE},
}
"""The engines that a rule is looked for on; those that are not named here, on all."""


@cache
def by_kind(engine: Engine, wanted: frozenset[str]) -> Mapping[str, tuple[Check, ...]]:
    """Give the checks of an engine by the kind of act that they look at.

    Args:
        engine: The engine.
        wanted: The rules that are asked for.
    """
    found: dict[str, list[Check]] = {}
    for check in CHECKS:
        if engine in check.engines and check.rule in wanted:
            for kind in check.kinds:
                found.setdefault(kind, []).append(check)
    return {kind: tuple(checks) for kind, checks in found.items()}
