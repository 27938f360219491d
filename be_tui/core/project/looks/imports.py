"""Finds what files import, and the packages and namespaces that they say they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.looks.model import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.looks.model import Sight
    from be_tui.core.project.looks.source import Source

MOST_IMPORTS = 300
"""Imports of one file."""

_WEB = re.compile(
    rb"(?:\bfrom|\brequire\(|\bimport\(?)\s*[\"'](?P<module>[^\"'\n]+)[\"']", re.MULTILINE
)
_JVM = re.compile(
    rb"^(?:package[ \t]+(?P<own>[\w.]+)|import[ \t]+(?:static[ \t]+)?(?P<module>[\w.]+))",
    re.MULTILINE,
)
_PYTHON = re.compile(
    rb"^[ \t]*(?:from[ \t]+(?P<module>[.\w]+)[ \t]+import\b|import[ \t]+(?P<modules>[\w., \t]+))"
)
PATTERNS: dict[str, re.Pattern[bytes]] = {
    "JavaScript": _WEB,
    "TypeScript": _WEB,
    "Java": _JVM,
    "Kotlin": _JVM,
    "Scala": _JVM,
    "Groovy": _JVM,
    "Go": re.compile(
        rb"^(?:import[ \t]+|[ \t]+)(?:[\w.]+[ \t]+)?\"(?P<module>[\w.~/-]+)\"[ \t]*(?://.*)?$",
        re.MULTILINE,
    ),
    "C#": re.compile(
        rb"^(?:namespace[ \t]+(?P<own>[\w.]+)|(?:global )?using[ \t]+(?:static[ \t]+)?"
        rb"(?P<module>[\w.]+);)",
        re.MULTILINE,
    ),
    "PHP": re.compile(
        rb"^(?:namespace[ \t]+(?P<own>[\w\\]+)|use[ \t]+(?P<module>[\w\\]+))", re.MULTILINE
    ),
    "Rust": re.compile(rb"^[ \t]*(?:pub )?use[ \t]+(?P<module>[\w:]+)", re.MULTILINE),
    "Ruby": re.compile(rb"^[ \t]*require[ (]+[\"'](?P<module>[^\"'\n]+)", re.MULTILINE),
}
_TYPES_ONLY = re.compile(rb"^[ \t]*(?:import|export)[ \t]+type\b")
_CHECKING = re.compile(rb"^([ \t]*)if[ \t]+(?:typing\.)?TYPE_CHECKING[ \t]*:", re.MULTILINE)


def _find(source: Source) -> Iterator[Sight]:
    data = source.data
    pattern = PATTERNS[source.language]
    if source.language == "Go":
        # Below the first function a text on a line of its own is no import.
        end = data.find(b"\nfunc ")
        data = data[: end if end >= 0 else len(data)]
    for count, match in enumerate(pattern.finditer(data)):
        if count >= MOST_IMPORTS:
            break
        groups = match.groupdict()
        module, own = groups["module"], groups.get("own")
        start = data.rfind(b"\n", 0, match.start()) + 1
        if module and not _TYPES_ONLY.match(data, start):
            yield _imported(source, match.start(), module)
        elif own:
            name = own.decode("utf-8", "replace")
            yield source.sight("package", match.start(), name)


def _find_python(source: Source) -> Iterator[Sight]:
    data = source.data
    at, count, unused = 0, 0, _for_types(data)
    while (at := data.find(b"import", at)) >= 0 and count < MOST_IMPORTS:
        start = data.rfind(b"\n", 0, at) + 1
        end = data.find(b"\n", at)
        match = _PYTHON.match(data[start : end if end >= 0 else len(data)])
        at = end if end >= 0 else len(data)
        if match is None or any(first <= start < last for first, last in unused):
            continue
        count += 1
        if match["module"]:
            yield _imported(source, start, match["module"])
            continue
        for part in match["modules"].split(b","):
            if part.strip():
                yield _imported(source, start, part.split()[0])


def _for_types(data: bytes) -> list[tuple[int, int]]:
    """Give where imports stand that only the type checker follows."""
    found = []
    if b"TYPE_CHECKING" in data:
        for match in _CHECKING.finditer(data):
            body = re.compile(rb"(?:[ \t]*\n|" + match[1] + rb"[ \t][^\n]*\n?)*")
            end = data.find(b"\n", match.end()) + 1
            inside = body.match(data, end or len(data))
            found.append((match.start(), inside.end() if inside else match.end()))
    return found


def _imported(source: Source, at: int, module: bytes) -> Sight:
    name = module.decode("utf-8", "replace")
    return source.sight("import", at, name, f"imports {name}")


IMPORTS = (
    Look(frozenset({b"import"}), _find_python, languages=frozenset({"Python"}), browser=True),
    Look(
        frozenset({b"import", b"require", b"package", b"using", b"namespace", b"use", b"from"}),
        _find,
        languages=frozenset(PATTERNS),
        browser=True,
    ),
)
"""Kinds: `import`, its module; `package`, the file's own."""
