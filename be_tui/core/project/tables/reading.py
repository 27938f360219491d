"""Gathers a project's tables from all that declares them, and takes the fullest account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.languages import is_foreign, is_test_folder
from be_tui.core.project.looks.model import mark
from be_tui.core.project.looks.source import Source
from be_tui.core.project.manifests import is_own
from be_tui.core.project.tables.classes import add, read_classes
from be_tui.core.project.tables.ddl import read_ddl
from be_tui.core.project.tables.model import Schema
from be_tui.core.project.tables.prisma import read_prisma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.gathering import Gathering

MOST_FILES = 2000
"""SQL files, and files with an ORM's classes."""

MODELS = mark(
    "model.file",
    "__tablename__ entity models sqlmodel viewentity",
    rb"^\s+__tablename__\b|^[ \t]*@Entity\b|^[ \t]*@ViewEntity\b|\bmodels\.Model\b|\btable=True\b"
    rb"|\bmodels\.(?:\w+Field|ForeignKey)\(",
    languages="Python,Java,Kotlin,TypeScript,JavaScript",
)
AUTO_FIELD = mark(
    "model.auto",
    "default_auto_field",
    rb"(?i:default_auto_field)\s*=\s*[\"'][\w.]*\.(?P<value>\w+)",
    languages="Python",
    strings=True,
)
_BACK = re.compile(
    r"\.down\.sql$|(?:^|/)(?:down|undo|rollback)[^/]*\.sql$|(?:^|/)U\d[\w.]*__[^/]*\.sql$"
)
_NUMBER = re.compile(r"(\d+)")


def read_schemas(gathering: Gathering) -> list[Schema]:
    """Give what each kind of source says, the fullest first; a tie goes to SQL."""
    checkout = gathering.checkout
    stated, prisma = Schema("SQL"), Schema("Prisma")
    for path in sql_paths(gathering):
        checkout.cancel.check()
        data = checkout.read(path)
        if data is not None:
            read_ddl(stated, path, data)
    for path in checkout.files:
        if path.endswith(".prisma") and not is_test_folder(path.rpartition("/")[0]):
            read_prisma(prisma, path, checkout.text(path) or "")
    schemas: dict[str, Schema] = {}
    languages = {file.path: file.language.name for file in gathering.scan.files}
    paths = list(dict.fromkeys(sight.path for sight in gathering.sights.of("model.file")))
    for path in paths[:MOST_FILES]:
        checkout.cancel.check()
        source = Source(path, languages[path], checkout.read(path) or b"")
        for kind, table in read_classes(source):
            add(schemas, kind, table)
    found = [each for each in (stated, prisma, *schemas.values()) if each.tables or each.views]
    return sorted(found, key=lambda each: -len(each.tables))


def sql_paths(gathering: Gathering) -> Iterator[str]:
    """Give the SQL files that declare tables, in the order in which they are run."""
    paths = []
    for path in gathering.checkout.files:
        folder = path.rpartition("/")[0]
        if not path.endswith(".sql") or _BACK.search(path) or is_foreign(folder):
            continue
        # A migration's folder may lie deep; one of tests or examples tells nothing.
        if not is_test_folder(folder) and (is_own(folder) or "migration" in folder):
            paths.append(path)
    yield from sorted(paths, key=_in_order)[:MOST_FILES]


def _in_order(path: str) -> list[tuple[int, str]]:
    """Order as people number: `V2` comes before `V10`."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(path)]
