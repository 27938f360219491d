"""How much of the code the tests run through, as the last coverage report says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.coveragereports import Coverage, Ratio, read_coverage
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.reports import reports
from be_tui.core.project.words import age_in_days, counted, share
from be_tui.core.project.xmlform import XmlTrouble

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

_GLOBS = (
    "coverage.xml",
    "cobertura*.xml",
    "lcov.info",
    "coverage/coverage.xml",
    "coverage/cobertura-coverage.xml",
    "coverage/lcov.info",
    "reports/coverage.xml",
    "build/reports/jacoco/test/*.xml",
    "target/site/jacoco/jacoco.xml",
    "target/site/jacoco-aggregate/jacoco.xml",
    "build/reports/kover/report.xml",
    "TestResults/*/coverage.cobertura.xml",
    "coverage.cobertura.xml",
    "jacoco.xml",
)

OLD = 30
"""Days after which a report says little about the code of today."""


def take(gathering: Gathering) -> Found:
    """Read the newest report of each module, and add them up."""
    newest: dict[str, tuple[Coverage, str, float]] = {}
    troubles: list[Fact] = []
    folders = sorted({m.folder for m in gathering.stack.manifests}, key=len, reverse=True)
    for path, data, changed in reports(gathering, _GLOBS):
        try:
            read = read_coverage(path, data)
        except XmlTrouble as trouble:
            troubles.append(Fact(f"not read: {trouble}", path))
            continue
        module = next((each for each in folders if path.startswith(f"{each}/")), "")
        when = read.when or changed
        if module not in newest or newest[module][2] < when:
            newest[module] = read, path, when
    if not newest:
        seen = f"; {troubles[0].path}: {troubles[0].text}" if troubles else ""
        raise NoAnswer(f"no coverage report found (coverage.xml, lcov.info, jacoco.xml){seen}")
    return _told(list(newest.values()), troubles)


def _told(found: list[tuple[Coverage, str, float]], troubles: list[Fact]) -> Found:
    lines = sum((read.lines for read, _, _ in found), Ratio(0, 0))
    branches = sum((read.branches for read, _, _ in found), Ratio(0, 0))
    age = age_in_days(min(when for _, _, when in found))
    percent = share(lines.covered, lines.valid)
    measures = [Measure("coverage.lines", percent, "%")]
    line = f"{percent:g} % of lines"
    if branches.valid:
        of_branches = share(branches.covered, branches.valid)
        measures.append(Measure("coverage.branches", of_branches, "%"))
        line += f", {of_branches:g} % of branches"
    measures.append(Measure("coverage.age_days", age, "days"))
    line += f", measured {counted(age, 'day')} ago"
    facts = [
        Fact(f"{share(read.lines.covered, read.lines.valid):g} % of lines", path)
        for read, path, _ in found[:8]
    ]
    return Found(
        line,
        tuple(measures),
        (*facts, *troubles[:2]),
        how="parsed",
        confidence="high" if age <= OLD else "medium",
    )


PROBE = Probe(
    "coverage",
    "How much of the code do the tests run through?",
    ("coverage.lines", "coverage.branches", "coverage.age_days"),
    take,
)
