"""Text files of people, read with a bound on what they can cost."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.yamlform.nodes import Span

if TYPE_CHECKING:
    from be_tui.core.yamlform.faults import Faults


def read_text(path: str, faults: Faults, limit: int) -> str | None:
    """Read a text file of at most `limit` bytes; None where it cannot be, with the fault."""
    try:
        # A pipe or a device would keep the reader waiting: look before opening.
        status = Path(path).stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
            faults.form("unreadable", f"expected a file, this is {kind}")
            return None
        if status.st_size > limit:
            faults.form("too-large", f"{status.st_size:,} bytes; at most {limit:,} are read")
            return None
        with Path(path).open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        faults.form("unreadable", f"cannot be read: {error.strerror or error}")
        return None
    return _decode_text(data, faults)


def _decode_text(data: bytes, faults: Faults) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        span = Span(line, 0, 0, 0)
        faults.form(
            "not-text", f"byte {data[error.start]:#04x} is not UTF-8; save it as UTF-8", span
        )
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        faults.form("not-text", "a NUL byte: this is no text file", Span(line, 0, 0, 0))
        return None
    return text.replace("\r\n", "\n")
