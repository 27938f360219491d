"""A resource as the templates of FastAPI see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.scaffold.contract.wire import (
    answered,
    created,
    filters,
    is_required,
    json_name,
    link_name,
    patched,
    replaced,
    set_by_service,
)
from be_tui.core.scaffold.naming import kebab, pascal, singular, with_article, words
from be_tui.core.scaffold.stacks.fastapi.caching import Caching
from be_tui.core.scaffold.stacks.fastapi.graphing import Graphing
from be_tui.core.scaffold.stacks.fastapi.importing import exploded
from be_tui.core.scaffold.stacks.fastapi.nouns import (
    PyColumn,
    PyFilter,
    PyInbound,
    PyLink,
    PyMember,
    PyOrder,
    PyPermission,
    PyTarget,
    PyValue,
)
from be_tui.core.scaffold.stacks.fastapi.trials import Trials
from be_tui.core.scaffold.stacks.fastapi.types import (
    answered_type,
    column_type,
    kept_type,
    key_type,
    needs_reading,
    python_default,
    python_value,
    sent_type,
)
from be_tui.core.scaffold.stacks.fastapi.wording import attribute, literal, package
from be_tui.core.scaffold.tables import column_name, link_table, table_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.model import Action, Field, Resource, Service


@dataclass(frozen=True, slots=True)
class FastapiResource:
    """A resource with all its names and members."""

    resource: Resource
    service: Service

    @property
    def name(self) -> str:
        """Give the start of its classes' names: `OrderLine`."""
        return pascal(self.resource.name)

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
    def snake(self) -> str:
        """Give the plural as a part of a function's name."""
        return self.resource.plural

    @property
    def package(self) -> str:
        """Give the package that it stands in."""
        return package(self.resource.plural)

    @property
    def path(self) -> str:
        """Give the last part of its path."""
        return kebab(self.resource.plural)

    @property
    def table(self) -> str:
        """Give its table."""
        return table_name(self.resource)

    @property
    def key_type(self) -> str:
        """Give the type of its key."""
        return "int" if self.resource.key == "integer" else "UUID"

    @property
    def trials(self) -> Trials:
        """Give what its tests need."""
        return Trials(self)

    @property
    def caching(self) -> Caching:
        """Give what of it may stand in a cache."""
        return Caching(self)

    @property
    def graphing(self) -> Graphing:
        """Give what of it stands in GraphQL."""
        return Graphing(self)

    @property
    def is_account(self) -> bool:
        """Tell whether its rows sign in."""
        accounts = self.service.accounts
        return accounts is not None and accounts.resource == self.resource.name

    def answer(self) -> tuple[PyMember, ...]:
        """Give the members of an answer, besides those that every row has."""
        return tuple(self._answered(each) for each in answered(self.resource))

    def create(self) -> tuple[PyMember, ...]:
        """Give the members of a new row."""
        return tuple(self._sent(each) for each in created(self.service, self.resource))

    def replace(self) -> tuple[PyMember, ...]:
        """Give the members of a whole row."""
        return tuple(self._sent(each) for each in replaced(self.service, self.resource))

    def patch(self) -> tuple[PyMember, ...]:
        """Give the members of a change."""
        members = patched(self.service, self.resource)
        return tuple(self._sent(each, default="UNSENT") for each in members)

    def _answered(self, member: Member) -> PyMember:
        if member.field is None:
            target = member.link.to if member.link else ""
            annotation = f"tuple[{key_type(self.service, target)}, ...]"
        else:
            annotation = answered_type(self.service, member.field)
        return self._member(member, annotation, "")

    def _sent(self, member: Member, default: str | None = None) -> PyMember:
        if member.field is None:
            target = member.link.to if member.link else ""
            one = "Number" if key_type(self.service, target) == "int" else "Identifier"
            annotation = f"Annotated[tuple[{one}, ...], LINKED, UNIQUE]"
        else:
            annotation = self._value(member.field)
        if default is None:
            default = "" if is_required(member) else _default(member)
        return self._member(member, annotation, default)

    def _value(self, field: Field) -> str:
        """Give the type of what is sent: a name of the service's own, or that of one of these."""
        kind = sent_type(self.service, field)
        return f"{self.name}{pascal(field.name)}Value" if kind.parts else kind.name

    def values(self) -> tuple[PyValue, ...]:
        """Give the types of its own that bodies and queries name."""
        kinds = {each.name: sent_type(self.service, each) for each in self.resource.fields}
        bodies = [*self.create(), *self.patch()] if self.writes else []
        lines = [*(each.line for each in bodies), *(each.line for each in self.filters())]
        used = set(re.findall(r"\w+", " ".join(lines)))
        found = (
            PyValue(f"{self.name}{pascal(name)}Value", kind.name, exploded(kind.parts))
            for name, kind in kinds.items()
            if kind.parts
        )
        return tuple(each for each in found if each.name in used)

    @property
    def writes(self) -> bool:
        """Tell whether anybody sends rows."""
        return self.allows("create") or self.allows("update")

    def _member(self, member: Member, annotation: str, default: str) -> PyMember:
        if member.nullable:
            annotation = f"{annotation} | None"
        made = attribute(member.name)
        line = _declared(member.name, made, annotation, default)
        column = attribute(column_name(member.field)) if member.field else ""
        password = member.field is not None and member.field.kind == "password"
        return PyMember(
            member.name, made, line, annotation, column, password, link=member.link is not None
        )

    def columns(self) -> tuple[PyColumn, ...]:
        """Give the columns of the fields."""
        return tuple(self._column(each) for each in self.resource.fields)

    def _column(self, field: Field) -> PyColumn:
        kind = kept_type(self.service, field)
        arguments = [column_type(self.service, field)]
        target = self.service.resource(field.to)
        if field.kind == "reference" and target is not None:
            arguments.append(f"sa.ForeignKey({literal(f'{table_name(target)}.id')})")
        name = column_name(field)
        made = attribute(name)
        if made != name:
            arguments.insert(0, literal(name))
        annotation = f"{kind} | None" if field.nullable else kind
        default = python_value(field) if field.read_only else ""
        return PyColumn(made, annotation, tuple(arguments), default)

    def own_columns(self) -> tuple[PyColumn, ...]:
        """Give the columns that the service alone sets, and that nobody's signing in tells."""
        own = set_by_service(self.service, self.resource)
        return tuple(
            self._column(each)
            for each in self.resource.fields
            if each.read_only and each.name not in own
        )

    def links(self) -> tuple[PyLink, ...]:
        """Give the links."""
        found = []
        for link in self.resource.links:
            target = self.service.resource(link.to)
            if target is not None:
                found.append(
                    PyLink(
                        pair=f"{self.name}{pascal(link.name)}Pair",
                        attribute=f"{attribute(link.name)}_pairs",
                        ids=link_name(link),
                        table=link_table(self.resource, link),
                        one=f"{self.resource.name}_id",
                        other=f"{singular(link.name)}_id",
                        target=FastapiResource(target, self.service),
                    )
                )
        return tuple(found)

    def filters(self) -> tuple[PyFilter, ...]:
        """Give the parameters that a list is narrowed by."""
        found = []
        for each in filters(self.resource):
            made = attribute(each.name)
            annotation = self._value(each.field)
            if needs_reading(self.service, each.field):
                annotation = f"Annotated[{annotation}, FROM_TEXT]"
            annotation = f"{annotation} | None"
            line = _declared(each.name, made, annotation, "None")
            comparison = "==" if each.comparison == "=" else each.comparison
            column = attribute(column_name(each.field))
            found.append(PyFilter(made, line, column, comparison))
        return tuple(found)

    def orders(self) -> tuple[PyOrder, ...]:
        """Give the orders of a list; the first is the one without asking."""
        first = self.resource.newest_first
        found = [
            PyOrder("-created_at" if first else "created_at", "created_at", first),
            PyOrder("created_at" if first else "-created_at", "created_at", not first),
        ]
        for each in self.resource.fields:
            if each.sorted:
                column = attribute(column_name(each))
                found.append(PyOrder(json_name(each), column, descending=False))
                found.append(PyOrder(f"-{json_name(each)}", column, descending=True))
        return tuple(found)

    def member_names(self) -> tuple[str, ...]:
        """Give the members that an answer can be cut down to."""
        own = (each.name for each in answered(self.resource))
        return ("id", *own, "created_at", "updated_at")

    def allows(self, action: Action) -> bool:
        """Tell whether anybody may do something."""
        return "nobody" not in self.resource.may(action).who

    def may(self, action: Action) -> PyPermission:
        """Give who may do something."""
        found = self.resource.may(action)
        return PyPermission(
            open=self.service.accounts is None or "anyone" in found.who,
            signed_in="signed-in" in found.who,
            roles=found.roles if "role" in found.who else (),
            owner="owner" in found.who and (bool(self.resource.owner) or self.is_account),
        )

    def guarded(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give the members that only some roles may send, each with those roles."""
        return tuple(
            (attribute(json_name(each)), each.writers)
            for each in self.resource.fields
            if each.writers and not each.read_only
        )

    # Whose rows they are.

    def owner_chain(self) -> tuple[tuple[FastapiResource, str], ...]:
        """Give the way from a row to the account: each resource with its owner's column.

        The accounts themselves have none: a row is its own owner.
        """
        accounts = self.service.accounts
        found = []
        at: FastapiResource = self
        while accounts and not at.is_account:
            field = at.resource.field(at.resource.owner)
            target = self.service.resource(field.to) if field else None
            if field is None or target is None:
                return ()
            found.append((at, attribute(column_name(field))))
            at = FastapiResource(target, self.service)
        return tuple(found)

    @property
    def has_owner(self) -> bool:
        """Tell whether a condition says whose row one is."""
        return self.is_account or bool(self.owner_chain())

    def set_columns(self) -> tuple[tuple[str, str], ...]:
        """Give the columns that follow from who signed in, each with what of the caller it is."""
        own = set_by_service(self.service, self.resource)
        found = []
        for field in self.resource.fields:
            if field.name in own:
                of_caller = "tenant_id" if field.name == self.resource.tenant else "account_id"
                found.append((attribute(column_name(field)), of_caller))
        return tuple(found)

    @property
    def placing(self) -> PyTarget | None:
        """Give the reference to a row that is owned in turn: who adds a line owns its order.

        None where whoever may write rows at all may put them anywhere.
        """
        chain = self.owner_chain()
        field = self.resource.field(self.resource.owner)
        target = self.service.resource(field.to) if field else None
        may = self.may("create")
        free = may.open or may.signed_in or not (may.owner and self.allows("create"))
        if len(chain) <= 1 or field is None or target is None or free:
            return None
        return self._target(json_name(field), FastapiResource(target, self.service))

    def create_rule(self) -> Literal["", "signed-in", "roles"]:
        """Give what is asked of who makes a row, before its values are looked at."""
        may = self.may("create")
        if may.open:
            return "signed-in" if self.set_columns() else ""
        owned = may.owner and not self.is_account
        return "signed-in" if may.signed_in or owned else "roles"

    @property
    def uses_creator(self) -> bool:
        """Tell whether who makes a row leaves a mark on it."""
        return bool(self.set_columns() or self.placing)

    @property
    def tenant_column(self) -> str:
        """Give the column that says which customer's row it is; empty without tenants."""
        field = self.resource.field(self.resource.tenant)
        if field is None or self.service.accounts is None:
            return ""
        return attribute(column_name(field))

    def targets(self, of: Literal["", "create", "replace", "patch"] = "") -> tuple[PyTarget, ...]:
        """Give what is referred to and must be looked for: a foreign key does not see it all.

        Args:
            of: Of which body; of any without.
        """
        bodies = {
            "create": self.create() if self.allows("create") else (),
            "replace": self.replace() if self.allows("update") else (),
            "patch": self.patch() if self.allows("update") else (),
        }
        wanted = bodies.values() if not of else (bodies[of],)
        sent = {member.name for members in wanted for member in members}
        return tuple(each for each in self._targets() if each.name in sent)

    def _targets(self) -> Iterator[PyTarget]:
        for member in created(self.service, self.resource):
            field, link = member.field, member.link
            to = link.to if link else field.to if field else ""
            target = self.service.resource(to)
            if target is None:
                continue
            made = FastapiResource(target, self.service)
            found = self._target(member.name, made, nullable=member.nullable, many=link is not None)
            if target.soft_delete or found.tenant:
                yield found

    def _target(
        self, name: str, target: FastapiResource, *, nullable: bool = False, many: bool = False
    ) -> PyTarget:
        tenant = bool(target.tenant_column) and not self.is_account
        return PyTarget(name, attribute(name), nullable, many, target, tenant)

    @property
    def is_target(self) -> bool:
        """Tell whether others look for its rows."""
        for each in self.service.resources:
            other = FastapiResource(each, self.service)
            looked = [*other.targets(), *([other.placing] if other.placing else [])]
            if any(target.target.resource.name == self.resource.name for target in looked):
                return True
        return False

    @property
    def takes_password(self) -> bool:
        """Tell whether a new row has a password."""
        return self.allows("create") and any(each.password for each in self.create())

    @property
    def patches_password(self) -> bool:
        """Tell whether a change may have a password."""
        return self.allows("update") and any(each.password for each in self.patch())

    def inbound(self) -> tuple[PyInbound, ...]:
        """Give what becomes of other rows when one of these goes, besides what is refused."""
        return tuple(self._inbound())

    def _inbound(self) -> Iterator[PyInbound]:
        for other in self.service.resources:
            made = FastapiResource(other, self.service)
            for field in other.fields:
                if field.kind != "reference" or field.to != self.resource.name:
                    continue
                column = attribute(column_name(field))
                if field.on_delete == "set-null":
                    yield PyInbound("set-null", made, column)
                elif field.on_delete == "cascade" and self.resource.soft_delete:
                    yield PyInbound("cascade", made, column)
            for link in made.links():
                if link.target.resource.name == self.resource.name:
                    yield PyInbound("link", made, link.other, link)


def _default(member: Member) -> str:
    return python_default(member.field) if member.field else "()"


def _declared(name: str, made: str, annotation: str, default: str) -> str:
    """Give the declaration of an attribute, with its name on the wire where that is another."""
    if made == name:
        return f"{made}: {annotation} = {default}" if default else f"{made}: {annotation}"
    if default.startswith("Field("):
        return f"{made}: {annotation} = Field(alias={literal(name)}, {default[6:]}"
    given = f", default={default}" if default else ""
    return f"{made}: {annotation} = Field(alias={literal(name)}{given})"
