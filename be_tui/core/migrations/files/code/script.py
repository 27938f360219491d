"""JavaScript's and TypeScript's expressions and statements, followed as far as the file tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from be_tui.core.migrations.files.code.python import MOST_TURNS, Scope
from be_tui.core.migrations.files.code.trees import named
from be_tui.core.migrations.files.code.values import Call, Name, Spot, Unknown, Written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from be_tui.core.migrations.files.code.trees import Tree
    from be_tui.core.migrations.files.code.values import Recorder

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_WRAPPED = frozenset(
    {"await_expression", "parenthesized_expression", "as_expression", "non_null_expression"}
    | {"satisfies_expression"}
)
_FUNCTIONS = frozenset(
    {"arrow_function", "function_expression", "function_declaration", "method_definition"}
)
_CONSTANTS: dict[str, object] = {"true": True, "false": False, "null": None, "undefined": None}


@dataclass(frozen=True, slots=True)
class Lambda:
    """A function that the file defines."""

    params: tuple[str, ...]
    body: Node = field(hash=False)
    scope: Scope = field(hash=False)


class Module:
    """What a file defines and exports."""

    def __init__(self, tree: Tree, known: Mapping[str, str] | None = None) -> None:
        """Take in a parsed file.

        Args:
            tree: The file.
            known: What dotted names are worth where that is known from elsewhere.
        """
        self.tree = tree
        self.known = known or {}
        self.scope = Scope()
        self.exports: dict[str, object] = {}
        self.members: dict[str, object] = {}
        """The fields and methods of the class that migrates."""

        self.class_name = ""
        for node in named(tree.root):
            self._take(node)

    def _take(self, node: Node) -> None:
        if node.type == "export_statement":
            inner = node.child_by_field_name("declaration") or node.child_by_field_name("value")
            if inner is not None:
                self._declare(inner, exported=True)
        elif node.type == "expression_statement":
            first = named(node)[0] if named(node) else None
            if first is not None and first.type == "assignment_expression":
                self._assigned(first)
        else:
            self._declare(node, exported=False)

    def _declare(self, node: Node, *, exported: bool) -> None:
        if node.type in {"class_declaration", "class", "abstract_class_declaration"}:
            self._class(node)
        elif node.type in _FUNCTIONS:
            label = node.child_by_field_name("name")
            if label is not None:
                self._keep(self.tree.words(label), self.value(node, self.scope), exported=exported)
        elif node.type == "object":
            made = self.value(node, self.scope)
            if isinstance(made, dict):
                self.exports.update({str(key): value for key, value in made.items()})
        else:
            for name, value in declared(self, node, self.scope):
                self._keep(name, value, exported=exported)

    def _keep(self, name: str, value: object, *, exported: bool) -> None:
        self.scope.values[name] = value
        if exported:
            self.exports[name] = value

    def _assigned(self, node: Node) -> None:
        """Take in `exports.up = …` and `module.exports = …`."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        path = self.tree.words(left).removeprefix("module.")
        if right.type == "class":
            self._class(right)
        elif path == "exports":
            self._declare(right, exported=True)
        elif path.startswith("exports."):
            self.exports[path.removeprefix("exports.")] = self.value(right, self.scope)

    def _class(self, node: Node) -> None:
        body = node.child_by_field_name("body")
        name = node.child_by_field_name("name")
        members: dict[str, object] = {}
        for each in named(body) if body is not None else ():
            label = each.child_by_field_name("name") or each.child_by_field_name("property")
            if label is None:
                continue
            if each.type == "method_definition":
                members[self.tree.words(label)] = self.value(each, self.scope)
            elif (value := each.child_by_field_name("value")) is not None:
                members[self.tree.words(label)] = self.value(value, self.scope)
        if "up" in members or not self.members:
            self.members = members
            self.class_name = self.tree.words(name) if name is not None else ""

    def value(self, node: Node, scope: Scope) -> object:  # noqa: PLR0911, PLR0912
        """Give what an expression is worth."""
        kind = node.type
        if kind in _WRAPPED:
            return self.value(named(node)[0], scope)
        if kind in {"string", "template_string"}:
            return self._text(node, scope)
        if kind == "number":
            return self._number(node)
        if kind in _CONSTANTS:
            return _CONSTANTS[kind]
        if kind in {"identifier", "shorthand_property_identifier"}:
            return scope.find(self.tree.words(node))
        if kind == "this":
            return Name("this")
        if kind == "array":
            return [self.value(each, scope) for each in named(node)]
        if kind == "object":
            return self._object(node, scope)
        if kind in _FUNCTIONS:
            return self._function(node, scope)
        if kind == "member_expression":
            return self._member(node, scope)
        if kind in {"call_expression", "new_expression"}:
            return self._call(node, scope)
        if kind == "binary_expression":
            return self._binary(node, scope)
        if kind == "unary_expression" and self.tree.words(node).startswith("-"):
            number = self.value(named(node)[-1], scope)
            return -number if isinstance(number, (int, float)) else self._unknown(node)
        return self._unknown(node)

    def _unknown(self, node: Node) -> Unknown:
        return Unknown("known only when it runs", self.tree.spot(node))

    def _number(self, node: Node) -> object:
        try:
            text = self.tree.words(node).replace("_", "")
            return float(text) if "." in text else int(text, 0)
        except ValueError:
            return self._unknown(node)

    def _text(self, node: Node, scope: Scope) -> object:
        spot = self.tree.spot(node)
        source = self.tree.text[spot.start + 1 : spot.end - 1]
        filled = [each for each in node.named_children if each.type == "template_substitution"]
        if not filled:
            if "\\" in source:
                return _ESCAPE.sub(_unescaped, source)
            return Written(source, Spot(spot.start + 1, spot.end - 1))
        found, at = [], spot.start + 1
        for each in filled:
            inner = self.tree.spot(each)
            value = self.value(named(each)[0], scope) if named(each) else None
            if not isinstance(value, (str, int, float)):
                return self._unknown(node)
            found += [_ESCAPE.sub(_unescaped, self.tree.text[at : inner.start]), str(value)]
            at = inner.end
        return "".join([*found, _ESCAPE.sub(_unescaped, self.tree.text[at : spot.end - 1])])

    def _object(self, node: Node, scope: Scope) -> object:
        made: dict[object, object] = {}
        for each in named(node):
            if each.type == "pair":
                key, value = each.child_by_field_name("key"), each.child_by_field_name("value")
                if key is not None and value is not None:
                    name = self.tree.words(key).strip("'\"`")
                    made[name] = self.value(value, scope)
            elif each.type == "shorthand_property_identifier":
                made[self.tree.words(each)] = scope.find(self.tree.words(each))
            elif each.type == "method_definition":
                label = each.child_by_field_name("name")
                made[self.tree.words(label) if label else ""] = self.value(each, scope)
            else:
                return self._unknown(node)
        return made

    def _function(self, node: Node, scope: Scope) -> object:
        body = node.child_by_field_name("body")
        if body is None:
            return self._unknown(node)
        given = node.child_by_field_name("parameters") or node.child_by_field_name("parameter")
        parts = [] if given is None else [given] if given.type == "identifier" else named(given)
        params = []
        for each in parts:
            inner = each.child_by_field_name("pattern") or each
            params.append(self.tree.words(inner))
        return Lambda(tuple(params), body, scope)

    def _member(self, node: Node, scope: Scope) -> object:
        owner, label = node.child_by_field_name("object"), node.child_by_field_name("property")
        if owner is None or label is None:
            return self._unknown(node)
        of, name = self.value(owner, scope), self.tree.words(label)
        if isinstance(of, dict) and name in of:
            found: object = of[name]
            return found
        if isinstance(of, Name):
            path = f"{of.path}.{name}"
            return self.known.get(path) or Name(path, of.of)
        return Name(name, of)

    def _call(self, node: Node, scope: Scope) -> object:
        label = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        given = node.child_by_field_name("arguments")
        if label is None:
            return self._unknown(node)
        target = self.value(label, scope)
        args: list[object] = []
        for each in named(given) if given is not None and given.type == "arguments" else ():
            if each.type == "spread_element":
                return self._unknown(node)
            args.append(self.value(each, scope))
        spot = self.tree.spot(node)
        if given is not None and given.type == "template_string":
            args.append(self.value(given, scope))
        if isinstance(target, Lambda):
            return Call(self.tree.words(label), spot, tuple(args), {}, target)
        if not isinstance(target, Name):
            return self._unknown(node)
        if target.path == "join" and isinstance(target.of, list) and len(args) <= 1:
            parts = target.of
            if all(isinstance(each, str) for each in parts):
                return str(args[0] if args else ",").join(parts)
        if target.path in {"trim", "toString"} and isinstance(target.of, str):
            return target.of.strip()
        return Call(target.path, spot, tuple(args), {}, target.of)

    def _binary(self, node: Node, scope: Scope) -> object:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = node.child_by_field_name("operator")
        if left is None or right is None or sign is None:
            return self._unknown(node)
        one, other = self.value(left, scope), self.value(right, scope)
        plain = (str, int, float, bool, type(None))
        if isinstance(one, plain) and isinstance(other, plain):
            word = self.tree.words(sign)
            if word == "+" and isinstance(one, str) and isinstance(other, (str, int)):
                return f"{one}{other}"
            if word in {"===", "==", "!==", "!="}:
                return (one == other) == (word[0] == "=")
        return self._unknown(node)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else found[0]  # noqa: PLR2004 (Unicode's end)
    return _ESCAPES.get(found[4], found[4])


def declared(module: Module, node: Node, scope: Scope) -> list[tuple[str, object]]:
    """Give the names that a declaration binds."""
    pairs = []
    for each in named(node) if node.type.endswith("_declaration") else ():
        name, value = each.child_by_field_name("name"), each.child_by_field_name("value")
        if each.type == "variable_declarator" and name is not None:
            worth = module.value(value, scope) if value is not None else None
            pairs.append((module.tree.words(name), worth))
    return pairs


class Performer(Protocol):
    """Who knows what calls do."""

    def perform(self, call: Call) -> None:
        """Take one call that stands as a statement."""


class ScriptRunner:
    """Walks through one function."""

    def __init__(self, module: Module, recorder: Recorder, performer: Performer) -> None:
        """Walk in one file, recording into one script."""
        self._module, self._to, self._performer = module, recorder, performer

    def run(self, function: Lambda, *args: object) -> None:
        """Follow a function from its first statement."""
        scope = Scope(outer=function.scope)
        for index, name in enumerate(function.params):
            spot = self._module.tree.spot(function.body)
            known = index < len(args)
            scope.values[name] = args[index] if known else Unknown("given as it runs", spot)
        if function.body.type == "statement_block":
            self._body(named(function.body), scope)
        else:
            self._act(function.body, scope)

    def _body(self, nodes: list[Node], scope: Scope) -> bool:
        return all(self._statement(node, scope) for node in nodes)

    def _statement(self, node: Node, scope: Scope) -> bool:
        kind = node.type
        if kind == "expression_statement":
            self._act(named(node)[0], scope)
        elif kind in {"lexical_declaration", "variable_declaration"}:
            for name, value in declared(self._module, node, scope):
                scope.values[name] = value
                if isinstance(value, Call):
                    self._do(value)
        elif kind == "return_statement":
            if named(node):
                self._act(named(node)[0], scope)
            return False
        elif kind == "throw_statement":
            return False
        elif kind == "if_statement":
            return self._branch(node, scope)
        elif kind == "for_in_statement":
            self._loop(node, scope)
        elif kind in {"try_statement", "statement_block"}:
            body = node.child_by_field_name("body") or node
            return self._body(named(body), Scope(outer=scope))
        elif kind not in {"empty_statement", "comment", "function_declaration"}:
            self._unknown("what it does shows only when it runs", node)
        return True

    def _branch(self, node: Node, scope: Scope) -> bool:
        test = node.child_by_field_name("condition")
        value = self._module.value(test, scope) if test is not None else None
        if not isinstance(value, (bool, str, int)):
            self._unknown("a condition that only the running program can tell", node)
            return True
        chosen = node.child_by_field_name("consequence" if value else "alternative")
        if chosen is not None and chosen.type == "else_clause":
            chosen = named(chosen)[0]
        return self._statement(chosen, scope) if chosen is not None else True

    def _loop(self, node: Node, scope: Scope) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        body = node.child_by_field_name("body")
        values = self._module.value(right, scope) if right is not None else None
        if left is None or body is None or not isinstance(values, list) or len(values) > MOST_TURNS:
            self._unknown("a loop over what only the running program knows", node)
            return
        for value in values:
            inner = Scope({self._module.tree.words(left): value}, scope)
            self._statement(body, inner)

    def _act(self, node: Node, scope: Scope) -> None:
        value = self._module.value(node, scope)
        if isinstance(value, Call):
            self._do(value)
        elif isinstance(value, Unknown) and node.type != "assignment_expression":
            self._unknown("what it does shows only when it runs", node)

    def _do(self, call: Call) -> None:
        """Hand a call on; what comes after it by `then` follows it."""
        if call.last in {"then", "catch", "finally"} and isinstance(call.of, Call):
            self._do(call.of)
            if call.last == "then" and call.args and isinstance(call.args[0], Lambda):
                self.run(call.args[0])
        elif call.name == "Promise.all" and call.args and isinstance(call.args[0], list):
            for each in call.args[0]:
                if isinstance(each, Call):
                    self._do(each)
        elif call.last == "forEach" and isinstance(call.of, list) and call.args:
            for each in call.of[:MOST_TURNS]:
                if isinstance(call.args[0], Lambda):
                    self.run(call.args[0], each)
        elif isinstance(call.of, Lambda):
            self.run(call.of, *call.args)
        else:
            self._performer.perform(call)

    def _unknown(self, why: str, node: Node) -> None:
        self._to.unknown(why, self._module.tree.spot(node))
