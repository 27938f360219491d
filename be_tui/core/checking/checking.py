"""Checks texts of SQL: each statement by itself, and the tables that they make together.

A statement that cannot be read is one finding; the rest goes on. The tables are those that were
given, and those that the texts make, engine by engine: a folder may hold the SQL of several.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.checking.collecting import collecting_seldom
from be_tui.core.checking.literals import made_names
from be_tui.core.checking.meant import read_tables, strange
from be_tui.core.checking.model import Look
from be_tui.core.checking.open_ends import is_open
from be_tui.core.checking.own import by_engine
from be_tui.core.checking.queries import DETECTORS as QUERY_DETECTORS
from be_tui.core.checking.reading import (
    called,
    is_passed_over,
    is_same,
    is_wrong,
    not_understood,
    read,
)
from be_tui.core.checking.schemas import DETECTORS as TABLE_DETECTORS
from be_tui.core.checking.texts import Text
from be_tui.core.findings import Edit, Finding, Fix, Place
from be_tui.core.queries import resolve
from be_tui.core.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.checking.model import Remark, TableRemark
    from be_tui.core.checking.own import Own
    from be_tui.core.checking.reading import Read
    from be_tui.core.knowledge.model import Rule
    from be_tui.core.schema import Table
    from be_tui.core.sqltext import Statement, Target, Unread

_OWN = ("sql-unread", "sql-not-checked", "sql-ignored-without-reason")
RULES = frozenset({*_OWN, *QUERY_DETECTORS, *TABLE_DETECTORS})
"""Every rule that can be found."""

_LONGEST_WORD = 60
_NEXT = 5
"""Statements after a DELETE that are looked at for what fills the table again."""

_COSTS = frozenset(
    {
        "sql-array-member",
        "sql-cartesian-join",
        "sql-correlated-aggregate",
        "sql-count-for-existence",
        "sql-cte-fence",
        "sql-distinct-fan-out",
        "sql-distinct-key",
        "sql-function-on-column",
        "sql-insert-without-columns",
        "sql-large-list",
        "sql-leading-wildcard",
        "sql-limit-without-order",
        "sql-mixed-order",
        "sql-no-tie-breaker",
        "sql-null-safe-equality",
        "sql-offset-paging",
        "sql-or-unindexed",
        "sql-order-by-random",
        "sql-row-comparison",
        "sql-select-star",
        "sql-write-without-where",
    }
)
"""Rules on what a statement costs or may meet each time: of no matter in migrations and tests."""

_WHOLE = frozenset(
    {
        "sql-ambiguous-column",
        "sql-cartesian-join",
        "sql-insert-without-columns",
        "sql-limit-without-order",
        "sql-no-tie-breaker",
        "sql-ungrouped-column",
        "sql-unknown-column",
        "sql-write-without-where",
    }
)
"""Rules on what a statement lacks: of no use where a template puts in more of it."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What every statement of an engine is looked at with."""

    schema: Schema
    own: Own
    given: bool
    """Whether tables were given, so that they are those which statements meet."""

    complete: bool
    elsewhere: frozenset[str]
    """Folded names of tables that are made or held elsewhere, as programs tell."""


@dataclass(frozen=True, slots=True)
class _Remarked:
    """What is wrong with a statement."""

    remarks: tuple[Remark, ...]
    written: str
    """The folded name of the table that it writes to; empty where it writes to none."""


def check(
    texts: Iterable[Text],
    rules: Mapping[str, Rule],
    schema: Schema | None = None,
    target: Target | None = None,
    *,
    complete: bool = True,
) -> tuple[Finding, ...]:
    """Give what is wrong, in the order of the texts.

    Args:
        texts: What to check; DDL is applied in this order.
        rules: The words of every rule in `RULES`.
        schema: The tables that there are; those of the texts come on top.
        target: The engine; told by its file's name or guessed text by text without it.
        complete: Whether there are no other tables than those that were given.
    """
    with collecting_seldom():
        every = [read(text, target) for text in texts]
        return _checked(every, rules, schema, target, complete=complete)


def check_text(
    sql: str,
    rules: Mapping[str, Rule],
    schema: Schema | None = None,
    target: Target | None = None,
    path: str = "query",
) -> tuple[Finding, ...]:
    """Check one text, as an editor does while it is written."""
    return check((Text(path, sql),), rules, schema, target)


def _checked(
    every: list[Read],
    rules: Mapping[str, Rule],
    schema: Schema | None,
    target: Target | None,
    *,
    complete: bool,
) -> tuple[Finding, ...]:
    elsewhere = _elsewhere(every)
    known: dict[int, _Known] = {}
    by_path: dict[str, list[Finding]] = {}
    groups = by_engine(every, target)
    for own, group in groups:
        given = schema if target is None or is_same(own.target, target) else None
        has_tables = given is not None and bool(given.tables)
        whole = _joined(given, own)
        others = elsewhere | frozenset(
            table.name.folded
            for other, _ in groups
            if other is not own
            for table in other.schema.tables
        )
        seen = _Known(whole, own, has_tables, complete, others)
        known.update((id(each), seen) for each in group)
        for path, remark in own.remarks(whole):
            finding = _table_finding(remark, path, rules[remark.rule])
            by_path.setdefault(path, []).append(finding)
    found: list[Finding] = []
    for each in every:
        here = [*_of_text(each, known[id(each)], rules)]
        here += by_path.pop(each.text.path, []) if not each.text.pieces else []
        here = [finding for finding in here if not _is_ignored(each, finding)]
        found += sorted(here, key=lambda f: (f.place.line, f.place.column, f.rule))
    return tuple(found)


def _elsewhere(every: list[Read]) -> frozenset[str]:
    """Give the tables that programs make by themselves, or have in an engine that is not known."""
    found: set[str] = set()
    for each in every:
        found |= each.text.made
        if each.text.pieces and strange(each.text.sql):
            found |= read_tables(each.text.sql)
    return frozenset(found)


def _joined(given: Schema | None, made: Own) -> Schema:
    """Give the tables that there are: those of the texts on top, but for what migrations made."""
    own = made.schema
    if given is None:
        return own
    kept = {table.name.folded: table for table in given.tables}
    tables = [
        table if _agrees(table, kept.get(table.name.folded)) else replace(table, complete=False)
        for table in own.tables
        if table.name.folded not in kept or table.name.folded not in made.passing
    ]
    named = {table.name.folded for table in tables}
    views = {view.name.folded for view in own.views}
    return Schema(
        (*tables, *(each for each in given.tables if each.name.folded not in named)),
        (*own.views, *(each for each in given.views if each.name.folded not in views)),
        (*given.enumerations, *own.enumerations),
        (*given.triggers, *own.triggers),
        domains=(*given.domains, *own.domains),
    )


def _agrees(own: Table, given: Table | None) -> bool:
    """Tell whether two accounts of a table name the same columns."""
    if given is None:
        return True
    return {c.name.folded for c in own.columns} >= {c.name.folded for c in given.columns}


def _of_text(each: Read, known: _Known, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    text = each.text
    if text.trouble:
        yield _made(rules["sql-unread"], Place(text.path), text.trouble)
    if text.note:
        yield _made(rules["sql-not-checked"], Place(text.path), text.note)
    for unread in each.unread:
        if not is_passed_over(unread, text):
            wrong = is_wrong(unread, each.target, is_file=not text.pieces)
            if wrong:
                yield _unread(each, unread, rules["sql-unread"])
            else:
                yield _unread(each, not_understood(unread), rules["sql-not-checked"])
    yield from _of_statements(each, known, rules)
    for comment in each.comments:
        if not comment.reason:
            place = text.place(comment.start, comment.end)
            said = "say why: `ignore RULE because ...`"
            yield _made(rules["sql-ignored-without-reason"], place, said)


def _of_statements(each: Read, known: _Known, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    text, own = each.text, known.own
    # A row of migrations meets other tables on its way than those at its end.
    settled = own.settled and not known.given if text.is_once else known.given or own.settled
    settled = settled and (known.given or not text.is_tried)
    tables = known.given and known.complete and not text.is_once
    look_at = (known.schema, each.target, own.backfilled, settled, tables)
    filled = set(known.elsewhere) | made_names(text.sql)
    before: dict[tuple[str, tuple[str, ...], frozenset[str]], _Remarked] = {}
    for number, parsed in enumerate(each.parsed):
        if id(parsed) in own.outdated:
            continue
        names = text.names or called(text.sql, parsed.statement)
        refilled = text.refilled or _filled_next(each, number, names)
        key = parsed.statement.text, names, refilled
        remarked = before.get(key)
        if remarked is None:
            query = resolve(parsed, known.schema, each.target)
            program = bool(text.pieces), text.is_about_one
            look = Look(query, *look_at, known.elsewhere, names, *program, refilled)
            remarked = before[key] = _remarked(look, is_cheap=text.is_once or text.is_tried)
        for remark in remarked.remarks:
            if not _is_told(remark, remarked.written, filled):
                yield _finding(text, parsed.statement, remark, rules[remark.rule])


def _filled_next(each: Read, number: int, names: tuple[str, ...]) -> frozenset[str]:
    """Give the tables that a script fills after a DELETE; a named query stands by itself."""
    tree = each.parsed[number].tree
    if names or not isinstance(tree, exp.Delete) or tree.args.get("where") is not None:
        return frozenset()
    following = each.parsed[number + 1 : number + 1 + _NEXT]
    tables = [each.tree.find(exp.Table) for each in following if isinstance(each.tree, exp.Insert)]
    return frozenset(table.name.casefold() for table in tables if table is not None)


def _remarked(look: Look, *, is_cheap: bool) -> _Remarked:
    """Ask every detector of a statement; the same words mean the same wherever they stand."""
    query = look.query
    written = query.written.name.casefold() if query.written else ""
    if query.root is None:
        return _Remarked((), written)
    passed = _passed_over(query.parsed.statement.text, query.kind, is_cheap=is_cheap)
    found = tuple(
        remark
        for rule, detector in QUERY_DETECTORS.items()
        if rule not in passed
        for remark in detector(look)
        if remark.rule == rule
    )
    return _Remarked(found, written)


def _passed_over(statement: str, kind: str, *, is_cheap: bool) -> frozenset[str]:
    """Give the rules that say nothing where cost is no matter, or of a statement with open ends."""
    passed = _COSTS if is_cheap and kind != "create" else frozenset()
    return passed | _WHOLE if is_open(statement) else passed


def _is_told(remark: Remark, written: str, filled: set[str]) -> bool:
    """Tell whether the same was said of a row before: data comes in many INSERTs."""
    if remark.rule != "sql-insert-without-columns":
        return False
    told = written in filled
    filled.add(written)
    return told


def _finding(text: Text, statement: Statement, remark: Remark, rule: Rule) -> Finding:
    start = statement.start
    edits = tuple(
        Edit(text.place(start + each.span[0], start + each.span[1]), each.replacement)
        for each in remark.changes
    )
    place = text.place(start + remark.span[0], start + remark.span[1])
    made = _made(rule, place, remark.message, edits)
    return replace(made, severity=remark.severity) if remark.severity else made


def _table_finding(remark: TableRemark, path: str, rule: Rule) -> Finding:
    return _made(rule, replace(remark.place, path=path), remark.message)


def _made(rule: Rule, place: Place, message: str, edits: tuple[Edit, ...] = ()) -> Finding:
    why = f"{rule.why} Fine when: {rule.fine_when}" if rule.fine_when else rule.why
    fix = Fix(rule.fix, edits)
    return Finding(
        rule.id, rule.severity, place, message, why, fix, rule.references, rule.also_known_as
    )


def _unread(each: Read, unread: Unread, rule: Rule) -> Finding:
    start = unread.statement.start + unread.offset
    rest = unread.statement.text[unread.offset : unread.offset + _LONGEST_WORD].split(maxsplit=1)
    return _made(
        rule, each.text.place(start, start + len(rest[0] if rest else " ")), unread.message
    )


def _is_ignored(each: Read, finding: Finding) -> bool:
    """Tell whether a comment with a reason takes a finding back."""
    for comment in each.comments:
        if not comment.reason or finding.rule not in comment.rules:
            continue
        line, _ = each.text.at(comment.start)
        last = line + comment.last_line - comment.line
        if line <= finding.place.line <= last + 1:
            return True
        statements = [parsed.statement for parsed in each.parsed]
        for statement in (*statements, *(unread.statement for unread in each.unread)):
            first, _ = each.text.at(statement.start)
            end, _ = each.text.at(statement.start + max(len(statement.text) - 1, 0))
            if first == last + 1 and first <= finding.place.line <= end:
                return True
    return False
