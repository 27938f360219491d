"""A small stack, made for the tests of what every stack goes through."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from be_tui.core.scaffold import manifests

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from be_tui.core.scaffold import Resource, Service

MANIFEST = """\
title: Plain
language: Text
about: Text files
migrations: goose
migrations_in: migrations
contract: __package__/openapi.json
options:
  - {name: cache, about: Remembers answers}
yours: ["README.md"]
only:
  accounts: ["__package__/sessions.txt"]
  cache: ["__package__/cache/**"]
proof:
  - {name: test, run: [true], database: true}
start: {run: [serve, --all], before: [{name: migrate, run: [goose, up]}], environment: {KEY: "k"}}
"""


@dataclass(frozen=True, slots=True)
class PlainResource:
    resource: Resource

    @property
    def package(self) -> str:
        return self.resource.plural


@dataclass(frozen=True, slots=True)
class PlainView:
    service: Service
    package: str
    resources: tuple[PlainResource, ...]
    filters: Mapping[str, Callable[..., str]]


def view_of(service: Service, options: frozenset[str]) -> PlainView:
    del options
    resources = tuple(PlainResource(each) for each in service.resources)
    return PlainView(service, service.name.replace("-", "_"), resources, {"loud": str.upper})


FILES = {
    "README.md.j2": "# {{ service.title|loud }}\n",
    "__package__/__resource__.txt.j2": "{{ resource.resource.name }}: "
    "{% for field in resource.resource.fields %}{{ field.name }}\n{% endfor %}",
    "__package__/sessions.txt": "sessions of {{ nobody }}\n",
    "__package__/cache/store.txt": "kept\n",
    "__package__/only_when.txt.j2": "{% if service.version > 1 %}later{% endif %}\n",
}


@pytest.fixture
def plain_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a stack called `plain`, the only one that there is."""
    folder = tmp_path / "templates" / "plain"
    for name, text in {
        "stack.yaml": MANIFEST,
        **{f"files/{k}": v for k, v in FILES.items()},
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    module = ModuleType("plain")
    module.view_of = view_of  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "be_tui.core.scaffold.stacks.plain", module)
    monkeypatch.setattr(manifests, "templates_dir", lambda: str(folder.parent))
    manifests.read_stack.cache_clear()
    return folder
