"""Drawn queries rewritten on real engines: no wrong result, and none that does not run.

The whole proof is slow; a sample of it stands in the suite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.rewrites import STEPS
from tests.core.rewrites.proving import prove

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

_OWN = {"rewrite-keyset", "rewrite-number-type", "rewrite-subquery-distinct"}
"""Steps that are never applied, or not on SQLite."""


@pytest.mark.parametrize(("engine", "cases"), [("sqlite", 150), ("postgresql", 60)])
def test_a_sample_of_drawn_queries_stays_right(engine: Engine, cases: int) -> None:
    proved = prove(engine, cases, seed=11)
    assert proved.cases == cases
    assert proved.rewritten > cases / 3
    assert proved.wrong == []
    assert proved.refused == []


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "cases"), [("sqlite", 6000), ("postgresql", 4000)])
def test_ten_thousand_drawn_queries_stay_right(engine: Engine, cases: int) -> None:
    proved = prove(engine, cases, seed=20_000)
    print(engine, proved)  # noqa: T201 (the figures, with -s)
    assert proved.wrong == []
    assert proved.refused == []
    assert proved.telling > cases / 3
    assert set(STEPS) - set(proved.applied) <= _OWN
