"""Reads the tables out of an ORM's classes, by the shapes that their customs give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.tables.model import Column, ForeignKey, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.project.looks.source import Source
    from be_tui.core.project.tables.model import Schema

_PYTHON_CLASS = re.compile(
    rb"^class[ \t]+(?P<name>\w+)[ \t]*\((?P<bases>[^)]*)\)[ \t]*:", re.MULTILINE
)
_TABLENAME = re.compile(rb"^\s+__tablename__\s*(?::[^=\n]*)?=\s*[rf]?[\"'](\w+)", re.MULTILINE)
_ALCHEMY_FIELD = re.compile(
    rb"^[ \t]+(?P<name>\w+)[ \t]*(?::[ \t]*(?:\w+\.)?Mapped\[(?P<mapped>[^\n=]*)\]|:[ \t]*(?"
    rb"P<plain>[^\n=]+?))?"
    rb"[ \t]*(?:=[ \t]*(?:\w+\.)?(?P<call>mapped_column|Column|Field|deferred)(?P<open>\()|("
    rb"?=\n|$))",
    re.MULTILINE,
)
_DJANGO_FIELD = re.compile(
    rb"^[ \t]+(?P<name>\w+)[ \t]*(?::[^=\n]*)?=[ \t]*(?:models|fields|\w*models)\.(?P<type>"
    rb"\w+)(?P<open>\()",
    re.MULTILINE,
)
_INDEX = re.compile(
    rb"\b(?:Index|UniqueConstraint)\(\s*(?:[\"'][^\"']*[\"']\s*,\s*)?[\"'](\w+)[\"']"
)
_DJANGO_INDEX = re.compile(rb"fields\s*=\s*[\[(]\s*[\"']-?(\w+)")
_TYPES = re.compile(
    r"\b(uuid|biginteger|bigint|smallinteger|integer|jsonb?|datetime|timestamp|timestamptz|string|text|int"
    r"|long)\b",
    re.IGNORECASE,
)
_BRACES_CLASS = re.compile(
    rb"^[ \t]*(?:export\s+)?(?:default\s+)?(?:public\s+|abstract\s+|open\s+|data\s+|final\s+"
    rb")*class[ \t]+(?P<name>\w+)",
    re.MULTILINE,
)
_JPA_FIELD = re.compile(
    rb"^[ \t]*(?:private|protected|public)[ \t]+(?:final[ \t]+)?(?P<type>[\w.]+(?:<[^;=\n]*>"
    rb")?)[ \t]+"
    rb"(?P<name>\w+)[ \t]*[;=]"
    rb"|^[ \t]*(?:@[\w.]+(?:\([^\n]*?\))?[ \t]+)*(?:(?:private|protected|override|lateinit)["
    rb" \t]+)*va[lr][ \t]+(?P<kname>\w+)[ \t]*:"
    rb"[ \t]*(?P<ktype>[\w.]+)",
    re.MULTILINE,
)
_TYPEORM_FIELD = re.compile(
    rb"^[ \t]*(?:@\w+\([^\n]*\)[ \t]+)*(?:public[ \t]+|readonly[ \t]+)*(?P<name>\w+)[!?]?[ "
    rb"\t]*:[ \t]*(?P<type>[^;\n]+);",
    re.MULTILINE,
)
_FARTHEST = 3000
"""Bytes between an annotation and its class."""

_STATED = re.compile(r"(?:type:\s*)?['\"](\w+(?: \w+)*)['\"]")


def read_classes(source: Source) -> Iterator[tuple[str, Table]]:
    """Give the tables that the classes of one file are, each with the ORM's name."""
    if source.language == "Python":
        yield from _python(source)
    elif source.language in {"Java", "Kotlin"}:
        yield from _annotated(source, "JPA", b"@Entity", _JPA_FIELD, _jpa)
    elif source.language in {"TypeScript", "JavaScript"}:
        yield from _annotated(source, "TypeORM", b"@Entity(", _TYPEORM_FIELD, _typeorm)


def add(schemas: dict[str, Schema], kind: str, table: Table) -> None:
    """Put a table with the others of its kind."""
    from be_tui.core.project.tables.model import Schema

    schemas.setdefault(kind, Schema(kind)).tables[table.name] = table


def _python(source: Source) -> Iterator[tuple[str, Table]]:
    for match in _PYTHON_CLASS.finditer(source.code):
        start, end = source.block(match.start())
        body = source.plain[start:end]
        name = match["name"].decode()
        table = Table(name, source.path, source.line(start))
        stated = _TABLENAME.search(body)
        if stated or b"table=True" in match["bases"]:
            table.name = stated[1].decode() if stated else name.lower()
            _alchemy(source, table, match.end(), end)
            for index in _INDEX.finditer(body):
                table.leading.add(index[1].decode())
            yield "SQLAlchemy", table
        elif _DJANGO_FIELD.search(body) or b"models.Model" in match["bases"]:
            if re.search(rb"\babstract\s*=\s*True|\bproxy\s*=\s*True", body):
                continue
            _django(source, table, match.end(), end)
            for index in _DJANGO_INDEX.finditer(body):
                table.leading.add(index[1].decode())
            yield "Django", table


def _alchemy(source: Source, table: Table, start: int, end: int) -> None:
    for match in _ALCHEMY_FIELD.finditer(source.code, start, end):
        call = match["call"]
        if call is None and not match["mapped"]:
            continue
        given = b""
        if call is not None:
            first, last = source.arguments(match.start("open"))
            given = source.plain[first:last]
        hint = (match["mapped"] or match["plain"] or b"").decode("utf-8", "replace")
        text = given.decode("utf-8", "replace")
        if call is None and re.search(r"\b(?:list|List|set|Set)\[|[\"']", hint):
            continue
        name, line = match["name"].decode(), source.line(match.start("name"))
        table.columns[name] = Column(name, _alchemy_type(text, hint), line)
        if re.search(r"primary_key\s*=\s*True", text):
            table.primary = (*table.primary, name)
        if re.search(r"\bForeignKey\(|foreign_key\s*=", text):
            table.foreign.append(ForeignKey((name,), line))
        if re.search(r"\b(?:index|unique)\s*=\s*True", text):
            table.leading.add(name)


def _alchemy_type(given: str, hint: str) -> str:
    without_key = re.sub(r"ForeignKey\([^)]*\)|\bname\s*=\s*[\"'][^\"']*[\"']", "", given)
    match = _TYPES.search(without_key.partition("default")[0]) or _TYPES.search(hint)
    written = match[1].lower() if match else ""
    if written in {"datetime", "timestamp"}:
        zoned = re.search(r"timezone\s*=\s*True", given)
        return "timestamptz" if zoned else "timestamp"
    return written


def _django(source: Source, table: Table, start: int, end: int) -> None:
    for match in _DJANGO_FIELD.finditer(source.code, start, end):
        kind, name = match["type"].decode(), match["name"].decode()
        first, last = source.arguments(match.start("open"))
        given = source.plain[first:last]
        line = source.line(match.start("name"))
        if kind in {"ForeignKey", "OneToOneField"}:
            # Django makes an index for it, unless told not to.
            indexed = re.search(rb"db_index\s*=\s*False", given) is None
            table.foreign.append(ForeignKey((name,), line, indexed))
        if kind.endswith(("Field", "ForeignKey")) and kind != "ManyToManyField":
            written = kind.lower().removesuffix("field")
            # A DateTimeField is kept with its zone; an AutoField's width is the settings'.
            written = {"datetime": "timestamptz", "auto": "autofield"}.get(written, written)
            table.columns[name] = Column(name, written, line)
            if re.search(rb"primary_key\s*=\s*True", given):
                table.primary = (name,)
            if re.search(rb"\b(?:db_index|unique)\s*=\s*True", given):
                table.leading.add(name)


def _annotated(
    source: Source,
    kind: str,
    sign: bytes,
    field: re.Pattern[bytes],
    take: Callable[[Table, re.Match[bytes], str, int], None],
) -> Iterator[tuple[str, Table]]:
    code = source.code
    at = 0
    while (at := code.find(sign, at)) >= 0:
        declared = _BRACES_CLASS.search(code, at, at + _FARTHEST)
        at += len(sign)
        if declared is None or code[at : at + 1].isalpha():
            continue
        start, end = source.block(declared.start("name"))
        table = Table(declared["name"].decode(), source.path, source.line(start))
        above = source.plain[at:start].decode("utf-8", "replace")
        for columns in re.findall(r"columnList\s*=\s*\"(\w+)", above):
            table.leading |= {columns, _camel(columns)}
        before = declared.end()
        for match in field.finditer(code, declared.end(), end):
            notes = source.plain[before : match.end()].decode("utf-8", "replace")
            before = match.end()
            take(table, match, notes, source.line(match.end()))
        yield kind, table


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)


def _jpa(table: Table, match: re.Match[bytes], notes: str, line: int) -> None:
    name = (match["name"] or match["kname"]).decode()
    written = (match["type"] or match["ktype"]).decode().rpartition(".")[2].lower()
    if "@Transient" in notes or re.search(r"@(?:OneToMany|ManyToMany)\b", notes):
        return
    if re.search(r"@Id\b|@EmbeddedId\b", notes):
        table.primary = (*table.primary, name)
    if re.search(r"@(?:ManyToOne|OneToOne)\b", notes) and "mappedBy" not in notes:
        joined = re.search(r"@JoinColumn\([^)]*name\s*=\s*\"(\w+)", notes)
        indexed = bool(joined and joined[1] in table.leading) or "OneToOne" in notes
        table.foreign.append(ForeignKey((name,), line, indexed))
    if re.search(r"unique\s*=\s*true", notes):
        table.leading.add(name)
    if re.search(r"SqlTypes\.JSON|columnDefinition\s*=\s*\"json|@Type\(.*[jJ]son", notes):
        written = "json"
    table.columns[name] = Column(_snake(name), written, line)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def _typeorm(table: Table, match: re.Match[bytes], notes: str, line: int) -> None:
    name = match["name"].decode()
    hint = match["type"].decode("utf-8", "replace").strip().lower()
    if not re.search(r"@(?:\w*Column|ManyToOne|OneToOne|Primary\w+|ObjectIdColumn)\(", notes):
        return
    stated = _STATED.search(notes.rpartition("@")[2] if "Column" not in notes else notes)
    written = stated[1].lower() if stated else hint
    if re.search(r"@(?:Create|Update|Delete)DateColumn\(", notes) or (
        not stated and hint == "date"
    ):
        written = stated[1].lower() if stated else "timestamp"
    if "@Primary" in notes:
        table.primary = (*table.primary, name)
        written = stated[1].lower() if stated else ("int" if hint == "number" else hint)
    if re.search(r"@(?:ManyToOne|OneToOne)\(", notes):
        indexed = "@Index(" in notes or ("@OneToOne(" in notes)
        if "@OneToOne(" not in notes or "@JoinColumn(" in notes:
            table.foreign.append(ForeignKey((name,), line, indexed))
        return
    if "@Index(" in notes or re.search(r"unique:\s*true", notes):
        table.leading.add(name)
    table.columns[name] = Column(_snake(name), written, line)
