"""XML as PostgreSQL writes it: no entity is declared, none is fetched.

An element with elements in it becomes a group; `Plans`, and lists of `Item`s, become lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from be_tui.core.plans.model import Cut
from be_tui.core.plans.raw import Group

if TYPE_CHECKING:
    from be_tui.core.plans.raw import Value

_LISTS = {"Plans": "Plan", "Triggers": "Trigger", "Workers": "Worker", "explain": "Query"}
_LEAVES = "Item"
_SPACE = "-"
"""What stands in a name for a blank, and for the slash of `I/O`."""


def read_xml(text: str, line: int = 1) -> tuple[Value, Cut | None]:
    """Read XML as far as it goes; give the list of queries, and where it ends early."""
    reader = _Reader(line - 1)
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, _: reader.start(tag, parser.CurrentLineNumber)
    parser.EndElementHandler = lambda _: reader.end()
    parser.CharacterDataHandler = reader.said
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.buffer_text = True
    try:
        parser.Parse(text.encode(), True)  # noqa: FBT003 (the only way that expat takes it)
    except expat.ExpatError as error:
        return reader.whole(), Cut(error.lineno + line - 1, expat.errors.messages[error.code])
    except _RefusedError:
        return None, Cut(line, "a document type is declared, which no plan has")
    return reader.whole(), None


class _RefusedError(Exception):
    pass


class _Reader:
    def __init__(self, before: int) -> None:
        self._before = before
        self._open: list[tuple[str, Group, list[str]]] = []
        self._top: Value = None

    def start(self, tag: str, line: int) -> None:
        self._open.append((tag, Group(self._before + line), []))

    def said(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)

    def end(self) -> None:
        tag, group, texts = self._open.pop()
        value = _value(tag, group, "".join(texts))
        if self._open:
            self._open[-1][1].pairs.append((_name(tag), value))
        else:
            self._top = value

    def refuse(self, *_: object) -> None:
        raise _RefusedError

    def whole(self) -> Value:
        while self._open:
            self.end()
        return self._top


def _value(tag: str, group: Group, text: str) -> Value:
    if tag in _LISTS:
        return [value for name, value in group.pairs if name == _LISTS[tag]]
    if group.pairs and all(name == _LEAVES for name, _ in group.pairs):
        return [value for _, value in group.pairs]
    if group.pairs:
        return group
    return {"true": True, "false": False}.get(text, text)


def _name(tag: str) -> str:
    return tag.replace("I-O", "I/O").replace(_SPACE, " ")
