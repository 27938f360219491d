"""Makes a database of PostgreSQL that plans as another does: its tables and statistics, no row.

The DDL is run by a role that owns the empty database and no more; statistics and sizes are put in
by the server's superuser. What the server refuses is left out, and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from json import loads
from typing import TYPE_CHECKING

from be_tui.core.databases import StatementError, WheelSandbox, open_sandbox
from be_tui.core.sqltext import split
from be_tui.core.whatif.ddl import quoted
from be_tui.core.whatif.ginpages import counts_of
from be_tui.core.whatif.hollow import Files
from be_tui.core.whatif.planting import Planter, literal
from be_tui.core.whatif.relations import OWN, VALID, Relation, relations, shapes_of, width_of
from be_tui.core.whatif.sizing import btree, height_of, other_pages, table_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.databases import PostgresSession
    from be_tui.core.statistics import Statistics, TableStats
    from be_tui.core.whatif.relations import Shape

_DATA = re.compile(
    r"(?:COPY|INSERT|UPDATE|DELETE|TRUNCATE|CALL|VACUUM|ANALYZE|CLUSTER|REFRESH|DO)\b"
    r"|SELECT\b(?!\s+pg_catalog\.set_config\()",
    re.I,
)
"""What begins a statement that makes or changes rows, or restores statistics."""

_BESIDE = re.compile(
    r"(?:SET|SELECT|GRANT|REVOKE|COMMENT|SECURITY|CREATE\s+SCHEMA)\b|ALTER\b.*\bOWNER\s+TO\b",
    re.I | re.S,
)
"""What the planner does not miss."""

_EXTENDED = re.compile(r"CREATE\s+STATISTICS\b", re.I)
"""Columns that depend on each other, which the planner of the original may know more of."""

_SIZED = """
UPDATE pg_class SET relpages = pages, reltuples = count, relallvisible = visible
FROM (VALUES {values}) AS told (number, pages, count, visible) WHERE oid = number"""

_LONGEST = 80
"""Characters of a statement that are shown of one that was refused."""


@dataclass(frozen=True, slots=True)
class Original:
    """What a clone is made of."""

    ddl: str = field(repr=False)
    """The schema, in as many statements as it takes."""

    statistics: Statistics
    settings: tuple[tuple[str, str], ...] = ()
    """The planner's, by name, as the original server has them."""

    major: str = ""
    """Of PostgreSQL; the newest that is installed where nothing is said."""


@dataclass(slots=True)
class Clone:
    """A database that plans as the original."""

    sandbox: WheelSandbox
    session: PostgresSession
    """The superuser's, which judges."""

    files: Files
    relations: dict[int, Relation]
    left_out: list[str]
    empty: str
    """The number of the empty table's file."""

    @property
    def owner(self) -> str:
        """Give the role that owns what the DDL made."""
        return self.sandbox.name

    def rows_of(self, index: Relation) -> float:
        """Give the rows of an index's table."""
        table = self.relations.get(index.table)
        return max(table.rows, 0.0) if table else 0.0


def make_clone(original: Original) -> Clone:
    """Make a clone; whoever takes it closes its sandbox.

    Raises:
        InputError: PostgreSQL is not installed, does not start, or has no room.
    """
    sandbox = open_sandbox(f"postgresql:{original.major}" if original.major else "postgresql")
    assert isinstance(sandbox, WheelSandbox)  # noqa: S101 (no URL was given)
    try:
        left_out = _run_ddl(sandbox, original.ddl)
        # Making indexes and checking foreign keys reads metapages, which then stand in memory.
        sandbox.forget()
        session = sandbox.superuser()
        files = Files(session.run("SHOW data_directory").value or "")
        session.run(f"CREATE SCHEMA {OWN}")
        session.run(f"CREATE TABLE {OWN}.empty ()")
        empty = session.run(f"SELECT pg_relation_filenode('{OWN}.empty')").value
        clone = Clone(sandbox, session, files, {}, left_out, empty or "")
        _fill(clone, original.statistics)
        _set_up(clone, original.settings)
    except BaseException:
        sandbox.close()
        raise
    return clone


def _run_ddl(sandbox: WheelSandbox, ddl: str) -> list[str]:
    left_out: list[str] = []
    with sandbox.session() as owner:
        for statement in split(ddl, "postgresql"):
            if _DATA.match(statement.text):
                continue
            words = " ".join(statement.text.split())[:_LONGEST]
            if _EXTENDED.match(statement.text):
                left_out.append(f"line {statement.line}, {words}: no dump tells what it found")
            try:
                owner.run(statement.text)
            except StatementError as error:
                if error.trouble == "lost":
                    raise
                if not _BESIDE.match(statement.text):
                    left_out.append(f"line {statement.line}, {words}: {error.message}")
    return left_out


def _fill(clone: Clone, statistics: Statistics) -> None:
    """Put statistics and sizes in."""
    found = relations(clone.session)
    known = _by_name(statistics)
    told = {each.oid: _told(known, each) for each in found}
    planter = Planter(clone.session)
    planter.learn(each.oid for each in found if told[each.oid] is not None)
    for relation in found:
        stats = told[relation.oid]
        if stats is not None:
            clone.left_out += planter.plant(
                relation.oid, relation.namespace, relation.name, stats.columns
            )
        elif not relation.is_index:
            clone.left_out.append(f"{relation.name}: no statistics; ten pages are assumed")
    tables = [each for each in found if not each.is_index]
    clone.relations = {each.oid: _sized(clone, each, told[each.oid]) for each in tables}
    tell_sizes(clone, tables)
    indexes = [each for each in found if each.is_index]
    shapes = shapes_of(clone.session, {each.oid: clone.rows_of(each) for each in indexes})
    held = _rows_held(clone, indexes, shapes)
    for index in indexes:
        stats = told[index.oid]
        if stats is not None and stats.pages:
            sized = replace(index, rows=stats.rows, pages=stats.pages)
        else:
            sized = replace(index, rows=held[index.oid], pages=0)
        clone.relations[index.oid] = grown(clone, sized, shapes)
        _count_elements(clone, clone.relations[index.oid], shapes[index.oid], told)
    tell_sizes(clone, indexes)


def _count_elements(
    clone: Clone, index: Relation, shape: Shape, told: Mapping[int, TableStats | None]
) -> None:
    """Tell the planner what a GIN index consists of, where the elements are known."""
    stats = told.get(index.table)
    if index.method != "gin" or not index.path or stats is None or len(shape.columns) != 1:
        return
    column = stats.column(shape.columns[0])
    table = clone.relations[index.table].pages
    counts = counts_of(column, index.rows, table, index.pages) if column else None
    if counts is not None:
        clone.files.count_gin(index.path, index.pages, counts)


def _by_name(statistics: Statistics) -> dict[tuple[str, str], TableStats]:
    known: dict[tuple[str, str], TableStats] = {}
    for each in statistics.tables:
        for key in ((each.namespace, each.name), _folded(each.namespace, each.name)):
            known.setdefault(key, each)
    return known


def _folded(namespace: str, name: str) -> tuple[str, str]:
    return namespace.casefold(), name.casefold()


def _told(known: dict[tuple[str, str], TableStats], relation: Relation) -> TableStats | None:
    """Give what is told of a relation: by its whole name first, then in any case and schema."""
    keys = (
        (relation.namespace, relation.name),
        _folded(relation.namespace, relation.name),
        ("", relation.name),
        _folded("", relation.name),
    )
    return next((known[key] for key in keys if key in known), None)


def _sized(clone: Clone, table: Relation, stats: TableStats | None) -> Relation:
    if stats is None or stats.rows < 0:
        return table
    pages = stats.pages
    if not pages and stats.rows:
        pages = table_pages(stats.rows, width_of(clone.session, table.oid))
    if table.path:
        clone.files.stretch(table.path, pages)
    visible = min(stats.visible_pages, pages)
    return replace(table, rows=stats.rows, pages=pages, visible=visible)


def _rows_held(
    clone: Clone, indexes: list[Relation], shapes: Mapping[int, Shape]
) -> dict[int, float]:
    """Give how many rows indexes hold, while none is valid.

    A plan reads the metapage of each valid index, which then stands in the server's memory as it
    was, whatever is written to the file.
    """
    clone.session.run("BEGIN")
    listed = ", ".join(str(each.oid) for each in indexes)
    if listed:
        clone.session.run(VALID.format(valid="false", indexes=listed))
    held = {each.oid: rows_within(clone, shapes[each.oid], clone.rows_of(each)) for each in indexes}
    clone.session.run("ROLLBACK")
    return held


def rows_within(clone: Clone, shape: Shape, rows: float) -> float:
    """Give how many of a table's rows an index holds, as the planner expects it.

    No index of the table may be valid whose pages are not written yet.
    """
    if not shape.where:
        return rows
    asked = f"EXPLAIN (FORMAT JSON) SELECT FROM {shape.table} WHERE {shape.where}"
    plan = clone.session.run(asked).value or ""
    return min(float(loads(plan)[0]["Plan"]["Plan Rows"]), rows)


def grown(clone: Clone, index: Relation, shapes: Mapping[int, Shape]) -> Relation:
    """Make an index look as large as it is, or would be where its pages are 0.

    Raises:
        InputError: There is no room.
    """
    shape, pages = shapes[index.oid], index.pages
    if not index.path:
        return index
    if index.method != "btree":
        table = clone.relations[index.table].pages
        pages = pages or other_pages(index.method, index.rows, shape.parts, table)
        clone.files.stretch(index.path, pages)
        return replace(index, pages=pages)
    merges = clone.files.merges(index.path) and not shape.unique
    if pages:
        height = height_of(pages, index.rows, shape.keys, merges=merges, unique=shape.unique)
    else:
        tree = btree(index.rows, shape.parts, included=shape.included, merges=merges)
        pages, height = tree.pages, tree.height
    clone.files.grow_btree(index.path, pages, height)
    return replace(index, pages=pages)


def tell_sizes(clone: Clone, changed: Iterable[Relation]) -> None:
    """Write sizes into the catalogue."""
    told = [clone.relations[each.oid] for each in changed]
    values = ", ".join(
        f"({each.oid}::oid, {each.pages}, {each.rows!r}::real, {each.visible})" for each in told
    )
    if values:
        clone.session.run(_SIZED.format(values=values))


def _set_up(clone: Clone, settings: tuple[tuple[str, str], ...]) -> None:
    """Give the session the original's settings, and every schema to find names in."""
    names = {each.namespace for each in clone.relations.values()} | {"public"}
    path = ", ".join(quoted(name, "postgresql") for name in sorted(names, key=_public_first))
    clone.session.run(f"SET search_path = {path}")
    for name, value in settings:
        try:
            clone.session.run(f"SELECT set_config({literal(name)}, {literal(value)}, false)")
        except StatementError as error:
            if error.trouble == "lost":
                raise
            clone.left_out.append(f"setting {name} = {value}: {error.message}")


def _public_first(name: str) -> tuple[bool, str]:
    return name != "public", name
