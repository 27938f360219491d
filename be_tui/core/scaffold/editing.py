"""A spec made field by field: one line of words becomes one line of YAML, where it belongs.

    product.price decimal min=0 digits=12 scale=2 sort filter
    order.customer reference to=user fixed
    order.status enum values=draft|placed|paid default=draft

What stands in the spec already stays as it is written, comments and all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.scaffold.model import FIELD_KINDS
from be_tui.core.scaffold.naming import is_name
from be_tui.core.scaffold.reading import parse_spec
from be_tui.core.yamlform import Faults, Listing, Mapping, compose, nearest

if TYPE_CHECKING:
    from be_tui.core.yamlform import Node

EXAMPLE = "product.price decimal min=0 sort"

_FLAGS = ("nullable", "unique", "filter", "sort", "private", "read_only", "fixed")
_SETTINGS = (
    *("min", "max", "pattern", "digits", "scale", "values", "to", "on_delete", "default"),
    *("writers", "description", "example"),
)
_LISTS = frozenset({"values", "writers"})
_BEGIN = "service: my-service\nresources:\n"


@dataclass(frozen=True, slots=True)
class Said:
    """A field as it was said in words."""

    resource: str
    name: str
    settings: tuple[tuple[str, str], ...]
    """Each key of the spec with its value, as YAML."""

    @property
    def line(self) -> str:
        """Give the field as a line of YAML."""
        return f"{self.name}: {{{', '.join(f'{key}: {value}' for key, value in self.settings)}}}"


def read_words(words: str) -> Said:
    """Read what a person says of a field.

    Raises:
        InputError: It is none, told with what was expected.
    """
    place, *rest = words.split() or [""]
    resource, dot, name = place.partition(".")
    if not dot or not is_name(resource) or not is_name(name):
        raise InputError(f"`{place}` is no `resource.field`", hint=f"as in: {EXAMPLE}")
    kind, *more = rest or ["text"]
    if kind not in FIELD_KINDS:
        meant = nearest(kind, FIELD_KINDS)
        hint = f"did you mean {meant}?" if meant else f"one of {', '.join(FIELD_KINDS)}"
        raise InputError(f"there is no type `{kind}`", hint=hint)
    return Said(resource, name, (("type", kind), *map(_setting, _joined(more))))


def _joined(words: list[str]) -> list[str]:
    """Let a description go on to the next setting: it has spaces."""
    found: list[str] = []
    for word in words:
        if found and found[-1].startswith("description=") and not _is_setting(word):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _is_setting(word: str) -> bool:
    return word in _FLAGS or word.partition("=")[0] in _SETTINGS


def _setting(word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not equals and key in _FLAGS:
        return key, "true"
    if not value or key not in _SETTINGS:
        meant = nearest(key, (*_FLAGS, *_SETTINGS))
        hint = f"did you mean {meant}?" if meant else f"one of {', '.join((*_FLAGS, *_SETTINGS))}"
        raise InputError(f"nothing is known of `{word}`", hint=hint)
    if key in _LISTS:
        return key, f"[{', '.join(_quoted(each) for each in value.split('|'))}]"
    return key, _quoted(value)


def _quoted(value: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*|-?\d+(?:\.\d+)?", value):
        return value
    return "'" + value.replace("'", "''") + "'"


def with_field(text: str, words: str) -> str:
    """Give a spec with one more field; its resource is made where there is none.

    Args:
        text: The spec; empty to begin one.
        words: The field, as `read_words` reads it.

    Raises:
        InputError: The words say no field, the field is there already, or the spec is written so
            that a line cannot be put into it.
    """
    said = read_words(words)
    text = text if text.strip() else _BEGIN
    text = text if text.endswith("\n") else f"{text}\n"
    root = compose(text, Faults("spec.yaml"))
    resources = root.find("resources") if isinstance(root, Mapping) else None
    lines = text.split("\n")
    if isinstance(resources, Mapping):
        lines = _into(lines, resources, said)
    elif text.rstrip().endswith("resources:"):
        lines = _appended(text, said, 2)
    else:
        raise InputError("the spec has no `resources:` to put it under")
    made = "\n".join(lines)
    _refuse_broken(made, said)
    return made


def _into(lines: list[str], resources: Mapping, said: Said) -> list[str]:
    indent = _indent(resources)
    resource = resources.find(said.resource)
    if resource is None:
        return _appended("\n".join(lines), said, indent)
    fields = resource.find("fields") if isinstance(resource, Mapping) else None
    if not isinstance(fields, Mapping) or not fields.pairs:
        raise InputError(f"`{said.resource}` has no `fields:` to put it under")
    if fields.find(said.name) is not None:
        raise InputError(f"`{said.resource}.{said.name}` is there already")
    first, last = fields.pairs[0][0], fields.pairs[-1]
    begin = lines[first.span.line - 1][: first.span.column - 1]
    if begin.strip():
        raise InputError(f"the fields of `{said.resource}` stand on one line; write it there")
    at = _last_line(last[1], lines)
    return [*lines[:at], f"{begin}{said.line}", *lines[at:]]


def _indent(resources: Mapping) -> int:
    return resources.pairs[0][0].span.column - 1 if resources.pairs else 2


def _last_line(node: Node, lines: list[str]) -> int:
    """Give the line that a value ends on: YAML's own end of a block is where the next begins."""
    span = node.span
    last = lines[span.end_line - 1][: span.end_column - 1] if span.end_line <= len(lines) else ""
    if isinstance(node, Mapping) and node.pairs and not last.endswith("}"):
        return _last_line(node.pairs[-1][1], lines)
    if isinstance(node, Listing) and node.items and not last.endswith("]"):
        return _last_line(node.items[-1], lines)
    ends_before = span.end_column == 1 and span.end_line > span.line
    return span.end_line - 1 if ends_before else span.end_line


def _appended(text: str, said: Said, indent: int) -> list[str]:
    step = " " * indent
    made = [f"{step}{said.resource}:", f"{step * 2}fields:", f"{step * 3}{said.line}"]
    return [*text.rstrip().split("\n"), *made, ""]


def _refuse_broken(text: str, said: Said) -> None:
    """See that the field is read back from where it was put.

    Raises:
        InputError: It is not.
    """
    service = parse_spec(text).service
    resource = service.resource(said.resource)
    if resource is None or resource.field(said.name) is None:
        raise InputError("the spec is written so that no line can be put into it")
