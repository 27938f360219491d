"""Ruby's expressions and statements in a migration, followed as far as the file tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from be_tui.core.migrations.files.code.python import MOST_TURNS, Scope
from be_tui.core.migrations.files.code.trees import named
from be_tui.core.migrations.files.code.values import Call, Name, Spot, Unknown, Written

if TYPE_CHECKING:
    from tree_sitter import Node

    from be_tui.core.migrations.files.code.trees import Tree
    from be_tui.core.migrations.files.code.values import Recorder

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "s": " ", "0": "\0", "e": "\x1b", "\n": ""}
_ESCAPE = re.compile(r"\\(.)", re.S)
_SINGLE = re.compile(r"\\(['\\])")
_OPENING = re.compile(r"<<(?P<manner>[~\-]?)(?P<quote>['\"`]?)(?P<tag>\w+)")
_TEXTS = frozenset({"string", "bare_string", "heredoc_body", "delimited_symbol", "bare_symbol"})
_CONSTANTS: dict[str, object] = {"true": True, "false": False, "nil": None}


@dataclass(frozen=True, slots=True)
class Block:
    """What is given to a call between `do` and `end`."""

    params: tuple[str, ...]
    body: tuple[Node, ...] = field(hash=False)
    scope: Scope = field(hash=False)


class RubyFile:
    """A migration's class: its methods, its constants, what it calls of its own class."""

    def __init__(self, tree: Tree) -> None:
        """Take in a parsed file."""
        self.tree = tree
        self.scope = Scope()
        self.methods: dict[str, tuple[Node, ...]] = {}
        self.marks: set[str] = set()
        """Words that stand in the class by themselves: `disable_ddl_transaction!`."""

        self.is_migration = False
        self._bodies = self._heredocs(tree.root)
        for node in named(tree.root):
            self._take(node)

    def _take(self, node: Node) -> None:
        if node.type == "class":
            above = node.child_by_field_name("superclass")
            body = node.child_by_field_name("body")
            if above is not None and "Migration" in self.tree.words(above):
                self.is_migration = True
                for inner in named(body) if body is not None else ():
                    self._member(inner)
        elif node.type == "module":
            body = node.child_by_field_name("body")
            for inner in named(body) if body is not None else ():
                self._take(inner)

    def _member(self, node: Node) -> None:
        label = node.child_by_field_name("name") or node.child_by_field_name("method")
        if node.type == "method" and label is not None:
            body = node.child_by_field_name("body")
            self.methods[self.tree.words(label)] = tuple(named(body)) if body is not None else ()
        elif node.type == "assignment":
            self.bind(node, self.scope)
        elif node.type in {"call", "identifier"}:
            self.marks.add(self.tree.words(label if label is not None else node))

    def _heredocs(self, root: Node) -> dict[int, Node]:
        """Find the text that each beginning of a heredoc stands for."""
        begun: list[int] = []
        bodies: list[Node] = []
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node.type == "heredoc_beginning":
                begun.append(node.start_byte)
            elif node.type == "heredoc_body":
                bodies.append(node)
            waiting.extend(reversed(node.children))
        bodies.sort(key=lambda each: each.start_byte)
        return dict(zip(sorted(begun), bodies, strict=False))

    def bind(self, node: Node, scope: Scope) -> None:
        """Take in an assignment."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None:
            scope.values[self.tree.words(left)] = self.value(right, scope)

    def value(self, node: Node, scope: Scope) -> object:  # noqa: PLR0911, PLR0912
        """Give what an expression is worth."""
        kind = node.type
        if kind == "simple_symbol":
            return self.tree.words(node)[1:]
        if kind == "hash_key_symbol":
            return self.tree.words(node)
        if kind in _TEXTS:
            return self._text(node, scope)
        if kind == "heredoc_beginning":
            return self._heredoc(node, scope)
        if kind in _CONSTANTS:
            return _CONSTANTS[kind]
        if kind in {"integer", "float"}:
            return self._number(node)
        if kind in {"array", "string_array", "symbol_array"}:
            return [self.value(each, scope) for each in named(node)]
        if kind == "hash":
            made: dict[object, object] = {}
            for each in named(node):
                self._pair(each, scope, made)
            return made
        if kind in {"identifier", "constant", "scope_resolution"}:
            return scope.find(self.tree.words(node))
        if kind == "parenthesized_statements" and len(named(node)) == 1:
            return self.value(named(node)[0], scope)
        if kind == "lambda":
            return Call("lambda", self.tree.spot(node), (self._last(node, scope),))
        if kind == "call":
            return self._call(node, scope)
        if kind == "element_reference":
            return Unknown("known only when it runs", self.tree.spot(node))
        return Unknown("known only when it runs", self.tree.spot(node))

    def _last(self, node: Node, scope: Scope) -> object:
        """Give what a lambda's last expression is worth."""
        body = node.child_by_field_name("body")
        while (
            body is not None
            and named(body)
            and body.type in {"block", "block_body", "do_block", "body_statement"}
        ):
            body = named(body)[-1]
        return self.value(body, scope) if body is not None else None

    def _number(self, node: Node) -> object:
        text = self.tree.words(node).replace("_", "")
        try:
            return float(text) if "." in text or "e" in text.lower() else int(text, 0)
        except ValueError:
            return Unknown("known only when it runs", self.tree.spot(node))

    def _text(self, node: Node, scope: Scope) -> object:
        spot = self.tree.spot(node)
        raw = self.tree.text[spot.start : spot.end]
        single = raw[:1] == "'" or node.type in {"bare_string", "bare_symbol"}
        parts: list[str] = []
        inner = [each for each in node.children if each.type in _PARTS]
        for each in inner:
            if each.type == "interpolation":
                value = self.value(named(each)[0], scope) if named(each) else None
                if not isinstance(value, (str, int, float)):
                    return Unknown("known only when it runs", spot)
                parts.append(str(value))
            elif each.type == "escape_sequence" and not single:
                parts.append(_ESCAPE.sub(lambda f: _ESCAPES.get(f[1], f[1]), self.tree.words(each)))
            elif each.type == "escape_sequence":
                words = self.tree.words(each)
                parts.append(words[1:] if words[1:] in {"'", "\\"} else words)
            else:
                words = self.tree.words(each)
                parts.append(_SINGLE.sub(r"\1", words) if single else words)
        text = "".join(parts)
        if inner and all(each.type in {"string_content", "heredoc_content"} for each in inner):
            first, last = self.tree.spot(inner[0]), self.tree.spot(inner[-1])
            if self.tree.text[first.start : last.end] == text:
                return Written(text, Spot(first.start, last.end))
        return text

    def _heredoc(self, node: Node, scope: Scope) -> object:
        body = self._bodies.get(node.start_byte)
        found = _OPENING.match(self.tree.words(node))
        if body is None or found is None:
            return Unknown("known only when it runs", self.tree.spot(node))
        value = self._text(body, scope)
        if found["quote"] == "'":
            first = [each for each in body.children if each.type in _PARTS]
            if first:
                start, end = self.tree.spot(first[0]).start, self.tree.spot(first[-1]).end
                value = Written(self.tree.text[start:end], Spot(start, end))
        return value

    def _pair(self, node: Node, scope: Scope, into: dict[object, object]) -> None:
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        if key is not None:
            name = self.value(key, scope)
            into[str(name)] = (
                self.value(value, scope) if value is not None else scope.find(str(name))
            )

    def _call(self, node: Node, scope: Scope) -> object:
        label, owner = node.child_by_field_name("method"), node.child_by_field_name("receiver")
        spot = self.tree.spot(node)
        if label is None:
            return Unknown("known only when it runs", spot)
        of = self.value(owner, scope) if owner is not None else None
        name = self.tree.words(label)
        args: list[object] = []
        options: dict[object, object] = {}
        given = node.child_by_field_name("arguments")
        for each in named(given) if given is not None else ():
            if each.type == "pair":
                self._pair(each, scope, options)
            elif each.type == "heredoc_body":
                continue
            elif each.type in {"splat_argument", "hash_splat_argument", "block_argument"}:
                return Unknown("known only when it runs", spot)
            else:
                args.append(self.value(each, scope))
        if isinstance(of, str) and name in {"squish", "strip", "chomp", "freeze", "to_s", "to_sym"}:
            return of
        if isinstance(of, list) and name in {"freeze", "to_a"}:
            return of
        block = self._block(node, scope)
        named_args = {str(key): value for key, value in options.items()}
        if block is not None:
            named_args["&"] = block
        path = f"{of.path}.{name}" if isinstance(of, Name) else name
        return Call(path, spot, tuple(args), named_args, of)

    def _block(self, node: Node, scope: Scope) -> Block | None:
        block = node.child_by_field_name("block")
        if block is None:
            return None
        given = block.child_by_field_name("parameters")
        params = tuple(map(self.tree.words, named(given))) if given is not None else ()
        body = block.child_by_field_name("body")
        return Block(params, tuple(named(body)) if body is not None else (), scope)


_PARTS = frozenset({"string_content", "heredoc_content", "interpolation", "escape_sequence"})


class Performer(Protocol):
    """Who knows what calls do."""

    def perform(self, call: Call) -> None:
        """Take one call that stands as a statement."""


class RubyRunner:
    """Walks through one method or block."""

    def __init__(self, file: RubyFile, recorder: Recorder, performer: Performer) -> None:
        """Walk in one file, recording into one script."""
        self._file, self._to, self._performer = file, recorder, performer

    def run(self, nodes: tuple[Node, ...], scope: Scope | None = None) -> None:
        """Follow statements from the first."""
        inner = Scope(outer=scope or self._file.scope)
        for node in nodes:
            if node.type == "return":
                return
            self._statement(node, inner)

    def block(self, block: Block, *args: object) -> None:
        """Follow what a call was given between `do` and `end`."""
        values: dict[str, object] = dict(zip(block.params, args, strict=False))
        self.run(block.body, Scope(values, block.scope))

    def _statement(self, node: Node, scope: Scope) -> None:
        kind = node.type
        if kind == "assignment":
            self._file.bind(node, scope)
            return
        if kind in {"heredoc_body", "comment", "string", "nil", "true", "false"}:
            return
        if kind not in {"call", "identifier"}:
            self._to.unknown("what it does shows only when it runs", self._file.tree.spot(node))
            return
        value = self._file.value(node, scope)
        if isinstance(value, Name):
            value = Call(value.path, self._file.tree.spot(node))
        if isinstance(value, Unknown):
            self._to.unknown("what it does shows only when it runs", value.spot)
        elif isinstance(value, Call):
            self._do(value)

    def _do(self, call: Call) -> None:
        block = call.named.get("&")
        if call.last in {"safety_assured", "suppress_messages", "say_with_time"}:
            if isinstance(block, Block):
                self.block(block)
        elif call.last == "each" and isinstance(call.of, list) and isinstance(block, Block):
            for value in call.of[:MOST_TURNS]:
                self.block(block, *(value if isinstance(value, list) else [value]))
        elif call.name in self._file.methods and call.of is None and not call.args:
            self.run(self._file.methods[call.name])
        else:
            self._performer.perform(call)
