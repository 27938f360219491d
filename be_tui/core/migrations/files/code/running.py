"""Follows a function's statements as far as they are static, and hands each call on."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Protocol

from be_tui.core.migrations.files.code.python import (
    DEEPEST,
    MOST_TURNS,
    Evaluator,
    Function,
    Scope,
)
from be_tui.core.migrations.files.code.values import Call, Unknown

if TYPE_CHECKING:
    from be_tui.core.migrations.files.code.values import Recorder, Spot


class Performer(Protocol):
    """Who knows what calls do."""

    def perform(self, call: Call) -> None:
        """Take one call that stands as a statement, or as the value of an assignment."""

    def enter(self, call: object, spot: Spot) -> bool:
        """Take the start of a `with`; False where its body cannot be followed."""

    def leave(self, call: object) -> None:
        """Take its end."""


class Runner:
    """Walks through one function."""

    def __init__(self, evaluator: Evaluator, recorder: Recorder, performer: Performer) -> None:
        """Walk in one file, recording into one script."""
        self._evaluator, self._to, self._performer = evaluator, recorder, performer
        self._depth = 0

    def run(self, function: Function, args: tuple[object, ...] = ()) -> None:
        """Follow a function from its first statement."""
        scope = Scope(outer=function.scope)
        given = [each.arg for each in function.node.args.args]
        defaults = function.node.args.defaults
        for name, default in zip(given[len(given) - len(defaults) :], defaults, strict=True):
            scope.values[name] = self._evaluator.value(default, function.scope)
        spot = self._evaluator.source.spot(function.node)
        for index, name in enumerate(given):
            if index < len(args):
                scope.values[name] = args[index]
            else:
                scope.values.setdefault(name, Unknown("given as it runs", spot))
        self._body(function.node.body, scope)

    def _body(self, body: list[ast.stmt], scope: Scope) -> bool:
        """Follow statements; give whether the function goes on after them."""
        return all(self._statement(node, scope) for node in body)

    def _statement(self, node: ast.stmt, scope: Scope) -> bool:
        match node:
            case ast.Expr(value=value):
                self._call(self._evaluator.value(value, scope), node)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._assign(node, scope)
            case ast.If(test=test, body=body, orelse=other):
                truth = self._evaluator.truth(test, scope)
                if truth is None:
                    self._unknown("a condition that only the running program can tell", node)
                else:
                    return self._body(body if truth else other, scope)
            case ast.For():
                self._loop(node, scope)
            case ast.With(items=items, body=body):
                return self._with(items, body, scope)
            case ast.Try(body=body, finalbody=final):
                return self._body([*body, *final], scope)
            case ast.Return() | ast.Raise():
                return False
            case ast.Import() | ast.ImportFrom() | ast.FunctionDef():
                self._evaluator.declare([node], scope)
            case ast.Pass() | ast.Assert() | ast.Global() | ast.Nonlocal():
                pass
            case _:
                self._unknown("what it does shows only when it runs", node)
        return True

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign, scope: Scope) -> None:
        if isinstance(node, ast.AugAssign) or not isinstance(node.value, ast.Call):
            self._evaluator.assign(node, scope)
            return
        value = self._evaluator.value(node.value, scope)
        self._call(value, node, quiet=True)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            self._evaluator.bind(target, value, scope)

    def _call(self, value: object, node: ast.stmt, *, quiet: bool = False) -> None:
        if isinstance(value, Call) and isinstance(value.of, Function):
            if self._depth >= DEEPEST or value.named:
                self._unknown("its own function is not followed", node)
                return
            self._depth += 1
            self.run(value.of, value.args)
            self._depth -= 1
        elif isinstance(value, Call):
            self._performer.perform(value)
        elif isinstance(value, Unknown) and not quiet:
            self._unknown("what it does shows only when it runs", node)

    def _loop(self, node: ast.For, scope: Scope) -> None:
        values = self._evaluator.value(node.iter, scope)
        if isinstance(values, dict):
            values = list(values)
        if not isinstance(values, (tuple, list)) or len(values) > MOST_TURNS:
            self._unknown("a loop over what only the running program knows", node)
            return
        for value in values:
            self._evaluator.bind(node.target, value, scope)
            self._body(node.body, scope)

    def _with(self, items: list[ast.withitem], body: list[ast.stmt], scope: Scope) -> bool:
        entered: list[object] = []
        followed = True
        for item in items:
            value = self._evaluator.value(item.context_expr, scope)
            if item.optional_vars is not None:
                self._evaluator.bind(item.optional_vars, value, scope)
            spot = self._evaluator.source.spot(item.context_expr)
            followed = followed and self._performer.enter(value, spot)
            entered.append(value)
        on = self._body(body, scope) if followed else True
        for value in reversed(entered):
            self._performer.leave(value)
        return on

    def _unknown(self, why: str, node: ast.stmt) -> None:
        self._to.unknown(why, self._evaluator.source.spot(node))
