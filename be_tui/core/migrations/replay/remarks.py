"""Reads what PostgreSQL says at DEBUG1 while it alters tables: the work that it does on rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMS = (
    ("rewrite", re.compile(r'rewriting table "(?P<table>.*)"')),
    ("scan", re.compile(r'verifying table "(?P<table>.*)"')),
    ("index build", re.compile(r'building index "(?P<index>.*)" on table "(?P<table>.*)" \w+.*')),
    ("key check", re.compile(r'validating foreign key constraint "(?P<key>.*)"')),
)
_PROVED = re.compile(r"existing constraints on column|implied by existing constraints|sufficient")

_OWNER = re.compile(r'permission denied to \w+ "pg_')
"""What an application's role is told of the catalogue when it clears up a whole database."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One piece of work that the server told of."""

    kind: str
    table: str = ""
    """As it is called, without its schema; empty for a foreign key."""

    index: str = ""
    key: str = ""
    """The constraint that was checked."""


def read_remarks(said: tuple[str, ...]) -> tuple[Remark, ...]:
    """Give the work that lines tell of; that on TOAST goes with its table's."""
    found = []
    for line in said:
        text = line.removeprefix("DEBUG: ")
        for kind, form in _FORMS:
            match = form.fullmatch(text) if text != line else None
            if match and not match.groupdict().get("table", "").startswith("pg_toast_"):
                found.append(Remark(kind, **match.groupdict()))
    return tuple(found)


def worth_telling(said: tuple[str, ...]) -> tuple[str, ...]:
    """Give the lines that people want: none of DEBUG1 but what spared a scan."""
    told = []
    for line in said:
        severity, _, text = line.partition(": ")
        if _OWNER.match(text):
            continue
        if severity != "DEBUG":
            told.append(line)
        elif _PROVED.search(text):
            told.append(text)
    return tuple(told)
