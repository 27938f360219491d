"""Tools of plain SQL: raw files, diesel, golang-migrate, sqlx, dbmate, goose, Flyway, Atlas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.files import NewFile
from be_tui.core.migrations.files.atlassum import SUM_FILE, sum_of
from be_tui.core.migrations.files.readers.flyway import settings_of
from be_tui.core.migrations.files.writers.site import (
    bare_of,
    closed,
    commented,
    down_text,
    head_of,
    slug_of,
    sql_of,
    text_of,
)

if TYPE_CHECKING:
    from be_tui.core.migrations.files.model import NewStatement, Part
    from be_tui.core.migrations.files.readers.flyway import Settings
    from be_tui.core.migrations.files.writers.site import Site

_DIESEL_TIME = "%Y-%m-%d-%H%M%S"
_TITLED_WIDTH = 4
_GO_WIDTH = 6
_LOCKED = (
    "-- Run with flyway.postgresql.transactional.lock=false: CONCURRENTLY waits for all open\n"
    "-- transactions, and by default Flyway keeps one open for its lock."
)


def paired(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write golang-migrate's: a file each way."""
    versions = site.numbers(len(parts), _GO_WIDTH)
    files = []
    for version, part in zip(versions, parts, strict=True):
        files += _pair(f"{version}_{slug_of(part.title)}.", part)
    return files


def raw(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write as the folder has it: folders as diesel's, or files each way."""
    if any(not each.path.endswith(".sql") for each in site.standing):
        return _diesel(site, parts)
    files = []
    for version, part in zip(site.numbers(len(parts), _TITLED_WIDTH), parts, strict=True):
        files += _pair(f"{version}_{slug_of(part.title)}.", part)
    return files


def _diesel(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    files = []
    for version, part in zip(site.times(len(parts), _DIESEL_TIME), parts, strict=True):
        folder = f"{version}_{slug_of(part.title)}/"
        files += _pair(folder, part)
        if part.outside:
            files.append(NewFile(f"{folder}metadata.toml", "run_in_transaction = false\n"))
    return files


def _pair(stem: str, part: Part, first: str = "") -> list[NewFile]:
    files = [NewFile(f"{stem}up.sql", text_of([first + _head(part), sql_of(part.up)]))]
    if not part.final:
        files.append(NewFile(f"{stem}down.sql", text_of([first + down_text(part)])))
    return files


def _head(part: Part) -> str:
    return "\n".join(commented("\n".join(head_of(part))))


def sqlx(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write sqlx's: both ways, or one file each where the folder has it so."""
    reversible = any(each.up.path.endswith(".up.sql") for each in site.standing)
    single = bool(site.standing) and not reversible
    files = []
    for version, part in zip(site.numbers(len(parts), 0), parts, strict=True):
        mark = "-- no-transaction\n" if part.outside else ""
        stem = f"{version}_{slug_of(part.title)}."
        if single:
            files.append(NewFile(f"{stem}sql", text_of([mark + _head(part), sql_of(part.up)])))
        else:
            files += _pair(stem, part, mark)
    return files


def dbmate(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write dbmate's: both ways in one file."""
    files = []
    for version, part in zip(site.times(len(parts)), parts, strict=True):
        option = " transaction:false" if part.outside else ""
        blocks = [_head(part), f"-- migrate:up{option}\n{sql_of(part.up)}"]
        if not part.final:
            blocks.append(f"-- migrate:down{option}\n{down_text(part)}")
        files.append(NewFile(f"{version}_{slug_of(part.title)}.sql", text_of(blocks)))
    return files


def goose(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write goose's: both ways in one file, what holds semicolons between marks of its own."""
    files = []
    for version, part in zip(site.numbers(len(parts), 0), parts, strict=True):
        blocks = ["-- +goose NO TRANSACTION" if part.outside else "", _head(part)]
        blocks.append("\n".join(["-- +goose Up", *map(_for_goose, part.up)]))
        if not part.final:
            lost = commented(f"Not brought back: {part.lost}.") if part.lost else []
            blocks.append("\n".join(["-- +goose Down", *lost, *map(_for_goose, part.down)]))
        files.append(NewFile(f"{version}_{slug_of(part.title)}.sql", text_of(blocks)))
    return files


def _for_goose(statement: NewStatement) -> str:
    lines = [*commented(statement.comment), closed(statement.sql)]
    if ";" in bare_of(statement.sql) or lines[-1].endswith("\n;"):
        lines = ["-- +goose StatementBegin", *lines, "-- +goose StatementEnd"]
    return "\n".join(lines)


def flyway(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write Flyway's: versions after the last, an undo beside each, a `.conf` where it must."""
    settings = settings_of(site.folder)
    separator, suffix = settings.separator, settings.suffixes[0]
    files = []
    for version, part in zip(_versions(site, len(parts), settings), parts, strict=True):
        stem = f"{version}{separator}{slug_of(part.title)}{suffix}"
        head = "\n".join(filter(None, [_head(part), _LOCKED if _waits(site, part) else ""]))
        texts = {f"{settings.prefixes['V']}{stem}": text_of([head, sql_of(part.up)])}
        if not part.final:
            texts[f"{settings.prefixes['U']}{stem}"] = text_of([down_text(part)])
        for name, text in texts.items():
            conf = "executeInTransaction=false\n" if part.outside else ""
            if settings.replaces and settings.opening in text:
                conf += "placeholderReplacement=false\n"
            files.append(NewFile(name, text))
            files += [NewFile(f"{name}.conf", conf)] if conf else []
    return files


def _waits(site: Site, part: Part) -> bool:
    """Tell whether Flyway's own transaction, which holds its lock, would be waited for."""
    return site.target.engine == "postgresql" and any(
        "CONCURRENTLY" in each.sql.upper() for each in part.up
    )


def _versions(site: Site, count: int, settings: Settings) -> list[str]:
    """Count on from the last version in its own manner: `1_9` is followed by `1_10`."""
    versioned = [each for each in site.standing if not each.repeated]
    if not versioned:
        return [str(index) for index in range(1, count + 1)]
    last = versioned[-1]
    prefix = re.escape(settings.prefixes["V"])
    written = re.match(rf"{prefix}([\d._]+?){re.escape(settings.separator)}", _last_name(last.path))
    version = written[1] if written else last.version
    *before, number = re.split(r"([._])", version)
    if len(number) >= len("20260101") and not before:
        return site.times(count)
    width = len(number)
    head = "".join(before)
    return [head + str(int(number) + index).zfill(width) for index in range(1, count + 1)]


def _last_name(path: str) -> str:
    return path.rpartition("/")[2]


def atlas(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write Atlas's, and its sum over all files anew."""
    files = []
    for version, part in zip(site.numbers(len(parts), 0), parts, strict=True):
        mark = "-- atlas:txmode none" if part.outside else ""
        text = text_of([mark, _head(part), sql_of(part.up)])
        files.append(NewFile(f"{version}_{slug_of(part.title)}.sql", text))
    texts = {name: site.folder.data(name) or b"" for name in site.folder.top(".sql")}
    texts |= {file.path: file.text.encode() for file in files}
    return [*files, NewFile(SUM_FILE, sum_of(sorted(texts.items())))]
