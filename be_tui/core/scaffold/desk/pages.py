"""What the desk says: a resource, an operation, the tables, a file, and what to do at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import CodeBlock, Document, Heading, Items, Paragraph, Span, Table
from be_tui.core.scaffold.desk.who import who_may
from be_tui.core.scaffold.editing import EXAMPLE
from be_tui.core.scaffold.model import ACTIONS

if TYPE_CHECKING:
    from be_tui.core.document import Block, Text
    from be_tui.core.files import Change
    from be_tui.core.scaffold.desk.model import Operation, Worked
    from be_tui.core.scaffold.model import Field, Resource, Service
    from be_tui.core.scaffold.settling import Settled, State

EMPTY = Document(
    (
        Paragraph((Span("Describe a service in the editor, or begin with its first field:"),)),
        CodeBlock(EXAMPLE, ""),
        Paragraph(
            (
                Span("a", "key"),
                Span(
                    " takes such a line. What comes of it stands here: the contract, the tables, "
                ),
                Span("the files of a service in the language of your team. "),
                Span("f8", "key"),
                Span(" opens an example, "),
                Span("f2", "key"),
                Span(" makes a spec from tables or from an OpenAPI document."),
            )
        ),
    )
)
"""While nothing is described."""

UNPROVED = Document(
    (
        Paragraph(
            (
                Span("r", "key"),
                Span(
                    " proves the service that stands in the folder, in a copy: installs, builds,"
                    " lints, tests, starts it on a PostgreSQL of this machine and tries its"
                    " contract. Write its files first ("
                ),
                Span("e", "key"),
                Span(")."),
            )
        ),
    )
)
"""Where nothing was proved yet."""


def no_stack_page(names: tuple[str, ...]) -> Document:
    """Say that a stack is to be chosen."""
    return Document(
        (
            Paragraph((Span("Choose what the service is generated in: "), Span("s", "key"))),
            Items(tuple((Paragraph((Span(name),)),) for name in names)),
        )
    )


def resource_page(service: Service, resource: Resource) -> Document:
    """Give a resource: its fields, its links, and who may do what with its rows."""
    blocks: list[Block] = [Heading((Span(resource.name),), 2, resource.name)]
    if resource.description:
        blocks.append(Paragraph((Span(resource.description),)))
    rows = tuple(
        (_plain(field.name), _plain(_kind(field)), _plain(", ".join(_said(field))))
        for field in resource.fields
    )
    blocks.append(Table((_plain("field"), _plain("type"), _plain("what holds")), rows))
    lines = [f"{link.name}: many {link.to}, either way" for link in resource.links]
    lines += [f"{' and '.join(fields)} together are unique" for fields in resource.unique]
    if resource.soft_delete:
        lines.append("a deleted row is kept, marked, and found no more")
    blocks += [Paragraph((Span(line),)) for line in lines]
    may = tuple((_plain(each), _plain(who_may(service, resource, each))) for each in ACTIONS)
    blocks.append(Table((_plain("action"), _plain("who may")), may))
    return Document(tuple(blocks))


def _kind(field: Field) -> str:
    return f"→ {field.to}" if field.kind == "reference" else field.kind


def _said(field: Field) -> list[str]:
    """Give what holds of a field's values, in words."""
    bounds = field.bounds
    said = [] if field.required else ["may be left out"]
    said += ["may be null"] if field.nullable else []
    said += [f"{field.default!r} by itself"] if field.default is not None else []
    if bounds.least is not None and bounds.most is not None:
        said.append(f"{bounds.least} to {bounds.most}")
    elif bounds.least is not None or bounds.most is not None:
        said.append(f"from {bounds.least}" if bounds.least is not None else f"to {bounds.most}")
    said += [bounds.pattern] if bounds.pattern else []
    said += [f"{bounds.digits} digits, {bounds.scale} behind the point"] if bounds.digits else []
    said += ["one of " + ", ".join(field.values)] if field.values else []
    marks = (
        (field.unique, "unique"),
        (field.filtered, "filtered"),
        (field.sorted, "sorted"),
        (field.private, "never answered"),
        (field.read_only, "set by the service"),
        (field.fixed, "stays as it was made"),
    )
    said += [word for holds, word in marks if holds]
    said += [f"set by {' or '.join(field.writers)}"] if field.writers else []
    return said


def operation_page(operation: Operation) -> Document:
    """Give an operation: what it takes, what it answers, who may ask."""
    head = (Span(f"{operation.method} {operation.path}", "strong"),)
    blocks: list[Block] = [
        Paragraph(head),
        Paragraph((Span(operation.summary), Span(f"  {operation.who}", "muted"))),
    ]
    if operation.takes:
        takes = tuple((_plain(name), _plain(said)) for name, said in operation.takes)
        blocks.append(Table((_plain("takes"), _plain("")), takes))
    answers = tuple((_plain(status), _plain(said)) for status, said in operation.answers)
    blocks.append(Table((_plain("answers"), _plain("")), answers))
    return Document(tuple(blocks))


def tables_page(worked: Worked) -> Document:
    """Give the tables as DDL."""
    return Document((CodeBlock(worked.ddl.rstrip("\n"), "sql"),))


STATES: dict[State, str] = {
    "new": "new",
    "same": "the same",
    "updated": "up to date",
    "merged": "merged",
    "conflict": "conflict",
    "kept": "yours kept",
    "deleted": "deleted",
    "yours": "yours",
    "taken": "not ours",
    "left": "no more",
}
"""How a file stands, in a word or two."""

_MEANT: dict[State, str] = {
    "same": "It stands so already.",
    "updated": "Nobody touched it: it is brought up to date.",
    "merged": "You edited it, and what was generated changed: both are in it.",
    "conflict": "You edited what was generated anew; it is left unless you choose it, with marks.",
    "kept": "You edited it, and nothing new was generated: it stays as it is.",
    "deleted": "You deleted it: it stays so.",
    "yours": "It was written once, and is yours since.",
    "taken": "Something else wrote it: it is left unless you choose it.",
    "left": "It is generated no more, and yours now.",
}


def file_page(settled: Settled, change: Change | None) -> Document:
    """Give a file: how it stands, and what would change.

    Args:
        settled: The file.
        change: How what would be written differs from what stands; None where nothing would be.
    """
    from be_tui.core.files import difference
    from be_tui.core.files.showing import as_text

    head: list[Block] = [Paragraph((Span(settled.path, "strong"),))]
    if settled.state in _MEANT:
        head.append(Paragraph((Span(_MEANT[settled.state], "muted"),)))
    if change is None:
        return Document(tuple(head))
    shown = as_text(change) if change.status in {"new", "same"} else difference(change)
    return Document(tuple(head)) + shown


def _plain(text: str) -> Text:
    return (Span(text),)
