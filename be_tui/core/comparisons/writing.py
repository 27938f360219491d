"""A comparison as a file of a pack: an empty one to begin with, or one's own from another.

    files = written(fork(matrix, "ours", "Our database"))      .be-tui/comparisons/ours.yaml

What is written is read back as the same comparison.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.comparisons.model import (
    HEAVIEST,
    Alternative,
    Cell,
    Comparison,
    Criterion,
    figure,
)
from be_tui.core.comparisons.pages.cell import cited
from be_tui.core.errors import InputError
from be_tui.core.files import FileSet, NewFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.comparisons.model import Constraint
    from be_tui.core.comparisons.weighing import Matrix, Row
    from be_tui.core.knowledge import Source

FOLDER = ".be-tui/comparisons"
"""Where a project's comparisons stand."""

_USUAL_WEIGHT = 5.0


def empty(
    comparison_id: str, title: str, options: Sequence[str], criteria: Sequence[str]
) -> Comparison:
    """Give a comparison in which nothing is known yet.

    Args:
        comparison_id: Its id.
        title: Its title; made from the id where it is empty.
        options: Each `ID` or `ID=TITLE`; two at least.
        criteria: Each `ID`, `ID=WEIGHT` or `ID=WEIGHT:TITLE`; one at least.

    Raises:
        InputError: An id has signs that an id may not have, or stands twice; there are too few.
    """
    identified(comparison_id)
    title = title or _title(comparison_id)
    made = tuple(_criterion(each) for each in criteria)
    alternatives = tuple(_alternative(each, made) for each in options)
    if len(alternatives) < 2 or not made:  # noqa: PLR2004 (one option is no choice)
        hint = "--option ID=TITLE twice or more, --criterion ID=WEIGHT:TITLE once or more"
        raise InputError("a comparison needs two options and a criterion", hint=hint)
    for ids in ([each.id for each in made], [each.id for each in alternatives]):
        twice = next((each for each in ids if ids.count(each) > 1), "")
        if twice:
            raise InputError(f"{twice!r} stands twice", hint="give each an id of its own")
    question = f"Which one, by what counts for us? ({title})"
    summary = "Our own comparison; say in a sentence when it applies."
    return Comparison(comparison_id, 1, title, question, summary, made, alternatives)


def _title(item_id: str) -> str:
    return item_id.replace("-", " ").replace("_", " ").capitalize()


def _alternative(said: str, criteria: Sequence[Criterion]) -> Alternative:
    item_id, _, title = said.partition("=")
    identified(item_id)
    cells = tuple(Cell(each.id, None) for each in criteria)
    return Alternative(item_id, title or _title(item_id), "Say what it is.", cells)


def _criterion(said: str) -> Criterion:
    item_id, equals, rest = said.partition("=")
    identified(item_id)
    number, _, title = rest.partition(":")
    try:
        weight = float(number) if equals else _USUAL_WEIGHT
    except ValueError:
        weight = -1.0
    if not 0 <= weight <= HEAVIEST:
        hint = "write it as ID=WEIGHT:TITLE, the weight from 0 to 10"
        raise InputError(f"--criterion {said}", hint=hint)
    why = "Say what goes wrong where it is overlooked."
    return Criterion(item_id, title or _title(item_id), why, weight, "worst", "best")


def identified(item_id: str) -> None:
    """Refuse an id that no file of a pack may have.

    Raises:
        InputError: It has other signs than small letters, digits, `-` and `_`.
    """
    import re

    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", item_id):
        hint = "use small letters, digits, `-` and `_`"
        raise InputError(f"{item_id!r} is no id", hint=hint)


def fork(matrix: Matrix, comparison_id: str, title: str = "") -> Comparison:
    """Give a comparison as it stands here, with what was said in it, under an id of its own.

    Raises:
        InputError: It is no id.
    """
    identified(comparison_id)
    comparison = matrix.comparison
    held = {must.constraint.id: must.holds for must in matrix.musts}
    return replace(
        comparison,
        id=comparison_id,
        version=1,
        title=title or comparison.title,
        criteria=tuple(replace(each.criterion, weight=each.weight) for each in matrix.weights),
        options=tuple(_forked(row) for row in matrix.rows),
        constraints=tuple(replace(each, holds=held[each.id]) for each in comparison.constraints),
        path="",
        pack="project",
    )


def _forked(row: Row) -> Alternative:
    cells = (replace(value.cell, why=value.cell.why or "Our own score.") for value in row.values)
    return replace(row.option, cells=tuple(cells))


def written(comparison: Comparison, folder: str = FOLDER) -> FileSet:
    """Give the file of a comparison, to be compared and written by `be_tui.core.files`."""
    return FileSet((NewFile(f"{folder}/{comparison.id}.yaml", to_yaml(comparison)),))


def to_yaml(comparison: Comparison) -> str:
    """Write a comparison as the YAML that a pack holds."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"comparison: {comparison.id}"
    yield f"version: {comparison.version}"
    for key in ("title", "question", "summary"):
        yield f"{key}: {_text(getattr(comparison, key))}"
    if comparison.references:
        yield f"references: {_texts(comparison.references)}"
    sources = cited(comparison)
    if sources:
        yield "sources:"
        yield from (f"  {_text(each.id)}: {_source(each)}" for each in sources)
    yield "criteria:"
    for criterion in comparison.criteria:
        yield from _criterion_lines(criterion)
    yield "options:"
    for option in comparison.options:
        yield from _option_lines(option)
    if comparison.constraints:
        yield "constraints:"
        for constraint in comparison.constraints:
            yield from _constraint_lines(constraint)


def _criterion_lines(criterion: Criterion) -> Iterator[str]:
    yield f"  {criterion.id}:"
    for key in ("title", "why"):
        yield f"    {key}: {_text(getattr(criterion, key))}"
    yield f"    weight: {figure(criterion.weight)}"
    for key in ("low", "high"):
        yield f"    {key}: {_text(getattr(criterion, key))}"
    if criterion.better == "less":
        yield "    better: less"
    if criterion.scale:
        scale = criterion.scale
        ends = f"low: {figure(scale.low)}, high: {figure(scale.high)}"
        yield f"    figures: {{unit: {_text(scale.unit)}, {ends}}}"
    if criterion.serves:
        yield f"    serves: {criterion.serves}"
    if criterion.sources:
        yield f"    sources: {_texts([each.id for each in criterion.sources])}"


def _option_lines(option: Alternative) -> Iterator[str]:
    yield f"  {option.id}:"
    for key in ("title", "summary"):
        yield f"    {key}: {_text(getattr(option, key))}"
    if option.cells:
        yield "    scores:"
        yield from (f"      {each.criterion}: {_cell(each)}" for each in option.cells)
    if option.risks:
        yield "    risks:"
        for each in option.risks:
            yield f"      - {{risk: {_text(each.risk)}, remedy: {_text(each.remedy)}}}"
    if option.future:
        yield f"    future: {_texts(option.future)}"
    if option.references:
        yield f"    references: {_texts(option.references)}"


def _cell(cell: Cell) -> str:
    parts = [f"score: {_text(str(cell.estimate) if cell.estimate else '?')}"]
    parts += [f"why: {_text(cell.why)}"] if cell.why else []
    parts += [f"sources: {_texts([each.id for each in cell.sources])}"] if cell.sources else []
    return f"{{{', '.join(parts)}}}"


def _constraint_lines(constraint: Constraint) -> Iterator[str]:
    yield f"  {constraint.id}:"
    yield f"    must: {_text(constraint.must)}"
    if constraint.holds:
        yield "    holds: true"
    if constraint.sources:
        yield f"    sources: {_texts([each.id for each in constraint.sources])}"
    if constraint.breaches:
        yield "    rules_out:"
        for each in constraint.breaches:
            yield f"      - {{option: {each.option}, why: {_text(each.why)}}}"


def _source(source: Source) -> str:
    parts = [f"title: {_text(source.title)}"]
    said = (("by", source.by), ("section", source.section), ("url", source.url))
    parts += [f"{key}: {_text(text)}" for key, text in said if text]
    if source.rule_of_thumb:
        parts.append("rule_of_thumb: true")
    return f"{{{', '.join(parts)}}}"


def _texts(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """Give a text in double quotes, which YAML reads as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
