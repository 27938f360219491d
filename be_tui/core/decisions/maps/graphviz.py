"""A tree as a Graphviz digraph, for `dot -Tsvg`."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from be_tui.core.decisions.maps.graph import Edge, edges, reached
from be_tui.core.document import clean

if TYPE_CHECKING:
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.knowledge import Tree

_WIDTH = 36


def dot(tree: Tree, walk: Walk | None = None) -> str:
    """Draw a tree; walked edges are bold and say how they came to be walked."""
    on_path = reached(walk)
    lines = [
        f"digraph {_quoted(tree.id)} {{",
        f"    label={_label(tree.title)}; labelloc=t;",
        '    node [fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=11];',
    ]
    nodes = [(each.id, each.ask, "box") for each in tree.questions]
    nodes += [(each.id, each.title, "hexagon") for each in tree.tables]
    nodes += [(each.id, each.title, "box, style=rounded") for each in tree.outcomes]
    lines += [_node(*node, walked=node[0] in on_path) for node in nodes]
    lines += [_line(edge) for edge in edges(tree, walk)]
    return "\n".join([*lines, "}"]) + "\n"


def _node(node_id: str, text: str, shape: str, *, walked: bool) -> str:
    pen = ", penwidth=3" if walked else ""
    return f"    {_quoted(node_id)} [shape={shape}, label={_label(text)}{pen}];"


def _line(edge: Edge) -> str:
    said = "" if edge.walked in {"", "stated"} else f" ({edge.walked})"
    style = ", style=bold, penwidth=3" if edge.walked else ""
    if edge.kind == "route" and not edge.walked:
        style = ", style=dashed"
    label = _label(f"{edge.label}{said}")
    return f"    {_quoted(edge.origin)} -> {_quoted(edge.to)} [label={label}{style}];"


def _label(text: str) -> str:
    parts = clean(text).splitlines()
    lines = [line for part in parts for line in textwrap.wrap(part, _WIDTH) or [""]]
    # Graphviz reads HTML entities in labels, and its own escapes after a backslash.
    safe = [line.replace("&", "&amp;").replace("\\", "\\\\") for line in lines]
    return '"' + "\\n".join(safe).replace('"', '\\"') + '"'


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
