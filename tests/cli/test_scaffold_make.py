"""`be-tui scaffold make`: a service in a folder, brought up to date, and taken back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from be_tui.cli import run
from tests.core.scaffold.stack_at_hand import plain_stack

__all__ = ["plain_stack"]

pytestmark = pytest.mark.usefixtures("plain_stack")

SPEC = """\
service: small-shop
resources:
  article:
    fields:
      name: {type: text, max: 80}
    allow: {read: anyone, write: anyone}
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    file = tmp_path / "shop.yaml"
    file.write_text(SPEC)
    return file


def make(spec: Path, *more: str) -> int:
    return run(["scaffold", "make", str(spec), str(spec.parent / "shop"), *more])


def test_a_service_is_written(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make(spec, "--stack", "plain") == 0
    assert "wrote 4 files of Plain into" in capsys.readouterr().out
    assert (spec.parent / "shop/small_shop/articles.txt").read_text() == "article: name\n"


def test_nothing_is_written_by_a_dry_run(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make(spec, "--stack", "plain", "--dry-run") == 0
    assert "would write 4 files" in capsys.readouterr().out
    assert not (spec.parent / "shop").exists()


def test_a_document_names_each_file_with_its_digest(
    spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(spec, "--stack", "plain", "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)["scaffold"]
    assert told["stack"] == "plain"
    assert {len(each["sha256"]) for each in told["files"]} == {64}
    assert {each["written"] for each in told["files"]} == {False}


def test_what_would_change_is_shown_line_by_line(
    spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(spec, "--stack", "plain")
    spec.write_text(SPEC.replace("max: 80}", "max: 80}\n      size: {type: integer, default: 1}"))
    capsys.readouterr()
    assert make(spec, "--diff") == 0
    told = capsys.readouterr().out
    assert "small_shop/articles.txt" in told
    assert "+article: name" not in told
    assert "+ size" in told or "+size" in told
    assert (spec.parent / "shop/small_shop/articles.txt").read_text() == "article: name\n"


def test_what_a_person_wrote_is_left_until_they_say_so(
    spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = spec.parent / "shop/small_shop/articles.txt"
    other.parent.mkdir(parents=True)
    other.write_text("mine\n")
    assert make(spec, "--stack", "plain") == 1
    assert "not be-tui's, left as it is" in capsys.readouterr().out
    assert other.read_text() == "mine\n"
    assert make(spec, "--replace", "small_shop/articles.txt") == 0
    assert other.read_text() == "article: name\n"


def test_only_files_that_would_be_left_are_replaced_by_name(
    spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(spec, "--stack", "plain", "--replace", "README.md") == 2
    assert "these would be left: none" in capsys.readouterr().err


def test_what_was_written_is_taken_back(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(spec, "--stack", "plain")
    assert run(["scaffold", "undo", str(spec.parent / "shop")]) == 0
    assert "took back 5 files" in capsys.readouterr().out
    assert not list((spec.parent / "shop").rglob("*.txt"))
    assert run(["scaffold", "undo", str(spec.parent / "shop")]) == 2


def test_a_folder_without_a_name_is_not_the_current_one(
    spec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run(["scaffold", "make", str(spec), "", "--stack", "plain"]) == 2
    assert "no folder is named; say `.`" in capsys.readouterr().err
    assert not list((tmp_path / "here").iterdir())


def test_a_folder_whose_name_is_no_text_is_written_and_taken_back(spec: Path) -> None:
    folder = os.fsdecode(os.fsencode(spec.parent) + b"/shop\xff")
    assert run(["scaffold", "make", str(spec), folder, "--stack", "plain", "--json"]) == 0
    assert run(["scaffold", "undo", folder]) == 0
    assert not Path(folder).exists()


def test_stacks_are_listed_with_their_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scaffold", "stacks"]) == 0
    told = capsys.readouterr().out
    assert "plain      Text files" in told
    assert "--with cache      Remembers answers" in told
    assert run(["scaffold", "stacks", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stacks"][0]["options"] == {
        "cache": "Remembers answers"
    }


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "no stack is named"),
        (("--stack", "cobol"), "there is no such stack"),
        (("--stack", "plain", "--with", "jobs"), "plain has no option jobs"),
        (("--stack", "plain", "--drop", "articles.name"), "the schema before has no"),
    ],
)
def test_a_wish_that_cannot_be_is_told_in_a_line(
    spec: Path, more: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(spec, *more) == 2
    assert told in capsys.readouterr().err
    assert not (spec.parent / "shop").exists()
