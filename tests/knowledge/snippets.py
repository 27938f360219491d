"""What is wrong with an example in any language but SQL: it is read by that language's parser.

The side that is to be right is held to more than form: HTTP's rules, OpenAPI's schema,
GraphQL's validation.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from graphql import DefinitionNode, GraphQLSyntaxError, is_type_system_definition_node
from graphql import parse as parse_graphql
from graphql.language import is_type_system_extension_node
from graphql.validation.validate import validate_sdl
from jsonschema.exceptions import ValidationError
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError
from tree_sitter import Language, Parser
from yaml.constructor import ConstructorError

from tests.knowledge import http_messages
from tests.knowledge.plain_json import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from tree_sitter import Node

PROTOC = (sys.executable, "-m", "grpc_tools.protoc")

GRAMMARS = {
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "java": ("tree_sitter_java", "language"),
    "kotlin": ("tree_sitter_kotlin", "language"),
    "go": ("tree_sitter_go", "language"),
    "shell": ("tree_sitter_bash", "language"),
}


def fault(language: str, text: str, *, right: bool) -> str:
    """Give what is wrong with a text in one line; nothing where it is well."""
    try:
        found = _CHECKS[language](text, right)
    except (ValueError, SyntaxError, yaml.YAMLError, GraphQLSyntaxError) as error:
        found = str(error)
    except (ValidationError, OpenAPIValidationError) as error:
        found = f"{error.message} (at {'/'.join(str(part) for part in error.absolute_path)})"
    return " ".join(found.split())


def _http(text: str, right: bool) -> str:  # noqa: FBT001
    found = http_messages.messages(text)
    return "; ".join(each for message in found for each in http_messages.faults(message) if right)


def _json(text: str, _: bool) -> str:  # noqa: FBT001
    try:
        parse_json(text)
    except ValueError:
        # JSON Lines: a value each.
        if text.count("\n") == 0 or not text.lstrip().startswith("{"):
            raise
        lines = text.splitlines()
        if any(not line.startswith("{") for line in lines):
            raise
        for line in lines:
            parse_json(line)
    return ""


class _UniqueKeys(yaml.SafeLoader):
    """YAML without a key twice in a mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        names = [key.value for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise ConstructorError(None, None, f"`{name}` stands twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def _yaml(text: str, _: bool) -> str:  # noqa: FBT001
    found = list(yaml.load_all(text, _UniqueKeys))
    return "" if any(each is not None for each in found) else "nothing stands there"


def _toml(text: str, _: bool) -> str:  # noqa: FBT001
    tomllib.loads(text)
    return ""


def _openapi(text: str, right: bool) -> str:  # noqa: FBT001
    document = yaml.load(text, _UniqueKeys)
    if not isinstance(document, dict):
        return "expected keys of an OpenAPI document"
    if right:
        whole = {"openapi": "3.1.1", "info": {"title": "t", "version": "1"}, "paths": {}}
        validate({**whole, **document})
    return ""


def _graphql(text: str, right: bool) -> str:  # noqa: FBT001
    document = parse_graphql(text)
    schema = [each for each in document.definitions if _of_schema(each)]
    if not right or not schema:
        return ""
    if len(schema) < len(document.definitions):
        return "a schema and a query stand in one text"
    return "; ".join(error.message for error in validate_sdl(document))


def _of_schema(node: DefinitionNode) -> bool:
    return is_type_system_definition_node(node) or is_type_system_extension_node(node)


def _proto(text: str, _: bool) -> str:  # noqa: FBT001
    if not re.search(r"^(syntax|edition)\b", text, re.MULTILINE):
        text = f'syntax = "proto3"; {text}'
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "example.proto").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [*PROTOC, "-I.", f"-I{_common_protos()}", "-oout", "example.proto"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    return done.stderr.strip() or "protoc refuses it" if done.returncode else ""


def _common_protos() -> Path:
    """Give the folder below which `google/api/annotations.proto` stands."""
    spec = find_spec("google.api")
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]).parent.parent


def _python(text: str, _: bool) -> str:  # noqa: FBT001
    ast.parse(textwrap.dedent(text))
    return ""


@cache
def _parser(language: str) -> Parser:
    module, function = GRAMMARS[language]
    return Parser(Language(getattr(import_module(module), function)()))


def _by_grammar(language: str) -> Callable[[str, bool], str]:
    def check(text: str, _: bool) -> str:  # noqa: FBT001
        root = _parser(language).parse(text.encode()).root_node
        wrong = _first_error(root) if root.has_error else None
        if wrong is None:
            return ""
        near = text.splitlines()[wrong.start_point.row].strip()
        return f"line {wrong.start_point.row + 1} is not {language}: `{near}`"

    return check


def _first_error(node: Node) -> Node:
    """Give the first piece that the grammar does not know, or misses."""
    for child in node.children:
        if child.has_error or child.is_missing:
            return child if child.is_error or child.is_missing else _first_error(child)
    return node


def _text(text: str, _: bool) -> str:  # noqa: FBT001
    return "" if text.strip() else "nothing stands there"


_CHECKS: dict[str, Callable[[str, bool], str]] = {
    "http": _http,
    "json": _json,
    "yaml": _yaml,
    "toml": _toml,
    "openapi": _openapi,
    "graphql": _graphql,
    "proto": _proto,
    "python": _python,
    "text": _text,
    **{language: _by_grammar(language) for language in GRAMMARS},
}

LANGUAGES = tuple(_CHECKS)
