"""Rules on the migration as a file: its number, its way back, whether it was there before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.found import Found
from be_tui.core.migrations.checks.model import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from be_tui.core.migrations.checks.model import ProfileName
    from be_tui.core.migrations.model import FormatName, Migration
    from be_tui.core.project import Since

WORKFLOW: dict[str, ProfileName] = {
    "migration-edited": "safety",
    "migration-irreversible": "strict",
    "migration-model-import": "safety",
    "migration-out-of-order": "safety",
}
"""Rules that look at files, with the profile of each."""

_FORWARD: frozenset[FormatName] = frozenset({"prisma", "drizzle", "flyway", "atlas", "liquibase"})
"""Formats whose files have no way back of their own, or not all of them."""

_MODELS = re.compile(
    r"^[ \t]*(?:from\s+[\w.]*\bmodels\b[\w.]*\s+import\s+\w|import\s+[\w.]*\.models\b)", re.M
)
_DJANGO = re.compile(
    r"^[ \t]*from\s+django\.db\s+import\s+[^\n]*\bmodels\b|[^\n]*django\.[\w.]*models", re.M
)


def check_files(
    migrations: Iterable[Migration],
    all_of_them: tuple[Migration, ...],
    since: Since | None,
    text_of: Callable[[str], str],
    rules: frozenset[str],
) -> Iterator[Found]:
    """Give what is wrong with migrations as files.

    Args:
        migrations: Those to report on.
        all_of_them: Every migration of the folder, in order.
        since: What changed since a revision; None where that was not asked.
        text_of: Gives the text of a file.
        rules: The rules to look for.
    """
    for migration in migrations:
        found = [*_aged(migration, all_of_them, since), *_kept(migration, text_of)]
        yield from (
            Found(rule, migration, None, Remark(said)) for rule, said in found if rule in rules
        )


def _aged(
    migration: Migration, all_of_them: tuple[Migration, ...], since: Since | None
) -> Iterator[tuple[str, str]]:
    if since is None or migration.repeated:
        return
    if is_in(migration, since.changed):
        yield "migration-edited", "it was there before, and reads otherwise now"
    if is_in(migration, since.added) and migration.version and not migration.after:
        at = all_of_them.index(migration) if migration in all_of_them else len(all_of_them)
        later = [
            each
            for each in all_of_them[at + 1 :]
            if not each.repeated and not is_in(each, since.added)
        ]
        if later:
            said = f"it is new, and sorts before {later[0].path}, which was there before"
            yield "migration-out-of-order", said


def is_in(migration: Migration, names: frozenset[str]) -> bool:
    """Tell whether a migration's file is among those of its folder, or below it."""
    paths = {migration.path, migration.up.path}
    return any(path == name or path.endswith(f"/{name}") for path in paths for name in names)


def _kept(migration: Migration, text_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    if migration.format not in _FORWARD and not migration.repeated:
        down = migration.down
        back = down is not None and bool(down.statements or down.unread)
        if migration.up.statements and not back:
            yield "migration-irreversible", "nothing takes it back"
    if migration.format == "django":
        text = text_of(migration.up.path or migration.path)
        for each in _MODELS.finditer(text):
            if not _DJANGO.match(each[0]):
                yield (
                    "migration-model-import",
                    f"`{' '.join(each[0].split())}…`: the models of today",
                )
                return
