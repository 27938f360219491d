"""`be-tui decide --import`: a custom lens told, written as trees, never over others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from be_tui.cli import run
from be_tui.core.sessions import open_store

REVIEW = Path(__file__).parents[1] / "core" / "lenses" / "service-review.json"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shop"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_without_out_it_tells_and_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["decide", "--import", str(REVIEW)]) == 1
    text = capsys.readouterr().out
    assert "Service review: 15 questions in 4 pillars" in text
    assert "8 overlaps" in text
    assert "“None of these”" in text
    assert "nothing was written" in text
    assert not (project / ".be-tui").exists()


def test_with_out_its_trees_are_written_and_walked(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["decide", "--import", str(REVIEW), "--out", ".be-tui/trees"]) == 0
    assert "wrote 15 trees" in capsys.readouterr().out
    assert len(list((project / ".be-tui" / "trees").iterdir())) == 15
    with open_store(project) as store:
        assert store.last_export()
    walked = ["decide", "service-review-runbooks", "--json"]
    assert run([*walked, "--answer", "practices=runbooks-1,runbooks-2"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"]["id"] == "medium-risk"
    assert run(["decide", "--import", str(REVIEW), "--out", ".be-tui/trees"]) == 0
    assert "wrote 0 trees" in capsys.readouterr().out


def test_a_tree_that_stands_is_never_written_over(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = project / ".be-tui" / "trees" / "service-review-cost.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("ours\n", encoding="utf-8")
    assert run(["decide", "--import", str(REVIEW), "--out", ".be-tui/trees"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "it stands already, with other words" in error
    assert [each.name for each in own.parent.iterdir()] == [own.name]


@pytest.mark.usefixtures("project")
def test_as_json_it_tells_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["decide", "--import", str(REVIEW), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert len(told["overlaps"]) == 8
    assert len(told["trees"]) == 15
    assert told["overlaps"][0]["risks"] == ["NO_RISK", "HIGH_RISK"]
    assert told["written"] is False


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--import", "none.json"), "none.json: cannot be read"),
        (("--import", str(REVIEW), "--auto"), "--auto does not go with --import"),
        (("optimize", "--import", str(REVIEW)), "--import takes no tree"),
        (("--out", "x"), "--out goes with --import"),
    ],
)
def test_a_wrong_call_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    assert run(["decide", *arguments]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1


def test_one_tree_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    choices = [{"id": "a", "title": "A"}, {"id": "b_no", "title": "None of these"}]
    rules = [{"condition": "a", "risk": "NO_RISK"}, {"condition": "default", "risk": "HIGH_RISK"}]
    question = {
        "id": "q",
        "title": "Q?",
        "description": "d",
        "choices": choices,
        "riskRules": rules,
    }
    pillar = {"id": "p", "name": "P", "questions": [question]}
    lens = {"schemaVersion": "2021-11-01", "name": "L", "description": "d", "pillars": [pillar]}
    Path("lens.json").write_text(json.dumps(lens))
    run(["decide", "--import", "lens.json", "--out", "trees"])
    assert "wrote 1 tree into" in capsys.readouterr().out
