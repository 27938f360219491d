"""Everything that packs hold, read and checked together.

What one file cannot know is checked here: whether two files claim one id, and whether
each name that a file uses stands somewhere.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from be_tui.core.knowledge.chapter_checks import bind, check_chapters
from be_tui.core.knowledge.decode.items import Item, read_item
from be_tui.core.knowledge.decode.references import Passages
from be_tui.core.knowledge.entries import KINDS
from be_tui.core.knowledge.items import Chapter, Cover
from be_tui.core.knowledge.model import Rule, Tree
from be_tui.core.yamlform import Faults, Span, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from be_tui.core.findings import Finding, Severity
    from be_tui.core.knowledge.decode.desk import Mention
    from be_tui.core.knowledge.packs import PackFile, Trouble

    Prover = Callable[[Tree], Iterable[Finding]]
    """What looks into a tree that holds together; the paths of its findings do not count."""

    Runner = Callable[[Chapter], Iterable[Finding]]
    """What runs the examples of a chapter that is whole; nor do the paths of these."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names from outside the packs; None leaves names of that kind unchecked."""

    probes: Mapping[str, Collection[str]] | None = None
    """The measures that each probe can give."""

    screens: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What was read, and all that is wrong with it."""

    items: tuple[Item, ...]
    """In the order of the packs."""

    findings: tuple[Finding, ...]

    def in_force(self) -> dict[tuple[str, str], Item]:
        """Give the item of each kind and id; a later pack's stands over an earlier one's.

        A broken file stands over an earlier pack's too: what it replaces is not meant to be
        used. Its id may be a guess, so it gives way to a sound one of its own pack.
        """
        found: dict[tuple[str, str], Item] = {}
        for item in (item for item in self.items if item.file.kind != "chapter"):
            key = (item.file.kind, item.id)
            before = found.get(key)
            if item.usable or before is None or before.file.pack != item.file.pack:
                found[key] = item
        # A reference of items is replaced as a whole: its chapters go with its cover.
        for reference in bind(self.items):
            if found.get(("reference", reference.file.id)) is reference.file:
                for _, chapter in reference.chapters:
                    found.setdefault(("chapter", chapter.id), chapter)
        return found


def survey(
    files: Iterable[PackFile],
    troubles: Iterable[Trouble] = (),
    known: Known | None = None,
    about: Collection[str] | None = None,
    prove: Prover | None = None,
    today: date | None = None,
    *,
    run: Runner | None = None,
) -> Survey:
    """Read and check files, the bundled pack's first.

    Args:
        files: What to read.
        troubles: What could not be looked at.
        known: The names from outside the packs.
        about: The paths to report on; all of them where it is left out.
        prove: What to ask besides of each tree that holds together.
        today: The day to count the age of what was checked from; None leaves it unchecked.
        run: What to ask besides of each chapter that is whole.
    """
    items = tuple(read_item(file, shown(file.path)) for file in files)
    everything = Survey(items, ())
    world = _World(everything, known or Known())
    reported = [item for item in items if about is None or item.file.path in about]
    for item in reported:
        for mention in item.mentions:
            world.look_up(mention, item)
    _check_twins(items)
    _check_groups(items)
    check_chapters(items, everything.in_force().values(), today)
    findings = [finding for item in reported for finding in item.faults.findings]
    findings += [_unreadable(trouble) for trouble in troubles]
    findings += _proved(reported, prove) if prove else []
    findings += _run(reported, run) if run else []
    words = {item.id: item.value for item in items if isinstance(item.value, Rule)}
    explained = [_explained(finding, words.get(finding.rule)) for finding in findings]
    # A value that counts for several engines is read for each of them.
    return Survey(items, tuple(sorted(dict.fromkeys(explained), key=_order)))


def shown(path: str) -> str:
    """Give a path as findings show it: from the current folder, where it stands below it."""
    here = os.path.join(os.path.abspath(os.curdir), "")  # noqa: PTH100, PTH118
    return path.removeprefix(here)


_GUESSES = 100
"""How many names that stand nowhere are compared with those that do; thousands would take minutes,
and they have one cause."""


class _World:
    """Every name that stands somewhere."""

    def __init__(self, everything: Survey, known: Known) -> None:
        self._guesses = _GUESSES
        self._screens = known.screens
        self._probes = known.probes
        self._measures = {name for names in (known.probes or {}).values() for name in names}
        self._addresses: set[str] = set()
        for item in everything.in_force().values():
            self._addresses.update(_addresses(item))

    def look_up(self, mention: Mention, item: Item) -> None:
        """Report a name that stands nowhere."""
        match mention.kind:
            case "address":
                address = _address(mention.name, item)
                self._expect("address", address, mention, item, self._addresses)
            case "tree":
                self._expect("tree", f"tree:{mention.name}", mention, item, self._addresses)
            case "probe":
                self._expect("probe", mention.name, mention, item, self._probes)
            case "measure" if self._probes is not None:
                self._expect("measure", mention.name, mention, item, self._measures)
            case "screen":
                self._expect("screen", mention.name, mention, item, self._screens)

    def _expect(
        self,
        what: str,
        name: str | None,
        mention: Mention,
        item: Item,
        names: Collection[str] | None,
    ) -> None:
        if name is None or names is None or name in names:
            return
        rule, severity, lost = _LOST[what]
        if item.file.kind == "chapter" and rule == "tree-unknown-name":
            rule = "item-unknown-name"
        self._guesses -= 1
        near = _nearest(name, names) if self._guesses >= 0 else ""
        near = near.removeprefix("tree:" if what == "tree" else "")
        hint = f"; did you mean `{near}`?" if near else ""
        message = f"{lost} `{mention.name}`{hint}"
        said = f"{mention.trail}: {message}" if mention.trail else message
        item.faults.add(rule, said, mention.span, severity=severity)


_LOST: dict[str, tuple[str, Severity, str]] = {
    "address": ("reference-dead-link", "error", "nothing stands at"),
    "tree": ("reference-dead-link", "error", "no tree"),
    "probe": ("tree-unknown-name", "error", "no probe"),
    "measure": ("tree-unknown-name", "error", "no probe gives the measure"),
    # An action without its screen is not shown, which is right while the screen is being made.
    "screen": ("tree-unknown-screen", "warning", "no screen"),
}
"""The rule for a name that stands nowhere, how grave it is, and how it is said."""


def _nearest(name: str, names: Collection[str]) -> str:
    """Give the name that was probably meant.

    What all trees, or all sections of one reference, have in common says nothing of that.
    """
    head, sign, tail = name.partition(":" if ":" in name else "#")
    alike = [each.removeprefix(head + sign) for each in names if each.startswith(head + sign)]
    if not sign or not alike:
        return nearest(name, names)
    near = nearest(tail, alike)
    return f"{head}{sign}{near}" if near else ""


def _addresses(item: Item) -> Iterable[str]:
    if isinstance(item.value, Chapter):
        reference = item.value.reference
        yield f"{reference}#{item.value.id}"
        yield from (f"{reference}#{each.id}" for each in item.value.items)
        return
    if isinstance(item.value, Cover):
        yield item.id
        return
    if not isinstance(item.value, Passages):
        yield f"{item.file.kind}:{item.id}"
        return
    yield item.id
    for section in item.value.scan.sections:
        yield f"{item.id}#{section.slug}"


def _address(link: str, item: Item) -> str | None:
    """Give the address that a link means; None for one that leads out of the packs and stands."""
    name, sign, slug = unquote(link).partition("#")
    scheme = name.partition(":")[0] if ":" in name else ""
    if scheme:
        return name if scheme in KINDS else None
    if item.file.kind not in {"reference", "chapter"}:
        return f"{name}{sign}{slug}"
    if not name:
        own = item.value.reference if isinstance(item.value, Chapter) else item.id
        return f"{own}#{slug}"
    if name.endswith(".md"):
        return f"{PurePosixPath(name).stem}{sign}{slug}"
    beside = Path(item.file.path).parent / name
    return None if beside.suffix and beside.exists() else f"{name}{sign}{slug}"


def _check_twins(items: Iterable[Item]) -> None:
    """Report two files of one pack that claim one id."""
    first: dict[tuple[str, str, str], Item] = {}
    for item in (item for item in items if item.usable):
        twin = first.setdefault((item.file.pack, item.file.kind, item.id), item)
        if twin is not item:
            message = f"the {item.file.kind} `{item.id}` stands in {twin.faults.path} too"
            item.faults.form("duplicate-id", message, Span(1, 1, 1, 1))


def _check_groups(items: Iterable[Item]) -> None:
    """Report a group that one file alone has, where another is called nearly the same."""
    named = [(item, each) for item in items for each in item.mentions if each.kind == "group"]
    counts = Counter(mention.name for _, mention in named)
    for item, mention in named:
        others = [name for name in counts if name != mention.name]
        small = {name.casefold(): name for name in others}
        near = small.get(mention.name.casefold()) or nearest(mention.name, others)
        if counts[mention.name] == 1 and near:
            said = f"group: nothing else is in `{mention.name}`; did you mean `{near}`?"
            item.faults.add("pack-lone-group", said, mention.span, severity="warning", instead=near)


def _proved(items: Iterable[Item], prove: Prover) -> Iterable[Finding]:
    for item in items:
        if isinstance(item.value, Tree) and item.usable:
            for finding in prove(item.value):
                yield replace(finding, place=replace(finding.place, path=item.faults.path))


def _run(items: Iterable[Item], run: Runner) -> Iterable[Finding]:
    for item in items:
        if isinstance(item.value, Chapter) and item.usable:
            for finding in run(item.value):
                yield replace(finding, place=replace(finding.place, path=item.faults.path))


def _unreadable(trouble: Trouble) -> Finding:
    faults = Faults(shown(trouble.path))
    faults.form("unreadable", trouble.message)
    return faults.findings[0]


def _explained(finding: Finding, rule: Rule | None) -> Finding:
    """Add what the rule's words say."""
    if rule is None:
        return finding
    return replace(
        finding,
        why=rule.why,
        references=rule.references,
        also_known_as=rule.also_known_as,
    )


def _order(finding: Finding) -> tuple[str, int, int]:
    return (finding.place.path, finding.place.line, finding.place.column)
