"""Python: pyproject.toml, requirements files, setup.cfg, setup.py, Pipfile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from be_tui.core.project.manifests.model import ManifestTrouble

if TYPE_CHECKING:
    from be_tui.core.project.manifests.model import Draft

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;#@)]*)")
_FOR_TESTS = re.compile(r"dev|test|lint|doc|ci\b|type|check", re.IGNORECASE)


def pyproject(draft: Draft) -> None:
    """Read pyproject.toml as the standard, Poetry, uv and PDM write it."""
    data = toml(draft.text)
    project = table(data, "project")
    tools = table(data, "tool")
    poetry = table(tools, "poetry")
    draft.name = text(project.get("name")) or text(poetry.get("name"))
    _requirements(draft, project.get("dependencies"))
    for groups in (
        table(project, "optional-dependencies"),
        table(data, "dependency-groups"),
        table(table(tools, "pdm"), "dev-dependencies"),
    ):
        for group, requirements in groups.items():
            _requirements(draft, requirements, for_tests=bool(_FOR_TESTS.search(group)))
    _requirements(draft, table(tools, "uv").get("dev-dependencies"), for_tests=True)
    _mapped(draft, table(poetry, "dependencies"))
    _mapped(draft, table(poetry, "dev-dependencies"), for_tests=True)
    for group, content in table(poetry, "group").items():
        inside = table(content, "dependencies")
        _mapped(draft, inside, for_tests=bool(_FOR_TESTS.search(group)))


def pipfile(draft: Draft) -> None:
    """Read a Pipfile."""
    data = toml(draft.text)
    _mapped(draft, table(data, "packages"))
    _mapped(draft, table(data, "dev-packages"), for_tests=True)


def requirements(draft: Draft) -> None:
    """Read a requirements file; options, links and other files that it names are passed over."""
    for_tests = bool(_FOR_TESTS.search(draft.path.rpartition("/")[2]))
    for number, line in enumerate(draft.text.splitlines(), 1):
        if line.lstrip().startswith(("-", "#")) or "://" in line.partition("@")[0]:
            continue
        match = _REQUIREMENT.match(line)
        if match:
            spec = match[2].partition(" --hash")[0].strip(" \\")
            draft.add(match[1], spec, number, for_tests=for_tests)


def setup_cfg(draft: Draft) -> None:
    """Read setup.cfg."""
    from configparser import ConfigParser, Error

    parser = ConfigParser(interpolation=None)
    try:
        parser.read_string(draft.text)
    except Error as error:
        raise ManifestTrouble(str(error).splitlines()[0]) from error
    draft.name = parser.get("metadata", "name", fallback="")
    _requirements(draft, parser.get("options", "install_requires", fallback="").splitlines())
    if parser.has_section("options.extras_require"):
        for extra, lines in parser.items("options.extras_require"):
            _requirements(draft, lines.splitlines(), for_tests=bool(_FOR_TESTS.search(extra)))


def setup_py(draft: Draft) -> None:
    """Read the literal parts of a setup.py; it is never run."""
    import ast

    try:
        module = ast.parse(draft.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ManifestTrouble("it is not Python") from error
    for node in ast.walk(module):
        if not (isinstance(node, ast.keyword) and node.arg):
            continue
        if node.arg == "name" and isinstance(node.value, ast.Constant):
            draft.name = draft.name or text(node.value.value)
        if node.arg in {"install_requires", "tests_require"} and isinstance(
            node.value, (ast.List, ast.Tuple)
        ):
            for each in node.value.elts:
                if isinstance(each, ast.Constant):
                    for_tests = node.arg == "tests_require"
                    _requirements(draft, [each.value], each.lineno, for_tests=for_tests)


def toml(content: str) -> dict[str, Any]:
    """Give the content of a TOML file.

    Raises:
        ManifestTrouble: It is not TOML.
    """
    import tomllib

    try:
        return tomllib.loads(content)
    except (ValueError, RecursionError) as error:
        raise ManifestTrouble(f"it is not TOML ({error})") from error


def as_table(value: object) -> dict[str, Any]:
    """Give a table; an empty one for something else."""
    return value if isinstance(value, dict) else {}


def table(data: object, key: str) -> dict[str, Any]:
    """Give a table by its key; an empty one where there is something else."""
    return as_table(as_table(data).get(key))


def text(value: object) -> str:
    """Give a text; an empty one for something else."""
    return value if isinstance(value, str) else ""


def _requirements(draft: Draft, lines: object, line: int = 0, *, for_tests: bool = False) -> None:
    for each in lines if isinstance(lines, list) else ():
        match = _REQUIREMENT.match(text(each))
        if match:
            draft.add(match[1], match[2], line, for_tests=for_tests)


def _mapped(draft: Draft, packages: dict[str, Any], *, for_tests: bool = False) -> None:
    for name, wanted in packages.items():
        if name != "python":
            spec = as_table(wanted).get("version", wanted)
            draft.add(name, spec, for_tests=for_tests)
