"""A service written as a spec, to be read again, edited and kept in git."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.scaffold.model import ACTIONS
from be_tui.core.scaffold.naming import default_title, plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.scaffold.model import Field, Permission, Resource, Service

_Value = str | bool | int | list[str] | list[list[str]] | dict[str, "_Value"]


def write_spec(service: Service) -> str:
    """Give the YAML of a service; `parse_spec` reads the same service from it."""
    head: dict[str, _Value] = {"service": service.name}
    if service.title != default_title(service.name):
        head["title"] = service.title
    texts = (
        ("description", service.description),
        ("contact", service.contact),
        ("licence", service.licence),
    )
    head |= _said(texts)
    if service.version != 1:
        head["version"] = service.version
    lines = [_block(head)]
    accounts = service.accounts
    if accounts:
        said: dict[str, _Value] = {"resource": accounts.resource, "login": accounts.login}
        said["password"] = accounts.password
        if accounts.role:
            said["role"] = accounts.role
        lines.append(f"accounts: {_flow(said)}\n")
    lines.append("resources:\n")
    lines += [_resource(resource) for resource in service.resources]
    return "".join(lines)


def _resource(resource: Resource) -> str:
    head: dict[str, _Value] = {}
    if resource.plural != plural(resource.name):
        head["plural"] = resource.plural
    if resource.description:
        head["description"] = resource.description
    if resource.key != "uuid":
        head["key"] = resource.key
    head |= _said((("owner", resource.owner), ("tenant", resource.tenant)))
    if resource.soft_delete:
        head["soft_delete"] = True
    if not resource.newest_first:
        head["order"] = "oldest"
    lines = [f"  {resource.name}:\n", _indented(_block(head), 4), "    fields:\n"]
    lines += [f"      {field.name}: {_flow(_field(field))}\n" for field in resource.fields]
    if resource.links:
        lines.append("    links:\n")
    for link in resource.links:
        said: dict[str, _Value] = {"to": link.to}
        if link.description:
            said["description"] = link.description
        lines.append(f"      {link.name}: {_flow(said)}\n")
    if resource.unique:
        lines.append(f"    unique: {_flow([list(each) for each in resource.unique])}\n")
    allowed: dict[str, _Value] = {each: _who(resource.may(each)) for each in ACTIONS}
    lines.append(f"    allow: {_flow(allowed)}\n")
    return "".join(lines)


def _who(permission: Permission) -> list[str]:
    plain: list[str] = [who for who in permission.who if who != "role"]
    return [*plain, *(f"role:{role}" for role in permission.roles)]


def _field(field: Field) -> dict[str, _Value]:
    """Give what a field says that is not said by leaving it out."""
    said: dict[str, _Value] = {"type": field.kind}
    if field.kind == "enum":
        said["values"] = list(field.values)
    if field.kind == "reference":
        said |= {"to": field.to, "on_delete": field.on_delete}
    bounds = field.bounds
    said |= _said((("min", bounds.least), ("max", bounds.most), ("pattern", bounds.pattern)))
    if field.kind == "decimal":
        said |= {"digits": bounds.digits, "scale": bounds.scale}
    if field.nullable:
        said["nullable"] = True
    if field.default is not None:
        said["default"] = (
            field.default == "true" if field.kind == "boolean" else _number(field.default)
        )
    if field.required != (field.default is None and not field.nullable):
        said["required"] = field.required
    if field.private != (field.kind == "password"):
        said["private"] = field.private
    marks = (
        ("unique", field.unique),
        ("filter", field.filtered),
        ("sort", field.sorted),
        ("read_only", field.read_only),
        ("fixed", field.fixed),
    )
    said |= {key: True for key, holds in marks if holds}
    if field.writers:
        said["writers"] = list(field.writers)
    return said | _said((("description", field.description), ("example", field.example)))


def _said(pairs: Iterable[tuple[str, str | None]]) -> dict[str, _Value]:
    return {key: _number(text) for key, text in pairs if text}


def _number(text: str) -> _Value:
    """Give a whole number as one, so that it needs no quotes."""
    return int(text) if re.fullmatch(r"-?(?:0|[1-9]\d{0,18})", text) else text


def _block(value: dict[str, _Value]) -> str:
    import yaml

    if not value:
        return ""
    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10_000)
    return text


def _flow(value: _Value) -> str:
    """Write a value on one line."""
    import yaml

    text: str = yaml.safe_dump(
        value, sort_keys=False, allow_unicode=True, default_flow_style=True, width=1_000_000
    )
    return text.strip()


def _indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())
