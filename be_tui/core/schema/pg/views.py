"""Views and materialised views."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as pb

from be_tui.core.schema.model import View
from be_tui.core.schema.pg.queries import query_text
from be_tui.core.schema.pg.scopes import settle
from be_tui.core.schema.pg.tables import create_as
from be_tui.core.schema.pg.work import name_of, options_of, strings

if TYPE_CHECKING:
    from be_tui.core.schema.pg.work import Work

_CHECKED = {2: "local", 3: "cascaded"}
"""By the numbers of `ViewCheckOption`."""


def create_view(work: Work, node: pb.ViewStmt) -> None:
    """Take in CREATE VIEW."""
    said = node.view
    key = work.new_key(said)
    aliases = _called(node.query.select_stmt, strings(node.aliases))
    settle(work, node.query.select_stmt)
    made = View(
        name=name_of(said.relname),
        query=query_text(node.query.select_stmt),
        place=work.place(said.location, len(said.relname)),
        namespace=key[0],
        columns=tuple(aliases),
        options=options_of(node.options),
        check_option=_CHECKED.get(node.with_check_option, ""),
    )
    checked = [each for each in made.options if each.startswith("check_option=")]
    if checked:
        options = tuple(each for each in made.options if each not in checked)
        made = replace(made, options=options, check_option=checked[0].partition("=")[2])
    before = work.held.views.get(key)
    if before is not None:
        made = replace(made, comment=before.comment)
    work.held.put_view(key, made)


def _called(select: pb.SelectStmt, names: list[str]) -> list[str]:
    """Let the results of a query be called by names; give those that it has no place for."""
    while select.HasField("larg"):
        select = select.larg
    targets = [each.res_target for each in select.target_list]
    stars = any(
        each.val.column_ref.fields and each.val.column_ref.fields[-1].HasField("a_star")
        for each in targets
    )
    if stars or len(names) > len(targets):
        return names
    for target, name in zip(targets, names, strict=False):
        target.name = name
    return []


def create_table_as(work: Work, node: pb.CreateTableAsStmt) -> None:
    """Take in CREATE MATERIALIZED VIEW, and CREATE TABLE AS."""
    if node.objtype != pb.OBJECT_MATVIEW:
        create_as(work, node)
        return
    into = node.into
    key = work.new_key(into.rel)
    if key in work.held.views and node.if_not_exists:
        return
    aliases = _called(node.query.select_stmt, strings(into.col_names))
    settle(work, node.query.select_stmt)
    made = View(
        name=name_of(into.rel.relname),
        query=query_text(node.query.select_stmt),
        place=work.place(into.rel.location, len(into.rel.relname)),
        materialised=True,
        namespace=key[0],
        columns=tuple(aliases),
        options=options_of(into.options),
        filled=work.session.dumped or not into.skip_data,
    )
    work.held.put_view(key, made)


def refresh(work: Work, node: pb.RefreshMatViewStmt) -> None:
    """Take in REFRESH MATERIALIZED VIEW: it is filled then, or not."""
    said = node.relation
    names = (said.schemaname, said.relname) if said.schemaname else (said.relname,)
    key = work.resolve(work.held.views, names)
    if key is not None:
        view = work.held.views[key]
        work.held.views[key] = replace(view, filled=not node.skip_data)
