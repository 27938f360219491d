"""Reads XML that nobody vouches for: no entity is declared, none is fetched, sizes are bounded.

A document type may be named, as Cobertura's reports do; what it points to is never read, and
one that declares entities of its own is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST = 100
"""Elements within elements; reports and build files nest less than twenty."""


class XmlTrouble(Exception):  # noqa: N818 (told as a trouble, never raised at the person)
    """The file cannot be read as XML; the message says why."""


class Stop(Exception):  # noqa: N818 (a reader that has seen enough)
    """Raised by a reader's handler to end the reading early."""


class Element:
    """One element of a small document, with all that stands in it."""

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """Start empty."""
        self.tag = tag
        self.attributes = attributes
        self.line = line
        self.text = ""
        self.children: list[Element] = []

    def child(self, tag: str) -> Element | None:
        """Give the first child of that name."""
        return next((each for each in self.children if each.tag == tag), None)

    def value(self, tag: str) -> str:
        """Give the text of the first child of that name; empty without one."""
        found = self.child(tag)
        return found.text.strip() if found else ""

    def all(self, tag: str) -> list[Element]:
        """Give every element of that name below this one, in reading order."""
        found: list[Element] = []
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if element is not self and element.tag == tag:
                found.append(element)
            waiting.extend(reversed(element.children))
        return found


def walk(data: bytes, start: Callable[[str, dict[str, str], int, int], None]) -> None:
    """Call `start(tag, attributes, depth, line)` for each element, the root at depth 0.

    Raises:
        XmlTrouble: It is no XML, declares entities, or nests too deep.
    """
    _parse(data, start, None, None)


def tree(data: bytes) -> Element:
    """Give the root of a small document.

    Raises:
        XmlTrouble: It is no XML, declares entities, or nests too deep.
    """
    top = Element("", {}, 0)
    stack = [top]

    def start(tag: str, attributes: dict[str, str], depth: int, line: int) -> None:
        del depth
        element = Element(tag, attributes, line)
        stack[-1].children.append(element)
        stack.append(element)

    def text(data: str) -> None:
        stack[-1].text += data

    _parse(data, start, stack.pop, text)
    return top.children[0]


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str], int, int], None],
    end: Callable[[], object] | None,
    text: Callable[[str], None] | None,
) -> None:
    parser = expat.ParserCreate()
    depth = 0

    def began(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth > DEEPEST:
            raise XmlTrouble(f"it nests deeper than {DEEPEST} elements")
        # Maven's own name space says nothing more than the element's name does.
        start(tag.rpartition(":")[2], attributes, depth, parser.CurrentLineNumber)
        depth += 1

    def ended(tag: str) -> None:
        nonlocal depth
        del tag
        depth -= 1
        if end is not None:
            end()

    def refuse(*_: object) -> NoReturn:
        raise XmlTrouble("it declares entities, which are not read")

    parser.StartElementHandler = began
    parser.EndElementHandler = ended
    parser.EntityDeclHandler = refuse
    if text is not None:
        parser.CharacterDataHandler = text
        parser.buffer_text = True
    try:
        parser.Parse(data, True)  # noqa: FBT003 (expat takes it by position only)
    except Stop:
        return
    except expat.ExpatError as error:
        raise XmlTrouble(f"it is not XML (line {error.lineno})") from error
