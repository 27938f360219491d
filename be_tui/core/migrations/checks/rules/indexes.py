"""Rules on PostgreSQL's indexes: what building, dropping and replacing them does to others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import EVERY, Check, Remark, WholeCheck
from be_tui.core.migrations.checks.safe import (
    dotted,
    locked,
    named,
    outside,
    quoted,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import Act, Node
    from be_tui.core.migrations.checks.model import Look, Whole
    from be_tui.core.migrations.files import PhaseScript
    from be_tui.core.schema import Table

_BUILD = re.compile(r"\b(CREATE\s+(?:UNIQUE\s+)?INDEX)\b(?:\s+IF\s+NOT\s+EXISTS\b)?", re.I)
_GUARD = re.compile(r"\s+IF\s+NOT\s+EXISTS\b", re.I)
_MANY_COLUMNS = 3
_CORRUPTING = ((14, 0), (14, 1), (14, 2), (14, 3))
_HASH_LOGGED = (10,)


def index_blocks_writes(look: Look, act: Act) -> Iterator[Remark]:
    """Find indexes that are built while writers wait."""
    if act.says("concurrently") or look.work("index build") is None:
        return
    what = act.name or f"the index on {', '.join(filter(None, act.columns)) or 'an expression'}"
    said = f"all writes to {act.table} wait until {what} is built"
    yield Remark(said, concurrent_index(look, act))


def concurrent_index(look: Look, act: Act) -> tuple[PhaseScript, ...]:
    """Give the statements that build an index while writes go on."""
    table = look.table(act)
    if table is not None and table.partitioned:
        return _by_partition(look, act, table)
    if act.says("concurrently"):
        return (outside(look.text, name="index"),)
    name = quoted(act.name) if act.name else "it"
    note = f"if it fails, an INVALID index stays: DROP INDEX CONCURRENTLY {name}, and run it again"
    return (outside(_BUILD.sub(r"\1 CONCURRENTLY", look.text, count=1), name="index", note=note),)


def _by_partition(look: Look, act: Act, table: Table) -> tuple[PhaseScript, ...]:
    """Build the index partition by partition, and attach each to an empty one of the parent."""
    name = act.name or named(act.table, *filter(None, act.columns), "idx")
    parent = _copy(act, name, concurrent=False)
    parent.relation.inh = False
    builds, attaches = [], []
    for partition in look.state.partitions_of(table):
        own = named(partition.name.text, *filter(None, act.columns), "idx")
        node = _copy(act, own, concurrent=True)
        node.relation.relname = partition.name.text
        node.relation.schemaname = partition.namespace
        builds.append(written(node))
        attaches.append(
            f"ALTER INDEX {dotted(act.namespace, name)}"
            f" ATTACH PARTITION {dotted(partition.namespace, own)}"
        )
    if not builds:
        return ()
    return (
        locked(written(parent), name="parent"),
        outside(*builds, name="partitions"),
        locked(*attaches, name="attach"),
    )


def _copy(act: Act, name: str, *, concurrent: bool) -> Node:
    node = type(act.node)()
    node.CopyFrom(act.node)
    node.idxname = name
    node.concurrent = concurrent
    node.if_not_exists = False
    return node


def drop_index_blocks(look: Look, act: Act) -> Iterator[Remark]:
    """Find indexes that are dropped under the strongest lock."""
    locked = any(lock.blocks_reads and lock.kind == "table" for lock in look.effects.locks)
    if act.says("concurrently") or not locked or _is_partitioned(look, act):
        return
    name = dotted(act.namespace, act.table)
    safe = outside(f"DROP INDEX CONCURRENTLY {name}", name="index")
    yield Remark(f"reads and writes wait for {act.table} to be dropped", (safe,))


def _is_partitioned(look: Look, act: Act) -> bool:
    found = look.state.index(act.table, act.namespace)
    if found is None:
        return False
    on, index = found
    return bool(getattr(on, "partitioned", False) or (index is not None and index.parent))


def reindex_blocks(look: Look, act: Act) -> Iterator[Remark]:
    """Find indexes that are built anew while writers wait."""
    if act.says("concurrently") or act.to == "system":
        return
    if look.effects.known and look.work("index build") is None:
        return
    name = dotted(act.namespace, act.table)
    safe = outside(f"REINDEX {act.to.upper()} CONCURRENTLY {name}", name="index")
    said = f"writes wait, and reads by the index, until {act.table} is built anew"
    yield Remark(said, (safe,))


def concurrent_if_not_exists(look: Look, act: Act) -> Iterator[Remark]:
    """Find builds that are left out where a broken index of that name stands."""
    if not act.says("concurrently", "if not exists") or not act.name:
        return
    name = dotted(act.namespace, act.name)
    again = _GUARD.sub("", look.text, count=1)
    safe = outside(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", again, name="index")
    yield Remark(f"an INVALID {act.name} of a build that failed is taken for a good one", (safe,))


def concurrent_index_corruption(look: Look, act: Act) -> Iterator[Remark]:
    """Find concurrent builds on the versions that build them wrongly."""
    if act.says("concurrently") and look.target.version[:2] in _CORRUPTING:
        version = ".".join(map(str, look.target.version))
        yield Remark(f"PostgreSQL {version} may leave rows out of an index that it builds so")


def index_gap(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find indexes that are dropped before the one that takes their place is built."""
    dropped: list[tuple[int, str, Act, tuple[str, ...]]] = []
    for number, look in enumerate(whole.looks):
        for act in look.acts:
            columns = tuple(each.casefold() for each in act.columns)
            if act.kind == "drop index" and act.relation in look.dropped:
                table, gone = look.dropped[act.relation]
                dropped.append((number, table, act, gone))
            elif act.kind == "create index" and not look.is_new(act):
                for at, table, other, gone in dropped:
                    if table == act.relation and columns[: len(gone)] == gone:
                        said = f"queries have no index until {act.name or 'the next one'} is built"
                        safe = (*concurrent_index(look, act), _drop_after(other))
                        yield at, Remark(said, safe)


def _drop_after(act: Act) -> PhaseScript:
    name = dotted(act.namespace, act.table)
    return outside(f"DROP INDEX CONCURRENTLY {name}", name="drop")


def repeated_column(_look: Look, act: Act) -> Iterator[Remark]:
    """Find columns that stand twice in one index or key."""
    seen: set[str] = set()
    for column in filter(None, act.columns):
        if column.casefold() in seen:
            yield Remark(f"{column} stands twice in {act.name or 'it'}")
        seen.add(column.casefold())


def wide_index(_look: Look, act: Act) -> Iterator[Remark]:
    """Find plain indexes of many columns."""
    if len(act.columns) > _MANY_COLUMNS and not act.says("unique"):
        yield Remark(f"{len(act.columns)} columns: each makes it larger, the last are seldom used")


def hash_index(look: Look, act: Act) -> Iterator[Remark]:
    """Find hash indexes."""
    if act.to != "hash":
        return
    before = bool(look.target.version) and look.target.version < _HASH_LOGGED
    lost = " and is not in the log before PostgreSQL 10" if before else ""
    yield Remark(f"a hash index finds one value only{lost}", severity="error" if before else None)


def unnamed_index(_look: Look, act: Act) -> Iterator[Remark]:
    """Find indexes that the engine names."""
    if not act.name:
        yield Remark(f"the index on {act.table} has no name to drop it by")


def many_indexes(look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that carry a great many indexes."""
    table = look.table(act)
    if table is not None and len(table.indexes) >= _MANY_INDEXES:
        yield Remark(
            f"{act.table} has {len(table.indexes)} indexes already: each write pays for all"
        )


_MANY_INDEXES = 10

CHECKS = (
    Check("migration-index-blocks-writes", ("create index",), index_blocks_writes),
    Check("migration-drop-index", ("drop index",), drop_index_blocks, profile="strict"),
    Check("migration-reindex", ("reindex",), reindex_blocks),
    Check(
        "migration-invalid-index-kept",
        ("create index",),
        concurrent_if_not_exists,
        profile="strict",
    ),
    Check("migration-concurrent-index-corrupt", ("create index",), concurrent_index_corruption),
    Check(
        "migration-repeated-column",
        ("create index", "add index", "add unique", "add primary key", "add foreign key"),
        repeated_column,
        EVERY,
    ),
    Check("migration-wide-index", ("create index", "add index"), wide_index, EVERY, "style"),
    Check("migration-hash-index", ("create index",), hash_index, profile="style"),
    Check("migration-unnamed-index", ("create index", "add index"), unnamed_index, EVERY, "style"),
    Check("migration-many-indexes", ("create index", "add index"), many_indexes, EVERY, "style"),
)
WHOLE = (WholeCheck("migration-index-gap", index_gap),)
