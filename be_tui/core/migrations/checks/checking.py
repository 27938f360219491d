"""Checks migrations: each statement against the schema as it stands when it runs.

What was run before is applied and not reported. A statement that cannot be read is one finding; the
rest goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.found import Found
from be_tui.core.migrations.checks.model import Look, Remark, Whole
from be_tui.core.migrations.checks.profiles import SAFETY
from be_tui.core.migrations.checks.reading import read_script
from be_tui.core.migrations.checks.rules import ANY_ACT, WHOLE, by_kind
from be_tui.core.migrations.effects import effects_of, estimate
from be_tui.core.migrations.model import Effects
from be_tui.core.schema import Schema
from be_tui.core.schema.state import open_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.migrations.checks.acts import Act
    from be_tui.core.migrations.checks.reading import Read
    from be_tui.core.migrations.model import Migration, ScriptStatement
    from be_tui.core.pgtext import PgStatement
    from be_tui.core.schema.state import SchemaState
    from be_tui.core.sqltext import Statement, Target, Unread
    from be_tui.core.statistics import Statistics

SMALL = 10_000
"""Rows up to which a table is read or written anew before anybody notices."""

_LONG = frozenset(
    {
        "migration-add-identity",
        "migration-add-serial",
        "migration-add-stored",
        "migration-attach-scans",
        "migration-check-validates",
        "migration-column-check",
        "migration-column-references",
        "migration-column-unique",
        "migration-copies-table",
        "migration-default-rewrites",
        "migration-domain-column",
        "migration-domain-validates",
        "migration-exclusion-builds",
        "migration-foreign-key-validates",
        "migration-index-blocks-writes",
        "migration-primary-key-builds",
        "migration-primary-key-scans",
        "migration-rewrites-table",
        "migration-set-logged",
        "migration-set-not-null",
        "migration-type-rebuilds-index",
        "migration-type-rechecks",
        "migration-type-rewrites",
        "migration-unbatched",
        "migration-unique-builds",
        "migration-work-under-lock",
    }
)
"""Rules on what takes longer the more rows there are."""


_NOTHING = Schema()
_UTC = frozenset({"UTC", "GMT", "ETC/UTC", "0", "ZULU", ""})
_KEY_SWITCHES = frozenset({"foreign_key_checks", "foreign_keys"})


@dataclass(frozen=True, slots=True)
class Against:
    """What migrations are read against."""

    schema: Schema = _NOTHING
    """Before the first of them."""

    before: tuple[Migration, ...] = ()
    """Those that have been run; they are applied to it and not reported."""

    whole: bool | None = None
    """Whether there is nothing else; None to find out: so long as all that is run can be read."""

    statistics: Statistics | None = None


class _Known:
    """The schema on its way, and whether all of it is known."""

    def __init__(self, state: SchemaState, *, whole: bool | None) -> None:
        self.state = state
        self.whole = whole

    def apply(self, statement: Statement | PgStatement) -> None:
        """Take in a statement; one that cannot be taken in may have done anything."""
        if self.state.apply(statement) is not None:
            self.whole = False


def check(
    migrations: Iterable[Migration],
    target: Target,
    against: Against | None = None,
    rules: frozenset[str] = SAFETY,
) -> tuple[Found, ...]:
    """Give what is wrong with migrations, in their order.

    Args:
        migrations: Those to report on, in the order in which they are run.
        target: The engine and its version.
        against: What was there before; nothing at all without.
        rules: The rules to look for.
    """
    against = against or Against()
    known = _Known(open_state(target, against.schema), whole=against.whole)
    for migration in against.before:
        known.whole = False if migration.up.unread else known.whole
        for each in migration.up.statements:
            known.apply(each.statement)
    found: list[Found] = []
    for migration in migrations:
        checking = _Checking(migration, target, known, against.statistics, rules)
        found.extend(checking.run())
    return tuple(found)


class _Checking:
    """One migration on its way."""

    def __init__(
        self,
        migration: Migration,
        target: Target,
        known: _Known,
        statistics: Statistics | None,
        rules: frozenset[str],
    ) -> None:
        self._migration = migration
        self._target = target
        self._known = known
        self._statistics = statistics
        self._rules = rules
        self._by_kind = by_kind(target.engine, rules)
        self._made: set[str] = set()
        self._untellable: set[str] = set()
        """What was said already of statements that nothing can be told of: once is enough."""
        self._inner: _Known | None = None
        """The schema within a block, which moves on statement by statement."""
        self._keys_checked = True
        """Whether the session of MariaDB, MySQL or SQLite looks foreign keys up."""
        self._utc = True
        """Whether the session's time zone is UTC, so far as the script says."""
        self._block: Statement | PgStatement | None = None
        self._open = False
        """Whether the script itself has begun a transaction."""
        self._run: list[Look] = []
        """What ran so far in the transaction that is open."""

    def run(self) -> Iterator[Found]:
        """Give what is found, statement by statement, then what shows in the whole only."""
        read = read_script(self._migration.up, self._target)
        if self._migration.up.unread:
            # It may have made anything before a statement that names it.
            self._known.whole = False
        script = tuple(each.acts for each in read)
        self._known.state.mark()
        looks: list[Look] = []
        found: list[tuple[int, Found]] = []
        for number, each in enumerate(read):
            look = self._look(each, number, script)
            looks.append(look)
            found.extend((number, one) for one in self._unread(each, look))
            found.extend((number, one) for one in self._of(look))
            follows = number + 1 < len(read) and read[number + 1].inner
            self._apply(each, follows=follows)
            self._note(look)
        for unread in self._migration.up.unread:
            yield self._found("migration-not-analysed", None, Remark(unread.message), unread)
        found.extend(self._of_whole(looks))
        found.sort(key=lambda pair: pair[0])
        yield from (one for _, one in found)

    def _apply(self, read: Read, *, follows: bool) -> None:
        """Move the schema on; a block's is moved by its statements, and by the block at its end."""
        statement = read.parsed or read.given.statement
        if read.inner and self._inner is not None:
            self._inner.apply(statement)
        elif follows:
            copied = self._known.state.copy()
            self._inner, self._block = _Known(copied, whole=self._known.whole), statement
        else:
            self._known.apply(statement)
        if read.inner and not follows and self._block is not None:
            self._known.apply(self._block)
            self._inner = self._block = None

    def _look(self, read: Read, number: int, script: tuple[tuple[Act, ...], ...]) -> Look:
        wrapping = read.given.wrapping or self._migration.up.wrapping
        inside = wrapping == "one" or self._open or read.inner or read.called
        alone = not inside or (len(script) == 1 and not self._open)
        if not inside:
            self._run.clear()
        known = self._inner if read.inner and self._inner is not None else self._known
        effects = folded(
            effects_of(
                read.parsed or read.given.statement,
                known.state,
                self._target,
                inside_transaction=inside,
                timezone_utc=self._utc,
                foreign_key_checks=self._keys_checked,
                whole=known.whole,
            )
        )
        if number + 1 < len(script) and read.acts and read.acts[0].kind == "do":
            effects = Effects(known=effects.known, why_unknown=effects.why_unknown)
        look = Look(
            read.given,
            read.acts,
            effects,
            known.state,
            self._migration,
            self._target,
            inside=inside,
            alone=alone,
            earlier=tuple(self._run),
            made=frozenset(self._made),
            number=number,
            script=script,
            in_loop=read.in_loop,
            statistics=self._statistics,
        )
        return self._knowing(look)

    def _knowing(self, look: Look) -> Look:
        """Put to a statement what only some of its detectors ask of the schema."""
        kinds = {act.kind for act in look.acts}
        if "drop index" in kinds:
            return replace(look, dropped=_dropped(look))
        if "row security" in kinds:
            policies = look.state.schema().policies
            return replace(look, policed=frozenset(each.table for each in policies))
        if "drop table" in kinds and self._target.engine == "sqlite":
            return replace(look, cascading=_cascading(look))
        return look

    def _of(self, look: Look) -> Iterator[Found]:
        for act in look.acts:
            for rule, detect in ANY_ACT:
                if rule in self._rules and look.effects.failures:
                    for remark in detect(look, act):
                        yield self._found(rule, look.given, remark)
            for check in self._by_kind.get(act.kind, ()):
                for remark in check.detect(look, act):
                    yield self._weighed(check.rule, look, act, remark)
        unknown = look.effects.why_unknown if not look.effects.known else ""
        if unknown and look.acts and look.acts[0].kind != "do":
            yield from self._untold(look, unknown)

    def _untold(self, look: Look, why: str) -> Iterator[Found]:
        if "migration-not-analysed" in self._rules and why not in self._untellable:
            self._untellable.add(why)
            yield self._found("migration-not-analysed", look.given, Remark(why))

    def _weighed(self, rule: str, look: Look, act: Act, remark: Remark) -> Found:
        """Weigh what takes long by the rows that there are."""
        rows = look.rows(act.relation) if rule in _LONG else None
        if rows is not None:
            said = f"{remark.message} ({rows:,.0f} rows{_time(look)})"
            severity = "info" if rows <= SMALL else remark.severity
            remark = replace(remark, message=said, severity=severity)
        if remark.span == (0, 0) and len(look.acts) > 1:
            remark = replace(remark, span=span_of(look, act))
        return self._found(rule, look.given, remark)

    def _of_whole(self, looks: list[Look]) -> Iterator[tuple[int, Found]]:
        whole = Whole(self._migration, tuple(looks), self._target)
        for check in WHOLE:
            if check.rule in self._rules and self._target.engine in check.engines:
                for number, remark in check.detect(whole):
                    yield number, self._found(check.rule, looks[number].given, remark)

    def _unread(self, read: Read, look: Look) -> Iterator[Found]:
        for unread in read.unread:
            broken = not look.acts and not read.called
            rule = "migration-unread" if broken else "migration-not-analysed"
            yield self._found(rule, read.given, Remark(unread.message), unread)

    def _found(
        self,
        rule: str,
        given: ScriptStatement | None,
        remark: Remark,
        unread: Unread | None = None,
    ) -> Found:
        if unread is not None:
            start = unread.offset
            remark = replace(remark, span=(start, start + 1))
            if given is None or unread.statement is not given.statement:
                from be_tui.core.migrations.model import ScriptStatement

                given = ScriptStatement(unread.statement)
        return Found(rule, self._migration, given, remark)

    def _note(self, look: Look) -> None:
        """Remember what the statement made, and whether its transaction goes on."""
        for act in look.acts:
            if act.kind == "create table" or (act.kind == "create view" and act.to != "view"):
                if look.table(act) is None or not act.says("if not exists") or look.is_new(act):
                    self._made.add(act.relation)
            elif act.kind == "rename table" and act.relation in self._made:
                self._made.add(act.to.casefold())
            elif act.kind == "set" and act.name == "timezone":
                self._utc = act.text.upper() in _UTC
            elif act.kind in {"set", "pragma"} and act.name in _KEY_SWITCHES:
                self._keys_checked = act.text.lower() not in {"0", "off", "false", "no"}
            elif act.kind == "begin":
                self._open = True
                self._run.clear()
            elif act.kind in {"commit", "rollback"}:
                self._open = False
                self._run.clear()
        if look.inside:
            self._run.append(look)


def folded(effects: Effects) -> Effects:
    """Give effects with the names of relations in small letters, as acts have them."""
    names = [lock.relation for lock in effects.locks]
    names += [work.relation for work in effects.work]
    if all(name == name.casefold() for name in names):
        return effects
    locks = (replace(lock, relation=lock.relation.casefold()) for lock in effects.locks)
    works = (replace(work, relation=work.relation.casefold()) for work in effects.work)
    return replace(effects, locks=tuple(locks), work=tuple(works))


def _time(look: Look) -> str:
    """Say how long the work takes, where it has any."""
    if look.statistics is None:
        return ""
    told = estimate(look.effects, look.statistics)
    return f", {told.band}" if told is not None else ""


def _dropped(look: Look) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    wanted = {act.relation for act in look.acts if act.kind == "drop index"}
    return {
        index.name.casefold(): (table.name.folded, index.columns)
        for table in look.state.schema().tables
        for index in table.indexes
        if index.name.casefold() in wanted
    }


def _cascading(look: Look) -> Mapping[str, tuple[str, ...]]:
    dropped = {act.relation for act in look.acts if act.kind == "drop table"}
    found: dict[str, tuple[str, ...]] = {}
    for table in look.state.schema().tables:
        for key in table.foreign_keys:
            if key.table in dropped and key.on_delete.upper() in {"CASCADE", "SET NULL"}:
                found[key.table] = (*found.get(key.table, ()), table.name.text)
    return found


def span_of(look: Look, act: Act) -> tuple[int, int]:
    """Find the name that one of several acts of a statement is about."""
    import re

    if not act.name:
        return (0, 0)
    name = re.escape(act.name)
    for found in re.finditer(rf'(?<![\w"])["`]?{name}["`]?(?!\w)', look.text, re.I):
        ahead = look.text[: found.start()].rstrip().upper()
        if ahead.endswith(_AHEAD):
            return found.span()
    return (0, 0)


_AHEAD = ("COLUMN", "CONSTRAINT", "ALTER", "DROP", "ADD", "EXISTS", "RENAME", "MODIFY", "CHANGE")
