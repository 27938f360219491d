"""`be-tui decide TREE --compare OTHER`: what a new version of a tree changes."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_decide import TREE, Shell, shell
from tests.conftest import need

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["shell"]

FIRST = TREE.format(version=1, next="tests")


def written(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def to_tune(version: int) -> str:
    """Give the tree with tests or without leading to the same."""
    text = TREE.format(version=version, next="tests")
    return text.replace('label: "There are none", to: pin', 'label: "There are none", to: tune')


def project_tree(shell: Shell, text: str) -> Path:
    path = shell.root / ".be-tui" / "trees" / "speed.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_unchanged_tree_says_so_and_passes(shell: Shell, tmp_path: Path) -> None:
    old = written(tmp_path / "old.yaml", FIRST)
    told = shell("speed", "--compare", old)
    assert told.splitlines() == [
        f"speed version 1, compared with version 1 ({old})",
        "no outcome changes: all 9 sets of answers come to the same as before",
    ]


def test_sets_that_come_to_something_else_are_counted_with_a_shortest_example(
    shell: Shell, tmp_path: Path
) -> None:
    old = written(tmp_path / "old.yaml", FIRST)
    project_tree(shell, to_tune(2))
    told = shell("speed", "--compare", old, code=1)
    assert "speed version 2, compared with version 1" in told
    # Without tests, by each reading of the teams that does not lead elsewhere.
    assert "3 of 9 sets of answers come to another outcome:" in told
    assert "  3: “Pin it first” → “Tune it”\n" in told
    assert "    such as felt=yes, tests=none, profile.teams not known" in told


def test_json_tells_every_pair_and_what_only_one_has(shell: Shell, tmp_path: Path) -> None:
    old = written(tmp_path / "old.yaml", TREE.format(version=1, next="pinned"))
    found = json.loads(shell("speed", "--compare", old, "--json", code=1))
    assert (found["tree"], found["version_before"], found["exact"]) == ("speed", 1, True)
    assert found["changes"] is True
    assert sum(pair["sets"] for pair in found["pairs"]) == found["sets"]
    assert {(each["side"], each["name"]) for each in found["apart"]} == {
        ("before", "pinned"),
        ("after", "tests"),
    }
    changed = next(pair for pair in found["pairs"] if pair["changed"])
    assert changed["before"] != changed["after"]
    assert {"name": "felt", "value": "yes", "only": None} in changed["witness"]


def test_a_revision_of_git_is_read_from_the_history_of_the_file(shell: Shell) -> None:
    git = need("git")

    def run(*arguments: str) -> None:
        settings = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run([git, *settings, *arguments], cwd=shell.root, check=True)

    run("init", "-q")
    run("add", ".")
    run("commit", "-q", "-m", "first")
    project_tree(shell, to_tune(2))
    assert "“Pin it first” → “Tune it”" in shell("speed", "--compare", "git:HEAD", code=1)
    run("commit", "-q", "-a", "-m", "second")
    assert "no outcome changes" in shell("speed", "--compare", "git:HEAD")
    assert "“Pin it first” → “Tune it”" in shell("speed", "--compare", "git:HEAD~1", code=1)
    shell("speed", "--compare", "git:HEAD~7", code=2)
    assert "git:HEAD~7: cannot read speed.yaml there" in shell.error
    shell("speed", "--compare", "git:--output=x", code=2)
    assert "no revision '--output=x'; write it as git:HEAD~3" in shell.error
    project_tree(shell, "tree: speed\n")
    run("commit", "-q", "-a", "-m", "broken")
    project_tree(shell, FIRST)
    shell("speed", "--compare", "git:HEAD", code=2)
    assert "HEAD:speed.yaml" in shell.error
    assert "`version` is missing" in shell.error
    assert shell.error.count("\n") == 1


def test_another_tree_is_found_by_its_id(shell: Shell) -> None:
    found = json.loads(shell("speed", "--compare", "caching", "--json", code=1))
    assert found["other"] == "caching"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["speed", "--compare", "gone.yaml"], "gone.yaml: no such file"),
        (["speed", "--compare", "spede"], "no tree 'spede'; name a file, a revision as git:HEAD~3"),
        (["speed", "--compare", "app.py"], "app.py"),
        (["speed", "--compare", "git:"], "no revision ''"),
        (["speed", "--compare", "x", "--auto"], "--auto does not go with --compare"),
        (["--compare", "x"], "--compare needs a tree"),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    shell: Shell, arguments: list[str], error: str
) -> None:
    shell(*arguments, code=2)
    assert error in shell.error
    assert shell.error.count("\n") == 1


def test_what_git_does_not_know_is_told_without_a_repository(shell: Shell) -> None:
    need("git")
    shell("speed", "--compare", "git:HEAD", code=2)
    assert "git:HEAD: cannot read speed.yaml there: not a git repository" in shell.error


def test_what_is_renamed_and_answers_that_are_new_are_told_apart(
    shell: Shell, tmp_path: Path
) -> None:
    old = written(tmp_path / "old.yaml", FIRST)
    text = TREE.format(version=2, next="tests").replace("to: leave", "to: let-be")
    text = text.replace("  leave: {title", "  let-be: {title")
    text = text.replace(
        "first: felt", "first: felt\nchanges:\n- {version: 2, outcomes: {leave: let-be}}"
    )
    text = text.replace(
        '      none: {label: "There are none", to: pin}',
        '      none: {label: "There are none", to: pin}\n      unsure: {label: Unsure, to: tune}',
    )
    project_tree(shell, text)
    told = shell("speed", "--compare", old)
    assert "  only now: option tests.unsure (Unsure)\n" in told
    assert "  renamed: outcome leave is let-be\n" in told
    assert "no outcome changes: all 13 sets of answers come to the same as before" in told
    assert "with answers that were not there before:\n" in told
    assert "  3: (new) → “Tune it”\n" in told
    assert "tests=unsure (only now)" in told


def test_an_answer_that_is_gone_is_asked_again(shell: Shell, tmp_path: Path) -> None:
    text = TREE.format(version=1, next="tests").replace(
        '      none: {label: "There are none", to: pin}',
        '      none: {label: "There are none", to: pin}\n      unsure: {label: Unsure, to: tune}',
    )
    told = shell("speed", "--compare", written(tmp_path / "old.yaml", text), code=1)
    assert "  only before: option tests.unsure (Unsure)\n" in told
    assert "“Tune it” → (asked again)\n" in told
    assert "tests=unsure (only before)" in told


def wide(version: int, end: str) -> str:
    """Give a tree whose last question weighs nine answers of four each."""
    asked = []
    names = [f"q{place}" for place in range(9)]
    options = ", ".join(f"a{each}: {{label: A{each}, to: TO}}" for each in range(4))
    for place, name in enumerate(names):
        to = names[place + 1] if place < 8 else "one"
        asked.append(
            f"  {name}:\n    ask: {name}?\n    why: So.\n"
            f"    options: {{{options.replace('TO', to)}}}\n"
            "    unknown: {assume: a0, price: none}"
        )
    when = ", ".join(f"{name}: [a0, a1]" for name in names)
    asked.append(f"    routes:\n      - {{when: {{{when}}}, to: {end}, label: rule}}")
    outcomes = "\n".join(
        f"  {each}: {{title: End {each}, advice: So., steps: [go], door: two-way, price: none,"
        " again: never}"
        for each in ("one", "two", "three")
    )
    head = f"tree: speed\nversion: {version}\ntitle: Wide\nquestion: What?\nsummary: So.\nfirst: q0"
    return "\n".join([head, "questions:", *asked, "outcomes:", outcomes, ""])


@pytest.mark.slow
def test_trees_too_wide_to_count_are_sampled_and_that_is_said(shell: Shell, tmp_path: Path) -> None:
    old = written(tmp_path / "old.yaml", wide(1, "two"))
    project_tree(shell, wide(2, "three"))
    told = shell("speed", "--compare", old, code=1)
    assert "too wide to count; about" in told
    assert "%: “End two” → “End three”" in told
    found = json.loads(shell("speed", "--compare", old, "--json", code=1))
    assert (found["exact"], found["sets"]) == (False, 1_000)
    project_tree(shell, wide(2, "two"))
    assert "too wide to count; all 1,000 sets drawn come to the same" in shell(
        "speed", "--compare", old
    )


def test_a_measure_that_decides_is_told_in_the_example(shell: Shell, tmp_path: Path) -> None:
    old = written(tmp_path / "old.yaml", FIRST)
    project_tree(shell, FIRST.replace("to: leave, label: too many", "to: pin, label: too many"))
    told = shell("speed", "--compare", old, code=1)
    assert "such as felt=yes, tests=some, profile.teams=6" in told
