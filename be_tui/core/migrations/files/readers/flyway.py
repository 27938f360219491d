"""Flyway's: `V1_1__Title.sql`, undone by `U1_1__…`, run again as `R__…`, begun at `B3__…`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.folder import text_above
from be_tui.core.migrations.files.numbering import in_order
from be_tui.core.migrations.files.scripts import by_engine, filled_in, script_of, words_of
from be_tui.core.migrations.model import Migration

if TYPE_CHECKING:
    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import Script, Wrapping
    from be_tui.core.sqltext import Target

_VERSION = re.compile(r"\d+(?:[._]\d+)*")
_SETTING = re.compile(
    r"^[ \t]*(?:flyway\.)?(?P<key>[\w.]+)[ \t]*=[ \t]*[\"']?(?P<value>.*?)[\"']?[ \t]*$", re.M
)
_CALLBACK = re.compile(r"(?:before|after|create)[A-Z]\w*(?:__.*)?\.sql")
_ALONE = re.compile(
    r"CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\b|DROP\s+INDEX\s+CONCURRENTLY\b"
    r"|CREATE\s+(?:DATABASE|TABLESPACE|SUBSCRIPTION)\b|DROP\s+(?:DATABASE|TABLESPACE)\b"
    r"|REINDEX\b|VACUUM\b|DISCARD\s+ALL\b|ALTER\s+SYSTEM\b",
    re.I,
)
"""What Flyway runs without a transaction by itself, on PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What flyway.conf and flyway.toml say, as far as it tells how files are read."""

    prefixes: dict[str, str] = field(
        default_factory=lambda: {"V": "V", "U": "U", "R": "R", "B": "B"}
    )
    """What a name begins with, by what it means."""

    separator: str = "__"
    suffixes: tuple[str, ...] = (".sql",)
    mixed: bool = False
    replaces: bool = True
    opening: str = "${"
    closing: str = "}"
    placeholders: dict[str, str] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """What a file's name says."""

    kind: str
    """`V`, `U`, `R` or `B`."""

    version: str
    title: str


def settings_of(folder: Folder) -> Settings:
    """Read the settings that stand in the folder or above it."""
    texts = [text_above(folder.root, name, 6) for name in ("flyway.conf", "flyway.toml")]
    values = {found["key"]: found["value"] for text in texts for found in _SETTING.finditer(text)}
    known = Settings()
    names = {
        "V": "sqlMigrationPrefix",
        "U": "undoSqlMigrationPrefix",
        "R": "repeatableSqlMigrationPrefix",
        "B": "baselineMigrationPrefix",
    }
    suffixes = values.get("sqlMigrationSuffixes", ".sql").strip("[]")
    return Settings(
        {kind: values.get(name, kind) for kind, name in names.items()},
        values.get("sqlMigrationSeparator", known.separator),
        tuple(each.strip(" \"'") for each in suffixes.split(",")),
        values.get("mixed", "").lower() == "true",
        values.get("placeholderReplacement", "").lower() != "false",
        values.get("placeholderPrefix", known.opening),
        values.get("placeholderSuffix", known.closing),
        {
            key.removeprefix("placeholders."): value
            for key, value in values.items()
            if key.startswith("placeholders.")
        },
        values.get("url", ""),
    )


def name_of(name: str, settings: Settings) -> Name | None:
    """Take a file's name apart; None where Flyway passes over it."""
    last = name.rpartition("/")[2]
    suffix = next((each for each in settings.suffixes if last.endswith(each)), None)
    if suffix is None:
        return None
    stem = last[: len(last) - len(suffix)]
    for kind, prefix in settings.prefixes.items():
        if not prefix or not stem.startswith(prefix):
            continue
        version, separator, title = stem[len(prefix) :].partition(settings.separator)
        if kind == "R" and not version and separator:
            return Name(kind, "", words_of(title))
        if kind != "R" and _VERSION.fullmatch(version):
            return Name(kind, version.replace("_", "."), words_of(title))
    return None


def ordered_by(version: str) -> tuple[int, ...]:
    """Give what Flyway compares of a version: its numbers, without zeros at the end."""
    numbers = [int(part) for part in version.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def read(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read Flyway's, in its order; those that are run again come last."""
    settings = settings_of(folder)
    found: dict[str, list[tuple[Name, str, Script]]] = {kind: [] for kind in "VURB"}
    for file in folder.names:
        name = name_of(file, settings)
        if name is None:
            _pass_over(folder, file, settings)
            continue
        text = folder.text(file)
        if text is not None:
            script = _script(folder, file, text, settings, target)
            found[name.kind].append((name, file, script))
    back = {ordered_by(name.version): script for name, _, script in found["U"]}
    versioned = [_migration(folder, *each) for each in (*found["V"], *_baseline(folder, found))]
    ordered = in_order(folder, versioned, lambda each: ordered_by(each.version))
    for name, file, _ in found["U"]:
        if all(ordered_by(each.version) != ordered_by(name.version) for each in ordered):
            folder.find("migration-half", file, f"takes back {name.version}, which no file brings")
    repeated = [_migration(folder, *each) for each in found["R"]]
    return (
        *(replace(each, down=back.get(ordered_by(each.version))) for each in ordered),
        *in_order(folder, repeated, lambda each: each.title),
    )


def _migration(folder: Folder, name: Name, file: str, script: Script) -> Migration:
    path = folder.shown(file)
    return Migration("flyway", name.version, name.title, path, script, repeated=name.kind == "R")


def _baseline(
    folder: Folder, found: dict[str, list[tuple[Name, str, Script]]]
) -> list[tuple[Name, str, Script]]:
    """Give the latest baseline, unless what it stands for is there in single steps too."""
    baselines = sorted(found["B"], key=lambda each: ordered_by(each[0].version))
    if not baselines:
        return []
    name, file, _ = baselines[-1]
    at = ordered_by(name.version)
    if any(ordered_by(each.version) <= at for each, _, _ in found["V"]):
        message = (
            f"stands for all up to {name.version} on a new database; the single steps are read"
        )
        folder.find("migration-baseline", file, message, severity="info")
        return []
    return [baselines[-1]]


def _pass_over(folder: Folder, file: str, settings: Settings) -> None:
    last = file.rpartition("/")[2]
    if last.endswith(settings.suffixes) and not _CALLBACK.fullmatch(last):
        message = "Flyway passes over a file of this name"
        folder.find("migration-name", file, message, severity="warning")


def _script(folder: Folder, file: str, text: str, settings: Settings, target: Target) -> Script:
    conf = f"{file}.conf"
    said = (folder.text(conf) if folder.has(conf) else "") or ""
    own = {found["key"]: found["value"].lower() for found in _SETTING.finditer(said)}
    script = script_of(folder.shown(file), text, target, "unknown")
    wrapping = _wrapping(folder, file, script, settings, target)
    if own.get("executeInTransaction") == "false":
        wrapping = "none"
    script = script_of(folder.shown(file), text, target, wrapping)
    if not settings.replaces or own.get("placeholderReplacement") == "false":
        return script
    opening, closing = re.escape(settings.opening), re.escape(settings.closing)
    pattern = re.compile(rf"{opening}(?P<name>[\w.:\- ]+?){closing}")
    return filled_in(script, pattern, settings.placeholders)


def _wrapping(
    folder: Folder, file: str, script: Script, settings: Settings, target: Target
) -> Wrapping:
    if target.engine != "postgresql":
        return by_engine("one", target)
    alone = [each for each in script.statements if _ALONE.match(each.statement.text)]
    if not alone:
        return "one"
    if len(alone) < len(script.statements) and not settings.mixed:
        line = alone[0].statement.line
        message = (
            "cannot run in a transaction, and others of the file would; Flyway refuses the file "
            "unless `mixed` is set"
        )
        folder.find("migration-mixed", file, message, line)
    return "none"
