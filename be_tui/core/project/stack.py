"""What a project is made of: its manifests, images and files held against the markers.

Reads manifests, configuration, compose and CI files; never source code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact
from be_tui.core.project.manifests import own_paths, read_manifests, version_in
from be_tui.core.project.manifests.locks import Locks, is_compiled
from be_tui.core.project.markers import folder_pattern, load_markers, name_pattern
from be_tui.core.project.model import Trait

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.project.checkout import Checkout
    from be_tui.core.project.manifests import Dependency, Manifest
    from be_tui.core.project.markers import Marker, Markers
    from be_tui.core.project.model import TraitKind

MOST_FACTS = 5
"""Facts kept of one trait; a sixth convinces nobody."""

MOST_FILES = 200
"""Configuration, compose and CI files read."""

_IMAGE_FILES = (
    "docker-compose*.yml",
    "docker-compose*.yaml",
    "compose*.yml",
    "compose*.yaml",
    ".gitlab-ci.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
)
_IMAGE_FOLDERS = (".github/workflows", ".circleci", ".buildkite", "**/k8s/**", "**/kubernetes/**")
_IMAGE = re.compile(
    r"""^[ \t]*(?:-[ \t]+)?(?:(?:image|name):[ \t]*)?["']?"""
    r"""((?:[\w.-]+(?::\d+)?/)*[\w.-]+):(\$\{[^}\n]*\}[\w.-]*|[\w.-]+)"""
    r"""(?:@sha256:\w+)?["']?[ \t]*(?:\#.*)?$""",
    re.MULTILINE,
)
_REGISTRY = re.compile(r"^(?:docker\.io/|public\.ecr\.aws/docker/)?(?:library/)?")
_VERSION = re.compile(r"\d+(?:\.\d+)*")
_COMMENT = ("#", "//", ";", "--")

# What the pieces of evidence weigh against each other: what the service runs with, what only
# its tests or its CI run with, what a file name or a line of configuration hints at.
_RUNS_WITH, _TESTS_WITH, _HINTED = 3, 1, 2

_OF_THE_PACKAGE: frozenset[TraitKind] = frozenset({"framework", "orm", "migrations", "tests"})
"""Kinds whose version is that of their package; a driver's is not its database's."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that gives a trait away."""

    way: str
    """How it shows: by a package, an image, a file or a text."""

    fact: Fact
    weight: int
    version: str = ""


class Stack:
    """The manifests of a project, and the traits that they and other files give away."""

    def __init__(self, checkout: Checkout, manifests: tuple[Manifest, ...]) -> None:
        """Match nothing yet."""
        self._checkout = checkout
        self._compiled = tuple(each for each in manifests if is_compiled(each, manifests))
        self.manifests = tuple(each for each in manifests if each not in self._compiled)

    @cached_property
    def locks(self) -> Locks:
        """The lock files."""
        return Locks(self._checkout, self._compiled)

    @cached_property
    def traits(self) -> tuple[Trait, ...]:
        """Every trait, those of a kind with the most evidence first; languages are not here."""
        markers = load_markers()
        clues: defaultdict[int, list[Clue]] = defaultdict(list)
        for order, clue in (
            *_from_packages(markers, self.manifests, self.locks),
            *_from_images(markers, self._checkout),
            *_from_files(markers, self._checkout),
            *_from_texts(markers, self._checkout),
        ):
            clues[order].append(clue)
        ranked = sorted(clues.items(), key=lambda each: (-_weight(each[1]), each[0]))
        return tuple(_trait(markers.all[order], found) for order, found in ranked)

    def of(self, kind: TraitKind) -> tuple[Trait, ...]:
        """Give the traits of one kind, the most telling first."""
        return tuple(trait for trait in self.traits if trait.kind == kind)

    @property
    def name(self) -> str:
        """What the manifests at the top call the project; empty where none does."""
        top = (manifest.name for manifest in self.manifests if not manifest.folder)
        return next(filter(None, top), "")

    @property
    def ecosystem(self) -> str:
        """The registry that the first framework comes from; empty without one."""
        framework = next(iter(self.of("framework")), None)
        paths = {fact.path for fact in framework.facts} if framework else set()
        return next((each.ecosystem for each in self.manifests if each.path in paths), "")

    @property
    def trouble(self) -> tuple[str, ...]:
        """The manifests that could not be read, with the reason."""
        return tuple(f"{each.path}: {each.trouble}" for each in self.manifests if each.trouble)


def read_stack(checkout: Checkout) -> Stack:
    """Read the manifests of a project.

    Raises:
        OSError: The folder cannot be read.
        Cancelled: The cancel was set.
    """
    return Stack(checkout, read_manifests(checkout))


def _from_packages(
    markers: Markers, manifests: tuple[Manifest, ...], locks: Locks
) -> Iterator[tuple[int, Clue]]:
    whole: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    starts: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for order, marker in enumerate(markers.all):
        for ecosystem, name in marker.packages:
            if name.endswith("*"):
                starts[ecosystem].append((name[:-1].lower(), order))
            else:
                whole[ecosystem, name.lower()].append(order)
    for manifest in manifests:
        for dependency in manifest.dependencies:
            name = _bare(dependency)
            orders = set(whole.get((dependency.ecosystem, name), ()))
            orders.update(o for start, o in starts[dependency.ecosystem] if name.startswith(start))
            for order in orders:
                yield order, _package_clue(markers.all[order], manifest, dependency, locks)


def _bare(dependency: Dependency) -> str:
    name = dependency.name.lower()
    return re.sub(r"/v\d+$", "", name) if dependency.ecosystem == "go" else name


def _package_clue(marker: Marker, manifest: Manifest, dependency: Dependency, locks: Locks) -> Clue:
    version = ""
    if marker.kind in _OF_THE_PACKAGE and _is_itself(marker, dependency):
        locked = locks.of(manifest, dependency)
        version = locked.version if locked else version_in(dependency.spec)
    wanted = f"{dependency.name} {dependency.spec}".strip()
    weight = _TESTS_WITH if dependency.for_tests else _RUNS_WITH
    return Clue(
        "package", Fact(f"asks for {wanted}", dependency.path, dependency.line), weight, version
    )


def _is_itself(marker: Marker, dependency: Dependency) -> bool:
    """Tell whether a package is the thing itself, not one that brings it along."""
    first = next(name for each, name in marker.packages if each == dependency.ecosystem).lower()
    bare = _bare(dependency)
    return bare.startswith(first[:-1]) if first.endswith("*") else bare == first


def _from_images(markers: Markers, checkout: Checkout) -> Iterator[tuple[int, Clue]]:
    orders = {image: order for order, marker in enumerate(markers.all) for image in marker.images}
    for path, text in _texts(checkout, _image_paths(checkout)):
        for match in _IMAGE.finditer(text):
            order = orders.get(_REGISTRY.sub("", match[1]))
            if order is not None:
                version = _VERSION.search(match[2])
                line = text.count("\n", 0, match.start(1)) + 1
                weight = _TESTS_WITH if path.startswith(".") else _RUNS_WITH
                fact = Fact(f"runs the image {match[1]}:{match[2]}", path, line)
                yield order, Clue("image", fact, weight, version[0] if version else "")


def _image_paths(checkout: Checkout) -> Iterator[str]:
    names = name_pattern(_IMAGE_FILES)
    for name, paths in checkout.by_name.items():
        if names.fullmatch(name):
            yield from paths
    patterns = [folder_pattern(glob) for glob in _IMAGE_FOLDERS]
    for folder, inside in checkout.by_folder.items():
        if any(pattern.fullmatch(f"{folder}/") for pattern in patterns):
            yield from (f"{folder}/{name}" for name in inside if name.endswith((".yml", ".yaml")))


def _from_files(markers: Markers, checkout: Checkout) -> Iterator[tuple[int, Clue]]:
    globs = {glob.rpartition("/")[2] for marker in markers.all for glob in marker.files}
    # One pattern for all names first: few files of a project have a name that tells anything.
    telling = name_pattern(sorted(globs))
    paths = [
        path
        for name, all_paths in checkout.by_name.items()
        if telling.fullmatch(name)
        for path in own_paths(all_paths)
    ]
    for order, marker in enumerate(markers.all):
        for glob in marker.files:
            for path in _matching(glob, paths)[:MOST_FACTS]:
                # How a workplace is set up (.devcontainer) is not how a service is deployed.
                hidden = marker.kind == "deploy" and path.startswith(".")
                if not hidden and checkout.exists(path):
                    fact = Fact(f"{path.rpartition('/')[2]} is there", path)
                    yield order, Clue("file", fact, _HINTED)


def _matching(glob: str, paths: list[str]) -> list[str]:
    folder, slash, name = glob.rpartition("/")
    names = name_pattern([name])
    found = [path for path in paths if names.fullmatch(path.rpartition("/")[2])]
    if slash:
        folders = folder_pattern(folder)
        found = [path for path in found if folders.fullmatch(path[: path.rfind("/") + 1])]
    return found


def _from_texts(markers: Markers, checkout: Checkout) -> Iterator[tuple[int, Clue]]:
    parts = (
        f"(?P<at{order}>{'|'.join(marker.texts)})"
        for order, marker in enumerate(markers.all)
        if marker.texts
    )
    pattern = re.compile("|".join(parts))
    names = name_pattern(markers.configuration)
    paths = (
        path
        for name, all_paths in checkout.by_name.items()
        if names.fullmatch(name)
        for path in all_paths
    )
    for path, text in _texts(checkout, paths):
        for number, line in enumerate(text.splitlines(), 1):
            match = None if line.lstrip().startswith(_COMMENT) else pattern.search(line)
            if match and match.lastgroup:
                # Only what matched is told: the rest of the line may hold a password.
                fact = Fact(f"says {match[0]}", path, number)
                yield int(match.lastgroup.removeprefix("at")), Clue("text", fact, _HINTED)


def _texts(checkout: Checkout, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in own_paths(paths)[:MOST_FILES]:
        checkout.cancel.check()
        text = checkout.text(path)
        if text is not None:
            yield path, text


def _weight(clues: list[Clue]) -> int:
    """Weigh a trait: each way in which it shows counts once, by its strongest clue."""
    strongest: dict[str, int] = {}
    for clue in clues:
        strongest[clue.way] = max(strongest.get(clue.way, 0), clue.weight)
    return sum(strongest.values())


def _trait(marker: Marker, clues: list[Clue]) -> Trait:
    clues = sorted(clues, key=lambda clue: -clue.weight)
    version = next((clue.version for clue in clues if clue.version), "")
    # The place that is told beside a version is the one that says it.
    facts = tuple(dict.fromkeys(c.fact for c in sorted(clues, key=lambda c: c.version != version)))
    return Trait(marker.kind, marker.name, version, facts[:MOST_FACTS])
