"""What JSON, YAML, XML and text are read into first: names with their values, each with its line.

Names may come twice, as MariaDB writes tables that are joined, so these are no dictionaries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Union

Value = Union[str, float, bool, None, "Group", list["Value"]]


@dataclass(slots=True)
class Group:
    """Names with their values, in their order."""

    line: int = 0
    pairs: list[tuple[str, Value]] = field(default_factory=list)

    def find(self, name: str) -> Value:
        """Give the first value of a name; None without one."""
        return next((value for own, value in self.pairs if own == name), None)

    def has(self, name: str) -> bool:
        """Tell whether the name is there."""
        return any(own == name for own, _ in self.pairs)

    def text(self, name: str) -> str:
        """Give a value as text; lists are joined by commas."""
        return said(self.find(name))

    def number(self, name: str) -> float | None:
        """Give a value as a number; None where it is none."""
        return number(self.find(name))

    def count(self, name: str) -> int:
        """Give a value as a whole number; 0 where it is none."""
        return int(self.number(name) or 0)

    def flag(self, name: str) -> bool:
        """Give a value as a truth."""
        value = self.find(name)
        return value is True or (isinstance(value, str) and value.lower() == "true")

    def group(self, name: str) -> Group | None:
        """Give the group under a name."""
        value = self.find(name)
        return value if isinstance(value, Group) else None

    def groups(self, name: str) -> list[Group]:
        """Give every group under a name, those in lists too."""
        found: list[Group] = []
        for own, value in self.pairs:
            if own == name:
                found += groups_of(value)
        return found


def groups_of(value: Value) -> list[Group]:
    """Give a group, or those in a list."""
    if isinstance(value, Group):
        return [value]
    return [each for each in value if isinstance(each, Group)] if isinstance(value, list) else []


def said(value: Value) -> str:
    """Give a value as people would write it."""
    if value is None or isinstance(value, Group):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, list):
        return ", ".join(filter(None, map(said, value)))
    return value


def number(value: Value) -> float | None:
    """Give a value as a finite number, be it written as text; None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        try:
            found = float(value)
        except ValueError:
            return None
        return found if abs(found) < float("inf") else None
    return None
