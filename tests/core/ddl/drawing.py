"""Schemas drawn by chance, for each engine: what tables may hold, in every mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.findings import Place
from be_tui.core.schema import (
    Check,
    Column,
    DataType,
    Domain,
    Enumeration,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Name,
    Schema,
    Sequence,
    Table,
    View,
)

if TYPE_CHECKING:
    from random import Random

    from be_tui.core.schema import Family
    from be_tui.core.sqltext import Engine

NOWHERE = Place("")

_Kind = tuple[str, "Family", tuple[str, ...], str]

_POSTGRESQL: tuple[_Kind, ...] = (
    ("int", "integer", (), "7"),
    ("bigint", "integer", (), "0"),
    ("smallint", "integer", (), "1"),
    ("text", "text", (), "'a'"),
    ("varchar", "text", ("20",), "'b'"),
    ("varchar", "text", ("40",), "'b'"),
    ("char", "text", ("3",), "'abc'"),
    ("numeric", "decimal", ("10", "2"), "1.5"),
    ("numeric", "decimal", ("12", "2"), "2"),
    ("boolean", "boolean", (), "true"),
    ("timestamptz", "timestamp", (), "now()"),
    ("timestamp", "timestamp", ("3",), ""),
    ("date", "date", (), ""),
    ("uuid", "uuid", (), "gen_random_uuid()"),
    ("jsonb", "json", (), "'{}'"),
    ("bytea", "binary", (), ""),
    ("double precision", "float", (), "0.5"),
    ("array", "array", ("int",), ""),
)
_SQLITE: tuple[_Kind, ...] = (
    ("int", "integer", (), "7"),
    ("text", "text", (), "'a'"),
    ("varchar", "text", ("20",), "'b'"),
    ("numeric", "decimal", ("10", "2"), "1.5"),
    ("real", "float", (), "0.5"),
    ("blob", "binary", (), ""),
)
_MARIADB: tuple[_Kind, ...] = (
    ("int", "integer", (), "7"),
    ("bigint", "integer", (), "0"),
    ("varchar", "text", ("20",), "'b'"),
    ("varchar", "text", ("40",), "'c'"),
    ("numeric", "decimal", ("10", "2"), "1.50"),
    ("datetime", "timestamp", (), ""),
    ("date", "date", (), ""),
    ("double", "float", (), "0.5"),
    ("enum", "enum", ("a", "b"), "'a'"),
    ("text", "text", (), ""),
)
_KINDS: dict[Engine, tuple[_Kind, ...]] = {
    "postgresql": _POSTGRESQL,
    "sqlite": _SQLITE,
    "mariadb": _MARIADB,
    "mysql": _MARIADB,
}

_TABLES = ("users", "orders", "Tags", "select", "notes")
_COLUMNS = ("name", "State", "amount", "order", "at", "note", "ref")


def draw_schema(chance: Random, engine: Engine) -> Schema:
    """Draw a schema of up to four tables."""
    drawing = _Drawing(chance, engine)
    return drawing.schema()


class _Drawing:
    def __init__(self, chance: Random, engine: Engine) -> None:
        self._chance = chance
        self._engine = engine
        self._enumerations: tuple[Enumeration, ...] = ()
        self._domains: tuple[Domain, ...] = ()

    def _maybe(self, share: float) -> bool:
        return self._chance.random() < share

    def schema(self) -> Schema:
        if self._engine == "postgresql":
            self._types()
        names = self._chance.sample(_TABLES, self._chance.randint(1, 4))
        tables = [self._table(name) for name in names]
        tables = [self._referring(each, tables) for each in tables]
        return Schema(
            tables=tuple(tables),
            views=tuple(self._views(tables)),
            enumerations=self._enumerations,
            domains=self._domains,
            sequences=self._sequences(),
        )

    def _types(self) -> None:
        if self._maybe(0.6):
            values = self._chance.sample(("sad", "ok", "it's", "new"), self._chance.randint(2, 4))
            self._enumerations = (Enumeration("mood", tuple(values)),)
        if self._maybe(0.4):
            bound = self._chance.choice(("0", "1"))
            check = Check(f"VALUE > {bound}", NOWHERE, "amount_check")
            self._domains = (
                Domain("amount", DataType("int", "integer"), NOWHERE, checks=(check,)),
            )

    def _sequences(self) -> tuple[Sequence, ...]:
        if self._engine != "postgresql" or self._maybe(0.6):
            return ()
        return (Sequence("numbers", NOWHERE, options=f"INCREMENT BY {self._chance.randint(2, 4)}"),)

    def _table(self, name: str) -> Table:
        key = Column(Name("id"), self._integer(), NOWHERE, nullable=False)
        drawn = self._chance.sample(_COLUMNS, self._chance.randint(1, 5))
        columns = [key, *(self._column(each) for each in drawn)]
        table = Table(
            self._name(name),
            NOWHERE,
            columns=tuple(columns),
            primary_key=Key(("id",), NOWHERE, self._named(f"{name}_pkey")),
            comment=self._chance.choice(("", "", "a table")) if self._engine != "sqlite" else "",
            storage="innodb" if self._engine in {"mariadb", "mysql"} else "",
        )
        return self._keyed(table)

    def _named(self, name: str) -> str:
        return "" if self._engine == "sqlite" else name

    def _name(self, text: str) -> Name:
        from be_tui.core.ddl import identifier

        return Name(text, identifier(text, self._engine) != text)

    def _integer(self) -> DataType:
        return DataType("bigint", "integer", (), "bigint" if self._engine == "sqlite" else "")

    def _column(self, name: str) -> Column:
        kind, family, arguments, default = self._chance.choice(_KINDS[self._engine])
        own = DataType(kind, family, arguments, kind if self._engine == "sqlite" else "")
        if self._enumerations and self._maybe(0.2):
            value = self._chance.choice(self._enumerations[0].values).replace("'", "''")
            own, default = DataType("mood", "other"), f"'{value}'"
        elif self._domains and self._maybe(0.15):
            own, default = DataType("amount", "integer"), ""
        with_default = bool(default) and self._maybe(0.4)
        return Column(
            self._name(name),
            own,
            NOWHERE,
            nullable=self._maybe(0.6),
            default=default if with_default else "",
            comment="said" if self._engine != "sqlite" and self._maybe(0.1) else "",
            statistics=200 if self._engine == "postgresql" and self._maybe(0.05) else None,
        )

    def _keyed(self, table: Table) -> Table:
        from dataclasses import replace

        plain = [each for each in table.columns[1:] if each.type.name not in _UNKEYED]
        indexes: list[Index] = []
        uniques: list[Key] = []
        for column in plain:
            own, base = column.name.folded, f"{table.name.text}_{column.name.text}"
            if self._maybe(0.25):
                indexes.append(self._index(base, column))
            if self._maybe(0.15):
                uniques.append(Key((own,), NOWHERE, self._named(f"{base}_key")))
        checks = [
            Check(
                f"{self._said(each)} > {self._chance.randint(0, 2)}",
                NOWHERE,
                self._named(f"{table.name.text}_{each.name.text}_check"),
            )
            for each in plain
            if each.type.family == "integer" and each.type.name != "amount" and self._maybe(0.4)
        ]
        return replace(table, indexes=tuple(indexes), uniques=tuple(uniques), checks=tuple(checks))

    def _said(self, column: Column) -> str:
        from be_tui.core.ddl import written

        return written(column.name, self._engine)

    def _index(self, base: str, column: Column) -> Index:
        own = column.name.folded
        part = IndexPart(own, own, descending=self._maybe(0.3))
        where = ""
        if self._engine != "mariadb" and self._maybe(0.3):
            where = f"{self._said(column)} IS NOT NULL"
        method = "btree"
        if self._engine == "postgresql" and self._maybe(0.15):
            method, part = "hash", IndexPart(own, own)
        unique = method == "btree" and self._maybe(0.3)
        return Index(f"{base}_idx", (part,), NOWHERE, unique=unique, method=method, where=where)

    def _referring(self, table: Table, tables: list[Table]) -> Table:
        from dataclasses import replace

        fits = [each for each in table.columns[1:] if each.type.name == "bigint"]
        if not fits or not self._maybe(0.6):
            return table
        column, parent = self._chance.choice(fits), self._chance.choice(tables)
        action = self._chance.choice(("", "CASCADE"))
        name = self._named(f"{table.name.text}_{column.name.text}_fkey")
        key = ForeignKey(
            (column.name.folded,), parent.name.folded, ("id",), NOWHERE, name, on_delete=action
        )
        return replace(table, foreign_keys=(key,))

    def _views(self, tables: list[Table]) -> list[View]:
        from be_tui.core.ddl import written

        found: list[View] = []
        for table in tables:
            if self._maybe(0.3):
                column = self._chance.choice(table.columns[1:])
                name = written(table.name, self._engine)
                query = f"SELECT id, {self._said(column)} FROM {name}"
                found.append(View(Name(f"v_{table.name.folded}"), query, NOWHERE))
        return found


_UNKEYED = frozenset({"jsonb", "bytea", "blob", "text", "array", "json"})
"""Types that an index does not take as they are, on one engine or another."""
