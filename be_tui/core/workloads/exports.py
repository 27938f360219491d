"""Exports of pg_stat_statements and of MySQL's digests, as CSV or JSON.

Columns are found by their names, in any order, whatever else stands beside them:
`query`, `calls`, `total_exec_time` (milliseconds); `DIGEST_TEXT`, `COUNT_STAR`, `SUM_TIMER_WAIT`
(picoseconds), `QUERY_SAMPLE_TEXT`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from math import isfinite
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.findings import Place
from be_tui.core.workloads.files import QUERY
from be_tui.core.workloads.merging import Gathering
from be_tui.core.workloads.model import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.sqltext import Target
    from be_tui.core.workloads.model import Form, Workload

_TEXTS = ("query_sample_text", "query", "digest_text", "sql", "statement")
_CALLS = ("calls", "count_star", "count", "executions", "exec_count", "weight")
_TIMES = (
    ("total_exec_time", 1e-3),
    ("total_time", 1e-3),
    ("sum_timer_wait", 1e-12),
    ("total_seconds", 1.0),
)
_MYSQL = frozenset({"digest_text", "count_star", "query_sample_text"})
_DELIMITERS = ",;\t|"
_BEGINNING = 60
_CUT = re.compile(r"(?<![(,\s])\s*\.\.\.\s*$|\.\.\.$")
_LISTS = re.compile(r"\(\s*\.\.\.\s*\)|\?\s*,\s*\.\.\.")


def header(text: str) -> tuple[str, ...]:
    """Give the names of the columns, where a text is such an export as CSV; else nothing."""
    first = text[:10_000].lstrip("\n").partition("\n")[0]
    names = _names(next(csv.reader([first], delimiter=_delimiter(first)), []))
    known = set(names)
    return names if known.intersection(_TEXTS) and known.intersection(_CALLS) else ()


def from_csv(text: str, path: str, target: Target) -> Workload:
    """Give the queries of an export as CSV.

    Raises:
        InputError: It is broken.
    """
    text = text.lstrip("\n")
    delimiter = _delimiter(text.partition("\n")[0])
    limit = csv.field_size_limit(len(text) + 1)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        names = _names(next(reader))
        rows = (
            (reader.line_num, dict(zip(names, row, strict=False))) for row in reader if any(row)
        )
        return _gathered(rows, path, target, names)
    except csv.Error as error:
        message = f"is no CSV: {error}"
        raise InputError(message, where=f"{path}:{reader.line_num}") from error
    finally:
        csv.field_size_limit(limit)


def from_json(text: str, path: str, target: Target) -> Workload:
    """Give the queries of an export as JSON: an array of objects, or an object a line.

    Raises:
        InputError: It is broken, or holds something else.
    """
    rows = list(_objects(text, path))
    names = tuple(dict.fromkeys(name for _, row in rows[:50] for name in row))
    if not set(names).intersection(_TEXTS):
        hint = f"each object needs a query as one of {', '.join(_TEXTS)}"
        raise InputError("no queries are in this JSON", where=path, hint=hint)
    return _gathered(rows, path, target, names)


def _objects(text: str, path: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Give the objects, each with its line, where lines are told apart."""
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.lstrip().startswith("["):
            said = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "nested"
            raise InputError(f"is no JSON, {said}", where=path) from error
        yield from _lines(text, path)
        return
    if isinstance(loaded, dict):
        inner = next((each for each in loaded.values() if isinstance(each, list)), None)
        loaded = inner if inner is not None else [loaded]
    for each in loaded if isinstance(loaded, list) else ():
        if isinstance(each, dict):
            yield 0, _folded(each)


def _lines(text: str, path: str) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            loaded = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError("this line is no JSON", where=f"{path}:{number}") from error
        if isinstance(loaded, dict):
            yield number, _folded(loaded)


def _gathered(
    rows: Iterable[tuple[int, Mapping[str, object]]],
    path: str,
    target: Target,
    names: tuple[str, ...],
) -> Workload:
    found = Gathering(target.engine)
    texts = [name for name in _TEXTS if name in names]
    calls = next((name for name in _CALLS if name in names), "")
    time, unit = next(((name, unit) for name, unit in _TIMES if name in names), ("", 0.0))
    for line, row in rows:
        place = Place(path, line)
        text = next((str(row[name]) for name in texts if row.get(name)), "").strip()
        text = _LISTS.sub(lambda found: "(?)" if found[0][0] == "(" else "?", text)
        if not text or not QUERY.match(text):
            continue
        if _CUT.search(text):
            left = LeftOut(text[:_BEGINNING], place, "its text is cut off in the export")
            found.leave_out(left)
            continue
        weight = _number(row.get(calls, 1), place, calls)
        if weight:
            found.add(
                text.rstrip("; \n"), place, weight, _number(row.get(time, 0), place, time) * unit
            )
    form: Form = "digests" if _MYSQL.intersection(names) else "statements"
    return found.made(form)


def _number(value: object, place: Place, name: str) -> float:
    try:
        number = float(str(value if value is not None and value != "" else 0).replace(",", ""))
    except ValueError:
        number = -1.0
    if not isfinite(number) or number < 0:
        message = f"expected a number as {name}, found {str(value)[:40]!r}"
        raise InputError(message, where=str(place))
    return number


def _delimiter(first: str) -> str:
    return max(_DELIMITERS, key=first.count)


def _names(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip().strip('"').lower() for name in row)


def _folded(row: Mapping[str, object]) -> dict[str, object]:
    return {str(name).lower(): value for name, value in row.items()}
