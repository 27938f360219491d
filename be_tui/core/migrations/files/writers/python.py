"""Alembic's revisions and Django's migrations."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.files import NewFile
from be_tui.core.migrations.files.code.alembicops import BOUND, ESCAPED
from be_tui.core.migrations.files.folder import text_above
from be_tui.core.migrations.files.readers.alembic import revisions_of
from be_tui.core.migrations.files.writers.site import (
    bare_of,
    commented,
    head_of,
    refuse_several_heads,
    slug_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.migrations.files.model import NewStatement, Part
    from be_tui.core.migrations.files.writers.site import Site

_TEMPLATE = re.compile(r"^\s*file_template\s*=\s*(.*?)\s*$", re.M)
_TOKEN = re.compile(r"%%\((\w+)\)(\.?\d*)[sd]")
_SLUG = 40
_REVISION = 12
_HEAD = '''\
"""{title}

Revision ID: {revision}
Revises: {after}
Create Date: {time}
"""

from alembic import op

revision = "{revision}"
down_revision = {quoted}
branch_labels = None
depends_on = None
'''


def alembic(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write Alembic's: a revision after the head, named as `alembic.ini` says.

    Raises:
        InputError: The history has several heads.
    """
    revisions = revisions_of(site.folder, site.target)
    followed = {before for each in revisions for before in each.after}
    heads = [each.revision for each in revisions if each.revision not in followed]
    refuse_several_heads(heads, "`alembic merge heads`")
    after = heads[0] if heads else None
    files = []
    for index, part in enumerate(parts):
        seed = f"{part.title} {site.at.isoformat()} {after} {index}"
        revision = hashlib.sha256(seed.encode()).hexdigest()[:_REVISION]
        text = _HEAD.format(
            title=part.title.replace("\\", "/").replace('"', "'"),
            revision=revision,
            after=after or "",
            time=site.at.strftime("%Y-%m-%d %H:%M:%S"),
            quoted="None" if after is None else f'"{after}"',
        )
        up = _block(part.up, [*commented("\n".join(head_of(part)), "#")])
        lost = commented(f"Not brought back: {part.lost}.", "#") if part.lost else []
        down = _block(part.down, lost)
        if part.final:
            down = f"    raise NotImplementedError({_quoted(f'no way back: {part.final}')})\n"
        text += f"\n\ndef upgrade() -> None:\n{up}\n\ndef downgrade() -> None:\n{down}"
        files.append(NewFile(_name(site, revision, part.title), text))
        after = revision
    return files


def _name(site: Site, revision: str, title: str) -> str:
    found = _TEMPLATE.search(text_above(site.folder.root, "alembic.ini"))
    template = found[1] if found else "%%(rev)s_%%(slug)s"
    at = site.at
    values = {
        "rev": revision,
        "slug": slug_of(title, _SLUG),
        "epoch": str(int(at.timestamp())),
        "year": f"{at.year}",
        "month": f"{at.month:02}",
        "day": f"{at.day:02}",
        "hour": f"{at.hour:02}",
        "minute": f"{at.minute:02}",
        "second": f"{at.second:02}",
    }
    return _TOKEN.sub(lambda token: values.get(token[1], ""), template) + ".py"


def _block(statements: Iterable[NewStatement], lines: list[str]) -> str:
    """Give a function's body: what must not run in a transaction stands in a block of its own."""
    lines = [f"    {line}" for line in lines]
    inside = False
    for each in statements:
        if each.outside and not inside:
            lines.append("    with op.get_context().autocommit_block():")
        inside = each.outside
        indent = "        " if inside else "    "
        lines += [f"{indent}{line}" for line in commented(each.comment, "#")]
        lines.append(f"{indent}op.execute({_quoted(_for_text(bare_of(each.sql)))})")
    if not any(line and not line.lstrip().startswith("#") for line in lines):
        lines.append("    pass")
    return "\n".join(lines) + "\n"


def _for_text(sql: str) -> str:
    """Give SQL as SQLAlchemy is to be given it: a colon would begin a parameter."""
    return BOUND.sub(r"\\:\1", ESCAPED.sub(r"\\\\\1", sql))


def _quoted(text: str) -> str:
    """Give a text as Python writes it, over several lines where it has them."""
    escaped = text.replace("\\", "\\\\")
    if "\n" not in text:
        return '"' + escaped.replace('"', '\\"') + '"' if '"' in text else f'"{escaped}"'
    body = escaped.replace('"""', '\\"\\"\\"')
    body = f'{body[:-1]}\\"' if body.endswith('"') else body
    return f'"""{body}"""'


def django(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write Django's: numbered after the last, following the leaf, atomic unless it must not be.

    Raises:
        InputError: The app has several leaves.
    """
    # All of Django's operations, which no revision of Alembic needs.
    from be_tui.core.migrations.files.readers.django import app_of, leaves_of

    app = app_of(site.folder)
    leaves = leaves_of(site.folder)
    refuse_several_heads(leaves, "`manage.py makemigrations --merge`")
    heads = [re.match(r"\d+", Path(each.path).stem) for each in site.standing]
    number = max((int(found[0]) for found in heads if found), default=0)
    before = leaves[0] if leaves else None
    files = []
    for index, part in enumerate(parts, 1):
        name = f"{number + index:04}_{slug_of(part.title, 40)}"
        files.append(NewFile(f"{name}.py", _django(part, app, before)))
        before = name
    if not site.folder.has("__init__.py"):
        files.append(NewFile("__init__.py", ""))
    return files


def _django(part: Part, app: str, before: str | None) -> str:
    needs = f'("{app}", "{before}")' if before else ""
    lines = ["from django.db import migrations", "", "", "class Migration(migrations.Migration):"]
    lines += [f"    {line}" for line in commented("\n".join(head_of(part)), "#")]
    if part.outside:
        lines += ["    atomic = False", ""]
    lines += [f"    dependencies = [{needs}]", "", "    operations = ["]
    for step in part.steps:
        notes = commented(f"Not brought back: {step.lost}.", "#") if step.lost and step.down else []
        notes += [line for each in step.up for line in commented(each.comment, "#")]
        lines += [f"        {line}" for line in notes]
        lines += ["        migrations.RunSQL(", f"            sql={_list(step.up)},"]
        if step.down is not None and not part.final:
            down = _list(step.down) if step.down else "migrations.RunSQL.noop"
            lines.append(f"            reverse_sql={down},")
        lines.append("        ),")
    return "\n".join([*lines, "    ]", ""])


def _list(statements: tuple[NewStatement, ...]) -> str:
    """Give statements one by one, so that Django takes nothing apart itself."""
    inner = "".join(f"                {_quoted(bare_of(each.sql))},\n" for each in statements)
    return f"[\n{inner}            ]"
