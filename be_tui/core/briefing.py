"""The first page: what was found about the project, what was decided, what to do next.

Two documents, for one column or two. Every line that can be opened carries its link:
`tree:ID`, `screen:NAME`, `file:PATH:LINE`, or a reference's address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.document import Block, Document, Heading, Lines, Paragraph, Span, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.decisions import Decided
    from be_tui.core.evidence import Fact
    from be_tui.core.project import Project, Trait

_KIND_WORDS = {
    "language": "Language",
    "framework": "Framework",
    "orm": "ORM",
    "database": "Database",
    "migrations": "Migrations",
    "tests": "Tests",
    "ci": "CI",
    "deploy": "Deploys as",
    "cache": "Cache",
    "queue": "Queue",
    "search": "Search",
    "tracing": "Tracing",
    "metrics": "Metrics",
    "profiler": "Profiler",
}
_EXPECTED = ("language", "framework", "database", "migrations", "tests", "ci")
"""Kinds that are named even where nothing was found: their absence tells something."""

_ANY_SERVICE = ("optimize", "refactor")
"""Trees that fit any service on any day: offered before the others."""

TREES = 4
"""Trees that the first page names; the screen Decide has them all."""

_LABEL_CELLS = 13
_PER_KIND = 3


@dataclass(frozen=True, slots=True)
class TreeProgress:
    """A tree, and how far the person has walked it."""

    id: str
    question: str
    answered: int = 0
    outcome: str = ""
    """The outcome's title, where the walk has ended."""


def project_page(project: Project) -> Document:
    """Give what was found about the project, each trait with the file that shows it."""
    lines: list[Text] = []
    for kind, label in _KIND_WORDS.items():
        found = [trait for trait in project.traits if trait.kind == kind]
        if not found and kind in _EXPECTED:
            lines.append((_label(label), Span("none found", "muted")))
        for index, trait in enumerate(found[:_PER_KIND]):
            lines.append((_label(label if index == 0 else ""), *_trait(trait)))
        if len(found) > _PER_KIND:
            lines.append((_label(""), Span(f"and {len(found) - _PER_KIND} more", "muted")))
    lines += _size_lines(project)
    blocks: list[Block] = [Heading((Span("This project"),), 2, "this-project"), Lines(tuple(lines))]
    blocks += [Paragraph((Span("! ", "warning"), Span(each))) for each in project.trouble]
    if project.read:
        blocks.append(Paragraph((Span(f"Read {_moment(project.read)}.", "muted"),)))
    return Document(tuple(blocks))


def offered(trees: Sequence[TreeProgress]) -> tuple[TreeProgress, ...]:
    """Give the trees that the first page names, in their order: for any service, begun, others.

    The first ones keep their numbers, whatever was begun.
    """

    def rank(tree: TreeProgress) -> tuple[bool, bool]:
        return (tree.id not in _ANY_SERVICE, not tree.answered)

    return tuple(sorted(trees, key=rank)[:TREES])


def next_page(
    trees: Sequence[TreeProgress],
    count: int,
    decided: Sequence[Decided],
    stated: int,
    points: int,
) -> Document:
    """Give what to do next, and the decisions that stand.

    Args:
        trees: The trees that are offered.
        count: How many trees there are.
        decided: The project's decision records, the newest first.
        stated: How many points of the profile were stated.
        points: How many points there are.
    """
    profile = f"Say what this service has to stand ({stated} of {points} points stated)"
    lines = [_next_line(number, tree) for number, tree in enumerate(trees, 1)]
    lines += [
        (Span(" D  ", "key"), Span(f"All {count} decision trees", "link", "screen:decide")),
        (Span(" p  ", "key"), Span(profile, "link", "screen:profile")),
        (Span(" L  ", "key"), Span("Read the library", "link", "screen:library")),
        (Span(" S  ", "key"), Span("Check, rewrite and measure SQL", "link", "screen:sql")),
        (Span(" G  ", "key"), Span("Plan and prove a migration", "link", "screen:migrate")),
    ]
    if not decided:
        lines.append((Span("    No decision record yet; a walk's end offers one.", "muted"),))
    blocks: list[Block] = [Heading((Span("Do next"),), 2, "do-next"), Lines(tuple(lines))]
    if decided:
        blocks.append(Heading((Span("Decided"),), 2, "decided"))
        blocks.append(Lines(tuple(_decided_line(each) for each in decided)))
    return Document(tuple(blocks))


def _next_line(number: int, tree: TreeProgress) -> Text:
    if tree.outcome:
        state = f"  decided: {tree.outcome}"
    elif tree.answered:
        state = f"  {tree.answered} answered, go on"
    else:
        state = ""
    return (
        Span(f" {number}  ", "key"),
        Span(tree.question, "link", f"tree:{tree.id}"),
        Span(state, "muted"),
    )


def _decided_line(decided: Decided) -> Text:
    about = " · ".join(part for part in (decided.status, decided.date) if part)
    return (
        Span(f" {decided.number:04}  ", "muted"),
        Span(decided.title, "link", f"file:{decided.path.as_posix()}"),
        Span(f"  {about}", "muted"),
    )


def _label(text: str) -> Span:
    return Span(f" {text:<{_LABEL_CELLS}}", "muted")


def _trait(trait: Trait) -> Text:
    spans = [Span(" ".join(part for part in (trait.name, trait.detail) if part))]
    if trait.facts:
        spans += [Span("  "), _place(trait.facts[0])]
    return tuple(spans)


def _place(fact: Fact) -> Span:
    return Span(fact.place, "path", f"file:{fact.place}") if fact.place else Span("")


def _size_lines(project: Project) -> list[Text]:
    lines: list[Text] = []
    if project.size is not None:
        more = "at least " if project.size.bounded else ""
        text = f"{more}{project.size.files:,} source files, {project.size.lines:,} lines"
        lines.append((_label("Size"), Span(text)))
    if project.authors_90d is not None:
        people = "1 person" if project.authors_90d == 1 else f"{project.authors_90d} people"
        text = f"{people} committed in the last 90 days"
        lines.append((_label("People"), Span(text)))
    return lines


def _moment(iso: str) -> str:
    day, _, clock = iso.partition("T")
    return f"{day} {clock[:5]} UTC"
