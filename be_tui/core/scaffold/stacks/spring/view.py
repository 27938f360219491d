"""What the templates of Spring see of a service."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.scaffold.graphql import schema_text
from be_tui.core.scaffold.naming import pascal
from be_tui.core.scaffold.stacks.spring.caching import Caching, Dependent, is_kept
from be_tui.core.scaffold.stacks.spring.catalogue import (
    LANGUAGE,
    STATICS,
    libraries,
    own_classes,
)
from be_tui.core.scaffold.stacks.spring.graph import Graph, graphs_of, probe_of
from be_tui.core.scaffold.stacks.spring.importing import java_file
from be_tui.core.scaffold.stacks.spring.resources import SpringResource
from be_tui.core.scaffold.stacks.spring.seeding import sampled, statements
from be_tui.core.scaffold.stacks.spring.trials import Trials
from be_tui.core.scaffold.stacks.spring.types import constant_of
from be_tui.core.scaffold.stacks.spring.wording import (
    attribute,
    comment,
    inside,
    literal,
    package,
    sql,
)
from be_tui.core.scaffold.tables import column_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from be_tui.core.scaffold.model import Field, Service

PARTS = (
    *(
        "",
        "Access",
        "Accounts",
        "Administrator",
        "Answer",
        "Controller",
        "Create",
        "Finder",
        "First",
        "Graphql",
        "Kept",
        "Mapper",
        "Patch",
        "Query",
    ),
    *("Replace", "Repository", "Selection", "Service"),
)
"""What the classes of a resource are called behind its name."""

_PACKAGES = frozenset({"platform", "sessions"})


@dataclass(frozen=True, slots=True)
class SpringAccounts:
    """Who signs in, as Java has it."""

    resource: SpringResource
    login: str
    """The attribute of the row, and the member of a session's body."""

    login_name: str
    """On the wire."""

    login_bounds: tuple[str, ...]
    login_column: str
    password: str
    """The attribute of the row that holds the hash."""

    password_name: str
    password_column: str

    role: str
    """The attribute of the row; empty where all are alike."""

    role_column: str
    chief: str
    """The role that may do most."""

    chief_constant: str

    tenant: SpringResource | None
    """What accounts are kept apart by; None where all are of one."""

    tenant_column: str


@dataclass(frozen=True, slots=True)
class SpringView:
    """A service with all its names and types."""

    service: Service
    package: str
    base: str
    """The package with those that it stands in: `com.example.shopapi`."""

    resources: tuple[SpringResource, ...]
    by_name: Mapping[str, SpringResource]
    trials: Mapping[str, Trials]
    """By the name of a resource, what its tests try."""

    rows_need_accounts: bool
    """Whether the tests' rows belong to others, who have to sign in first."""

    caches: Mapping[str, Caching]
    """By the name of a resource, how the cache keeps its rows; empty without the option."""

    ends: Mapping[str, tuple[Dependent, ...]]
    """Likewise, what is kept of other rows and ends as one of it is deleted."""

    graphs: Mapping[str, Graph]
    """By the name of a resource, how GraphQL has it; empty without the option."""

    graphql_schema: str
    """The text of the schema; empty without the option."""

    graphql_is_bare: bool
    """Whether nothing can be read, so that the query of GraphQL tells the service's name alone."""

    graphql_probe: str
    """A field of the query, for the tests to ask for."""

    samples: tuple[str, ...]
    """Statements that put a row into each table that is empty."""

    sampled: tuple[str, ...]
    """The tables that they fill."""

    accounts: SpringAccounts | None
    options: frozenset[str]
    filters: Mapping[str, Callable[..., str]] = field(default_factory=dict)


def view_of(service: Service, options: frozenset[str]) -> SpringView:
    """Give what the templates see."""
    own = package(service.name.replace("-", ""))
    base = f"com.example.{own}"
    resources = _resources(service)
    known = {**libraries(), **own_classes(base)}
    for each in resources:
        home = f"{base}.{each.package}.{each.type_name}"
        known |= {f"{each.type_name}{part}": f"{home}{part}" for part in PARTS}

    def java(code: str, where: str = "", resource: SpringResource | None = None) -> str:
        here = f"{base}.{where}" if where else base
        if resource is None:
            return java_file(code, here, known, STATICS)
        home = f"{base}.{resource.package}.{resource.type_name}"
        inner = {each.name: f"{home}.{each.name}" for each in resource.enumerations()}
        if f"class {resource.type_name} " in code:
            inner = {}
        return java_file(code, here, {**known, **inner}, STATICS)

    filters: dict[str, Callable[..., str]] = {
        "attribute": attribute,
        "comment": comment,
        "java": java,
        "inside": inside,
        "literal": literal,
    }
    by_name = {each.resource.name: each for each in resources}
    accounts = _accounts(service, by_name)
    trials = {name: _trials(each, by_name, accounts) for name, each in by_name.items()}
    others = any("actors." in value for each in trials.values() for _, value in each.body())
    caches = {
        name: Caching(each, by_name)
        for name, each in by_name.items()
        if "cache" in options and is_kept(service, each.resource, each)
    }
    ends = {name: Caching(each, by_name).dependents() for name, each in by_name.items() if caches}
    graphs = graphs_of(service, resources) if "graphql" in options else {}
    return SpringView(
        service=service,
        package=own,
        base=base,
        resources=resources,
        by_name=by_name,
        trials=trials,
        rows_need_accounts=others,
        caches=caches,
        ends=ends,
        graphs=graphs,
        graphql_schema=schema_text(service) if graphs else "",
        graphql_probe=probe_of(graphs),
        graphql_is_bare=not any(each.allows("read") or each.allows("list") for each in resources),
        samples=statements(service),
        sampled=sampled(service),
        accounts=accounts,
        options=options,
        filters=filters,
    )


def _trials(
    made: SpringResource, others: Mapping[str, SpringResource], accounts: SpringAccounts | None
) -> Trials:
    said = made.service.accounts
    if accounts is None or said is None or not said.role:
        return Trials(made, "", "", (), others)
    role = accounts.resource.resource.field(said.role)
    usual, roles = (role.default or "", role.values) if role else ("", ())
    return Trials(made, accounts.chief, usual, roles, others)


def _resources(service: Service) -> tuple[SpringResource, ...]:
    taken = {*LANGUAGE, *libraries(), *own_classes("")}
    packages = set(_PACKAGES)
    names: dict[str, str] = {}
    homes: dict[str, str] = {}
    for resource in service.resources:
        name = pascal(resource.name)
        while any(f"{name}{part}" in taken for part in PARTS):
            name += "Row"
        taken |= {f"{name}{part}" for part in PARTS}
        home = package(resource.plural)
        while home in packages:
            home += "_"
        packages.add(home)
        names[resource.name], homes[resource.name] = name, home
    reserved = frozenset(taken)
    return tuple(
        SpringResource(each, service, names[each.name], homes[each.name], reserved)
        for each in service.resources
    )


def _accounts(service: Service, by_name: Mapping[str, SpringResource]) -> SpringAccounts | None:
    accounts = service.accounts
    if accounts is None:
        return None
    made = by_name[accounts.resource]
    login = next(each for each in made.create() if each.name == accounts.login)
    password = made.resource.field(accounts.password)
    role = made.resource.field(accounts.role) if accounts.role else None
    chief = _chief(service, role)
    return SpringAccounts(
        resource=made,
        login=attribute(accounts.login),
        login_name=accounts.login,
        login_bounds=tuple(each for each in login.declared if not each.startswith("@JsonProperty")),
        login_column=sql(accounts.login),
        password=attribute(column_name(password)) if password else "",
        password_name=accounts.password,
        password_column=sql(column_name(password)) if password else "",
        role=attribute(accounts.role) if accounts.role else "",
        role_column=sql(accounts.role) if accounts.role else "",
        chief=chief,
        chief_constant=f"{made.enumeration(role)}.{constant_of(role, chief)}" if role else "",
        tenant=by_name[made.tenant.to] if made.tenant else None,
        tenant_column=sql(column_name(made.tenant)) if made.tenant else "",
    )


def _chief(service: Service, role: Field | None) -> str:
    """Give the role that is named most often where something is allowed, the last of several."""
    if role is None:
        return ""
    named = [
        each
        for resource in service.resources
        for allowed in resource.permissions
        for each in allowed.roles
    ]
    named += [
        each for resource in service.resources for one in resource.fields for each in one.writers
    ]
    return max(role.values, key=lambda each: (named.count(each), role.values.index(each)))
