"""`atlas.sum`: what Atlas remembers of each file, so that an edited one is noticed."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SUM_FILE = "atlas.sum"

_IGNORED = re.compile(rb"\A(?:-- *atlas:\w+[^\n]*\n)*-- *atlas:sum +ignore\b")


def lines_of(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """Give each file's name with its hash; a file's hash holds those before it."""
    running = hashlib.sha256()
    lines = []
    for name, data in files:
        if _IGNORED.match(data):
            continue
        running.update(name.encode())
        running.update(data)
        lines.append((name, base64.b64encode(running.digest()).decode()))
    return lines


def sum_of(files: Iterable[tuple[str, bytes]]) -> str:
    """Give the text of `atlas.sum` for a folder's files, sorted by name."""
    lines = lines_of(files)
    total = hashlib.sha256()
    for name, digest in lines:
        total.update(name.encode())
        total.update(digest.encode())
    head = base64.b64encode(total.digest()).decode()
    return "".join([f"h1:{head}\n", *(f"{name} h1:{digest}\n" for name, digest in lines)])
