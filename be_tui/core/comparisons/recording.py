"""A comparison as a record for the project: MADR 4, with the matrix and how far it holds.

    files = record(matrix, shares, project, Path("docs/decisions"), date.today())

The chosen option is the leader. A JSON block at the end tells a program all that was weighed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from be_tui.core.comparisons.drawing import WEIGHTINGS
from be_tui.core.comparisons.pages.cell import cited
from be_tui.core.comparisons.pages.drawing import ends_words, percent, said_score
from be_tui.core.comparisons.pages.matrix import WEIGHTINGS_WORDS, drawn_words
from be_tui.core.comparisons.pages.turning import score_words, weight_words
from be_tui.core.comparisons.ranking import beaten, rank
from be_tui.core.comparisons.turning import score_turns, weight_turns
from be_tui.core.decisions.markdown import code, escaped, linked
from be_tui.core.decisions.recording import filed
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from be_tui.core.comparisons.drawing import Shares
    from be_tui.core.comparisons.ranking import Ranked
    from be_tui.core.comparisons.weighing import Matrix, Row, Value, Weight
    from be_tui.core.document import Text
    from be_tui.core.files import FileSet
    from be_tui.core.jsonform import Json
    from be_tui.core.project import Project

BLOCK = "be-tui comparison"
"""What the fence of the block for programs says after `json`."""

_TOLD = 5
"""Changes of each kind that a record names."""

_ORIGINS = {
    "given": "as be-tui gives it",
    "profile": "from the project's profile",
    "yours": "said by the decision-makers",
}


def record(
    matrix: Matrix,
    shares: Sequence[Shares],
    project: Project,
    folder: Path,
    today: date,
    *,
    decision_makers: Sequence[str] = (),
) -> FileSet:
    """Give the record of a comparison as a file to be.

    Args:
        matrix: What was compared.
        shares: How far it holds.
        project: The project that is decided about.
        folder: Where records stand; relative to the project's root unless absolute.
        today: The date of the decision.
        decision_makers: Who decided.

    Raises:
        InputError: Nobody leads, or the folder cannot be read.
    """
    ranked = rank(matrix)
    best = [each for each in ranked if each.place == 1]
    if len(best) != 1:
        why = "several options are level" if best else "every option is ruled out"
        hint = "say a weight or a score that parts them" if best else "leave a constraint out"
        raise InputError(f"{matrix.comparison.id}: {why}, so nothing is decided", hint=hint)
    text = comparison_record(matrix, shares, project, today, decision_makers)
    title = f"{matrix.comparison.title} {best[0].option.title}"
    return filed(project.root, folder, title, text, matrix.comparison.id)


def comparison_record(
    matrix: Matrix,
    shares: Sequence[Shares],
    project: Project,
    today: date,
    decision_makers: Sequence[str],
) -> str:
    """Write the record of a comparison that has a leader."""
    ranked = rank(matrix)
    comparison = matrix.comparison
    parts = [
        _front_matter(matrix, today, decision_makers),
        f"# {escaped(comparison.title)}: {escaped(ranked[0].option.title)}",
        "## Context and Problem Statement",
        escaped(comparison.question),
        escaped(comparison.summary),
        f"About {escaped(project.headline)}.",
        "## Decision Drivers",
        _list(_driver(each) for each in matrix.weights if each.weight),
        "## Considered Options",
        _list(_options(matrix, ranked)),
        *_decision(matrix, ranked, shares),
        "## Pros and Cons of the Options",
        *(part for row in matrix.rows for part in _option(matrix, row)),
        "## More Information",
        "### Matrix",
        _table(matrix, ranked),
        *_sensitivity(shares),
        *_turns(matrix),
        *_sources(matrix),
        "### For be-tui",
        "What a program needs to weigh this again:",
        # JSON texts hold no bare line break, so no line of it can end the fence.
        f"```json {BLOCK}\n{json.dumps(record_json(matrix, shares), indent=2)}\n```",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _front_matter(matrix: Matrix, today: date, decision_makers: Sequence[str]) -> str:
    status = "proposed" if matrix.open else "accepted"
    makers = json.dumps(list(decision_makers), ensure_ascii=False)
    return f"---\nstatus: {status}\ndate: {today.isoformat()}\ndecision-makers: {makers}\n---"


def _driver(weight: Weight) -> str:
    return (
        f"**{escaped(weight.criterion.title)}**, weight {weight.weight:g} of 10, "
        f"{percent(weight.share)} of all ({_ORIGINS[weight.origin]})"
    )


def _options(matrix: Matrix, ranked: Sequence[Ranked]) -> Iterator[str]:
    for each in ranked:
        yield escaped(each.option.title)
    for out in matrix.ruled_out:
        why = f"{out.constraint.must}. {out.why}"
        yield f"{escaped(out.option.title)}, ruled out: {escaped(why)}"


def _decision(matrix: Matrix, ranked: Sequence[Ranked], shares: Sequence[Shares]) -> Iterator[str]:
    leader = ranked[0]
    yield "## Decision Outcome"
    second = (
        f", ahead of {escaped(ranked[1].option.title)} with {ranked[1].points:.1f}"
        if len(ranked) > 1
        else ""
    )
    yield (
        f'Chosen option: "{escaped(leader.option.title)}", because it has most points: '
        f"{leader.points:.1f} of 100{second}."
    )
    wins = [
        f"{percent(each.of(leader.option.id))} of weightings {WEIGHTINGS_WORDS[each.weightings]}"
        for each in _in_order(shares)
    ]
    if wins:
        yield f"It wins under {', '.join(wins)}."
    yield "### Consequences"
    yield _list(_consequences(matrix, leader))
    yield "### Confirmation"
    yield f"Weigh it again by {code(f'be-tui compare {matrix.comparison.id}')}."


def _consequences(matrix: Matrix, leader: Ranked) -> Iterator[str]:
    """Give where the leader is good and bad, as far as it counts, then its risks."""
    row = matrix.row(leader.option.id)
    for index in matrix.counting:
        value, criterion = row.values[index], matrix.weights[index].criterion
        why = _why(value)
        said = f"{escaped(criterion.title)}: {_worth(matrix.weights[index], value)}"
        told = f"{said}. {why}" if why else said
        if value.low >= 0.75:  # noqa: PLR2004 (a score of 4)
            yield f"Good, because of {told}"
        elif value.high <= 0.25:  # noqa: PLR2004 (a score of 2)
            yield f"Bad, because of {told}"
        elif value.cell.estimate is None:
            yield f"Not known: {escaped(criterion.title)}"
    for each in leader.option.risks:
        yield f"Bad, if it comes to pass: {_flat(each.risk)} Against it: {_flat(each.remedy)}"
    for later in leader.option.future:
        yield f"Later: {escaped(later)}"


def _why(value: Value) -> str:
    """Give a reason: a pack's is Markdown as it stands, a person's is plain text."""
    return escaped(value.cell.why) if value.origin == "yours" else _flat(value.cell.why)


def _flat(markdown: str) -> str:
    return " ".join(markdown.split())


def _worth(weight: Weight, value: Value) -> str:
    if value.cell.estimate is None:
        return "not known"
    scale = weight.criterion.scale
    said = said_score(value.cell.estimate)
    return f"{said} {escaped(scale.unit)}" if scale else f"{said} of 5"


def _option(matrix: Matrix, row: Row) -> Iterator[str]:
    yield f"### {escaped(row.option.title)}"
    yield _flat(row.option.summary)
    yield _list(
        _argument(weight, value)
        for weight, value in zip(matrix.weights, row.values, strict=True)
        if weight.weight
    )


def _argument(weight: Weight, value: Value) -> str:
    """Give a score with its reason, in the words that MADR has for arguments."""
    good, bad = value.middle > 0.625, value.middle < 0.375  # noqa: PLR2004 (above 3.5, below 2.5)
    if value.cell.estimate is None:
        return f"Neutral, because it is not known: {escaped(weight.criterion.title)}"
    lead = "Good" if good else "Bad" if bad else "Neutral"
    own = " (said by the decision-makers)" if value.origin == "yours" else ""
    why = f". {_why(value)}" if value.cell.why else ""
    said = f"{escaped(weight.criterion.title)}: {_worth(weight, value)}"
    return f"{lead}, because of {said}{own}{why}"


def _table(matrix: Matrix, ranked: Sequence[Ranked]) -> str:
    """Give the matrix as a table of Markdown, the best option first."""
    head = ["Criterion", "Weight", *(_cell(each.option.title) for each in ranked)]
    rows = [head, [":--", *["--:"] * (len(head) - 1)]]
    places = [matrix.row(each.option.id) for each in ranked]
    for index, weight in enumerate(matrix.weights):
        scores = [said_score(row.values[index].cell.estimate) for row in places]
        title = f"{weight.criterion.title} ({ends_words(weight.criterion)})"
        rows.append([_cell(title), f"{weight.weight:g}", *scores])
    rows.append(["**Points**", "", *(f"**{each.points:.1f}**" for each in ranked)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    return escaped(text).replace("|", "\\|")


def _sensitivity(shares: Sequence[Shares]) -> Iterator[str]:
    if not shares:
        return
    yield "### How far it holds"
    for drawn in _in_order(shares):
        winning = sorted(drawn.shares, key=lambda each: -each.share)
        told = ", ".join(
            f"{escaped(each.option.title)} {percent(each.share)}" for each in winning if each.share
        )
        yield f"* Weights {WEIGHTINGS_WORDS[drawn.weightings]}: {told}"
    yield drawn_words(shares[0])


def _in_order(shares: Sequence[Shares]) -> list[Shares]:
    return sorted(shares, key=lambda each: WEIGHTINGS.index(each.weightings))


def _turns(matrix: Matrix) -> Iterator[str]:
    yield "### What would change this"
    told = [_plain(weight_words(each)) for each in weight_turns(matrix)[:_TOLD]]
    told += [_plain(score_words(each)) for each in score_turns(matrix)[:_TOLD]]
    for each in beaten(matrix):
        told.append(
            f"{escaped(each.option.title)} is nowhere better than {escaped(each.by.title)}: "
            "no weights would make it win"
        )
    yield _list(told) if told else "No single weight and no single score would."


def _plain(text: Text) -> str:
    return escaped("".join(span.text for span in text))


def _sources(matrix: Matrix) -> Iterator[str]:
    found = cited(matrix.comparison)
    if found:
        yield "### Sources"
        yield _list(linked(str(source), source.url) for source in found)


def record_json(matrix: Matrix, shares: Sequence[Shares]) -> dict[str, Json]:
    """Give what a program needs to weigh the same again, and to compare what comes of it."""
    ranked = rank(matrix)
    return {
        "format": 1,
        "comparison": matrix.comparison.id,
        "version": matrix.comparison.version,
        "weights": {each.criterion.id: each.weight for each in matrix.weights},
        "scores": {
            row.option.id: {
                weight.criterion.id: said_score(value.cell.estimate)
                for weight, value in zip(matrix.weights, row.values, strict=True)
            }
            for row in matrix.rows
        },
        "musts": [must.constraint.id for must in matrix.musts if must.holds],
        "points": {each.option.id: round(each.points, 3) for each in ranked},
        "chosen": ranked[0].option.id,
        "sensitivity": [
            {
                "weightings": drawn.weightings,
                "draws": drawn.draws,
                "seed": drawn.seed,
                "wins": {each.option.id: round(each.share, 4) for each in drawn.shares},
            }
            for drawn in shares
        ],
    }


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"* {text}" for text in texts)
