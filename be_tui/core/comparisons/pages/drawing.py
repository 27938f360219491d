"""Figures as text cells: bars, shares, and the courses of a weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.comparisons.model import HEAVIEST
from be_tui.core.document import Span
from be_tui.core.document.cells import clean, cut, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.comparisons.model import Criterion, Estimate
    from be_tui.core.comparisons.ranking import Ranked
    from be_tui.core.comparisons.turning import Course, Crossing
    from be_tui.core.document import Role, Text

FULL, MAYBE, EMPTY = "█", "▒", "░"

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letter(index: int) -> str:
    """Give the letter of a criterion's column: `A`, after `Z` `A1`."""
    rounds, place = divmod(index, len(_LETTERS))
    return _LETTERS[place] + (str(rounds) if rounds else "")


def percent(share: float) -> str:
    """Give a share in whole per cent, `<1 %` and `>99 %` where it is not quite nothing or all."""
    if 0 < share < 0.005:  # noqa: PLR2004 (what would round to nothing)
        return "<1 %"
    if 0.995 <= share < 1 - 1e-9:  # noqa: PLR2004 (what would round to all)
        return ">99 %"
    return f"{share * 100:.0f} %"


def fitted(text: str, cells: int) -> str:
    """Give a text in exactly so many cells."""
    said = clean(" ".join(text.split()))
    if width(said) > cells:
        said = cut(said, max(cells - 1, 0)) + "…"
    return said + " " * (cells - width(said))


def points_bar(ranked: Ranked, cells: int) -> Text:
    """Draw an option's points; what hangs on open scores is drawn lighter."""
    low, high = (round(each / 100 * cells) for each in (ranked.low, ranked.high))
    leads = "chosen" if ranked.place == 1 else "text"
    return (
        Span(FULL * low, "good" if leads == "chosen" else "text"),
        Span(MAYBE * (high - low), "muted"),
        Span(EMPTY * (cells - high), "muted"),
    )


def share_bar(share: float, cells: int) -> Text:
    """Draw a share of weightings."""
    full = round(share * cells)
    return Span(FULL * full, "good"), Span(EMPTY * (cells - full), "muted")


def said_score(estimate: Estimate | None) -> str:
    """Give a score as a cell of the matrix shows it."""
    return str(estimate) if estimate else "?"


def ends_words(criterion: Criterion) -> str:
    """Say what the ends of a criterion mean."""
    if criterion.scale:
        unit, least, most = criterion.scale.unit, criterion.scale.low, criterion.scale.high
        return f"{least:g} {unit}: {criterion.low}; {most:g} {unit}: {criterion.high}"
    return f"1: {criterion.low}; 5: {criterion.high}"


def plot(
    courses: Sequence[Course],
    signs: Sequence[str],
    crossings: Sequence[Crossing],
    weight: float,
    cells: tuple[int, int],
) -> tuple[Text, ...]:
    """Draw each option's points as one weight goes from 0 to 10.

    Args:
        courses: The options; where two meet, the earlier one is seen.
        signs: The sign that draws each.
        crossings: Where the leader changes; a column each.
        weight: The weight as it is.
        cells: The columns and the lines there are, axes included.
    """
    across, down = max(cells[0] - 5, 12), max(cells[1] - 2, 3)
    every = [point for course in courses for point in course.points]
    low, high = min(every), max(every)
    spread = max(high - low, 1e-9)
    field = [[" "] * across for _ in range(down)]
    marks = {_column(each.at, across) for each in crossings}
    for column in marks:
        for line in field:
            line[column] = "┊"
    for course, sign in reversed(list(zip(courses, signs, strict=True))):
        steps = len(course.points) - 1
        for column in range(across):
            point = course.points[round(column / (across - 1) * steps)]
            field[round((high - point) / spread * (down - 1))][column] = sign
    best = signs[0]
    drawn = [
        (
            Span(f"{_axis(line, down, low, high):>4}", "muted"),
            Span("│", "muted"),
            *_spans(row, best),
        )
        for line, row in enumerate(field)
    ]
    axis = ["─"] * across
    for column in marks:
        axis[column] = "┴"
    drawn.append((Span("    └" + "".join(axis), "muted"),))
    drawn.append(_scale(across, _column(weight, across)))
    return tuple(drawn)


def _column(weight: float, across: int) -> int:
    return round(weight / HEAVIEST * (across - 1))


def _axis(line: int, down: int, low: float, high: float) -> str:
    if line == 0:
        return f"{high:.0f}"
    return f"{low:.0f}" if line == down - 1 else ""


def _spans(row: Sequence[str], best: str) -> Text:
    """Draw the leader's sign in the colour of good news, all else plainly."""
    spans: list[Span] = []
    for sign in row:
        role: Role = "good" if sign == best else "muted" if sign in " ┊" else "text"
        if spans and spans[-1].role == role:
            spans[-1] = Span(spans[-1].text + sign, spans[-1].role)
        else:
            spans.append(Span(sign, role))
    return tuple(spans)


def _scale(across: int, here: int) -> Text:
    """Draw the figures below the axis, and where the weight is now."""
    middle = _column(HEAVIEST / 2, across)
    figures = {0: "0", middle: "5", across - 2: "10"}
    line = [" "] * across
    for column, figure in figures.items():
        for at, sign in enumerate(figure):
            line[column + at] = sign
    line[here] = "▲"
    if here == across - 1:
        line[here - 1] = " "
    before, after = "".join(line[:here]), "".join(line[here + 1 :])
    return Span("     " + before, "muted"), Span("▲", "strong"), Span(after, "muted")
