"""A rewrite as a document: the difference, each step with its proof, what was run, what is open."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from be_tui.core.document import (
    CodeBlock,
    Document,
    Heading,
    Items,
    Lines,
    Paragraph,
    Span,
    Table,
    parse_markdown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from be_tui.core.document import Block, Role, Text
    from be_tui.core.knowledge.model import Rule
    from be_tui.core.rewrites.model import Obligation, Rewrite, Taken, Trial, Witness

_STANDINGS: Mapping[str, tuple[str, Role]] = {
    "applied": ("applied", "good"),
    "offered": ("not applied", "warning"),
    "refused": ("taken back", "bad"),
}
_LONGEST = 60
"""Characters of a value that a witness shows."""

_MOST_LINES = 12
"""Lines that are named of statements that are left as they are for one reason."""


def rewrite_page(rewrites: Sequence[Rewrite], rules: Mapping[str, Rule]) -> Document:
    """Give rewrites to read.

    Args:
        rewrites: What came of each statement of a text.
        rules: The words of each rule among their steps.
    """
    told: set[str] = set()
    if len(rewrites) == 1:
        heading = Heading((Span("Rewrite"),), 1, "rewrite")
        return Document((heading, *_statement(rewrites[0], rules, told)))
    blocks: list[Block] = [Paragraph((Span(_counted(rewrites), "strong"),))]
    for number, found in enumerate(rewrites):
        if found.steps and not found.trouble:
            title = f"Statement at line {found.statement.line}"
            blocks.append(Heading((Span(title),), 1, f"rewrite-{number}"))
            blocks += _statement(found, rules, told)
    return Document((*blocks, *_left(rewrites)))


def _counted(rewrites: Sequence[Rewrite]) -> str:
    changed = sum(bool(found.applied) for found in rewrites)
    steps = [taken for found in rewrites for taken in found.steps]
    open_steps = sum(taken.standing != "applied" for taken in steps)
    more = f"; {open_steps} step{'s' * (open_steps != 1)} not applied" if open_steps else ""
    return f"{changed or 'None'} of {len(rewrites)} statements rewritten{more}."


def _left(rewrites: Sequence[Rewrite]) -> Iterator[Block]:
    """Tell the statements with nothing to show, reason by reason: of many, few have something."""
    reasons: dict[str, list[int]] = {}
    for found in rewrites:
        if found.trouble or not found.steps:
            reason = found.trouble or "nothing to rewrite that would pay"
            reasons.setdefault(reason, []).append(found.statement.line)
    if not reasons:
        return
    yield Heading((Span("Left as they are"),), 1, "left")
    yield Items(
        tuple(
            (Paragraph((Span(f"{_at_lines(lines)}: "), *_marked(reason))),)
            for reason, lines in reasons.items()
        )
    )


def _at_lines(of: Sequence[int]) -> str:
    lines = tuple(dict.fromkeys(of))
    shown = ", ".join(map(str, lines[:_MOST_LINES]))
    more = f" and {len(lines) - _MOST_LINES} more" if len(lines) > _MOST_LINES else ""
    return f"line{'s' * (len(lines) != 1)} {shown}{more}"


def _statement(found: Rewrite, rules: Mapping[str, Rule], told: set[str]) -> Iterator[Block]:
    """Tell one statement; the words of a rule that was told before are left out."""
    if found.trouble:
        yield Paragraph((Span("Left as it is: "), Span(found.trouble, "warning")))
        return
    if not found.steps:
        yield Paragraph((Span("Nothing to rewrite that would pay here.", "good"),))
        return
    yield Paragraph((Span(_summary(found), "muted"),))
    if found.applied:
        yield Lines(difference(found.before, found.after))
    for taken in found.steps:
        yield from _taken(found, taken, rules[taken.step.rule], words=taken.step.rule not in told)
        told.add(taken.step.rule)


def _summary(found: Rewrite) -> str:
    counts = [
        (sum(taken.standing == standing for taken in found.steps), words)
        for standing, (words, _) in _STANDINGS.items()
    ]
    return " · ".join(f"{count} {words}" for count, words in counts if count)


def difference(before: str, after: str) -> tuple[Text, ...]:
    """Give two texts as one, line by line: what goes, what comes, what stays."""
    old, new = before.split("\n"), after.split("\n")
    lines: list[Text] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [(Span(f"  {line}"),) for line in old[i:j]]
        else:
            lines += [(Span(f"- {line}", "removed"),) for line in old[i:j]]
            lines += [(Span(f"+ {line}", "added"),) for line in new[k:m]]
    return tuple(lines)


def _taken(found: Rewrite, taken: Taken, rule: Rule, *, words: bool) -> Iterator[Block]:
    said, role = _STANDINGS[taken.standing]
    step = taken.step
    yield Heading((Span(rule.title),), 2, step.rule)
    yield Paragraph((Span(step.says, "strong"), Span("  "), Span(said, role)))
    if taken.standing != "applied" and taken.why:
        yield Paragraph((Span("Because: ", "muted"), Span(taken.why)))
    if step.pays:
        yield Paragraph((Span("Pays: ", "muted"), Span(f"{step.pays}.")))
    elif step.changes:
        free = f"{found.target.engine} does so by itself; it is for the reader"
        yield Paragraph((Span("Pays: ", "muted"), Span(f"not here: {free}.")))
    if step.obligations:
        yield Items(tuple((Paragraph(_obligation(each)),) for each in step.obligations))
    else:
        yield Paragraph((Span("Holds for any data.", "muted"),))
    if taken.trial is not None:
        yield from _trial(taken.trial)
    if step.sketch:
        yield CodeBlock(step.sketch, "sql")
    elif taken.standing == "offered" and taken.after != taken.before:
        yield Lines(difference(taken.before, taken.after))
    if words:
        yield from _words(rule)


def _obligation(each: Obligation) -> Text:
    must = _marked(each.must)
    if each.proved:
        return (*must, Span(": "), Span("proved", "good"), Span(f", {each.fact}", "muted"))
    return (*must, Span(": "), Span("not known", "warning"))


def _marked(text: str) -> Text:
    """Give a text with what stands in backticks as code."""
    parts = text.split("`")
    return tuple(Span(part, "code" if at % 2 else "text") for at, part in enumerate(parts) if part)


def _trial(trial: Trial) -> Iterator[Block]:
    if not trial.engine:
        yield Paragraph((Span("Run: ", "muted"), Span(f"not at all; {trial.trouble}", "warning")))
        return
    spans = [Span("Run: ", "muted"), Span(f"both forms on {trial.engine}, ")]
    sets = f"{trial.cases} set{'s' * (trial.cases != 1)} of rows, {trial.telling} gave a result"
    spans.append(Span(sets))
    if trial.witness is None and not trial.telling:
        spans.append(Span(": nothing to compare, the proof stands alone", "warning"))
    elif trial.witness is None:
        order = ", in the same order" if trial.as_sequences else ""
        spans.append(Span(f": no difference{order}", "good"))
    else:
        spans.append(Span(": they differ", "bad"))
    if not trial.own:
        spans.append(Span(f" ({trial.trouble}: seen on another engine only)", "warning"))
    elif trial.trouble:
        spans.append(Span(f" ({trial.trouble})", "warning"))
    yield Paragraph(tuple(spans))
    if trial.witness is not None:
        yield from _witness(trial.witness)


def _witness(witness: Witness) -> Iterator[Block]:
    yield Paragraph((Span("They differ on these rows:", "muted"),))
    for table in witness.tables:
        if not table.rows:
            yield Paragraph((Span(table.table, "code"), Span(" without a row")))
            continue
        head = tuple((Span(name),) for name in (table.table, *table.columns))
        rows = tuple(tuple((Span(_cut(cell)),) for cell in ("", *row)) for row in table.rows)
        yield Table(head, rows)
    if witness.parameters:
        said = ", ".join(f"{name} = {value}" for name, value in witness.parameters)
        yield Paragraph((Span("with "), Span(said, "code")))
    if witness.setting:
        yield Paragraph((Span("under "), Span(witness.setting, "code")))
    yield Paragraph((Span("before: ", "muted"), Span(_rows(witness.before), "removed")))
    after = witness.trouble or _rows(witness.after)
    yield Paragraph((Span("after: ", "muted"), Span(after, "added")))


def _rows(rows: tuple[tuple[str | None, ...], ...]) -> str:
    if not rows:
        return "no row"
    return "; ".join(
        "(" + ", ".join("NULL" if cell is None else _cut(cell) for cell in row) + ")"
        for row in rows
    )


def _cut(cell: str) -> str:
    return cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + "…"


def _words(rule: Rule) -> Iterator[Block]:
    yield from _prose("Why: ", rule.why)
    if rule.fine_when:
        yield from _prose("Leave it when: ", rule.fine_when)
    links: list[Span] = []
    for each in rule.references:
        links += [Span(", " if links else ""), Span(each, "link", each)]
    if links:
        yield Paragraph((Span("Read: ", "muted"), *links))


def _prose(label: str, said: str) -> Iterator[Block]:
    """Give what a rule says, led by what it is."""
    first, *rest = parse_markdown(said).blocks
    if isinstance(first, Paragraph):
        yield Paragraph((Span(label, "muted"), *first.text))
        yield from rest
    else:
        yield from (Paragraph((Span(label, "muted"),)), first, *rest)
