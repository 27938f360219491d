"""Makes a trial of what a person gives: files of SQL, a schema, a database, names of engines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.measuring.choosing import spots
from be_tui.core.measuring.model import ROWS, RUNS, Trial
from be_tui.core.measuring.tables import index_ddl, table_ddl, translated
from be_tui.core.schema import Schema, is_sqlite_file, read_live, read_schema
from be_tui.core.sqltext import ENGINES, Parsed, Target, guess, parse, read_sql, split

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from be_tui.core.sqltext import Engine, Statement
    from be_tui.core.statistics import Statistics

_MAKES = ("CREATE", "ALTER", "COMMENT")
_NOT_HERE = frozenset({"DATABASE", "ROLE", "USER"})


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives."""

    text: str
    """The queries."""

    path: str
    """Where they are from, for what is told of them."""

    indexes: tuple[str, ...] = ()
    """`CREATE INDEX` statements to be tried."""

    rewrite: str = ""
    """The same queries in other words; empty where only indexes are tried."""

    schema: str = ""
    """A file of DDL, or of SQLite; empty where a database is given."""

    database: str = field(default="", repr=False)
    """A database of which the tables are read, and nothing else."""

    sandbox: str = field(default="", repr=False)
    """Where to measure; empty for the engine that the SQL is for."""

    target: Target | None = None
    """The engine that the SQL is for; guessed without one."""

    rows: int = 0
    """Of a table that no other one refers to; 0 for as many as statistics tell, or a million."""

    given_rows: Mapping[str, int] = field(default_factory=dict)
    runs: int = RUNS
    seconds: float = 60.0
    """After which a query is stopped."""


def prepare(given: Given, *, alone: bool = False) -> Trial:
    """Read everything, and refuse what cannot be measured, before any sandbox is opened.

    Args:
        given: What is known.
        alone: Whether nothing is compared: the queries are only run.

    Raises:
        InputError: Something of it cannot be read, or is not to be measured.
    """
    if not alone and not given.indexes and not given.rewrite.strip():
        hint = "give --index 'CREATE INDEX ...' or --rewrite FILE"
        raise InputError("nothing to compare with", where=given.path, hint=hint)
    schema, ddl, source, notes = _schema(given)
    known = _statistics(given, source, notes)
    engine = _engine(given.sandbox, source)
    if engine not in (source, "sqlite"):
        message = f"what is written for {source} is measured there or on SQLite, not on {engine}"
        raise InputError(message, where="--sandbox")
    if engine != source:
        notes.append(f"written for {source}, translated for {engine}: its plans are another's")
    if engine != source or not ddl:
        ddl = table_ddl(schema, engine, source)
    queries = _queries(given.text, source, given.path, notes)
    others = _queries(given.rewrite, source, "--rewrite", notes) if given.rewrite.strip() else ()
    if others and len(others) != len(queries):
        message = f"{len(others)} queries for {len(queries)}: each needs its own"
        raise InputError(message, where="--rewrite")
    _known(queries + others, schema, source)
    wanted = tuple(_index(each, schema, source) for each in given.indexes)
    if engine != source:
        queries, others, wanted = (
            tuple(translated(each, source, engine) for each in group)
            for group in (queries, others, wanted)
        )
    later = index_ddl(schema, engine)
    if engine != source:
        # Its types are those of the engine that the rows are made for.
        schema = read_schema(";\n".join(ddl), Target(engine)).schema
    return Trial(
        queries=queries,
        schema=schema,
        engine=engine,
        where=given.sandbox or _by_default(source, given.target),
        ddl=ddl,
        later=later,
        indexes=wanted,
        rewrites=others,
        rows=given.rows or ROWS,
        given_rows=_rows(given, schema, known),
        runs=given.runs,
        seconds=given.seconds,
        statistics=known,
        notes=tuple(notes),
    )


def _rows(given: Given, schema: Schema, known: Statistics | None) -> dict[str, int]:
    """Give the rows of single tables: what is said of them, else what statistics tell."""
    for name in given.given_rows:
        if schema.table(name) is None:
            raise InputError(f"the schema has no table {name}", where="--rows")
    found = {}
    for table in schema.tables if known and not given.rows else ():
        stats = known.of(table.name.text, table.namespace) if known else None
        if stats and stats.rows >= 1:
            found[table.name.folded] = min(round(stats.rows), ROWS)
    return found | {name.casefold(): count for name, count in given.given_rows.items()}


def _statistics(given: Given, engine: Engine, notes: list[str]) -> Statistics | None:
    """Give the statistics of the database that the tables are read from; None without one."""
    from be_tui.core import statistics

    where = given.database or given.schema
    try:
        if engine == "postgresql" and given.database:
            from be_tui.core.databases import dump_postgres

            text = dump_postgres(given.database)
            return (
                statistics.read_dump(text, "--database")
                if statistics.holds_statistics(text)
                else None
            )
        if engine == "sqlite" and is_sqlite_file(where.removeprefix("sqlite:")):
            return statistics.read_sqlite_statistics(where.removeprefix("sqlite:"))
    except InputError as error:
        notes.append(f"made without the database's statistics: {error.message}")
    return None


def _engine(sandbox: str, source: Engine) -> Engine:
    """Give the engine of a sandbox, by how it is named."""
    name = re.match(r"\w*", sandbox.lower())[0]  # type: ignore[index]  # (it matches anything)
    if not name:
        return source
    if source in ("mariadb", "mysql") and name in ("mariadb", "mysql"):
        return source
    known: dict[str, Engine] = {"postgres": "postgresql", **{each: each for each in ENGINES}}
    if name not in known:
        hint = "sqlite, postgresql, postgresql:MAJOR, or a URL"
        raise InputError(f"no sandbox {name!r}", where="--sandbox", hint=hint)
    return known[name]


def _by_default(source: Engine, target: Target | None) -> str:
    """Give the sandbox where none is named."""
    if source == "sqlite":
        return "sqlite"
    if source == "postgresql":
        from be_tui.core.databases import majors

        found = majors()
        if not found:
            hint = "pip install 'be-tui[postgres]', or --sandbox sqlite, or --sandbox URL"
            raise InputError("there is no PostgreSQL to measure on", hint=hint)
        major = str(target.version[0]) if target and target.version else ""
        return f"postgresql:{major}" if major in found else "postgresql"
    hint = f"--sandbox {source}://USER@HOST/ of a server where a scratch database may be made"
    raise InputError(f"no server of {source} to measure on", hint=f"{hint}, or --sandbox sqlite")


def _schema(given: Given) -> tuple[Schema, tuple[str, ...], Engine, list[str]]:
    """Give the tables, their DDL where it is kept as it was written, and its engine."""
    file, database, target = given.schema, given.database, given.target
    if file and database:
        raise InputError("--schema or --database, not both", where="--schema")
    if database or (file and is_sqlite_file(file)):
        live = read_live(database or file)
        notes = [f"not read: {each.statement.text[:60]}" for each in live.unread]
        return live.schema, (), live.target.engine, notes
    if not file:
        hint = "give --schema FILE of DDL, or --database URL"
        raise InputError("nothing is known of the tables", hint=hint)
    text = read_sql(file)
    engine = (target or guess(text)).engine
    read = read_schema(text, Target(engine), file)
    if not any(table.complete and table.columns for table in read.schema.tables):
        raise InputError(f"no table is made here, read as {engine}", where=file)
    notes = [f"{file}:{each.statement.line}: {each.message}" for each in read.unread]
    made = tuple(each.text for each in split(text, engine) if _makes(each.text))
    return read.schema, made, engine, notes


def _makes(text: str) -> bool:
    """Tell whether a statement makes tables or what they need; indexes come later."""
    words = text.upper().split()[:4]
    if not words or words[0] not in _MAKES:
        return False
    return "INDEX" not in words[1:3] and not _NOT_HERE & set(words[1:2])


def _queries(text: str, engine: Engine, path: str, notes: list[str]) -> tuple[str, ...]:
    """Give the queries of a text; those that cannot be measured are left out, and told.

    Raises:
        InputError: None is left.
    """
    found: list[str] = []
    left: list[InputError] = []
    for statement in split(text, engine):
        try:
            parsed = _parsed(statement, engine, path)
            _reads(parsed, path)
            _can_be_asked(parsed, path)
        except InputError as error:
            left.append(error)
        else:
            found.append(text_of(parsed))
    if not found:
        raise left[0] if left else InputError("no query stands here", where=path)
    notes += [f"left out: {error.where}: {error.message}" for error in left]
    return tuple(found)


def text_of(parsed: Parsed) -> str:
    """Give a statement without the EXPLAIN before it."""
    text = parsed.statement.text
    start = parsed.tokens[0].start if parsed.explain and parsed.tokens else 0
    return text[start:]


def _parsed(statement: Statement, engine: Engine, path: str) -> Parsed:
    found = parse(statement, engine)
    if not isinstance(found, Parsed):
        raise InputError(found.message, where=f"{path}:{statement.line}")
    return found


def _reads(parsed: Parsed, path: str) -> None:
    from sqlglot import exp

    tree = parsed.tree
    writes = tree.find(exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Into)
    if writes is not None or not isinstance(tree, exp.Query):
        verb = (writes or tree).key.upper()
        said = f"only queries that read are measured, not {verb}"
        hint = "what an index costs writes is measured beside each query"
        raise InputError(said, where=f"{path}:{parsed.statement.line}", hint=hint)


def _can_be_asked(parsed: Parsed, path: str) -> None:
    """Refuse a query of which a placeholder has no value."""
    try:
        spots(parsed)
    except InputError as error:
        where = f"{path}:{parsed.statement.line}"
        raise InputError(error.message, where=where, hint=error.hint) from error


def _known(queries: Sequence[str], schema: Schema, engine: Engine) -> None:
    """Refuse queries of which the schema has no table at all."""
    tables = {name for query in queries for name in tables_of(query, engine, schema)}
    if not any(schema.table(name) for name in tables):
        said = ", ".join(sorted(tables)) or "no table"
        raise InputError(f"the schema has none of the tables that are read: {said}")


def tables_of(query: str, engine: Engine, schema: Schema) -> tuple[str, ...]:
    """Give the names of the tables that a query reads, those behind its views among them."""
    views = {view.name.folded: view.query for view in schema.views}
    found: dict[str, None] = {}
    waiting = [query]
    while waiting:
        for name in _named(waiting.pop(), engine):
            if name not in found:
                found[name] = None
                waiting += [views[name.casefold()]] if name.casefold() in views else []
    return tuple(found)


def _named(query: str, engine: Engine) -> tuple[str, ...]:
    from sqlglot import exp

    statement = next(iter(split(query, engine)), None)
    found = parse(statement, engine) if statement else None
    if not isinstance(found, Parsed):
        return ()
    return tuple(dict.fromkeys(node.name for node in found.tree.find_all(exp.Table) if node.name))


def _index(ddl: str, schema: Schema, engine: Engine) -> str:
    """Give the statement of an index, if it is one on a table that there is.

    Raises:
        InputError: It is none, or names no table that there is.
    """
    from sqlglot import exp

    where = "--index"
    statements = tuple(split(ddl, engine))
    if len(statements) != 1:
        message = f"one statement each, found {len(statements)}"
        raise InputError(message, where=where, hint="give --index again for another one")
    found = parse(replace(statements[0], line=1), engine)
    if not isinstance(found, Parsed):
        raise InputError(found.message, where=where)
    tree = found.tree
    if not isinstance(tree, exp.Create) or str(tree.args.get("kind")).upper() != "INDEX":
        said = " ".join(statements[0].text.split()[:2])
        raise InputError(f"expected CREATE INDEX, found {said}", where=where)
    on = tree.this.args.get("table")
    table = schema.table(on.name, on.text("db")) if on is not None else None
    if table is None:
        named = f"no table {on.name}" if on is not None else "no table named in it"
        raise InputError(f"the schema has {named}", where=where)
    for column in tree.this.find_all(exp.Column):
        if table.column(column.name) is None:
            raise InputError(f"{table.name.text} has no column {column.name}", where=where)
    return statements[0].text
