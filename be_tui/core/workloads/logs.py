"""Logs: the slow log of MySQL and MariaDB, and PostgreSQL's in its three forms.

A log is read in one pass. Values that PostgreSQL logs beside a prepared statement are put into
its text, so that it can be judged as it was run.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.findings import Place
from be_tui.core.workloads.files import QUERY
from be_tui.core.workloads.merging import Gathering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.sqltext import Target
    from be_tui.core.workloads.model import Workload

SLOW = re.compile(r"^# (?:User@Host|Query_time|Time):? ", re.M)
"""Lines that only a slow log has."""

POSTGRES = re.compile(
    r"\b(?:LOG|STATEMENT):  (?:duration: [\d.]+ ms|statement: |execute \S+: |(?:SELECT|UPDATE)\b)"
)
"""What only a log of PostgreSQL has."""

_TIME = re.compile(r"^# .*?\bQuery_time:\s*([\d.]+)", re.M)
_LINE = re.compile(r"\b(?P<level>LOG|DETAIL|STATEMENT|ERROR|WARNING|HINT|CONTEXT|FATAL|NOTICE):  ")
_SAID = re.compile(
    r"(?:duration: (?P<ms>[\d.]+) ms)?\s*(?P<how>statement|execute [^:]*):\s*(?P<text>.*)", re.S
)
_VALUES = re.compile(r"parameters: (?P<values>.*)", re.S | re.I)
_VALUE = re.compile(r"(\$\d+) = (NULL|'(?:[^']|'')*')")
_MESSAGE, _DETAIL = 13, 14
_NUMBER = re.compile(r"'(-?\d+(?:\.\d+)?)'")


def from_slow_log(text: str, path: str, target: Target) -> Workload:
    """Give the queries of a slow log, with the time that each took."""
    found = Gathering(target.engine)
    for line, seconds, statement in _slow_entries(text):
        if QUERY.match(statement):
            found.add(statement.rstrip("; \n"), Place(path, line), seconds=seconds)
    return found.made("slow log")


def _slow_entries(text: str) -> Iterator[tuple[int, float, str]]:
    """Give each entry's line, seconds and statement, the `use` and `SET` before it left away."""
    seconds, start = 0.0, 0
    body: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(("# ", "#\t")):
            if body:
                yield start, seconds, "\n".join(body)
                body = []
            timed = _TIME.match(line)
            seconds = float(timed[1]) if timed else seconds
        elif body or QUERY.match(line):
            if not body:
                start = number
            body.append(line)
            if line.rstrip().endswith(";"):
                yield start, seconds, "\n".join(body)
                body = []
    if body:
        yield start, seconds, "\n".join(body)


def from_postgres_log(text: str, path: str, target: Target) -> Workload:
    """Give the queries of a log of PostgreSQL: plain, CSV or JSON.

    Raises:
        InputError: A line of a log in JSON is broken.
    """
    found = Gathering(target.engine)
    for line, message, detail in _messages(text, path):
        said = _SAID.match(message)
        if not said:
            continue
        statement = said["text"].strip().rstrip(";")
        if not QUERY.match(statement):
            continue
        values = _VALUES.match(detail)
        text = _filled(statement, values["values"]) if values else statement
        seconds = float(said["ms"] or 0) / 1000
        found.add(text, Place(path, line), seconds=seconds, like=statement)
    return found.made("log")


def _messages(text: str, path: str) -> Iterator[tuple[int, str, str]]:
    """Give each message with its detail."""
    head = text[:2000].lstrip()
    if head.startswith("{"):
        yield from _json_messages(text, path)
    elif is_csv_log(head):
        reader = csv.reader(io.StringIO(text))
        limit = csv.field_size_limit(len(text) + 1)
        try:
            for row in reader:
                if len(row) > _DETAIL:
                    yield reader.line_num, row[_MESSAGE], row[_DETAIL]
        except csv.Error as error:
            raise InputError(f"is no CSV: {error}", where=f"{path}:{reader.line_num}") from error
        finally:
            csv.field_size_limit(limit)
    else:
        yield from _plain_messages(text)


def is_csv_log(text: str) -> bool:
    """Tell whether a text begins as PostgreSQL's log in CSV does: a time, then many columns."""
    if not re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]* \w+,", text):
        return False
    row: list[str] = next(csv.reader(io.StringIO(text)), [])
    return len(row) > _DETAIL


def _json_messages(text: str, path: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError("this line is no JSON", where=f"{path}:{number}") from error
        if isinstance(row, dict):
            yield number, str(row.get("message", "")), str(row.get("detail", ""))


def _plain_messages(text: str) -> Iterator[tuple[int, str, str]]:
    start, message, detail = 0, "", ""
    into = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = None if line.startswith("\t") else _LINE.search(line)
        if found is None:
            if into == "LOG":
                message += "\n" + line.removeprefix("\t")
            elif into == "DETAIL":
                detail += "\n" + line.removeprefix("\t")
            continue
        into = found["level"]
        if into == "DETAIL":
            detail = line[found.end() :]
            continue
        if message:
            yield start, message, detail
        start, message, detail = number, "", ""
        if into == "LOG":
            message = line[found.end() :]
    if message:
        yield start, message, detail


def _filled(statement: str, values: str) -> str:
    """Give a statement with its parameters' values in their places."""
    known = dict(_VALUE.findall(values))

    def literal(found: re.Match[str]) -> str:
        value = known.get(found[0], found[0])
        number = _NUMBER.fullmatch(value)
        return number[1] if number else value

    return re.sub(r"\$\d+", literal, statement)
