"""YAML's events made into nodes, in one pass, without recursion.

Aliases are refused and depth is bounded, which makes the size of a file the bound of what
it can cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.yamlform.nodes import Listing, Mapping, Scalar, Span, described

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    import yaml

    from be_tui.core.yamlform.faults import Faults
    from be_tui.core.yamlform.nodes import Node

    class Mark(Protocol):
        """Where the parser stands, counted from 0."""

        line: int
        column: int


_DEPTH_LIMIT = 40

_ADVICE = {
    "mapping values are not allowed": "put a text with `: ` in it in quotes",
    "cannot start any token": "indent with spaces; put a text that begins with a sign in quotes",
    "could not find expected ':'": "a key needs `: ` and its value",
}
"""What to do about the parser's commonest complaints."""


def compose(text: str, faults: Faults, offset: int = 0) -> Node | None:
    """Give the node of a YAML document; None where it is none, and `faults` tells why.

    Args:
        text: The document.
        faults: Where to report.
        offset: How many lines of the file stand above the text.
    """
    import yaml

    builder = _Builder(faults, offset)
    try:
        return builder.build(_events(text))
    except _RefusedError as refused:
        faults.form(refused.rule, str(refused), refused.span)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 + offset
        message = f"character #x{error.character:04x} is not allowed in YAML"
        faults.form("not-text", message, Span(line, 0, 0, 0))
    except yaml.MarkedYAMLError as error:
        faults.form("syntax", _complaint(error), builder.point(error.problem_mark))
    return None


class _RefusedError(Exception):
    """The file is YAML, but uses what is not read; the rest of it is left."""

    def __init__(self, rule: str, message: str, span: Span) -> None:
        super().__init__(message)
        self.rule = rule
        self.span = span


class _Frame:
    """A list or mapping whose end has not come yet."""

    def __init__(self, start: yaml.Event, *, mapping: bool) -> None:
        self.start = start
        self.mapping = mapping
        self.children: list[Node] = []


class _Builder:
    """Stacks what is open, and closes it when its end comes."""

    def __init__(self, faults: Faults, offset: int) -> None:
        self._faults = faults
        self._offset = offset
        self._frames: list[_Frame] = []
        self._top: Node | None = None

    def build(self, events: Iterator[yaml.Event]) -> Node:
        for event in events:
            node = self._take(event)
            if node is None:
                continue
            if self._frames:
                self._frames[-1].children.append(node)
            else:
                self._top = node
        if self._top is None:
            first = self._offset + 1
            raise _RefusedError("syntax", "nothing is written here", Span(first, 1, first, 1))
        return self._top

    def _take(self, event: yaml.Event) -> Node | None:
        """Take one event; give the node that it completes."""
        import yaml

        if isinstance(event, yaml.ScalarEvent):
            self._check(event)
            return Scalar(event.value, event.implicit[0], self._span(event, event))
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._check(event)
            self._frames.append(_Frame(event, mapping=isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            frame = self._frames.pop()
            return self._closed(frame, self._span(frame.start, event))
        elif isinstance(event, yaml.AliasEvent):
            message = f"alias `*{event.anchor}`; write the value out"
            raise _RefusedError("alias", message, self._span(event, event))
        elif isinstance(event, yaml.DocumentStartEvent) and self._top is not None:
            message = "a second document begins; write one document a file"
            raise _RefusedError("syntax", message, self._span(event, event))
        return None

    def _check(self, event: yaml.NodeEvent) -> None:
        span = self._span(event, event)
        if len(self._frames) == _DEPTH_LIMIT:
            raise _RefusedError("syntax", f"nested more than {_DEPTH_LIMIT} deep", span)
        if event.anchor is not None:
            self._faults.form("alias", f"anchor `&{event.anchor}`; write values out", span)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._faults.form("syntax", f"tag `{tag}`; values have no tags here", span)

    def _closed(self, frame: _Frame, span: Span) -> Node:
        if not frame.mapping:
            return Listing(tuple(frame.children), span)
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(frame.children[::2], frame.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                message = f"expected text as a key, found {described(key)}"
                self._faults.form("wrong-type", message, key.span)
            elif key.text in pairs:
                message = (
                    f"`{key.text}` stands here twice; first in line {pairs[key.text][0].span.line}"
                )
                self._faults.form("duplicate-id", message, key.span)
            else:
                pairs[key.text] = (key, value)
        return Mapping(tuple(pairs.values()), span)

    def _span(self, first: yaml.Event, last: yaml.Event) -> Span:
        return Span(*self._at(first.start_mark), *self._at(last.end_mark))

    def point(self, mark: Mark | None) -> Span:
        """Give the span of the one character at a mark."""
        line, column = self._at(mark)
        return Span(line, column, line, column + 1)

    def _at(self, mark: Mark | None) -> tuple[int, int]:
        return (mark.line + 1 + self._offset, mark.column + 1) if mark else (0, 0)


def _events(text: str) -> Iterator[yaml.Event]:
    import yaml

    # A PyYAML that was built without libyaml has no C loader.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
    return events


def _complaint(error: yaml.MarkedYAMLError) -> str:
    said = " ".join(part for part in (error.problem, error.context) if part)
    advice = next((do for complaint, do in _ADVICE.items() if complaint in said), "")
    return f"not YAML: {said}" + (f"; {advice}" if advice else "")
