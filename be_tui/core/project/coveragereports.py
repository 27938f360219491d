"""Reads coverage reports: Cobertura (coverage.py and most others), LCOV, JaCoCo."""

from __future__ import annotations

import re
from dataclasses import dataclass

from be_tui.core.project.xmlform import Stop, XmlTrouble, walk

_LCOV = re.compile(rb"^(LF|LH|BRF|BRH):(\d+)", re.MULTILINE)
_MILLISECONDS = 1e11
"""Larger numbers are times in milliseconds; tools differ."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many."""

    covered: float
    valid: float

    def __add__(self, other: Ratio) -> Ratio:
        """Give both together."""
        return Ratio(self.covered + other.covered, self.valid + other.valid)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one report says."""

    lines: Ratio
    branches: Ratio
    when: float = 0.0
    """When the tests ran, in seconds since 1970; 0 where the report does not say."""


def read_coverage(name: str, data: bytes) -> Coverage:
    """Read one report.

    Raises:
        XmlTrouble: It is no report that be-tui knows.
    """
    if name.endswith(".info"):
        return _lcov(data)
    root, attributes = _root(data)
    if root == "coverage" and "line-rate" in attributes:
        return _cobertura(attributes)
    if root == "report":
        return _jacoco(data)
    raise XmlTrouble("it is neither a Cobertura nor a JaCoCo report")


def _lcov(data: bytes) -> Coverage:
    sums = {b"LF": 0, b"LH": 0, b"BRF": 0, b"BRH": 0}
    for match in _LCOV.finditer(data):
        sums[match[1]] += int(match[2])
    if not sums[b"LF"]:
        raise XmlTrouble("it names no lines")
    return Coverage(Ratio(sums[b"LH"], sums[b"LF"]), Ratio(sums[b"BRH"], sums[b"BRF"]))


def _root(data: bytes) -> tuple[str, dict[str, str]]:
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str], depth: int, line: int) -> None:
        del depth, line
        found.append((tag, attributes))
        raise Stop

    walk(data, start)
    return found[0]


def _cobertura(attributes: dict[str, str]) -> Coverage:
    when = _number(attributes.get("timestamp", ""))
    return Coverage(
        _ratio(attributes, "line"),
        _ratio(attributes, "branch"),
        when / 1000 if when > _MILLISECONDS else when,
    )


def _ratio(attributes: dict[str, str], what: str) -> Ratio:
    plural = "branches" if what == "branch" else "lines"
    if f"{plural}-valid" in attributes:
        covered = _number(attributes.get(f"{plural}-covered", ""))
        return Ratio(covered, _number(attributes[f"{plural}-valid"]))
    rate = _number(attributes.get(f"{what}-rate", ""))
    # Without counts a branch rate of 0 says that branches were not measured.
    return Ratio(rate, 1.0 if what == "line" or rate else 0.0)


def _jacoco(data: bytes) -> Coverage:
    ratios = {"LINE": Ratio(0, 0), "BRANCH": Ratio(0, 0)}
    when = 0.0

    def start(tag: str, attributes: dict[str, str], depth: int, line: int) -> None:
        nonlocal when
        del line
        if tag == "sessioninfo":
            when = max(when, _number(attributes.get("dump", "")) / 1000)
        elif tag == "counter" and depth == 1 and attributes.get("type") in ratios:
            covered, missed = (_number(attributes.get(key, "")) for key in ("covered", "missed"))
            ratios[attributes["type"]] = Ratio(covered, covered + missed)

    walk(data, start)
    if not ratios["LINE"].valid:
        raise XmlTrouble("it counts no lines")
    return Coverage(ratios["LINE"], ratios["BRANCH"], when)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if 0 <= number < float("inf") else 0.0
