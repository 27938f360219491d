"""Every step that is measured is one that is taken."""

from __future__ import annotations

import sys

import pytest

from be_tui.core.rewrites import STEPS
from benchmarks import rewrites


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_each_step_is_measured_where_it_is_taken(
    engine: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["rewrites", "--engine", engine, "--rows", "400"])
    monkeypatch.setattr(rewrites, "ROUNDS", 1)
    assert rewrites.main() == 0
    out = capsys.readouterr().out
    assert "not taken" not in out
    assert out.count(" ms ") == 2 * sum(engine in case.engines for case in rewrites.CASES)
    assert {case.rule for case in rewrites.CASES} == set(STEPS) - {"rewrite-keyset"}
