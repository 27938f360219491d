"""Privileges that what stands in the place of something is to have as well."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.ddl import grant_sql
from be_tui.core.migrations.diff.comparing import same_space
from be_tui.core.migrations.plan.at_once import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.ddl import Namer
    from be_tui.core.schema import Grant, Table


def of_column(table: Table, column: str, grants: Iterable[Grant], namer: Namer) -> Iterator[str]:
    """Give the statements that grant what is granted on one column of a table."""
    for grant in _on(table, grants):
        named = tuple(each for each in grant.privileges if names(each.partition("(")[2], column))
        if named:
            yield grant_sql(replace(grant, privileges=named), namer)


def of_view(view: Table, table: Table, grants: Iterable[Grant], namer: Namer) -> Iterator[str]:
    """Give the statements that grant on a view what is granted on its table."""
    for grant in _on(table, grants):
        space, dot, _ = grant.target.rpartition(".")
        yield grant_sql(replace(grant, target=f"{space}{dot}{view.name.text}"), namer)


def _on(table: Table, grants: Iterable[Grant]) -> Iterator[Grant]:
    for grant in grants:
        space, _, name = grant.target.rpartition(".")
        same = name.casefold() == table.name.folded and same_space(space, table.namespace)
        if grant.kind == "table" and same:
            yield grant
