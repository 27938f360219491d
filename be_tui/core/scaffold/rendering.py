"""The files of a service in a stack, in memory: the same spec gives the same bytes.

A stack's tree mirrors the service's. What ends in `.j2` is a template, anything else is copied;
`__package__` in a path is the service's package, and a path with `__resource__` is made once a
resource. An option that is alike in all stacks has a tree of its own beside theirs. Templates are
be-tui's own. A spec's text reaches them as values only, so that nothing in it is ever read as a
template.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from be_tui.core.errors import InputError
from be_tui.core.locations import templates_dir
from be_tui.core.scaffold.contract import openapi_text
from be_tui.core.scaffold.globs import is_among
from be_tui.core.scaffold.manifests import ACCOUNTS
from be_tui.core.scaffold.settling import Planned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jinja2 import Environment

    from be_tui.core.scaffold.manifests import Stack
    from be_tui.core.scaffold.model import Service

TEMPLATE = ".j2"
PACKAGE, RESOURCE = "__package__", "__resource__"
CLASS = "__Resource__"
"""In the name of a file beside `__resource__`: the class that a view calls `type_name`."""

SHARED = "shared"
"""The folder of options that are alike in every stack, beside the stacks' own."""


class ResourceView(Protocol):
    """A resource as one language has it."""

    @property
    def package(self) -> str:
        """Give the folder or file that it stands in."""


class SharedView(Protocol):
    """What templates see of a service: a dataclass, whose fields they see."""

    @property
    def filters(self) -> Mapping[str, Callable[..., str]]:
        """Give what the language needs to write a value down: literals, names, comments."""


class View(SharedView, Protocol):
    """A service as one language has it."""

    @property
    def package(self) -> str:
        """Give the name of the service's package."""

    @property
    def resources(self) -> Sequence[ResourceView]:
        """Give the resources."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a stack's tree."""

    path: str
    """Relative to the tree, with forward slashes."""

    text: str


def render(service: Service, stack: Stack, options: frozenset[str]) -> tuple[Planned, ...]:
    """Give the files of a service, but for its migrations, in the order of their paths.

    Raises:
        InputError: The stack has no such option.
    """
    unknown = sorted(options - set(stack.option_names))
    if unknown:
        has = ", ".join(stack.option_names) or "none"
        raise InputError(f"{stack.name} has no option {unknown[0]}", hint=f"it has {has}")
    view = view_of(service, stack, options)
    planned = [
        *_files(service, stack, options, view),
        *_shared(service, options),
        Planned(_placed(stack.contract, view), openapi_text(service)),
    ]
    return tuple(sorted(planned, key=lambda each: each.path))


def contract_path(service: Service, stack: Stack) -> str:
    """Give where the document of a service stands in its folder."""
    return _placed(stack.contract, view_of(service, stack, frozenset()))


def view_of(service: Service, stack: Stack, options: frozenset[str]) -> View:
    """Give what a stack calls all that is in a service."""
    module = import_module(f"be_tui.core.scaffold.stacks.{stack.name.replace('-', '_')}")
    make: Callable[[Service, frozenset[str]], View] = module.view_of
    return make(service, options)


def _files(
    service: Service, stack: Stack, options: frozenset[str], view: View
) -> Iterator[Planned]:
    holds = options | ({ACCOUNTS} if service.accounts else frozenset())
    left_out = [path for each in stack.only if each.condition not in holds for path in each.paths]
    environment = _environment(stack.folder, stack.name)
    environment.filters.update(view.filters)
    values = _values(view)
    for source in sources(stack.folder):
        if is_among(source.path.removesuffix(TEMPLATE), left_out):
            continue
        yours = is_among(source.path.removesuffix(TEMPLATE), stack.yours)
        for resource in view.resources if RESOURCE in source.path else (None,):
            path = _placed(source.path, view, resource)
            text = source.text
            if source.path.endswith(TEMPLATE):
                text = environment.get_template(source.path).render(values, resource=resource)
                path = path.removesuffix(TEMPLATE)
            if text.strip() or not source.text.strip():
                yield Planned(path, text, "yours" if yours else "generated")


def _shared(service: Service, options: frozenset[str]) -> Iterator[Planned]:
    """Give the files of options that are alike in every stack."""
    for option in sorted(options):
        folder = Path(templates_dir(), SHARED, option)
        if not folder.is_dir():
            continue
        view: SharedView = import_module(f"be_tui.core.scaffold.shared.{option}").view_of(service)
        environment = _environment(folder, f"{SHARED}-{option}")
        environment.filters.update(view.filters)
        for source in sources(folder):
            text = source.text
            if source.path.endswith(TEMPLATE):
                text = environment.get_template(source.path).render(_values(view))
            yield Planned(source.path.removesuffix(TEMPLATE), text)


def _values(view: SharedView) -> dict[str, object]:
    """Give what templates see: the fields of the view."""
    return {each.name: getattr(view, each.name) for each in fields(view)}  # type: ignore[arg-type]


def _placed(path: str, view: View, resource: ResourceView | None = None) -> str:
    path = path.replace(PACKAGE, view.package)
    if resource and CLASS in path:
        path = path.replace(CLASS, str(getattr(resource, "type_name")))  # noqa: B009 (not in each)
    return path.replace(RESOURCE, resource.package) if resource else path


@cache
def sources(folder: Path) -> tuple[Source, ...]:
    """Give the files of a tree, in the order of their paths."""
    found = sorted(each for each in folder.rglob("*") if each.is_file())
    return tuple(
        Source(each.relative_to(folder).as_posix(), each.read_text(encoding="utf-8"))
        for each in found
    )


@cache
def _environment(folder: Path, name: str) -> Environment:
    from be_tui.core.scaffold.templating import environment

    return environment({each.path: each.text for each in sources(folder)}, name)
