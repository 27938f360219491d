"""Knex's and TypeORM's migrations in JavaScript and TypeScript, and Rails' in Ruby."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.files import NewFile
from be_tui.core.migrations.files.writers.site import (
    bare_of,
    camel_of,
    commented,
    head_of,
    slug_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from be_tui.core.migrations.files.model import NewStatement, Part
    from be_tui.core.migrations.files.writers.site import Site

_RAILS = re.compile(r"ActiveRecord::Migration\[(\d+\.\d+)\]")
_LATEST_RAILS = "7.1"
_EXPORT = "export async function "


def knex(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write Knex's, in the language and manner of what stands there."""
    ending = _ending(site, ("ts", "mjs", "cjs", "js"), "js")
    typed, common = ending == "ts", ending in {"js", "cjs"}
    if ending == "js" and site.standing:
        text = site.folder.text(_last(site)) or ""
        common = "exports." in text
    files = []
    for version, part in zip(site.times(len(parts)), parts, strict=True):
        lines = ['import type { Knex } from "knex";', ""] if typed else []
        lines += commented("\n".join(head_of(part)), "//")
        for name, body in (("up", _knex_body(part.up, "")), ("down", _down(part, _knex_body))):
            given = "knex: Knex): Promise<void>" if typed else "knex)"
            start = f"exports.{name} = async function (" if common else _EXPORT + f"{name}("
            lines += [f"{start}{given} {{", *body, "};" if common else "}", ""]
        if part.outside:
            word = "exports.config" if common else "export const config"
            lines.append(f"{word} = {{ transaction: false }};")
        text = "\n".join(lines).rstrip("\n") + "\n"
        files.append(NewFile(f"{version}_{slug_of(part.title)}.{ending}", text))
    return files


def _ending(site: Site, endings: tuple[str, ...], usual: str) -> str:
    last = _last(site).rpartition(".")[2] if site.standing else usual
    return last if last in endings else usual


def _last(site: Site) -> str:
    return site.standing[-1].path.removeprefix(site.folder.shown("x")[:-1])


def _down(part: Part, body: Callable[[Iterable[NewStatement], str], list[str]]) -> list[str]:
    if part.final:
        return [f"  throw new Error({_script_text(f'no way back: {part.final}')});"]
    return body(part.down, part.lost)


def _knex_body(statements: Iterable[NewStatement], lost: str) -> list[str]:
    """Give a body; a question mark would stand for a value, so it is escaped."""
    lines = [f"  {line}" for line in commented(f"Not brought back: {lost}.", "//")] if lost else []
    for each in statements:
        lines += [f"  {line}" for line in commented(each.comment, "//")]
        sql = _script_text(bare_of(each.sql).replace("?", "\\?"))
        lines.append(f"  await knex.raw({sql});")
    return lines


def _script_text(text: str) -> str:
    """Give a text as a template of JavaScript that stands for nothing but itself."""
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return f"`{escaped}`"


def typeorm(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write TypeORM's: a class whose name ends in the time that orders it."""
    ending = _ending(site, ("ts", "js"), "ts")
    known = [int(each.version) for each in site.standing if each.version.isdigit()]
    first = max([int(site.at.timestamp() * 1000), *(version + 1 for version in known)])
    files = []
    for index, part in enumerate(parts):
        time, name = first + index, camel_of(part.title)
        lines = _typeorm_class(f"{name}{time}", part, typed=ending == "ts")
        files.append(NewFile(f"{time}-{name}.{ending}", "\n".join(lines) + "\n"))
    return files


def _typeorm_class(name: str, part: Part, *, typed: bool) -> list[str]:
    head = commented("\n".join(head_of(part)), "//")
    if typed:
        lines = ['import { MigrationInterface, QueryRunner } from "typeorm";', "", *head]
        lines += [f"export class {name} implements MigrationInterface {{"]
        lines += [f'  name = "{name}";']
    else:
        lines = [*head, f"module.exports = class {name} {{", f'  name = "{name}";']
    if part.outside:
        lines.append("  transaction = false;")
    alone = "// TypeORM takes it back outside of a transaction with `--transaction none` only."
    given = "queryRunner: QueryRunner): Promise<void>" if typed else "queryRunner)"
    public = "public " if typed else ""
    for verb, body in (("up", _typeorm_body(part.up, "")), ("down", _down(part, _typeorm_body))):
        inner = [f"  {line}" for line in body]
        if verb == "down" and any(each.outside for each in part.down):
            inner.insert(0, f"    {alone}")
        lines += ["", f"  {public}async {verb}({given} {{", *inner, "  }"]
    return [*lines, "}" if typed else "};"]


def _typeorm_body(statements: Iterable[NewStatement], lost: str) -> list[str]:
    lines = [f"  {line}" for line in commented(f"Not brought back: {lost}.", "//")] if lost else []
    for each in statements:
        lines += [f"  {line}" for line in commented(each.comment, "//")]
        lines.append(f"  await queryRunner.query({_script_text(bare_of(each.sql))});")
    return lines


def rails(site: Site, parts: tuple[Part, ...]) -> list[NewFile]:
    """Write Rails': a class a file, of the version that the last one names."""
    version = _LATEST_RAILS
    if site.standing:
        found = _RAILS.search(site.folder.text(_last(site)) or "")
        version = found[1] if found else version
    files = []
    for time, part in zip(site.times(len(parts)), parts, strict=True):
        lines = [f"class {camel_of(part.title)} < ActiveRecord::Migration[{version}]"]
        lines += [f"  {line}" for line in commented("\n".join(head_of(part)), "#")]
        if part.outside:
            lines += ["  disable_ddl_transaction!", ""]
        lines += ["  def up", *_rails_body(part.up, ""), "  end", "", "  def down"]
        if part.final:
            reason = part.final.replace("\\", "\\\\").replace("'", "\\'")
            lines.append(f"    raise ActiveRecord::IrreversibleMigration, '{reason}'")
        else:
            lines += _rails_body(part.down, part.lost)
        text = "\n".join([*lines, "  end", "end", ""])
        files.append(NewFile(f"{time}_{slug_of(part.title)}.rb", text))
    return files


def _rails_body(statements: Iterable[NewStatement], lost: str) -> list[str]:
    lines = [f"    {line}" for line in commented(f"Not brought back: {lost}.", "#")] if lost else []
    for each in statements:
        sql = bare_of(each.sql)
        mark = "SQL"
        while re.search(rf"^\s*{mark}\s*$", sql, re.M):
            mark += "_"
        lines += [f"    {line}" for line in commented(each.comment, "#")]
        # Text that is not indented is taken as it stands, blank lines and all.
        lines += [f"    execute <<-'{mark}'", sql, f"    {mark}"]
    return lines
