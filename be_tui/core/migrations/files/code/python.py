"""Python's expressions and statements, followed as far as the file tells; nothing is run."""

from __future__ import annotations

import ast
import operator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.values import Call, Name, Spot, Unknown, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_TURNS = 200
"""Turns of a loop over values that stand in the file."""

DEEPEST = 8
"""Functions of the file that call each other."""

_LONGEST = 1_000_000
"""Characters of a text that is put together."""

_COMPARED: dict[type[ast.cmpop], Callable[[object, object], object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}


class Source:
    """A parsed file: its tree, and the place of each node in characters."""

    def __init__(self, text: str) -> None:
        """Parse a file.

        Raises:
            SyntaxError: It is no Python.
            ValueError: It holds what Python does not take.
        """
        self.text = text
        self.tree = ast.parse(text)
        self._starts = [0]
        self._lines = text.split("\n")
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def spot(self, node: ast.expr | ast.stmt) -> Spot:
        """Give where a node stands."""
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return Spot(self._offset(node.lineno, node.col_offset), self._offset(end_line, end))

    def _offset(self, line: int, column: int) -> int:
        """Give an offset in characters; Python counts columns in bytes."""
        text = self._lines[line - 1]
        if not text.isascii():
            column = len(text.encode()[:column].decode("utf-8", "ignore"))
        return self._starts[line - 1] + column

    def written(self, node: ast.Constant) -> str:
        """Give a text, with its place where the file has it letter by letter."""
        value = str(node.value)
        spot = self.spot(node)
        source = self.text[spot.start : spot.end]
        quote = 3 if source[-3:] in {'"""', "'''"} else 1
        prefix = len(source) - len(source.lstrip("rRbBuU"))
        body = source[prefix + quote : len(source) - quote]
        if body != value:
            return value
        start = spot.start + prefix + quote
        return Written(value, Spot(start, start + len(body)))


@dataclass
class Scope:
    """What names stand for."""

    values: dict[str, object] = field(default_factory=dict)
    outer: Scope | None = None

    def find(self, name: str) -> object:
        """Give what a name stands for; the name itself where the file does not say."""
        here: Scope | None = self
        while here is not None:
            if name in here.values:
                return here.values[name]
            here = here.outer
        return Name(name)


@dataclass(frozen=True, slots=True)
class Function:
    """A function that the file defines."""

    node: ast.FunctionDef
    scope: Scope = field(compare=False)
    """Where it is defined."""


class Evaluator:
    """Works out expressions of one file."""

    def __init__(self, source: Source, known: Callable[[str], object] | None = None) -> None:
        """Take the file's imports, constants and functions.

        Args:
            source: The file.
            known: Gives what a dotted name is worth where that is known from elsewhere.
        """
        self.source = source
        self.known = known or (lambda _: None)
        self.module = Scope()
        self.declare(source.tree.body, self.module)

    def declare(self, body: Iterable[ast.stmt], scope: Scope) -> None:
        """Take in what a module's statements define."""
        for node in body:
            if isinstance(node, ast.Import):
                for each in node.names:
                    bound = each.asname or each.name.partition(".")[0]
                    whole = each.name if each.asname else bound
                    scope.values[bound] = Name(whole)
            elif isinstance(node, ast.ImportFrom):
                for each in node.names:
                    path = f"{node.module}.{each.name}" if node.module else each.name
                    scope.values[each.asname or each.name] = Name(path)
            elif isinstance(node, ast.FunctionDef):
                scope.values[node.name] = Function(node, scope)
            else:
                self.assign(node, scope)

    def assign(self, node: ast.stmt, scope: Scope) -> None:
        """Take in an assignment; other statements define nothing."""
        if isinstance(node, ast.Assign):
            value = self.value(node.value, scope)
            for target in node.targets:
                self.bind(target, value, scope)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self.bind(node.target, self.value(node.value, scope), scope)
        elif isinstance(node, ast.AugAssign):
            why = "changed as it runs"
            self.bind(node.target, Unknown(why, self.source.spot(node)), scope)

    def bind(self, target: ast.expr, value: object, scope: Scope) -> None:
        """Give a value to a name, or its parts to several."""
        if isinstance(target, ast.Name):
            scope.values[target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            known = isinstance(value, (tuple, list)) and len(value) == len(target.elts)
            spot = self.source.spot(target)
            for index, each in enumerate(target.elts):
                part = value[index] if known else Unknown("not known", spot)  # type: ignore[index]
                self.bind(each, part, scope)

    def value(self, node: ast.expr, scope: Scope) -> object:  # noqa: PLR0911, PLR0912
        """Give what an expression is worth."""
        match node:
            case ast.Constant(value=str()):
                return self.source.written(node)
            case ast.Constant(value=found):
                return found
            case ast.Name(id=name):
                return scope.find(name)
            case ast.Attribute():
                return self._attribute(node, scope)
            case ast.Call():
                return self._call(node, scope)
            case ast.Tuple(elts=parts):
                return tuple(self.value(each, scope) for each in parts)
            case ast.List(elts=parts) | ast.Set(elts=parts):
                return [self.value(each, scope) for each in parts]
            case ast.Dict():
                return self._dict(node, scope)
            case ast.JoinedStr(values=parts):
                return self._joined(node, parts, scope)
            case ast.BinOp():
                return self._binary(node, scope)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                number = self.value(inner, scope)
                return -number if isinstance(number, (int, float)) else self._unknown(node)
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                truth = self.truth(inner, scope)
                return self._unknown(node) if truth is None else not truth
            case ast.Compare() | ast.BoolOp():
                truth = self.truth(node, scope)
                return self._unknown(node) if truth is None else truth
            case ast.IfExp(test=test, body=yes, orelse=no):
                truth = self.truth(test, scope)
                if truth is not None:
                    return self.value(yes if truth else no, scope)
        return self._unknown(node)

    def truth(self, node: ast.expr, scope: Scope) -> bool | None:
        """Tell whether a condition holds; None where only the running program knows."""
        if isinstance(node, ast.BoolOp):
            found = [self.truth(each, scope) for each in node.values]
            decisive = isinstance(node.op, ast.Or)
            if decisive in found:
                return decisive
            return None if None in found else not decisive
        if isinstance(node, ast.Compare):
            if len(node.ops) != 1:
                return None
            left = self.value(node.left, scope)
            right = self.value(node.comparators[0], scope)
            plain = (str, int, float, bool, type(None))
            compare = _COMPARED.get(type(node.ops[0]))
            if compare and isinstance(left, plain) and isinstance(right, plain):
                return bool(compare(left, right))
            inside = isinstance(node.ops[0], (ast.In, ast.NotIn))
            if inside and isinstance(left, plain) and isinstance(right, (tuple, list)):
                return (left in right) == isinstance(node.ops[0], ast.In)
            return None
        value = self.value(node, scope)
        return bool(value) if isinstance(value, (bool, str, int, tuple, list, type(None))) else None

    def _attribute(self, node: ast.Attribute, scope: Scope) -> object:
        of = self.value(node.value, scope)
        if isinstance(of, Call):
            return Name(f"{of.name}().{node.attr}", of)
        if isinstance(of, Name):
            path = f"{of.path}.{node.attr}"
            return self.known(path) or Name(path, of.of)
        return self._unknown(node)

    def _call(self, node: ast.Call, scope: Scope) -> object:
        spot = self.source.spot(node)
        args: list[object] = []
        for each in node.args:
            if isinstance(each, ast.Starred):
                inner = self.value(each.value, scope)
                if not isinstance(inner, (tuple, list)):
                    return self._unknown(node)
                args += inner
            else:
                args.append(self.value(each, scope))
        named = {each.arg: self.value(each.value, scope) for each in node.keywords if each.arg}
        if any(each.arg is None for each in node.keywords):
            return self._unknown(node)
        if isinstance(node.func, ast.Attribute):
            of = self.value(node.func.value, scope)
            if isinstance(of, str):
                return self._of_text(of, node.func.attr, args, named, node)
        target = self.value(node.func, scope)
        if isinstance(target, Name):
            return Call(target.path, spot, tuple(args), named, target.of)
        if isinstance(target, Function) and isinstance(node.func, ast.Name):
            return Call(node.func.id, spot, tuple(args), named, target)
        return self._unknown(node)

    def _of_text(
        self, of: str, method: str, args: list[object], named: dict[str, object], node: ast.Call
    ) -> object:
        """Work out the few methods of texts that files use to put SQL together."""
        plain = (str, int, float)
        known = [each for each in (*args, *named.values()) if isinstance(each, plain)]
        if method == "format" and len(known) == len(args) + len(named):
            try:
                return of.format(*args, **named)[:_LONGEST]
            except (IndexError, KeyError, ValueError):
                return self._unknown(node)
        if method in {"strip", "lower", "upper"} and not args:
            return str(getattr(of, method)())
        if method == "join" and args and isinstance(args[0], (tuple, list)):
            parts = args[0]
            if all(isinstance(each, str) for each in parts):
                return of.join(parts)[:_LONGEST]
        return self._unknown(node)

    def _dict(self, node: ast.Dict, scope: Scope) -> object:
        found: dict[object, object] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            name = None if key is None else self.value(key, scope)
            if not isinstance(name, (str, int)):
                return self._unknown(node)
            found[str(name) if isinstance(name, str) else name] = self.value(value, scope)
        return found

    def _joined(self, node: ast.expr, parts: list[ast.expr], scope: Scope) -> object:
        found = []
        for part in parts:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            value = self.value(inner, scope)
            plain = not isinstance(part, ast.FormattedValue) or (
                part.format_spec is None and part.conversion == -1
            )
            if not isinstance(value, (str, int, float)) or not plain:
                return self._unknown(node)
            found.append(str(value))
        return "".join(found)[:_LONGEST]

    def _binary(self, node: ast.BinOp, scope: Scope) -> object:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if isinstance(node.op, ast.Add):
            if isinstance(left, str) and isinstance(right, str):
                return f"{left}{right}"[:_LONGEST]
            if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
                return [*left, *right]
        if isinstance(node.op, ast.Mod) and isinstance(left, str):
            given = right if isinstance(right, (tuple, dict)) else (right,)
            values = given.values() if isinstance(given, dict) else given
            if all(isinstance(each, (str, int, float)) for each in values):
                try:
                    return (left % given)[:_LONGEST]
                except (TypeError, ValueError, KeyError):
                    return self._unknown(node)
        return self._unknown(node)

    def _unknown(self, node: ast.expr) -> Unknown:
        return Unknown("known only when it runs", self.source.spot(node))
