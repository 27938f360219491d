"""An app with one widget in our themes, for the tests of widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from be_tui.tui.themes import THEMES, TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from be_tui.tui.widgets.document_view import DocumentView


class Pages(App[None]):
    """Shows widgets, and keeps what documents tell."""

    def __init__(self, *widgets: Widget, theme: str = "dark") -> None:
        super().__init__()
        self._widgets = widgets
        self.followed: list[str] = []
        self.headings: list[str] = []
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(TOKENS)

    def compose(self) -> ComposeResult:
        yield from self._widgets

    def on_document_view_link_followed(self, event: DocumentView.LinkFollowed) -> None:
        assert event.control is event.view
        self.followed.append(event.link)

    def on_document_view_heading_changed(self, event: DocumentView.HeadingChanged) -> None:
        assert event.control is event.view
        self.headings.append(event.slug)


def shown(app: App[None]) -> list[str]:
    """Give the lines on the screen without what ends them: blanks and the scroll bar."""
    strips: Iterable[str] = (strip.text for strip in app.screen._compositor.render_strips())
    return [line.rstrip(" ▁▂▃▄▅▆▇█").rstrip() for line in strips]


def look_of(app: App[None], line: int, word: str) -> str:
    """Give the style that a word of a line is drawn in, without what the mouse does there."""
    strip = app.screen._compositor.render_strips()[line]
    text = strip.text
    assert word in text, text
    column = 0
    for segment in strip:
        if column <= text.index(word) < column + len(segment.text):
            style = segment.style
            assert style is not None
            return str(style.clear_meta_and_links())
        column += len(segment.text)
    raise AssertionError(word)
