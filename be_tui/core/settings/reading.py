"""One file of settings: its values, where each stands, and what is wrong with it."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.findings import Edit, Finding, Fix, Place
from be_tui.core.settings.choices import KeyChoice, MigrationChoice, ThemeChoice
from be_tui.core.settings.kinds import Wrong, unknown_key
from be_tui.core.settings.model import Origin
from be_tui.core.settings.table import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.settings.lines import Spot

LARGEST = 256_000
"""Bytes; a file of settings that is larger is none."""

_WHY = {"config-key": "It changes nothing.", "config-value": "The default holds instead."}
_UNREAD = "Nothing of this file is used."
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class File:
    """A file that may hold settings."""

    path: str
    """To open it by."""

    shown: str
    """To tell it by: relative to the project, or absolute where it is the user's."""

    table: tuple[str, ...] = ()
    """The keys that lead to the settings in it: `tool`, `be-tui`."""

    by_user: bool = False
    """Whether it is the user's own, not the project's."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file says."""

    values: tuple[tuple[str, object], ...] = ()
    """By the name of the option, in its typed form."""

    faults: tuple[Finding, ...] = ()
    origins: tuple[Origin, ...] = ()
    place: Place | None = None
    """Where the table of settings stands in a shared file."""


def read_layer(file: File) -> Layer:
    """Read a file; whatever is wrong with it is a finding."""
    try:
        text = _text_of(file.path)
        table = _table_of(text, file.table)
    except _Unusable as fault:
        place = Place(file.shown, fault.line, fault.column)
        return Layer(faults=(Finding("config-file", "error", place, fault.message, _UNREAD),))
    if table is None:
        return Layer()
    return _Reader(file, text).read(table)


class _Unusable(Exception):  # noqa: N818 (an answer, told as a finding)
    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def _text_of(path: str) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _Unusable("expected a file")
            content = file.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise _Unusable(f"cannot be read: {reason}") from None
    if len(content) > LARGEST:
        raise _Unusable(f"expected settings, got over {LARGEST // 1000} kB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Unusable("expected UTF-8 text", line) from None


def _table_of(text: str, keys: tuple[str, ...]) -> Mapping[str, object] | None:
    """Give the table of settings in a text; None where it has none."""
    import tomllib

    try:
        table: object = tomllib.loads(text)
    except RecursionError:
        raise _Unusable("nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise _syntax(text, str(error)) from None
    except ValueError:
        raise _Unusable("holds a number that is too long") from None
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise _Unusable(f"expected [{'.'.join(keys)}] to be a table")
    return table


def _syntax(text: str, message: str) -> _Unusable:
    found = _AT.search(message)
    said = f"not TOML: {_AT.sub('', message)}"
    if found and found[1]:
        return _Unusable(said, int(found[1]), int(found[2]))
    return _Unusable(said, text.count("\n") + 1)


class _Reader:
    """Reads one table, and keeps where its keys stand."""

    def __init__(self, file: File, text: str) -> None:
        self.file = file
        self.text = text
        self.found: dict[tuple[str, ...], Spot] | None = None

    def read(self, table: Mapping[str, object]) -> Layer:
        values: list[tuple[str, object]] = []
        faults: list[Finding] = []
        origins: list[Origin] = []
        known = {option.name: option for option in options()}
        for name, given in table.items():
            option = known.get(name)
            if option is None:
                faults.append(self.fault(unknown_key(name, known), "config-key"))
                continue
            if option.user_only and not self.file.by_user:
                faults.append(self.user_only(name))
                continue
            value, wrong = option.kind.read(given)
            faults += (self.fault(each, "config-value", name) for each in wrong)
            if value is not None:
                values.append((name, value))
                origins += self.origins(name, value)
        place = self.place(()) if self.file.table else None
        return Layer(tuple(values), tuple(faults), tuple(origins), place)

    def origins(self, name: str, value: object) -> Iterator[Origin]:
        if not isinstance(value, tuple):
            yield Origin(name, self.place((name,)))
            return
        for each in value:
            if isinstance(each, KeyChoice):
                yield Origin(f"{name}.{each.action}", self.place((name, each.action)))
            elif isinstance(each, ThemeChoice | MigrationChoice):
                yield Origin(f"{name}.{each.name}", self.place((name, each.name)))

    def fault(self, wrong: Wrong, rule: str, name: str = "") -> Finding:
        where = ((name,) if name else ()) + wrong.where
        place = self.place(where)
        told = wrong.message if wrong.key else f"{'.'.join(where)}: {wrong.message}"
        fix = None
        if wrong.meant:
            edits = (Edit(place, wrong.meant),) if wrong.key and place.end_column else ()
            fix = Fix(f"did you mean {wrong.meant!r}?", edits)
        return Finding(rule, "error", place, told, _WHY[rule], fix)

    def user_only(self, name: str) -> Finding:
        why = "A project that you only look at could make be-tui run any command."
        message = f"{name}: only the user's own configuration may say this"
        return Finding("config-user-only", "warning", self.place((name,)), message, why)

    def place(self, where: tuple[str, ...]) -> Place:
        """Give where a key stands, or the nearest of the keys that lead to it."""
        if self.found is None:
            from be_tui.core.settings.lines import spots_of

            self.found = spots_of(self.text)
        whole = self.file.table + where
        # An action may be one key in quotes, or several with dots.
        parted = tuple(part for key in whole for part in key.split("."))
        spot = self.found.get(whole) or self.found.get(parted)
        if spot is None:
            return Place(self.file.shown)
        return Place(self.file.shown, spot.line, spot.column, spot.line, spot.end_column)
