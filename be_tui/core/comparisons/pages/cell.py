"""One cell of the matrix, one criterion, one option: the reasons, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.comparisons.pages.drawing import ends_words, percent, said_score
from be_tui.core.comparisons.weighing import formula
from be_tui.core.decisions.pages.parts import heading, items, line, sources
from be_tui.core.document import Document, Paragraph, Span, parse_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.comparisons.model import Alternative, Comparison, Constraint, Criterion
    from be_tui.core.comparisons.weighing import Matrix, RuledOut, Value, Weight
    from be_tui.core.document import Block, Text
    from be_tui.core.knowledge import Source


def cell_page(matrix: Matrix, option_id: str, criterion_id: str) -> Document:
    """Give why an option has its score by a criterion."""
    row, index = matrix.row(option_id), matrix.column(criterion_id)
    weight, value = matrix.weights[index], row.values[index]
    criterion = weight.criterion
    blocks: list[Block] = [
        heading(f"{row.option.title}: {_worth(criterion, value)}", "cell"),
        line(criterion.title, "strong"),
        *_reason(value),
        *sources(value.cell.sources),
    ]
    if value.origin == "yours":
        blocks += _given(criterion, value)
    blocks += _about_criterion(weight)
    return Document(tuple(blocks))


def weight_page(matrix: Matrix, criterion_id: str) -> Document:
    """Give what a criterion is about, and how much it counts."""
    weight = matrix.weights[matrix.column(criterion_id)]
    title = heading(weight.criterion.title, "criterion")
    return Document((title, *_about_criterion(weight)))


def _worth(criterion: Criterion, value: Value) -> str:
    said = said_score(value.cell.estimate)
    if value.cell.estimate is None:
        return "not known"
    return f"{said} {criterion.scale.unit}" if criterion.scale else f"{said} of 5"


def _reason(value: Value) -> list[Block]:
    if value.cell.why:
        return list(parse_markdown(value.cell.why).blocks)
    if value.cell.estimate is None:
        told = "Nobody has said, so anything from the worst to the best is possible."
        return [line(told, "muted")]
    return [line("Your score; no reason was given.", "muted")]


def _given(criterion: Criterion, value: Value) -> list[Block]:
    given = value.given
    if given.estimate is None:
        return [line("The file does not know it.", "muted")]
    unit = f" {criterion.scale.unit}" if criterion.scale else ""
    blocks: list[Block] = [line(f"The file says {given.estimate}{unit}:", "muted")]
    return [*blocks, *parse_markdown(given.why).blocks, *sources(given.sources)]


def _about_criterion(weight: Weight) -> list[Block]:
    criterion = weight.criterion
    return [
        heading(f"Weight {weight.weight:g}, {percent(weight.share)} of all", "weight", 3),
        *([line(_origin(weight), "muted")] if weight.origin != "given" else []),
        *parse_markdown(criterion.why).blocks,
        line(ends_words(criterion)),
        line(formula(criterion), "muted"),
        *sources(criterion.sources),
    ]


def _origin(weight: Weight) -> str:
    if weight.origin == "yours":
        return f"Yours; the file says {weight.before:g}."
    return f"From your profile; the file says {weight.before:g}."


def option_page(matrix: Matrix, option_id: str) -> Document:
    """Give what an option is, what can go wrong with it, and where it leads."""
    row = matrix.row(option_id)
    out = [each for each in matrix.ruled_out if each.option.id == option_id]
    return Document((heading(row.option.title, "option"), *_ruled(out), *option_blocks(row.option)))


def _ruled(out: Iterable[RuledOut]) -> list[Block]:
    return [line(f"Ruled out: {each.constraint.must}. {each.why}", "warning") for each in out]


def option_blocks(option: Alternative) -> list[Block]:
    """Give the parts of an option's page."""
    blocks: list[Block] = [*parse_markdown(option.summary).blocks]
    if option.risks:
        blocks.append(heading("What can go wrong", "risks", 3))
        blocks += items(
            (Span(f"{each.risk} "), Span(each.remedy, "muted")) for each in option.risks
        )
    if option.future:
        blocks.append(heading("Later", "future", 3))
        blocks += items((Span(each),) for each in option.future)
    if option.references:
        blocks.append(heading("To read on", "references", 3))
        blocks += items((Span(each, "link", each),) for each in option.references)
    return blocks


def reasons_page(matrix: Matrix, options: Iterable[str] = ()) -> Document:
    """Give every score with its reason and sources, option by option.

    Args:
        matrix: What is compared.
        options: The ids of the options to tell about; all where there are none.
    """
    wanted = set(options)
    blocks: list[Block] = []
    for row in matrix.rows:
        if wanted and row.option.id not in wanted:
            continue
        blocks += [heading(row.option.title, row.option.id), *option_blocks(row.option)]
        blocks.append(heading("Scores", f"{row.option.id}-scores", 3))
        blocks += items(
            _told(weight.criterion, value)
            for weight, value in zip(matrix.weights, row.values, strict=True)
        )
    return Document(tuple(blocks))


def _told(criterion: Criterion, value: Value) -> Text:
    why = " ".join(value.cell.why.split())
    cited = "; ".join(map(str, value.cell.sources))
    return (
        Span(f"{criterion.title}: {_worth(criterion, value)}", "strong"),
        Span(f"\n{why}" if why else ""),
        Span(f"\n{cited}" if cited else "", "muted"),
    )


def about_page(comparison: Comparison) -> Document:
    """Give what a comparison compares, before anything is weighed."""
    blocks: list[Block] = [
        heading(comparison.title, comparison.id, 1),
        line(comparison.question, "strong"),
        *parse_markdown(comparison.summary).blocks,
        Paragraph((Span("Weigh it: "), Span(f"be-tui compare {comparison.id}", "code"))),
        heading("Options", "options"),
        *items(
            (Span(each.title, "strong"), Span(f"  {' '.join(each.summary.split())}"))
            for each in comparison.options
        ),
        heading("Criteria", "criteria"),
        *items(
            (
                Span(each.title, "strong"),
                Span(f"  weight {each.weight:g}. ", "muted"),
                Span(ends_words(each)),
            )
            for each in comparison.criteria
        ),
        *_musts(comparison.constraints),
    ]
    return Document(tuple(blocks))


def _musts(constraints: tuple[Constraint, ...]) -> list[Block]:
    if not constraints:
        return []
    rows = [(Span(each.must, "strong"), Span(_out(each), "muted")) for each in constraints]
    return [heading("What may have to hold", "constraints"), *items(rows)]


def _out(constraint: Constraint) -> str:
    count = len(constraint.breaches)
    return f"  rules out {count} option{'' if count == 1 else 's'}"


def cited(comparison: Comparison) -> tuple[Source, ...]:
    """Give every source that is cited, once, in the order of the first time."""
    found: dict[str, Source] = {}
    criteria = [source for each in comparison.criteria for source in each.sources]
    cells = [
        source for option in comparison.options for cell in option.cells for source in cell.sources
    ]
    musts = [source for each in comparison.constraints for source in each.sources]
    for source in (*criteria, *cells, *musts):
        found.setdefault(source.id, source)
    return tuple(found.values())
