"""Liquibase's: changelogs in SQL, XML, YAML and JSON, and what they include."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.changes import Changes
from be_tui.core.migrations.files.code.markup import Part, Trouble, read_xml, read_yaml
from be_tui.core.migrations.files.code.values import NotStatic, Recorder, Spot, Written
from be_tui.core.migrations.files.readers.formatted import HEAD, is_for, read_formatted
from be_tui.core.migrations.files.scripts import by_engine, filled_in, marked
from be_tui.core.migrations.model import Migration, Script

if TYPE_CHECKING:
    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import Wrapping
    from be_tui.core.sqltext import Target

_LOGS = (".xml", ".yaml", ".yml", ".json", ".sql")
_ROOT = re.compile(r"<(?:\w+:)?databaseChangeLog\b|[\"']?databaseChangeLog[\"']?\s*:")
_PLACEHOLDER = re.compile(r"\$\{(?P<name>[\w.\-]+)\}")
_NO_CHANGE = frozenset(
    {"rollback", "preConditions", "comment", "validCheckSum", "modifySql", "tagDatabase", "empty"}
    | {"output", "stop"}
)
_DEEPEST = 20


def read(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read Liquibase's: from the changelogs that no other includes, in their order."""
    return _Reading(folder, target).read()


def list_of(folder: Folder) -> tuple[str, str, str | None] | None:
    """Give the changelog that names the others one by one: its name, text, and paths' beginning.

    The beginning is None where it names them relative to itself.
    """
    for name in _logs(folder):
        text = folder.text(name) or ""
        try:
            root = _tree(name, text)
        except Trouble:
            continue
        for include in _flat(root):
            if include.tag == "include" and include.get("file"):
                relative = include.true("relativeToChangelogFile")
                file = include.get("file")
                return name, text, None if relative else _before(folder, file)
    return None


def _before(folder: Folder, file: str) -> str:
    """Give what stands before the folder's own names in a path that is not relative."""
    for name in folder.names:
        if file == name or file.endswith(f"/{name}"):
            return file[: len(file) - len(name)]
    return ""


def _logs(folder: Folder) -> list[str]:
    found = []
    for name in folder.names:
        if name.endswith(_LOGS):
            text = (folder.text(name) or "")[:20_000]
            if HEAD.match(text) if name.endswith(".sql") else _ROOT.search(text):
                found.append(name)
    return found


def _tree(name: str, text: str) -> Part:
    if name.endswith(".sql"):
        return Part("", {}, Spot(0, 0))
    root = read_xml(text) if name.endswith(".xml") else read_yaml(text, name)
    inner = root.all("databaseChangeLog")
    return inner[0] if inner else root


def _flat(root: Part) -> list[Part]:
    return [*root.parts]


class _Reading:
    """Reads a folder's changelogs once each."""

    def __init__(self, folder: Folder, target: Target) -> None:
        self._folder, self._target = folder, target
        self._changes = Changes(target)
        self._values: dict[str, str] = {}
        self._included: set[str] = set()
        self._found: dict[tuple[str, str], Migration] = {}
        self._order: list[Migration] = []

    def read(self) -> tuple[Migration, ...]:
        logs = _logs(self._folder)
        trees = {name: self._opened(name) for name in logs}
        included = {
            inner
            for name, tree in trees.items()
            if tree is not None
            for part in _flat(tree)
            for inner in self._named(name, part, quiet=True)
        }
        tops = [name for name in logs if name not in included] or logs[:1]
        for name in tops:
            self._log(name, 0)
        return tuple(self._order)

    def _opened(self, name: str) -> Part | None:
        text = self._folder.text(name)
        if text is None:
            return None
        try:
            return _tree(name, text)
        except Trouble as trouble:
            self._folder.find("migration-unreadable", name, str(trouble), trouble.line)
            return None

    def _log(self, name: str, depth: int) -> None:
        """Read one changelog, and what it includes where it does so."""
        if name in self._included or depth > _DEEPEST:
            return
        self._included.add(name)
        text = self._folder.text(name)
        if text is None:
            return
        if name.endswith(".sql"):
            self._sql(name, text)
            return
        tree = self._opened(name)
        for part in _flat(tree) if tree is not None else ():
            if part.tag == "property":
                self._property(part)
            elif part.tag == "changeSet":
                self._change_set(name, text, part)
            elif part.tag in {"include", "includeAll"}:
                for inner in self._named(name, part):
                    self._log(inner, depth + 1)

    def _sql(self, name: str, text: str) -> None:
        if HEAD.match(text):
            for migration in read_formatted(self._folder, name, text, self._target, self._values):
                self._add(name, migration)
            return
        # Plain SQL that is included is one changeset of its own.
        from be_tui.core.migrations.files.scripts import script_of, words_of

        path = self._folder.shown(name)
        script = script_of(path, text, self._target, by_engine("one", self._target))
        title = words_of(Path(name).stem)
        self._add(name, Migration("liquibase", f"includeAll:raw:{name}", title, path, script))

    def _property(self, part: Part) -> None:
        name = part.get("name")
        if name and is_for(part.get("dbms"), self._target):
            self._values.setdefault(name, part.get("value"))

    def _add(self, name: str, migration: Migration) -> None:
        key = (name, migration.version)
        if key in self._found:
            line = migration.up.statements[0].statement.line if migration.up.statements else 0
            message = f"the changeset {migration.version} stands here twice"
            self._folder.find("migration-duplicate", name, message, line)
            return
        self._found[key] = migration
        self._order.append(migration)

    def _named(self, name: str, part: Part, *, quiet: bool = False) -> list[str]:
        """Give the files that an `include` or `includeAll` names."""
        if part.tag not in {"include", "includeAll"}:
            return []
        given = part.get("file") if part.tag == "include" else part.get("path")
        found = self._within(name, given.removeprefix("classpath:"), part)
        if part.tag == "includeAll" and found is not None:
            prefix = f"{found}/" if found else ""
            names = [each for each in self._folder.names if each.startswith(prefix)]
            return sorted(each for each in names if each.endswith(_LOGS) and each != name)
        if found is not None and self._folder.has(found):
            return [found]
        if not quiet:
            text = self._folder.text(name) or ""
            line = text.count("\n", 0, part.spot.start) + 1
            message = f"includes {given}, and there is no such file in the folder"
            self._folder.find("migration-missing", name, message, line)
        return []

    def _within(self, name: str, given: str, part: Part) -> str | None:
        """Give a named path relative to the folder; None where it leads out of it."""
        here = posixpath.dirname(name)
        if part.true("relativeToChangelogFile"):
            joined = posixpath.normpath(posixpath.join(here, given))
            return None if joined.startswith(("..", "/")) else joined.removeprefix("./")
        joined = posixpath.normpath(given).lstrip("/")
        if joined.startswith(".."):
            return None
        # Paths begin where the program's resources do; the folder may stand anywhere below.
        own = Path(self._folder.root).resolve().parts
        parts = joined.split("/")
        for count in range(len(parts)):
            rest = "/".join(parts[count:])
            if own[len(own) - count :] == tuple(parts[:count]) and self._stands(rest):
                return rest
        return joined if self._stands(joined) else None

    def _stands(self, name: str) -> bool:
        inside = any(each.startswith(f"{name}/") for each in self._folder.names)
        return inside or self._folder.has(name)

    def _change_set(self, name: str, text: str, part: Part) -> None:
        identity = f"{part.get('author')}:{part.get('id')}"
        path = self._folder.shown(name)
        if not part.get("id") or not part.get("author"):
            line = text.count("\n", 0, part.spot.start) + 1
            message = "a changeSet needs an `id` and an `author`"
            self._folder.find("migration-half", name, message, line)
        if not is_for(part.get("dbms"), self._target):
            return
        wrapping: Wrapping = by_engine("one", self._target)
        if part.get("runInTransaction") == "false":
            wrapping = "none"
        changes = [each for each in _content(part, "changes") if each.tag not in _NO_CHANGE]
        up = self._script(name, text, changes, wrapping)
        down = self._back(name, text, part, changes, wrapping)
        title = next((each.text.strip() for each in part.all("comment")), "") or part.get("comment")
        title = title or part.get("id")
        again = part.true("runOnChange") or part.true("runAlways")
        migration = Migration("liquibase", identity, title, path, up, down, repeated=again)
        self._add(name, migration)

    def _script(self, name: str, text: str, changes: list[Part], wrapping: Wrapping) -> Script:
        recorder = Recorder(text, self._target)
        for change in changes:
            self._change(name, recorder, change)
        statements = marked(recorder.statements, wrapping)
        script = Script(self._folder.shown(name), statements, wrapping, tuple(recorder.unread))
        return filled_in(script, _PLACEHOLDER, self._values)

    def _change(self, name: str, recorder: Recorder, change: Part) -> None:
        if change.tag in {"sql", "createProcedure", ""}:
            if is_for(change.get("dbms"), self._target):
                _record_sql(recorder, change)
        elif change.tag == "sqlFile":
            self._sql_file(name, recorder, change)
        else:
            try:
                recorder.call(self._changes.sql(change), change.spot)
            except NotStatic as why:
                recorder.unknown(str(why), change.spot)

    def _sql_file(self, name: str, recorder: Recorder, change: Part) -> None:
        found = self._within(name, change.get("path"), change)
        text = self._folder.text(found) if found is not None else None
        if text is None:
            recorder.unknown(f"its file {change.get('path')} is not in the folder", change.spot)
        elif is_for(change.get("dbms"), self._target):
            recorder.sql(str(text), change.spot)

    def _back(
        self, name: str, text: str, part: Part, changes: list[Part], wrapping: Wrapping
    ) -> Script | None:
        """Give the way back: as it is written, or as Liquibase makes it from the changes."""
        given = _content(part, "rollback")
        if part.all("rollback"):
            plain = [each for each in part.all("rollback") if each.text.strip()]
            return self._script(name, text, [*plain_sql(plain), *given], wrapping)
        try:
            undone = [back for each in reversed(changes) for back in self._changes.undone(each)]
        except NotStatic:
            return None
        return self._script(name, text, undone, wrapping) if undone else None


def plain_sql(parts: list[Part]) -> list[Part]:
    """Give parts whose own text is SQL as such."""
    return [replace(each, tag="sql", parts=[]) for each in parts]


def _content(part: Part, key: str) -> list[Part]:
    """Give a changeset's changes, or those of its rollback; YAML has them in a list."""
    if key == "changes" and not part.all("changes"):
        return part.parts if part.spot.end and not _is_listed(part) else []
    return [inner for each in part.all(key) for inner in each.parts]


def _is_listed(part: Part) -> bool:
    """Tell whether a changeset's attributes are parts too, as YAML's are."""
    return any(each.tag == "id" for each in part.parts)


def _record_sql(recorder: Recorder, change: Part) -> None:
    text = change.text or change.get("sql") or change.get("procedureText")
    if not text.strip():
        recorder.unknown("its SQL is not here", change.spot)
    elif change.text_at >= 0 and change.text:
        spot = Spot(change.text_at, change.text_at + len(text))
        recorder.sql(Written(text, spot), change.spot)
    else:
        recorder.sql(str(text), change.spot)
