"""What the database refuses by itself, whatever the code lets through: rows that tests try."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from be_tui.core.scaffold.stacks.express import types
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.model import Field
    from be_tui.core.scaffold.stacks.express.modules import ModuleView


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A row with one value that the table does not take."""

    by: str
    """The constraint, or the column where it is only that there must be a value."""

    over: str
    """The value, as a member of the row."""


@dataclass(frozen=True, slots=True)
class TwiceView:
    """Values that no two rows have together."""

    by: str
    properties: tuple[str, ...]
    made: tuple[str, ...]
    """Members that rows of the tests do not have by themselves."""


@dataclass(frozen=True, slots=True)
class GoneView:
    """What becomes of a row when one goes that it refers to."""

    by: str
    property: str
    to: ModuleView
    action: str
    """As SQL has it: `CASCADE`, `RESTRICT` or `SET NULL`."""


@dataclass(frozen=True, slots=True)
class TableRules:
    """What the table of a resource holds, as tests find it out."""

    module: ModuleView

    @property
    def refused(self) -> tuple[RefusedView, ...]:
        """Give rows with one wrong value each."""
        return tuple(self._refused())

    def _refused(self) -> Iterator[RefusedView]:
        module = self.module
        table = module.tables[module.table_name]
        references = {each.columns: each.name for each in table.foreign_keys}
        checks = {each.place: each.name for each in table.checks}
        yield RefusedView("version", "version: null")
        for field in module.resource.fields:
            column, name = column_name(field), module.property_of(field)
            if not field.nullable:
                yield RefusedView(column, f"{name}: null")
            if (column,) in references:
                yield RefusedView(references[column,], f"{name}: {self._absent(field)}")
            if field.place in checks:
                for value in self._beyond(field):
                    yield RefusedView(checks[field.place], f"{name}: {value}")

    def _absent(self, field: Field) -> str:
        big = types.has_big_key(self.module.service, field.to)
        return "9223372036854775807n" if big else "'01890a5d-ac96-774b-bcce-b302099a8057'"

    def _beyond(self, field: Field) -> Iterator[str]:
        """Give what is just beyond the bounds of a column, as far as its type can hold it."""
        match field.kind:
            case "text" | "email" | "url":
                least, most = types.text_bounds(field)
                if least > 0:
                    yield f"'a'.repeat({least - 1})" if least > 1 else "''"
                yield f"'a'.repeat({most + 1})"
            case "password":
                yield "'a'.repeat(1000)"
            case "enum":
                yield "'none of them'"
            case "float":
                low, high = types.float_bounds(field)
                yield from (f"{low} - 1", f"{high} + 1")
            case "integer":
                yield from self._beyond_whole(field)
            case "decimal":
                yield from _beyond_decimal(field)

    def _beyond_whole(self, field: Field) -> Iterator[str]:
        big = types.is_big(self.module.service, field)
        ends = (-(2**63), 2**63 - 1) if big else (-(2**31), 2**31 - 1)
        least, most = field.bounds.least, field.bounds.most
        for end, step in ((least, -1), (most, 1)):
            if end is not None and ends[0] <= int(Decimal(end)) + step <= ends[1]:
                yield f"{int(Decimal(end)) + step}{'n' if big else ''}"

    @property
    def twice(self) -> tuple[TwiceView, ...]:
        """Give values that no two rows have together."""
        table = self.module.tables[self.module.table_name]
        sets = [(each.name, each.columns) for each in table.uniques]
        sets += [
            (index.name, tuple(each.column for each in index.parts))
            for index in table.indexes
            if index.unique
        ]
        return tuple(self._twice(name, columns) for name, columns in sets)

    def _twice(self, by: str, columns: tuple[str, ...]) -> TwiceView:
        fields = {column_name(each): each for each in self.module.resource.fields}
        found = [fields[each] for each in columns]
        made = [self._made(each) for each in found if each.to and each.nullable]
        return TwiceView(by, tuple(self.module.property_of(each) for each in found), tuple(made))

    def _made(self, field: Field) -> str:
        name = self._to(field).name
        return f"{self.module.property_of(field)}: (await factories.make{name}(database)).id"

    def _to(self, field: Field) -> ModuleView:
        service = self.module.service
        found = next(each for each in service.resources if each.name == field.to)
        return self.module.other(found)

    @property
    def gone(self) -> tuple[GoneView, ...]:
        """Give what becomes of a row when others go, a reference each."""
        table = self.module.tables[self.module.table_name]
        actions = {each.columns: (each.name, each.on_delete) for each in table.foreign_keys}
        return tuple(
            GoneView(
                by=actions[column_name(field),][0],
                property=self.module.property_of(field),
                to=self._to(field),
                action=actions[column_name(field),][1],
            )
            for field in self.module.resource.fields
            if (column_name(field),) in actions
        )

    @property
    def imported(self) -> frozenset[tuple[str, str]]:
        """Give the tables that the tests look into, each with its folder."""
        looked = [each.to for each in self.gone]
        if any(each.action != "RESTRICT" for each in self.gone):
            looked.append(self.module)
        return frozenset((each.package, each.table) for each in looked)


def _beyond_decimal(field: Field) -> Iterator[str]:
    bounds = field.bounds
    step = Decimal(1).scaleb(-bounds.scale)
    limit = Decimal(1).scaleb(bounds.digits - bounds.scale)
    for end, sign in ((bounds.least, -1), (bounds.most, 1)):
        if end is None:
            continue
        beyond = Decimal(end) + sign * step
        if abs(beyond) < limit:
            yield f"'{beyond:f}'"
