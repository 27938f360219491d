"""The JSON form of the shared nouns, a value's fields by name, in their order; and reading it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import PurePath

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def to_json(value: object) -> Json:
    """Give the JSON form of a frozen value.

    Raises:
        TypeError: The value holds something that has no JSON form.
    """
    if isinstance(value, Enum):
        return to_json(value.value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, PurePath):
        return value.as_posix()
    if hasattr(value, "isoformat"):
        # A day, without importing the module of days for values that have none.
        return str(value.isoformat())
    if isinstance(value, (tuple, list)):
        return [to_json(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def mapping_in(value: object) -> dict[str, object]:
    """Give an object that was read.

    Raises:
        TypeError: It is none.
    """
    if not isinstance(value, dict):
        raise TypeError("an object was expected")
    return value


def list_in(value: object) -> list[object]:
    """Give a list that was read.

    Raises:
        TypeError: It is none.
    """
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value


def text_in(value: object) -> str:
    """Give a text that was read.

    Raises:
        TypeError: It is none.
    """
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value
