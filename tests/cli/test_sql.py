"""`be-tui sql plan`: a plan read from a file or standard input, in words, JSON and for CI."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run
from tests.core.plans.judged import CASES
from tests.core.plans.making import REAL

if TYPE_CHECKING:
    from pathlib import Path

PLAN = str(REAL / "postgresql-18" / "filter.txt")
OTHER = str(REAL / "postgresql-16" / "filter.json")


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_a_plan_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sql", "plan", PLAN]) == 0
    text = capsys.readouterr().out
    assert text.startswith("PostgreSQL plan\n")
    assert "Seq Scan on posts throws away 59,999 of 60,000 rows" in " ".join(text.split())
    assert "database-patterns#rows-removed" in text


def test_it_comes_by_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"QUERY PLAN\n`--SCAN posts\n"))
    assert run(["sql", "plan", "-"]) == 0
    assert "posts is read from end to end" in capsys.readouterr().out


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sql", "plan", PLAN, "--json", "--against", OTHER]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"version", "plan", "findings", "comparison"}
    assert told["version"] == 1
    (node,) = told["plan"]["nodes"]
    assert (node["operation"], node["relation"], node["line"]) == ("Seq Scan", "posts", 1)
    (finding,) = told["findings"]
    assert (finding["rule"], finding["path"], finding["line"]) == ("plan-rows-removed", PLAN, 1)
    assert told["comparison"]["same"] is True


@pytest.mark.parametrize(
    ("form", "part"),
    [("--sarif", '"plan-rows-removed"'), ("--markdown", "**warning**"), ("--github", "::warning ")],
)
def test_findings_go_where_others_read_them(
    form: str, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["sql", "plan", PLAN, form]) == 0
    assert part in capsys.readouterr().out


@pytest.mark.parametrize("form", [[], ["--json"], ["--sarif"]])
def test_the_exit_code_follows_the_severity_asked_for(
    form: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["sql", "plan", PLAN, "--fail-on", "warning", *form]) == 1
    assert capsys.readouterr().err == ""


def test_two_plans_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sql", "plan", PLAN, "--against", OTHER]) == 0
    assert "Before and after" in capsys.readouterr().out


def test_a_plan_that_is_cut_off_gives_its_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(CASES["plan-cut"].found, encoding="utf-8")
    assert run(["sql", "plan", str(path), "--github"]) == 0
    told = capsys.readouterr().out
    assert f"file={path},line=2,title=plan-cut" in told.replace("%3A", ":")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sql"], "required: COMMAND"),
        (["sql", "plam"], "invalid choice"),
        (["sql", "plan"], "required: FILE"),
        (["sql", "plan", "none.txt"], "none.txt: cannot be read: No such file"),
        (["sql", "plan", "-", "--against", "-"], "standard input is the plan already"),
        (["sql", "plan", __file__], "this is no plan that be-tui can read"),
        (["sql", "plan", PLAN, "--against", __file__], "this is no plan"),
    ],
)
def test_a_wrong_call_is_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
