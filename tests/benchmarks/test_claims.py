"""Each claim's direction holds on few rows, and the figures that are kept are of these claims."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from be_tui.core.locations import knowledge_dir
from benchmarks.claims import __main__ as claims
from benchmarks.claims.__main__ import CLAIMS, RESULTS, measure
from benchmarks.claims.model import Figure

CASES = [(name, engine) for name, claim in CLAIMS.items() for engine in claim.engines]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "engine"), CASES)
def test_the_direction_holds_on_few_rows(
    name: str, engine: str, request: pytest.FixtureRequest
) -> None:
    if engine == "mariadb":
        engine = request.getfixturevalue("mariadb")
    seen = []
    # Milliseconds on a shared machine: what holds shows itself in one of three.
    for _ in range(3):
        measured = measure(CLAIMS[name], engine, CLAIMS[name].small)
        if measured.holds:
            return
        seen.append((measured.so, [str(each) for each in measured.figures]))
    pytest.fail(str(seen))


def test_a_claim_is_measured_on_few_rows() -> None:
    measured = measure(CLAIMS["keyset"], "sqlite", CLAIMS["keyset"].small)
    assert measured.holds, (measured.so, [str(each) for each in measured.figures])


@pytest.mark.slow
def test_a_claim_about_versions_holds_without_the_newer_one() -> None:
    measured = measure(CLAIMS["key-types"], "postgresql:16", 20_000)
    assert measured.holds
    assert not any("uuidv7" in figure.what for figure in measured.figures)


def test_the_kept_figures_are_of_these_claims_at_their_size_and_hold() -> None:
    kept = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert {each["claim"] for each in kept} == set(CLAIMS)
    assert len(kept) == len(CASES)
    for each in kept:
        assert each["holds"], each["claim"]
        assert each["rows"] == CLAIMS[each["claim"]].rows


def test_each_claim_that_the_library_cites_is_there() -> None:
    cited: set[str] = set()
    for chapter in Path(knowledge_dir(), "references").glob("*/*.yaml"):
        for call in re.findall(r"benchmarks\.claims ([^`]+)`", chapter.read_text(encoding="utf-8")):
            cited.update(call.split())
    assert {"keyset", "key-types", "alter-locks"} <= cited
    assert cited <= set(CLAIMS)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["claims", *arguments])
    return claims.main()


def test_figures_are_printed_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(claims, "RESULTS", tmp_path / "results.json")
    call = ("cursor-ties", "--engine", "sqlite", "--small", "--write")
    assert run(monkeypatch, *call) == 0
    assert run(monkeypatch, *call) == 0
    (kept,) = json.loads((tmp_path / "results.json").read_text())
    assert (kept["claim"], kept["rows"]) == ("cursor-ties", 3000)
    assert kept["command"] == "python -m benchmarks.claims cursor-ties"
    shown = capsys.readouterr().out
    assert "so: without a tie-breaker 141 of 3,000 rows are never seen" in shown


def test_figures_are_json_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "cursor-ties", "--engine", "sqlite", "--rows", "300", "--json") == 0
    (measured,) = json.loads(capsys.readouterr().out)
    assert measured["figures"][0] == {"what": "rows there", "value": 300, "unit": "rows"}


def test_claims_are_listed_and_a_wrong_name_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--list") == 0
    assert "keyset " in capsys.readouterr().out
    with pytest.raises(SystemExit, match="no 'keysets'; there are keyset, "):
        run(monkeypatch, "keysets")


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure("", 0.01234, "ms"), "0.0123 ms"),
        (Figure("", 12345.6, "ms"), "12,346 ms"),
        (Figure("", 7, "rows"), "7 rows"),
    ],
)
def test_a_figure_is_shown_with_what_counts(figure: Figure, shown: str) -> None:
    assert str(figure) == shown
