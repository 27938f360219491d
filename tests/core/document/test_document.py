"""The public face of documents."""

from __future__ import annotations

import subprocess
import sys

import pytest

from be_tui.core import document
from be_tui.core.document import Document, Ruled


def test_every_public_name_can_be_had() -> None:
    for name in document.__all__:
        assert getattr(document, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = document.nothing


def test_documents_can_be_put_one_after_the_other() -> None:
    assert Document((Ruled(),)) + Document((Ruled(),)) == Document((Ruled(), Ruled()))


def test_the_nouns_alone_load_neither_parser_nor_highlighter() -> None:
    script = (
        "import sys, be_tui.core.document.layout, be_tui.core.document.plain\n"
        "heavy = {'markdown_it', 'pygments', 'rich', 'textual'}\n"
        "print(sorted(heavy.intersection(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
