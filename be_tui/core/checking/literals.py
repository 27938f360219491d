"""SQL in programs: literals that begin as a statement does, with the places of the program.

Python is read by its own parser, TypeScript, Java and Go by Pygments' lexers. What a literal puts
in (`{name}`, `${name}`) becomes a template's mark, which is a value or a name to the SQL parser.
"""

from __future__ import annotations

import ast
import re
import textwrap
from typing import TYPE_CHECKING

from be_tui.core.checking.texts import Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = {
    ".py": "python",
    ".ts": "typescript",
    ".tsx": "typescript",
    ".java": "java",
    ".go": "go",
}
"""By the end of a file's name."""

_SQL = re.compile(
    r"\s*(?:/\*.*?\*/\s*|--[^\n]*\n\s*)*(?:"
    r"SELECT\s+(?:DISTINCT\s+)?[\w\"'*(`{:$@?%+-].*?\bFROM\s+[\w\"`({$]"
    r"|INSERT\s+(?:OR\s+\w+\s+|IGNORE\s+)?INTO\s+[\w\"`{$]"
    r"|UPDATE\s+[\w\"`.{$}]+\s+(?:AS\s+\w+\s+|\w+\s+)?SET\s+[\w\"`{$]"
    r"|DELETE\s+FROM\s+[\w\"`{$]"
    r"|WITH\s+(?:RECURSIVE\s+)?[\w\"]+\s*(?:\([^)]*\)\s*)?AS\s+(?:NOT\s+)?(?:MATERIALIZED\s+)?\()",
    re.S | re.I,
)
_HOLE = "{{_}}"
_WORD = re.compile(rf"{re.escape(_HOLE)}|\w+|[^\w\s]")
_NEAR = 400
"""Characters of the source within which the next word of a literal stands."""

_LONGEST = 100_000
_MARK = re.compile(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def literals(source: str, path: str) -> tuple[Text, ...]:
    """Give the literals of a program that are statements of SQL."""
    ending = path[path.rfind(".") :]
    if not re.search(r"\b(?:select|insert|update|delete|with)\b", source, re.I):
        return ()
    if LANGUAGES[ending] == "python":
        return tuple(_python(source, path))
    return tuple(_lexed(source, path, LANGUAGES[ending]))


def _is_sql(text: str) -> bool:
    found = _SQL.match(text) if len(text) < _LONGEST else None
    if found is None:
        return False
    verb = found[0].split(maxsplit=1)[0]
    return verb.isupper() or verb.islower() or not verb.isalpha()


def _python(source: str, path: str) -> Iterator[Text]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    lines = source.split("\n")
    inner: set[int] = set()
    documents = _documents(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inner.update(id(each) for each in node.values)
        if id(node) in inner or id(node) in documents:
            continue
        text = _built(node)
        if text is not None and _is_sql(text):
            yield _placed(text, path, node, lines)


def _documents(tree: ast.AST) -> set[int]:
    """Give the strings that stand alone: documentation, and no SQL that runs."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _built(node: ast.AST) -> str | None:
    """Give the text of a literal, with marks where values are put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(each.value) if isinstance(each, ast.Constant) else _HOLE for each in node.values
        )
    return None


def _placed(text: str, path: str, node: ast.AST, lines: list[str]) -> Text:
    """Give a literal with its places: exact while source and value go together, line by line."""
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    first = lines[line - 1].encode()[:column].decode(errors="ignore")
    opening = re.match(r"[a-zA-Z]{0,2}(\"\"\"|'''|\"|')", lines[line - 1][len(first) :])
    start = len(first) + (opening.end() if opening else 0)
    raw = "\n".join([lines[line - 1][start:], *lines[line : getattr(node, "end_lineno", line)]])
    return Text(path, text, None, _aligned(text, raw, line, start + 1))


def _aligned(text: str, raw: str, line: int, column: int) -> tuple[Piece, ...]:
    """Pair each word of a text with where it stands in the source."""
    pieces = [Piece(0, line, column)]
    at = 0
    for word in _WORD.finditer(text):
        met = None
        if word[0] != _HOLE:
            edge = r"\b" if word[0][0].isalnum() else ""
            met = re.compile(f"{edge}{re.escape(word[0])}{edge}").search(raw, at, at + _NEAR)
        if met is None:
            continue
        found = met.start()
        rows = raw.count("\n", 0, found)
        where = found - (raw.rfind("\n", 0, found) + 1) + (1 if rows else column)
        pieces.append(Piece(word.start(), line + rows, where))
        at = found + len(word[0])
    return tuple(pieces)


def _lexed(source: str, path: str, language: str) -> Iterator[Text]:
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    start, run = -1, ""
    for offset, kind, value in lexer.get_tokens_unprocessed(source):
        is_string = str(kind).startswith("Token.Literal.String")
        if is_string or (start >= 0 and _in_template(source, start, offset)):
            if start < 0:
                start, run = offset, ""
            run += value
            if _closed(run, language):
                yield from _of_literal(source, path, start, run)
                start = -1
        elif not str(kind).startswith(("Token.Comment", "Token.Text")):
            start = -1


def _in_template(source: str, start: int, offset: int) -> bool:
    return source[start] == "`" and source.find("`", start + 1) >= offset


def _closed(run: str, language: str) -> bool:
    for quote in ('"""', "`", '"', "'"):
        if run.startswith(quote):
            if quote == '"""' and language != "java":
                continue
            ended = len(run) >= 2 * len(quote) and run.endswith(quote)
            return ended and not (quote != "`" and run.endswith("\\" + quote))
    return False


def _of_literal(source: str, path: str, start: int, run: str) -> Iterator[Text]:
    quote = '"""' if run.startswith('"""') else run[0]
    inner = run[len(quote) : -len(quote)]
    text = textwrap.dedent(inner) if quote == '"""' else inner
    if quote not in {"`", '"""'}:
        text = text.replace('\\"', '"').replace("\\'", "'").replace("\\n", "\n").replace("\\t", " ")
    text = _MARK.sub(_HOLE, text) if quote == "`" else text
    if _is_sql(text):
        at = start + len(quote)
        line = source.count("\n", 0, at) + 1
        column = at - source.rfind("\n", 0, at)
        yield Text(path, text, None, _aligned(text, inner, line, column))
