"""The nouns of a schema, and what the types of columns mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TENANT = re.compile(
    r"(?:tenant|organi[sz]ation|org|workspace|company)(?:_?(?:id|uuid|key|fk))?", re.IGNORECASE
)
_UUID = re.compile(
    r"uuid|guid|uniqueidentifier|(?:char|varchar)\s*\(\s*36\s*\)|binary\s*\(\s*16\s*\)"
)
_BIG = re.compile(r"bigint|bigserial|int8\b|serial8|bigauto|\blong\b|biginteger")
_INT = re.compile(
    r"\b(?:int|integer|serial|int4|serial4|mediumint|smallint|smallserial|number)\b|autofield"
)
_JSON = re.compile(r"json|\bhstore\b")
_PLAIN = re.compile(r"^(?:sa\.|db\.)?(?:timestamp|datetime2?|smalldatetime|localdatetime)\b")
_ZONED = re.compile(r"with\s+(?:local\s+)?time\s+zone|timestamptz|offset|timezone\s*=\s*true")


@dataclass(slots=True)
class Column:
    """One column."""

    name: str
    type: str
    """As it is written, in lower case."""

    line: int = 0
    path: str = ""
    """Where it is added by another file than its table's."""

    @property
    def is_tenant(self) -> bool:
        """Tell whether it says whose row it is, among tenants."""
        return _TENANT.fullmatch(self.name) is not None

    @property
    def is_json(self) -> bool:
        """Tell whether it holds JSON."""
        return _JSON.search(self.type) is not None

    def is_plain_time(self, database: str) -> bool:
        """Tell whether it holds a moment without saying in which zone."""
        if not _PLAIN.match(self.type) or _ZONED.search(self.type):
            return False
        # MySQL keeps a TIMESTAMP in UTC, a DATETIME as it was given.
        return database not in {"MySQL", "MariaDB"} or not self.type.startswith("timestamp")

    def key_kind(self, database: str) -> str:
        """Give what it is as a key: `uuid`, `bigint`, `int`, or nothing that is counted."""
        if _UUID.search(self.type):
            return "uuid"
        if _BIG.search(self.type):
            return "bigint"
        if _INT.search(self.type):
            return "bigint" if database == "SQLite" else "int"
        return ""


@dataclass(slots=True)
class ForeignKey:
    """Columns that point at another table."""

    columns: tuple[str, ...]
    line: int
    indexed: bool = False
    """True where the ORM makes an index for it unasked."""

    path: str = ""
    """Where it is added by another file than its table's."""


@dataclass(slots=True)
class Table:
    """One table."""

    name: str
    path: str
    line: int
    columns: dict[str, Column] = field(default_factory=dict)
    primary: tuple[str, ...] = ()
    foreign: list[ForeignKey] = field(default_factory=list)
    leading: set[str] = field(default_factory=set)
    """The first columns of its indexes and unique constraints."""

    @property
    def key(self) -> Column | None:
        """The primary key, where it is one column."""
        return self.columns.get(self.primary[0]) if len(self.primary) == 1 else None

    def without_index(self) -> list[ForeignKey]:
        """Give the foreign keys that no index begins with."""
        leading = {*self.leading, *self.primary[:1]}
        return [
            each for each in self.foreign if not each.indexed and each.columns[0] not in leading
        ]


@dataclass(slots=True)
class Schema:
    """What one kind of source says."""

    kind: str
    """`SQL`, `Prisma`, `SQLAlchemy`, ..."""

    tables: dict[str, Table] = field(default_factory=dict)
    views: set[str] = field(default_factory=set)
