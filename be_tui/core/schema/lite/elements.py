"""What stands in the brackets of CREATE TABLE and after ADD: columns, keys, references, checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from be_tui.core.schema.lite.expressions import expression, type_of
from be_tui.core.schema.lite.tokens import bare, said
from be_tui.core.schema.model import Check, Column, ForeignKey, Index, IndexPart, Key, Name
from be_tui.core.schema.places import place_at

if TYPE_CHECKING:
    from be_tui.core.findings import Place
    from be_tui.core.schema.drafting import TableDraft
    from be_tui.core.schema.lite.tokens import Cursor, Token
    from be_tui.core.sqltext import Engine, Statement

_KINDS = frozenset({"FULLTEXT", "SPATIAL"})
_KEYS = frozenset({"KEY", "INDEX"})
_STARTS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK"})
_STARTS_MYSQL = _STARTS | _KEYS | _KINDS | {"PERIOD"}
_OF_COLUMN = frozenset(
    {
        *("NOT", "NULL", "DEFAULT", "AUTO_INCREMENT", "AUTOINCREMENT", "PRIMARY", "UNIQUE", "KEY"),
        *("COMMENT", "COLLATE", "CHARACTER", "CHARSET", "GENERATED", "AS", "CHECK", "REFERENCES"),
        *("ON", "INVISIBLE", "VISIBLE", "COLUMN_FORMAT", "STORAGE", "SRID", "CONSTRAINT"),
        *("FIRST", "AFTER", "VIRTUAL", "STORED", "PERSISTENT", "WITH", "WITHOUT", "COMPRESSED"),
        *("DEFERRABLE", "INITIALLY", "ASCII", "UNICODE", "REF_SYSTEM_ID", "MATCH", "ENFORCED"),
    }
)
_CHARSETS = {"ASCII": "latin1", "UNICODE": "ucs2"}


@dataclass(slots=True)
class Elements:
    """Reads the elements of one statement into a table's draft."""

    statement: Statement
    path: str
    engine: Engine

    def place(self, token: Token | None) -> Place:
        """Give where a token stands in its file."""
        if token is None:
            return place_at(self.statement, self.path, 0)
        length = len(bare(token.text)) if token.kind == "name" else token.end - token.start
        if token.kind == "name":
            length = token.end - token.start
        return place_at(self.statement, self.path, token.start, length)

    @property
    def mysql(self) -> bool:
        """Tell whether it is MySQL or MariaDB."""
        return self.engine != "sqlite"

    def add(self, table: TableDraft, cursor: Cursor) -> None:
        """Add one element."""
        if not cursor.peek_any(_STARTS_MYSQL if self.mysql else _STARTS):
            self.column(table, cursor)
            return
        place = self.place(cursor.token)
        name = ""
        if cursor.take("CONSTRAINT") and not cursor.peek_any(_STARTS_MYSQL):
            token = cursor.name()
            name, place = bare(token.text), self.place(token)
        if cursor.take("PRIMARY", "KEY"):
            self._primary(table, cursor, name, place)
        elif cursor.take("FOREIGN", "KEY"):
            self._foreign(table, cursor, name, place)
        elif cursor.take("CHECK"):
            table.checks.append(self._check(cursor, name, place))
        elif cursor.take("UNIQUE"):
            self._unique(table, cursor, name, place)
        elif not cursor.peek("PERIOD"):
            self._index(table, cursor, place)

    def _primary(self, table: TableDraft, cursor: Cursor, name: str, place: Place) -> None:
        self._method(cursor)
        if not cursor.peek("("):
            cursor.name()
        parts = self.parts(cursor)
        table.primary_key = Key(
            tuple(each.column for each in parts), place, name, prefixes=_prefixes(parts)
        )
        self._options(cursor, {})

    def _unique(self, table: TableDraft, cursor: Cursor, name: str, place: Place) -> None:
        own = self._index_name(cursor) or name
        method = self._method(cursor)
        parts = self.parts(cursor)
        options: dict[str, Any] = {}
        self._options(cursor, options)
        method = options.pop("method", method)
        if all(each.column for each in parts) and not options:
            key = Key(tuple(each.column for each in parts), place, own, prefixes=_prefixes(parts))
            table.uniques.append(key)
        else:
            table.indexes.append(Index(own, parts, place, unique=True, **options))

    def _index(self, table: TableDraft, cursor: Cursor, place: Place) -> None:
        kind = cursor.step().text.lower() if cursor.peek_any(_KINDS) else ""
        name = self._index_name(cursor)
        table.indexes.append(self.index(cursor, name, place, kind))

    def index(self, cursor: Cursor, name: str, place: Place, kind: str, **more: Any) -> Index:  # noqa: ANN401
        """Give an index from its columns on."""
        method = self._method(cursor) or "btree"
        parts = self.parts(cursor)
        options: dict[str, Any] = {"method": method, **more}
        self._options(cursor, options)
        if kind:
            options["method"] = kind
        return Index(name, parts, place, **options)

    def _index_name(self, cursor: Cursor) -> str:
        if cursor.peek_any(_KEYS):
            cursor.step()
        cursor.take("IF", "NOT", "EXISTS")
        if cursor.peek("(") or cursor.peek("USING"):
            return ""
        return bare(cursor.name().text)

    def _method(self, cursor: Cursor) -> str:
        return cursor.name().text.lower() if cursor.take("USING") else ""

    def _options(self, cursor: Cursor, found: dict[str, Any]) -> None:
        """Take in what is said of an index after its columns."""
        while not cursor.done:
            if cursor.take("USING"):
                found["method"] = cursor.name().text.lower()
            elif cursor.take("COMMENT"):
                found["comment"] = said(cursor.step().text)
            elif cursor.take("INVISIBLE") or cursor.take("IGNORED"):
                found["visible"] = False
            elif cursor.take("WHERE"):
                found["where"] = expression(cursor.rest(), self.engine)
            elif cursor.take("NOT", "IGNORED") or cursor.take("VISIBLE"):
                found.pop("visible", None)
            else:
                cursor.step()

    def parts(self, cursor: Cursor) -> tuple[IndexPart, ...]:
        """Give the columns and expressions of an index."""
        return tuple(self._part(each) for each in cursor.inside().pieces())

    def _part(self, cursor: Cursor) -> IndexPart:
        token = cursor.token
        prefix = 0
        if token is None or token.kind not in {"word", "name"}:
            return self._expression_part(cursor)
        if self.mysql and cursor.number_follows():
            column = bare(cursor.name().text)
            prefix = int(cursor.inside().step().text)
        elif cursor.peek("(", ahead=1):
            return self._expression_part(cursor)
        else:
            column = bare(cursor.name().text)
            if not cursor.done and not cursor.peek_any(_AFTER_PART):
                return self._expression_part(cursor, whole=True)
        collation, descending = _after_part(cursor)
        folded = column.casefold()
        return IndexPart(folded, folded, descending, None, "", prefix, collation)

    def _expression_part(self, cursor: Cursor, *, whole: bool = False) -> IndexPart:
        text = cursor.whole() if whole else cursor.until(_AFTER_PART)
        collation, descending = ("", False) if whole else _after_part(cursor)
        return IndexPart(
            "",
            expression(text, self.engine).lower(),
            descending=descending,
            collation=collation,
        )

    def _check(self, cursor: Cursor, name: str, place: Place) -> Check:
        text = expression(cursor.inside().whole(), self.engine)
        enforced = not cursor.take("NOT", "ENFORCED")
        cursor.take("ENFORCED")
        return Check(text, place, name, enforced=enforced)

    def _foreign(self, table: TableDraft, cursor: Cursor, name: str, place: Place) -> None:
        cursor.take("IF", "NOT", "EXISTS")
        if not cursor.peek("("):
            own = bare(cursor.name().text)
            name = name or own
        columns = tuple(each.column for each in self.parts(cursor))
        cursor.want("REFERENCES")
        table.foreign_keys.append(self._reference(cursor, columns, name, place))

    def _reference(
        self, cursor: Cursor, columns: tuple[str, ...], name: str, place: Place
    ) -> ForeignKey:
        *space, target = (bare(each.text) for each in cursor.path())
        targets: tuple[str, ...] = ()
        if cursor.peek("("):
            targets = tuple(each.column for each in self.parts(cursor))
        found = ForeignKey(
            columns, target.casefold(), targets, place, name, namespace="".join(space).casefold()
        )
        while True:
            if cursor.take("ON", "DELETE"):
                found = replace(found, on_delete=self._action(cursor))
            elif cursor.peek("ON", "UPDATE") and not cursor.peek(
                "ON", "UPDATE", "CURRENT_TIMESTAMP"
            ):
                cursor.take("ON", "UPDATE")
                found = replace(found, on_update=self._action(cursor))
            elif cursor.take("MATCH"):
                word = cursor.step().upper
                found = replace(found, match="FULL" if word == "FULL" else "")
            elif cursor.take("NOT", "DEFERRABLE"):
                found = replace(found, deferrable=False)
            elif cursor.take("DEFERRABLE"):
                found = replace(found, deferrable=True)
            elif cursor.take("INITIALLY"):
                found = replace(found, deferred=cursor.step().upper == "DEFERRED")
            else:
                return found

    def _action(self, cursor: Cursor) -> str:
        word = cursor.step().upper
        if word in {"SET", "NO"}:
            word += f" {cursor.step().upper}"
        # MySQL's RESTRICT is what it does anyway, as NO ACTION is everywhere.
        return "" if word == "NO ACTION" or (self.mysql and word == "RESTRICT") else word

    def column(self, table: TableDraft, cursor: Cursor, *, instead: str = "") -> Name:
        """Add a column, or put it in the place of one; what it demands of rows is added too.

        Args:
            table: Where to.
            cursor: Before the column's name.
            instead: The column whose place it takes; its own name where nothing is said.
        """
        token = cursor.name()
        name = Name(bare(token.text), token.kind == "name")
        kind = type_of(self._type_text(cursor), self.engine)
        column = Column(name, kind, self.place(token))
        at = table.index_of(instead or name.text)
        if at is None:
            table.columns.append(column)
            at = len(table.columns) - 1
        else:
            table.columns[at] = column
        values: dict[str, Any] = {}
        constraint = ""
        while not cursor.done:
            if cursor.take("CONSTRAINT"):
                constraint = "" if cursor.peek_any(_OF_COLUMN) else bare(cursor.name().text)
                continue
            self._said(table, cursor, column, values, constraint)
            constraint = ""
        table.columns[at] = replace(column, **values)
        return name

    def _type_text(self, cursor: Cursor) -> str:
        """Step over a type; give it as it was written."""
        first = last = None
        while (token := cursor.token) is not None:
            if token.upper in _OF_COLUMN and not (
                token.upper == "CHARACTER" and not cursor.peek("CHARACTER", "SET")
            ):
                break
            if token.kind == "mark" and token.text != "(":
                break
            first = first or token
            if token.text == "(" and token.kind == "mark":
                start = token
                inner = cursor.inside()
                end = cursor.text.index(")", inner.end_of(start.end)) + 1
                last = (start.start, end)
                continue
            last = (token.start, token.end)
            cursor.step()
        return cursor.text[first.start : last[1]] if first and last else ""

    def _said(
        self,
        table: TableDraft,
        cursor: Cursor,
        column: Column,
        values: dict[str, Any],
        constraint: str,
    ) -> None:
        """Take in one thing that is said of a column."""
        folded = column.name.folded
        if cursor.take("NOT", "NULL"):
            values["nullable"] = False
            self._conflict(cursor)
        elif cursor.take("NULL"):
            values["nullable"] = True
        elif cursor.take("DEFAULT"):
            text = expression(cursor.until(_OF_COLUMN), self.engine)
            values["default"] = "" if text.upper() == "NULL" else text
        elif cursor.take("AUTO_INCREMENT") or cursor.take("AUTOINCREMENT"):
            values["auto"] = "auto_increment"
        elif cursor.take("PRIMARY", "KEY") or (self.mysql and cursor.take("KEY")):
            table.primary_key = Key((folded,), column.place, constraint)
            _ = cursor.take("ASC") or cursor.take("DESC")
            self._conflict(cursor)
        elif cursor.take("UNIQUE"):
            cursor.take("KEY")
            table.uniques.append(Key((folded,), column.place, constraint))
            self._conflict(cursor)
        elif cursor.take("CHECK"):
            table.checks.append(self._check(cursor, constraint, column.place))
        elif cursor.take("REFERENCES"):
            found = self._reference(cursor, (folded,), constraint, column.place)
            table.foreign_keys.append(found)
        else:
            self._attribute(cursor, values)

    def _attribute(self, cursor: Cursor, values: dict[str, Any]) -> None:
        if cursor.take("GENERATED", "ALWAYS", "AS") or cursor.take("AS"):
            values["generated"] = expression(cursor.inside().whole(), self.engine)
            values["virtual"] = True
        elif cursor.take("STORED") or cursor.take("PERSISTENT"):
            values["virtual"] = False
        elif cursor.take("COLLATE"):
            values["collation"] = bare(cursor.name().text)
        elif cursor.take("CHARACTER", "SET") or cursor.take("CHARSET"):
            values["charset"] = bare(cursor.name().text).lower()
        elif cursor.take("COMMENT"):
            values["comment"] = said(cursor.step().text)
        elif cursor.take("ON", "UPDATE"):
            values["on_update"] = True
            cursor.step()
            if cursor.peek("("):
                cursor.inside()
        elif cursor.peek_any(frozenset(_CHARSETS)):
            values["charset"] = _CHARSETS[cursor.step().upper]
        elif cursor.take("SRID") or cursor.take("COLUMN_FORMAT") or cursor.take("STORAGE"):
            cursor.step()
        else:
            cursor.step()

    def _conflict(self, cursor: Cursor) -> None:
        if cursor.take("ON", "CONFLICT"):
            cursor.step()


_AFTER_PART = frozenset({"ASC", "DESC", "COLLATE"})


def _after_part(cursor: Cursor) -> tuple[str, bool]:
    """Give the collation and whether it descends."""
    collation, descending = "", False
    while not cursor.done:
        if cursor.take("COLLATE"):
            collation = bare(cursor.name().text)
        else:
            descending = cursor.step().upper == "DESC" or descending
    return collation, descending


def _prefixes(parts: tuple[IndexPart, ...]) -> tuple[int, ...]:
    return tuple(each.prefix for each in parts) if any(each.prefix for each in parts) else ()
