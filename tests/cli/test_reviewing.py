"""`be-tui refs review` measures, takes answers, keeps them, and reports what is missing first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run
from be_tui.core.files import undo
from be_tui.core.files.model import Export
from be_tui.core.roots import project_root
from be_tui.core.sessions import open_store
from tests.core.knowledge.making import CHECKED_FILES, INT_KEY, write_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project whose reference asks for what two real probes measure."""
    root = write_project(tmp_path / "shop", CHECKED_FILES)
    (root / "schema.sql").write_text(INT_KEY)
    (root / "pyproject.toml").write_text("[project]\nname = 'shop'\n")
    monkeypatch.chdir(root)
    return root


def states(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    """Review, and give how each item stands."""
    capsys.readouterr()
    run(["refs", "review", "brewing", "--json", *options])
    found: dict[str, str] = {
        each["address"].removeprefix("brewing#"): each["state"]
        for each in json.loads(capsys.readouterr().out)["items"]
    }
    return found


@pytest.mark.usefixtures("project")
def test_probes_answer_and_what_they_cannot_tell_is_open(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert states(capsys) == {"boil-water": "missing"}
    assert states(capsys, "--level", "may") == {
        "loose-leaves": "missing",
        "boil-water": "missing",
        "bags": "open",
    }


@pytest.mark.usefixtures("project")
def test_answers_and_the_level_are_kept_for_the_next_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = ["--answer", "boil-water=na", "--note", "boil-water=we drink milk"]
    assert run(["refs", "review", "brewing", "--level", "MAY", *said]) == 1
    assert states(capsys)["boil-water"] == "na"
    assert run(["refs", "review", "brewing"]) == 1
    assert "it does not apply here: we drink milk" in capsys.readouterr().out
    assert states(capsys, "--answer", "brewing#boil-water=YES")["boil-water"] == "holds"
    assert states(capsys, "--answer", "boil-water=forget")["boil-water"] == "missing"
    assert states(capsys, "--note", "bags=ask Ann")["bags"] == "open"


@pytest.mark.usefixtures("project")
def test_the_exit_code_tells_whether_anything_is_missing() -> None:
    assert run(["refs", "review", "brewing"]) == 1
    assert run(["refs", "review", "brewing", "--answer", "boil-water=yes"]) == 0


def test_a_report_is_written_over_the_one_before_and_can_be_undone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["refs", "review", "brewing", "--markdown", "--out", "docs/tea.md"]
    assert run(call) == 1
    report = project / "docs" / "tea.md"
    before = report.read_text()
    assert before.startswith("# Brewing: shop\n")
    assert "wrote" in capsys.readouterr().out
    assert run(call) == 1
    assert capsys.readouterr().out == ""
    assert run([*call, "--answer", "boil-water=yes"]) == 0
    assert "## Holds (1)" in report.read_text()
    with open_store(project) as store:
        undo(Export.from_json(store.last_export()))
    assert report.read_text() == before


@pytest.mark.usefixtures("project")
def test_markdown_is_printed_where_no_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    run(["refs", "review", "brewing", "--markdown"])
    assert "- [ ] **MUST** Boil the water first (`brewing#boil-water`)" in capsys.readouterr().out


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["tea"], "no reference 'tea'"),
        (["guide"], "'guide' is not made of items"),
        (["brewing", "--level", "b"], "--level b; brewing has must, should, may"),
        (["brewing", "--answer", "bags"], "--answer bags; write ITEM="),
        (["brewing", "--answer", "bag=yes"], "no item 'bag'; did you mean 'bags'?"),
        (["brewing", "--note", "zzzz=yes"], "no item 'zzzz'; `be-tui refs show` lists"),
        (["brewing", "--answer", "bags=perhaps"], "say yes, no, na, later or forget"),
        (["brewing", "--out", "x.md"], "--out without --markdown"),
        (["brewing", "--json", "--markdown"], "not allowed with argument"),
        (["brewing", "--markdown", "--out", ".be-tui"], ".be-tui"),
    ],
)
def test_a_wrong_call_is_one_clear_line(
    options: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["refs", "review", *options]) == 2
    err = capsys.readouterr().err
    assert line in err
    assert err.count("\n") == 1


def test_a_project_elsewhere_is_reviewed_by_its_own_pack(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert project_root(None) != str(project)
    assert run(["refs", "review", "brewing", "--project", str(project)]) == 1
