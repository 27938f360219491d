"""The keys of where somebody is, as a page: made from the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import Block, Document, Heading, Paragraph, Span, Table, Text
from be_tui.tui.actions import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from be_tui.tui.actions import Action

MOVING = (
    ("↑ ↓", "Move the mark, or read on line by line; so do k and j."),
    ("page up, page down", "Read on page by page; so do b and space."),
    ("home, end", "Go to the first line or the last."),
    ("enter", "Do or open what is marked."),
    ("tab, shift+tab", "Go to the next part of the page, and back."),
)
"""What lists and pages do everywhere; it cannot be given other keys."""

_ESCAPE = (
    "Terminals send Escape as the beginning of other keys, so it takes a tenth of a second to be "
    "sure of it; [ goes back at once. ESCDELAY, in milliseconds, shortens the wait."
)

_OTHER_KEYS = (
    Span("Other keys: "),
    Span("[keys]", "code"),
    Span(" in your settings; "),
    Span("be-tui config show", "code"),
    Span(" tells where those stand."),
)


def help_page(
    title: str,
    actions: Iterable[Action],
    unavailable: Callable[[str], str] = lambda _: "",
    troubles: Iterable[str] = (),
) -> Document:
    """Give the keys of a screen, then those of everywhere.

    Args:
        title: The screen's name.
        actions: All that can be done there, as `actions_of` gives them.
        unavailable: Tells why an action cannot be done just now.
        troubles: What is wrong with the keys that a person chose.
    """
    every = tuple(actions)
    here = [action for action in every if action.scope != "app"]
    blocks: list[Block] = [Heading((Span(f"Keys: {title}", "title"),), 1, "keys")]
    if here:
        blocks += _part("This screen", here, unavailable)
    blocks += _part("Everywhere", [each for each in every if each.scope == "app"], unavailable)
    blocks += [_heading("Moving"), Table((), tuple(_row(keys, told) for keys, told in MOVING))]
    blocks += [_heading("Good to know"), Paragraph((Span(_ESCAPE),))]
    blocks.append(Paragraph(_OTHER_KEYS))
    blocks += [Paragraph((Span("! ", "warning"), Span(trouble))) for trouble in troubles]
    return Document(tuple(blocks))


def keys_of(action: Action) -> str:
    """Give the keys of an action as a person reads them: `[, esc`."""
    return ", ".join(map(shown, action.keys))


def _part(
    title: str, actions: Iterable[Action], unavailable: Callable[[str], str]
) -> Iterator[Block]:
    rows: list[tuple[Text, ...]] = []
    waiting: list[Block] = []
    for action in actions:
        reason = unavailable(action.id)
        name = Span(f"{action.label}  ", "muted" if reason else "strong")
        told = Span(action.help, "muted" if reason else "text")
        rows.append(((Span(keys_of(action), "key"),), (name, told)))
        if reason:
            said = Span(f"Not now: {action.label}", "warning"), Span(f" ({reason}).")
            waiting.append(Paragraph(said))
    yield _heading(title)
    yield Table((), tuple(rows))
    yield from waiting


def _row(keys: str, told: str) -> tuple[Text, ...]:
    return (Span(keys, "key"),), (Span(told),)


def _heading(text: str) -> Heading:
    return Heading((Span(text),), 2, text.lower().replace(" ", "-"))
