"""What a resource is called in Go, in SQL and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.operations import path_of
from be_tui.core.scaffold.naming import with_article, words
from be_tui.core.scaffold.stacks.go import fields as go
from be_tui.core.scaffold.stacks.go.names import comment, go_name
from be_tui.core.scaffold.stacks.go.queries import quoted
from be_tui.core.scaffold.tables import column_name, table_name

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field, Resource, Service
    from be_tui.core.scaffold.stacks.go.sqlc import Query
    from be_tui.core.schema import Table


@dataclass(frozen=True)
class NamedResource:
    """A resource with all its names."""

    service: Service
    resource: Resource
    package: str
    queries: tuple[Query, ...]
    table: Table
    row: str
    """The struct of its rows, which sqlc names."""

    options: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Give its type: `OrderLine`."""
        return go_name(self.resource.name)

    @property
    def plural(self) -> str:
        """Give the name of several: `OrderLines`."""
        return go_name(self.resource.plural)

    @property
    def one(self) -> str:
        """Give it in words: `order line`."""
        return words(self.resource.name)

    @property
    def an(self) -> str:
        """Give it in words with its article."""
        return with_article(self.one)

    @property
    def many(self) -> str:
        """Give several in words."""
        return words(self.resource.plural)

    @property
    def about(self) -> str:
        """Give what it is, fit for a comment."""
        return comment(self.resource.description) or f"{self.an.capitalize()}."

    @property
    def path(self) -> str:
        """Give the path of its collection."""
        return path_of(self.service, self.resource)

    @property
    def sql_table(self) -> str:
        """Give its table as SQL writes it."""
        return quoted(table_name(self.resource))

    @property
    def sql_columns(self) -> str:
        """Give the columns of its table as SQL lists them."""
        return ", ".join(quoted(each.name.folded) for each in self.table.columns)

    @property
    def numbered(self) -> bool:
        """Tell whether the database numbers its rows."""
        return self.resource.key == "integer"

    @property
    def key(self) -> str:
        """Give the type of its keys."""
        return go.key_type(self.service, self.resource.name)

    @property
    def key_sql(self) -> str:
        """Give the type of its keys in SQL."""
        return "bigint" if self.numbered else "uuid"

    @property
    def soft(self) -> bool:
        """Tell whether a deleted row stays, marked."""
        return self.resource.soft_delete

    def row_field(self, field: Field) -> str:
        """Give the name of a field's column in a row."""
        return go_name(column_name(field))
