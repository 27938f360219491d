"""What a person gives as a plan: a file or standard input, bounded, in any usual encoding."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from typing import BinaryIO

LARGEST = 20_000_000
"""Bytes of a plan; a plan of a thousand partitions has one or two million."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def take_file(path: str) -> str:
    """Read the file of a plan.

    Raises:
        InputError: It cannot be read, is too large, or is no text.
    """
    place = Path(path)
    try:
        if place.is_dir():
            raise InputError("a folder is no plan", where=path, hint="give a file of EXPLAIN's")
        with place.open("rb") as file:
            return take(file, path)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=path) from None


def take(stream: BinaryIO, where: str) -> str:
    """Read the text of a plan.

    Raises:
        InputError: It is too large, or is no text.
    """
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(f"larger than {LARGEST:,} bytes; no plan is", where=where)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise InputError(f"this is no {encoding.upper()}", where=where) from None
        # The names and the figures of a plan are ASCII in any of the old encodings.
        text = data.decode("latin-1")
    if "\0" in text:
        hint = "save what EXPLAIN wrote as text"
        raise InputError("a NUL byte: this is no text", where=where, hint=hint)
    return text.replace("\r\n", "\n").replace("\r", "\n")
