"""Texts from outside, put into Markdown so that they stay the texts they are."""

from __future__ import annotations

import re
from urllib.parse import quote

from be_tui.core.document import clean

_SIGNS = re.compile(r"[\\`*\[\]<$]|~(?=~)|(?<=~)~|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_FIRST = re.compile(r"^([0-9]{1,9})([.)])(?=\s|$)|^([-+=>#:~|])")
"""What opens a list, a heading, a quotation or a table where it stands first."""

_TICKS = re.compile(r"`+")


def escaped(text: str) -> str:
    """Give a text on one line in which no sign means anything to Markdown."""
    line = " ".join(clean(text).split())
    line = _SIGNS.sub(lambda sign: f"\\{sign[0]}", line)
    return _FIRST.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def code(text: str) -> str:
    """Give a text as code, in as many backticks as it takes."""
    line = " ".join(clean(text).split())
    ticks = "`" * (max(map(len, _TICKS.findall(line)), default=0) + 1)
    pad = " " if "`" in line else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def linked(text: str, url: str) -> str:
    """Give a text as a link; as itself where the address is not one for a browser."""
    if not url.startswith(("https://", "http://")):
        return escaped(text)
    return f"[{escaped(text)}](<{quote(url, safe=_URL_SIGNS)}>)"


_URL_SIGNS = ":/?#[]@!$&'()*+,;=%~-._"
"""What an address may hold as it is; all else is percent-encoded."""
