"""Which paths can be written on every file system that a team may check out on."""

from __future__ import annotations

import unicodedata

_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in "123456789¹²³"
}
"""Names that Windows gives to devices, with any ending."""

_FORBIDDEN = '<>:"|?*'
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories: controls, formats (some file systems ignore them), separators of lines."""

_LONGEST = 255
"""Bytes in one part of a path, on all usual file systems."""


def fault_of(path: str) -> str:
    """Tell what makes a path unusable, or nothing."""
    if not path:
        return "is empty, not a path"
    if "\\" in path:
        return "has a backslash; use forward slashes"
    if path.startswith("/") or path[1:2] == ":":
        return "is absolute; give a path relative to the folder"
    for part in path.split("/"):
        fault = _fault_of_part(part)
        if fault:
            return fault
    return ""


def _fault_of_part(part: str) -> str:
    if part in {"", ".", ".."}:
        return f"has the part {part!r}, which leads elsewhere" if part else "has an empty part"
    if any(unicodedata.category(character) in _UNSEEN for character in part):
        return "has a control character, or one that cannot be seen"
    bad = next((character for character in part if character in _FORBIDDEN), "")
    if bad:
        return f"has the character {bad!r}, which Windows refuses"
    if part[-1] in ". ":
        return "has a part that ends in a dot or a space, which Windows drops"
    if part.partition(".")[0].rstrip(" ").lower() in _RESERVED:
        return f"has the part {part!r}, which is a device on Windows"
    if folded(part) in {".git", "git~1"}:
        return "leads into git's own folder"
    if len(part.encode()) > _LONGEST:
        return f"has a part of over {_LONGEST} bytes"
    return ""


def folded(path: str) -> str:
    """Give what a file system that ignores case and composition takes the path for."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
