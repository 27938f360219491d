"""Makes an index in a clone without a page of its table being read.

While it is made, its table has the file of an empty one (`pg_class.relfilenode`), in a transaction
that nobody else sees. What making it wrote of the table's size is put back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.databases import StatementError
from be_tui.core.whatif.cloning import grown, rows_within, tell_sizes
from be_tui.core.whatif.ddl import qualified
from be_tui.core.whatif.planting import literal
from be_tui.core.whatif.relations import VALID, relations, shapes_of

if TYPE_CHECKING:
    from be_tui.core.schema import Table
    from be_tui.core.whatif.cloning import Clone
    from be_tui.core.whatif.relations import Relation

_TABLES = """
SELECT c.oid, c.relfilenode, c.relpages, c.reltuples, c.relallvisible
FROM pg_class c WHERE c.oid = to_regclass({name})
OR c.oid IN (SELECT relid FROM pg_partition_tree(to_regclass({name})))"""

_EMPTIED = """
UPDATE pg_class SET relfilenode = {file} WHERE oid IN ({tables}) AND relfilenode <> 0"""

_RESTORED = """
UPDATE pg_class SET relfilenode = file, relpages = pages, reltuples = count, relallvisible = visible
FROM (VALUES {values}) AS told (number, file, pages, count, visible) WHERE oid = number"""


def make_hidden(clone: Clone, table: Table, ddl: str) -> tuple[Relation, ...]:
    """Make an index, and its parts on partitions, as large as they would be; nobody sees them.

    Args:
        clone: Where to make it.
        table: What it is on.
        ddl: The statement, with a name that nothing else has.

    Raises:
        StatementError: The server refuses the statement, or is gone.
        InputError: There is no room.
    """
    session = clone.session
    session.run("BEGIN")
    told = session.run(_TABLES.format(name=literal(qualified(table, "postgresql")))).rows
    if not told:
        raise StatementError(f"there is no table {table.name.text} in the clone")
    tables = ", ".join(str(row[0]) for row in told)
    session.run(_EMPTIED.format(file=clone.empty, tables=tables))
    session.run(ddl)
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
    shapes = shapes_of(session, {each.oid: clone.rows_of(each) for each in found})
    for each in found:
        rows = rows_within(clone, shapes[each.oid], clone.rows_of(each))
        sketched = replace(each, rows=rows, pages=0, sketched=True)
        clone.relations[each.oid] = grown(clone, sketched, shapes)
    tell_sizes(clone, found)
    session.run("COMMIT")
    return tuple(clone.relations[each.oid] for each in found)
