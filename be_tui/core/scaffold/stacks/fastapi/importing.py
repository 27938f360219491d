"""The imports of a generated module, told from the names that its code uses."""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE = 100
_WHOLE = {
    "sa": "import sqlalchemy as sa",
    **{name: f"import {name}" for name in ("asyncio", "json", "jwt", "os", "pytest")},
}
"""Modules that are imported themselves."""


def with_imports(code: str, homes: Mapping[str, str], own: str) -> str:
    """Give code with the imports that it needs before it, sorted as isort has them.

    Args:
        code: A module without its imports.
        homes: Where each name comes from: a module, and what it is called there if otherwise.
        own: The service's package.
    """
    wanted: dict[str, set[str]] = {}
    whole: set[str] = set()
    for name in sorted(_wanted(ast.parse(code))):
        if name in _WHOLE:
            whole.add(_WHOLE[name])
        elif name in homes:
            module, _, there = homes[name].partition(":")
            wanted.setdefault(module, set()).add(name if there in {"", name} else f"{there}:{name}")
    sections: tuple[list[str], ...] = ([], [], [])
    for line in sorted(whole, key=lambda each: each.split()[1]):
        sections[_section(line.split()[1], own)].append(line)
    for module in sorted(wanted, key=_natural):
        plain = {name for name in wanted[module] if ":" not in name}
        lines = sections[_section(module, own)]
        if plain:
            lines.append(_line(module, plain))
        lines += [
            f"from {module} import {name.replace(':', ' as ')}"
            for name in sorted(wanted[module] - plain, key=_natural)
        ]
    head = "\n\n".join("\n".join(each) for each in sections if each)
    return f"{head}\n\n{_gap(code)}" if head else f"{code.strip()}\n"


def _wanted(tree: ast.Module) -> set[str]:
    """Give the names that code uses and does not make itself."""
    used: set[str] = set()
    made: set[str] = set()
    for each in ast.walk(tree):
        if isinstance(each, ast.Name):
            (used if isinstance(each.ctx, ast.Load) else made).add(each.id)
        elif isinstance(each, ast.arg):
            made.add(each.arg)
        elif isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            made.add(each.name)
    return used - made


def _section(module: str, own: str) -> int:
    top = module.split(".", maxsplit=1)[0]
    if top in {own, "tests"}:
        return 2
    return 0 if top in sys.stdlib_module_names else 1


def _line(module: str, names: set[str]) -> str:
    ordered = sorted(names, key=_rank)
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= _LINE:
        return line
    inner = "".join(f"    {name},\n" for name in ordered)
    return f"from {module} import (\n{inner})"


def _rank(name: str) -> tuple[int, list[str | int]]:
    """Give a name's place: constants first, then classes, then the rest."""
    if name.isupper() and len(name) > 1:
        return 0, _natural(name)
    return (1 if name[:1].isupper() else 2), _natural(name)


def _natural(name: str) -> list[str | int]:
    """Give what isort sorts a name by: numbers in it count as such."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", name)]


def _gap(code: str) -> str:
    """Leave two blank lines before a function or a class, one before anything else."""
    code = f"{code.strip()}\n"
    return f"\n{code}" if code.startswith(("def ", "class ", "async def ", "@")) else code


def sorted_imports(lines: str) -> str:
    """Give `from` imports of one section in isort's order, long ones over several lines."""
    found = []
    for line in sorted((each for each in lines.splitlines() if each.strip()), key=_natural):
        start, _, names = line.removeprefix("from ").partition(" import ")
        found.append(line if " as " in names else _line(start, set(names.split(", "))))
    return "\n".join(found)


def exploded(parts: tuple[str, ...]) -> str:
    """Give what stands between brackets, a line each; a call that is too long is split as well."""
    if len(parts) == 1:
        return parts[0]
    return "\n" + "".join(f"    {_split(part)},\n" for part in parts)


def _split(part: str) -> str:
    call = ast.parse(part, mode="eval").body
    if len(part) + len("    ,") <= _LINE or not isinstance(call, ast.Call):
        return part
    given = [*call.args, *call.keywords]
    inner = "".join(f"        {ast.get_source_segment(part, each)},\n" for each in given)
    return f"{ast.get_source_segment(part, call.func)}(\n{inner}    )"
