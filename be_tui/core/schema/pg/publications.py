"""Publications: what of a database is sent to others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.objects import Other
from be_tui.core.schema.pg.queries import query_text, tree_of
from be_tui.core.schema.pg.work import Unseen, value_of

if TYPE_CHECKING:
    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema.pg.work import Work

_ALL = frozenset({"insert", "update", "delete", "truncate"})
_ADDED, _DROPPED, _SET = 1, 2, 3
"""The numbers of `AlterPublicationAction`."""


def create_publication(work: Work, node: pb.CreatePublicationStmt) -> None:
    """Take in CREATE PUBLICATION."""
    work.placed(node)
    _settle(node)
    made = Other("publication", node.pubname, query_text(node), work.place())
    work.held.others["publication", "", "", node.pubname] = made


def alter_publication(work: Work, node: pb.AlterPublicationStmt) -> None:
    """Take in ALTER PUBLICATION.

    Raises:
        Unseen: There is none of that name.
    """
    key = ("publication", "", "", node.pubname)
    found = work.held.others.get(key)
    if found is None:
        raise Unseen(f'no publication "{node.pubname}" is known here')
    work.placed(node)
    tree = tree_of(found.definition)
    told = {each.def_elem.defname for each in node.options}
    options = [each for each in tree.options if each.def_elem.defname not in told]
    options += node.options
    objects = list(tree.pubobjects)
    named = {_named(each) for each in node.pubobjects}
    if node.pubobjects:
        kept = [each for each in objects if _named(each) not in named]
        objects = {_ADDED: [*kept, *node.pubobjects], _DROPPED: kept}.get(
            node.action, list(node.pubobjects)
        )
    made = type(tree)(pubname=node.pubname, for_all_tables=tree.for_all_tables)
    made.options.extend(options)
    made.pubobjects.extend(objects)
    _settle(made)
    work.held.others[key] = replace(found, definition=query_text(made))


def _named(node: pb.Node) -> tuple[str, str, str]:
    said = node.publication_obj_spec
    relation = said.pubtable.relation
    space = "" if relation.schemaname == "public" else relation.schemaname
    return said.name, space, relation.relname


def _settle(node: pb.CreatePublicationStmt) -> None:
    """Leave off options that say what is so anyway, and put tables into one order."""
    kept = [each for each in node.options if not _says_nothing(each.def_elem)]
    objects = sorted(node.pubobjects, key=_named)
    for each in objects:
        each.publication_obj_spec.pubtable.relation.inh = True
    kept.sort(key=lambda each: str(each.def_elem.defname))
    del node.options[:]
    del node.pubobjects[:]
    node.options.extend(kept)
    node.pubobjects.extend(objects)


def _says_nothing(option: pb.DefElem) -> bool:
    value = value_of(option.arg)
    if option.defname == "publish":
        return {each.strip() for each in value.split(",")} == _ALL
    if option.defname == "publish_via_partition_root":
        return value.lower() in {"false", "off", "0"}
    return bool(option.defname == "publish_generated_columns" and value == "none")
