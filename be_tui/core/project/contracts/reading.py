"""Finds a project's API descriptions, by their names and by what they say at their top."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.contracts.openapi import LARGEST_JSON, SAYS_OPENAPI, read_openapi
from be_tui.core.project.contracts.others import read_graphql, read_proto
from be_tui.core.project.languages import is_foreign, is_test_folder
from be_tui.core.project.manifests import is_own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.checkout import Checkout
    from be_tui.core.project.contracts.model import ApiDocument

MOST_DOCUMENTS = 200
MOST_LOOKED_INTO = 600
"""YAML and JSON files whose top is looked at."""

MOST_BYTES = 8 << 20
"""Bytes of all documents that are read."""

_NAMED = re.compile(r"openapi|swagger|api", re.IGNORECASE)
_NEVER = re.compile(r"package(?:-lock)?\.json$|tsconfig|composer\.|\.lock$|\.min\.|manifest\.json$")
_GRAPHQL = (".graphql", ".graphqls", ".gql")
_HEAD = 4096


def read_contracts(checkout: Checkout) -> tuple[ApiDocument, ...]:
    """Read the descriptions of a project, those of tests left out."""
    found: list[ApiDocument] = []
    left = MOST_BYTES
    for path in _candidates(checkout):
        checkout.cancel.check()
        if len(found) >= MOST_DOCUMENTS or left <= 0:
            checkout.bounded = True
            break
        data = checkout.read(path, LARGEST_JSON)
        if data is None:
            continue
        document = _read(path, data)
        if document is not None:
            left -= len(data)
            found.append(document)
    return tuple(found)


def _candidates(checkout: Checkout) -> Iterator[str]:
    described: list[str] = []
    looked_into: list[str] = []
    for path in checkout.files:
        folder, _, name = path.rpartition("/")
        if is_foreign(folder) or is_test_folder(folder):
            continue
        if name.endswith((*_GRAPHQL, ".proto")):
            described.append(path)
            continue
        # Descriptions are often kept among the documentation, other files are not.
        expected = is_own(folder) or _NAMED.search(path) or "docs" in folder.split("/")
        if name.endswith((".yaml", ".yml", ".json")) and expected and not _NEVER.search(name):
            (described if _NAMED.search(name) else looked_into).append(path)
    yield from described
    looked_into.sort(key=lambda path: (path.count("/"), path))
    yield from looked_into[:MOST_LOOKED_INTO]


def _read(path: str, data: bytes) -> ApiDocument | None:
    if path.endswith((".yaml", ".yml", ".json")):
        return read_openapi(path, data) if SAYS_OPENAPI.search(data, 0, _HEAD) else None
    text = data.decode("utf-8-sig", "replace")
    return read_graphql(path, text) if path.endswith(_GRAPHQL) else read_proto(path, text)
