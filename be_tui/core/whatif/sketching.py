"""Makes an index in a clone without a page of its table being read.

While it is made, its table has the file of an empty one (`pg_class.relfilenode`), in a transaction
that nobody else sees. What making it wrote of the table's size is put back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.databases import StatementError
from be_tui.core.sqltext import split
from be_tui.core.whatif.cloning import grown, rows_within, tell_sizes
from be_tui.core.whatif.ddl import qualified
from be_tui.core.whatif.deriving import derive
from be_tui.core.whatif.planting import Planter, literal
from be_tui.core.whatif.relations import VALID, relations, shapes_of

if TYPE_CHECKING:
    from be_tui.core.whatif.cloning import Clone
    from be_tui.core.whatif.model import IndexSketch
    from be_tui.core.whatif.relations import Relation, Shape

_TABLES = """
SELECT c.oid, c.relfilenode, c.relpages, c.reltuples, c.relallvisible
FROM pg_class c WHERE c.oid = to_regclass({name})
OR c.oid IN (SELECT relid FROM pg_partition_tree(to_regclass({name})))"""

_EMPTIED = """
UPDATE pg_class SET relfilenode = {file} WHERE oid IN ({tables}) AND relfilenode <> 0"""

_RESTORED = """
UPDATE pg_class SET relfilenode = file, relpages = pages, reltuples = count, relallvisible = visible
FROM (VALUES {values}) AS told (number, file, pages, count, visible) WHERE oid = number"""


def make_hidden(clone: Clone, sketch: IndexSketch, ddl: str) -> tuple[Relation, ...]:
    """Make an index, and its parts on partitions, as large as they would be; nobody sees them.

    Args:
        clone: Where to make it.
        sketch: The index.
        ddl: Its statement, with a name that nothing else has.

    Raises:
        StatementError: The server refuses the statement, or is gone.
        InputError: There is no room.
    """
    session, table = clone.session, sketch.table
    if len(tuple(split(ddl, "postgresql"))) != 1:
        raise StatementError("expected an index, found more than one statement")
    session.run("BEGIN")
    told = session.run(_TABLES.format(name=literal(qualified(table, "postgresql")))).rows
    if not told:
        raise StatementError(f"there is no table {table.name.text} in the clone")
    tables = ", ".join(str(row[0]) for row in told)
    session.run(_EMPTIED.format(file=clone.empty, tables=tables))
    # The owner makes it: what an expression calls gets no other rights.
    session.run(f"SET LOCAL ROLE {clone.owner}")
    session.run(ddl)
    session.run("RESET ROLE")
    values = ", ".join(
        f"({oid}::oid, {file}::oid, {pages}, {count}::real, {visible})"
        for oid, file, pages, count, visible in told
    )
    session.run(_RESTORED.format(values=values))
    found = [
        each
        for each in relations(session, f"i.indrelid IN ({tables})")
        if each.oid not in clone.relations
    ]
    numbers = ", ".join(str(each.oid) for each in found)
    session.run(VALID.format(valid="false", indexes=numbers))
    rows = {each.oid: clone.rows_of(each) for each in found}
    shapes = shapes_of(session, rows)
    if any(_know_expressions(clone, sketch, each, shapes[each.oid]) for each in found):
        shapes = shapes_of(session, rows)
    for each in found:
        held = rows_within(clone, shapes[each.oid], clone.rows_of(each))
        sketched = replace(each, rows=held, pages=0, sketched=True)
        clone.relations[each.oid] = grown(clone, sketched, shapes)
    tell_sizes(clone, found)
    session.run("COMMIT")
    return tuple(clone.relations[each.oid] for each in found)


def _know_expressions(clone: Clone, sketch: IndexSketch, index: Relation, shape: Shape) -> bool:
    """Put in what follows of the index's expressions; tell whether anything does."""
    found = []
    for number in shape.unknown:
        part = sketch.index.parts[number - 1]
        stats = derive(clone.session, clone.owner, sketch.table, index, part)
        if stats is not None:
            found.append(replace(stats, number=number))
    if found:
        Planter(clone.session).plant(index.oid, index.namespace, index.name, tuple(found))
    return bool(found)
