"""A resource as a cache keeps it, and the rows of tests that change with a row that is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.scaffold.naming import singular
from be_tui.core.scaffold.stacks.go import fields as go
from be_tui.core.scaffold.stacks.go.caching import (
    CACHE,
    Stale,
    is_cached,
    kept_fields,
    stale_after,
    tag_of,
)
from be_tui.core.scaffold.stacks.go.members import WiredResource
from be_tui.core.scaffold.stacks.go.names import go_name
from be_tui.core.scaffold.stacks.go.nouns import GoMember
from be_tui.core.scaffold.stacks.go.queries import inserted, pair_type
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field, Link, Resource
    from be_tui.core.scaffold.stacks.go.caching import Step


@dataclass(frozen=True)
class KeptResource(WiredResource):
    """A resource with what the templates ask of the option `cache`."""

    @property
    def cached(self) -> bool:
        """Tell whether its rows are kept in the cache."""
        return CACHE in self.options and is_cached(self.service, self.resource)

    @property
    def forgets(self) -> bool:
        """Tell whether the cache has to hear of its changes, or is read for its rows."""
        return self.cached or (self.allows("delete") and bool(self.stale))

    @property
    def tag(self) -> str:
        """Give what tells the form of its rows in the cache from other forms."""
        return tag_of(self.service, self.resource)

    @cached_property
    def stale(self) -> tuple[Stale, ...]:
        """Give what else changes once a row is deleted."""
        return stale_after(self.service, self.resource) if CACHE in self.options else ()

    @cached_property
    def kept_columns(self) -> tuple[GoMember, ...]:
        """Give the columns of a row that a cache keeps."""
        own = [
            GoMember(column_name(each), self.row_field(each), go.row_type(self.service, each))
            for each in kept_fields(self.resource)
        ]
        return (
            GoMember("id", "ID", self.key),
            *own,
            GoMember("version", "Version", "int64"),
            GoMember("created_at", "CreatedAt", "time.Time"),
            GoMember("updated_at", "UpdatedAt", "time.Time"),
        )

    @property
    def stale_made(self) -> tuple[tuple[Stale, str], ...]:
        """Give the ways with the code of a test that makes a row at the end of each.

        It begins at a row called `key`. A way whose rows no factory can make is left out.
        """
        found = ((each, self._made_code(each)) for each in self.stale if each.cached)
        return tuple((each, code) for each, code in found if code)

    def _made_code(self, stale: Stale) -> str:
        lines: list[str] = []
        before = f"key.({self.key})"
        for number, step in enumerate(stale.steps):
            made = "row" if number == len(stale.steps) - 1 else f"step{number}"
            if step.field and not self._is_settable(step.resource, step.field):
                return ""
            lines.append(f"\t\t\t{made}, err := {self._made_call(step, before)}")
            lines += _failed("err != nil")
            if step.link:
                lines += self._linked(step.resource, step.link, before, made)
            before = f"{made}.ID"
        return "\n".join(lines)

    def _is_settable(self, resource: Resource, field: Field) -> bool:
        """Tell whether a factory lets a test set a reference."""
        made = inserted(self.service, resource)
        count = len(made) + (0 if resource.key == "integer" else 1)
        return field in made and count > 1

    @staticmethod
    def _made_call(step: Step, before: str) -> str:
        name = go_name(step.resource.name)
        if step.field is None:
            return f"factory.{name}(ctx, queries)"
        given = f"new({before})" if step.field.nullable else before
        body = f"params.{go_name(column_name(step.field))} = {given}"
        adjust = f"func(params *db.Create{name}Params) {{\n\t\t\t\t{body}\n\t\t\t}}"
        return f"factory.{name}(ctx, queries, {adjust})"

    def _linked(self, resource: Resource, link: Link, before: str, made: str) -> list[str]:
        """Give the code that links a row to the one before."""
        pairs = pair_type(resource, link)
        return [
            f"\t\t\tpair := db.Add{pairs}PairsParams{{",
            f"\t\t\t\t{go_name(f'{resource.name}_id')}: {made}.ID,",
            f"\t\t\t\t{go_name(f'{singular(link.name)}_id')[:-2]}Ids: []{self.key}{{{before}}},",
            "\t\t\t}",
            *_failed(f"err := queries.Add{pairs}Pairs(ctx, pair); err != nil"),
        ]


def _failed(condition: str) -> list[str]:
    return [f"\t\t\tif {condition} {{", '\t\t\t\treturn "", err', "\t\t\t}"]
