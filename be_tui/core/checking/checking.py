"""Checks texts of SQL: each statement by itself, and the tables that they make together.

A statement that cannot be read is one finding; the rest goes on. The tables are those that were
given, and those that the texts make.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from be_tui.core.checking.ignoring import ignored
from be_tui.core.checking.model import Look
from be_tui.core.checking.queries import DETECTORS as QUERY_DETECTORS
from be_tui.core.checking.schemas import DETECTORS as TABLE_DETECTORS
from be_tui.core.checking.texts import Text
from be_tui.core.findings import Edit, Finding, Fix, Place
from be_tui.core.queries import resolve
from be_tui.core.schema import Schema, schema_of
from be_tui.core.sqltext import Parsed, Statement, Unread, guess, parse, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.checking.ignoring import Ignored
    from be_tui.core.checking.model import Remark, TableRemark
    from be_tui.core.knowledge.model import Rule
    from be_tui.core.sqltext import Engine, Target

_OWN = ("sql-unread", "sql-not-checked", "sql-ignored-without-reason")
RULES = frozenset({*_OWN, *QUERY_DETECTORS, *TABLE_DETECTORS})
"""Every rule that can be found."""

_PARSER_SAYS = ("does not parse", "cannot be taken apart")
"""How a message begins that tells of wrong syntax, and not of a bound."""

_LONGEST_WORD = 60
_KEPT_LENGTH = 5_000
"""Characters of a statement up to which its tree is kept for the next look."""

MOST_STATEMENTS = 200_000
_WORDS = re.compile(r"\s*(?:CREATE|ALTER|DROP)\b", re.I)
_OTHER = re.compile(
    r"(?:DROP|GRANT|REVOKE|DO|COPY|SET|COMMENT|CALL|CLUSTER|VACUUM|LOCK|PRAGMA|DELIMITER|USE|RENAME)\b"
    r"|ALTER\s+(?!TABLE\b)"
    r"|CREATE\s+(?:OR\s+REPLACE\s+)?(?!(?:UNIQUE|INDEX|TABLE|TEMP\w*|VIEW|MATERIALIZED)\b)",
    re.I,
)
"""Statements that be-tui has nothing to say of: that their syntax is unknown is no finding."""

_DDL = ("CREATE", "ALTER", "DROP", "COMMENT")


@dataclass(frozen=True, slots=True)
class _Read:
    """A text taken apart."""

    text: Text
    target: Target
    parsed: tuple[Parsed, ...]
    unread: tuple[Unread, ...]
    comments: tuple[Ignored, ...]


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
        target: The engine; guessed text by text without it.
        complete: Whether there are no other tables than those that were given.
    """
    read = [_read(text, target or text.target) for text in texts]
    own = _Own(read, target)
    given = schema is not None and bool(schema.tables)
    schema = _joined(schema, own.schema)
    known = _Known(schema, own.backfilled, given or own.settled, given and complete)
    found: list[Finding] = []
    by_path: dict[str, list[Finding]] = {}
    for path, remark in own.remarks(schema):
        finding = _table_finding(remark, path, rules[remark.rule])
        by_path.setdefault(path, []).append(finding)
    for each in read:
        here = [*_of_text(each, known, rules)]
        here += by_path.pop(each.text.path, []) if not each.text.pieces else []
        here = [finding for finding in here if not _is_ignored(each, finding)]
        found += sorted(here, key=lambda f: (f.place.line, f.place.column, f.rule))
    return tuple(found)


def check_text(
    sql: str,
    rules: Mapping[str, Rule],
    schema: Schema | None = None,
    target: Target | None = None,
    path: str = "query",
) -> tuple[Finding, ...]:
    """Check one text, as an editor does while it is written."""
    return check((Text(path, sql),), rules, schema, target)


def _read(text: Text, target: Target | None) -> _Read:
    known = target or guess(text.sql)
    parsed: list[Parsed] = []
    unread: list[Unread] = []
    for count, statement in enumerate(split(text.sql, known.engine)):
        if count >= MOST_STATEMENTS:
            said = f"more than {MOST_STATEMENTS:,} statements: the rest was not looked at"
            unread.append(Unread(statement, said))
            break
        found = _parsed(statement, known.engine)
        if isinstance(found, Parsed):
            parsed.append(found)
        else:
            unread.append(found)
    return _Read(text, known, tuple(parsed), tuple(unread), ignored(text.sql))


def _parsed(statement: Statement, engine: Engine) -> Parsed | Unread:
    """Parse a statement, or know it from before: in an editor most of a text stays as it was."""
    if len(statement.text) > _KEPT_LENGTH:
        return parse(statement, engine)
    return replace(_parsed_text(statement.text, engine), statement=statement)


@lru_cache(maxsize=512)
def _parsed_text(text: str, engine: Engine) -> Parsed | Unread:
    return parse(Statement(text, 0, 1, 1), engine)


@dataclass(frozen=True, slots=True)
class _Known:
    """What every statement is looked at with."""

    schema: Schema
    backfilled: frozenset[tuple[str, str]]
    names: bool
    tables: bool


class _Own:
    """The tables that the texts make, as if they were one script."""

    def __init__(self, read: list[_Read], target: Target | None) -> None:
        self._starts: list[int] = []
        self._paths: list[str] = []
        files = [each for each in read if not each.text.pieces]
        self.target = target or _most(files)
        moved: list[Parsed] = []
        added: set[tuple[str, str]] = set()
        line = 0
        for each in files:
            self._starts.append(line)
            self._paths.append(each.text.path)
            for parsed in each.parsed:
                if parsed.statement.text[:7].upper().startswith(_DDL):
                    moved.append(_moved(parsed, line))
                    added |= _added(parsed)
            line += each.text.sql.count("\n") + 1
        self.schema = schema_of(moved, self.target.engine) if moved else Schema()
        self.backfilled = frozenset(added)
        # Where tables change on the way, a statement met others than those at the end.
        self.settled = not any(_takes_away(parsed) for parsed in moved) and not any(
            _WORDS.match(unread.statement.text) for each in files for unread in each.unread
        )

    def remarks(self, schema: Schema) -> Iterator[tuple[str, TableRemark]]:
        """Give what is wrong with each table, with its file."""
        for table in self.schema.tables:
            for rule, detector in TABLE_DETECTORS.items():
                for remark in detector(table, schema, self.target):
                    if remark.rule == rule:
                        at = bisect_right(self._starts, remark.place.line - 1) - 1
                        place = _lifted(remark.place, self._starts[at], self._paths[at])
                        yield self._paths[at], replace(remark, place=place)


def _most(files: list[_Read]) -> Target:
    """Give the engine of the first text that makes tables."""
    for each in files:
        if any(p.statement.text[:7].upper().startswith(_DDL) for p in each.parsed):
            return each.target
    return files[0].target if files else guess("")


def _takes_away(parsed: Parsed) -> bool:
    """Tell whether a statement drops or renames something."""
    from sqlglot import exp

    gone = (exp.Drop, exp.AlterRename, exp.RenameColumn)
    return isinstance(parsed.tree, exp.Command) or parsed.tree.find(*gone) is not None


def _moved(parsed: Parsed, lines: int) -> Parsed:
    statement = replace(parsed.statement, line=parsed.statement.line + lines)
    return replace(parsed, statement=statement)


def _lifted(place: Place, lines: int, path: str) -> Place:
    return replace(place, path=path, line=place.line - lines, end_line=place.end_line - lines)


def _added(parsed: Parsed) -> set[tuple[str, str]]:
    """Give the columns that ALTER TABLE adds."""
    from sqlglot import exp

    tree = parsed.tree
    if not isinstance(tree, exp.Alter):
        return set()
    table = tree.this.name.casefold()
    return {
        (table, column.name.casefold())
        for action in tree.args.get("actions") or ()
        for column in action.find_all(exp.ColumnDef)
    }


def _joined(given: Schema | None, own: Schema) -> Schema:
    if given is None:
        return own
    named = {table.name.folded for table in own.tables}
    views = {view.name.folded for view in own.views}
    return Schema(
        (*own.tables, *(each for each in given.tables if each.name.folded not in named)),
        (*own.views, *(each for each in given.views if each.name.folded not in views)),
        (*given.enumerations, *own.enumerations),
        (*given.triggers, *own.triggers),
    )


def _of_text(read: _Read, known: _Known, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    if read.text.trouble:
        yield _made(rules["sql-unread"], Place(read.text.path), read.text.trouble)
    for unread in read.unread:
        if _is_prose(read.text) or _OTHER.match(unread.statement.text):
            continue
        passed = unread.message.startswith(_PARSER_SAYS)
        yield _unread(read, unread, rules["sql-unread" if passed else "sql-not-checked"])
    for parsed in read.parsed:
        query = resolve(parsed, known.schema, read.target)
        if query.root is None:
            continue
        look = Look(query, known.schema, read.target, known.backfilled, known.names, known.tables)
        for rule, detector in QUERY_DETECTORS.items():
            for remark in detector(look):
                if remark.rule == rule:
                    yield _finding(read.text, parsed.statement, remark, rules[rule])
    for comment in read.comments:
        if not comment.reason:
            place = read.text.place(comment.start, comment.end)
            said = "say why: `ignore RULE because ...`"
            yield _made(rules["sql-ignored-without-reason"], place, said)


def _is_prose(text: Text) -> bool:
    """Tell whether a literal may be plain words, or a part of SQL that code completes."""
    if not text.pieces:
        return False
    verb = text.sql.split(maxsplit=1)[0]
    return not verb.isupper() or any(mark in text.sql for mark in ("{", "\\", "%s"))


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


def _unread(read: _Read, unread: Unread, rule: Rule) -> Finding:
    start = unread.statement.start + unread.offset
    rest = unread.statement.text[unread.offset : unread.offset + _LONGEST_WORD].split(maxsplit=1)
    return _made(
        rule, read.text.place(start, start + len(rest[0] if rest else " ")), unread.message
    )


def _is_ignored(read: _Read, finding: Finding) -> bool:
    """Tell whether a comment with a reason takes a finding back."""
    for comment in read.comments:
        if not comment.reason or finding.rule not in comment.rules:
            continue
        line, _ = read.text.at(comment.start)
        last = line + comment.last_line - comment.line
        if line <= finding.place.line <= last + 1:
            return True
        statements = [each.statement for each in read.parsed]
        for statement in (*statements, *(each.statement for each in read.unread)):
            first, _ = read.text.at(statement.start)
            end, _ = read.text.at(statement.start + max(len(statement.text) - 1, 0))
            if first == last + 1 and first <= finding.place.line <= end:
                return True
    return False
