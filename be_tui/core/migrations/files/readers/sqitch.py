"""Sqitch's: a plan, and for each of its changes a script to deploy, to revert and to verify."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.scripts import script_of, words_of
from be_tui.core.migrations.model import Migration, Script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.sqltext import Target

PLAN = "sqitch.plan"

_LINE = re.compile(
    r"(?P<name>[^\s@:#%\[\]]+)\s*(?:\[(?P<needs>[^\]]*)\])?\s*"
    r"(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\s+(?P<planner>[^<]*<[^>]+>)\s*(?:#.*)?"
)
_TAG = re.compile(r"@(?P<name>[^\s@:#]+)\s")
_PRAGMA = re.compile(r"%(?P<name>[\w-]+)\s*=\s*(?P<value>.*?)\s*")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a plan that names a change."""

    name: str
    needs: tuple[str, ...]
    line: int
    time: str = ""
    file: str = ""
    """The stem of its scripts: its name, with the tag at which it was reworked later."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan says."""

    project: str
    changes: tuple[Change, ...]


def read(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read Sqitch's, in the order of the plan."""
    migrations = []
    for change in plan_of(folder).changes:
        up = _script(folder, "deploy", change, target)
        if up is not None:
            title = words_of(change.name)
            down = _script(folder, "revert", change, target)
            migrations.append(
                Migration("sqitch", change.name, title, up.path, up, down, change.needs)
            )
    return tuple(migrations)


def plan_of(folder: Folder) -> Plan:
    """Read the plan; lines that cannot be read are found."""
    project = ""
    changes: list[Change] = []
    tag_after: dict[int, str] = {}
    for number, line in enumerate((folder.text(PLAN) or "").splitlines(), 1):
        bare = line.strip()
        if pragma := _PRAGMA.fullmatch(bare):
            project = pragma["value"] if pragma["name"] == "project" else project
        elif tag := _TAG.match(bare):
            tag_after[len(changes)] = tag["name"]
        elif found := _LINE.fullmatch(bare):
            needs = tuple((found["needs"] or "").split())
            changes.append(Change(found["name"], needs, number, found["time"]))
        elif bare and not bare.startswith("#"):
            message = "expected `name [needs] time planner <mail>`, or a tag"
            folder.find("migration-half", PLAN, message, number)
    return Plan(project, tuple(_named(folder, changes, tag_after)))


def _named(folder: Folder, changes: list[Change], tag_after: dict[int, str]) -> Iterator[Change]:
    """Find each change's scripts: a reworked one keeps its old ones under the next tag."""
    last = {change.name: index for index, change in enumerate(changes)}
    for index, change in enumerate(changes):
        stem = change.name
        if last[change.name] != index:
            tag = next((tag_after[at] for at in sorted(tag_after) if at > index), None)
            if tag is None:
                message = f"{change.name} stands in the plan twice, with no tag between"
                folder.find("migration-duplicate", PLAN, message, change.line)
                continue
            stem = f"{change.name}@{tag}"
        known = {each.name for each in changes[:index]}
        for need in change.needs:
            wanted = need.lstrip("!").partition("@")[0]
            if ":" not in need and not need.startswith("!") and wanted and wanted not in known:
                message = f"{change.name} needs {wanted}, which does not come before it"
                folder.find("migration-missing", PLAN, message, change.line)
        needs = tuple(
            need.partition("@")[0]
            for need in change.needs
            if ":" not in need and not need.startswith(("!", "@"))
        )
        yield Change(change.name, needs, change.line, change.time, stem)


def _script(folder: Folder, kind: str, change: Change, target: Target) -> Script | None:
    name = f"{kind}/{change.file}.sql"
    text = folder.text(name)
    if text is None:
        if kind == "deploy" and not folder.has(name):
            message = f"names {change.name}, and there is no {name}"
            folder.find("migration-missing", PLAN, message, change.line)
        return None
    # Its script is given to the engine's own client: it begins and commits where it says so.
    return script_of(folder.shown(name), text, target, "none")
