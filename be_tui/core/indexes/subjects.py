"""What is judged: the queries of a workload that can be read, each with values and candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.indexes.access import accesses
from be_tui.core.indexes.candidates import candidates
from be_tui.core.indexes.values import variants
from be_tui.core.queries import resolve
from be_tui.core.sqltext import Parsed, Statement, parse
from be_tui.core.workloads import LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from be_tui.core.indexes.access import Access
    from be_tui.core.indexes.known import Known
    from be_tui.core.indexes.model import Candidate, Variant
    from be_tui.core.queries import Query
    from be_tui.core.schema import Schema, Table
    from be_tui.core.sqltext import Target
    from be_tui.core.workloads import Work, Workload

    Progress = Callable[[str, int, int], None]

_BEGINNING = 60


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One query of the workload, ready to be judged."""

    number: int
    work: Work
    query: Query
    variants: tuple[Variant, ...]
    tables: frozenset[str]
    """What its indexes are on, by `table_key`."""

    groups: tuple[tuple[Candidate, ...], ...]
    """Candidates by what they serve: a source, or an arm of OR."""

    leads: frozenset[tuple[str, str]]
    """Table and expression of each part that one of its candidates has: what could serve it."""

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Give its candidates, each once."""
        return tuple({each.sketch: each for group in self.groups for each in group}.values())


def table_key(table: Table) -> str:
    """Give what a table is told apart by."""
    return f"{table.namespace}.{table.name.folded}"


def subjects_of(
    workload: Workload, schema: Schema, target: Target, known: Known, progress: Progress
) -> tuple[tuple[Subject, ...], tuple[LeftOut, ...], tuple[tuple[Query, Work], ...]]:
    """Give what can be judged, what is left out, and all queries that could be read."""
    found: list[Subject] = []
    left: list[LeftOut] = []
    read: list[tuple[Query, Work]] = []
    for count, work in enumerate(workload.works):
        progress("queries read", count, len(workload.works))
        query = _query(work, schema, target)
        if isinstance(query, LeftOut):
            left.append(query)
            continue
        read.append((query, work))
        unknown = _unknown(query)
        if unknown:
            reason = f"the schema has no table {unknown}"
            left.append(LeftOut(work.text[:_BEGINNING], work.place, reason))
            continue
        if query.kind == "insert" and not any(s.use == "body" for s in query.scopes):
            continue
        if query.root is not None and _tables(query):
            found.append(_subject(len(found), work, query, target, known))
    return tuple(found), tuple(left), tuple(read)


def _query(work: Work, schema: Schema, target: Target) -> Query | LeftOut:
    statement = Statement(work.text, 0, max(work.place.line, 1), max(work.place.column, 1))
    parsed = parse(statement, target.engine)
    if isinstance(parsed, Parsed):
        return resolve(parsed, schema, target)
    return LeftOut(work.text[:_BEGINNING], work.place, parsed.message)


def _unknown(query: Query) -> str:
    """Give a table that the schema does not have; nothing where it has all."""
    for scope in query.scopes:
        for source in scope.sources:
            known = (
                source.table or source.view or source.scope or source.is_function or source.is_cte
            )
            if not known and source.name and not source.is_templated:
                return source.name
    return ""


def _tables(query: Query) -> frozenset[str]:
    sources = (source for scope in query.scopes for source in scope.sources)
    return frozenset(table_key(source.table) for source in sources if source.table)


def _subject(number: int, work: Work, query: Query, target: Target, known: Known) -> Subject:
    found = accesses(query)
    groups = tuple(group for each in found if (group := candidates(each, target, known)))
    return Subject(
        number=number,
        work=work,
        query=query,
        variants=variants(query, work, known),
        tables=_tables(query),
        groups=groups,
        leads=frozenset(_leads(groups, found)),
    )


def _leads(
    groups: Iterable[tuple[Candidate, ...]], found: Iterable[Access]
) -> Iterable[tuple[str, str]]:
    for group in groups:
        for each in group:
            for part in each.sketch.index.parts:
                yield table_key(each.sketch.table), part.expression
    for access in found:
        for term in access.terms:
            yield table_key(access.table), term.part.expression
