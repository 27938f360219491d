"""A service as Go has it: what the templates of this stack see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.contract.operations import resource_paths
from be_tui.core.scaffold.graphql import schema_text
from be_tui.core.scaffold.stacks.go import fields as go
from be_tui.core.scaffold.stacks.go import samples
from be_tui.core.scaffold.stacks.go.graphs import GRAPHQL, enumerations
from be_tui.core.scaffold.stacks.go.layout import EXTRAS, OWN, Packages, laid_out
from be_tui.core.scaffold.stacks.go.names import (
    INITIALISMS,
    comment,
    expression,
    go_name,
    literal,
    package_name,
    sqlc_name,
    unexported,
)
from be_tui.core.scaffold.stacks.go.queries import ResourceQueries, own_queries, struct_names
from be_tui.core.scaffold.stacks.go.resource import GoResource
from be_tui.core.scaffold.stacks.go.sqlc import VERSION, Query, models_code, queries_code
from be_tui.core.scaffold.tables import table_name, tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from be_tui.core.scaffold.model import Resource, Service
    from be_tui.core.schema import Table


@dataclass(frozen=True, slots=True)
class GoAccounts:
    """Who signs in, and with what."""

    resource: GoResource
    login_json: str
    login: str
    """The column in a row."""

    login_rule: str
    is_email: bool
    password: str
    role: str
    """The column of the role; empty where all are alike."""

    tenant: str
    """The column of the tenant; empty without tenants."""

    tenant_kind: str
    """The type of tenants' keys."""

    tenant_name: str
    """What a tenant is called: the function that makes one."""

    key: str
    password_json: str
    password_changes: bool
    """Whether a change may set it."""

    roles: tuple[str, ...]
    usual: str
    """The role of a new account."""

    highest: str
    """The role that may do most."""

    said: str
    """The password of whom a factory makes."""


@dataclass(frozen=True, slots=True)
class GoView:
    """A service as its templates see it."""

    service: Service
    package: str
    module: str
    """The path that its packages are imported by."""

    resources: tuple[GoResource, ...]
    accounts: GoAccounts | None
    models: str
    """The code of the tables' structs."""

    queries: tuple[Query, ...]
    """Those of the service's own tables."""

    header_forms: Mapping[str, str]
    """What the contract says of the headers that a caller sends, as expressions of Go."""

    renamed: tuple[tuple[str, str], ...]
    """What sqlc is told to call tables and columns."""

    initialisms: tuple[str, ...]
    sqlc_version: str
    options: frozenset[str]
    schema: str
    """What GraphQL has of it; empty without the option."""

    graph_enums: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """What values of enumerations are called there, where JSON has them otherwise."""

    filters: Mapping[str, Callable[..., str]]


def view_of(service: Service, options: frozenset[str]) -> GoView:
    """Give a service as the templates see it."""
    tables = {each.name.folded: each for each in tables_of(service, options).tables}
    added = [EXTRAS[each] for each in sorted(options & EXTRAS.keys())]
    taken = {name for each in added for name in (*each.own, *each.others, *each.standard)}
    names = struct_names(service, tables.values())
    resources = tuple(
        _resource(service, each, tables[table_name(each)], names, taken, options)
        for each in service.resources
    )
    module = f"example.com/{service.name}"
    own = {name: f"{module}/internal/{name}" for name in (*OWN, *(n for e in added for n in e.own))}
    own["schema"] = f"{module}/schema"
    own |= {each.package: f"{module}/internal/{each.package}" for each in resources}
    packages = Packages(
        own,
        {name: path for each in added for name, path in each.others.items()},
        {name: path for each in added for name, path in each.standard.items()},
    )
    structs = [(names[name], table) for name, table in tables.items()]
    return GoView(
        service=service,
        package=service.name,
        module=module,
        resources=resources,
        accounts=_accounts(service, resources),
        models=models_code(structs),
        queries=own_queries(service, options),
        header_forms=dict(_header_forms(service)),
        renamed=_renamed(names, [table for _, table in structs]),
        initialisms=tuple(sorted(INITIALISMS)),
        sqlc_version=VERSION,
        options=options,
        schema=schema_text(service) if GRAPHQL in options else "",
        graph_enums=enumerations(service) if GRAPHQL in options else (),
        filters={
            "go": partial(_laid_out, packages=packages),
            "sqlc": partial(_generated, packages=packages),
            "quoted": literal,
            "comment": comment,
            "unexported": unexported,
            "queries_code": _queries_code,
        },
    )


def _header_forms(service: Service) -> Iterator[tuple[str, str]]:
    """Give the forms of headers, the same whatever they are sent for; `*` for any other."""
    yield "*", expression(patterns.ETAG)
    for resource in service.resources:
        for item in resource_paths(service, resource).values():
            for operation in item.values():
                asked = operation.get("parameters") if isinstance(operation, dict) else None
                for each in asked if isinstance(asked, list) else ():
                    if isinstance(each, dict) and each["in"] == "header":
                        schema = each["schema"]
                        if isinstance(schema, dict):
                            yield str(each["name"]), expression(str(schema["pattern"]))


def _laid_out(code: str, packages: Packages) -> str:
    return laid_out(code, packages)


def _generated(code: str, packages: Packages) -> str:
    return laid_out(code, packages, grouped=True)


def _queries_code(queries: tuple[Query, ...], source: str) -> str:
    return queries_code(source, queries)


def _resource(
    service: Service,
    resource: Resource,
    table: Table,
    names: dict[str, str],
    taken: set[str],
    options: frozenset[str],
) -> GoResource:
    queries = ResourceQueries(service, resource, table, names, options).all()
    package = package_name(resource.plural, taken)
    row = names[table_name(resource)]
    return GoResource(service, resource, package, queries, table, row, options)


def _renamed(names: dict[str, str], tables: list[Table]) -> tuple[tuple[str, str], ...]:
    columns = {
        column.name.folded: go_name(column.name.folded)
        for table in tables
        for column in table.columns
        if go_name(column.name.folded) != sqlc_name(column.name.folded)
    }
    tables_renamed = {name: made for name, made in names.items() if made != sqlc_name(name)}
    return tuple(sorted({**columns, **tables_renamed}.items()))


def _accounts(service: Service, resources: tuple[GoResource, ...]) -> GoAccounts | None:
    accounts = service.accounts
    if accounts is None:
        return None
    resource = next(each for each in resources if each.resource.name == accounts.resource)
    found = {each.name: each for each in resource.resource.fields}
    login = found[accounts.login]
    tenant = found.get(resource.resource.tenant)
    return GoAccounts(
        resource=resource,
        login_json=login.name,
        login=resource.row_field(login),
        login_rule=resource.rule(login),
        is_email=login.kind == "email",
        password=resource.row_field(found[accounts.password]),
        role=resource.row_field(found[accounts.role]) if accounts.role else "",
        tenant=resource.row_field(tenant) if tenant else "",
        tenant_kind=go.key_type(service, tenant.to) if tenant else "uuid.UUID",
        tenant_name=go_name(tenant.to) if tenant else "",
        key=resource.key,
        password_json=accounts.password,
        password_changes=not found[accounts.password].fixed,
        roles=samples.role_names(service),
        usual=samples.default_role(service),
        highest=samples.highest_role(service),
        said=samples.PASSWORD,
    )
