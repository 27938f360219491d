"""The text of a file of SQL: UTF-8 or UTF-16 with its mark, any line ends, within a bound."""

from __future__ import annotations

import codecs
import stat
import sys
from pathlib import Path

from be_tui.core.errors import InputError

SIZE_LIMIT = 64_000_000
"""Bytes of a file that are read at most."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

_STANDARD_INPUT = "standard input"


def read_sql(path: str) -> str:
    """Give the text of a file; `-` is standard input.

    Raises:
        InputError: It cannot be read, is too large, or is no text.
    """
    if path == "-":
        return decoded(sys.stdin.buffer.read(SIZE_LIMIT + 1), _STANDARD_INPUT)
    file = Path(path)
    try:
        # A pipe or a device would keep the reader waiting: look before opening.
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
            raise InputError(f"expected a file of SQL, this is {kind}", where=path)
        with file.open("rb") as opened:
            data = opened.read(SIZE_LIMIT + 1)
    except OSError as error:
        hint = "a database is given by `--database URL`" if "://" in path else ""
        message = f"cannot be read: {error.strerror or error}"
        raise InputError(message, where=path, hint=hint) from error
    except ValueError as error:
        raise InputError("a path has no NUL byte", where=repr(path)) from error
    return decoded(data, path)


def decoded(data: bytes, where: str) -> str:
    """Give the text of bytes, each line ended by a line feed.

    Raises:
        InputError: It is too large, or no text.
    """
    if len(data) > SIZE_LIMIT:
        message = f"more than {SIZE_LIMIT // 1_000_000} MB of SQL"
        raise InputError(message, where=where, hint="check it in parts")
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {data[error.start]:#04x} is not {encoding.upper()}"
        raise InputError(message, where=f"{where}:{line}", hint="save it as UTF-8") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        hint = "UTF-16 needs its byte order mark" if text.count("\0") > len(text) // 4 else ""
        raise InputError("a NUL byte: this is no text", where=f"{where}:{line}", hint=hint)
    return text.replace("\r\n", "\n").replace("\r", "\n")
