"""`be-tui decide`: the list, the walk by flags, by measures and line by line."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from be_tui.cli import run
from be_tui.core.decisions import start, walk_from_json
from be_tui.core.knowledge import open_library
from be_tui.core.project import Profile
from be_tui.core.sessions import open_store, store_path
from tests.conftest import need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TREE = """\
tree: speed
version: {version}
title: When to tune
question: Should we tune this?
summary: Whether to tune, and what first.
first: felt
sources:
  gregg: {{title: Systems Performance, by: Brendan Gregg}}
questions:
  felt:
    ask: Does anyone feel it?
    why: What nobody feels needs no work.
    sources: [gregg]
    options:
      no: {{label: "No", to: leave}}
      yes: {{label: "Yes", note: users said so, to: {next}}}
    unknown: {{assume: no, price: a slow page stays slow, find_out: ask support}}
  {next}:
    ask: Are there tests?
    why: A faster wrong answer helps nobody.
    sources: [gregg]
    evidence:
      - probe: tests
        readings:
          - {{when: {{tests.functions: {{below: 1}}}}, answer: none, says: no test was found}}
          - {{when: {{tests.functions: {{at_least: 1}}}}, answer: some, says: there are tests}}
    options:
      some: {{label: "There are", to: tune}}
      none: {{label: "There are none", to: pin}}
    routes:
      - {{when: {{profile.teams: {{above: 5}}}}, to: leave, label: too many teams}}
    unknown: {{assume: none, price: needless tests, find_out: run them}}
outcomes:
  leave: {{title: Leave it, advice: Leave it., steps: [wait], door: two-way, price: an hour,
           again: next year, sources: [gregg]}}
  tune: {{title: Tune it, advice: Tune it., steps: [profile], door: two-way, price: a day,
          again: next year, sources: [gregg]}}
  pin: {{title: Pin it first, advice: Test it., steps: [test], door: two-way, price: a day,
         again: next year, sources: [gregg]}}
"""


class Shell:
    """Runs commands in a project, as a person would."""

    def __init__(
        self, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.root = root
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.error = ""

    def __call__(self, *arguments: str, said: str = "", code: int = 0) -> str:
        """Give what `be-tui decide` prints; its errors are in `error`."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(said))
        assert run(["decide", *arguments]) == code, self._capsys.readouterr()
        out, self.error = self._capsys.readouterr()
        return out

    def json(self, *arguments: str) -> dict[str, Any]:
        """Give the JSON document that `be-tui decide … --json` prints."""
        loaded = json.loads(self(*arguments, "--json"))
        assert loaded.pop("version") == 1
        assert isinstance(loaded, dict)
        return loaded

    def tree(self, version: int = 1, following: str = "tests") -> None:
        """Give the project a tree of its own."""
        folder = self.root / ".be-tui" / "trees"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "speed.yaml").write_text(TREE.format(version=version, next=following))


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    root = tmp_path / "shop"
    (root / "tests").mkdir(parents=True)
    (root / "tests" / "test_a.py").write_text("def test_a() -> None:\n    assert True\n")
    (root / "app.py").write_text("print()\n")
    monkeypatch.chdir(root)
    made = Shell(root, capsys, monkeypatch)
    made.tree()
    return made


def test_without_a_tree_the_trees_are_listed(shell: Shell) -> None:
    listed = [line.split(maxsplit=1) for line in shell().splitlines()]
    assert ["speed", "When to tune"] in listed
    assert ["optimize", "When to optimise"] in listed
    assert [tree["id"] for tree in shell.json()["trees"]] == [tree for tree, _ in listed]
    assert shell("--project", str(shell.root)) == shell()


def test_on_a_terminal_the_trees_stand_under_headings(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    lines = shell().splitlines()
    assert lines[0] == "API"
    assert lines[lines.index("Data") - 1] == ""
    assert [each.split(maxsplit=1) for each in lines][-2:] == [
        ["Others"],
        ["speed", "When to tune"],
    ]
    assert {tree["group"] for tree in shell.json()["trees"]} > {"API", "Data", ""}


def test_listing_and_drawing_leaves_nothing_behind(shell: Shell, own_folders: Path) -> None:
    shell()
    shell("speed", "--map")
    assert not (own_folders / "xdg_state_home").exists()


def test_listing_the_trees_loads_no_engine_no_yaml_and_no_parser_of_arguments(
    shell: Shell,
) -> None:
    shell()  # makes the index
    listing = (
        "import sys; from be_tui.cli import run; run(['decide']);"
        "heavy = {'yaml', 'markdown_it', 'argparse', 'json', 'dataclasses', 'textual',"
        " 'platformdirs', 'be_tui.core.decisions', 'be_tui.core.document', 'be_tui.core.sessions'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", listing], cwd=shell.root, check=True)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["sped"], "no tree 'sped'; did you mean 'speed'?"),
        (["speed", "--answer", "flet=no"], "speed has no question 'flet'; did you mean felt?"),
        (["speed", "--answer", "felt=yess"], "felt has no answer 'yess'; did you mean yes?"),
        (["speed", "--answer", "felt"], "--answer 'felt'; write it as QUESTION=ANSWER"),
        (["speed", "--answer", ""], "--answer ''; write it as QUESTION=ANSWER"),
        (["speed", "--answer", "=yes"], "--answer '=yes'; write it as QUESTION=ANSWER"),
        (["speed", "--answer", "felt="], "--answer 'felt='; write it as QUESTION=ANSWER"),
        (["--auto"], "--auto needs a tree; see `be-tui decide --help`"),
        (["--map"], "--map needs a tree; see `be-tui decide --help`"),
        (["speed", "--map", "--json"], "--json does not go with --map"),
        (["speed", "--map", "--record", "x"], "--record does not go with --map"),
        (["speed", "--plain", "--auto"], "--auto does not go with --plain, which asks"),
        (["speed", "--map", "picture"], "argument --map: invalid choice: 'picture'"),
        (["speed", "--resume", "--fresh"], "not allowed with argument --resume"),
        (["speed", "--project", "gone"], "gone: no such folder; name the service's folder"),
        (["speed", "--record", "adr"], "speed has come to no outcome yet"),
        (["speed", "--auto", "--record", "app.py"], "app.py: not a directory"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(
    shell: Shell, arguments: list[str], error: str
) -> None:
    shell(*arguments, code=2)
    assert shell.error.startswith("be-tui: ")
    assert shell.error.count("\n") == 1
    assert error in shell.error


def test_what_is_not_all_answered_prints_the_next_question_and_how_to_go_on(shell: Shell) -> None:
    page = shell("speed", "--answer", "felt=yes")
    assert "question 2 of 2: tests" in page
    assert "Are there tests?" in page
    assert "• some  There are  ◂ measured: there are tests" in page
    assert "• ?  I don't know" in page
    assert "`be-tui decide speed --answer felt=yes --answer tests=…`" in page


def test_answers_that_do_not_apply_are_told(shell: Shell) -> None:
    page = shell("speed", "--answer", "tests=some")
    assert "1 answer waits for its turn" in page


def test_answers_in_a_call_lead_to_the_outcome(shell: Shell) -> None:
    page = shell("speed", "--answer", "felt=yes", "--answer", "tests=none")
    assert "Pin it first" in page
    assert "What would change this" in page
    assert "“There are” → Tune it" in page


def test_the_json_document_asks_the_next_question(shell: Shell) -> None:
    told = shell.json("speed")
    assert told["outcome"] is None
    assert told["question"]["id"] == "felt"
    assert [option["id"] for option in told["question"]["options"]] == ["no", "yes"]
    told = shell.json("speed", "--answer", "felt=yes", "--answer", "tests=?")
    assert told["question"] is None
    assert told["outcome"]["id"] == "pin"
    assert told["assumed"] == [
        {"question": "tests", "option": "none", "price": "needless tests", "find_out": "run them"}
    ]


def test_auto_measures_answers_and_says_what_it_rests_on(shell: Shell) -> None:
    told = shell.json("speed", "--auto", "--answer", "felt=yes")
    assert [(step["question"], step["option"], step["origin"]) for step in told["path"]] == [
        ("felt", "yes", "stated"),
        ("tests", "some", "measured"),
    ]
    assert told["outcome"]["id"] == "tune"
    assert {each["probe"] for each in told["evidence"]} == {"tests", "profile"}
    page = shell("speed", "--auto")
    assert "Not known; assumed: No" in page
    assert "It rests on assumptions" in page
    page = shell("speed", "--auto", "--answer", "felt=yes")
    assert "There are  (measured: there are tests)" in page
    assert "tests/test_a.py" in page


def test_an_answer_given_overrides_what_is_measured(shell: Shell) -> None:
    told = shell.json("speed", "--auto", "--answer", "felt=yes", "--answer", "tests=none")
    assert told["outcome"]["id"] == "pin"
    assert told["path"][1]["supports"][0]["option"] == "some"


def test_the_profile_that_was_stated_counts(shell: Shell) -> None:
    with open_store(shell.root) as store:
        store.save_profile(Profile(teams=9))
    told = shell.json("speed", "--auto", "--answer", "felt=yes")
    assert told["outcome"]["id"] == "leave"
    assert told["path"][1]["route"] == "too many teams"


def test_a_call_leaves_the_saved_walk_alone_unless_it_resumes(shell: Shell) -> None:
    shell("speed", "--answer", "felt=yes")
    assert not store_path(shell.root).exists()
    assert shell.json("speed", "--resume", "--answer", "felt=yes")["question"]["id"] == "tests"
    assert shell.json("speed")["question"]["id"] == "felt"
    assert shell.json("speed", "--resume")["question"]["id"] == "tests"
    assert shell.json("speed", "--resume", "--auto")["outcome"]["id"] == "tune"


def test_in_a_folder_of_the_project_the_same_walk_goes_on(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("speed", "--resume", "--answer", "felt=yes")
    monkeypatch.chdir(shell.root / "tests")
    assert shell.json("speed", "--resume")["question"]["id"] == "tests"


def test_answers_that_a_changed_tree_lost_are_told(shell: Shell) -> None:
    shell("speed", "--resume", "--answer", "felt=yes", "--answer", "tests=none")
    shell.tree(version=2, following="pinned")
    assert shell.json("speed", "--resume")["question"]["id"] == "pinned"
    assert "these answers do not fit it any more: tests=none" in shell.error


def test_a_store_that_is_held_by_another_costs_no_answer_of_a_call(shell: Shell) -> None:
    open_store(shell.root).close()
    other = sqlite3.connect(store_path(shell.root), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = shell("speed", "--resume", "--answer", "felt=no")
    other.close()
    assert "Leave it" in page
    assert "another be-tui is writing to it" in shell.error


def test_the_map_is_drawn_as_asked_with_the_path_of_the_answers(shell: Shell) -> None:
    assert "○ 2  Are there tests?" in shell("speed", "--map")
    assert "└▸ ✓ Yes → 2" in shell("speed", "--map", "text", "--answer", "felt=yes")
    assert shell("speed", "--map", "mermaid").startswith("flowchart TD")
    assert "==>" in shell("speed", "--map", "mermaid", "--auto")
    assert shell("speed", "--map", "dot").startswith('digraph "speed" {')


def test_graphviz_reads_the_drawing_of_each_bundled_tree(shell: Shell) -> None:
    dot = need("dot")
    for tree in ("optimize", "refactor"):
        drawing = shell(tree, "--map", "dot")
        subprocess.run([dot, "-Tplain"], input=drawing.encode(), check=True, capture_output=True)


def test_a_record_is_written_shown_and_never_over_another(shell: Shell) -> None:
    flags = ("speed", "--answer", "felt=no", "--record", "docs/decisions")
    page = shell(*flags)
    first = shell.root / "docs" / "decisions" / "0001-when-to-tune-leave-it.md"
    assert "writing docs/decisions/0001-when-to-tune-leave-it.md: new, " in page
    assert f"wrote {first}\n" in page
    before = first.read_text()
    assert shell.json(*flags)["record"].endswith("0002-when-to-tune-leave-it.md")
    assert first.read_text() == before
    with open_store(shell.root) as store:
        export = store.last_export()
    assert isinstance(export, dict)
    assert export["root"] == str(shell.root)


def test_a_record_can_stand_outside_of_the_project(shell: Shell, tmp_path: Path) -> None:
    shell("speed", "--answer", "felt=no", "--record", str(tmp_path / "adr"))
    assert (tmp_path / "adr" / "0001-when-to-tune-leave-it.md").exists()


def test_a_record_through_a_link_out_of_the_project_is_refused(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    (shell.root / "adr").symlink_to(tmp_path / "outside")
    shell("speed", "--answer", "felt=no", "--record", "adr", code=2)
    assert "0001-when-to-tune-leave-it.md" in shell.error
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_record_of_a_bundled_tree_can_be_walked_again_from_its_block(shell: Shell) -> None:
    shell("refactor", "--auto", "--record", "adr")
    (written,) = (shell.root / "adr").iterdir()
    block = json.loads(written.read_text().split("```json be-tui decision\n")[1].split("```")[0])
    answers = [
        {key: each[key] for key in ("question", "option", "origin")} for each in block["answers"]
    ]
    with open_library() as library:
        tree = library.tree("refactor")
    value = {"tree": "refactor", "version": 1, "at": "", "answers": answers, "evidence": []}
    again = walk_from_json(tree, value).walk
    assert again.outcome is not None
    assert again.outcome.id == block["outcome"]


def test_line_by_line_the_answers_are_numbered_and_the_outcome_comes_at_the_end(
    shell: Shell,
) -> None:
    page = shell("speed", "--plain", said="2\n1\n")
    assert "When to tune: Should we tune this?" in page
    assert "1. No\n2. Yes\n   users said so\n" in page
    assert "1. There are  ◂ measured: there are tests" in page
    assert page.index("Answered: Yes") < page.index("Are there tests?")
    assert page.index("Are there tests?") < page.index("Tune it")
    assert "\x1b" not in page
    assert not set(page) & set("─│├└┌")


def test_line_by_line_each_key_does_what_its_line_says(shell: Shell) -> None:
    page = shell("speed", "--plain", said="yes\n?\ne\nm\nb\n\nU\nb\n0\nq\n")
    assert "A faster wrong answer helps nobody." in page
    assert "Supports “There are”" in page
    assert "Question 2: Are there tests? You are here." in page
    assert "2. Yes  ◂ your answer" in page
    assert "[1 to 2, 0 I don't know, b back, ? why, e evidence, l leads, m map, q quit]" in page
    assert "Enter keeps your answer]" in page
    assert page.count("Answered: I do not know") == 2
    assert page.count("Pin it first") >= 2
    assert "Saved. To go on: be-tui decide speed --plain" in page


def test_line_by_line_what_is_no_answer_is_asked_again(shell: Shell) -> None:
    page = shell("speed", "--plain", said="b\n9\nmaybe\n\n-1\n1\n5\nb\nq\n")
    assert "This is the first question." in page
    assert "9 is none of the answers." in page
    assert "maybe is none of the answers." in page
    assert "Nothing is none of the answers." in page
    assert "-1 is none of the answers." in page
    assert "There is nothing more to answer." in page


def test_line_by_line_enter_at_the_outcome_ends(shell: Shell) -> None:
    page = shell("speed", "--plain", said="1\n\nq\n")
    assert page.endswith("Saved. To go on: be-tui decide speed --plain\n\n")


def test_input_that_ends_before_the_outcome_is_saved_and_ends_with_2(shell: Shell) -> None:
    shell("speed", "--plain", said="2\n", code=2)
    assert shell.error == "be-tui: the input ended before the outcome; tests was asked\n"
    page = shell("speed", "--plain", said="none\n")
    assert "You answered 1 question before; --fresh begins anew." in page
    assert "Pin it first" in page
    assert "You answered" not in shell("speed", "--plain", "--fresh", said="q")


def test_line_by_line_a_changed_answer_keeps_the_later_ones(shell: Shell) -> None:
    page = shell("speed", "--plain", said="2\n2\nb\nb\n1\nb\n2\nq\n")
    assert "Pin it first" in page[page.rindex("Answered: Yes") :]
    assert "1 answer no longer applies" in page


def test_line_by_line_answers_can_be_given_before_and_a_record_written_after(
    shell: Shell,
) -> None:
    page = shell("speed", "--plain", "--answer", "felt=yes", "--record", "adr", said="1\n")
    assert "Does anyone feel it?" not in page.split("What would change this")[0]
    assert "wrote " in page
    assert [path.name for path in (shell.root / "adr").iterdir()] == [
        "0001-when-to-tune-tune-it.md"
    ]


def test_line_by_line_a_changed_tree_tells_what_it_lost(shell: Shell) -> None:
    shell("speed", "--plain", said="2\n2\n")
    shell.tree(version=2, following="pinned")
    page = shell("speed", "--plain", said="q\n")
    assert "You answered 1 question before" in page
    assert "The tree has changed since (version 1, now 2)" in page
    assert "tests=none" in page


def test_line_by_line_a_store_held_by_another_is_told_once_with_the_way_to_redo_it(
    shell: Shell,
) -> None:
    open_store(shell.root).close()
    other = sqlite3.connect(store_path(shell.root), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = shell("speed", "--plain", said="2\n1\nq\n")
    other.close()
    assert "Tune it" in page
    assert "Saved." not in page
    lines = shell.error.splitlines()
    assert len(lines) == 3
    assert "another be-tui is writing to it; what you do is kept until be-tui closes" in lines[0]
    assert "could not be saved" in lines[1]
    assert (
        lines[2]
        == "be-tui: the same again: be-tui decide speed --answer felt=yes --answer tests=some"
    )


def test_line_by_line_a_damaged_store_is_told_before_anything_is_asked(shell: Shell) -> None:
    path = store_path(shell.root)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database" * 1000)
    shell("speed", "--plain", said="1\nq\n")
    assert "it was damaged" in shell.error
    assert "You answered 1 question before" in shell("speed", "--plain", said="q\n")


def test_a_tree_without_probes_measures_nothing(shell: Shell) -> None:
    path = shell.root / ".be-tui" / "trees" / "speed.yaml"
    text = path.read_text()
    start_, end = text.index("    evidence:\n"), text.index("    options:\n      some")
    cut = text[:start_] + text[end:]
    routes = cut.index("    routes:\n")
    path.write_text(cut[:routes] + cut[cut.index("    unknown: {assume: none") :])
    assert shell.json("speed")["evidence"] == []


@pytest.mark.parametrize("arguments", [["speed"], ["speed", "--plain"], ["speed", "--map"]])
def test_a_terminal_of_few_signs_and_input_of_odd_bytes_end_no_walk(
    shell: Shell, arguments: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "be_tui", "decide", *arguments],
        input=b"\xff\xfe\n1\nq\n",
        capture_output=True,
        cwd=shell.root,
        env={**os.environ, "PYTHONIOENCODING": "ascii:strict"},
        check=True,
    )
    assert b"Does anyone feel it?" in done.stdout


TAKE_TERMINAL = """
import os, sys
os.login_tty(os.open(sys.argv[1], os.O_RDWR))
os.execv(sys.executable, [sys.executable, "-m", "be_tui", *sys.argv[2:]])
"""


def on_a_terminal(*arguments: str, keys: tuple[bytes, ...], cwd: Path) -> tuple[int, str]:
    """Run be-tui on a terminal of its own; type each of `keys` when it prompts.

    Gives the exit code, and all that was shown.
    """
    main, child = pty.openpty()
    command = [sys.executable, "-c", TAKE_TERMINAL, os.ttyname(child), *arguments]
    shown, typed = b"", 0
    deadline = time.monotonic() + 60
    with subprocess.Popen(command, cwd=cwd) as process:
        os.set_blocking(main, False)
        while process.poll() is None and time.monotonic() < deadline:
            if select.select([main], [], [], 0.05)[0]:
                shown += os.read(main, 65536)
            if typed < len(keys) and shown.count(b"> ") > typed:
                os.write(main, keys[typed])
                typed += 1
        process.kill()
    while select.select([main], [], [], 0)[0]:
        shown += os.read(main, 65536)
    os.close(main)
    os.close(child)
    return process.returncode, shown.decode()


def test_on_a_terminal_a_tree_is_walked_line_by_line(shell: Shell) -> None:
    code, shown = on_a_terminal("decide", "speed", keys=(b"2\n", b"1\n", b"q\n"), cwd=shell.root)
    assert code == 0
    assert "> " in shown
    assert "Tune it" in shown


def test_on_a_terminal_the_end_of_input_means_quit(shell: Shell) -> None:
    code, shown = on_a_terminal("decide", "speed", keys=(b"2\n", b"\x04"), cwd=shell.root)
    assert code == 0
    assert "Saved. To go on" in shown


def test_on_a_terminal_ctrl_c_loses_nothing(shell: Shell) -> None:
    code, shown = on_a_terminal("decide", "speed", keys=(b"2\n", b"\x03"), cwd=shell.root)
    assert code == 130
    assert "Saved. To go on: be-tui decide speed --plain" in shown
    assert "Traceback" not in shown
    with open_library(shell.root) as library, open_store(shell.root) as store:
        walk = store.load_walk(library.tree("speed"))
    assert walk == start(library.tree("speed"), walk.evidence if walk else ()).answer("felt", "yes")


def test_on_a_terminal_the_list_says_how_to_walk(shell: Shell) -> None:
    code, shown = on_a_terminal("decide", keys=(), cwd=shell.root)
    assert code == 0
    assert "`be-tui decide ID` walks one" in shown


@pytest.fixture
def broken(shell: Shell) -> Callable[[], str]:
    (shell.root / ".be-tui" / "trees" / "bad.yaml").write_text("tree: [")
    return shell


def test_a_broken_tree_of_the_project_keeps_no_other_from_being_walked(
    shell: Shell, broken: object
) -> None:
    assert broken is not None
    assert "When to tune" in shell()
    assert shell.json("speed", "--answer", "felt=no")["outcome"]["id"] == "leave"
    code, shown = on_a_terminal("decide", keys=(), cwd=shell.root)
    assert code == 0
    assert "a pack has faults; `be-tui knowledge check` tells which" in shown


def test_a_missing_project_folder_is_refused_for_the_list_too(shell: Shell) -> None:
    shell("--project", "gone", code=2)
    assert "gone: no such folder" in shell.error


def test_help_tells_the_forms_and_the_keys(shell: Shell) -> None:
    with pytest.raises(SystemExit) as ended:
        shell("--help")
    assert ended.value.code == 0
