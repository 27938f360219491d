"""Programs in TypeScript, JavaScript and Ruby, parsed by tree-sitter; nothing is run."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from be_tui.core.errors import InputError
from be_tui.core.migrations.files.code.values import Spot

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

Language = Literal["typescript", "ruby"]

_GRAMMARS = {
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "ruby": ("tree_sitter_ruby", "language"),
}


@cache
def _parser(language: Language) -> Parser:
    module, name = _GRAMMARS[language]
    try:
        from tree_sitter import Language as Grammar
        from tree_sitter import Parser

        return Parser(Grammar(getattr(import_module(module), name)()))
    except ImportError as error:
        message = f"a parser of {language.capitalize()} is not installed"
        raise InputError(message, hint="pip install 'be-tui[migrations]'") from error


class Tree:
    """A parsed file, whose nodes' places are told in characters."""

    def __init__(self, text: str, language: Language) -> None:
        """Parse a file.

        Raises:
            InputError: The parser is not installed.
        """
        self.text = text
        self._data = text.encode("utf-8", "surrogatepass")
        self._ascii = text.isascii()
        self.root = _parser(language).parse(self._data).root_node

    def spot(self, node: Node) -> Spot:
        """Give where a node stands."""
        return Spot(self._characters(node.start_byte), self._characters(node.end_byte))

    def words(self, node: Node) -> str:
        """Give a node's source."""
        return self._data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def fault(self) -> int:
        """Give the line of the first thing that is no program; 0 where all is one."""
        waiting = [self.root]
        while waiting and self.root.has_error:
            node = waiting.pop()
            if node.is_error or node.is_missing:
                return node.start_point.row + 1
            waiting.extend(reversed([each for each in node.children if each.has_error]))
        return 0

    def _characters(self, at: int) -> int:
        return at if self._ascii else len(self._data[:at].decode("utf-8", "ignore"))


def named(node: Node) -> list[Node]:
    """Give a node's children without comments and signs."""
    return [each for each in node.named_children if each.type != "comment"]
