"""Reads the services of a compose file, with their lines."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 50
"""Levels within levels; compose files nest less than ten."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service."""

    name: str
    line: int
    build: str = ""
    """What is built for it: context, file and target; empty where its image is made elsewhere."""

    image: str = ""


def read_services(text: str) -> tuple[Service, ...]:
    """Give the services of one compose file, in its order.

    Raises:
        ValueError: It is not YAML.
    """
    try:
        _refuse_depth(text)
        root = yaml.compose(text, _LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise ValueError(f"it is not YAML{where}") from error
    return tuple(
        Service(
            key.value,
            key.start_mark.line + 1,
            _build(_entry(service, "build")),
            _text(_entry(service, "image")),
        )
        for key, service in _entries(_entry(root, "services"))
    )


def _refuse_depth(text: str) -> None:
    """Look at the events first: the C library's composer ends the process where it is too deep."""
    depth = 0
    for event in yaml.parse(text, _LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ValueError(f"it nests deeper than {DEEPEST} levels")


def _build(node: yaml.Node | None) -> str:
    parts = (_text(_entry(node, part)) for part in ("context", "dockerfile", "target"))
    return _text(node) or ":".join(filter(None, parts))


def _text(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _entry(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """Give the value of a key, one's own or merged in; merges that go round are followed once."""
    waiting, seen = [node], set()
    for each in waiting:
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, yaml.SequenceNode):
            waiting.extend(each.value)
        else:
            entries = _entries(each)
            for key, value in entries:
                if key.value == name:
                    return value
            waiting.extend(value for key, value in entries if key.value == "<<")
    return None


def _entries(node: yaml.Node | None) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        return []
    return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
