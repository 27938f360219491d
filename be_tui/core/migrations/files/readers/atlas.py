"""Atlas's: files of SQL in the order of their names, their directives, and `atlas.sum`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.atlassum import SUM_FILE, lines_of, sum_of
from be_tui.core.migrations.files.numbering import in_order
from be_tui.core.migrations.files.scripts import by_engine, script_of, words_of
from be_tui.core.migrations.model import Migration, Script, ScriptStatement
from be_tui.core.sqltext import Statement, Unread

if TYPE_CHECKING:
    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.files.scripts import Span
    from be_tui.core.migrations.model import Wrapping
    from be_tui.core.sqltext import Target

_NAME = re.compile(r"(?P<version>[^_]+)(?:_(?P<title>.*))?\.sql")
_DIRECTIVE = re.compile(r"^--[ \t]*atlas:(?P<name>[\w:]+)(?:[ \t]+(?P<value>[^\n]*))?$", re.M)
_HEAD = re.compile(r"(?:[ \t]*--[^\n]*\n)+(?=[ \t]*\n|\Z)|(?:[ \t]*--[^\n]*(?:\n|\Z))+")
_SECTION = re.compile(r"^-- (?P<name>\S+) --[ \t]*$", re.M)


def read(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read Atlas's, by name; a checkpoint is passed over where the steps before it are there."""
    _check_sum(folder)
    migrations = []
    names = folder.top(".sql")
    for index, name in enumerate(names):
        found, text = _NAME.fullmatch(name), folder.text(name)
        if found is None or text is None:
            continue
        directives = directives_of(text)
        if "checkpoint" in directives and index:
            message = "a checkpoint: what it stands for is read from the files before it"
            folder.find("migration-baseline", name, message, severity="info")
            continue
        up, down = _scripts(folder.shown(name), text, directives, target)
        title = words_of(found["title"] or "")
        path = folder.shown(name)
        migrations.append(Migration("atlas", found["version"], title, path, up, down))
    return in_order(folder, migrations, lambda each: each.version)


def directives_of(text: str) -> dict[str, str]:
    """Give the directives at the head of a file, by name."""
    head = _HEAD.match(text)
    if head is None:
        return {}
    return {found["name"]: (found["value"] or "") for found in _DIRECTIVE.finditer(head[0])}


def _scripts(
    path: str, text: str, directives: dict[str, str], target: Target
) -> tuple[Script, Script | None]:
    wrapping: Wrapping = "none" if directives.get("txmode", "") == "none" else "one"
    wrapping = by_engine(wrapping, target)
    if "delimiter" in directives:
        return _delimited(path, text, directives["delimiter"], wrapping, target), None
    if "txtar" not in directives:
        return script_of(path, text, target, wrapping), None
    spans = _sections(text)
    up = script_of(path, text, target, wrapping, [spans.get("migration.sql", (0, 0))])
    down = None
    if "down.sql" in spans:
        down = script_of(path, text, target, wrapping, [spans["down.sql"]])
    return up, down


def _sections(text: str) -> dict[str, Span]:
    """Give the files that are packed into one, by name; checks are queries and change nothing."""
    marks = list(_SECTION.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return {mark["name"]: (mark.end(), end) for mark, end in zip(marks, ends, strict=True)}


def _delimited(path: str, text: str, mark: str, wrapping: Wrapping, target: Target) -> Script:
    """Take a file apart at a delimiter of its own, with Go's escapes in it."""
    try:
        delimiter = mark.strip().strip('"').encode().decode("unicode_escape")
    except UnicodeDecodeError:
        delimiter = ""
    if not delimiter:
        unread = Unread(Statement(mark, 0, 1, 1), f"`{mark}` is no delimiter")
        return Script(path, (), wrapping, (unread,))
    statements: list[ScriptStatement] = []
    at = 0
    while at < len(text):
        end = text.find(delimiter, at)
        end = len(text) if end < 0 else end
        statements += script_of(path, text, target, wrapping, [(at, end)]).statements
        at = end + len(delimiter)
    return Script(path, tuple(statements), wrapping)


def _check_sum(folder: Folder) -> None:
    """Tell of files that are not as `atlas.sum` has them."""
    if not folder.has(SUM_FILE):
        message = f"there is no {SUM_FILE} beside it; `atlas migrate hash` makes it"
        names = folder.top(".sql")
        if names:
            folder.find("migration-checksum", names[0], message, severity="warning")
        return
    files = [(name, folder.data(name) or b"") for name in folder.top(".sql")]
    text = folder.text(SUM_FILE) or ""
    if text.strip() == sum_of(files).strip():
        return
    said = [line.rpartition(" h1:") for line in text.splitlines()[1:] if " h1:" in line]
    known = {name: (line, digest) for line, (name, _, digest) in enumerate(said, 2)}
    for name, digest in lines_of(files):
        line, expected = known.pop(name, (1, ""))
        if digest != expected:
            what = f"{name} is not as it was" if expected else f"{name} is not in it"
            message = f"{what}; `atlas migrate hash` takes it in once it is meant"
            folder.find("migration-checksum", SUM_FILE, message, line)
            return
    for name, (line, _) in known.items():
        folder.find("migration-missing", SUM_FILE, f"names {name}, and there is no such file", line)
