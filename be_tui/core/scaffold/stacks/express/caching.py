"""What of a resource is kept in the cache, and which rows change when one of it goes.

A row is kept with what callers may get of it and with what tells whose it is, nothing private. Rows
that the database removes with others, and rows that refer to such, change without a word to the
service: they are not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from be_tui.core.scaffold.stacks.express import types
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.model import Field, Resource, Service
    from be_tui.core.scaffold.stacks.express.modules import ModuleView
    from be_tui.core.scaffold.stacks.express.resources import LinkView

_TAG = 8
_WHOLE = "v.written.whole.transform(BigInt)"


@dataclass(frozen=True, slots=True)
class KeptView:
    """One property of a row that is kept."""

    property: str
    expression: str
    """What reads it back."""


@dataclass(frozen=True, slots=True)
class TouchedView:
    """Kept rows of a resource that change when the row that they refer to goes."""

    module: ModuleView
    table: str
    """Where it stands which rows refer to which."""

    key: str
    """The property of the rows that change."""

    column: str
    """The property of the row that goes."""

    @property
    def name(self) -> str:
        """Give what the keys in the cache are made by."""
        return f"{self.module.camel}CacheKey"

    @property
    def variable(self) -> str:
        """Give what holds them."""
        return f"{self.module.camel}By{self.column[:1].upper()}{self.column[1:]}"


@dataclass(frozen=True, slots=True)
class ToucherView:
    """Rows of a resource that change a kept one when they go."""

    module: ModuleView
    touched: TouchedView
    property: str
    """What changes of the kept row."""

    wire: str
    is_link: bool


@dataclass(frozen=True)
class CacheView:
    """A resource as it stands in the cache.

    Without slots, so that what is settled by all resources is settled once.
    """

    module: ModuleView

    @cached_property
    def is_kept(self) -> bool:
        """Tell whether its rows are kept."""
        resource = self.module.resource
        refused = self._is_moved or self._is_hidden(resource) or self._is_unused
        return "read" in self.module.actions and not refused

    @property
    def _is_moved(self) -> bool:
        """Tell whether the database changes its rows of itself, by more than one step."""
        service, resource = self.module.service, self.module.resource
        swept = _swept(service)
        loose = {each.to for each in resource.fields if each.on_delete == "set-null"}
        return resource.name in swept or bool(
            swept & (loose | {each.to for each in resource.links})
        )

    def _is_hidden(self, resource: Resource) -> bool:
        """Tell whether it is private whose its rows are."""
        told = (resource.field(resource.owner), resource.field(resource.tenant))
        return any(each.private for each in told if each)

    @property
    def _is_unused(self) -> bool:
        """Tell whether only those read its rows whose they are by another row."""
        return self.is_chained and self.module.resource.may("read").who == ("owner",)

    @property
    def reason(self) -> str:
        """Tell why its rows are not kept."""
        if self._is_moved:
            return "rows go with those that they refer to, and the service is not told which"
        if self._is_unused:
            return "whose a row is stands in another one, which is asked each time"
        return "it is private whose a row is"

    @property
    def is_chained(self) -> bool:
        """Tell whether another row tells whose its rows are."""
        return self.module.owned == "chained"

    @property
    def type(self) -> str:
        """Give the type of a row that is answered with."""
        return f"Kept{self.module.name}" if self.is_kept else f"{self.module.name}Row"

    @property
    def key_name(self) -> str:
        """Give the function that tells where a row stands."""
        return f"{self.module.camel}CacheKey"

    @property
    def reads_directly(self) -> bool:
        """Tell whether some rows are read from the database alone."""
        return not self.is_kept or self.is_chained or self.module.versions

    @property
    def narrows(self) -> bool:
        """Tell whether a query is narrowed to the rows that are the caller's own."""
        module = self.module
        asked = "read" in module.actions and self.reads_directly
        return bool(module.owned) and (asked or module.versions or "list" in module.actions)

    @property
    def database_names(self) -> tuple[str, ...]:
        """Give the types of queries that its service is given."""
        module = self.module
        found = set(module.database_names)
        if self.is_kept:
            found.add("Database")
            if not (
                self.reads_directly
                or "list" in module.actions
                or module.requires_own
                or module.checks
            ):
                found.discard("Queries")
        return tuple(sorted(found))

    @property
    def is_written(self) -> bool:
        """Tell whether anything that its routes do changes what is kept."""
        changes = self.is_kept and self.module.writes
        return changes or ("delete" in self.module.actions and bool(self.touched))

    @property
    def in_routes(self) -> bool:
        """Tell whether its routes have to do with the cache."""
        return self.is_kept or self.is_written

    @property
    def prefix(self) -> str:
        """Give what its keys begin with: another one where its rows look otherwise."""
        told = "\n".join(f"{each.property} {each.expression}" for each in self.members)
        tag = sha256(told.encode()).hexdigest()[:_TAG]
        return f"{self.module.service.name}:{self.module.resource.name}:{tag}"

    @cached_property
    def members(self) -> tuple[KeptView, ...]:
        """Give the properties of a row that are kept, in the order of its answer."""
        return tuple(self._members())

    def _members(self) -> Iterator[KeptView]:
        module = self.module
        yield KeptView("id", _WHOLE if module.key_big else "z.string()")
        fields = {module.property_of(each): each for each in module.resource.fields}
        links = {each.property: each for each in module.links}
        shown = [each.property for each in module.answer]
        whose = [module.owner_property] if module.owned else []
        whose += [module.tenant_property] if module.tenant_property else []
        for name in dict.fromkeys((*shown, *(each for each in whose if each != "id"))):
            if name in links:
                one = _WHOLE if links[name].key_type == "bigint" else "z.string()"
                yield KeptView(name, f"z.array({one})")
            else:
                yield KeptView(name, self._expression(fields[name]))
        yield KeptView("version", "z.number()")
        yield KeptView("createdAt", "z.string()")
        yield KeptView("updatedAt", "z.string()")

    def _expression(self, field: Field) -> str:
        made = _KEPT.get(field.kind, "z.string()")
        if types.is_big(self.module.service, field):
            made = _WHOLE
        table = self.module.tables[self.module.table_name]
        wanted = column_name(field)
        column = next(each for each in table.columns if each.name.folded == wanted)
        return f"{made}.nullable()" if column.nullable else made

    @property
    def needs_values(self) -> bool:
        """Tell whether a member is read back by the service's own values."""
        return any("v." in each.expression for each in self.members)

    @cached_property
    def touched(self) -> tuple[TouchedView, ...]:
        """Give the kept rows that change when one of its own goes."""
        resource = self.module.resource
        return () if resource.soft_delete else tuple(self._touched())

    def _touched(self) -> Iterator[TouchedView]:
        own = self.module.resource.name
        for each in self.module.service.resources:
            module = self.module.other(each)
            if not CacheView(module).is_kept:
                continue
            for field in each.fields:
                if field.to == own and field.on_delete == "set-null":
                    yield TouchedView(module, module.table, "id", module.property_of(field))
            for link, view in zip(each.links, module.links, strict=True):
                if link.to == own:
                    yield TouchedView(module, view.table, view.one, view.other)

    @property
    def private(self) -> tuple[str, ...]:
        """Give the properties of a row that are told apart from all that is kept."""
        kinds = {"text", "email", "url", "password", "uuid"}
        fields = (each for each in self.module.resource.fields if each.kind in kinds)
        kept = {each.property for each in self.members}
        names = (self.module.property_of(each) for each in fields if each.private)
        return tuple(each for each in names if each not in kept)

    @property
    def touchers(self) -> tuple[ToucherView, ...]:
        """Give the resources whose rows change its own when they go, for tests."""
        return tuple(self._touchers())

    def _touchers(self) -> Iterator[ToucherView]:
        wires = {each.property: each.name for each in self.module.answer}
        for each in self.module.service.resources:
            module = self.module.other(each)
            if "delete" not in module.actions or module.is_account:
                continue
            for touched in CacheView(module).touched:
                if touched.module.resource == self.module.resource:
                    link = next((x for x in self.module.links if _is_of(x, touched)), None)
                    name = link.property if link else touched.column
                    if name in wires:
                        yield ToucherView(module, touched, name, wires[name], bool(link))

    def test_imports(self, *, watches: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give what its tests import of modules, by file.

        Args:
            watches: Whether they look at rows in the database.
        """
        tables = {each.touched.table for each in self.touchers if each.is_link}
        tables |= {self.module.table} if watches else set()
        own = self.module.package
        cached = (f"{own}/cached.js", (self.key_name, f"find{self.type}"))
        return (cached, (f"{own}/table.js", tuple(sorted(tables)))) if tables else (cached,)

    @property
    def touched_imports(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give what is imported to find such rows, by its file; those of its own folder last."""
        found = {(self._file(each, "cached"), each.name) for each in self.touched}
        found |= {(self._file(each, "table"), each.table) for each in self.touched}
        files = sorted({file for file, _ in found}, key=lambda file: (file.startswith("./"), file))
        return tuple(
            (file, tuple(sorted(name for at, name in found if at == file))) for file in files
        )

    def _file(self, each: TouchedView, name: str) -> str:
        package = each.module.package
        return f"./{name}.js" if package == self.module.package else f"../{package}/{name}.js"


def _is_of(link: LinkView, touched: TouchedView) -> bool:
    return (link.table, link.other) == (touched.table, touched.column)


_KEPT = {
    "integer": "z.number()",
    "float": "z.number()",
    "boolean": "z.boolean()",
    "json": "v.flat",
}


def _swept(service: Service) -> frozenset[str]:
    """Give the resources whose rows the database removes with others."""
    gone = {
        each.name
        for each in service.resources
        if not each.soft_delete and "nobody" not in each.may("delete").who
    }
    swept: set[str] = set()
    while True:
        more = {
            each.name
            for each in service.resources
            for field in each.fields
            if field.on_delete == "cascade" and field.to in gone | swept
        }
        if more <= swept:
            return frozenset(swept)
        swept |= more
