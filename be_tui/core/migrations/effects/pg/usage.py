"""What a query reads: relations, and which columns of them, each name looked up where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.nodes import names_of, parsed

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.catalogue import Catalogue
    from be_tui.core.migrations.effects.pg.relations import Relation


@dataclass(frozen=True, slots=True)
class Usage:
    """What a query reads."""

    relations: frozenset[str] = frozenset()
    """As they are shown."""

    columns: frozenset[tuple[str, str]] = frozenset()
    """Relations with one of their columns each."""

    functions: frozenset[str] = frozenset()
    locking: frozenset[str] = frozenset()
    """Relations whose rows are locked, by FOR UPDATE and the like."""

    written: frozenset[str] = frozenset()
    """Relations that statements in WITH write to."""

    def reads(self, relation: str, column: str = "") -> bool:
        """Tell whether a relation, or one of its columns, is read."""
        if column:
            return (relation, column) in self.columns
        return relation in self.relations


def usage_of(query: str, known: Catalogue) -> Usage:
    """Give what the text of a query reads; nothing where it cannot be parsed."""
    node = parsed(query)
    return usage_in(node, known) if node is not None else Usage()


def usage_in(node: Any, known: Catalogue) -> Usage:  # noqa: ANN401 (a message of any kind)
    """Give what a tree reads."""
    reader = _Reader(known)
    reader.visit(node, _Scope())
    return Usage(
        frozenset(reader.relations),
        frozenset(reader.columns),
        frozenset(reader.functions),
        frozenset(reader.locking),
        frozenset(reader.written),
    )


@dataclass(slots=True)
class _Scope:
    """The sources that a name may mean at one level of a query."""

    above: _Scope | None = None
    sources: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """By alias: the relation, nothing for what is none, and its columns; `*` for any."""

    queries: frozenset[str] = frozenset()
    """The names that WITH gives."""

    def is_query(self, name: str) -> bool:
        """Tell whether a name is given by WITH here or further out."""
        return name in self.queries or bool(self.above and self.above.is_query(name))


class _Reader:
    """Goes through a tree, scope by scope."""

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self.relations: set[str] = set()
        self.columns: set[tuple[str, str]] = set()
        self.functions: set[str] = set()
        self.locking: set[str] = set()
        self.written: set[str] = set()

    def visit(self, message: Any, scope: _Scope) -> None:  # noqa: ANN401 (a message)
        """Take in a message and all below it."""
        name = message.DESCRIPTOR.name
        if name == "Node":
            kind = message.WhichOneof("node")
            if kind is not None:
                self.visit(getattr(message, kind), scope)
            return
        if name in {"SelectStmt", "UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt"}:
            scope = self._statement(message, scope)
        elif name == "RangeVar":
            self._source(message, scope)
            return
        elif name == "ColumnRef":
            self._column(message, scope)
        elif name == "FuncCall":
            self.functions.add(names_of(message.funcname)[-1])
        elif name == "LockingClause":
            self._lock(message, scope)
            return
        self._below(message, scope)

    def _below(self, message: Any, scope: _Scope) -> None:  # noqa: ANN401 (a message)
        for each, value in message.ListFields():
            if each.message_type is not None:
                for inner in value if each.is_repeated else (value,):
                    self.visit(inner, scope)

    def _statement(self, message: Any, above: _Scope) -> _Scope:  # noqa: ANN401 (a message)
        """Open the scope of a statement, with the sources that all of it may name."""
        given = frozenset(e.common_table_expr.ctename for e in message.with_clause.ctes)
        scope = _Scope(above, queries=given)
        name = message.DESCRIPTOR.name
        if name != "SelectStmt":
            target = self._source(message.relation, scope)
            if target is not None:
                self.written.add(target.shown)
        for field_name in ("from_clause", "using_clause"):
            # MERGE has one source, others a list.
            found = getattr(message, field_name, ())
            for each in (found,) if hasattr(found, "DESCRIPTOR") else found:
                self._sources(each, scope)
        return scope

    def _sources(self, node: Any, scope: _Scope) -> None:  # noqa: ANN401 (a message)
        """Take in the sources of a FROM; what is in brackets is visited with the rest."""
        kind = node.WhichOneof("node")
        if kind == "range_var":
            self._source(node.range_var, scope)
        elif kind == "join_expr":
            self._sources(node.join_expr.larg, scope)
            self._sources(node.join_expr.rarg, scope)
        elif kind == "range_subselect":
            inner = node.range_subselect
            columns = _outputs(inner.subquery.select_stmt, names_of(inner.alias.colnames))
            columns = tuple(each.casefold() for each in columns)
            scope.sources[inner.alias.aliasname] = ("", columns)
        elif kind is not None:
            alias = getattr(getattr(node, kind), "alias", None)
            scope.sources[alias.aliasname if alias is not None else ""] = ("", ("*",))

    def _source(self, var: Any, scope: _Scope) -> Relation | None:  # noqa: ANN401 (a message)
        alias = var.alias.aliasname or var.relname
        if not var.schemaname and scope.is_query(var.relname):
            scope.sources[alias] = ("", ("*",))
            return None
        found = self._known.relation(var.relname, var.schemaname)
        if found is None or found.kind not in {"table", "view"}:
            scope.sources[alias] = ("", ("*",))
            return None
        self.relations.add(found.shown)
        scope.sources[alias] = (found.shown, _columns_of(found))
        return found

    def _column(self, ref: Any, scope: _Scope) -> None:  # noqa: ANN401 (a message)
        last = ref.fields[-1]
        name = "*" if last.WhichOneof("node") == "a_star" else last.string.sval.casefold()
        if len(ref.fields) > 1:
            self._qualified(ref.fields[-2].string.sval, name, scope)
        elif name == "*":
            self._add(scope.sources, name)
        else:
            self._bare(name, scope)

    def _qualified(self, alias: str, name: str, scope: _Scope | None) -> None:
        while scope is not None:
            if alias in scope.sources:
                self._add({alias: scope.sources[alias]}, name)
                return
            scope = scope.above

    def _bare(self, name: str, scope: _Scope | None) -> None:
        """Take in a name without a source: that of the innermost scope that has it."""
        while scope is not None:
            owners = {a: s for a, s in scope.sources.items() if name in s[1]}
            if owners:
                self._add(owners, name)
                return
            if name in scope.sources:
                # A whole row.
                self._add({name: scope.sources[name]}, "*")
                return
            if any("*" in columns for _, columns in scope.sources.values()):
                return
            scope = scope.above

    def _add(self, sources: dict[str, tuple[str, tuple[str, ...]]], name: str) -> None:
        for shown, columns in sources.values():
            if shown:
                self.columns |= {(shown, each) for each in columns if name in ("*", each)}

    def _lock(self, clause: Any, scope: _Scope) -> None:  # noqa: ANN401 (a message)
        named = [each.range_var.relname for each in clause.locked_rels]
        for alias, (shown, _) in scope.sources.items():
            if shown and (not named or alias in named):
                self.locking.add(shown)


def _columns_of(relation: Relation) -> tuple[str, ...]:
    if relation.table:
        found = tuple(each.name.folded for each in relation.table.columns)
        return found if relation.table.complete else (*found, "*")
    found = view_columns(relation.view.query, relation.view.columns) if relation.view else ()
    return tuple(each.casefold() for each in found)


def view_columns(query: str, given: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the names of the columns that a query gives, where its text alone tells them."""
    node = parsed(query)
    if node is None or node.WhichOneof("node") != "select_stmt":
        return given
    return _outputs(node.select_stmt, given)


def _outputs(select: Any, given: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ANN401 (a message)
    while select.HasField("larg"):
        select = select.larg
    found = [_output(each.res_target) for each in select.target_list] or ["*"]
    return (*given, *found[len(given) :])


def _output(target: Any) -> str:  # noqa: ANN401 (a message)
    if target.name:
        return str(target.name)
    value = target.val
    kind = value.WhichOneof("node")
    while kind == "type_cast":
        value = value.type_cast.arg
        kind = value.WhichOneof("node")
    if kind == "column_ref":
        last = value.column_ref.fields[-1]
        return "*" if last.WhichOneof("node") == "a_star" else str(last.string.sval)
    if kind == "func_call":
        return names_of(value.func_call.funcname)[-1]
    return "case" if kind == "case_expr" else "?column?"
