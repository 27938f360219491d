"""A new file is shown as what it will hold."""

from __future__ import annotations

import pytest

from be_tui.core.document import CodeBlock, Document, Paragraph, Span
from be_tui.core.files import Change
from be_tui.core.files.showing import as_text


def _shown(path: str, text: str) -> Document:
    return as_text(Change(path, "new", after=text))


def test_prose_wraps() -> None:
    assert _shown("docs/a.md", "# A\n\nb\n") == Document((Paragraph((Span("# A\n\nb"),)),))


@pytest.mark.parametrize(
    ("path", "language"),
    [("a.py", "py"), ("ci.yml", "yaml"), ("Dockerfile", "dockerfile"), ("x/Main.KT", "kotlin")],
)
def test_code_keeps_its_lines_and_names_its_language(path: str, language: str) -> None:
    assert _shown(path, "x = 1\n") == Document((CodeBlock("x = 1", language),))


def test_an_empty_file_says_so() -> None:
    assert _shown("a/__init__.py", "") == Document((Paragraph((Span("an empty file", "muted"),)),))


def test_what_would_steer_the_terminal_is_made_visible() -> None:
    assert _shown("a.md", "a\x1b[2Jb") == Document((Paragraph((Span("a^[[2Jb"),)),))
