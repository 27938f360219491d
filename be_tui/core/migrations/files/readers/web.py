"""Knex's and TypeORM's, in JavaScript and TypeScript, read without being run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.knexops import KnexOps
from be_tui.core.migrations.files.code.script import Lambda, Module, ScriptRunner
from be_tui.core.migrations.files.code.trees import Tree
from be_tui.core.migrations.files.code.typeormops import TypeormOps
from be_tui.core.migrations.files.code.values import Name, Recorder
from be_tui.core.migrations.files.numbering import in_order
from be_tui.core.migrations.files.scripts import by_engine, words_of
from be_tui.core.migrations.model import Migration, Script

if TYPE_CHECKING:
    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import FormatName, Wrapping
    from be_tui.core.sqltext import Target

_ENDINGS = (".js", ".ts", ".mjs", ".cjs")
_KNEX_NAME = re.compile(r"(?P<version>\d*)[_-]?(?P<title>.*)\.(?:[mc]?js|ts)")
_TYPEORM_NAME = re.compile(r"(?P<version>\d*)-?(?P<title>.*)\.(?:[mc]?js|ts)")
_KNEX_KNOWN = {
    "postgresql": {"knex.client.config.client": "pg", "knex.client.dialect": "postgresql"},
    "mysql": {"knex.client.dialect": "mysql"},
    "mariadb": {"knex.client.dialect": "mysql"},
    "sqlite": {"knex.client.dialect": "sqlite3"},
}
"""What a migration may ask of its connection, and what it is told."""

_CLASS_TIME = re.compile(r"\d{13}$")


def read_knex(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read Knex's, in the order of their names."""
    migrations = []
    for name, module in _modules(folder, _KNEX_KNOWN[target.engine]):
        found = _KNEX_NAME.fullmatch(name)
        config = module.exports.get("config")
        alone = isinstance(config, dict) and config.get("transaction") is False
        migration = _migration(folder, name, module, target, "knex", module.exports, alone=alone)
        if migration is not None and found is not None:
            up, down = migration
            title = words_of(found["title"])
            path = folder.shown(name)
            migrations.append(Migration("knex", found["version"], title, path, up, down))
    return in_order(folder, migrations, lambda each: each.path)


def read_typeorm(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read TypeORM's, ordered by the time at the end of each class's name."""
    migrations = []
    kind = {"postgresql": "postgres"}.get(target.engine, target.engine)
    known = {f"queryRunner.connection.{each}.type": kind for each in ("options", "driver.options")}
    for name, module in _modules(folder, known):
        found = _TYPEORM_NAME.fullmatch(name)
        given = module.members.get("name")
        time = _CLASS_TIME.search(given if isinstance(given, str) else module.class_name)
        alone = module.members.get("transaction") is False
        scripts = _migration(folder, name, module, target, "typeorm", module.members, alone=alone)
        if scripts is None or found is None:
            continue
        if time is None:
            message = "expected a class whose name ends in the time that orders it"
            folder.find("migration-half", name, message, severity="warning")
        version = time[0] if time else found["version"]
        up, down = scripts
        title = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", found["title"])
        migrations.append(
            Migration("typeorm", version, words_of(title), folder.shown(name), up, down)
        )
    return in_order(folder, migrations, lambda each: (int(each.version or 0),))


def _modules(folder: Folder, known: dict[str, str]) -> list[tuple[str, Module]]:
    found = []
    for name in folder.top(*_ENDINGS):
        text = folder.text(name)
        if text is None or name.endswith((".d.ts", ".test.ts", ".spec.ts")):
            continue
        tree = Tree(text, "typescript")
        line = tree.fault()
        if line:
            folder.find("migration-unreadable", name, "is no program that can be read", line)
            continue
        found.append((name, Module(tree, known)))
    return found


def _migration(
    folder: Folder,
    name: str,
    module: Module,
    target: Target,
    form: FormatName,
    members: dict[str, object],
    *,
    alone: bool,
) -> tuple[Script, Script | None] | None:
    up, down = members.get("up"), members.get("down")
    if not isinstance(up, Lambda):
        if isinstance(down, Lambda):
            folder.find("migration-half", name, "has a `down`, and no `up`")
        return None
    wrapping: Wrapping = "none" if alone else by_engine("one", target)
    path = folder.shown(name)
    forward = _script(path, module, up, target, form, wrapping)
    # TypeORM takes every migration back in a transaction, whatever it says of itself.
    wrapping = by_engine("one", target) if form == "typeorm" else wrapping
    back = _script(path, module, down, target, form, wrapping) if isinstance(down, Lambda) else None
    if back is not None and not back.statements and not back.unread:
        back = None
    return forward, back


def _script(
    path: str,
    module: Module,
    function: Lambda,
    target: Target,
    form: FormatName,
    wrapping: Wrapping,
) -> Script:
    recorder = Recorder(module.tree.text, target)
    performer = (
        KnexOps(module, recorder, target) if form == "knex" else TypeormOps(recorder, target)
    )
    runner = ScriptRunner(module, recorder, performer)
    runner.run(function, Name("knex" if form == "knex" else "queryRunner"))
    return Script(path, tuple(recorder.statements), wrapping, tuple(recorder.unread))
