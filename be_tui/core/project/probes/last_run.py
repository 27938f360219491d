"""How the last test run ended, as the JUnit files that it left say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.reports import reports
from be_tui.core.project.words import age_in_days, counted
from be_tui.core.project.xmlform import XmlTrouble, walk

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

_GLOBS = (
    "junit*.xml",
    "*-junit.xml",
    "test-report*.xml",
    "test-results.xml",
    "test-results/*.xml",
    "test-results/*/*.xml",
    "test-reports/*.xml",
    "reports/junit*.xml",
    "reports/*/junit*.xml",
    "target/surefire-reports/TEST-*.xml",
    "target/failsafe-reports/TEST-*.xml",
    "build/test-results/*/TEST-*.xml",
    "TestResults/*.xml",
    "tmp/rspec*.xml",
)
_MOST_FAILURES = 5


@dataclass(slots=True)
class _Run:
    """What the files say, added up."""

    tests: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    failures: list[Fact] = field(default_factory=list)


def take(gathering: Gathering) -> Found:
    """Add up the JUnit files that there are."""
    run, files, oldest = _Run(), [], float("inf")
    trouble = ""
    for path, data, changed in reports(gathering, _GLOBS):
        try:
            if _read(path, data, run):
                files.append(path)
                oldest = min(oldest, changed)
        except XmlTrouble as error:
            trouble = f"; {path}: {error}"
    if not files:
        raise NoAnswer(f"no JUnit file of a test run found{trouble}")
    age = age_in_days(oldest)
    ended = f"{run.failed} failed" if run.failed else "all passed"
    if run.skipped:
        ended += f", {run.skipped} skipped"
    return Found(
        f"{counted(run.tests, 'test')}, {ended}, {counted(age, 'day')} ago",
        (
            Measure("test_run.tests", run.tests),
            Measure("test_run.failed", run.failed),
            Measure("test_run.age_days", age, "days"),
        ),
        (*run.failures, *(Fact("a report of the run", path) for path in files[:3])),
        how="parsed",
    )


def _read(path: str, data: bytes, run: _Run) -> bool:
    """Add one file's outermost suites; tell whether it is a JUnit file at all."""
    nested = is_junit = False
    case = ""

    def start(tag: str, attributes: dict[str, str], depth: int, line: int) -> None:
        nonlocal nested, is_junit, case
        if depth == 0:
            nested, is_junit = tag == "testsuites", tag in {"testsuites", "testsuite"}
        if tag == "testsuite" and depth == int(nested):
            run.tests += _int(attributes, "tests")
            run.failed += _int(attributes, "failures") + _int(attributes, "errors")
            run.skipped += _int(attributes, "skipped")
        elif tag == "testcase":
            case = ".".join(filter(None, map(attributes.get, ("classname", "name"))))
        elif tag in {"failure", "error"} and len(run.failures) < _MOST_FAILURES:
            run.failures.append(Fact(f"failed: {case}", path, line))

    walk(data, start)
    return is_junit


def _int(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isdecimal() else 0


PROBE = Probe(
    "last-test-run",
    "How did the last test run end?",
    ("test_run.tests", "test_run.failed", "test_run.age_days"),
    take,
)
