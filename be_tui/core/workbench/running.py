"""What can be run for the statement at hand: its plan, rewrites, index advice, a measurement.

Each can be cancelled from another thread, tells how far it is, and leaves nothing behind. A
person's own database is only read here; sandboxes are made on this machine.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.sqltext import split
from be_tui.core.workbench.pointing import statement_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.files import FileSet
    from be_tui.core.indexes import Report
    from be_tui.core.measuring import Measurement
    from be_tui.core.plans import Plan
    from be_tui.core.project import Cancel
    from be_tui.core.rewrites import Rewrite
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Statement, Target
    from be_tui.core.workbench.model import Source

    Progress = Callable[[str, float], None]
    """Told what is done, and which part of the whole is behind, from 0 to 1."""

_INDEX = re.compile(r"CREATE\s+(?:UNIQUE\s+)?INDEX\b", re.I)
_DDL = re.compile(r"(?:CREATE|ALTER|DROP|COMMENT|SET|PRAGMA|GRANT|BEGIN|COMMIT)\b", re.I)
_WRITES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE|REPLACE)\b", re.I)


@dataclass(frozen=True, slots=True)
class Bench:
    """What lies on the bench when something is run."""

    text: str
    """All that stands in the editor."""

    offset: int
    """Where its cursor is."""

    target: Target
    schema: Schema
    source: Source
    """Where the tables are described."""

    root: Path
    """The project's folder."""

    @property
    def statement(self) -> Statement:
        """Give the statement at the cursor; where that one makes an index, the query before it.

        Raises:
            InputError: There is none.
        """
        found = statement_at(self.text, self.target.engine, self.offset)
        if found is not None and _DDL.match(found.text):
            queries = self.queries
            above = [each for each in queries if each.start < found.start]
            found = (above[-1:] or queries[:1] or (None,))[0]
        if found is None:
            raise InputError("no query stands in the editor")
        return found

    @property
    def queries(self) -> tuple[Statement, ...]:
        """Give the statements that are no DDL."""
        return tuple(each for each in self._statements() if not _DDL.match(each.text))

    @property
    def indexes(self) -> tuple[str, ...]:
        """Give the statements that make an index: those to be tried."""
        return tuple(each.text for each in self._statements() if _INDEX.match(each.text))

    def _statements(self) -> Iterator[Statement]:
        return split(self.text, self.target.engine)

    @property
    def has_database(self) -> bool:
        """Tell whether there is a database to ask, not only a description of tables."""
        from be_tui.core.schema import is_sqlite_file

        if self.source.kind == "file":
            return is_sqlite_file(self.source.where)
        return self.source.kind == "url"


def writes(statement: str) -> bool:
    """Tell whether a statement may change rows, so that a person is asked before it is run."""
    return _WRITES.search(statement) is not None


def run_plan(bench: Bench, cancel: Cancel, *, run: bool = False, leave: str = "") -> Plan:
    """Give the plan of the statement, as the database at hand makes it.

    Args:
        bench: What lies on the bench.
        cancel: Ends it from another thread.
        run: Whether the statement is run, so that the plan has times; it is undone.
        leave: Where a person said that it may write, which is undone as well.

    Raises:
        InputError: There is no database at hand, or it makes no plan of the statement.
        Cancelled: The cancel was set.
    """
    from be_tui.core.databases import StatementError
    from be_tui.core.databases.guarded import Leave, open_guarded
    from be_tui.core.plans import read_plan

    if not bench.has_database:
        hint = "choose a database among the tables, or paste what EXPLAIN wrote"
        raise InputError("there is no database to ask", hint=hint)
    statement = bench.statement.text
    with open_guarded(bench.source.where) as database:
        try:
            with cancel.when_set(database.stop):
                if run:
                    said = database.analyse(statement, leave=Leave(leave) if leave else None)
                else:
                    said = database.plan(statement)
        except StatementError as error:
            cancel.check()
            raise InputError(error.message, where=bench.source.shown) from None
    return read_plan(said, bench.source.shown)


def run_plan_here(bench: Bench, rows: int, cancel: Cancel, progress: Progress) -> Plan:
    """Give the plan of the statement on a sandbox, with generated rows and what each step took.

    Raises:
        InputError: It cannot be run here: the line says why.
        Cancelled: The cancel was set.
    """
    from be_tui.core.measuring import Given, explain

    with tempfile.TemporaryDirectory(prefix="be-tui-tables-") as folder:
        schema, database = _tables(bench, Path(folder))
        given = Given(
            bench.statement.text,
            "the query",
            schema=schema,
            database=database,
            target=bench.target,
            rows=rows,
        )
        return explain(given, progress, cancel)


def run_rewrite(bench: Bench, cancel: Cancel, progress: Progress) -> Rewrite:
    """Rewrite the statement, each step proved from the tables and tried on a sandbox.

    Raises:
        InputError: There is no statement.
        Cancelled: The cancel was set.
    """
    from be_tui.core.rewrites import Gate, rewrite

    statement = bench.statement
    progress("proves and tries each step", 0.0)
    schema = bench.schema if bench.schema.tables else None
    with Gate(bench.schema, bench.target, stopped=lambda: cancel.is_set) as gate:
        found = rewrite(statement, schema, bench.target, gate)
    cancel.check()
    return found


def run_advice(bench: Bench, cancel: Cancel, progress: Progress) -> Report:
    """Give the indexes that the queries in the editor are worth, all of them together.

    Raises:
        InputError: Nothing is known of the tables, or there is no query.
        Cancelled: The cancel was set.
    """
    from be_tui.core.indexes import Sources, Text, advise, ask
    from be_tui.core.whatif import StoppedError

    queries = ";\n".join(each.text for each in bench.queries)
    if not queries:
        raise InputError("no query stands in the editor")
    progress("opens a judge", 0.0)
    with tempfile.TemporaryDirectory(prefix="be-tui-tables-") as folder:
        schema, database = _tables(bench, Path(folder))
        files = (Text(queries, "the editor"),)
        asked = ask(Sources(files, schema, bench.target, database))
        picked = asked.open()
    fallen = tuple(f"No {each.kind}: {each.reason}" for each in picked.passed_over)
    with picked.judge as judge, cancel.when_set(judge.stop):
        cancel.check()

        def told(what: str, done: int, whole: int) -> None:
            cancel.check()
            progress(f"{what}: {done:,} of {whole:,}", done / max(whole, 1))

        try:
            return advise(asked.question, judge, fallen=fallen, progress=told)
        except StoppedError:
            cancel.check()
            raise


def advice_files(report: Report) -> FileSet:
    """Give advice as files to be: the statements, and the reasons for a pull request."""
    from be_tui.core.files import FileSet, NewFile
    from be_tui.core.indexes import advice_markdown, advice_sql

    statements = NewFile("docs/indexes/indexes.sql", advice_sql(report))
    return FileSet((statements, NewFile("docs/indexes/README.md", advice_markdown(report))))


@dataclass(frozen=True, slots=True)
class Tried:
    """What is to be measured against the statement as it is."""

    indexes: tuple[str, ...] = ()
    rewrite: str = ""

    @property
    def title(self) -> str:
        """Say it in a few words."""
        if self.indexes:
            count = len(self.indexes)
            return "the index" if count == 1 else f"{count} indexes"
        return "the rewritten query" if self.rewrite else ""


def to_try(bench: Bench, advised: tuple[str, ...] = (), rewritten: str = "") -> Tried:
    """Give what there is to measure: indexes in the editor, else those advised, else a rewrite."""
    indexes = bench.indexes or advised
    return Tried(indexes, "" if indexes else rewritten)


def run_measure(
    bench: Bench, change: Tried, rows: int, cancel: Cancel, progress: Progress
) -> Measurement:
    """Measure the statement with a change and without it, on generated rows, in turns.

    Args:
        bench: What lies on the bench.
        change: What is tried.
        rows: Rows of each table that the statement reads.
        cancel: Ends it from another thread; the sandbox is removed.
        progress: Told how far it is.

    Raises:
        InputError: It cannot be measured: the line says why.
        Cancelled: The cancel was set.
    """
    from be_tui.core.measuring import Given, measure, prepare

    given = Given(
        bench.statement.text,
        "the query",
        indexes=change.indexes,
        rewrite=change.rewrite,
        target=bench.target,
        rows=rows,
    )
    with tempfile.TemporaryDirectory(prefix="be-tui-tables-") as folder:
        schema, database = _tables(bench, Path(folder))
        trial = prepare(replace(given, schema=schema, database=database))
    return measure(trial, progress, cancel)


def _tables(bench: Bench, folder: Path) -> tuple[str, str]:
    """Give the file that describes the tables, made where there is none, or the database."""
    source = bench.source
    if source.kind == "url":
        return "", source.where
    if source.kind == "file":
        return source.where, ""
    ddl = _declared(bench)
    if not ddl:
        hint = "say where they are described, or write CREATE TABLE beside the query"
        raise InputError("nothing is known of the tables", hint=hint)
    path = folder / "tables.sql"
    path.write_text(ddl, encoding="utf-8")
    return str(path), ""


def _declared(bench: Bench) -> str:
    if bench.source.kind == "project":
        from be_tui.core.project import declared_tables

        found = declared_tables(bench.root)
        if found is not None:
            return found.ddl
    made = [each.text for each in split(bench.text, bench.target.engine) if _DDL.match(each.text)]
    return ";\n".join(each for each in made if not _INDEX.match(each))
