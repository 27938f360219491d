"""The probes that read the git history: authors, churn, coupling, hotspots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.project import history as histories
from be_tui.core.project.probes.coupling import pairs, parts
from be_tui.core.project.probes.hotspots import complexity
from tests.core.project.conftest import ADA, BEN
from tests.core.project.probes.conftest import values

if TYPE_CHECKING:
    from tests.core.project.conftest import Repo
    from tests.core.project.probes.conftest import Ask

_BOT = "renovate[bot] <bot@renovate.example>"


def test_authors_are_counted_without_programs(ask: Ask, repo: Repo) -> None:
    for number, author in enumerate([ADA, ADA, ADA, BEN, _BOT]):
        repo.commit({"a": str(number)}, days=5, author=author)
    evidence = ask("authors", repo.root)
    assert evidence.found == "2 people made 4 commits in 90 days, the busiest 75 %"
    assert values(evidence) == {"active_90d": 2, "commits_90d": 4, "top_share": 75.0}
    assert [fact.text for fact in evidence.facts] == [
        "Ada: 3 commits",
        "Ben: 1 commit",
        "1 commit by programs left out",
    ]
    assert evidence.command.startswith("git shortlog")


def test_a_project_that_rests_has_no_active_authors(ask: Ask, repo: Repo) -> None:
    repo.commit({"a": "1"}, days=200)
    evidence = ask("authors", repo.root)
    assert evidence.found == "nobody committed in the last 90 days"
    assert values(evidence)["active_90d"] == 0


def test_what_changed_lately_is_counted(ask: Ask, repo: Repo) -> None:
    repo.commit({"a": "1"}, days=20)
    repo.commit({"a": "2", "b": "1"}, days=10)
    repo.commit({"a": "3"}, days=1)
    evidence = ask("churn-now", repo.root)
    assert evidence.found == "2 commits changed 2 files in the last 14 days"
    assert values(evidence) == {"files_14d": 2, "commits_14d": 2}
    assert evidence.facts[0].path == "a"


def _coupled(repo: Repo, *, together: int, apart: int) -> None:
    for number in range(together + apart):
        files = {"src/orders/a.py": f"x = {number}\n"}
        if number < together:
            files["src/billing/b.py"] = f"x = {number}\n"
        repo.commit(files, days=30)


def test_folders_that_change_together_are_coupled(ask: Ask, repo: Repo) -> None:
    _coupled(repo, together=10, apart=15)
    evidence = ask("coupling", repo.root)
    assert evidence.found == (
        "src/billing/ and src/orders/ changed together in 40 % of the 25 commits to either, "
        "in 90 days"
    )
    assert values(evidence) == {"top": 40.0, "pairs": 1}
    assert evidence.facts[0].text == "src/billing/ and src/orders/: 10 of 25 commits (40 %)"
    assert evidence.confidence == "medium"


def test_a_few_commits_together_are_an_accident(ask: Ask, repo: Repo) -> None:
    _coupled(repo, together=4, apart=20)
    evidence = ask("coupling", repo.root)
    assert evidence.found == "no two folders changed together in 5 of 24 commits"
    assert values(evidence) == {"top": 0.0, "pairs": 0}


def test_too_few_commits_tell_nothing(ask: Ask, repo: Repo) -> None:
    _coupled(repo, together=10, apart=9)
    assert ask("coupling", repo.root).trouble == (
        "only 19 commits to source code in 90 days, too few to tell"
    )


def test_tests_and_sweeps_couple_nothing(ask: Ask, repo: Repo) -> None:
    _coupled(repo, together=0, apart=20)
    everything = {f"src/billing/b{n}.py": "x = 1\n" for n in range(40)}
    repo.commit({**everything, "src/orders/a.py": "swept\n"}, days=9)
    for number in range(6):
        text = f"x = {number}\n"
        repo.commit({"src/orders/a.py": text, "tests/billing/test_b.py": text}, days=9)
    evidence = ask("coupling", repo.root)
    assert values(evidence)["top"] == 0.0
    told = [fact.text for fact in evidence.facts]
    assert "1 commit with over 30 source files left out" in told


def test_a_folder_that_wraps_everything_is_no_part() -> None:
    files = [f"src/main/java/shop/{part}/{n}.java" for part in ("a", "b", "c") for n in range(3)]
    assert set(parts(files).values()) == {f"src/main/java/shop/{part}" for part in "abc"}


def test_parts_of_even_size_stay_as_they_are() -> None:
    files = ["api/x/a.py", "api/y/b.py", "web/c.py", "web/d.py", "top.py"]
    assert set(parts(files).values()) == {"api", "web", ""}
    assert parts([]) == {}
    assert parts(["a.py", "b.py"]) == {"a.py": "", "b.py": ""}


def test_pairs_are_ranked_by_how_often_they_go_together() -> None:
    touched = [frozenset("ab")] * 6 + [frozenset("ac")] * 5 + [frozenset("a")]
    found = pairs(touched)
    assert [(pair.folders, pair.together, pair.either) for pair in found] == [
        (("a", "b"), 6, 12),
        (("a", "c"), 5, 12),
    ]
    assert found[0].percent == 50.0


def _nested(lines: int) -> str:
    return "if x:\n" + "    if y:\n        z()\n" * lines


def test_hotspots_are_changed_often_and_hard_to_read(ask: Ask, repo: Repo) -> None:
    files = {f"src/f{number}.py": f"x = {number}\n" for number in range(12)}
    repo.commit({**files, "src/pay.py": _nested(9), "yarn.lock": "x"}, days=20)
    for number in range(6):
        repo.commit({"src/pay.py": _nested(10 + number), "src/f0.py": f"y = {number}\n"}, days=10)
    evidence = ask("hotspots", repo.root)
    assert evidence.found == (
        "src/pay.py leads: 7 changes in 90 days; 1 file of 13 changed often and hard to read"
    )
    measured = values(evidence)
    assert (measured["files"], measured["top_changes"], measured["untested"]) == (1, 7, 1)
    assert measured["top_share"] == 88.0
    assert evidence.facts[0].text == "7 changes, complexity 45, 31 lines; no test names it"
    assert evidence.facts[0].path == "src/pay.py"


@pytest.mark.parametrize(
    ("path", "test", "text", "untested"),
    [
        ("src/pay.py", "tests/test_pay.py", "", 0),
        ("src/pay.py", "tests/test_shop.py", "from src.pay import total\n", 0),
        ("src/pay.py", "tests/test_shop.py", "display = payment\n", 1),
        ("orders/service.py", "tests/test_x.py", "from orders import service\n", 0),
        ("orders/service.py", "tests/test_x.py", "from billing import service\n", 1),
        ("orders/__init__.py", "tests/test_x.py", "import orders\n", 0),
        ("main.py", "tests/test_x.py", "import main\n", 0),
    ],
)
def test_a_hotspot_is_tested_where_a_test_names_it(
    ask: Ask, repo: Repo, path: str, test: str, text: str, untested: int
) -> None:
    for number in range(5):
        repo.commit({path: _nested(number + 1), test: f"{text}def test_a(): ...\n"})
    assert values(ask("hotspots", repo.root))["untested"] == untested


def test_seldom_changed_files_are_no_hotspots_but_the_first_is_told(ask: Ask, repo: Repo) -> None:
    repo.commit({"a.py": _nested(3), "b.py": "x = 1\n"})
    evidence = ask("hotspots", repo.root)
    assert values(evidence)["files"] == 0
    assert evidence.found.startswith("a.py leads: 1 change in 90 days; 0 files of 2")
    assert evidence.confidence == "medium"


def test_a_history_without_source_code_has_no_hotspots(ask: Ask, repo: Repo) -> None:
    repo.commit({"README.md": "x\n"})
    assert ask("hotspots", repo.root).trouble == ("no source file was changed in the last 90 days")


def test_a_history_that_was_not_read_whole_is_told(
    ask: Ask, repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        repo.commit({"a.py": f"x = {number}\n"})
    monkeypatch.setattr(histories, "MOST_COMMITS", 2)
    for probe in ("authors", "hotspots"):
        assert ask(probe, repo.root).facts[-1].text == (
            "only the newest commits of these days were read"
        )


def test_complexity_adds_up_levels_of_indentation() -> None:
    assert complexity(b"a\n    b\n        c\n\td\n\n    \n", 4) == 4
    assert complexity(b"a\n  b\n    c\n", 2) == 3
    assert complexity(b"", 4) == 0
