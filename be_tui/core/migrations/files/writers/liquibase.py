"""Liquibase's: formatted SQL, a changeset for each run of statements, and its place in the list."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from be_tui.core.files import NewFile
from be_tui.core.migrations.files.readers.liquibase import list_of
from be_tui.core.migrations.files.writers.site import bare_of, closed, commented, head_of, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.files.model import NewStatement, NewStep, Part
    from be_tui.core.migrations.files.writers.site import Site

_NUMBER = re.compile(r"(?:V|v)?(?P<number>\d+)[_\-.].*")
_CLOSE = re.compile(r"^(?P<indent>[ \t]*)</(?:\w+:)?databaseChangeLog>", re.M)


def liquibase(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write formatted SQL, and name it in the changelog that includes the others one by one."""
    names = [name for name in site.folder.names if _NUMBER.fullmatch(name.rpartition("/")[2])]
    last = names[-1] if names else ""
    found = _NUMBER.fullmatch(last.rpartition("/")[2]) if last else None
    digits = found["number"] if found else "000"
    where = last.rpartition("/")[0]
    prefix = f"{where}/" if where else ""
    files = []
    for index, part in enumerate(parts, 1):
        number = str(int(digits) + index).zfill(len(digits))
        joint = "_" if f"{digits}_" in last else "-"
        slug = slug_of(part.title).replace("_", joint)
        files.append(NewFile(f"{prefix}{number}{joint}{slug}.sql", _text(site, part, number)))
    return [*files, *_listed(site, [file.path for file in files])]


def _text(site: Site, part: Part, number: str) -> str:
    lines = ["--liquibase formatted sql", ""]
    author = re.sub(r"[\s:]+", "-", re.sub(r"\s*<.*", "", site.author)) or "be-tui"
    slug = slug_of(part.title).replace("_", "-")
    lines += [*commented("\n".join(head_of(part))), ""] if head_of(part) else []
    for index, steps in enumerate(_changesets(part), 1):
        outside = any(step.outside for step in steps)
        whole = any(";" in bare_of(each.sql) for step in steps for each in _all(step))
        lines.append(f"--changeset {author}:{number}-{slug}-{index}{_options(outside, whole)}")
        for each in (each for step in steps for each in step.up):
            lines += [*commented(each.comment), closed(each.sql)]
        lines += _rollback(steps)
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _options(outside: bool, whole: bool) -> str:  # noqa: FBT001 (told apart by their names)
    words = " runInTransaction:false" if outside else ""
    return words + (" splitStatements:false rollbackSplitStatements:false" if whole else "")


def _all(step: NewStep) -> tuple[NewStatement, ...]:
    return (*step.up, *(step.down or ()))


def _changesets(part: Part) -> Iterator[tuple[NewStep, ...]]:
    """Put together what is run in the same way; what holds semicolons stands alone."""

    def alone(step: NewStep) -> bool:
        return any(";" in bare_of(each.sql) for each in _all(step))

    for (_, single), steps in groupby(part.steps, lambda step: (step.outside, alone(step))):
        if single:
            yield from ((step,) for step in steps)
        else:
            yield tuple(steps)


def _rollback(steps: tuple[NewStep, ...]) -> list[str]:
    if any(step.down is None for step in steps):
        reasons = "; ".join(step.lost for step in steps if step.down is None and step.lost)
        return commented(f"There is no way back: {reasons}.") if reasons else []
    down = [each for step in reversed(steps) for each in step.down or ()]
    if not down:
        return ["--rollback empty"]
    lost = "; ".join(dict.fromkeys(step.lost for step in steps if step.lost))
    lines = commented(f"Not brought back: {lost}.") if lost else []
    text = "\n".join(closed(each.sql) for each in down)
    if "\n" in text and "*/" not in text:
        return [*lines, "/* liquibase rollback", text, "*/"]
    return [*lines, *(f"--rollback {line}".rstrip() for line in text.splitlines())]


def _listed(site: Site, names: list[str]) -> list[NewFile]:
    """Name new files in the changelog that names the others."""
    found = list_of(site.folder)
    if found is None:
        return []
    name, text, prefix = found
    close = list(_CLOSE.finditer(text))
    if name.endswith(".xml") and close:
        at = close[-1].start()
        relative = ' relativeToChangelogFile="true"' if prefix is None else ""
        added = "".join(f'    <include file="{prefix or ""}{each}"{relative}/>\n' for each in names)
        return [NewFile(name, text[:at] + added + text[at:])]
    if name.endswith((".yaml", ".yml")):
        lines = []
        dash = re.search(r"^([ \t]*)- include:", text, re.M)
        indent = dash[1] if dash else "  "
        for each in names:
            lines += [f"{indent}- include:", f"{indent}    file: {prefix or ''}{each}"]
            lines += [f"{indent}    relativeToChangelogFile: true"] if prefix is None else []
        return [NewFile(name, text.rstrip("\n") + "\n" + "\n".join(lines) + "\n")]
    return []
