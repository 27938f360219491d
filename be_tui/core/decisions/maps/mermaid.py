"""A tree as a Mermaid flow chart, for Markdown that is shown on a forge."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from be_tui.core.decisions.maps.graph import Edge, edges, reached
from be_tui.core.document import clean

if TYPE_CHECKING:
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.knowledge import Tree

_WIDTH = 36
"""Characters of a label's line."""

_CODES = {sign: f"#{ord(sign)};" for sign in '#&<>"`\\{}'}
"""What Mermaid, Markdown or HTML would read as their own."""


_BULLET = re.compile(r"(\d*)([-+*.)])(?=\s|$)")
"""What begins a list: Mermaid draws an error in place of a label that is one."""


def mermaid(tree: Tree, walk: Walk | None = None) -> str:
    """Draw a tree; walked edges are thick and say how they came to be walked."""
    names = {node.id: f"q{index}" for index, node in enumerate(tree.questions, 1)}
    names |= {node.id: f"t{index}" for index, node in enumerate(tree.tables, 1)}
    names |= {node.id: f"o{index}" for index, node in enumerate(tree.outcomes, 1)}
    lines = ["flowchart TD"]
    lines += [f'    {names[node.id]}["{_label(node.ask)}"]' for node in tree.questions]
    lines += [f'    {names[node.id]}{{{{"{_label(node.title)}"}}}}' for node in tree.tables]
    lines += [f'    {names[node.id]}(["{_label(node.title)}"])' for node in tree.outcomes]
    lines += [_line(edge, names) for edge in edges(tree, walk)]
    on_path = ",".join(names[node] for node in names if node in reached(walk))
    if on_path:
        lines += ["    classDef walked stroke-width:4px", f"    class {on_path} walked"]
    return "\n".join(lines) + "\n"


def _line(edge: Edge, names: dict[str, str]) -> str:
    arrow = "==>" if edge.walked else "-.->" if edge.kind == "route" else "-->"
    said = "" if edge.walked in {"", "stated"} else f" ({edge.walked})"
    label = _label(f"{edge.label}{said}")
    return f'    {names[edge.origin]} {arrow}|"{label}"| {names[edge.to]}'


def _label(text: str) -> str:
    lines = (
        line for part in clean(text).splitlines() for line in textwrap.wrap(part, _WIDTH) or [""]
    )
    return "<br/>".join(map(_escaped, lines)) or "#160;"


def _escaped(line: str) -> str:
    bullet = _BULLET.match(line)
    if bullet:
        return f"{bullet[1]}#{ord(bullet[2])};{_escaped(line[bullet.end() :])}"
    return "".join(_CODES.get(sign, sign) for sign in line)
