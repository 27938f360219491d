"""How many packages it leans on, how firmly they are fixed, and how old those versions are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.manifests.model import canonical_name
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import age_in_days, counted, share

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.manifests import Dependency
    from be_tui.core.project.manifests.locks import Locked

_EXACT = re.compile(r"={2,3}\s*[\w.!+-]+|=?\s*v?\d+(?:\.\d+)*(?:[-+.]\w[\w.+-]*)?")
_RANGED = re.compile(r"[\[(,*+]|latest|SNAPSHOT", re.IGNORECASE)
_PSEUDO = re.compile(r"[-.](\d{14})-[0-9a-f]{12}(?:\+incompatible)?$")
"""The version that Go gives to a commit: its time, and its hash."""

_BESIDE = "v0.0.0-00010101000000-000000000000"
"""The version that Go gives to a module that stands in a folder beside this one."""

_LOOSE_BY_CUSTOM = frozenset({"cargo", "hex"})
"""Where a bare `1.2` means that version or any compatible one."""

_EXACT_BY_CUSTOM = frozenset({"maven", "nuget", "go"})
"""Where a version means just that one, and one left out is fixed by a parent or platform."""


def take(gathering: Gathering) -> Found:
    """Hold the manifests against their lock files."""
    stack = gathering.stack
    wanted: dict[tuple[str, str], Dependency] = {}
    pinned: set[tuple[str, str]] = set()
    dated: dict[tuple[str, str], tuple[float, Dependency, str]] = {}
    own = {(each.ecosystem, canonical_name(each.ecosystem, each.name)) for each in stack.manifests}
    for manifest in stack.manifests:
        for dependency in manifest.dependencies:
            key = dependency.ecosystem, dependency.name
            if key in own or dependency.spec.endswith(_BESIDE):
                # A part of this project asks for another: it is no package that others make.
                continue
            wanted.setdefault(key, dependency)
            locked = stack.locks.of(manifest, dependency)
            if locked or is_exact(dependency):
                pinned.add(key)
            when = _published(dependency, locked)
            if when:
                dated[key] = when, dependency, locked.version if locked else dependency.spec
    if not wanted:
        raise NoAnswer("no manifest names a dependency")
    percent = share(len(pinned), len(wanted))
    measures = [Measure("deps.count", len(wanted)), Measure("deps.pinned", percent, "%")]
    line = f"{counted(len(wanted), 'direct dependency', 'direct dependencies')}"
    line += f", {percent:g} % fixed to one version"
    oldest = sorted(dated.values(), key=lambda each: each[0])
    if oldest:
        days = age_in_days(oldest[0][0])
        measures.append(Measure("deps.oldest_days", days, "days"))
        line += f", the oldest from {counted(days, 'day')} ago"
    facts = [
        Fact(f"{each.name} {version} is {age_in_days(when)} days old", each.path, each.line)
        for when, each, version in oldest[:3]
    ]
    loose = [each for key, each in wanted.items() if key not in pinned]
    facts += [
        Fact(f"{each.name} {each.spec or 'of any version'} is not fixed", each.path, each.line)
        for each in loose[:4]
    ]
    facts += [Fact("fixes versions", path) for path in stack.locks.paths[:3]]
    if not oldest:
        facts.append(Fact("no lock file states when its versions were published"))
    return Found(line, tuple(measures), tuple(facts), how="parsed")


def is_exact(dependency: Dependency) -> bool:
    """Tell whether what is asked for leaves only one version."""
    if dependency.ecosystem in _EXACT_BY_CUSTOM:
        return not _RANGED.search(dependency.spec.removesuffix("+incompatible"))
    if dependency.ecosystem in _LOOSE_BY_CUSTOM:
        return dependency.spec.startswith("=")
    exact = _EXACT.fullmatch(dependency.spec.strip())
    # PyPI's `==1.*` is a range, and a bare number is no requirement there but Poetry's caret.
    return bool(exact) and (dependency.ecosystem != "pypi" or dependency.spec.startswith("=="))


def _published(dependency: Dependency, locked: Locked | None) -> float:
    """Give when a version was published, in seconds since 1970; 0 where nothing says it."""
    pseudo = _PSEUDO.search(dependency.spec)
    try:
        if pseudo:
            moment = datetime.strptime(pseudo[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        elif locked and locked.since:
            moment = datetime.fromisoformat(locked.since)
        else:
            return 0.0
    except ValueError:
        return 0.0
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()


PROBE = Probe(
    "dependencies",
    "How many packages does it lean on, and how old are they?",
    ("deps.count", "deps.pinned", "deps.oldest_days"),
    take,
)
