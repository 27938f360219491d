"""Literals of Python, by Python's own parser: joined, formatted, and extended later on or not."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.checking.literals import around
from be_tui.core.checking.literals.placing import aligned
from be_tui.core.checking.literals.telling import HOLE, is_sql
from be_tui.core.checking.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELD = re.compile(r"\{\w*(?:![rsa])?(?::[^{}]*)?\}")
_NAMED = re.compile(r"(?<!['{])\{\w+\}(?!['}])")
"""A field of a text that is formatted elsewhere."""

_COPIED = re.compile(r"%s|%\(\w+\)s")


def python_literals(source: str, path: str) -> Iterator[Text]:
    """Give the statements among a program's literals."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for node, text in _Reader().found(tree):
        yield from _placed(text, path, node, source, lines, starts)


class _Reader:
    """Finds literals, and passes over documentation and parts of longer texts."""

    def __init__(self) -> None:
        self._passed: set[int] = set()

    def found(self, tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
        """Give each literal once, the longest text that it is part of."""
        waiting = [tree]
        while waiting:
            top = waiting.pop()
            names = _extended(top)
            for node in _within(top):
                if node is top:
                    continue
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    waiting.append(node)
                else:
                    yield from self._of(node, names)

    def _of(self, node: ast.AST, names: frozenset[str]) -> Iterator[tuple[ast.AST, str]]:
        if isinstance(node, ast.Expr):
            # A string that stands alone is documentation, and no SQL that runs.
            self._passed.add(id(node.value))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(ast.unparse(target) in names for target in targets):
                self._passed.update(id(each) for each in ast.walk(node.value))
        elif isinstance(node, ast.AugAssign):
            self._passed.update(id(each) for each in ast.walk(node.value))
        if id(node) in self._passed:
            return
        text = _built(node)
        if text is None:
            return
        self._passed.update(id(each) for each in ast.walk(node))
        text = _NAMED.sub(HOLE, text)
        if is_sql(text):
            yield node, text


def _within(top: ast.AST) -> Iterator[ast.AST]:
    """Give what stands in a function or module, functions within it as a whole."""
    waiting: list[ast.AST] = [top]
    at = 0
    while at < len(waiting):
        node = waiting[at]
        at += 1
        yield node
        if node is top or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += ast.iter_child_nodes(node)


def _extended(tree: ast.AST) -> frozenset[str]:
    """Give the variables to which more is added later: what stands in them is a part."""
    found: set[str] = set()
    for node in ast.walk(tree):
        parts: tuple[ast.AST, ...] = ()
        if isinstance(node, ast.AugAssign):
            parts = (node.target,)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts = (node.left, node.right)
        elif isinstance(node, ast.FormattedValue):
            parts = (node.value,)
        elif isinstance(node, ast.Call) and _is_join(node):
            parts = tuple(part for given in node.args for part in ast.iter_child_nodes(given))
        found.update(
            ast.unparse(part) for part in parts if isinstance(part, ast.Name | ast.Attribute)
        )
    return frozenset(found)


def _is_join(node: ast.Call) -> bool:
    """Tell whether a call is `" ".join([sql, where])`."""
    return isinstance(node.func, ast.Attribute) and node.func.attr == "join"


def _built(node: ast.AST) -> str | None:
    """Give the text of a literal, with marks where values are put in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(each.value) if isinstance(each, ast.Constant) else HOLE for each in node.values
        )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        inner = _built(node.func.value) if node.func.attr == "format" else None
        return None if inner is None else _FIELD.sub(HOLE, inner)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        left = _built(node.left)
        if left is None:
            return None
        if isinstance(node.op, ast.Mod):
            return _COPIED.sub(HOLE, left).replace("%%", "%")
        right = _built(node.right)
        return left + (HOLE if right is None else right)
    return None


def _placed(
    text: str, path: str, node: ast.AST, source: str, lines: list[str], starts: list[int]
) -> Iterator[Text]:
    """Give a literal with its places: exact while source and value go together, line by line."""
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    first = lines[line - 1].encode()[:column].decode(errors="ignore")
    opening = re.match(r"[a-zA-Z]{0,2}(\"\"\"|'''|\"|')", lines[line - 1][len(first) :])
    begins = starts[line - 1] + len(first)
    start = len(first) + (opening.end() if opening else 0)
    raw = "\n".join([lines[line - 1][start:], *lines[line : getattr(node, "end_lineno", line)]])
    target, other = around.engine(source, begins)
    if not other:
        names = around.names(source, begins)
        filled = around.refilled(source, begins + len(text))
        is_one = around.is_about_one(source, begins)
        placed = Text(path, text, target, aligned(text, raw, line, start + 1), names=names)
        yield replace(placed, refilled=filled, is_about_one=is_one)
