"""Checks what was asked for from end to end: rules, words, what comments and settings allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.findings import Finding, Fix, Place
from be_tui.core.migrations.checks.allowing import allowances, rules_meant
from be_tui.core.migrations.checks.checking import check
from be_tui.core.migrations.checks.foreign import Foreign
from be_tui.core.migrations.checks.found import Found
from be_tui.core.migrations.checks.model import Remark
from be_tui.core.migrations.checks.profiles import FOLDER_RULES, PROFILE_OF, SAFETY
from be_tui.core.migrations.checks.wording import finding, findings
from be_tui.core.migrations.checks.workflow import check_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from be_tui.core.knowledge import Rule
    from be_tui.core.migrations.checks.allowing import Allowance
    from be_tui.core.migrations.checks.opening import Job
    from be_tui.core.migrations.model import Migration, Wrapping


_NOTHING = Foreign()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, and what is left out."""

    rules: frozenset[str] = SAFETY
    foreign: Foreign = _NOTHING


def examine(
    job: Job, wanted: Wanted, words: Callable[[Iterable[str]], Mapping[str, Rule]]
) -> tuple[Finding, ...]:
    """Give what is wrong with the migrations of a job.

    Args:
        job: The migrations, and what they are read against.
        wanted: The rules to look for.
        words: Gives the words of rules; those of the rules that were found are asked for only.
    """
    rules = _left(wanted, words)
    migrations = [_seen(each, wanted.foreign) for each in job.migrations]
    migrations = [each for each in migrations if not _passed_over(each, wanted.foreign)]
    target = job.target
    if wanted.foreign.version and target.engine == "postgresql" and not target.version:
        target = replace(target, version=wanted.foreign.version)
    found = list(check(migrations, target, job.against, rules))
    found += check_files(migrations, job.all_of_them, job.since, job.text_of, rules)
    told = _Allowing(job, words, rules).sift(migrations, found)
    weaker = _weaker(wanted, words)
    return (
        *_folder(job, words),
        *(_softened(each, weaker) for each in sorted(told, key=_order(migrations))),
    )


def _folder(job: Job, words: Callable[[Iterable[str]], Mapping[str, Rule]]) -> Iterator[Finding]:
    """Put words to what was found while the folder was read."""
    known = words({each.rule for each in job.findings} & FOLDER_RULES)
    for each in job.findings:
        rule = known.get(each.rule)
        if rule is None:
            yield each
        else:
            more = (*each.also_known_as, *rule.also_known_as)
            yield replace(each, why=rule.why, fix=each.fix or Fix(rule.fix), also_known_as=more)


def _order(migrations: list[Migration]) -> Callable[[Finding], tuple[int, int, int]]:
    places = {(each.up.path or each.path): at for at, each in enumerate(migrations)}

    def key(found: Finding) -> tuple[int, int, int]:
        return places.get(found.place.path, -1), found.place.line, found.place.column

    return key


def _left(wanted: Wanted, words: Callable[[Iterable[str]], Mapping[str, Rule]]) -> frozenset[str]:
    """Take out the rules that another tool was told to leave alone."""
    rules = wanted.rules
    if wanted.foreign.lock_timeout:
        rules -= {"migration-no-lock-timeout"}
    if wanted.foreign.left_out:
        known = words(PROFILE_OF)
        for tool, name in wanted.foreign.left_out:
            rules -= rules_meant((name,), tool, known)
    return rules


def _weaker(wanted: Wanted, words: Callable[[Iterable[str]], Mapping[str, Rule]]) -> frozenset[str]:
    if not wanted.foreign.weaker:
        return frozenset()
    known = words(PROFILE_OF)
    return frozenset(
        rule for tool, name in wanted.foreign.weaker for rule in rules_meant((name,), tool, known)
    )


def _softened(found: Finding, weaker: frozenset[str]) -> Finding:
    if found.rule in weaker and found.severity == "error":
        return replace(found, severity="warning")
    return found


def _seen(migration: Migration, foreign: Foreign) -> Migration:
    """Say of a plain script whether it runs in a transaction, where squawk was told."""
    if foreign.in_transaction is None or migration.up.wrapping != "unknown":
        return migration
    wrapping: Wrapping = "one" if foreign.in_transaction else "none"
    return replace(migration, up=replace(migration.up, wrapping=wrapping))


def _passed_over(migration: Migration, foreign: Foreign) -> bool:
    path = migration.up.path or migration.path
    number = migration.version
    old = (
        migration.format == "rails"
        and foreign.after.isdigit()
        and number.isdigit()
        and int(number) <= int(foreign.after)
    )
    return old or foreign.passes_over(path)


class _Allowing:
    """Takes out what comments allow, and tells of comments that allow nothing."""

    def __init__(
        self,
        job: Job,
        words: Callable[[Iterable[str]], Mapping[str, Rule]],
        rules: frozenset[str],
    ) -> None:
        self._job = job
        self._words = words
        self._rules = rules

    def sift(self, migrations: list[Migration], found: list[Found]) -> Iterator[Finding]:
        """Give the findings that stay."""
        by_path: dict[str, list[Found]] = {}
        for each in found:
            path = each.migration.up.path or each.migration.path
            by_path.setdefault(path, []).append(each)
        known = self._words({each.rule for each in found})
        for migration in migrations:
            path = migration.up.path or migration.path
            comments = allowances(self._job.text_of(path), migration)
            told = findings(by_path.get(path, ()), known)
            if not comments:
                yield from told
                continue
            yield from self._of_file(migration, comments, told)

    def _of_file(
        self, migration: Migration, comments: tuple[Allowance, ...], told: tuple[Finding, ...]
    ) -> Iterator[Finding]:
        meant = [self._meant(each) for each in comments]
        used: set[int] = set()
        for each in told:
            taken = False
            for number, comment in enumerate(comments):
                if not _holds(comment, each.place) or not _names(meant[number], each.rule):
                    continue
                used.add(number)
                taken = taken or comment.tool != "be-tui" or bool(comment.reason)
            if not taken:
                yield each
        for number, comment in enumerate(comments):
            if comment.tool == "be-tui":
                yield from self._own(migration, comment, number in used)

    def _meant(self, comment: Allowance) -> frozenset[str] | None:
        """Give the rules that a comment names; None for all of them."""
        if comment.tool == "be-tui":
            return frozenset(comment.names)
        if not comment.names:
            return None
        return rules_meant(comment.names, comment.tool, self._words(PROFILE_OF))

    def _own(self, migration: Migration, comment: Allowance, used: bool) -> Iterator[Finding]:  # noqa: FBT001
        if not any(name.startswith("migration-") for name in comment.names):
            return
        rule, said = "", ""
        if not comment.reason:
            rule, said = "migration-allowed-without-reason", "say why: `allow RULE because ...`"
        elif not used and set(comment.names) <= self._rules:
            rule = "migration-idle-allowance"
            said = f"{', '.join(comment.names)} is not found here"
        if rule in self._rules:
            about = finding(Found(rule, migration, None, Remark(said)), self._words((rule,))[rule])
            yield replace(about, place=Place(migration.up.path or migration.path, comment.line))


def _holds(comment: Allowance, place: Place) -> bool:
    return not comment.last or comment.line <= place.line <= comment.last


def _names(meant: frozenset[str] | None, rule: str) -> bool:
    return meant is None or rule in meant
