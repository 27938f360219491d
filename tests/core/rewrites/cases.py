"""Schemas and queries drawn from a seed: what each step takes, and what only looks like it.

Columns are nullable or not, keys whole, partial or none, by chance: a step is proved for some
queries of a shape and must leave the others alone.
"""

# ruff: noqa: E501, ISC004, RUF005 (queries are long, and made of parts)

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

_KINDS = ("int", "int", "bigint", "text", "moment", "day", "flag")


@dataclass(frozen=True, slots=True)
class Col:
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    columns: tuple[Col, ...]

    def of(self, *kinds: str) -> tuple[Col, ...]:
        return tuple(each for each in self.columns if each.kind in kinds)


class Drawn:
    """A schema, and queries on it."""

    def __init__(self, engine: Engine, seed: int) -> None:
        self.engine = engine
        self.draw = Random(f"{engine}/{seed}")
        self.tables: list[Tab] = []
        self.ddl = ";\n".join(self._table(name) for name in ("t", "u", "v"))

    def _table(self, name: str) -> str:
        draw = self.draw
        columns = [Col("id", "int"), Col("ref", "int")]
        columns += [Col(f"c{at}", draw.choice(_KINDS)) for at in range(draw.randint(2, 4))]
        columns.append(Col("name", "text"))
        lines = []
        for each in columns:
            word = self._type(each)
            lines.append(f"{each.name} {word}{draw.choice((' NOT NULL', ''))}")
        keys = [""]
        if draw.random() < 0.8:
            first = draw.choice(("id", "id", "id", "id, ref", "name"))
            keys.append(f"PRIMARY KEY ({first})")
            if first == "id" and self.engine == "sqlite" and draw.random() < 0.7:
                lines[0] = "id INTEGER PRIMARY KEY"
                keys.pop()
        if draw.random() < 0.4:
            keys.append(f"UNIQUE ({draw.choice(('ref', 'name', 'ref, name'))})")
        if self.engine == "sqlite":
            for each in columns:
                if each.kind == "moment" and draw.random() < 0.7:
                    sign = draw.choice(("IS", "IS", "="))
                    keys.append(f"CHECK ({each.name} {sign} datetime({each.name}))")
        self.tables.append(Tab(name, tuple(columns)))
        made = f"CREATE TABLE {name} ({', '.join([*lines, *[each for each in keys if each]])})"
        if draw.random() < 0.3:
            made += f";\nCREATE INDEX {name}_ref ON {name} (ref)"
        return made

    def _type(self, column: Col) -> str:
        postgres = self.engine == "postgresql"
        if column.kind == "moment":
            if postgres:
                return self.draw.choice(("timestamp", "timestamp", "timestamptz"))
            return self.draw.choice(("TEXT", "DATETIME", "TIMESTAMP"))
        if column.kind == "flag":
            return "boolean" if postgres else "int"
        if column.kind == "day":
            return "date" if postgres else "TEXT"
        if column.kind == "text":
            return self.draw.choice(
                ("text", "varchar(20)") if postgres else ("TEXT", "TEXT COLLATE NOCASE", "TEXT")
            )
        return column.kind if postgres else self.draw.choice(("INTEGER", "INT"))

    # Queries

    def query(self) -> str:
        """Draw one."""
        shape = self.draw.choice(
            (self._plain,) * 6
            + (self._distinct,) * 3
            + (self._union,) * 3
            + (self._grouped, self._grouped, self._counted, self._missing, self._missing)
            + (self._scalar, self._scalar, self._either, self._q21, self._paged)
        )
        return shape()

    def _two(self) -> tuple[Tab, Tab]:
        first = self.draw.choice(self.tables)
        return first, self.draw.choice(self.tables)

    def _from(self, table: Tab, share: float = 0.12) -> str:
        """Give a table, or now and then a derived one whose columns may be NULL all the same."""
        if self.draw.random() >= share:
            return table.name
        names = [each.name for each in table.columns]
        if self.draw.random() < 0.5:
            none = ", ".join("NULL" for _ in names)
            return f"(SELECT {', '.join(names)} FROM {table.name} UNION ALL SELECT {none})"
        inner = ", ".join(f"q.{name}" for name in names)
        other = self.draw.choice(self.tables)
        return f"(SELECT {inner} FROM {other.name} r LEFT JOIN {table.name} q ON q.id = r.ref)"

    def _column(self, table: Tab, alias: str, *kinds: str) -> str:
        found = table.of(*kinds) if kinds else table.columns
        return f"{alias}.{self.draw.choice(found or table.of('int')).name}"

    def _number(self, table: Tab, alias: str) -> str:
        return self._column(table, alias, "int")

    def _literal(self) -> str:
        return str(self.draw.choice((0, 1, 2, 3, 7)))

    def _sign(self) -> str:
        return self.draw.choice(("=", "=", "<>", "<", "<=", ">", ">="))

    def _simple(self, table: Tab, alias: str) -> str:
        draw = self.draw
        column = draw.choice(table.columns)
        name = f"{alias}.{column.name}"
        match column.kind:
            case "text":
                word = draw.choice(("a", "b", "A"))
                return f"{name} {draw.choice(('=', '<>'))} '{word}'"
            case "flag" if self.engine == "postgresql":
                return draw.choice((name, f"NOT {name}", f"{name} IS TRUE"))
            case "moment" | "day":
                return f"{name} {self._sign()} '2024-02-01'"
            case _:
                return f"{name} {self._sign()} {self._literal()}"

    def _condition(self, table: Tab, alias: str, depth: int = 0) -> str:
        draw = self.draw
        number, literal = self._number(table, alias), self._literal()
        inner = draw.choice(self.tables)
        other = self._number(inner, "x")
        tie = f"x.{draw.choice(inner.of('int')).name} = {self._number(table, alias)}"
        own = self._simple(inner, "x")
        some = [
            self._simple(table, alias),
            f"{number} IS NOT NULL",
            f"COALESCE({number}, {self._literal()}) {draw.choice(('=', '=', self._sign()))} {literal}",
            f"{number} {draw.choice('+-')} {self._literal()} {self._sign()} {literal}",
            f"{number} = 1 OR {number} = {literal}",
            f"({number} = 1 OR {number} = {literal} OR {self._number(table, alias)} = 2)",
            f"{number} {draw.choice(('NOT IN', 'NOT IN', 'IN'))} (SELECT {other} FROM {self._from(inner)} x"
            f"{draw.choice(('', f' WHERE {own}', f' WHERE {tie}', f' WHERE {own} OR {tie}'))})",
            f"{self._number(table, alias)} NOT IN (SELECT ref FROM {inner.name} WHERE ref IS NOT NULL)",
            f"(SELECT COUNT({draw.choice(('*', '*', other, f'DISTINCT {other}'))}) FROM {self._from(inner)} x"
            f" WHERE {tie}) {draw.choice(('> 0', '= 0', '>= 1', '< 1', '<> 0', '> 1', '<= 0'))}",
            f"{draw.choice(('', 'NOT '))}EXISTS (SELECT DISTINCT {other} FROM {self._from(inner)} x WHERE {tie}"
            f"{draw.choice(('', f' ORDER BY {other}'))})",
            f"{number} IN (SELECT DISTINCT {other} FROM {self._from(inner)} x ORDER BY {other}"
            f"{draw.choice(('', '', ' LIMIT 2'))})",
            f"{number} {draw.choice(('IN', 'NOT IN'))} (SELECT id FROM t UNION SELECT ref FROM u)",
            self._moment(table, alias),
            self._moment(table, alias),
            self._moment(table, alias),
            f"{number} {self._sign()} (SELECT {draw.choice(('MAX', 'SUM', 'MIN'))}({other})"
            f" FROM {self._from(inner)} x WHERE {tie})",
        ]
        if self.engine == "postgresql":
            some.append(f"{number} {self._sign()} {literal}.{draw.choice(('0', '5'))}")
            some.append(f"{number} {self._sign()} {literal}::numeric")
        found = draw.choice(some)
        if depth < 1 and draw.random() < 0.12:
            again = self._condition(table, alias, 1)
            found = draw.choice(
                (f"NOT ({found})", f"({found} OR {again})", f"NOT ({found} AND {again})")
            )
        return f"({found})" if " OR " in found and not found.startswith(("(", "NOT")) else found

    def _moment(self, table: Tab, alias: str) -> str:
        draw = self.draw
        found = table.of("moment", "day")
        if not found:
            return self._simple(table, alias)
        name = f"{alias}.{draw.choice(found).name}"
        day = draw.choice(("'2024-02-01'", "'2024-01-01'", "'2024-02-29'"))
        if self.engine == "sqlite":
            some = [
                f"date({name}) {self._sign()} {day}",
                f"strftime('%Y', {name}) {draw.choice(('=', '<'))} '2024'",
                f"strftime('%Y-%m', {name}) = '2024-02'",
            ]
        else:
            some = [
                f"date({name}) {self._sign()} {day}",
                f"{name}::date {self._sign()} DATE {day}",
                f"{name}::date BETWEEN {day} AND '2024-03-01'",
                f"extract(year FROM {name}) {self._sign()} 2024",
                f"date_trunc('month', {name}) {self._sign()} {day}",
                f"date_trunc('hour', {name}) = '2024-02-01 00:00:00'",
            ]
        return draw.choice(some)

    def _where(self, table: Tab, alias: str, most: int = 2) -> str:
        found = [self._condition(table, alias) for _ in range(self.draw.randint(0, most))]
        return f" WHERE {' AND '.join(found)}" if found else ""

    def _and(self, table: Tab, alias: str) -> str:
        return self.draw.choice(("", f" AND {self._condition(table, alias)}"))

    def _plain(self) -> str:
        first, second = self._two()
        if self.draw.random() < 0.6:
            order = self.draw.choice(("", "", " ORDER BY a.id", " ORDER BY a.id, a.ref LIMIT 3"))
            return f"SELECT a.id, a.name FROM {self._from(first, 0.06)} a{self._where(first, 'a')}{order}"
        join = self.draw.choice(("JOIN", "LEFT JOIN", "LEFT JOIN"))
        given = self.draw.choice(("a.id, b.name", "a.id, a.name", "a.id", "COUNT(*) AS n"))
        return (
            f"SELECT {given} FROM {self._from(first, 0.06)} a {join} {self._from(second)} b ON {self._tie(first)}"
            f"{self._where(first, 'a')}"
        )

    def _tie(self, first: Tab) -> str:
        return f"b.{self.draw.choice(('id', 'ref', 'ref'))} = {self._number(first, 'a')}"

    def _distinct(self) -> str:
        first, second = self._two()
        given = self.draw.choice(
            ("a.id", "a.id, a.name", "a.name, a.ref", "a.id, b.id", "a.id, a.ref")
        )
        tie, own = self._tie(first), self._simple(second, "b")
        sources = self.draw.choice(
            (
                f"{self._from(first, 0.06)} a JOIN {self._from(second)} b ON {tie}",
                f"{self._from(first, 0.06)} a JOIN {self._from(second)} b ON {tie} AND {own}",
                f"{self._from(second)} b JOIN {self._from(first, 0.06)} a ON {tie}",
                f"{self._from(first, 0.06)} a LEFT JOIN {self._from(second)} b ON {tie}",
                f"{self._from(first, 0.06)} a, {self._from(second)} b",
                f"{self._from(second)} b, {self._from(first, 0.06)} a",
            )
        )
        where = [self._condition(first, "a")] if self.draw.random() < 0.5 else []
        where += [own] if self.draw.random() < 0.5 else []
        where += [tie] if "," in sources else []
        if self.draw.random() < 0.3:
            given, sources = given.replace("b.id", "a.ref"), f"{self._from(first, 0.06)} a"
            where = where[:1] if where and " b." not in where[0] and "b." not in where[0] else []
        tail = f" WHERE {' AND '.join(where)}" if where else ""
        return f"SELECT DISTINCT {given} FROM {sources}{tail}"

    def _union(self) -> str:
        first, second = self._two()
        second = self.draw.choice((first, second))
        given = self.draw.choice(
            ("id", "id, name", "name", "ref, id", "{0} AS kind, id", "{0} AS kind, ref")
        )
        arms = []
        for at, table in enumerate((first, second)):
            column = f"z.{self.draw.choice(('id', 'ref', 'ref'))}"
            kept = self.draw.choice(
                (f"{column} = {at + 1}", f"{column} < 2", f"{column} >= 2", "1 = 1")
            )
            if self.draw.random() < 0.3:
                kept = f"z.name {self.draw.choice(('=', '<>'))} 'a'"
            mark = self.draw.choice((f"'{'ab'[at]}'", "'a'"))
            arms.append(f"SELECT {given.format(mark)} FROM {table.name} z WHERE {kept}")
        return f" {self.draw.choice(('UNION', 'UNION DISTINCT')) if self.engine == 'postgresql' else 'UNION'} ".join(
            arms
        )

    def _grouped(self) -> str:
        table = self.draw.choice(self.tables)
        column = self._number(table, "a")
        having = self.draw.choice(
            (f"{column} > 1", f"COUNT(*) > 1 AND {column} = 2", f"{column} = 1 OR {column} IS NULL")
        )
        word = self.draw.choice(("", "DISTINCT "))
        return (
            f"SELECT {word}{column}, COUNT(*) AS n FROM {table.name} a{self._where(table, 'a', 1)}"
            f" GROUP BY {column} HAVING {having}"
        )

    def _counted(self) -> str:
        first, second = self._two()
        held = self.draw.choice(("a.id", "a.ref", "a.name", "b.id"))
        return (
            f"SELECT COUNT(DISTINCT {held}) AS n, MAX(a.id) AS m FROM {self._from(first, 0.06)} a"
            f" JOIN {self._from(second)} b ON {self._tie(first)}{self._where(first, 'a', 1)}"
            if self.draw.random() < 0.5
            else f"SELECT COUNT(DISTINCT {held.replace('b.', 'a.')}) AS n FROM {self._from(first, 0.06)} a"
        )

    def _missing(self) -> str:
        first, second = self._two()
        asked = self.draw.choice(("b.id", "b.ref", "b.name"))
        more = self.draw.choice(("", f" AND {self._simple(second, 'b')}"))
        return (
            f"SELECT a.id, a.ref FROM {self._from(first, 0.06)} a LEFT JOIN {self._from(second)} b"
            f" ON {self._tie(first)}{more}"
            f" WHERE {asked} IS NULL{self._and(first, 'a')}"
        )

    def _scalar(self) -> str:
        first, second = self._two()
        what = self.draw.choice(
            ("COUNT(*)", "COUNT(x.ref)", "SUM(x.ref)", "MAX(x.id)", "COALESCE(SUM(x.id), 0)")
            + ("2 * MIN(x.ref)", "COUNT(*) + 1", "COALESCE(MAX(x.ref), 7)")
        )
        tie = f"x.{self.draw.choice(('ref', 'ref', 'id'))} = {self._number(first, 'a')}"
        more = self.draw.choice(("", f" AND {self._simple(second, 'x')}"))
        inner = f"(SELECT {what} FROM {self._from(second)} x WHERE {tie}{more})"
        if self.draw.random() < 0.5:
            return f"SELECT a.id, {inner} AS n FROM {self._from(first, 0.06)} a{self._where(first, 'a', 1)}"
        sign, literal = self._sign(), self._literal()
        return f"SELECT a.id, a.name FROM {self._from(first, 0.06)} a WHERE {literal} {sign} {inner}{self._and(first, 'a')}"

    def _either(self) -> str:
        first, second = self._two()
        return (
            f"SELECT a.id, b.name FROM {self._from(first, 0.06)} a JOIN {self._from(second)} b ON {self._tie(first)}"
            f" WHERE a.id = {self._literal()} OR b.{self.draw.choice(('id', 'ref'))} = {self._literal()}"
        )

    def _q21(self) -> str:
        first, second = self._two()
        words = self.draw.choice(("NOT EXISTS", "EXISTS"))
        return (
            f"SELECT a.id, COUNT(*) AS n FROM {self._from(first, 0.06)} a WHERE EXISTS (SELECT DISTINCT x.id FROM"
            f" {self._from(second)} x WHERE x.ref = a.ref AND x.id <> a.id) AND {words} (SELECT * FROM"
            f" {self._from(second)} y WHERE y.ref = a.ref AND y.id <> a.id AND {self._simple(second, 'y')})"
            f"{self._and(first, 'a')} GROUP BY a.id"
        )

    def _paged(self) -> str:
        table = self.draw.choice(self.tables)
        order = self.draw.choice(("a.id", "a.ref DESC, a.id", "a.ref"))
        return (
            f"SELECT DISTINCT a.id, a.ref FROM {table.name} a{self._where(table, 'a')}"
            f" ORDER BY {order} LIMIT 2 OFFSET {self._literal()}"
        )
