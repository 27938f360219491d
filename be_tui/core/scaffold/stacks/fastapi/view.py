"""What the templates of FastAPI see of a service."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.graphql import schema_text
from be_tui.core.scaffold.naming import pascal
from be_tui.core.scaffold.stacks.fastapi.catalogue import homes_of
from be_tui.core.scaffold.stacks.fastapi.importing import sorted_imports, with_imports
from be_tui.core.scaffold.stacks.fastapi.resources import FastapiResource
from be_tui.core.scaffold.stacks.fastapi.types import key_type
from be_tui.core.scaffold.stacks.fastapi.wording import (
    attribute,
    literal,
    package,
    prose,
    raw,
    said,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from be_tui.core.scaffold.model import Service


@dataclass(frozen=True, slots=True)
class FastapiAccounts:
    """Who signs in, as Python has it."""

    resource: FastapiResource
    login: str
    """The attribute of the row, and the member of a session's body."""

    login_wire: str
    login_line: str
    """Its declaration in the body of a session."""

    password: str
    """The attribute of the row that holds the hash."""

    role: str
    """The attribute of the row; empty where all are alike."""

    chief: str
    """The role that may do most."""

    tenant: str
    """The attribute of the row that says whose customer an account is of; empty without."""

    tenant_type: str
    key_type: str
    soft_delete: bool


@dataclass(frozen=True, slots=True)
class FastapiView:
    """A service with all its names and types."""

    service: Service
    package: str
    resources: tuple[FastapiResource, ...]
    accounts: FastapiAccounts | None
    options: frozenset[str]
    has_passwords: bool
    """Whether anything is signed in with, or kept as one."""

    email: str
    """The pattern of addresses."""

    url: str
    schema: str
    """The schema of GraphQL; empty without that option."""

    filters: Mapping[str, Callable[..., str]] = field(default_factory=dict)


def view_of(service: Service, options: frozenset[str]) -> FastapiView:
    """Give what the templates see."""
    own = package_name(service.name)
    resources = tuple(FastapiResource(each, service) for each in service.resources)
    homes = homes_of(own, resources)

    def imported(code: str, beside: str = "") -> str:
        known = homes
        if beside:
            near = ("policy", "repository", "service")
            known = {**homes, **dict.fromkeys(near, f"{own}.{beside}")}
        return with_imports(code, known, own)

    filters: dict[str, Callable[..., str]] = {
        "among": among,
        "attribute": attribute,
        "imported": imported,
        "pascal": pascal,
        "prose": prose,
        "py": literal,
        "raw": raw,
        "said": said,
        "sorted_imports": sorted_imports,
    }
    return FastapiView(
        service=service,
        package=own,
        resources=resources,
        accounts=_accounts(service),
        options=options,
        has_passwords=any(each.takes_password or each.patches_password for each in resources),
        email=patterns.EMAIL,
        url=patterns.URL,
        schema=schema_text(service) if "graphql" in options else "",
        filters=filters,
    )


def among(roles: tuple[str, ...], of: str, *, negated: bool = False) -> str:
    """Give the condition that a role is one of some."""
    if len(roles) == 1:
        return f"{of} {'!=' if negated else '=='} {literal(roles[0])}"
    several = ", ".join(literal(each) for each in sorted(roles))
    return f"{of} {'not in' if negated else 'in'} {{{several}}}"


def package_name(name: str) -> str:
    """Give the package of a service: `shop_api` for `shop-api`."""
    made = package(name.replace("-", "_"))
    return f"{made}_service" if made in _LIBRARIES | sys.stdlib_module_names else made


_LIBRARIES = frozenset(
    {
        *("alembic", "asyncpg", "fastapi", "httpx2", "jwt", "limits", "migrations"),
        *("opentelemetry", "prometheus_client", "pwdlib", "pydantic", "pydantic_settings"),
        *("pytest", "redis", "sqlalchemy", "starlette", "structlog", "uvicorn"),
    }
)
"""Packages that a service must not hide."""


def _accounts(service: Service) -> FastapiAccounts | None:
    accounts = service.accounts
    resource = service.resource(accounts.resource) if accounts else None
    if accounts is None or resource is None:
        return None
    made = FastapiResource(resource, service)
    login = next(each for each in made.create() if each.name == accounts.login)
    tenant = resource.field(resource.tenant)
    return FastapiAccounts(
        resource=made,
        login=attribute(accounts.login),
        login_wire=accounts.login,
        login_line=login.line,
        password=attribute(f"{accounts.password}_hash"),
        role=attribute(accounts.role) if accounts.role else "",
        chief=_chief(service),
        tenant=attribute(f"{tenant.name}_id") if tenant else "",
        tenant_type=key_type(service, tenant.to) if tenant else "",
        key_type=made.key_type,
        soft_delete=resource.soft_delete,
    )


def _chief(service: Service) -> str:
    """Give the role that is named most often where something is allowed."""
    named = [
        role
        for resource in service.resources
        for each in resource.permissions
        for role in each.roles
    ]
    named += [
        role for resource in service.resources for each in resource.fields for role in each.writers
    ]
    return max(sorted(set(named)), key=named.count, default="")
