"""Are there tests, and how many: files and functions, counted by each language's customs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.testpatterns import TESTS
from be_tui.core.project.words import counted, share

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.scan import Scanned

_KINDS = {
    "integration": ("integration", "integration_tests", "it", "db"),
    "end to end": ("e2e", "end_to_end", "end-to-end", "acceptance", "functional", "system"),
    "contract": ("contract", "contracts", "pact", "pacts"),
    "load": ("load", "perf", "performance", "stress"),
}
"""The folders, or parts of file names, that say what kind of test it is; else it is a unit's."""


def take(gathering: Gathering) -> Found:
    """Count test files and functions."""
    scan = gathering.scan
    sources = [file for file in scan.files if not file.is_test and not file.language.helper]
    tested = [file for file in scan.files if _holds_tests(file)]
    if not sources and not tested:
        raise NoAnswer("no source code found")
    functions = sum(file.tests for file in tested)
    kinds = Counter(_kind(file.path) for file in tested)
    measures = (
        Measure("tests.files", len(tested)),
        Measure("tests.functions", functions),
        Measure("tests.per_source_file", round(functions / max(len(sources), 1), 2)),
        Measure("tests.kinds", len(kinds)),
    )
    if not tested:
        line = f"no test in {counted(len(sources), 'source file')}"
    else:
        line = f"{counted(functions, 'test function')} in {counted(len(tested), 'test file')}"
        line += f", beside {counted(len(sources), 'source file')}"
    sure = all(file.language.name in TESTS for file in scan.files if not file.language.helper)
    facts = (*_by_language(tested), *_by_kind(kinds), *_largest(tested))
    return Found(line, measures, facts, confidence="high" if sure else "medium")


def _holds_tests(file: Scanned) -> bool:
    # Helpers stand among the tests too; only without a pattern is the name all there is.
    return file.tests > 0 or (file.is_test and file.language.name not in TESTS)


def _kind(path: str) -> str:
    *folders, name = path.lower().split("/")
    words = {*folders, *name.replace(".", "_").replace("-", "_").split("_")}
    return next((kind for kind, signs in _KINDS.items() if not words.isdisjoint(signs)), "unit")


def _by_language(tested: list[Scanned]) -> list[Fact]:
    functions: Counter[str] = Counter()
    for file in tested:
        functions[file.language.name] += file.tests
    return [
        Fact(f"{name}: {counted(count, 'test function')}")
        for name, count in functions.most_common(4)
    ]


def _by_kind(kinds: Counter[str]) -> list[Fact]:
    if not kinds:
        return []
    total = sum(kinds.values())
    parts = (f"{kind} {share(count, total):.0f} %" for kind, count in kinds.most_common())
    return [Fact(f"kinds, by the names of {counted(total, 'file')}: {', '.join(parts)}")]


def _largest(tested: list[Scanned]) -> list[Fact]:
    most = sorted(tested, key=lambda file: (-file.tests, file.path))[:3]
    return [Fact(counted(file.tests, "test function"), file.path) for file in most]


PROBE = Probe(
    "tests",
    "What is covered by tests?",
    ("tests.files", "tests.functions", "tests.per_source_file", "tests.kinds"),
    take,
)
