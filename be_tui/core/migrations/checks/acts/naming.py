"""Names out of the nodes of PostgreSQL's parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.acts.model import Act

if TYPE_CHECKING:
    from be_tui.core.migrations.checks.acts.model import ActKind, Node


def said(**flags: bool) -> frozenset[str]:
    """Give the words of flags that are set."""
    return frozenset(word for word, holds in flags.items() if holds)


def names_of(relation: Node) -> tuple[str, str]:
    """Give schema and name of a range; the schema is empty for `public`."""
    space = relation.schemaname
    return ("" if space == "public" else space), relation.relname


def of_relation(
    kind: ActKind,
    relation: Node,
    *,
    name: str = "",
    to: str = "",
    columns: tuple[str, ...] = (),
    flags: frozenset[str] = frozenset(),
    node: Node = None,
) -> Act:
    """Make an act on a relation."""
    space, table = names_of(relation)
    return Act(kind, table, space, name, to, columns, flags=flags, node=node)


def words_of(node: Node) -> list[str]:
    """Give the words of a dotted name, in whatever node it stands."""
    if not isinstance(node, list) and not hasattr(node, "DESCRIPTOR"):
        return [each.string.sval for each in node]
    sort = node.WhichOneof("node") if "node" in node.DESCRIPTOR.oneofs_by_name else ""
    if sort == "list":
        return [each.string.sval for each in node.list.items]
    if sort == "string":
        return [node.string.sval]
    if sort == "type_name":
        return [each.string.sval for each in node.type_name.names]
    if sort == "object_with_args":
        return [each.string.sval for each in node.object_with_args.objname]
    if sort == "range_var":
        return [each for each in (node.range_var.schemaname, node.range_var.relname) if each]
    return []


def object_name(node: Node) -> tuple[str, str]:
    """Give schema and name of an object; the schema is empty for `public`."""
    words = words_of(node)
    space = words[-2] if len(words) > 1 else ""
    return ("" if space == "public" else space), words[-1] if words else ""
