"""Django's fields: their columns, types and names as Django's schema editor writes them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.values import Call, Name, NotStatic, literal

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

_TYPES: dict[str, tuple[str, str, str]] = {
    "AutoField": ("integer", "integer", "integer"),
    "BigAutoField": ("bigint", "bigint", "integer"),
    "SmallAutoField": ("smallint", "smallint", "integer"),
    "BigIntegerField": ("bigint", "bigint", "bigint"),
    "BinaryField": ("bytea", "longblob", "BLOB"),
    "BooleanField": ("boolean", "bool", "bool"),
    "NullBooleanField": ("boolean", "bool", "bool"),
    "DateField": ("date", "date", "date"),
    "DateTimeField": ("timestamp with time zone", "datetime(6)", "datetime"),
    "DurationField": ("interval", "bigint", "bigint"),
    "FloatField": ("double precision", "double precision", "real"),
    "IntegerField": ("integer", "integer", "integer"),
    "PositiveBigIntegerField": ("bigint", "bigint UNSIGNED", "bigint unsigned"),
    "PositiveIntegerField": ("integer", "integer UNSIGNED", "integer unsigned"),
    "PositiveSmallIntegerField": ("smallint", "smallint UNSIGNED", "smallint unsigned"),
    "SmallIntegerField": ("smallint", "smallint", "smallint"),
    "IPAddressField": ("inet", "char(15)", "char(15)"),
    "GenericIPAddressField": ("inet", "char(39)", "char(39)"),
    "JSONField": ("jsonb", "json", "text"),
    "TextField": ("text", "longtext", "text"),
    "TimeField": ("time", "time(6)", "time"),
    "UUIDField": ("uuid", "char(32)", "char(32)"),
    "HStoreField": ("hstore", "", ""),
    "SearchVectorField": ("tsvector", "", ""),
    "IntegerRangeField": ("int4range", "", ""),
    "BigIntegerRangeField": ("int8range", "", ""),
    "DecimalRangeField": ("numrange", "", ""),
    "DateTimeRangeField": ("tstzrange", "", ""),
    "DateRangeField": ("daterange", "", ""),
    "CITextField": ("citext", "", ""),
    "CIEmailField": ("citext", "", ""),
}
"""For PostgreSQL, MySQL, SQLite."""

_LENGTHS = {
    "CharField": 0,
    "SlugField": 50,
    "EmailField": 254,
    "URLField": 200,
    "FileField": 100,
    "ImageField": 100,
    "FilePathField": 100,
}
"""The longest text of a field that does not say."""

_AUTO = frozenset({"AutoField", "BigAutoField", "SmallAutoField"})
_POSITIVE = frozenset(
    {"PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"}
)
_REFERRING = frozenset({"ForeignKey", "OneToOneField"})
_REFERRED = {
    "AutoField": "IntegerField",
    "BigAutoField": "BigIntegerField",
    "SmallAutoField": "SmallIntegerField",
}
"""What a column that refers to a key of its own counting is."""

_LONGEST_NAME = {"postgresql": 63, "mysql": 64, "mariadb": 64, "sqlite": 200}
_DIGEST = 8


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model."""

    name: str
    kind: str
    """Its class: `CharField`."""

    call: Call = field(hash=False, compare=False)
    made: tuple[str, str, str] | None = field(default=None, compare=False)
    """The table and column by whose names its index and key were called, which stay when these
    are renamed, and the end of the key's name; None until the migration that makes them ends."""

    def option(self, name: str, other: object = None) -> object:
        """Give an option."""
        return self.call.named.get(name, other)

    @property
    def is_reference(self) -> bool:
        """Tell whether it is a foreign key."""
        return self.kind in _REFERRING

    @property
    def has_column(self) -> bool:
        """Tell whether it is a column of its model's table."""
        return self.kind not in {"ManyToManyField", "GenericForeignKey", "GenericRelation"}

    @property
    def column(self) -> str:
        """Its column's name."""
        given = self.option("db_column")
        if isinstance(given, str):
            return given
        return f"{self.name}_id" if self.is_reference else self.name

    @property
    def null(self) -> bool:
        """Tell whether it may be NULL."""
        return self.option("null") is True or self.kind == "NullBooleanField"

    @property
    def primary(self) -> bool:
        """Tell whether it is the primary key."""
        return self.option("primary_key") is True

    @property
    def unique(self) -> bool:
        """Tell whether its values are unique."""
        return self.option("unique") is True or self.kind == "OneToOneField"

    @property
    def indexed(self) -> bool:
        """Tell whether it has an index of its own."""
        usual = self.kind in {"ForeignKey", "SlugField"}
        return self.option("db_index", usual) is True and not self.unique and not self.primary

    @property
    def constrained(self) -> bool:
        """Tell whether the database itself holds to its foreign key."""
        return self.is_reference and self.option("db_constraint") is not False


@dataclass(frozen=True, slots=True)
class Model:
    """One model as it stands at a point of the history."""

    app: str
    name: str
    fields: tuple[Field, ...]
    table: str
    unique_together: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[Call, ...] = field(default=(), hash=False, compare=False)
    constraints: tuple[Call, ...] = field(default=(), hash=False, compare=False)
    managed: bool = True
    """False for models whose tables Django leaves alone: proxies too."""

    def find(self, name: str) -> Field | None:
        """Give a field by its name."""
        return next((each for each in self.fields if each.name == name), None)

    @property
    def key(self) -> Field | None:
        """The primary key."""
        return next((each for each in self.fields if each.primary), None)

    def having(self, fields: tuple[Field, ...]) -> Model:
        """Give it with other fields."""
        return replace(self, fields=fields)


def type_of(field: Field, engine: Engine) -> str:
    """Give a field's type, that of a foreign key left out.

    Raises:
        NotStatic: It is the program's own, or an option is not known.
    """
    kind = field.kind
    place = 0 if engine == "postgresql" else 2 if engine == "sqlite" else 1
    if kind in _LENGTHS:
        length = field.option("max_length", _LENGTHS[kind] or None)
        if isinstance(length, int):
            return f"varchar({length})"
        if length is None and engine == "postgresql":
            return "varchar"
        raise NotStatic("its longest text is known only when it runs")
    if kind == "DecimalField":
        digits, places = field.option("max_digits"), field.option("decimal_places")
        if engine == "sqlite":
            return "decimal"
        if not isinstance(digits, int) or not isinstance(places, int):
            raise NotStatic("its digits are known only when it runs")
        return f"numeric({digits}, {places})"
    if kind == "ArrayField":
        base = field.call.get(0, "base_field")
        if not isinstance(base, Call):
            raise NotStatic("what its lists hold is known only when it runs")
        size = field.option("size")
        inner = type_of(Field("", base.last, base), engine)
        return f"{inner}[{size if isinstance(size, int) else ''}]"
    known = _TYPES.get(kind, ("", "", ""))[place]
    if not known or not field.call.name.startswith("django."):
        raise NotStatic(f"the field {kind} is the program's own")
    return known


def referred_type(key: Field, engine: Engine) -> str:
    """Give the type of a column that refers to a key.

    Raises:
        NotStatic: The key's own type is not known.
    """
    plain = _REFERRED.get(key.kind)
    return type_of(replace(key, kind=plain) if plain else key, engine)


def suffix_of(field: Field, engine: Engine) -> str:
    """Give what stands at the end of a column that counts by itself."""
    if field.kind not in _AUTO:
        return ""
    suffixes = {
        "postgresql": " GENERATED BY DEFAULT AS IDENTITY",
        "sqlite": " AUTOINCREMENT",
    }
    return suffixes.get(engine, " AUTO_INCREMENT")


def check_of(field: Field, column: str, engine: Engine) -> str:
    """Give the check that a field brings along; empty for most."""
    if field.kind in _POSITIVE and engine in {"postgresql", "sqlite"}:
        return f"{column} >= 0"
    if field.kind == "JSONField" and engine == "sqlite":
        return f"(JSON_VALID({column}) OR {column} IS NULL)"
    return ""


def default_of(field: Field, engine: Engine) -> str | None:
    """Give what rows that are there get; None where that is nothing.

    Raises:
        NotStatic: Only the running program knows it.
    """
    given = field.option("default", _ABSENT)
    if given is _ABSENT:
        blank = field.option("blank") is True
        texts = field.kind in _LENGTHS or field.kind == "TextField"
        return "''" if blank and texts and not field.null else None
    if given is None:
        return None
    if isinstance(given, Name):
        known = {"dict": "'{}'", "list": "'[]'" if field.kind == "JSONField" else "'{}'"}
        if given.path in known:
            return known[given.path] + ("::jsonb" if _is_jsonb(field, engine) else "")
        raise NotStatic(f"the value that rows get is made by {given.path} as it runs")
    if isinstance(given, bool) and engine != "postgresql":
        return str(int(given))
    return literal(given)


_ABSENT = object()


def _is_jsonb(field: Field, engine: Engine) -> bool:
    return field.kind == "JSONField" and engine == "postgresql"


def digest_of(*names: str) -> str:
    """Give the end of a name that Django makes up."""
    joined = "".join(names).encode()
    return hashlib.md5(joined, usedforsecurity=False).hexdigest()[:_DIGEST]


def made_name(table: str, columns: list[str], suffix: str, engine: Engine) -> str:
    """Give the name that Django makes up for an index or a constraint."""
    table = table.rpartition('"."')[2]
    end = f"{digest_of(table, *columns)}{suffix}"
    longest = _LONGEST_NAME[engine]
    name = f"{table}_{'_'.join(columns)}_{end}"
    if len(name) <= longest:
        return name
    if len(end) > longest / 3:
        end = end[: longest // 3]
    rest = (longest - len(end)) // 2 - 1
    name = f"{table[:rest]}_{'_'.join(columns)[:rest]}_{end}"
    return f"D{name[:-1]}" if name[0] == "_" or name[0].isdigit() else name
