"""A resource as Go has it: who may do what, what is kept, and rows for seeds and tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import (
    created,
    is_required,
    json_name,
    patched,
    set_by_service,
)
from be_tui.core.scaffold.stacks.go import fields as go
from be_tui.core.scaffold.stacks.go import samples
from be_tui.core.scaffold.stacks.go.graphs import GraphedResource
from be_tui.core.scaffold.stacks.go.names import go_name, literal
from be_tui.core.scaffold.stacks.go.nouns import GoMember, GoNeed
from be_tui.core.scaffold.stacks.go.queries import inserted, is_chained, quoted, tenant_column
from be_tui.core.scaffold.stacks.sampling import is_numbered
from be_tui.core.scaffold.tables import column_name, table_name

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Action, Field, Permission


@dataclass(frozen=True)
class GoResource(GraphedResource):
    """A resource with all that the templates ask of it."""

    def policy(self, action: Action) -> str:
        """Give who may do something, as Go's value."""
        said = self.resource.may(action)
        parts = []
        if "anyone" in said.who:
            parts.append("Anyone: true")
        if "signed-in" in said.who:
            parts.append("SignedIn: true")
        if "owner" in said.who:
            parts.append("Owner: true")
        if said.roles:
            parts.append(f"Roles: []string{{{', '.join(literal(role) for role in said.roles)}}}")
        return f"policy.Policy{{{', '.join(parts)}}}"

    def may(self, action: Action) -> Permission:
        """Give who may do something."""
        return self.resource.may(action)

    @property
    def is_account(self) -> bool:
        """Tell whether its rows are those who sign in."""
        accounts = self.service.accounts
        return accounts is not None and accounts.resource == self.resource.name

    @property
    def owned(self) -> bool:
        """Tell whether its rows are somebody's own."""
        return self.service.accounts is not None and bool(self.resource.owner)

    @property
    def chained(self) -> bool:
        """Tell whether its rows are owned through another's."""
        return is_chained(self.service, self.resource)

    @property
    def owner_field(self) -> str:
        """Give the column in a row that leads to its owner."""
        owner = self.resource.field(self.resource.owner)
        return go_name(column_name(owner)) if owner else "ID"

    @property
    def owner_json(self) -> str:
        """Give the member that leads to the owner."""
        owner = self.resource.field(self.resource.owner)
        return json_name(owner) if owner else "id"

    @property
    def parent(self) -> str:
        """Give the resource that its rows are owned through."""
        owner = self.resource.field(self.resource.owner)
        return go_name(owner.to) if owner else ""

    @property
    def parent_key(self) -> str:
        """Give the type of that resource's keys."""
        owner = self.resource.field(self.resource.owner)
        return go.key_type(self.service, owner.to) if owner else self.key

    @property
    def owner_asked(self) -> bool:
        """Tell whether it matters whose row it is, where rows are changed."""
        asked: tuple[Action, ...] = ("read", "update", "delete")
        return any("owner" in self.may(action).who for action in asked)

    @property
    def own_condition(self) -> str:
        """Give the condition of the rows that are a caller's own, with a `?` for their key."""
        condition, at = "= ?", self.resource
        steps: list[tuple[str, str]] = []
        while True:
            field = at.field(at.owner)
            column = quoted(column_name(field)) if field else "id"
            steps.append((column, quoted(table_name(at))))
            target = self.service.resource(field.to) if field else None
            if target is None or not is_chained(self.service, at):
                break
            at = target
        for column, table in reversed(steps[1:]):
            inner = f"SELECT id FROM {table} WHERE {column} {condition}"  # noqa: S608 (quoted)
            condition = f"IN ({inner})"
        return f"{steps[0][0]} {condition}"

    @property
    def owner_set(self) -> str:
        """Give the column that is set to whoever makes a row; empty where none is."""
        return self._set(self.resource.owner)

    @property
    def tenant_set(self) -> str:
        """Give the column that is set to the tenant of whoever makes a row; empty where none is."""
        return self._set(self.resource.tenant)

    def _set(self, name: str) -> str:
        field = self.resource.field(name)
        own = set_by_service(self.service, self.resource)
        return go_name(column_name(field)) if field and field.name in own else ""

    @property
    def tenant_field(self) -> str:
        """Give the column of a row's tenant, where rows are kept apart; empty where not."""
        return tenant_column(self.service, self.resource.name)

    @property
    def tenant_column(self) -> str:
        """Give that column as SQL writes it."""
        field = self.resource.field(self.resource.tenant)
        return quoted(column_name(field)) if field else ""

    @cached_property
    def guarded(self) -> tuple[tuple[str, str, str], ...]:
        """Give the members that only some roles may set: name on the wire, in Go, and the roles."""
        return tuple(
            (json_name(each), go_name(json_name(each)), ", ".join(map(literal, each.writers)))
            for each in self.resource.fields
            if each.writers
        )

    def guarded_value(self, json: str) -> str:
        """Give a value of such a member, in JSON that Go writes down."""
        field = next(each for each in self.resource.fields if json_name(each) == json)
        return samples.json_of(field)

    @cached_property
    def stored(self) -> tuple[GoMember, ...]:
        """Give the columns of a new row with what they are set to from `in`."""
        own = set_by_service(self.service, self.resource)
        found = []
        for field in inserted(self.service, self.resource):
            if field.name in own:
                continue
            name = self.row_field(field)
            given = "hash" if field.kind == "password" else f"in.{go_name(json_name(field))}"
            found.append(GoMember(json_name(field), name, "", given=given, field=field))
        return tuple(found)

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """Give the columns that a change writes, in a row."""
        members = patched(self.service, self.resource)
        return tuple(self.row_field(each.field) for each in members if each.field)

    @property
    def password(self) -> GoMember | None:
        """Give the password among the members of a new row."""
        return next((each for each in self.create if _is_password(each)), None)

    # Seeds and tests.

    @cached_property
    def made(self) -> tuple[GoMember, ...]:
        """Give the columns of a row that a factory makes, with their values; empty for none."""
        found = []
        for field in inserted(self.service, self.resource):
            given = ""
            if field.kind != "reference" and not self._is_bare(field):
                given = samples.value(field)
            kind = go.row_type(self.service, field)
            found.append(GoMember(json_name(field), self.row_field(field), kind, "", given, field))
        return tuple(found)

    @property
    def made_numbered(self) -> bool:
        """Tell whether a value of a row is another each time."""
        return is_numbered(*(each.given for each in self.made))

    @staticmethod
    def _is_bare(field: Field) -> bool:
        """Tell whether a row can do without a value, and other rows could not have the same."""
        return field.nullable and field.default is None and field.kind == "password"

    @cached_property
    def needs(self) -> tuple[GoNeed, ...]:
        """Give the rows that a row needs first."""
        return tuple(
            GoNeed(self.row_field(field), json_name(field), go_name(field.to), field.name, field.to)
            for field in inserted(self.service, self.resource)
            if field.kind == "reference" and not field.nullable
        )

    @property
    def make_code(self) -> str:
        """Give the code of a test that makes a row for an account, `owner`."""
        steps = self._way_from_home()
        if steps:
            return self._made(steps)
        return f"\t\trow, err := {self._factory_call(self.name, '', '')}"

    def _factory_call(self, name: str, column: str, value: str, depth: int = 2) -> str:
        """Give the call that makes a row of the callers' tenant, and with a column set besides."""
        resource = next(each for each in self.service.resources if go_name(each.name) == name)
        sets = [f"params.{column} = {value}"] if column else []
        tenant = tenant_column(self.service, resource.name)
        if tenant:
            sets.append(f"params.{tenant} = testkit.Tenant()")
        if not sets:
            return f"factory.{name}(ctx, queries)"
        indent = "\t" * depth
        body = "\n".join(f"{indent}\t{each}" for each in sets)
        adjust = f"func(params *db.Create{name}Params) {{\n{body}\n{indent}}}"
        return f"factory.{name}(ctx, queries, {adjust})"

    @property
    def claim_code(self) -> str:
        """Give the code that makes what a row belongs to, for an account; empty without such."""
        if not (self.chained and "owner" in self.may("create").who):
            return ""
        code = self._made(self._way_from_home()[1:])
        return code.replace("return nil, 0, err", "return err")

    def _made(self, steps: list[tuple[str, str]]) -> str:
        """Give the code that makes rows one after another, each for the one before."""
        lines = []
        for number, (name, column) in enumerate(reversed(steps)):
            last = number == len(steps) - 1
            made = "row" if last else f"step{number}"
            before = "owner" if number == 0 else f"step{number - 1}.ID"
            lines.append(f"\t\t{made}, err := {self._factory_call(name, column, before)}")
            if not last:
                lines += ["\t\tif err != nil {", "\t\t\treturn nil, 0, err", "\t\t}"]
        return "\n".join(lines)

    def _way_from_home(self) -> list[tuple[str, str]]:
        """Give the resources from this one to the account, each with the column that leads on."""
        found: list[tuple[str, str]] = []
        at = self.resource
        while self.service.accounts and at.owner and at.name != self.service.accounts.resource:
            field = at.field(at.owner)
            target = self.service.resource(field.to) if field else None
            if field is None or target is None:
                break
            found.append((go_name(at.name), go_name(column_name(field))))
            at = target
        return found

    def need_key(self, need: GoNeed) -> str:
        """Give the type of the key of a row that is needed first."""
        return go.key_type(self.service, need.resource)

    @property
    def body_needs(self) -> tuple[GoNeed, ...]:
        """Give the rows that a request names, which must be there first."""
        sent = {each.json for each in self.body}
        return tuple(each for each in self.needs if each.json in sent)

    @property
    def tenant_needs(self) -> tuple[tuple[str, str], ...]:
        """Give the rows that a request names and that must be its tenant's, and how to make one."""
        return tuple(
            (each.json, f"row, err := {self._factory_call(each.target, '', '', 3)}")
            for each in self.body_needs
            if tenant_column(self.service, each.resource)
        )

    @property
    def linkable(self) -> tuple[tuple[str, str], ...]:
        """Give the links that a change may set and that lead on, and how to make a row for one."""
        led = {each.member for each in self.graph.leads}
        return tuple(
            (each.json, f"row, err := {self._factory_call(each.link.target, '', '', 4)}")
            for each in self.change
            if each.link and each.json in led
        )

    @property
    def body_numbered(self) -> bool:
        """Tell whether a value of a request is another each time."""
        return is_numbered(*(each.given for each in self.body))

    @cached_property
    def body(self) -> tuple[GoMember, ...]:
        """Give the members of a request that makes a row, with values as JSON has them."""
        guarded = {json for json, _, _ in self.guarded}
        return tuple(
            GoMember(each.json, each.name, each.kind, "", self._shown(each.field), each.field)
            for each in self.create
            if each.field and each.json not in guarded and self._is_given(each.field)
        )

    @staticmethod
    def _shown(field: Field) -> str:
        return "" if field.kind == "reference" else samples.shown(field)

    @staticmethod
    def _is_given(field: Field) -> bool:
        return field.kind != "reference" or not field.nullable

    @cached_property
    def refused(self) -> tuple[samples.Refused, ...]:
        """Give values that members of a new row do not take."""
        guarded = {json for json, _, _ in self.guarded}
        return tuple(
            each
            for member in self.create
            if member.json not in guarded
            for each in samples.refused(member.json, member.field)
        )

    @property
    def required(self) -> tuple[str, ...]:
        """Give the members that must be sent."""
        members = created(self.service, self.resource)
        return tuple(each.name for each in members if is_required(each))

    @cached_property
    def rights(self) -> tuple[samples.Right, ...]:
        """Give who may do what."""
        return tuple(samples.rights(self.service, self.resource))

    @property
    def uniques(self) -> tuple[str, ...]:
        """Give the members of which no two rows have the same."""
        sent = {each.json for each in self.create}
        return tuple(
            json_name(each)
            for each in self.resource.fields
            if each.unique and json_name(each) in sent
        )

    @property
    def secret(self) -> tuple[str, ...]:
        """Give the members that no answer has."""
        return tuple(json_name(each) for each in self.resource.fields if each.private)


def _is_password(member: GoMember) -> bool:
    return member.field is not None and member.field.kind == "password"
