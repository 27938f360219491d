"""Go, Rust, Ruby, PHP, .NET and Elixir: one short reader each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.manifests.javascript import read_json
from be_tui.core.project.manifests.model import ManifestTrouble
from be_tui.core.project.manifests.python import as_table, table, text, toml
from be_tui.core.project.xmlform import XmlTrouble, tree

if TYPE_CHECKING:
    from be_tui.core.project.manifests.model import Draft

_GO_REQUIRE = re.compile(r"\s*(?:require\s+)?([\w.-]+\.[\w.-]+/\S+|[\w.-]+\.[a-z]+)\s+(v\S+)(.*)")
_GEM = re.compile(r"""(\s*)gem[ (]+["']([\w.-]+)["'](?:,\s*["']([^"']+)["'])?(.*)""")
_GEM_GROUP = re.compile(r"(\s*)group\b(.*)\bdo\b")
_MIX = re.compile(r"""\{:(\w+),\s*"([^"]+)"(.*)""")
_MIX_APP = re.compile(r"\bapp:\s*:(\w+)")


def go_mod(draft: Draft) -> None:
    """Read a go.mod; what is only needed indirectly is left out."""
    for number, line in enumerate(draft.text.splitlines(), 1):
        if line.startswith("module "):
            # A major version is no part of a name: example.com/shop/v2.
            path = re.sub(r"/v\d+$", "", line.removeprefix("module ").strip())
            draft.name = path.rpartition("/")[2]
        elif not line.startswith(("replace", "exclude", "retract", "//")):
            match = _GO_REQUIRE.fullmatch(line)
            if match and "// indirect" not in match[3] and "=>" not in line:
                draft.add(match[1], match[2], number)


def cargo(draft: Draft) -> None:
    """Read a Cargo.toml, a workspace's too."""
    data = toml(draft.text)
    draft.name = text(table(data, "package").get("name"))
    places = [data, table(data, "workspace"), *table(data, "target").values()]
    for place in places:
        for section in ("dependencies", "dev-dependencies", "build-dependencies"):
            for name, wanted in table(place, section).items():
                known = as_table(wanted)
                spec = known.get("version", wanted)
                for_tests = section == "dev-dependencies"
                draft.add(text(known.get("package")) or name, spec, for_tests=for_tests)


def gemfile(draft: Draft) -> None:
    """Read the plain declarations of a Gemfile; it is never run."""
    group_indent, group_tests = "", False
    for number, line in enumerate(draft.text.splitlines(), 1):
        group = _GEM_GROUP.match(line)
        if group:
            group_indent, group_tests = group[1], _tests_only(group[2])
        elif line == f"{group_indent}end":
            group_tests = False
        match = _GEM.match(line)
        if match:
            for_tests = group_tests or ("group" in match[4] and _tests_only(match[4]))
            draft.add(match[2], match[3] or "", number, for_tests=for_tests)


def composer(draft: Draft) -> None:
    """Read a composer.json; PHP itself and its extensions are left out."""
    data = read_json(draft.text)
    draft.name = text(data.get("name")).rpartition("/")[2]
    for section in ("require", "require-dev"):
        for name, spec in table(data, section).items():
            if "/" in name:
                draft.add(name, spec, for_tests=section == "require-dev")


def dotnet(draft: Draft) -> None:
    """Read a project file of .NET, or the versions that a solution keeps in one place."""
    try:
        root = tree(draft.text.encode())
    except XmlTrouble as error:
        raise ManifestTrouble(str(error)) from error
    draft.name = draft.path.rpartition("/")[2].rpartition(".")[0]
    sdk = root.attributes.get("Sdk", "")
    if sdk:
        draft.add(sdk, "", root.line)
    for element in (*root.all("PackageReference"), *root.all("PackageVersion")):
        spec = element.attributes.get("Version") or element.value("Version")
        draft.add(element.attributes.get("Include", ""), spec, element.line)


def mix(draft: Draft) -> None:
    """Read the plain declarations of a mix.exs; it is never run."""
    app = _MIX_APP.search(draft.text)
    draft.name = app[1] if app else ""
    for number, line in enumerate(draft.text.splitlines(), 1):
        match = _MIX.search(line)
        if match:
            draft.add(match[1], match[2], number, for_tests=":test" in match[3])


def _tests_only(groups: str) -> bool:
    return "test" in groups or "development" in groups
