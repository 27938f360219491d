"""The probes that read what test runs leave behind."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from be_tui.core.project import reports
from tests.core.project.probes.conftest import values

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.core.project.conftest import Repo
    from tests.core.project.probes.conftest import Ask

_COBERTURA = '<coverage lines-covered="{0}" lines-valid="100" timestamp="{1}" line-rate="0"/>'


def _days_ago(days: int) -> int:
    return int(time.time() - days * 86_400)


def test_coverage_is_read_with_its_age(ask: Ask) -> None:
    report = _COBERTURA.format(80, _days_ago(3))
    evidence = ask("coverage", {"coverage.xml": report})
    assert evidence.found == "80 % of lines, measured 3 days ago"
    assert values(evidence) == {"lines": 80.0, "age_days": 3}
    assert [(fact.text, fact.path) for fact in evidence.facts] == [
        ("80 % of lines", "coverage.xml")
    ]
    assert (evidence.how, evidence.confidence) == ("parsed", "high")


def test_an_old_report_is_trusted_less(ask: Ask) -> None:
    evidence = ask("coverage", {"coverage.xml": _COBERTURA.format(80, _days_ago(40))})
    assert evidence.confidence == "medium"


def test_reports_of_modules_add_up_and_the_newest_of_a_module_counts(ask: Ask) -> None:
    evidence = ask(
        "coverage",
        {
            "api/pyproject.toml": "",
            "api/coverage.xml": _COBERTURA.format(90, _days_ago(1)),
            "api/cobertura.xml": _COBERTURA.format(10, _days_ago(9)),
            "web/package.json": "{}",
            "web/coverage/lcov.info": "LF:100\nLH:30\nBRF:10\nBRH:5\n",
        },
    )
    assert values(evidence)["lines"] == 60.0
    assert values(evidence)["branches"] == 50.0


def test_a_report_that_git_ignores_is_found_all_the_same(ask: Ask, repo: Repo) -> None:
    repo.commit({".gitignore": "coverage.xml\n", "a.py": "x\n"})
    repo.write("coverage.xml", _COBERTURA.format(70, _days_ago(0)))
    assert values(ask("coverage", repo.root))["lines"] == 70.0


def test_a_report_without_a_time_is_as_old_as_its_file(
    ask: Ask, folder: Callable[..., Path]
) -> None:
    root = folder({"lcov.info": "LF:4\nLH:1\n"})
    os.utime(root / "lcov.info", (_days_ago(5), _days_ago(5)))
    assert values(ask("coverage", root))["age_days"] == 5


def test_without_a_report_it_says_what_was_looked_for(ask: Ask) -> None:
    assert ask("coverage", {}).trouble == (
        "no coverage report found (coverage.xml, lcov.info, jacoco.xml)"
    )


def test_a_report_that_cannot_be_read_is_named(ask: Ask) -> None:
    evil = '<!DOCTYPE coverage [<!ENTITY a "b">]><coverage/>'
    trouble = ask("coverage", {"coverage.xml": evil}).trouble
    assert trouble.endswith("coverage.xml: not read: it declares entities, which are not read")
    files = {"coverage.xml": evil, "lcov.info": "LF:4\nLH:1\n"}
    assert "it declares entities" in ask("coverage", files).facts[-1].text


def test_a_report_behind_a_link_is_not_read(
    ask: Ask, folder: Callable[..., Path], tmp_path: Path
) -> None:
    outside = tmp_path / "outside.xml"
    outside.write_text(_COBERTURA.format(80, _days_ago(1)))
    root = folder()
    (root / "coverage.xml").symlink_to(outside)
    assert "no coverage report" in ask("coverage", root).trouble


_SUITES = """\
<testsuites>
  <testsuite name="a" tests="3" failures="1" errors="1" skipped="1">
    <testcase classname="shop" name="pays"><failure message="x"/></testcase>
    <testcase name="sends"><error/></testcase>
    <testsuite name="inner" tests="3" failures="1"/>
  </testsuite>
  <testsuite name="b" tests="4" failures="0"/>
</testsuites>
"""


def test_the_last_run_is_added_up_from_its_outermost_suites(ask: Ask) -> None:
    evidence = ask("last-test-run", {"junit.xml": _SUITES})
    assert evidence.found == "7 tests, 2 failed, 1 skipped, 0 days ago"
    assert values(evidence) == {"tests": 7, "failed": 2, "age_days": 0}
    assert [(fact.text, fact.place) for fact in evidence.facts[:2]] == [
        ("failed: shop.pays", "junit.xml:3"),
        ("failed: sends", "junit.xml:4"),
    ]


def test_each_class_of_a_jvm_run_has_a_file_of_its_own(ask: Ask) -> None:
    evidence = ask(
        "last-test-run",
        {
            "target/surefire-reports/TEST-A.xml": '<testsuite tests="2" failures="0"/>',
            "target/surefire-reports/TEST-B.xml": '<testsuite tests="3" failures="x"/>',
            "target/surefire-reports/B.txt": "no",
        },
    )
    assert evidence.found == "5 tests, all passed, 0 days ago"


def test_only_a_few_failures_are_named(ask: Ask) -> None:
    cases = '<testcase name="a"><failure/></testcase>' * 9
    evidence = ask("last-test-run", {"junit.xml": f'<testsuite tests="9" failures="9">{cases}'
                                                  "</testsuite>"})  # fmt: skip
    assert sum(fact.text.startswith("failed") for fact in evidence.facts) == 5


def test_xml_that_is_no_test_run_is_none(ask: Ask) -> None:
    assert ask("last-test-run", {"reports/junit.xml": "<html/>"}).trouble == (
        "no JUnit file of a test run found"
    )
    assert ask("last-test-run", {"reports/junit.xml": "<testsuite"}).trouble.endswith(
        "reports/junit.xml: it is not XML (line 1)"
    )


def test_only_so_many_reports_are_read(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST_REPORTS", 2)
    files = {f"test-results/{n}.xml": '<testsuite tests="1"/>' for n in range(4)}
    assert values(ask("last-test-run", files))["tests"] == 2
