"""What stands in the brackets of CREATE TABLE, and what ALTER TABLE adds: columns, keys, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema.model import Check, Column, ForeignKey, Index, IndexPart, Key, Name
from be_tui.core.schema.places import place_of, span, token_after
from be_tui.core.schema.types import data_type

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from sqlglot import exp

    from be_tui.core.findings import Place
    from be_tui.core.schema.drafting import TableDraft
    from be_tui.core.schema.model import DataType
    from be_tui.core.sqltext import Engine, Parsed

_SERIALS = frozenset({"SERIAL", "BIGSERIAL", "SMALLSERIAL"})


class Elements:
    """Puts the elements of one statement into a table's draft."""

    def __init__(self, parsed: Parsed, path: str, engine: Engine) -> None:
        self._parsed = parsed
        self._path = path
        self._engine = engine

    def place(self, node: exp.Expr | None) -> Place:
        """Give where a node stands in its file."""
        return place_of(self._parsed.statement, self._path, node)

    def add(self, table: TableDraft, element: exp.Expr, name: str = "") -> None:
        """Add one element.

        Args:
            table: Where to.
            element: A column, key, foreign key, check or index.
            name: The constraint's name, where one is given.
        """
        from sqlglot import exp

        match element:
            case exp.ColumnDef():
                self.column(table, element)
            case exp.Identifier():
                table.columns.append(Column(as_name(element), self.type(None), self.place(element)))
            case exp.Constraint():
                for inner in element.expressions:
                    self.add(table, inner, element.name)
            case exp.AddConstraint():
                for inner in element.expressions:
                    self.add(table, inner, name)
            case exp.PrimaryKey():
                table.primary_key = Key(names(element.expressions), self.place(element), name)
            case exp.UniqueColumnConstraint():
                table.uniques.append(self._unique(element, name))
            case exp.ForeignKey():
                table.foreign_keys.append(self._foreign_key(element, name))
            case exp.CheckColumnConstraint():
                table.checks.append(Check(self.sql(element.this), self.place(element), name))
            case exp.IndexColumnConstraint():
                table.indexes.append(self._inner_index(element))
            case exp.LikeProperty():
                table.complete = False

    def column(self, table: TableDraft, found: exp.Expr) -> None:
        """Add a column, or put one of the same name in its place."""
        column = Column(as_name(found.this), self._column_type(found), self.place(found.this))
        for at, each in enumerate(table.columns):
            if each.name.folded == column.name.folded:
                table.columns[at] = column
                break
        else:
            table.columns.append(column)
        name = column.name.folded
        kind = found.args.get("kind")
        if kind is not None and getattr(kind.this, "value", "") in _SERIALS:
            table.change(name, auto="serial", nullable=False)
        for constraint in found.args.get("constraints") or ():
            self._constrain(table, name, constraint)

    def sql(self, node: exp.Expr | None) -> str:
        """Give an expression in the engine's SQL."""
        if node is None:
            return ""
        dialect = "postgres" if self._engine == "postgresql" else self._engine
        return node.sql(dialect="mysql" if dialect == "mariadb" else dialect)

    def parts(self, found: Iterable[exp.Expr]) -> tuple[IndexPart, ...]:
        """Give the columns and expressions of an index."""
        return tuple(self._part(each) for each in found)

    def type(self, kind: exp.Expr | None, declared: str = "") -> DataType:
        """Give a type by its engine's usual name."""
        return data_type(kind, self._engine, declared)

    def _column_type(self, found: exp.Expr) -> DataType:
        kind, where = found.args.get("kind"), span(found.this)
        declared = token_after(self._parsed.tokens, where[1]) if kind is not None and where else ""
        return self.type(kind, declared.lower())

    def _constrain(self, table: TableDraft, column: str, constraint: exp.Expr) -> None:
        from sqlglot import exp

        kind = constraint.args.get("kind")
        name = constraint.name if isinstance(constraint.this, exp.Identifier) else ""
        own = table.columns[-1] if table.columns[-1].name.folded == column else None
        place = own.place if own else self.place(constraint)
        match kind:
            case exp.PrimaryKeyColumnConstraint():
                table.primary_key = Key((column,), place, name)
            case exp.UniqueColumnConstraint():
                distinct = kind.args.get("nulls") is not True
                table.uniques.append(Key((column,), place, name, distinct))
            case exp.Reference():
                table.foreign_keys.append(self._reference((column,), kind, place, name))
            case exp.CheckColumnConstraint():
                table.checks.append(Check(self.sql(kind.this), place, name))
            case None:
                pass
            case _:
                table.change(column, **self._said(kind))

    def _said(self, kind: exp.Expr) -> dict[str, Any]:
        """Give what a constraint says of its column alone, by the column's fields."""
        from sqlglot import exp

        said: dict[str, Any] = {}
        match kind:
            case exp.NotNullColumnConstraint():
                said = {"nullable": bool(kind.args.get("allow_null"))}
            case exp.DefaultColumnConstraint():
                said = {"default": self.sql(kind.this)}
                if said["default"].lower().startswith("nextval("):
                    said["auto"] = "serial"
            case exp.GeneratedAsIdentityColumnConstraint():
                said = {"auto": "identity", "nullable": False}
            case exp.AutoIncrementColumnConstraint():
                said = {"auto": "auto_increment"}
            case exp.ComputedColumnConstraint():
                said = {"generated": self.sql(kind.this)}
            case exp.CollateColumnConstraint():
                said = {"collation": kind.this.name or self.sql(kind.this)}
            case exp.OnUpdateColumnConstraint():
                said = {"on_update": True}
            case exp.CommentColumnConstraint():
                said = {"comment": kind.name}
        return said

    def _unique(self, found: exp.Expr, name: str) -> Key:
        inner = found.this
        columns = names(inner.expressions) if inner is not None else ()
        own = name or (inner.name if inner is not None else "")
        distinct = found.args.get("nulls") is not True
        return Key(columns, self.place(found), own, distinct)

    def _foreign_key(self, found: exp.Expr, name: str) -> ForeignKey:
        reference = found.args["reference"]
        return self._reference(names(found.expressions), reference, self.place(found), name)

    def _reference(
        self, columns: tuple[str, ...], reference: exp.Expr, place: Place, name: str
    ) -> ForeignKey:
        from sqlglot import exp

        target = reference.this
        inner = target.this if isinstance(target, exp.Schema) else target
        targets = names(target.expressions) if isinstance(target, exp.Schema) else ()
        options = [str(option).upper() for option in reference.args.get("options") or ()]
        return ForeignKey(
            columns=columns,
            table=inner.name.casefold(),
            targets=targets,
            place=place,
            name=name,
            on_delete=_action(options, "ON DELETE "),
            on_update=_action(options, "ON UPDATE "),
        )

    def _inner_index(self, found: exp.Expr) -> Index:
        kind = str(found.args.get("kind") or "").lower()
        name = found.this.name if found.this is not None else ""
        return Index(
            name=name,
            parts=self.parts(found.expressions),
            place=self.place(found),
            method=kind or "btree",
        )

    def _part(self, found: exp.Expr) -> IndexPart:
        from sqlglot import exp

        descending, nulls_first = False, None
        inner = found
        if isinstance(inner, exp.Ordered):
            descending = bool(inner.args.get("desc"))
            inner = inner.this
        operators = collation = ""
        if isinstance(inner, exp.Opclass):
            operators, inner = inner.expression.name.lower(), inner.this
        if isinstance(inner, exp.Collate):
            collation, inner = inner.expression.name, inner.this
        if isinstance(inner, exp.Paren):
            inner = inner.this
        prefix = 0
        if isinstance(inner, exp.ColumnPrefix):
            prefix, inner = int(inner.expression.name or 0), inner.this
        column = inner.name.casefold() if isinstance(inner, exp.Column | exp.Identifier) else ""
        expression = column or self.sql(inner).lower()
        return IndexPart(column, expression, descending, nulls_first, operators, prefix, collation)


def _action(options: list[str], start: str) -> str:
    return next((each.removeprefix(start) for each in options if each.startswith(start)), "")


def as_name(found: exp.Expr) -> Name:
    """Give a name as it was written."""
    inner = found.this if not isinstance(found.this, str) else found
    return Name(found.name, bool(inner.args.get("quoted")))


def names(found: Iterable[exp.Expr]) -> tuple[str, ...]:
    """Give the columns of a key, folded."""
    from sqlglot import exp

    plain: list[str] = []
    for each in found:
        node = each
        while isinstance(node, exp.Ordered | exp.ColumnPrefix | exp.Paren):
            node = node.this
        plain.append(node.name.casefold())
    return tuple(plain)
