"""The bundled guide: its examples are what they claim to be."""

from __future__ import annotations

import ast
import json
import random
from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.document.model import CodeBlock
from be_tui.core.knowledge import open_library

if TYPE_CHECKING:
    from be_tui.core.knowledge.model import Reference


@cache
def guide() -> Reference:
    with open_library() as library:
        return library.reference("guide")


def code(language: str) -> list[str]:
    blocks = guide().document.blocks
    found = [each for each in blocks if isinstance(each, CodeBlock) and each.language == language]
    assert found, language
    return [each.text for each in found]


def test_it_has_no_section_that_cannot_be_addressed() -> None:
    assert all(section.slug for section in guide().sections)
    assert len(guide().sections) > 60


def test_http_examples_carry_json() -> None:
    for message in code("http"):
        head, body = message.split("\n\n", 1)
        assert "json" in head
        assert isinstance(json.loads(body), dict)


def test_python_examples_are_python() -> None:
    for text in code("python"):
        ast.parse(text)


def test_the_backoff_waits_at_most_twice_as_long_each_time() -> None:
    names = {"random": random.Random(7)}
    exec(code("python")[0], names)
    waits = names["full_jitter"](base=0.1, cap=0.3, tries=4)  # type: ignore[operator]
    assert all(wait <= limit for wait, limit in zip(waits, (0.1, 0.2, 0.3), strict=True))
