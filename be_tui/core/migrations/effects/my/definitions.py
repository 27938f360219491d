"""A column as ALTER TABLE defines it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.migrations.effects.words import Cursor, Word, parted

if TYPE_CHECKING:
    from be_tui.core.schema import Column

_NAMES = {
    "integer": "int",
    "int4": "int",
    "int8": "bigint",
    "int2": "smallint",
    "int3": "mediumint",
    "middleint": "mediumint",
    "int1": "tinyint",
    "bool": "tinyint",
    "boolean": "tinyint",
    "dec": "decimal",
    "fixed": "decimal",
    "numeric": "decimal",
    "character": "char",
    "double precision": "double",
    "real": "double",
    "float8": "double",
    "float4": "float",
    "serial": "bigint unsigned",
}
_NOW = frozenset({"CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"})
_WIDTHLESS = frozenset({"int", "bigint", "smallint", "tinyint", "mediumint"})


@dataclass(frozen=True, slots=True)
class Definition:
    """What a column is to be."""

    name: str
    type: str
    """In small letters, with `unsigned`; one name for all spellings."""

    arguments: tuple[str, ...] = ()
    nullable: bool = True
    charset: str = ""
    collation: str = ""
    default: str = ""
    """`constant`, `now` or `expression`; empty without."""

    filled: bool = False
    """Whether rows get a value by themselves."""

    auto_increment: bool = False
    generated: str = ""
    """`stored` or `virtual`; empty for a plain column."""

    unique: bool = False
    primary: bool = False
    references: str = ""
    check: bool = False
    position: str = ""
    """`first`, or the column that it comes after."""

    compressed: bool = False


def definition(name: str, cursor: Cursor) -> Definition:
    """Read what comes after a column's name."""
    kind = _type(cursor)
    arguments = tuple(_said(part) for part in parted(cursor.bracket()))
    if cursor.any("UNSIGNED", "ZEROFILL"):
        kind = f"{kind} unsigned"
    if kind in _WIDTHLESS or kind.removesuffix(" unsigned") in _WIDTHLESS:
        # The width of numbers is for people only.
        arguments = ()
    found: dict[str, object] = {}
    while not cursor.done and _attribute(cursor, found):
        continue
    nullable = bool(found.pop("nullable", True)) and not found.get("primary")
    return Definition(name, kind, arguments, nullable, **found)  # type: ignore[arg-type]


def _type(cursor: Cursor) -> str:
    name = cursor.take().lower()
    if name == "double" and cursor.skip("PRECISION"):
        return "double"
    if name == "national":
        name = cursor.take().lower()
    if name in {"char", "character"} and cursor.skip("VARYING"):
        return "varchar"
    return _NAMES.get(name, name)


def _said(part: list[Word]) -> str:
    return "".join(each.text for each in part).strip("'\"")


def _attribute(cursor: Cursor, found: dict[str, object]) -> bool:  # noqa: PLR0912 (a table of words)
    """Take in the next attribute; tell whether there may be more."""
    if cursor.skip("NOT", "NULL"):
        found["nullable"] = False
    elif cursor.skip("NULL"):
        found["nullable"] = True
    elif cursor.skip("DEFAULT"):
        found["default"], found["filled"] = _default(cursor)
    elif cursor.any("AUTO_INCREMENT"):
        found["auto_increment"] = found["filled"] = True
    elif cursor.skip("CHARACTER", "SET") or cursor.any("CHARSET"):
        cursor.skip("=")
        found["charset"] = cursor.take().lower()
    elif cursor.skip("COLLATE"):
        cursor.skip("=")
        found["collation"] = cursor.take().lower()
    elif cursor.skip("GENERATED", "ALWAYS", "AS") or cursor.skip("AS"):
        cursor.bracket()
        kind = cursor.any("VIRTUAL", "STORED", "PERSISTENT")
        found["generated"] = "stored" if kind in {"STORED", "PERSISTENT"} else "virtual"
        found["filled"] = True
    elif cursor.skip("PRIMARY", "KEY") or cursor.skip("KEY"):
        found["primary"] = True
    elif cursor.any("UNIQUE"):
        cursor.skip("KEY")
        found["unique"] = True
    elif cursor.skip("REFERENCES"):
        found["references"] = cursor.name()
        cursor.bracket()
    elif cursor.any("CHECK"):
        cursor.bracket()
        found["check"] = True
    elif cursor.any("FIRST"):
        found["position"] = "first"
    elif cursor.any("AFTER"):
        found["position"] = cursor.take()
    elif cursor.any("COMPRESSED"):
        found["compressed"] = True
    elif cursor.any("UNSIGNED", "ZEROFILL", "SIGNED"):
        pass
    else:
        cursor.take()
        cursor.bracket()
    return True


def _default(cursor: Cursor) -> tuple[str, bool]:
    if cursor.peek() == "(":
        cursor.bracket()
        return "expression", True
    cursor.any("-", "+")
    word = cursor.take()
    if word.upper() in _NOW:
        cursor.bracket()
        return "now", True
    if cursor.peek() == "(":
        cursor.bracket()
        return "expression", True
    return "constant", word.upper() != "NULL"


@dataclass(frozen=True, slots=True)
class Now:
    """A column as it is, in the words of a definition."""

    type: str
    arguments: tuple[str, ...]


def standing(column: Column) -> Now:
    """Give the type of a column of the model."""
    name = column.type.name
    unsigned = name.endswith(" unsigned")
    base = name.removesuffix(" unsigned")
    base = _NAMES.get(base, base)
    arguments = () if base in _WIDTHLESS else column.type.arguments
    return Now(f"{base} unsigned" if unsigned else base, arguments)
