"""What commands print: one JSON document or plain text on standard output, notes beside it."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from be_tui.core.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.jsonform import Json

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys, or cannot be written; JSON itself escapes the lower controls."""


def print_json(**parts: Json) -> None:
    """Print one JSON document: `{"version": 1, ...}` with the parts given."""
    text = json.dumps({"version": 1, **parts}, indent=2, ensure_ascii=False)
    sys.stdout.write(_UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n")


def note(text: str) -> None:
    """Tell the person something that is not the answer; nothing when nobody is looking."""
    if sys.stderr.isatty():
        sys.stderr.write(text + "\n")


def tell(text: str) -> None:
    """Tell the person of a trouble, on standard error."""
    sys.stderr.write(f"be-tui: {text}\n")


@contextmanager
def telling() -> Iterator[None]:
    """Tell a trouble of the store, and go on."""
    try:
        yield
    except StateError as error:
        tell(str(error))
