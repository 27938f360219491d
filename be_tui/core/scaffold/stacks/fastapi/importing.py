"""The imports of a generated module, told from the names that its code uses."""

from __future__ import annotations

import ast
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
    tree = ast.parse(code)
    for name in sorted(_used(tree) - _made(tree)):
        if name in _WHOLE:
            whole.add(_WHOLE[name])
        elif name in homes:
            module, _, there = homes[name].partition(":")
            wanted.setdefault(module, set()).add(name if there in {"", name} else f"{there}:{name}")
    sections: tuple[list[str], ...] = ([], [], [])
    for line in sorted(whole, key=lambda each: each.split()[1]):
        sections[_section(line.split()[1], own)].append(line)
    for module in sorted(wanted):
        plain = {name for name in wanted[module] if ":" not in name}
        lines = sections[_section(module, own)]
        if plain:
            lines.append(_line(module, plain))
        lines += [
            f"from {module} import {name.replace(':', ' as ')}"
            for name in sorted(wanted[module] - plain)
        ]
    head = "\n\n".join("\n".join(each) for each in sections if each)
    return f"{head}\n\n{_gap(code)}" if head else f"{code.strip()}\n"


def _used(tree: ast.Module) -> set[str]:
    return {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}


def _made(tree: ast.Module) -> set[str]:
    """Give the names that the code makes itself."""
    found = set()
    for each in ast.walk(tree):
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(each.name)
        elif isinstance(each, ast.arg):
            found.add(each.arg)
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found.add(each.id)
    return found


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


def _rank(name: str) -> tuple[int, str]:
    """Give a name's place: constants first, then classes, then the rest."""
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1 if name[:1].isupper() else 2), name


def _gap(code: str) -> str:
    """Leave two blank lines before a function or a class, one before anything else."""
    code = f"{code.strip()}\n"
    return f"\n{code}" if code.startswith(("def ", "class ", "async def ", "@")) else code


def sorted_imports(lines: str) -> str:
    """Give `from` imports of one section in isort's order, long ones over several lines."""
    found = []
    for line in sorted(each for each in lines.splitlines() if each.strip()):
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
