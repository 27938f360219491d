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
_CUT = re.compile(
    r"(?:\b(?:AND|OR|NOT|WHERE|SET|ON|IN|BY|VALUES|FROM|LIMIT|OFFSET|SELECT|JOIN)|[(,=])\s*;?\s*$",
    re.I,
)
"""How a text ends to which code adds the rest."""

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
    if found is None or _CUT.search(text):
        return False
    verb = found[0].split(maxsplit=1)[0]
    return verb.isupper() or verb.islower() or not verb.isalpha()


def _python(source: str, path: str) -> Iterator[Text]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    lines = source.split("\n")
    passed: set[int] = set()
    unfinished = _extended(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            # A string that stands alone is documentation, and no SQL that runs.
            passed.add(id(node.value))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(ast.unparse(target) in unfinished for target in targets):
                passed.update(id(each) for each in ast.walk(node.value))
        elif isinstance(node, ast.AugAssign):
            passed.update(id(each) for each in ast.walk(node.value))
        if id(node) in passed:
            continue
        text = _built(node)
        if text is None:
            continue
        passed.update(id(each) for each in ast.walk(node))
        if _is_sql(text):
            yield _placed(text, path, node, lines)


def _extended(tree: ast.AST) -> frozenset[str]:
    """Give the variables to which more is added later: what stands in them is a part."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign):
            found.add(ast.unparse(node.target))
        elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name | ast.Attribute):
            found.add(ast.unparse(node.left))
    return frozenset(found)


def _built(node: ast.AST) -> str | None:
    """Give the text of a literal, with marks where values are put in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(each.value) if isinstance(each, ast.Constant) else _HOLE for each in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        left = _built(node.left)
        if left is None:
            return None
        if isinstance(node.op, ast.Mod):
            return left.replace("%s", _HOLE)
        right = _built(node.right)
        return left + (_HOLE if right is None else right)
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
    parts: list[tuple[int, str]] = []
    start, run, joined = -1, "", False
    for offset, kind, value in lexer.get_tokens_unprocessed(source):
        is_string = str(kind).startswith("Token.Literal.String")
        if start >= 0 and (is_string or _in_template(source, start, offset)):
            run += value
        elif is_string:
            if parts and not joined:
                yield from _of_literals(source, path, parts)
                parts = []
            start, run = offset, value
        elif str(kind).startswith(("Token.Comment", "Token.Text")) or not value.strip():
            continue
        elif value.strip() == "+" and parts:
            joined = True
            continue
        elif parts and joined:
            parts.append((offset, ""))
            joined = False
            continue
        elif parts and (value.startswith((".", "(", "[")) or value.strip().isidentifier()):
            # What is put in may be a call, or a member: `names.join(", ")`.
            joined = False
            if parts[-1][1]:
                yield from _of_literals(source, path, parts)
                parts = []
            continue
        elif parts and not joined and parts[-1][1]:
            yield from _of_literals(source, path, parts)
            parts = []
        if start >= 0 and _closed(run, language):
            parts.append((start, run))
            start, run, joined = -1, "", False
    if parts:
        yield from _of_literals(source, path, parts)


def _of_literals(source: str, path: str, parts: list[tuple[int, str]]) -> Iterator[Text]:
    """Give the text that literals joined by `+` make, a mark where something else is joined."""
    text, pieces = "", list[Piece]()
    for start, run in parts:
        if not run:
            text += _HOLE
            continue
        inner, raw, at = _within(run, start)
        line = source.count("\n", 0, at) + 1
        column = at - source.rfind("\n", 0, at)
        for piece in _aligned(inner, raw, line, column):
            pieces.append(Piece(piece.start + len(text), piece.line, piece.column))
        text += inner
    if _is_sql(text):
        yield Text(path, text, None, tuple(pieces))


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


def _within(run: str, start: int) -> tuple[str, str, int]:
    """Give what a literal means, as it stands, and where that begins."""
    quote = '"""' if run.startswith('"""') else run[0]
    inner = run[len(quote) : -len(quote)]
    text = textwrap.dedent(inner) if quote == '"""' else inner
    if quote not in {"`", '"""'}:
        text = text.replace('\\"', '"').replace("\\'", "'").replace("\\n", "\n").replace("\\t", " ")
    return (_MARK.sub(_HOLE, text) if quote == "`" else text), inner, start + len(quote)
