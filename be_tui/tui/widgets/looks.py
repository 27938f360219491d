"""How each role of a document looks, in the names of the theme.

Not component classes: Textual would match some thirty of them against every rule whenever a
document gets or loses the focus, which costs more than to draw it. The names are those that
stylesheets keep to, so every look is readable in every theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOKS: Mapping[str, str] = {
    "title": "bold $accent-text",
    "heading": "bold $accent-text",
    "strong": "bold",
    "emphasis": "italic",
    "code": "$code-string",
    "link": "underline $accent-text",
    "muted": "$muted",
    "quote": "italic $muted",
    "good": "$text-success",
    "warning": "$text-warning",
    "bad": "$text-error",
    "added": "$added",
    "removed": "$removed",
    "hunk": "$hunk",
    "path": "$accent-text",
    "chosen": "bold $accent-text",
    "key": "bold $accent-text",
    "code-keyword": "$code-keyword",
    "code-name": "$code-name",
    "code-string": "$code-string",
    "code-number": "$code-number",
    "code-comment": "italic $code-comment",
    "code-operator": "$code-operator",
    # States, beside the roles.
    "code-block": "$foreground on $surface",
    "focus": "reverse",
    "hover": "bold on $cursor",
    "match": "underline on $mark",
    "match-here": "bold reverse",
}
"""Attributes, a text's name, and after `on` the name of what it stands on."""


def style_of(look: str, variables: Mapping[str, str]) -> Style:
    """Give the style of a look in a theme."""
    style, on_ground = Style(), False
    for word in look.split():
        if word == "on":
            on_ground = True
        elif word.startswith("$"):
            colour = Color.parse(variables[word[1:]]).rich_color
            style += Style(bgcolor=colour) if on_ground else Style(color=colour)
        else:
            style += Style.parse(word)
    return style
