"""The structure of a database, object by object, so that two can be told apart.

PostgreSQL's is what pg_dump writes, MariaDB's and MySQL's what SHOW CREATE writes, SQLite's the
words of `sqlite_master` without their spelling. The order of columns within a table is left out:
what a migration adds can often stand at the end only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from be_tui.core.databases import Bounds
from be_tui.core.migrations.replay.engines import is_postgres

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.databases import Rows, Sandbox, Session


class Asked(Protocol):
    """A connection that is asked: a sandbox's session, or a guarded one."""

    def run(self, statement: str, bounds: Bounds = ...) -> Rows:
        """Run one statement."""
        ...


_MANY = Bounds(rows=1_000_000)


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One object of a database."""

    kind: str
    """In small letters: `table`, `index`, `fk constraint`."""

    name: str
    """As the engine names it, with its schema where it has one."""

    text: str
    """Its DDL, in a form in which what is the same reads the same."""


@dataclass(frozen=True, slots=True)
class Dump:
    """All objects of a database, sorted."""

    parts: tuple[Part, ...] = ()

    @property
    def named(self) -> dict[tuple[str, str], Part]:
        """Give them by kind and name."""
        return {(each.kind, each.name): each for each in self.parts}


@dataclass(frozen=True, slots=True)
class Difference:
    """What tells two databases apart."""

    missing: tuple[Part, ...] = ()
    """What was expected and is not there."""

    extra: tuple[Part, ...] = ()
    """What is there and was not expected."""

    changed: tuple[tuple[Part, Part], ...] = ()
    """As it was expected, and as it is."""

    def __str__(self) -> str:
        """Give it line by line."""
        return "\n".join(self.lines())

    def lines(self) -> tuple[str, ...]:
        """Give a line for each object, and below it what differs within."""
        found = [f"missing: {each.kind} {each.name}" for each in self.missing]
        found += [f"besides: {each.kind} {each.name}" for each in self.extra]
        for wanted, there in self.changed:
            found.append(f"changed: {wanted.kind} {wanted.name}")
            before, after = wanted.text.splitlines(), there.text.splitlines()
            found += [f"  - {line}" for line in before if line not in after]
            found += [f"  + {line}" for line in after if line not in before]
        return tuple(found)


def difference(wanted: Dump, there: Dump) -> Difference | None:
    """Tell what is otherwise than wanted; None where all is the same."""
    expected, found = wanted.named, there.named
    missing = tuple(part for key, part in expected.items() if key not in found)
    extra = tuple(part for key, part in found.items() if key not in expected)
    changed = tuple(
        (part, found[key])
        for key, part in expected.items()
        if key in found and found[key].text != part.text
    )
    return Difference(missing, extra, changed) if missing or extra or changed else None


def dump(sandbox: Sandbox, ddl: str = "") -> Dump:
    """Read the structure of a throwaway database.

    Args:
        sandbox: The database.
        ddl: What pg_dump wrote of it, where that is known already.

    Raises:
        InputError: pg_dump is not there, or does not come to its end.
        StatementError: The server is gone.
    """
    if is_postgres(sandbox):
        with sandbox.session() as session:
            broken = [Part("invalid index", *map(str, row)) for row in session.run(_INVALID).rows]
        return Dump(tuple(sorted((*_from_postgres(ddl or sandbox.ddl()), *broken))))
    with sandbox.session() as session:
        parts = _from_sqlite(session) if sandbox.engine == "sqlite" else _from_mariadb(session)
        return Dump(tuple(sorted(parts)))


_INVALID = """
SELECT indexrelid::regclass, pg_get_indexdef(indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relkind = 'i'"""
"""What pg_dump leaves out: indexes that were not built to their end."""

_HEAD = re.compile(r"^-- Name: (?P<name>.*); Type: (?P<kind>[^;]*); Schema: (?P<schema>[^;]*);.*$")
_NOISE = re.compile(r"^(?:--|SET |SELECT pg_catalog\.set_config|\\(?:un)?restrict )")


def _from_postgres(text: str) -> Iterator[Part]:
    found: dict[tuple[str, str], list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        head = _HEAD.match(line)
        if head:
            schema, name = head["schema"], head["name"]
            name = name if schema in ("-", "public") else f"{schema}.{name}"
            lines = found.setdefault((head["kind"].lower(), name), [])
        elif line.strip() and not _NOISE.match(line):
            lines.append(line)
    for (kind, name), block in found.items():
        yield Part(kind, name, "\n".join(_settled(kind, block)))


def _settled(kind: str, lines: list[str]) -> list[str]:
    """Bring what has no order of its own into one."""
    if kind in ("acl", "default acl"):
        return sorted(lines)
    if not lines or not re.match(r"CREATE (?:UNLOGGED |FOREIGN )?TABLE .*\($", lines[0]):
        return lines
    end = next((at for at, line in enumerate(lines) if line.startswith(")")), len(lines))
    # What is said of columns afterwards stands in their order.
    said = [each for each in lines[end:] if each.startswith("ALTER TABLE")]
    closing = [each for each in lines[end:] if not each.startswith("ALTER TABLE")]
    return [lines[0], *_items(lines[1:end]), *closing, *sorted(said)]


def _items(lines: Iterable[str]) -> list[str]:
    """Give the columns and constraints of a table, sorted; one may run over several lines."""
    items: list[str] = []
    for line in lines:
        if re.match(r" {4}\S|  \S", line) or not items:
            items.append(line)
        else:
            items[-1] += f"\n{line}"
    return sorted(item.removesuffix(",") for item in items)


_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|\w+|[^\w\s]", re.S
)

_MASTER = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


def _from_sqlite(session: Session) -> Iterator[Part]:
    for kind, name, text in session.run(_MASTER, _MANY).rows:
        if text:
            yield Part(str(kind), str(name), _plain(str(kind), text))


def _plain(kind: str, text: str) -> str:
    """Give DDL of SQLite without what only looks different."""
    words = [_unquoted(word) for word in _TOKEN.findall(text) if not word.startswith(("--", "/*"))]
    if kind != "table":
        return " ".join(words)
    depth, items = 0, [""]
    for word in words:
        depth += (word == "(") - (word == ")")
        if word == "," and depth == 1:
            items.append("")
        elif (word == "(" and depth == 1) or (word == ")" and depth == 0):
            items.append("") if word == "(" else items.append(")")
        else:
            items[-1] = f"{items[-1]} {word}".strip()
    close = next((at for at, item in enumerate(items) if item.startswith(")")), len(items))
    return "\n".join((items[0], *sorted(items[1:close]), *items[close:]))


def _unquoted(word: str) -> str:
    if word[0] in '"`[':
        inner = word[1:-1]
        return inner.lower() if re.fullmatch(r"\w+", inner) else word
    return word if word[0] == "'" else word.lower()


_OBJECTS = """
SELECT CASE table_type WHEN 'VIEW' THEN 'view' WHEN 'SEQUENCE' THEN 'sequence' ELSE 'table' END,
  table_name FROM information_schema.tables WHERE table_schema = database()
UNION ALL SELECT 'trigger', trigger_name FROM information_schema.triggers
  WHERE trigger_schema = database()
UNION ALL SELECT lower(routine_type), routine_name FROM information_schema.routines
  WHERE routine_schema = database()"""

_COUNTER = re.compile(r" AUTO_INCREMENT=\d+")
_WRITTEN_IN = {"trigger": 2, "procedure": 2, "function": 2}
"""Which column of SHOW CREATE holds the DDL, where it is not the second."""


def written(session: Asked) -> Iterator[Part]:
    """Give the DDL of each object of a database of MariaDB or MySQL, as the server writes it.

    Raises:
        StatementError: One cannot be read.
    """
    own = session.run("SELECT database()").value or ""
    for kind, name in session.run(_OBJECTS, _MANY).rows:
        quoted = str(name).replace("`", "``")
        (row,) = session.run(f"SHOW CREATE {kind} `{quoted}`").rows
        text = (row[_WRITTEN_IN.get(str(kind), 1)] or "").replace(f"`{own}`.", "")
        yield Part(str(kind), str(name), text)


def _from_mariadb(session: Asked) -> Iterator[Part]:
    for part in written(session):
        lines = _COUNTER.sub("", part.text).splitlines()
        end = next((at for at, line in enumerate(lines) if line.startswith(")")), len(lines))
        if part.kind == "table":
            lines = [lines[0], *_items(lines[1:end]), *lines[end:]]
        yield Part(part.kind, part.name, "\n".join(lines))
