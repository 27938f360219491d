"""Prisma's folders and Drizzle's journal: SQL without a way back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.numbering import in_order
from be_tui.core.migrations.files.scripts import (
    by_engine,
    script_of,
    sent_whole,
    statements_in,
    words_of,
)
from be_tui.core.migrations.model import Migration, Script, ScriptStatement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.sqltext import Target

JOURNAL = "meta/_journal.json"
BREAKPOINT = "--> statement-breakpoint"

_NAMED = re.compile(r"(?P<version>\d+)_(?P<title>.*)")


def read_prisma(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read Prisma's: a folder each, in the order of their names; `down.sql` where one is kept."""
    migrations = []
    for name in dict.fromkeys(name.partition("/")[0] for name in folder.names if "/" in name):
        file = f"{name}/migration.sql"
        text = folder.text(file) if folder.has(file) else None
        if text is None:
            if not folder.has(file):
                message = "expected `migration.sql` in the folder; Prisma refuses it"
                folder.find("migration-half", name, message)
            continue
        found = _NAMED.fullmatch(name)
        version, title = (found["version"], found["title"]) if found else (name, name)
        up = sent_whole(script_of(folder.shown(file), text, target, "none"), target)
        back = f"{name}/down.sql"
        text = folder.text(back) if folder.has(back) else None
        down = None
        if text is not None:
            down = sent_whole(script_of(folder.shown(back), text, target, "none"), target)
        path = folder.shown(name)
        migrations.append(Migration("prisma", version, words_of(title), path, up, down))
    return in_order(folder, migrations, lambda each: each.path)


def read_drizzle(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read Drizzle's, in the order of its journal, or of its folders where it keeps none."""
    if not folder.has(JOURNAL):
        return _drizzle_folders(folder, target)
    migrations: list[Migration] = []
    tags = list(_tags(folder))
    for tag in tags:
        file = f"{tag}.sql"
        text = folder.text(file)
        if text is None:
            if not folder.has(file):
                message = f"names {file}, and there is no such file"
                folder.find("migration-missing", JOURNAL, message, _line_of(folder, tag))
            continue
        found = _NAMED.fullmatch(tag)
        version, title = (found["version"], found["title"]) if found else (tag, tag)
        script = _chunks(folder.shown(file), text, target)
        path = folder.shown(file)
        migrations.append(Migration("drizzle", version, words_of(title), path, script))
    for name in folder.top(".sql"):
        if name.removesuffix(".sql") not in tags:
            message = "is not in the journal, so Drizzle never runs it"
            folder.find("migration-missing", name, message, severity="warning")
    return tuple(migrations)


def _drizzle_folders(folder: Folder, target: Target) -> tuple[Migration, ...]:
    found = read_prisma(folder, target)
    migrations = []
    for each in found:
        text = folder.text(each.up.path.removeprefix(folder.shown("x")[:-1])) or ""
        script = _chunks(each.up.path, text, target)
        migrations.append(replace(each, format="drizzle", up=script, down=None))
    return tuple(migrations)


def _tags(folder: Folder) -> Iterator[str]:
    """Give the names in the journal, in its order, each once."""
    text = folder.text(JOURNAL) or ""
    try:
        journal = json.loads(text)
        entries = journal["entries"]
        pairs = [(int(each["idx"]), str(each["tag"])) for each in entries]
    except json.JSONDecodeError as error:
        folder.find("migration-unreadable", JOURNAL, f"is no JSON: {error.msg}", error.lineno)
        return
    except (KeyError, TypeError, ValueError, RecursionError):
        message = "expected `entries`, each with its `idx` and `tag`"
        folder.find("migration-unreadable", JOURNAL, message, 1)
        return
    seen: dict[int, str] = {}
    for index, tag in pairs:
        first = seen.setdefault(index, tag)
        if first != tag:
            line = _line_of(folder, tag)
            folder.find("migration-duplicate", JOURNAL, f"{tag} has the index of {first}", line)
        yield tag


def _line_of(folder: Folder, tag: str) -> int:
    text = folder.text(JOURNAL) or ""
    at = text.find(json.dumps(tag))
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def _chunks(path: str, text: str, target: Target) -> Script:
    """Take a file apart at its breakpoints; what stands between is sent at once."""
    statements: list[ScriptStatement] = []
    at = 0
    for end in [found.start() for found in re.finditer(re.escape(BREAKPOINT), text)] + [len(text)]:
        statements += statements_in(text, [(at, end)], target)
        at = end + len(BREAKPOINT)
    return Script(path, tuple(statements), by_engine("one", target))
