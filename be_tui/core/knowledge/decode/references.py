"""References: Markdown with an id, a title and a summary in its front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.knowledge.decode.desk import own_id
from be_tui.core.knowledge.decode.markdown import scan
from be_tui.core.yamlform import Span, parse_yaml, read_text

if TYPE_CHECKING:
    from be_tui.core.knowledge.decode.markdown import Scan
    from be_tui.core.yamlform import Faults

REFERENCE_LIMIT = 4_000_000
"""The largest reference that is read, in bytes."""

_FENCE = "---"


class Front(NamedTuple):
    """What a reference says of itself, and the Markdown below."""

    id: str
    title: str
    summary: str
    body: str
    offset: int
    """How many lines of the file stand above the body."""


class Passages(NamedTuple):
    """A reference as it is indexed and checked."""

    id: str
    title: str
    summary: str
    scan: Scan


def read_front(path: str, faults: Faults) -> Front:
    """Read one reference without looking into its Markdown; `faults` tells what is wrong."""
    text = read_text(path, faults, REFERENCE_LIMIT)
    if text is None:
        return Front("", "", "", "", 0)
    front, body, offset = split_front_matter(text)
    if front is None:
        message = "front matter is missing; begin with `---`, `id: …`, `title: …`, `---`"
        faults.form("missing-key", message, Span(1, 1, 1, 1))
        return Front("", "", "", body, offset)
    at = parse_yaml(front, faults, first_line=2)
    found = Front(own_id(at, "id"), at.text("title"), at.text("summary"), body, offset)
    at.close()
    return found


def read_passages(path: str, faults: Faults) -> Passages:
    """Read one reference and its sections."""
    front = read_front(path, faults)
    found = scan(front.body, front.offset)
    for section in found.repeated:
        message = f"an earlier heading has the slug `{section.slug.rpartition('-')[0]}`"
        faults.form("duplicate-id", message, Span(section.line, 1, section.line + 1, 1))
    return Passages(front.id, front.title, front.summary, found)


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """Give the front matter, the body, and how many lines stand above the body."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return None, text, 0
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), 0)
    if not end:
        return None, text, 0
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 1
