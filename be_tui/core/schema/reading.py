"""Reads DDL into a schema, statement by statement, in the order that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.schema.drafting import Draft, TableDraft
from be_tui.core.schema.elements import Elements, as_name, names
from be_tui.core.schema.model import Enumeration, Index, Name, Schema, Trigger, View
from be_tui.core.sqltext import Parsed, parse, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlglot import exp

    from be_tui.core.sqltext import Engine, Target, Unread

_NAME = r"(?:\"?[\w$]+\"?\.)?[\"`]?([\w$]+)[\"`]?"
_TRIGGER = re.compile(
    rf"CREATE\s+(?:OR\s+REPLACE\s+)?(?:CONSTRAINT\s+)?(?:TEMP\w*\s+)?TRIGGER\b"
    rf"(?P<when>.*?)\bON\s+{_NAME}",
    re.S | re.I,
)
_IDENTITY = re.compile(
    rf"ALTER\s+TABLE\s+(?:ONLY\s+)?{_NAME}\s+ALTER\s+(?:COLUMN\s+)?\"?([\w$]+)\"?\s+"
    r"ADD\s+GENERATED\b.*\bAS\s+IDENTITY",
    re.S | re.I,
)
_VALUE = re.compile(
    rf"ALTER\s+TYPE\s+{_NAME}\s+(?:ADD\s+VALUE\s+(?:IF\s+NOT\s+EXISTS\s+)?|"
    r"RENAME\s+VALUE\s+'(?P<before>(?:[^']|'')*)'\s+TO\s+)'(?P<value>(?:[^']|'')*)'",
    re.I,
)
_DDL = re.compile(r"CREATE|ALTER|DROP|COMMENT", re.I)
_DDL_OF_POSTGRES = re.compile(
    r"CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE|DO\b|SET\b|REFRESH|SELECT\s+(?:pg_catalog\.)?set_config",
    re.I,
)


@dataclass(frozen=True, slots=True)
class SchemaRead:
    """What came of reading DDL."""

    schema: Schema
    unread: tuple[Unread, ...]
    """The statements of DDL that could not be read."""


def read_schema(text: str, target: Target, path: str = "") -> SchemaRead:
    """Give the schema of a text; what is no DDL is passed over.

    Raises:
        InputError: sqlglot is not installed.
    """
    if target.engine == "postgresql":
        return _of_postgres(text, target, path)
    unread: list[Unread] = []

    def readable() -> Iterator[Parsed]:
        for statement in split(text, target.engine):
            if not _DDL.match(statement.text):
                continue
            found = parse(statement, target.engine)
            if isinstance(found, Parsed):
                yield found
            else:
                unread.append(found)

    schema = schema_of(readable(), target.engine, path)
    return SchemaRead(schema, tuple(unread))


def _of_postgres(text: str, target: Target, path: str) -> SchemaRead:
    from be_tui.core.schema.state import NotThere, schema_of_statements

    found = (each for each in split(text, "postgresql") if _DDL_OF_POSTGRES.match(each.text))
    schema, unread = schema_of_statements(found, target, path)
    # What is altered and stands elsewhere is nobody's fault here.
    return SchemaRead(schema, tuple(each for each in unread if not isinstance(each, NotThere)))


def schema_of(statements: Iterable[Parsed], engine: Engine, path: str = "") -> Schema:
    """Give the schema that parsed statements make, one after the other."""
    draft = Draft()
    for parsed in statements:
        apply_parsed(draft, parsed, path, engine)
    return draft.made(engine)


def apply_parsed(draft: Draft, parsed: Parsed, path: str, engine: Engine) -> None:
    """Apply one parsed statement to what there is so far."""
    from sqlglot import exp

    reading = _Reading(draft, parsed, path, engine)
    match parsed.tree:
        case exp.Create():
            reading.create(parsed.tree)
        case exp.Alter():
            reading.alter(parsed.tree)
        case exp.Drop():
            reading.drop(parsed.tree)
        case exp.Comment():
            reading.comment(parsed.tree)
        case exp.Command():
            reading.by_words()


class _Reading:
    """One statement, applied to the schema so far."""

    def __init__(self, draft: Draft, parsed: Parsed, path: str, engine: Engine) -> None:
        self._draft = draft
        self._parsed = parsed
        self._elements = Elements(parsed, path, engine)

    def create(self, tree: exp.Create) -> None:
        """Take in what is made."""
        kind = str(tree.args.get("kind") or "").upper()
        if kind == "TABLE":
            self._table(tree)
        elif kind == "INDEX":
            self._index(tree)
        elif kind == "VIEW":
            self._view(tree)
        elif kind == "TYPE":
            self._type(tree)
        elif kind == "TRIGGER":
            self.by_words()

    def by_words(self) -> None:
        """Take in what sqlglot gives no tree for: triggers, and identities that pg_dump adds."""
        text = self._parsed.statement.text
        if found := _TRIGGER.match(text):
            on_update = bool(re.search(r"\bUPDATE\b", found["when"], re.I))
            self._draft.triggers.append(Trigger(found[2].casefold(), on_update))
        elif found := _IDENTITY.match(text):
            table = self._draft.table(found[1])
            if table:
                table.change(found[2], auto="identity", nullable=False)
        elif found := _VALUE.match(text):
            self._draft.enumerations[:] = [
                _valued(each, found) if each.name == found[1].casefold() else each
                for each in self._draft.enumerations
            ]

    def alter(self, tree: exp.Alter) -> None:
        """Take in what is altered; nothing where the table was not made here."""
        from sqlglot import exp

        inner = tree.this
        table = self._draft.table(inner.name, inner.text("db"))
        if table is None:
            return
        to = next(iter(tree.find_all(exp.ToTableProperty)), None)
        for action in tree.args.get("actions") or ():
            if isinstance(action, exp.AlterRename) and to is not None:
                # `RENAME a TO b`, the word COLUMN left out, is read as the table's new name.
                table.rename_column(action.this.name, as_name(to.this))
            else:
                self._act(table, action)

    def _act(self, table: TableDraft, action: exp.Expr) -> None:
        from sqlglot import exp

        match action:
            case exp.AlterColumn():
                self._alter_column(table, action)
            case exp.ModifyColumn():
                self._elements.column(table, action.this)
            case exp.RenameColumn():
                table.rename_column(action.this.name, as_name(action.args["to"]))
            case exp.AlterRename():
                self._draft.rename(table, as_name(action.this))
            case exp.Drop():
                self._drop_part(table, action)
            case _:
                self._elements.add(table, action)

    def _alter_column(self, table: TableDraft, action: exp.Expr) -> None:
        name = action.name
        if action.args.get("allow_null") is not None:
            table.change(name, nullable=bool(action.args["allow_null"]))
        default = action.args.get("default")
        if default is not None:
            said = self._elements.sql(default)
            table.change(name, default=said)
            if said.lower().startswith("nextval("):
                table.change(name, auto="serial")
        elif action.args.get("drop"):
            table.change(name, default="")
        if action.args.get("dtype") is not None:
            kind = self._elements.type(action.args["dtype"])
            table.change(name, type=kind)

    def _drop_part(self, table: TableDraft, action: exp.Expr) -> None:
        kind = str(action.args.get("kind") or "").upper()
        for gone in action.args.get("tables") or ():
            if kind == "COLUMN":
                table.drop_column(gone.name)
            elif kind == "CONSTRAINT":
                table.drop_constraint(gone.name)
            elif kind == "INDEX":
                self._draft.drop("INDEX", gone.name, "")

    def drop(self, tree: exp.Drop) -> None:
        """Take away what is dropped."""
        kind = str(tree.args.get("kind") or "").upper()
        for gone in tree.args.get("tables") or ():
            self._draft.drop(kind, gone.name, gone.text("db"))

    def comment(self, tree: exp.Comment) -> None:
        """Take in what is said of a table or column."""
        kind, said = str(tree.args.get("kind") or "").upper(), tree.expression.name
        if kind == "TABLE":
            table = self._draft.table(tree.this.name)
            if table:
                table.comment = said
        elif kind == "COLUMN":
            table = self._draft.table(tree.this.text("table"))
            if table:
                table.change(tree.this.name, comment=said)

    def _table(self, tree: exp.Create) -> None:
        from sqlglot import exp

        schema = tree.this
        inner = schema.this if isinstance(schema, exp.Schema) else schema
        if self._draft.table(inner.name, inner.text("db")) and tree.args.get("exists"):
            return
        namespace = inner.text("db").casefold()
        name = as_name(inner)
        draft = TableDraft(name, self._elements.place(inner.this), namespace)
        draft.complete = isinstance(schema, exp.Schema) and tree.expression is None
        properties = tree.args.get("properties")
        for each in properties.expressions if properties else ():
            self._property(draft, each)
        draft.rowid = not re.search(r"\bWITHOUT\s+ROWID\s*$", self._parsed.statement.text, re.I)
        for element in schema.expressions if isinstance(schema, exp.Schema) else ():
            self._elements.add(draft, element)
        self._draft.add(draft)

    def _property(self, draft: TableDraft, found: exp.Expr) -> None:
        from sqlglot import exp

        match found:
            case exp.TemporaryProperty():
                draft.temporary = True
            case exp.InheritsProperty() | exp.PartitionedOfProperty() | exp.LikeProperty():
                draft.complete = False
            case exp.PartitionedByProperty():
                draft.partitioned = True
            case exp.EngineProperty():
                draft.storage = found.name.lower()
            case exp.CharacterSetProperty():
                draft.charset = found.name.lower()
            case exp.SchemaCommentProperty():
                draft.comment = found.name

    def _index(self, tree: exp.Create) -> None:
        index = tree.this
        on = index.args.get("table")
        table = self._draft.table(on.name, on.text("db")) if on is not None else None
        if table is None:
            return
        params = index.args.get("params")
        arguments = params.args if params is not None else {}
        where = arguments.get("where")
        using = arguments.get("using")
        table.indexes.append(
            Index(
                name=index.name,
                parts=self._elements.parts(arguments.get("columns") or ()),
                place=self._elements.place(index.this or on),
                unique=bool(tree.args.get("unique")),
                method=using.name.lower() if using is not None else "btree",
                include=names(arguments.get("include") or ()),
                where=self._elements.sql(where.this) if where is not None else "",
            )
        )

    def _view(self, tree: exp.Create) -> None:
        from sqlglot import exp

        inner = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        properties = tree.args.get("properties")
        materialised = any(
            isinstance(each, exp.MaterializedProperty)
            for each in (properties.expressions if properties else ())
        )
        query = self._elements.sql(tree.expression)
        place = self._elements.place(inner.this)
        self._draft.views.append(View(as_name(inner), query, place, materialised))

    def _type(self, tree: exp.Create) -> None:
        values = tree.expression.expressions if tree.expression is not None else ()
        name = Name(tree.this.name).folded
        self._draft.enumerations.append(Enumeration(name, tuple(each.name for each in values)))


def _valued(enumeration: Enumeration, found: re.Match[str]) -> Enumeration:
    """Give an enumeration with a value that is added, or called by another name."""
    value, before = found["value"].replace("''", "'"), found["before"]
    if before is None:
        return replace(enumeration, values=(*enumeration.values, value))
    gone = before.replace("''", "'")
    values = tuple(value if each == gone else each for each in enumeration.values)
    return replace(enumeration, values=values)
