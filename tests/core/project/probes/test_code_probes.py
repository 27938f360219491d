"""The probes that read code: tests, unfinished work, queries in loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.project.probes.conftest import values

if TYPE_CHECKING:
    from tests.core.project.probes.conftest import Ask


def test_tests_are_counted_beside_the_code_that_they_test(ask: Ask) -> None:
    evidence = ask(
        "tests",
        {
            "app/a.py": "x\n",
            "app/b.py": "x\n",
            "schema.sql": "x\n",
            "tests/conftest.py": "x\n",
            "tests/test_a.py": "def test_a():\ndef test_b():\n",
            "tests/integration/test_db.py": "def test_c():\n",
            "web/e2e/shop.spec.ts": "test('d', f)\n",
            "tests/load_test.py": "def test_e():\n",
        },
    )
    assert evidence.found == "5 test functions in 4 test files, beside 2 source files"
    assert values(evidence) == {"files": 4, "functions": 5, "per_source_file": 2.5, "kinds": 4}
    told = [fact.text for fact in evidence.facts]
    assert "Python: 4 test functions" in told
    assert any("integration 25 %" in text and "end to end 25 %" in text for text in told)
    assert evidence.confidence == "high"


def test_no_test_at_all_is_an_answer(ask: Ask) -> None:
    evidence = ask("tests", {"a.py": "x\n"})
    assert evidence.found == "no test in 1 source file"
    assert values(evidence) == {"files": 0, "functions": 0, "per_source_file": 0.0, "kinds": 0}


def test_a_language_without_a_pattern_counts_its_test_files_with_less_confidence(
    ask: Ask,
) -> None:
    evidence = ask("tests", {"a.hs": "x\n", "ASpec.hs": "x\n"})
    assert values(evidence)["files"] == 1
    assert evidence.confidence == "medium"


def test_a_folder_without_code_has_nothing_to_test(ask: Ask) -> None:
    assert ask("tests", {"README.md": "x\n"}).trouble == "no source code found"


def test_unfinished_work_is_counted_by_the_thousand_lines(ask: Ask) -> None:
    files = {"a.py": "# hack: one\n" + "x = 1\n" * 499, "b.py": "# fixme two\n# xxx three\n"}
    evidence = ask("todos", files)
    assert values(evidence) == {"count": 3, "per_kloc": 5.98}
    assert evidence.facts[0].place == "a.py:1"


def test_without_code_nothing_is_unfinished(ask: Ask) -> None:
    assert ask("todos", {}).trouble == "no source code found"


def test_queries_in_loops_are_suspects_with_their_lines(ask: Ask) -> None:
    evidence = ask("n-plus-one", {"a.py": "for x in xs:\n    session.get(A, x)\n"})
    assert values(evidence) == {"suspects": 1}
    assert [(fact.text, fact.place) for fact in evidence.facts] == [("session.get(A, x)", "a.py:2")]
    assert (evidence.how, evidence.confidence) == ("heuristic", "low")


def test_code_without_queries_in_loops_has_no_suspects(ask: Ask) -> None:
    evidence = ask("n-plus-one", {"a.py": "x = 1\n"})
    assert evidence.found == "no query inside a loop in 1 source file, by its shape"


def test_a_language_that_is_not_read_has_no_answer(ask: Ask) -> None:
    trouble = ask("n-plus-one", {"a.hs": "x\n"}).trouble
    assert trouble == "no source code in a language that this probe reads"
