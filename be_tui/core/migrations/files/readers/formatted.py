"""Liquibase's formatted SQL: changesets, their attributes and rollbacks in comments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.scripts import (
    by_engine,
    filled_in,
    marked,
    script_of,
    statements_in,
    whole,
)
from be_tui.core.migrations.model import Migration, Script, ScriptStatement
from be_tui.core.sqltext import Statement, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.files.scripts import Span
    from be_tui.core.migrations.model import Wrapping
    from be_tui.core.sqltext import Target

HEAD = re.compile(r"\s*--\s*liquibase\s+formatted\s+sql\b", re.I)

_MARK = re.compile(
    r"^[ \t]*--[ \t]*(?P<word>changeset|rollback|property|comment|preconditions?\S*"
    r"|precondition-\S+|ignoreLines|validCheckSum|liquibase)\b[ \t]*:?(?P<rest>[^\n]*)$"
    r"|^[ \t]*/\*[ \t]*liquibase[ \t]+rollback\b(?P<block>.*?)\*/",
    re.I | re.M | re.S,
)
_IDENTITY = re.compile(r"(?P<author>\"[^\"]*\"|[^:\s]+)\s*:\s*(?P<id>\"[^\"]*\"|\S+)(?P<rest>.*)")
_ATTRIBUTE = re.compile(r"(?P<name>\w+):(?P<value>\"[^\"]*\"|'[^']*'|\S+)")
_PLACEHOLDER = re.compile(r"\$\{(?P<name>[\w.\-]+)\}")
_NAMES = {
    "postgresql": {"postgresql", "postgres"},
    "mysql": {"mysql"},
    "mariadb": {"mariadb"},
    "sqlite": {"sqlite"},
}


@dataclass
class _Set:
    """One changeset while it is read."""

    author: str
    id: str
    attributes: dict[str, str]
    line: int
    spans: list[Span] = field(default_factory=list)
    backward: list[Span] = field(default_factory=list)
    comment: str = ""
    has_rollback: bool = False


def is_for(dbms: str, target: Target) -> bool:
    """Tell whether a `dbms` names the engine: `postgresql, !h2`, `all`, or nothing."""
    words = [word.strip().lower() for word in dbms.split(",") if word.strip()]
    if not words or "all" in words:
        return True
    names = _NAMES[target.engine]
    refused = {word[1:] for word in words if word.startswith("!")}
    if names & refused:
        return False
    wanted = {word for word in words if not word.startswith("!")}
    return not wanted or bool(names & wanted)


def read_formatted(
    folder: Folder, name: str, text: str, target: Target, values: dict[str, str]
) -> Iterator[Migration]:
    """Give the changesets of one file, in its order.

    Args:
        folder: Where findings are kept.
        name: The file.
        text: Its text.
        target: The engine; what is for another is left out.
        values: What properties are worth; those of the file are added.
    """
    path = folder.shown(name)
    for each in _sets(folder, name, text, target, values):
        if not is_for(each.attributes.get("dbms", ""), target):
            continue
        alone = each.attributes.get("runInTransaction", "").lower() == "false"
        wrapping: Wrapping = "none" if alone else by_engine("one", target)
        together = each.attributes.get("splitStatements", "").lower() == "false"
        delimiter = each.attributes.get("endDelimiter", "")
        up = _script(path, text, each.spans, target, wrapping, (together, delimiter))
        down = _back(path, text, each, target, wrapping) if each.has_rollback else None
        again = any(
            each.attributes.get(word, "").lower() == "true" for word in ("runOnChange", "runAlways")
        )
        title = each.comment or each.id
        up = filled_in(up, _PLACEHOLDER, values)
        down = filled_in(down, _PLACEHOLDER, values) if down else None
        version = f"{each.author}:{each.id}"
        yield Migration("liquibase", version, title, path, up, down, repeated=again)


def _sets(
    folder: Folder, name: str, text: str, target: Target, values: dict[str, str]
) -> Iterator[_Set]:
    current: _Set | None = None
    at = ignored = 0
    for mark in _MARK.finditer(text):
        if current is not None and not ignored:
            current.spans.append((at, mark.start()))
        at = mark.end()
        word, rest = (mark["word"] or "").lower(), (mark["rest"] or "").strip()
        if word == "changeset":
            if current is not None:
                yield current
            current = _begun(folder, name, text, mark.start(), rest)
        elif word == "property":
            given = _attributes(rest)
            if "name" in given and is_for(given.get("dbms", ""), target):
                values.setdefault(given["name"], given.get("value", ""))
        elif word == "ignorelines":
            ignored = 1 if rest.lower() == "start" else 0
        elif current is not None and (word == "rollback" or mark["block"] is not None):
            _rolled(current, mark)
        elif current is not None and word == "comment":
            current.comment = rest
    if current is not None:
        current.spans.append((at, len(text)))
        yield current


def _begun(folder: Folder, name: str, text: str, start: int, rest: str) -> _Set:
    line = text.count("\n", 0, start) + 1
    found = _IDENTITY.fullmatch(rest)
    if found is None:
        message = "expected `--changeset author:id`"
        folder.find("migration-half", name, message, line)
        return _Set("", rest, {}, line)
    author, identity = found["author"].strip('"'), found["id"].strip('"')
    return _Set(author, identity, _attributes(found["rest"]), line)


def _attributes(text: str) -> dict[str, str]:
    return {found["name"]: found["value"].strip("\"'") for found in _ATTRIBUTE.finditer(text)}


def _rolled(current: _Set, mark: re.Match[str]) -> None:
    current.has_rollback = True
    group = "block" if mark["block"] is not None else "rest"
    if mark[group].strip().lower() not in {"empty", "not required", ""}:
        current.backward.append(mark.span(group))


def _script(
    path: str,
    text: str,
    spans: list[Span],
    target: Target,
    wrapping: Wrapping,
    manner: tuple[bool, str],
) -> Script:
    together, delimiter = manner
    if delimiter and delimiter != ";":
        statements = list(_delimited(text, spans, target, delimiter))
        return Script(path, marked(statements, wrapping), wrapping)
    if together and target.engine != "postgresql":
        found = whole(text, (spans[0][0], spans[-1][1]), target) if spans else None
        return Script(path, (found,) if found else (), wrapping)
    return script_of(path, text, target, wrapping, spans)


def _delimited(
    text: str, spans: list[Span], target: Target, delimiter: str
) -> Iterator[ScriptStatement]:
    """Take a changeset apart at a delimiter of its own, a regular expression as Liquibase's."""
    try:
        mark = re.compile(delimiter.replace("\\n", "\n"))
    except re.error:
        mark = re.compile(re.escape(delimiter))
    for start, end in spans:
        at = start
        ends = [found.span() for found in mark.finditer(text, start, end)]
        for stop, after in [*ends, (end, end)]:
            yield from statements_in(text, [(at, stop)], target)
            at = after


def _back(path: str, text: str, each: _Set, target: Target, wrapping: Wrapping) -> Script:
    """Put a rollback's lines together: a statement may go over several of them."""
    joined = "\n".join(text[start:end] for start, end in each.backward)
    starts: list[tuple[int, int]] = []
    length = 0
    for start, end in each.backward:
        starts.append((length, start))
        length += end - start + 1
    statements = []
    for found in split(joined, target.engine):
        before = [pair for pair in starts if pair[0] <= found.start][-1]
        at = found.start - before[0] + before[1]
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        inside = text.startswith(found.text, at)
        statement = Statement(found.text, at, line, column)
        statements.append(ScriptStatement(statement, exact=inside))
    return Script(path, marked(statements, wrapping), wrapping)
