"""Reads GraphQL schemas and Protocol Buffers, as far as their operations go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.contracts.model import ApiDocument, Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRAPHQL_NOISE = re.compile(r'"""[\s\S]*?(?:"""|\Z)|"[^"\n]*"|#[^\n]*')
_ROOT = re.compile(r"\b(?:extend[ \t]+)?type[ \t]+(Query|Mutation|Subscription)\b[^{}]*\{")
_FIELD = re.compile(
    r"(?P<name>\w+)\s*(?:\((?P<arguments>(?:[^()]{1,500}+|\([^()]{0,300}+\)){0,40}+)\))?\s*:\s*(?P<type>[\w\[\]!]+)(?P<rest>[^\n]*)"
)
_PAGES = re.compile(
    r"\b(?:first|last|after|before|limit|offset|page\w*|cursor|take|skip|pagination)\s*:"
)

_PROTO_NOISE = re.compile(r"/\*[\s\S]*?(?:\*/|\Z)|//[^\n]*")
_SERVICE = re.compile(r"^\s*service\s+(\w+)\s*\{", re.MULTILINE)
_RPC = re.compile(
    r"\brpc\s+(?P<name>\w+)\s*\(\s*(?:stream\s+)?(?P<asks>[\w.]+)\s*\)\s*returns\s*"
    r"\(\s*(?P<streams>stream\s+)?[\w.]+\s*\)\s*(?P<body>\{[^{}]*\}|;)?"
)
_MESSAGE = re.compile(r"\bmessage\s+(\w+)\s*\{([^{}]*)\}")
_PAGED = re.compile(r"\b(?:page_size|page_token|limit|offset|cursor|page)\b")


def read_graphql(path: str, text: str) -> ApiDocument | None:
    """Read one schema; None where it declares nothing to ask for."""
    clean = _GRAPHQL_NOISE.sub(_blank, text)
    operations = tuple(_fields(clean))
    return ApiDocument(path, "GraphQL", operations) if operations else None


def _fields(text: str) -> Iterator[Operation]:
    for root in _ROOT.finditer(text):
        end = text.find("}", root.end())
        body = text[root.end() : end if end >= 0 else len(text)]
        for field in _FIELD.finditer(body):
            line = text.count("\n", 0, root.end() + field.start()) + 1
            plain = (
                root[1] == "Query"
                and field["type"].startswith("[")
                and not _PAGES.search(field["arguments"] or "")
            )
            deprecated = "@deprecated" in field["rest"]
            yield Operation(f"{root[1]}.{field['name']}", line, plain, deprecated=deprecated)


def read_proto(path: str, text: str) -> ApiDocument | None:
    """Read one file of Protocol Buffers; None where it declares no service."""
    clean = _PROTO_NOISE.sub(_blank, text)
    messages = {match[1]: match[2] for match in _MESSAGE.finditer(clean)}
    services = list(_SERVICE.finditer(clean))
    operations = []
    for rpc in _RPC.finditer(clean):
        owner = next((each[1] for each in reversed(services) if each.start() < rpc.start()), "")
        asked = messages.get(rpc["asks"].rpartition(".")[2])
        plain = (
            rpc["name"].startswith(("List", "Search"))
            and not rpc["streams"]
            and asked is not None
            and not _PAGED.search(asked)
        )
        line = clean.count("\n", 0, rpc.start()) + 1
        deprecated = bool(re.search(r"deprecated\s*=\s*true", rpc["body"] or ""))
        operations.append(Operation(f"{owner}.{rpc['name']}", line, plain, deprecated=deprecated))
    return ApiDocument(path, "gRPC", tuple(operations)) if services else None


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
