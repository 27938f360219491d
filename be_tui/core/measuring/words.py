"""What was measured, in words: one set for the page, the record and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.measuring.model import Case, Measurement, Timing, Verdict
    from be_tui.core.sqltext import Engine

ENGINES: dict[Engine, str] = {
    "postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "sqlite": "SQLite",
}
_MANY = 10
_MEGA = 1_000_000
_SECOND = 1_000.0
_ALIKE = 1.05


def milliseconds(ms: float) -> str:
    """Give a time in three figures: `0.118 ms`, `24.1 ms`, `3.2 s`."""
    if ms >= _SECOND:
        return f"{ms / _SECOND:.3g} s"
    return f"{ms:.3g} ms"


def spread(timing: Timing) -> str:
    """Give between which times the middle half of the runs lies."""
    low, high = timing.quartiles
    return f"{milliseconds(low)} to {milliseconds(high)}, {len(timing.values)} runs"


def ratio(value: float) -> str:
    """Give how many times: `1,640×`, `3.4×`."""
    return f"{value:,.0f}×" if value >= _MANY else f"{value:.1f}×"


def size(number: int) -> str:
    """Give bytes: `30.1 MB`, `16 kB`."""
    return f"{number / _MEGA:,.1f} MB" if number >= _MEGA else f"{number / 1000:,.0f} kB"


def decided(verdict: Verdict) -> bool:
    """Tell whether one side was quicker; both may stand at the bound."""
    return verdict.kind != "noise" and not 1 / _ALIKE < verdict.ratio < _ALIKE


def slower(verdict: Verdict) -> bool:
    """Tell whether it got slower."""
    return decided(verdict) and verdict.ratio < 1


def outcome(verdict: Verdict) -> str:
    """Give what became of a time: `1,640× faster`."""
    if verdict.kind == "noise":
        return "no difference that the runs tell"
    if verdict.kind == "late":
        if not decided(verdict):
            return "did not end in time, before and after"
        more = verdict.ratio if verdict.ratio > 1 else 1 / verdict.ratio
        word = "faster" if verdict.ratio > 1 else "slower"
        return f"at least {ratio(more)} {word}: one side did not end in time"
    if verdict.kind == "faster":
        return f"{ratio(verdict.ratio)} faster"
    return f"{ratio(1 / verdict.ratio)} slower"


def headline(found: Measurement) -> str:
    """Give all in one line: what was gained, and where something got slower."""
    cases = [case for query in found.queries for case in query.cases]
    if not all(case.same in (True, None) for case in cases):
        return "The results differ: times say nothing as long as they do."
    told = [case for case in cases if decided(case.verdict)]
    slower = [case for case in told if case.verdict.ratio < 1]
    faster = [case for case in told if case.verdict.ratio > 1]
    if slower:
        worst = min(slower, key=lambda case: case.verdict.ratio)
        return f"Slower with {where(worst)}: {outcome(worst.verdict)}."
    if not faster:
        late = all(case.before.late and case.after.late for case in cases)
        return "Nothing ended in time." if late else "No difference that the runs tell."
    ratios = sorted(case.verdict.ratio for case in faster)
    least, most = ratio(ratios[0]), ratio(ratios[-1])
    span = least if least == most else f"{least} to {most}"
    rest = len(cases) - len(faster)
    same = f"; no difference in {rest} of {len(cases)} cases" if rest else ""
    return f"{span} faster{same}."


def where(case: Case) -> str:
    """Give a case: `a common value (user_id = 1)`."""
    label = (
        "the values as written" if case.label == "as written" else f"a value that is {case.label}"
    )
    return f"{label} ({case.value})" if case.value else label


def clock(found: Measurement) -> str:
    """Give what the times are of."""
    if found.clock == "cpu":
        return "processor time of the engine"
    return "wall time, as the engine's processor time cannot be seen"


def counted(number: int) -> str:
    """Give a number of rows: `1 row`, `1,361 rows`."""
    return "1 row" if number == 1 else f"{number:,} rows"
