"""Where a migration is written: what stands there, when, by whom; and words every writer uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.files.model import NewStatement, Part
    from be_tui.core.migrations.model import FormatName, Migration
    from be_tui.core.sqltext import Target

LONGEST_SLUG = 60
"""Characters of a title in a file's name."""

_TIMED = 14
"""Digits of a time that orders migrations: `20260102150405`."""


@dataclass(frozen=True, slots=True)
class Site:
    """A folder that gets a migration."""

    folder: Folder
    target: Target
    at: datetime
    author: str
    """Who is named by formats that name somebody: `Ada Lovelace <ada@example.org>`."""

    standing: tuple[Migration, ...]
    """What is there, in its order."""

    form: FormatName

    def times(self, count: int, pattern: str = "%Y%m%d%H%M%S") -> list[str]:
        """Give times later than any that stands there, a second apart."""
        start = self.at.astimezone(UTC).replace(microsecond=0)
        for each in self.standing:
            digits = re.sub(r"\D", "", each.version)[:_TIMED]
            start = max(start, _time_of(digits) + timedelta(seconds=1))
        return [(start + timedelta(seconds=index)).strftime(pattern) for index in range(count)]

    def numbers(self, count: int, width: int) -> list[str]:
        """Give the next numbers, as wide as those that stand there; times where these are times."""
        versions = [each.version for each in self.standing if each.version.isdigit()]
        if any(len(version) >= _TIMED for version in versions) or (not versions and not width):
            return self.times(count)
        last = max((int(version) for version in versions), default=0)
        widest = max((len(version) for version in versions), default=width)
        return [str(last + index).zfill(widest) for index in range(1, count + 1)]


_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def _time_of(digits: str) -> datetime:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return _EARLIEST


def slug_of(title: str, most: int = LONGEST_SLUG) -> str:
    """Give a title as part of a file's name: lower case, words joined by `_`."""
    words: list[str] = re.findall(r"[a-z0-9]+", title.lower()) or ["migration"]
    slug = words[0][:most]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > most:
            break
        slug += f"_{word}"
    return slug


def camel_of(title: str) -> str:
    """Give a title as the name of a class: `AddEmailToUsers`."""
    name = "".join(word.capitalize() for word in slug_of(title).split("_"))
    return name if not name[0].isdigit() else f"M{name}"


def commented(text: str, mark: str = "--") -> list[str]:
    """Give lines of comment."""
    return [f"{mark} {line}".rstrip() for line in text.splitlines()]


def sql_of(statements: Iterable[NewStatement]) -> str:
    """Give statements as SQL, each with its comment above it and a semicolon."""
    blocks = ["\n".join([*commented(each.comment), closed(each.sql)]) for each in statements]
    return "\n\n".join(blocks)


def closed(sql: str) -> str:
    """Give a statement with its semicolon, on a line of its own below a comment."""
    bare = bare_of(sql)
    last = bare.rpartition("\n")[2]
    return f"{bare}\n;" if "--" in last or "#" in last else f"{bare};"


def bare_of(sql: str) -> str:
    """Give a statement without blanks around it and without its semicolon."""
    return sql.strip().removesuffix(";").rstrip()


def head_of(part: Part) -> list[str]:
    """Give what stands at the head of a file: what must hold, and that nothing leads back."""
    lines = part.note.splitlines()
    if part.final:
        lines.append(f"There is no way back: {part.final}.")
    return lines


def text_of(blocks: Sequence[str]) -> str:
    """Give a file's text: its blocks with a blank line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def down_text(part: Part) -> str:
    """Give the way back as SQL, and what it does not bring back."""
    lost = "\n".join(commented(f"Not brought back: {part.lost}.")) if part.lost else ""
    return "\n\n".join(block for block in (lost, sql_of(part.down)) if block)


def refuse_several_heads(heads: Sequence[str], tool: str) -> None:
    """Refuse to follow one of several heads."""
    if len(heads) > 1:
        message = f"the history has {len(heads)} heads: {', '.join(heads)}"
        raise InputError(message, hint=f"merge them with {tool} first")
