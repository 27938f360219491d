"""Files of SQL whose comments say which part goes which way: dbmate's and goose's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.numbering import LONGEST_NUMBER, in_order, number_of
from be_tui.core.migrations.files.scripts import (
    by_engine,
    filled_in,
    marked,
    script_of,
    sent_whole,
    statements_in,
    whole,
    words_of,
)
from be_tui.core.migrations.model import Migration, Script, ScriptStatement
from be_tui.core.sqltext import Statement, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.files.scripts import Span
    from be_tui.core.migrations.model import Wrapping
    from be_tui.core.sqltext import Target

_DBMATE_NAME = re.compile(r"(?P<version>\d+)(?P<title>.*)\.sql")
_DBMATE_MARK = re.compile(r"^--\s*migrate:(?P<direction>up|down)(?P<options>[^\n]*)$", re.M)
_GOOSE_NAME = re.compile(r"(?P<version>\d+)_(?P<title>.*)\.(?P<ending>sql|go)")
_GOOSE_MARK = re.compile(r"^[ \t]*--[ \t]*\+goose[ \t]*(?P<words>[^\n]*)$", re.M)
_VARIABLE = re.compile(r"\$\{(?P<name>\w+)[^}\n]*\}|\$(?P<bare>[A-Za-z_]\w*)(?!\$)\b")
_CUT = re.compile(r";[ \t]*(?:--[^\n]*)?$", re.M)


def read_dbmate(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read dbmate's, in the order of their names."""
    migrations = []
    for name in folder.top(".sql"):
        found, text = _DBMATE_NAME.fullmatch(name), folder.text(name)
        if text is None or (found is None and not _DBMATE_MARK.search(text)):
            continue
        if found is None:
            folder.find("migration-name", name, "dbmate passes over a file of this name")
            continue
        migration = _dbmate(folder, name, text, target)
        if migration is not None:
            title = words_of(found["title"])
            migrations.append(replace(migration, version=found["version"], title=title))
    return in_order(folder, migrations, lambda each: each.version)


def _dbmate(folder: Folder, name: str, text: str, target: Target) -> Migration | None:
    marks = list(_DBMATE_MARK.finditer(text))
    ups = [mark for mark in marks if mark["direction"] == "up"]
    downs = [mark for mark in marks if mark["direction"] == "down"]
    if not ups:
        message = "expected `-- migrate:up` before the SQL"
        folder.find("migration-half", name, message, 1)
        return None
    if len(ups) > 1 or len(downs) > 1:
        again = (ups[1:] or downs[1:])[0]
        line = text.count("\n", 0, again.start()) + 1
        folder.find("migration-half", name, f"`-- migrate:{again['direction']}` twice", line)
    first = ups[0]
    if downs and downs[0].start() < first.start():
        folder.find("migration-half", name, "`-- migrate:down` stands before `-- migrate:up`", 1)
        return None
    stray = next(statements_in(text, [(0, first.start())], target), None)
    if stray is not None:
        message = "stands before `-- migrate:up`; dbmate refuses the file"
        folder.find("migration-half", name, message, stray.statement.line)
    end = downs[0].start() if downs else len(text)
    path = folder.shown(name)
    up = _section(path, text, (first.end(), end), first["options"], target)
    down = None
    if downs:
        down = _section(path, text, (downs[0].end(), len(text)), downs[0]["options"], target)
    return Migration("dbmate", "", "", path, up, down)


def _section(path: str, text: str, span: Span, options: str, target: Target) -> Script:
    if "transaction:false" in options.split():
        return sent_whole(script_of(path, text, target, "none", [span]), target)
    return script_of(path, text, target, by_engine("one", target), [span])


def read_goose(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read goose's, ordered by number; those in Go are told as not read."""
    migrations = []
    for name in folder.top(".sql", ".go"):
        found = _GOOSE_NAME.fullmatch(name)
        if found is None or len(found["version"]) > LONGEST_NUMBER:
            if name.endswith(".sql"):
                message = "goose passes over a file of this name"
                folder.find("migration-name", name, message, severity="warning")
            continue
        text = folder.text(name)
        if text is None or name.endswith("_test.go"):
            continue
        path = folder.shown(name)
        if found["ending"] == "go":
            statement = Statement(name, 0, 1, 1)
            unread = Unread(statement, "a migration in Go: what it does shows when it runs")
            up, down = Script(path, wrapping="unknown", unread=(unread,)), None
        else:
            parts = _Goose(folder, name, text, target).read()
            up, down = parts
        title = words_of(found["title"])
        migrations.append(Migration("goose", found["version"], title, path, up, down))
    return in_order(folder, migrations, lambda each: number_of(each.version))


@dataclass
class _Part:
    """One direction of a file: what is plain SQL, what is one statement whatever stands in it."""

    spans: list[tuple[Span, bool]] = field(default_factory=list)


class _Goose:
    """Reads one file by its annotations."""

    def __init__(self, folder: Folder, name: str, text: str, target: Target) -> None:
        self._folder, self._name, self._text, self._target = folder, name, text, target
        self._parts: dict[str, _Part] = {}
        self._substituted: list[Span] = []
        self._alone = False

    def read(self) -> tuple[Script, Script | None]:
        self._mark()
        if "up" not in self._parts:
            self._fault("expected `-- +goose Up` before the SQL", 0)
        wrapping: Wrapping = "none" if self._alone else by_engine("one", self._target)
        up = self._script(self._parts.get("up", _Part()), wrapping)
        down = self._script(self._parts["down"], wrapping) if "down" in self._parts else None
        return up, down

    def _mark(self) -> None:
        """Take the file apart at its annotations."""
        direction, at, block = "", 0, -1
        substituting = -1
        for mark in _GOOSE_MARK.finditer(self._text):
            words = " ".join(mark["words"].split()).upper()
            if words in {"UP", "DOWN"}:
                self._plain(direction, at, mark.start())
                direction, at = words.lower(), mark.end()
                if direction in self._parts:
                    self._fault(f"`-- +goose {mark['words'].strip()}` twice", mark.start())
                self._parts.setdefault(direction, _Part())
            elif words == "STATEMENTBEGIN":
                self._plain(direction, at, mark.start())
                block = mark.end()
            elif words == "STATEMENTEND" and block >= 0:
                self._add(direction, (block, mark.start()), whole=True)
                block, at = -1, mark.end()
            elif words == "NO TRANSACTION":
                self._alone = True
            elif words == "ENVSUB ON":
                substituting = mark.end()
            elif words == "ENVSUB OFF" and substituting >= 0:
                self._substituted.append((substituting, mark.start()))
                substituting = -1
            else:
                self._fault(f"goose knows no `+goose {mark['words'].strip()}` here", mark.start())
        if block >= 0:
            self._fault("`-- +goose StatementBegin` is never closed", block)
            at = block
        self._plain(direction, at, len(self._text))
        if substituting >= 0:
            self._substituted.append((substituting, len(self._text)))

    def _plain(self, direction: str, start: int, end: int) -> None:
        self._add(direction, (start, end), whole=False)

    def _add(self, direction: str, span: Span, *, whole: bool) -> None:
        if direction:
            self._parts.setdefault(direction, _Part()).spans.append((span, whole))
            return
        stray = next(statements_in(self._text, [span], self._target), None)
        if stray is not None:
            self._fault(
                "stands before `-- +goose Up`; goose refuses the file", stray.statement.start
            )

    def _script(self, part: _Part, wrapping: Wrapping) -> Script:
        script = Script(
            self._folder.shown(self._name), marked(self._statements(part), wrapping), wrapping
        )
        return self._variables(script)

    def _statements(self, part: _Part) -> Iterator[ScriptStatement]:
        for (start, end), is_one in part.spans:
            if is_one and self._target.engine != "postgresql":
                found = whole(self._text, (start, end), self._target)
                if found is not None:
                    yield found
                continue
            for each in statements_in(self._text, [(start, end)], self._target):
                if not is_one:
                    self._look_for_cut(each.statement)
                yield each

    def _look_for_cut(self, statement: Statement) -> None:
        """Tell of a semicolon at a line's end within a statement: goose ends it there."""
        cut = _CUT.search(statement.text)
        if cut and statement.text[cut.end() :].strip():
            hint = "put it between `-- +goose StatementBegin` and `StatementEnd`"
            message = f"goose ends the statement of line {statement.line} here; {hint}"
            self._fault(message, statement.start + cut.start(), "migration-cut")

    def _variables(self, script: Script) -> Script:
        if not self._substituted:
            return script
        inside: list[ScriptStatement] = []
        outside: list[ScriptStatement] = []
        for each in script.statements:
            at = each.statement.start
            within = any(start <= at < end for start, end in self._substituted)
            (inside if within else outside).append(each)
        known = filled_in(replace(script, statements=tuple(inside)), _VARIABLE, {})
        statements = sorted((*known.statements, *outside), key=lambda each: each.statement.start)
        return replace(known, statements=tuple(statements))

    def _fault(self, message: str, offset: int, rule: str = "migration-half") -> None:
        line = self._text.count("\n", 0, offset) + 1
        self._folder.find(rule, self._name, message, line)
