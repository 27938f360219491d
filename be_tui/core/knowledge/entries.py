"""What a library lists and finds, as tuples: their import costs a command next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from be_tui.core.document import Text
    from be_tui.core.knowledge.model import PackName

Kind = Literal["tree", "comparison", "checklist", "reference", "rule"]
KINDS: tuple[Kind, ...] = ("tree", "comparison", "checklist", "reference", "rule")
"""In the order in which they are listed."""

MARK, UNMARK = "\x02", "\x03"
"""What stands around a matched word in the text of a hit."""


class Entry(NamedTuple):
    """One item of the library, as a list shows it."""

    kind: Kind
    id: str
    title: str
    summary: str
    path: str
    """The file that it stands in."""

    pack: PackName
    group: str = ""
    """The heading that a list puts it under, with others; empty for none."""

    @property
    def address(self) -> str:
        """Give what to open it by: `guide`, `tree:optimize`."""
        return self.id if self.kind == "reference" else f"{self.kind}:{self.id}"


LEVELS = ("must", "should", "may", "a", "b", "c")
"""Every level that an item can have; which of them, its reference says."""


class Facets(NamedTuple):
    """Which items are wanted; what is left empty asks for nothing."""

    level: str = ""
    applies: str = ""
    """A word of what they apply to: `postgresql`. What holds anywhere applies to it too."""

    checkable: bool = False
    """Whether be-tui must be able to check them in a project."""


class Hit(NamedTuple):
    """One thing found."""

    address: str
    """What to open it by: `guide#caching`, `tree:optimize`."""

    kind: Kind
    title: str
    trail: str
    """The titles above it, outermost first; empty for a whole document."""

    marked: str
    """A stretch of its text, matched words between `MARK` and `UNMARK`."""

    @property
    def snippet(self) -> Text:
        """Give the stretch of text; matched words have the role `strong`."""
        from be_tui.core.document.model import Span

        spans: list[Span] = []
        for number, part in enumerate(self.marked.split(MARK)):
            matched, unmark, rest = part.rpartition(UNMARK) if number else ("", "", part)
            if unmark:
                spans.append(Span(matched, "strong"))
            if rest:
                spans.append(Span(rest))
        return tuple(spans)

    @property
    def plain(self) -> str:
        """Give the stretch of text without marks."""
        return self.marked.replace(MARK, "").replace(UNMARK, "")
