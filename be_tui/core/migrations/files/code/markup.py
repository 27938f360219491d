"""A changelog's parts out of XML, YAML or JSON: the same tree, each part with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from be_tui.core.migrations.files.code.values import Spot
from be_tui.core.yamlform import Faults, Listing, Mapping, Scalar, parse_yaml

if TYPE_CHECKING:
    from be_tui.core.yamlform import Node
    from be_tui.core.yamlform.nodes import Span

DEEPEST = 40


class Trouble(Exception):  # noqa: N818 (told as a finding, never raised at the person)
    """A changelog cannot be read; the message says why, `line` where."""

    def __init__(self, message: str, line: int = 0) -> None:
        """Keep the line."""
        super().__init__(message)
        self.line = line


@dataclass
class Part:
    """One element, or one key with its value."""

    tag: str
    attributes: dict[str, str]
    spot: Spot
    parts: list[Part] = field(default_factory=list)
    text: str = ""
    text_at: int = -1
    """Where the text stands letter by letter; -1 where it does not."""

    def get(self, name: str, other: str = "") -> str:
        """Give an attribute; empty where there is none."""
        return self.attributes.get(name, other)

    def all(self, tag: str) -> list[Part]:
        """Give the parts of a name that stand in this one itself."""
        return [each for each in self.parts if each.tag == tag]

    def true(self, name: str, other: bool = False) -> bool:  # noqa: FBT001, FBT002 (as `get`)
        """Tell whether an attribute says yes."""
        return self.attributes[name].lower() == "true" if name in self.attributes else other


def read_xml(text: str) -> Part:
    """Read a changelog in XML; no entity is declared or fetched.

    Raises:
        Trouble: It is no XML, declares entities, or nests too deep.
    """
    return _Xml(text).read()


class _Xml:
    """Builds the tree from expat's events."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._data = text.encode()
        self._ascii = text.isascii()
        self._parser = expat.ParserCreate("utf-8")
        self._top = Part("", {}, Spot(0, 0))
        self._open = [self._top]

    def read(self) -> Part:
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._refuse
        parser.buffer_text = True
        try:
            parser.Parse(self._data, True)  # noqa: FBT003 (expat takes it by position only)
        except expat.ExpatError as error:
            raise Trouble(f"is no XML: {expat.errors.messages[error.code]}", error.lineno) from None
        return self._top.parts[0]

    def _here(self) -> int:
        at = self._parser.CurrentByteIndex
        return at if self._ascii else len(self._data[:at].decode("utf-8", "ignore"))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) > DEEPEST:
            raise Trouble(f"nests deeper than {DEEPEST}", self._parser.CurrentLineNumber)
        here = self._here()
        made = Part(tag.rpartition(":")[2], attributes, Spot(here, here))
        self._open[-1].parts.append(made)
        self._open.append(made)

    def _end(self, tag: str) -> None:
        del tag
        part = self._open.pop()
        close = self._text.find(">", self._here())
        part.spot = Spot(part.spot.start, close + 1 if close >= 0 else len(self._text))
        bare = part.text
        at = self._text.find(bare, part.spot.start, part.spot.end) if bare.strip() else -1
        part.text_at = at

    def _characters(self, data: str) -> None:
        self._open[-1].text += data

    def _refuse(self, *_: object) -> NoReturn:
        raise Trouble("declares entities, which are not read", self._parser.CurrentLineNumber)


def read_yaml(text: str, path: str) -> Part:
    """Read a changelog in YAML or JSON.

    Raises:
        Trouble: It is neither.
    """
    faults = Faults(path, "migration")
    node = parse_yaml(text, faults).node
    if node is None:
        first = faults.findings[0] if faults.findings else None
        raise Trouble(first.message if first else "is empty", first.place.line if first else 1)
    return _Yaml(text).part("", node)


class _Yaml:
    """Makes parts of nodes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def part(self, tag: str, node: Node) -> Part:
        """Give a value under a key: its texts as attributes, all else as parts."""
        made = Part(tag, {}, self._spot(node.span))
        if isinstance(node, Scalar):
            made.text = node.text
            made.text_at = self._text.find(node.text, *self._bounds(made.spot))
        elif isinstance(node, Listing):
            made.parts = [inner for item in node.items for inner in self._items(item)]
        else:
            self._fill(made, node)
        return made

    def _items(self, node: Node) -> list[Part]:
        if isinstance(node, Mapping):
            return [self.part(key.text, value) for key, value in node.pairs]
        return [self.part("", node)]

    def _fill(self, made: Part, node: Mapping) -> None:
        for key, value in node.pairs:
            if isinstance(value, Scalar):
                made.attributes[key.text] = value.text
            inner = self.part(key.text, value)
            if key.text == "sql":
                made.text, made.text_at = inner.text, inner.text_at
            made.parts.append(inner)

    def _spot(self, span: Span) -> Spot:
        start = self._starts[span.line - 1] + span.column - 1
        return Spot(start, self._starts[span.end_line - 1] + span.end_column - 1)

    def _bounds(self, spot: Spot) -> tuple[int, int]:
        return spot.start, spot.end
