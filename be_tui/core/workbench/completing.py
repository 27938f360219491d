"""What may stand where the cursor is: names of the schema, aliases, words of SQL.

Headless and quick: a key waits for it. It goes by the words around the cursor, since a statement
that is being typed has no tree yet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.workbench.mentioning import Mention, derived, is_dead, mentions, tokens_of
from be_tui.core.workbench.model import Completion, Offer
from be_tui.core.workbench.pointing import statement_at
from be_tui.core.workbench.words import (
    AFTER_TABLE,
    AFTER_VALUE,
    BEFORE_VALUE,
    BEGINNINGS,
    CLAUSES,
    FUNCTIONS,
    OWN_FUNCTIONS,
    RESERVED,
    TABLE_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from be_tui.core.schema import Column, Schema
    from be_tui.core.schema import Table as SchemaTable
    from be_tui.core.sqltext import Engine
    from be_tui.core.workbench.mentioning import Token

LIMIT = 60
"""Offers at most: who has not found it by then types another letter."""

_WORD = re.compile(r"[^\W\d]\w*\Z")
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")
_VALUE_ENDS = frozenset({")", "*", "]", "?"})


def complete(text: str, offset: int, engine: Engine, schema: Schema) -> Completion:
    """Give what may stand at a place of a text.

    Args:
        text: All of it; the statement that the place stands in counts.
        offset: Where the cursor is, in characters.
        engine: Whose words and quotes.
        schema: Whose tables and columns.
    """
    found = _WORD.search(text, max(offset - 128, 0), offset)
    word = found[0] if found else ""
    start = offset - len(word)
    statement = statement_at(text, engine, offset)
    if statement is None or offset < statement.start:
        return Completion(start, word, _fitting(_keywords(BEGINNINGS, word), word))
    at = offset - statement.start
    if is_dead(f"{statement.text}\n", at):
        return Completion(offset, "")
    here = _Here(statement.text, at - len(word), engine, schema)
    return Completion(start, word, _fitting(here.offers(word), word))


def _fitting(offers: Iterable[Offer], word: str) -> tuple[Offer, ...]:
    """Give those that the word begun can become, the ones that begin with it first."""
    sought = word.casefold()
    first: dict[str, Offer] = {}
    later: dict[str, Offer] = {}
    for offer in offers:
        name = offer.text.rpartition(".")[2].strip('"`(').casefold()
        if name.startswith(sought):
            first.setdefault(offer.text, offer)
        elif sought and any(part.startswith(sought) for part in re.split(r"[_ ]", name)):
            later.setdefault(offer.text, offer)
    fitting = (offer for offer in {**first, **later}.values() if offer.text != word)
    return tuple(fitting)[:LIMIT]


def _keywords(words: Iterable[str], begun: str) -> Iterator[Offer]:
    """Give words of SQL, in small letters where the person writes them so."""
    small = begun.islower()
    for word in words:
        yield Offer(word.lower() if small else word, "keyword")


class _Here:
    """One place of one statement."""

    def __init__(self, text: str, at: int, engine: Engine, schema: Schema) -> None:
        self._engine = engine
        self._schema = schema
        self._tokens = tokens_of(text)
        self._before = [token for token in self._tokens if token.end <= at]
        self._mentions = mentions(self._tokens)

    def offers(self, word: str) -> Iterator[Offer]:
        """Give everything that may stand here, the likeliest first."""
        before = self._before
        if before and before[-1].text == ".":
            yield from self._members(before[:-1])
            return
        if not before:
            yield from _keywords(BEGINNINGS, word)
            return
        table = self._bracketed()
        if table is not None:
            yield from map(self._column, table.columns)
            return
        last = before[-1]
        ends_value = last.is_name or last.kind in {"value", "string"} or last.text in _VALUE_ENDS
        if self._wants_table():
            yield from _keywords(AFTER_TABLE, word) if ends_value else self._tables()
        elif ends_value and not self._is_star(last):
            yield from _keywords(AFTER_VALUE, word)
        else:
            yield from self._values(word)

    def _is_star(self, last: Token) -> bool:
        """Tell whether a star multiplies, so that a value follows."""
        before = self._before
        return last.text == "*" and len(before) > 1 and before[-2].kind in {"value", "quoted"}

    def _wants_table(self) -> bool:
        """Tell whether the cursor stands in a list of tables."""
        depth = 0
        for token in reversed(self._before):
            depth += (token.text == ")") - (token.text == "(")
            if depth < 0:
                depth = 0
            elif depth == 0 and token.is_word(*CLAUSES):
                creates_index = token.is_word("ON") and self._before[0].is_word("CREATE")
                return token.is_word(*TABLE_WORDS) or creates_index
        return False

    def _bracketed(self) -> SchemaTable | None:
        """Give the table whose columns are listed in the bracket that is open here."""
        depth = 0
        for number in range(len(self._before) - 1, -1, -1):
            token = self._before[number]
            depth += (token.text == ")") - (token.text == "(")
            if depth < 0:
                name = self._before[number - 1] if number else None
                lead = self._before[number - 2] if number > 1 else None
                lists = lead is not None and lead.is_word("INTO", "REFERENCES", "ON")
                return self._schema.table(name.name) if name and lists else None
        return None

    def _members(self, before: Sequence[Token]) -> Iterator[Offer]:
        """Give the columns of what stands before the dot, or the tables of a namespace."""
        if not before:
            return
        name = before[-1].name.casefold()
        for mention in self._mentions:
            if name in {mention.handle.casefold(), mention.table.casefold()}:
                table = self._schema.table(mention.table)
                if table is not None:
                    yield from map(self._column, table.columns)
                    return
        table = self._schema.table(name)
        if table is not None:
            yield from map(self._column, table.columns)
            return
        within = [each for each in self._schema.tables if each.namespace == name]
        yield from (Offer(self._quoted(each.name.text), "table") for each in within)

    def _tables(self) -> Iterator[Offer]:
        for name in derived(self._tokens):
            yield Offer(self._quoted(name), "table", "of this statement")
        for table in self._schema.tables:
            count = len(table.columns)
            said = f"{count} column{'' if count == 1 else 's'}"
            yield Offer(self._quoted(table.name.text), "table", said)
        for view in self._schema.views:
            yield Offer(self._quoted(view.name.text), "view")

    def _values(self, word: str) -> Iterator[Offer]:
        """Give what has a value: columns, then what leads to one."""
        yield from self._columns()
        for mention in self._mentions:
            detail = mention.table if mention.alias else "table"
            yield Offer(self._quoted(mention.handle), "alias", detail)
        own = OWN_FUNCTIONS[self._engine]
        for name in (*FUNCTIONS, *own):
            yield Offer(f"{name}(", "function")
        yield from _keywords((*BEFORE_VALUE, *AFTER_VALUE), word)

    def _columns(self) -> Iterator[Offer]:
        """Give the columns of the tables named; of all tables where none is."""
        named = [(each, self._schema.table(each.table)) for each in self._mentions]
        known = [(each, table) for each, table in named if table is not None]
        if not known:
            known = [(Mention(table.name.text), table) for table in self._schema.tables]
        owners: dict[str, list[Mention]] = {}
        for mention, table in known:
            for column in table.columns:
                owners.setdefault(column.name.folded, []).append(mention)
        for mention, table in known:
            for column in table.columns:
                shared = len(owners[column.name.folded]) > 1
                yield self._column(column, mention.handle if shared else "", mention.table)

    def _column(self, column: Column, handle: str = "", table: str = "") -> Offer:
        name = self._quoted(column.name.text)
        said = str(column.type) + ("" if column.nullable else " not null")
        text = f"{self._quoted(handle)}.{name}" if handle else name
        return Offer(text, "column", f"{said} · {table}" if table else said)

    def _quoted(self, name: str) -> str:
        """Give a name as it has to be written: in quotes where its letters need them."""
        if self._engine in {"mysql", "mariadb"}:
            mark, plain = "`", name.lower()
        else:
            # PostgreSQL takes capitals for small letters, but for those in quotes.
            mark, plain = '"', name if self._engine == "postgresql" else name.lower()
        if _PLAIN.fullmatch(plain) and name.upper() not in RESERVED:
            return name
        return f"{mark}{name.replace(mark, 2 * mark)}{mark}"
