"""Literals of TypeScript, Java and Go, by Pygments' lexers, with what is joined to them by `+`."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.checking.literals import around
from be_tui.core.checking.literals.placing import aligned
from be_tui.core.checking.literals.telling import HOLE, is_of_entities, is_sql, with_copies
from be_tui.core.checking.texts import Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = re.compile(r"\\.|\$\{|[`{}]", re.S)
"""What matters within a template: an escape, a mark, a quote, a bracket."""

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_OPERAND = re.compile(r"[\w$\"'`)\]]")
"""How a value ends, and the next begins: two side by side are no expression any more."""


@dataclass(slots=True)
class _Joined:
    """Literals that are joined to one text, and what else is."""

    parts: list[tuple[int, str]] = field(default_factory=list)
    """Where each literal begins, and what it is; an empty one stands for what code puts in."""

    is_part: bool = False
    """Whether something that is no literal stands before it."""

    depth: int = 0
    waits: bool = False
    """Whether a `+` was last."""

    last: str = ""
    """What was last of a value that is no literal."""


def lexed_literals(source: str, path: str, language: str) -> Iterator[Text]:
    """Give the statements among a program's literals."""
    now, before = _Joined(), ""
    for offset, value, is_string in _tokens(source, language):
        if not now.parts:
            if is_string:
                now = _Joined([(offset, value)], is_part=before == "+")
            before = value[-1:]
            continue
        if _goes_on(now, offset, value, is_string=is_string):
            before = value[-1:]
            continue
        yield from _of_literals(source, path, language, now)
        now = _Joined([(offset, value)]) if is_string else _Joined()
        before = value[-1:]
    if now.parts:
        yield from _of_literals(source, path, language, now)


def _goes_on(now: _Joined, offset: int, value: str, *, is_string: bool) -> bool:
    """Take in the next token of a joined text; tell whether it is one."""
    inside = not now.parts[-1][1]
    if now.waits:
        now.waits = False
        now.parts.append((offset, value if is_string else ""))
        now.depth, now.last = (0, "") if is_string else (_depth(value), value)
        return True
    if inside and now.depth > 0:
        now.depth += _depth(value)
        now.last = value
        return True
    if value == "+":
        now.waits = True
        return True
    if not inside or value in {",", ";", ")", "]", "}"}:
        return False
    # What is put in may be a call, or a member: `names.join(", ")`.
    starts = _OPERAND.match(value) is not None and _OPERAND.match(now.last[-1:]) is not None
    if starts or is_string:
        return False
    now.depth += _depth(value)
    now.last = value
    return True


def _depth(value: str) -> int:
    return sum((each in _OPEN) - (each in _CLOSE) for each in value)


def _tokens(source: str, language: str) -> Iterator[tuple[int, str, bool]]:
    """Give strings as a whole and every other token that is no comment or blank."""
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    start, run, past = -1, "", 0
    for offset, kind, value in lexer.get_tokens_unprocessed(source):
        is_string = str(kind).startswith("Token.Literal.String")
        if offset < past:
            continue
        if is_string and value[0] == "`" and start < 0 and language == "typescript":
            past = _template_end(source, offset)
            yield offset, source[offset:past], True
        elif start >= 0 and is_string:
            run += value
        elif is_string:
            start, run = offset, value
        elif str(kind).startswith(("Token.Comment", "Token.Text")) or not value.strip():
            continue
        else:
            start, run = -1, ""
            yield offset, value.strip(), False
        if start >= 0 and _closed(run, language):
            yield start, run, True
            start, run = -1, ""


def _of_literals(source: str, path: str, language: str, joined: _Joined) -> Iterator[Text]:
    """Give the text that literals joined by `+` make, a mark where something else is joined."""
    text, pieces = "", list[Piece]()
    for start, run in joined.parts:
        if not run:
            text += HOLE
            continue
        inner, raw, at = _within(run, start, language)
        line = source.count("\n", 0, at) + 1
        column = at - source.rfind("\n", 0, at)
        for piece in aligned(inner, raw, line, column):
            pieces.append(Piece(piece.start + len(text), piece.line, piece.column))
        text += inner
    first, (last, run) = joined.parts[0][0], joined.parts[-1]
    if joined.is_part or not is_sql(text) or _is_part(source, first):
        return
    if language == "java" and (
        is_of_entities(text)
        or around.is_of_script(source, first)
        or around.is_of_entities(source, first, last + len(run))
    ):
        return
    target, other = around.engine(source, first)
    if not other:
        filled = around.refilled(source, last + len(run))
        called, is_one = around.names(source, first), around.is_about_one(source, first)
        placed = Text(path, text, target, tuple(pieces), names=called, refilled=filled)
        yield replace(placed, is_about_one=is_one)


def _is_part(source: str, start: int) -> bool:
    """Tell whether code adds more to a literal, at once or later on."""
    if around.is_growing(source, start):
        return True
    name = around.assigned(source, start)
    return bool(name) and around.is_extended(source, name)


def _template_end(source: str, start: int) -> int:
    """Give where a template ends, with all that stands in its marks: templates of their own."""
    marks = [0]
    for found in _STEP.finditer(source, start + 1):
        step = found[0]
        if step == "`":
            if marks[-1]:
                marks.append(0)
                continue
            marks.pop()
            if not marks:
                return found.end()
        elif step == "${" and not marks[-1]:
            marks.append(1)
        elif marks[-1] and step[-1] in "{}":
            marks[-1] += 1 if step[-1] == "{" else -1
            if not marks[-1]:
                marks.pop()
    return len(source)


def _with_marks(inner: str) -> str:
    """Give a template's text with a mark for whatever code puts in."""
    text, at = "", 0
    while (found := inner.find("${", at)) >= 0:
        text += inner[at:found] + HOLE
        at, depth = found + 2, 1
        while at < len(inner) and depth:
            depth += (inner[at] == "{") - (inner[at] == "}")
            at += 1
    return text + inner[at:]


def _closed(run: str, language: str) -> bool:
    for quote in ('"""', "`", '"', "'"):
        if run.startswith(quote):
            if quote == '"""' and language != "java":
                continue
            ended = len(run) >= 2 * len(quote) and run.endswith(quote)
            return ended and not (quote != "`" and run.endswith("\\" + quote))
    return False


def _within(run: str, start: int, language: str) -> tuple[str, str, int]:
    """Give what a literal means, as it stands, and where that begins."""
    quote = '"""' if run.startswith('"""') else run[0]
    inner = run[len(quote) : -len(quote)]
    text = textwrap.dedent(inner) if quote == '"""' else inner
    if quote not in {"`", '"""'}:
        text = text.replace('\\"', '"').replace("\\'", "'").replace("\\n", "\n").replace("\\t", " ")
    if language == "go":
        text = with_copies(text)
    return (_with_marks(text) if quote == "`" else text), inner, start + len(quote)
