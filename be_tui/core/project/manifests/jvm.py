"""Java and Kotlin: pom.xml, Gradle scripts and version catalogues."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.manifests.model import ManifestTrouble, line_of
from be_tui.core.project.manifests.python import as_table, table, text, toml
from be_tui.core.project.xmlform import XmlTrouble, tree

if TYPE_CHECKING:
    from be_tui.core.project.manifests.model import Draft

_GRADLE = re.compile(
    r"""^[ \t]*(\w+)[ (]+(?:platform|enforcedPlatform|kotlin)?[ (]*"""
    r"""["']([\w.-]+:[\w.-]+)(?::([^"'@]*))?[^"']*["']""",
    re.MULTILINE,
)
_GRADLE_MAP = re.compile(
    r"""^[ \t]*(\w+)[ (]+group\s*[:=]\s*["']([\w.-]+)["'],\s*name\s*[:=]\s*["']([\w.-]+)["']"""
    r"""(?:,\s*version\s*[:=]\s*["']([^"']*)["'])?""",
    re.MULTILINE,
)
_GRADLE_PLUGIN = re.compile(
    r"""^[ \t]*id[ (]+["']([\w.-]+)["']\)?(?:[ \t]+version[ (]+["']([^"']+)["'])?""", re.MULTILINE
)
_ROOT_NAME = re.compile(r"""rootProject\.name\s*=\s*["']([^"']+)["']""")
_PROPERTY = re.compile(r"\$\{([^}]+)\}")


def pom(draft: Draft) -> None:
    """Read a pom.xml: its parent, dependencies and plugins."""
    try:
        root = tree(draft.text.encode())
    except XmlTrouble as error:
        raise ManifestTrouble(str(error)) from error
    draft.name = root.value("artifactId")
    stated = root.child("properties")
    properties = {each.tag: each.text.strip() for each in (stated.children if stated else ())}

    def resolved(spec: str) -> str:
        return _PROPERTY.sub(lambda match: properties.get(match[1], ""), spec)

    parent = root.child("parent")
    found = [parent] if parent else []
    for element in [*found, *root.all("dependency"), *root.all("plugin")]:
        artifact = element.value("artifactId")
        group = element.value("groupId") or "org.apache.maven.plugins"
        if artifact:
            spec = resolved(element.value("version"))
            for_tests = element.value("scope") == "test"
            draft.add(f"{group}:{artifact}", spec, element.line, for_tests=for_tests)


def gradle(draft: Draft) -> None:
    """Read the plain declarations of a Gradle script; it is never run."""
    for match in _GRADLE.finditer(draft.text):
        _gradle_add(draft, match, match[2], match[3] or "")
    for match in _GRADLE_MAP.finditer(draft.text):
        _gradle_add(draft, match, f"{match[2]}:{match[3]}", match[4] or "")
    for match in _GRADLE_PLUGIN.finditer(draft.text):
        draft.add(match[1], match[2] or "", _line(draft.text, match.start(1)))


def gradle_settings(draft: Draft) -> None:
    """Read the name that a Gradle build goes by."""
    match = _ROOT_NAME.search(draft.text)
    draft.name = match[1] if match else ""


def version_catalogue(draft: Draft) -> None:
    """Read the libraries and plugins of a `libs.versions.toml`."""
    data = toml(draft.text)
    versions = table(data, "versions")
    for alias, entry in table(data, "libraries").items():
        name, spec = _catalogued(entry, versions)
        draft.add(name, spec, line_of(draft.text, alias), for_tests="test" in alias)
    for alias, entry in table(data, "plugins").items():
        known = as_table(entry)
        name, _, spec = text(entry).partition(":")
        spec = spec or _version(known, versions)
        draft.add(text(known.get("id")) or name, spec, line_of(draft.text, alias))


def _catalogued(entry: object, versions: dict[str, object]) -> tuple[str, str]:
    if isinstance(entry, str):
        group, artifact, spec = (*entry.split(":"), "", "")[:3]
        return f"{group}:{artifact}", spec
    known = as_table(entry)
    name = text(known.get("module")) or f"{text(known.get('group'))}:{text(known.get('name'))}"
    return name, _version(known, versions)


def _version(entry: dict[str, object], versions: dict[str, object]) -> str:
    wanted = entry.get("version")
    if isinstance(wanted, dict):
        return text(versions.get(text(wanted.get("ref"))))
    return text(wanted)


def _gradle_add(draft: Draft, match: re.Match[str], name: str, spec: str) -> None:
    if match[1] in {"project", "exclude", "because"}:
        return
    for_tests = "test" in match[1].lower()
    draft.add(name, spec, _line(draft.text, match.start(1)), for_tests=for_tests)


def _line(content: str, at: int) -> int:
    return content.count("\n", 0, at) + 1
