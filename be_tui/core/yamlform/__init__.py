"""YAML as people write it, read with a finger on the line: every value keeps its place.

`read_yaml` gives a cursor on the top mapping; a decoder asks it for what it needs, and
every fault is collected with `path:line:column`, the trail of keys and what was expected,
so that one run tells all. Decoders are total: a faulty value reads as an empty one, and
whoever asked looks at the faults in the end.

    def decode_option(at: Cursor) -> Option:
        return Option(at.name, at.text("label"), at.text("to"), at.text("note", ""))

    faults = Faults(path)
    options = read_yaml(path, faults).each("options", decode_option)

Scalars are the text that was written, so an id `no` stays `no`.
"""

from __future__ import annotations

from be_tui.core.yamlform.compose import compose
from be_tui.core.yamlform.cursor import Cursor
from be_tui.core.yamlform.faults import Faults, nearest
from be_tui.core.yamlform.files import read_text
from be_tui.core.yamlform.nodes import (
    Listing,
    Mapping,
    Node,
    Scalar,
    Span,
    as_number,
    as_truth,
    described,
)

__all__ = [
    "YAML_LIMIT",
    "Cursor",
    "Faults",
    "Listing",
    "Mapping",
    "Node",
    "Scalar",
    "Span",
    "as_number",
    "as_truth",
    "compose",
    "described",
    "nearest",
    "parse_yaml",
    "read_text",
    "read_yaml",
]

YAML_LIMIT = 1_000_000
"""The largest YAML file that is read, in bytes: some thirty times a large tree."""


def read_yaml(path: str, faults: Faults) -> Cursor:
    """Read one file; nothing stands below the cursor where it cannot be, and `faults` tells why."""
    text = read_text(path, faults, YAML_LIMIT)
    return Cursor(None, faults) if text is None else parse_yaml(text, faults)


def parse_yaml(text: str, faults: Faults, first_line: int = 1) -> Cursor:
    """Read YAML from a text that begins at a line of the file."""
    node = compose(text, faults, first_line - 1)
    if node is not None and not isinstance(node, Mapping):
        message = f"expected keys with their values, found {described(node)}"
        faults.form("wrong-type", message, node.span)
        node = None
    return Cursor(node, faults)
