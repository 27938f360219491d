"""What the decoders of one file share: its sources, and the names that it uses.

A name that must stand somewhere else (an option, a passage, a measure) is kept as a
mention with its place, and looked up once everything is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from be_tui.core.knowledge.model import Source
from be_tui.core.yamlform import Scalar

if TYPE_CHECKING:
    from collections.abc import Collection

    from be_tui.core.yamlform import Cursor, Node, Span

MentionKind = Literal[
    "target",
    "answer",
    "measure",
    "probe",
    "address",
    "tree",
    "screen",
    "concept",
    "chapter",
    "group",
]

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")

_GROUP_LENGTH = 30
"""Characters of a group's heading, which stands in a column."""


class Mention(NamedTuple):
    """A name that a file uses."""

    kind: MentionKind
    name: str
    span: Span
    trail: str
    """The keys that lead there."""

    owner: str = ""
    """The question that it stands in."""

    option: str | None = None
    """For an answer: the option that is named with the question."""

    early: bool = False
    """True where the question must have been answered before, on every path."""


class Desk:
    """The sources of one file, and its mentions."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.mentions: list[Mention] = []

    def read_sources(self, at: Cursor) -> tuple[Source, ...]:
        """Decode the file's sources, which the rest of it cites by their keys."""
        sources = at.each("sources", _source)
        self.sources = {source.id: source for source in sources}
        return sources

    def cited(self, at: Cursor) -> tuple[Source, ...]:
        """Give the sources that are cited by their keys under `sources`."""
        found: list[Source] = []
        for key, node in at.placed_texts("sources"):
            if key in self.sources:
                found.append(self.sources[key])
                continue
            near = at.faults.meant(key, self.sources)
            hint = f"did you mean `{near}`?" if near else "add it to `sources` at the top"
            at.fault("unknown-source", f"no source `{key}`; {hint}", node, near)
        return tuple(found)

    def references(self, at: Cursor) -> tuple[str, ...]:
        """Give the addresses of passages under `references`."""
        found = at.placed_texts("references")
        for address, node in found:
            self.mention("address", address, node, at)
        return tuple(address for address, _ in found)

    def markdown(self, at: Cursor, key: str, default: str | None = None) -> str:
        """Give a Markdown text, and keep what it links to."""
        text = at.text(key, default)
        node = at.find(key)
        # The parser is not imported for a text without a link.
        if "](" in text:
            from be_tui.core.knowledge.decode.markdown import scan

            for link in scan(text).links:
                self.mention("address", link.target, node, at)
        return text

    def mention(
        self,
        kind: MentionKind,
        name: str,
        node: Node | None,
        at: Cursor,
        *,
        owner: str = "",
        option: str | None = None,
        early: bool = False,
    ) -> None:
        """Keep a name to look up; nothing where the file gives none."""
        if node is not None and name:
            self.mentions.append(Mention(kind, name, node.span, at.trail, owner, option, early))


def _source(at: Cursor) -> Source:
    url = at.text("url", "")
    if url and not url.startswith(("https://", "http://")):
        at.fault("wrong-type", f"url: expected https://…, found `{url}`", at.find("url"))
    return Source(
        id=at.name,
        title=at.text("title"),
        by=at.text("by", ""),
        section=at.text("section", ""),
        url=url,
        rule_of_thumb=at.flag("rule_of_thumb"),
    )


def own_id(at: Cursor, kind: str) -> str:
    """Give the id of the file's item, which stands under the name of its kind."""
    found = at.text(kind)
    node = at.find(kind)
    identify(at, node if isinstance(node, Scalar) and found else None)
    return found


def identify(at: Cursor, node: Scalar | None, taken: Collection[str] = ()) -> None:
    """Check the form of an id, and that nothing else in the file has it."""
    if node is None:
        return
    if not _ID.fullmatch(node.text):
        message = f"expected an id of small letters, digits, `-` and `_`, found `{node.text}`"
        at.fault("bad-id", message, node)
    elif node.text in taken:
        at.fault("duplicate-id", f"`{node.text}` is the id of something else here", node)


def group_of(at: Cursor, desk: Desk) -> str:
    """Give the heading that lists put the file's item under, and keep it to look up."""
    group = at.text("group", "")
    node = at.find("group")
    if len(group) > _GROUP_LENGTH:
        message = f"group: expected a heading of at most {_GROUP_LENGTH} characters"
        at.fault("wrong-type", message, node)
    desk.mention("group", group, node, at)
    return group
