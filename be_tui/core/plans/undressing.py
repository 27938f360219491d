"""A plan out of what it was copied from: psql's frame, a shell's prompts, quotes, colours, logs.

Lines keep their numbers, so that what is said of a plan points to where it stands.
"""

from __future__ import annotations

import re

_ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9])")
_PROMPT = re.compile(
    r"(?:[\w.@~]+[=\-'\"(*^!][>#]|sqlite>|\.\.\.>|mysql>|MariaDB \[[^\]]*\]>)(?:\s|$)"
)
_HEAD = re.compile(r"[\s|│┃\"]*QUERY PLAN[\s|│┃\"]*$")
_RULE = re.compile(r"[\s+|│┃─━═┌┐└┘├┤╞╡╔╗╚╝╠╣-]*[-─━═]{3}[\s+|│┃─━═┌┐└┘├┤╞╡╔╗╚╝╠╣┬┴┼-]*$")
_TAIL = re.compile(r"\s*(?:\(\d+ (?:rows?|lines?|Zeilen?|lignes?|filas?)\)|Time: [\d.]+ ms.*)$")
_BARS = "|│┃"

Lines = list[tuple[int, str]]
"""Lines with their numbers, from 1."""


def undress(text: str) -> Lines:
    """Give the lines of a text that belong to a plan, without what was put around them."""
    lines: Lines = []
    for number, line in enumerate(_ANSI.sub("", text).split("\n"), 1):
        bare = line.replace("\u00a0", " ").expandtabs(4).rstrip()
        if not bare or _PROMPT.match(bare.lstrip()) or _HEAD.match(bare):
            continue
        if _RULE.match(bare) or _TAIL.match(bare):
            continue
        lines.append((number, bare))
    lines = _without_bars(_unquoted(_unmailed(lines)))
    return _moved_left([(number, line.removesuffix("+").rstrip()) for number, line in lines])


def frame_of(text: str) -> Lines:
    """Give the lines as they stand, for forms whose frame tells the columns."""
    bare = _ANSI.sub("", text).split("\n")
    return [(number, line.rstrip()) for number, line in enumerate(bare, 1)]


def _unmailed(lines: Lines) -> Lines:
    """Take away the signs that a mail or an issue puts before what it quotes."""
    if lines and all(line.startswith(">") for _, line in lines):
        return [(number, line[1:].removeprefix(" ")) for number, line in lines]
    return lines


def _unquoted(lines: Lines) -> Lines:
    """Take away the quotes that a table's cells are exported in: a cell a line, or one for all."""
    if not lines:
        return lines
    if all(line.startswith(('"', "'")) and line[-1] == line[0] and line[1:] for _, line in lines):
        return [(number, line[1:-1].replace(line[0] * 2, line[0])) for number, line in lines]
    (first, begin), (last, end) = lines[0], lines[-1]
    if begin.startswith('"') and end.endswith('"') and any('""' in line for _, line in lines):
        lines = [(number, line.replace('""', '"')) for number, line in lines]
        lines[0] = first, lines[0][1].removeprefix('"')
        lines[-1] = last, lines[-1][1].removesuffix('"')
        if first == last:
            lines = [(first, lines[0][1].removeprefix('"'))]
    return lines


def _without_bars(lines: Lines) -> Lines:
    """Take away the frame's upright lines, where every line stands between two."""
    if lines and all(line.lstrip()[:1] in _BARS and line[-1] in _BARS for _, line in lines):
        return [(number, line.strip()[1:-1].rstrip()) for number, line in lines]
    return lines


def _moved_left(lines: Lines) -> Lines:
    """Take away the blanks that every line begins with."""
    least = min((len(line) - len(line.lstrip()) for _, line in lines if line.strip()), default=0)
    return [(number, line[least:]) for number, line in lines]
