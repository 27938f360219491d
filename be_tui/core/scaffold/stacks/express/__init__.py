"""Express 5 with TypeScript: Zod for what is sent, Drizzle for what is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.graphql import schema_text
from be_tui.core.scaffold.naming import kebab, pascal
from be_tui.core.scaffold.stacks.express import types
from be_tui.core.scaffold.stacks.express.caching import CacheView
from be_tui.core.scaffold.stacks.express.graphs import GraphView
from be_tui.core.scaffold.stacks.express.modules import ModuleView
from be_tui.core.scaffold.stacks.express.questions import QuestionView
from be_tui.core.scaffold.stacks.express.refusals import TableRules
from be_tui.core.scaffold.stacks.express.samples import SampleView
from be_tui.core.scaffold.stacks.express.wording import comment, quoted, regex
from be_tui.core.scaffold.tables import table_name, tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from be_tui.core.scaffold.model import Service

__all__ = ["AccountView", "ExpressView", "view_of"]

CACHE = "cache"
GRAPHQL = "graphql"


@dataclass(frozen=True, slots=True)
class AccountView:
    """Who signs in, and with what."""

    module: ModuleView
    login: str
    login_schema: str
    login_property: str
    password_property: str
    role_property: str
    """Empty where all accounts are alike."""

    roles: tuple[str, ...]
    other_login: str
    """An expression of a login that no account of the tests has."""

    top_role: str
    """The one that is named most by rules."""

    tenant_property: str
    """Empty without tenants."""

    tenant_type: str


@dataclass(frozen=True, slots=True)
class ExpressView:
    """What the templates see."""

    service: Service
    package: str
    resources: tuple[ModuleView, ...]
    samples: Mapping[str, SampleView]
    """How tests make each resource, by its name."""

    held: Mapping[str, TableRules]
    """What the table of each holds by itself, by its name."""

    held_imports: tuple[tuple[str, str], ...]
    """The tables that are looked into where that is tried, each with its folder."""

    caches: Mapping[str, CacheView]
    """What is kept of each in the cache, by its name; empty without one."""

    graphs: Mapping[str, GraphView]
    """What of each stands in the schema of GraphQL, by its name; empty without one."""

    questions: Mapping[str, QuestionView]
    """What tests ask of each in GraphQL, by its name."""

    schema: str
    """The schema of GraphQL; empty without one."""

    base: str
    """What every path begins with."""

    accounts: AccountView | None
    account_type: str
    """Of the keys of accounts."""

    tenant_name: str
    """The stem of the rows that tell one customer from another; empty without tenants."""

    big: bool
    """Whether any whole number is beyond what a double holds."""

    options: tuple[str, ...]
    email_pattern: str = patterns.EMAIL
    url_pattern: str = patterns.URL
    filters: Mapping[str, Callable[..., str]] = field(
        default_factory=lambda: {"quoted": quoted, "comment": comment, "regex": regex}
    )


def view_of(service: Service, options: frozenset[str]) -> ExpressView:
    """Give what the templates see of a service."""
    tables = {table.name.folded: table for table in tables_of(service).tables}
    first = [ModuleView(each, service, tables, {}) for each in service.resources]
    constants = {table_name(each.resource): each.table for each in first}
    modules = tuple(ModuleView(each, service, tables, constants) for each in service.resources)
    accounts = _accounts(service, modules)
    samples = {each.resource.name: SampleView(each) for each in modules}
    held = {each.resource.name: TableRules(each) for each in modules}
    graphs = {each.resource.name: GraphView(each) for each in modules if GRAPHQL in options}
    return ExpressView(
        service=service,
        package=kebab(service.name),
        resources=modules,
        samples=samples,
        held=held,
        held_imports=tuple(sorted({found for each in held.values() for found in each.imported})),
        caches={each.resource.name: CacheView(each) for each in modules if CACHE in options},
        graphs=graphs,
        questions={name: QuestionView(each, samples[name]) for name, each in graphs.items()},
        schema=schema_text(service) if GRAPHQL in options else "",
        base=f"/api/v{service.version}",
        accounts=accounts,
        account_type=accounts.module.key_type if accounts else "string",
        tenant_name=_tenant_name(accounts),
        big=any(_has_big(each) for each in modules),
        options=tuple(sorted(options)),
    )


def _has_big(module: ModuleView) -> bool:
    fields = module.resource.fields
    return module.key_big or any(types.is_big(module.service, each) for each in fields)


def _top_role(service: Service, roles: tuple[str, ...]) -> str:
    named = [role for each in service.resources for at in each.permissions for role in at.roles]
    named += [role for each in service.resources for at in each.fields for role in at.writers]
    return max(roles, key=lambda role: (named.count(role), roles.index(role)), default="")


def _tenant_name(accounts: AccountView | None) -> str:
    if accounts is None or not accounts.tenant_property:
        return ""
    resource = accounts.module.resource
    field = resource.field(resource.tenant)
    return pascal(field.to) if field else ""


def _accounts(service: Service, modules: tuple[ModuleView, ...]) -> AccountView | None:
    given = service.accounts
    if given is None:
        return None
    module = next(each for each in modules if each.resource.name == given.resource)
    found = (module.resource.field(name) for name in (given.login, given.password))
    login, password = (each for each in found if each)
    role = module.resource.field(given.role)
    return AccountView(
        module=module,
        login=login.name,
        login_schema=types.body_schema(service, login),
        login_property=module.property_of(login),
        password_property=module.property_of(password),
        role_property=module.property_of(role) if role else "",
        roles=role.values if role else (),
        other_login="'nobody@example.com'" if login.kind == "email" else "'nobody'",
        top_role=_top_role(service, role.values if role else ()),
        tenant_property=module.tenant_property,
        tenant_type=module.tenant_type if module.tenant_property else "",
    )
