"""The state of a schema of MySQL, MariaDB or SQLite, which has no grammar of its own."""

from __future__ import annotations

import copy
import re
from dataclasses import fields
from typing import TYPE_CHECKING

from be_tui.core.schema.drafting import Draft, TableDraft
from be_tui.core.schema.holding import Holding
from be_tui.core.schema.lite.applying import apply_statement
from be_tui.core.schema.shelf import Shelf
from be_tui.core.schema.state import SchemaState
from be_tui.core.sqltext import Statement, Unread

if TYPE_CHECKING:
    from be_tui.core.pgtext import PgStatement
    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.model import Schema, Table
    from be_tui.core.sqltext import Target

_DDL = re.compile(r"CREATE|ALTER|DROP|RENAME", re.I)


class DraftedState(SchemaState):
    """A schema of an engine that has no grammar of its own here."""

    def __init__(self, target: Target, schema: Schema) -> None:
        """Begin with what there is."""
        self._draft = Draft()
        for table in schema.tables:
            self._draft.add(_draft_of(table))
        self._draft.views = list(schema.views)
        self._draft.triggers = list(schema.triggers)
        self._draft.routines = list(schema.routines)
        self._draft.sequences = list(schema.sequences)
        self._draft.others = list(schema.others)
        self._keys: dict[int, Key] = {}
        super().__init__(target, Holding())
        self._sync()
        self.mark()

    def apply(self, statement: Statement | PgStatement, path: str = "") -> Unread | None:
        """Take in a statement."""
        if not isinstance(statement, Statement):
            statement = statement.statement
        if not _DDL.match(statement.text):
            return None
        fault = apply_statement(self._draft, statement, path, self.target.engine)
        self._sync()
        if fault is None:
            return None
        said = f"does not parse as {self.target.engine}: {fault}"
        return Unread(statement, said, fault.offset)

    def copy(self) -> DraftedState:
        """Give one that can go on by itself."""
        made = DraftedState(self.target, self.schema())
        made._marked = self._marked
        return made

    def _sync(self) -> None:
        """Let what is held be what the draft has come to."""
        held, engine = self._held, self.target.engine
        for number in self._draft.dropped:
            self._draft.touched.pop(number, None)
            if number in self._keys:
                held.take(self._keys.pop(number))
        self._draft.dropped.clear()
        for number, draft in self._draft.touched.items():
            table = draft.made(engine)
            key = (table.namespace, table.name.text)
            before = self._keys.get(number)
            self._keys[number] = key
            if before is not None and before != key:
                held.move(before, key, table)
            else:
                held.put(key, table)
        self._draft.touched.clear()
        for key in tuple(held.views):
            held.take_view(key)
        for view in self._draft.views:
            held.put_view((view.namespace, view.name.text), view)
        held.triggers = Shelf(
            ((each.namespace, each.table, each.name or str(at)), each)
            for at, each in enumerate(self._draft.triggers)
        )
        held.routines = Shelf(
            ((each.namespace, each.name, each.kind), each) for each in self._draft.routines
        )
        held.sequences = Shelf(
            ((each.namespace, each.name), each) for each in self._draft.sequences
        )
        held.others = {
            (each.kind, each.namespace, "", each.name): each for each in self._draft.others
        }


def _draft_of(table: Table) -> TableDraft:
    """Give a table that can be changed."""
    draft = TableDraft(table.name, table.place, table.namespace)
    for each in fields(TableDraft):
        value = getattr(table, each.name)
        setattr(
            draft, each.name, list(value) if isinstance(getattr(draft, each.name), list) else value
        )
    return copy.copy(draft)
