"""What a DO block or a function in PL/pgSQL runs, as far as its text says it.

SQL that is put together at run time is told as unread, with its place; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.pgtext.model import Inner, PgStatement
from be_tui.core.pgtext.reading import read_statement
from be_tui.core.sqltext import Statement, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    _Json = Any
    """What a tree of PL/pgSQL is made of, as libpg_query gives it."""

_LITERAL = re.compile(r"'((?:[^']|'')*)'|\$(\w*)\$(.*?)\$\2\$", re.S)
_CONDITIONAL = frozenset({"then_body", "elsif_list", "else_body", "case_when_list", "exceptions"})
_LOOPS = frozenset(
    {
        *("PLpgSQL_stmt_fors", "PLpgSQL_stmt_fori", "PLpgSQL_stmt_while", "PLpgSQL_stmt_loop"),
        *("PLpgSQL_stmt_foreach_a", "PLpgSQL_stmt_forc", "PLpgSQL_stmt_dynfors"),
    }
)
_OPENING = re.compile(r"\$\w*\$|[eE]?'")


@dataclass(frozen=True, slots=True)
class InnerRead:
    """What a block runs."""

    statements: tuple[Inner, ...] = ()
    """In the order that they are written in."""

    unread: tuple[Unread, ...] = ()
    """What is put together at run time, or could not be read."""


def inner_statements(statement: PgStatement) -> InnerRead:
    """Give what a DO block, or a function or procedure in PL/pgSQL, runs when it is called.

    A statement that holds no such body runs nothing inside.
    """
    body = _body(statement)
    if body is None:
        return InnerRead()
    language, text = body
    if language == "sql":
        return _of_sql(statement, text)
    if language != "plpgsql":
        said = f"what it runs is written in {language}"
        return InnerRead(unread=(Unread(statement.statement, said),))
    return _Block(statement, text).read()


def _body(statement: PgStatement) -> tuple[str, str] | None:
    """Give the language and the text of a body in quotes."""
    node = statement.node
    if statement.kind == "do_stmt":
        options, language = node.args, "plpgsql"
    elif statement.kind == "create_function_stmt":
        options, language = node.options, "sql"
    else:
        return None
    text = None
    for option in options:
        found = option.def_elem
        if found.defname == "language":
            language = found.arg.string.sval.lower()
        elif found.defname == "as":
            parts = [each.string.sval for each in found.arg.list.items]
            text = parts[0] if parts else found.arg.string.sval
    return (language, text) if text is not None else None


def _of_sql(statement: PgStatement, text: str) -> InnerRead:
    start = _start(statement, text)
    found = [read_statement(_moved(statement, text, start, each)) for each in _each(text)]
    return InnerRead(
        tuple(Inner(each) for each in found if isinstance(each, PgStatement)),
        tuple(each for each in found if isinstance(each, Unread)),
    )


def _each(text: str) -> Iterator[tuple[str, int]]:
    from be_tui.core.sqltext import split

    for each in split(text, "postgresql"):
        yield each.text, each.start


def _start(statement: PgStatement, text: str) -> int:
    """Give where the body begins in the statement's text; 0 where quotes are doubled in it."""
    return max(0, statement.statement.text.find(text))


def _moved(outer: PgStatement, body: str, start: int, found: tuple[str, int]) -> Statement:
    """Give a part of a body as a statement with its place in the file."""
    text, offset = found
    whole = outer.statement
    before = whole.text[:start] + body[:offset]
    lines = before.count("\n")
    column = len(before) - before.rfind("\n") if lines else whole.column + len(before)
    return Statement(text, whole.start + len(before), whole.line + lines, column)


class _Block:
    """One body of PL/pgSQL."""

    def __init__(self, statement: PgStatement, text: str) -> None:
        self._statement = statement
        self._text = text
        self._start = _start(statement, text)
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._found: list[Inner] = []
        self._unread: list[Unread] = []

    def read(self) -> InnerRead:
        from postgast import PgQueryError, parse_plpgsql

        try:
            parsed = parse_plpgsql(_wrapped(self._text))
        except (PgQueryError, ValueError) as error:
            said = " ".join(str(error).split())[:160]
            unread = Unread(self._statement.statement, f"its body cannot be read: {said}")
            return InnerRead(unread=(unread,))
        for function in parsed:
            self._walk(function.get("PLpgSQL_function", {}).get("action", {}), conditional=False)
        return InnerRead(tuple(self._found), tuple(self._unread))

    def _walk(self, node: _Json, *, conditional: bool) -> None:
        if isinstance(node, list):
            for each in node:
                self._walk(each, conditional=conditional)
            return
        if not isinstance(node, dict):
            return
        for kind, value in node.items():
            if kind == "PLpgSQL_stmt_execsql":
                self._static(value["sqlstmt"], value, conditional=conditional)
            elif kind == "PLpgSQL_stmt_perform":
                self._static(value["expr"], value, conditional=conditional)
            elif kind == "PLpgSQL_stmt_dynexecute":
                self._dynamic(value, conditional=conditional)
            else:
                inside = kind in _CONDITIONAL or kind in _LOOPS
                caught = isinstance(value, dict) and "exceptions" in value
                self._walk(value, conditional=conditional or inside or caught)

    def _static(self, expression: _Json, node: _Json, *, conditional: bool) -> None:
        query = expression["PLpgSQL_expr"]["query"]
        self._take(query, self._offset(query, node.get("lineno", 1)), conditional=conditional)

    def _dynamic(self, node: _Json, *, conditional: bool) -> None:
        query = node["query"]["PLpgSQL_expr"]["query"]
        offset = self._offset(query, node.get("lineno", 1))
        literal = _LITERAL.fullmatch(query.strip())
        if literal is None:
            said = "runs SQL that is put together when it runs"
            at = _moved(self._statement, self._text, self._start, (query, offset))
            self._unread.append(Unread(at, said))
            return
        inner = literal[1].replace("''", "'") if literal[1] is not None else literal[3]
        opening = _OPENING.match(query.strip())
        ahead = offset + len(query) - len(query.lstrip()) + (opening.end() if opening else 0)
        self._take(inner, ahead, conditional=conditional)

    def _take(self, query: str, offset: int, *, conditional: bool) -> None:
        for text, start in _each(query):
            placed = _moved(self._statement, self._text, self._start, (text, offset + start))
            found = read_statement(placed)
            if isinstance(found, PgStatement):
                self._found.append(Inner(found, conditional))
            else:
                self._unread.append(found)

    def _offset(self, query: str, line: int) -> int:
        """Give where a query stands in the body: the first such text from its line on."""
        start = self._lines[min(line, len(self._lines)) - 1]
        taken = self._text.find(query, start)
        return max(start, taken)


def _wrapped(body: str) -> str:
    tag = "be"
    while f"${tag}$" in body:
        tag += "x"
    return f"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS ${tag}${body}${tag}$"
