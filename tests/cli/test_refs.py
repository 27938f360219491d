"""`be-tui refs` searches and shows, as text and as JSON, and refuses a wrong call in one line."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import refs, run
from be_tui.cli.here import columns, wants_colour
from tests.core.knowledge.making import FILES, ITEM_FILES, write_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_project(tmp_path)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let standard output and error look like a terminal of 60 columns."""
    capsys.readouterr()
    stream = type(sys.stdout)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(stream, "isatty", lambda _: True)
    monkeypatch.setattr(stream, "fileno", lambda _: 1)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((60, 20)))


@pytest.mark.usefixtures("project")
def test_a_search_gives_address_title_trail_and_the_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["refs", "three", "minutes", "steeping", "--limit", "1"]) == 0
    assert capsys.readouterr().out == (
        "drinks#steeping  Steeping\n  Drinks › Tea\n  Three minutes at 80 degrees.\n"
    )


@pytest.mark.usefixtures("project")
def test_a_search_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "steeping", "--json", "--limit", "1"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "query": "steeping",
        "hits": [
            {
                "address": "drinks#steeping",
                "kind": "reference",
                "title": "Steeping",
                "trail": "Drinks › Tea",
                "snippet": "Three minutes at 80 degrees.",
            }
        ],
    }


@pytest.mark.usefixtures("project", "terminal")
def test_on_a_terminal_the_words_found_stand_out_and_lines_fit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["refs", "caching", "cache", "--limit", "3"]) == 0
    out = capsys.readouterr().out
    assert "\x1b[1m" in out
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        out = out.replace(code, "")
    assert "\x1b" not in out
    texts = [line for line in out.splitlines() if line.startswith("  ") and "›" not in line]
    assert texts
    assert all(len(line) <= 60 for line in texts)


@pytest.fixture
def items(project: Path) -> Path:
    """Give a project with a reference of items."""
    return write_project(project, ITEM_FILES)


@pytest.mark.usefixtures("items")
def test_a_search_can_be_narrowed_to_items(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "brew", "--level", "should", "--applies", "green", "--checkable"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("brewing#loose-leaves  Brew loose leaves, not bags\n")
    assert "brewing#bags" not in out


@pytest.mark.usefixtures("items")
def test_facets_alone_list_every_item_that_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "--level", "must", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert "brewing#boil-water" in [hit["address"] for hit in hits]
    assert "brewing#bags" not in [hit["address"] for hit in hits]


@pytest.mark.usefixtures("items")
def test_a_level_that_is_none_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "--level", "shall"]) == 2
    assert "invalid choice: 'shall'" in capsys.readouterr().err


@pytest.mark.usefixtures("items")
def test_the_contents_of_a_reference_of_items_can_be_narrowed_down(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["refs", "show", "brewing", "--level", "must"]) == 0
    out = capsys.readouterr().out
    assert "• MUST    Boil the water first (brewing#boil-water)" in out
    assert "Brew bags" not in out


@pytest.mark.usefixtures("items")
def test_json_has_the_items_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    def shown(address: str) -> dict[str, object]:
        assert run(["refs", "show", address, "--json"]) == 0
        document: dict[str, object] = json.loads(capsys.readouterr().out)
        return document

    item = shown("brewing#boil-water")["item"]
    assert isinstance(item, dict)
    assert (item["level"], item["why"], item["checked"]) == ("must", "Germs.", "2026-03-01")
    chapter, contents = shown("brewing#leaves")["items"], shown("brewing")["items"]
    assert isinstance(chapter, list)
    assert isinstance(contents, list)
    assert [each["id"] for each in chapter] == ["loose-leaves", "bags"]
    assert [each["level"] for each in contents] == ["should", "may", "must"]
    assert "item" not in shown("drinks#tea")
    assert "item" not in shown("rule:stale-water")


@pytest.mark.usefixtures("items", "terminal")
def test_an_item_on_a_terminal_has_its_code_in_colours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["refs", "show", "brewing#loose-leaves"]) == 0
    out = capsys.readouterr().out
    assert "\x1b[31mWrong\x1b[0m" in out
    assert "\x1b[34mSELECT\x1b[0m" in out


@pytest.mark.usefixtures("project", "terminal")
@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_where_it_is_not_wanted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert run(["refs", "caching"]) == 0
    assert run(["refs", "show", "drinks"]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_no_limit_is_too_large(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "steeping", "--limit", "9" * 30]) == 0
    assert "drinks#steeping" in capsys.readouterr().out


@pytest.mark.usefixtures("project", "terminal")
def test_nothing_found_is_said_to_the_person_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "xyzzyplugh"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "nothing found for 'xyzzyplugh'" in err


@pytest.mark.usefixtures("project")
def test_nothing_found_is_nothing_printed_into_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "xyzzyplugh"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("project")
def test_without_a_query_everything_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs"]) == 0
    out = capsys.readouterr().out
    for heading in ("Trees", "Checklists", "References", "Rules"):
        assert f"{heading}\n" in out
    assert "tree:tea" in out
    assert "Tea or coffee" in out
    assert run(["refs", "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)["entries"]
    assert next(entry for entry in entries if entry["id"] == "drinks") == {
        "address": "drinks",
        "kind": "reference",
        "id": "drinks",
        "title": "Drinks",
        "summary": "What to drink, and when.",
        "group": "",
        "path": os.path.abspath(".be-tui/references/drinks.md"),  # noqa: PTH100
        "pack": "project",
    }


@pytest.mark.usefixtures("terminal")
def test_a_list_says_that_a_pack_has_faults(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(project, FILES | {"trees/tea.yaml": "a: b: c"})
    assert run(["refs"]) == 0
    out, err = capsys.readouterr()
    assert "tree:tea" not in out
    assert "be-tui knowledge check" in err


@pytest.mark.usefixtures("project")
def test_a_passage_is_shown_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "show", "drinks#steeping"]) == 0
    assert capsys.readouterr().out.startswith("Steeping\n")
    assert run(["refs", "show", "tree:tea", "--width", "40"]) == 0
    out = capsys.readouterr().out
    assert "What should the team drink?" in out
    assert max(map(len, out.splitlines())) <= 40


@pytest.mark.usefixtures("project")
def test_a_passage_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "show", "drinks#steeping", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["version"], shown["address"]) == (1, "drinks#steeping")
    assert "Three minutes at 80 degrees." in shown["text"]


def test_another_projects_pack_is_read_where_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(tmp_path)
    assert run(["refs", "show", "drinks", "--project", str(tmp_path)]) == 0
    assert "All drinks" in capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_the_word_show_can_be_searched_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "--json", "--", "show"]) == 0
    assert json.loads(capsys.readouterr().out)["query"] == "show"


@pytest.mark.usefixtures("project")
def test_a_query_that_is_no_text_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refs", "--json", "\udcff"]) == 0
    assert json.loads(capsys.readouterr().out)["query"] == "?"


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--limit", "0", "x"], "--limit 0; give a number from 1 up"),
        (["--limit", "many", "x"], "argument --limit: invalid int value: 'many'"),
        (["--project", "nowhere", "x"], "nowhere: no such folder"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
        (["show"], "the following arguments are required: ID"),
        (["show", "drink"], "no reference 'drink'; did you mean 'drinks'?"),
        (["show", "drinks#te"], "no section 'te' in 'drinks'; did you mean 'drinks#tea'?"),
        (["show", "drinks", "--width", "3"], "--width 3; give a number from 20 to 1000"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    assert run(["refs", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"be-tui: {line}")
    assert err.count("\n") == 1


def test_help_names_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        refs.run(["--help"])
    assert "be-tui refs show guide#caching" in capsys.readouterr().out


def test_without_a_terminal_lines_have_80_columns_and_no_colour() -> None:
    assert columns() == 80
    assert not wants_colour()
