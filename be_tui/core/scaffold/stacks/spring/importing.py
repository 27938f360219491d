"""The imports of a Java file, from the names that its code says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_IDENTIFIER = re.compile(r"(?<![\w.@])@?([A-Za-z]\w*)|\.")
_NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
    re.DOTALL,
)


def imports(code: str, here: str, known: Mapping[str, str], statics: Mapping[str, str]) -> str:
    """Give the imports that a file's code needs.

    Args:
        code: The file without its package and imports.
        here: The package of the file, whose own names need no import.
        known: Classes by their simple names, each with all of its name.
        statics: Methods that stand alone in code, likewise.
    """
    bare = _NOT_CODE.sub(" ", code)
    names = {found[1] for found in _IDENTIFIER.finditer(bare) if found[1]}
    found = {known[name] for name in names if name in known}
    methods = {statics[name] for name in names if name in statics and f"{name}(" in bare}
    classes = sorted(each for each in found if each.rpartition(".")[0] != here)
    blocks = [
        "\n".join(f"import static {each};" for each in sorted(methods)),
        "\n".join(f"import {each};" for each in classes),
    ]
    return "".join(f"{block}\n\n" for block in blocks if block)


def java_file(code: str, here: str, known: Mapping[str, str], statics: Mapping[str, str]) -> str:
    """Give a whole file: its package, the imports that its code needs, the code."""
    return f"package {here};\n\n{imports(code, here, known, statics)}{code.strip()}\n"
