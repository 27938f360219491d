"""What commands print: one JSON document or plain text on standard output, notes beside it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json


def print_json(**parts: Json) -> None:
    """Print one JSON document: `{"version": 1, ...}` with the parts given."""
    json.dump({"version": 1, **parts}, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def note(text: str) -> None:
    """Tell the person something that is not the answer; nothing when nobody is looking."""
    if sys.stderr.isatty():
        sys.stderr.write(text + "\n")
