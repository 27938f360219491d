"""A function of a moment compared with a day, month or year: the range of moments that it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from sqlglot import exp

from be_tui.core.rewrites.facts import is_own, named
from be_tui.core.rewrites.gains import worth
from be_tui.core.rewrites.model import Change, Obligation, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries import ColumnUse, Condition, Side
    from be_tui.core.rewrites.look import Look

Unit = Literal["hour", "day", "month", "year"]

_FORMATS: dict[str, Unit] = {"%Y": "year", "%Y-%m": "month", "%Y-%m-%d": "day"}
_UNITS: dict[str, Unit] = {"HOUR": "hour", "DAY": "day", "MONTH": "month", "YEAR": "year"}
_WRITTEN: dict[Unit, re.Pattern[str]] = {
    "year": re.compile(r"(\d{4})"),
    "month": re.compile(r"(\d{4})-(\d\d)"),
    "day": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
}
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?")
_CASTS = frozenset({"DATE", "TIMESTAMP", "DATETIME"})
_FIRST_YEAR, _LAST_YEAR = 1, 9998
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """What is computed of a column."""

    unit: Unit
    by: Literal["number", "text", "moment"]
    """How the other side is written: 2024, '2024-01', or a moment at which a unit begins."""


def ranges(look: Look) -> Iterator[Step]:
    """Put a range in the place of a function of a column."""
    for scope in look.query.scopes:
        for condition in (each for top in scope.conditions for each in top.walk()):
            step = _range(look, condition) if condition.clause != "having" else None
            if step is not None:
                yield step


def _range(look: Look, condition: Condition) -> Step | None:
    left, whole = condition.left, look.place(condition)
    if left is None or whole is None or left.kind != "wrapped" or condition.negated:
        return None
    use = left.column
    wrapped = _wrapped(left.node, use, look.engine) if use is not None else None
    if wrapped is None or use is None or use.source is None or _is_indexed(use):
        return None
    must = _steady(look, use, wrapped)
    bounds = [_bounds(side, wrapped) for side in condition.right]
    if must is None or not bounds or any(each is None for each in bounds):
        return None
    (low, _), (_, high) = bounds[0] or ("", ""), bounds[-1] or ("", "")
    text = _compared(condition.operator, look.cut(use.span), low, high)
    if not text or (wrapped.by == "text" and condition.operator != "="):
        return None
    return Step(
        "rewrite-range",
        f"`{look.short(whole)}` becomes a range of `{named(use)}`",
        (Change(*whole, text),),
        (must,),
        "" if _is_seen_through(look, wrapped) else worth("rewrite-range", look.target),
    )


def _is_seen_through(look: Look, wrapped: _Wrapped) -> bool:
    """Tell whether the engine makes a range of it by itself: MariaDB does of DATE and YEAR."""
    plain = wrapped.by == "number" or (wrapped.by, wrapped.unit) == ("moment", "day")
    return look.engine == "mariadb" and look.target.since(11, 1) and plain


def _compared(operator: str, column: str, low: str, high: str) -> str:
    match operator:
        case "=" | "between":
            return f"{column} >= '{low}' AND {column} < '{high}'"
        case "<>":
            return f"({column} < '{low}' OR {column} >= '{high}')"
        case "<":
            return f"{column} < '{low}'"
        case "<=":
            return f"{column} < '{high}'"
        case ">":
            return f"{column} >= '{high}'"
        case ">=":
            return f"{column} >= '{low}'"
        case _:
            return ""


def _wrapped(node: exp.Expr, use: ColumnUse, engine: str) -> _Wrapped | None:
    """Read the function that stands around a column."""
    while isinstance(node, exp.Paren):
        node = node.this
    if isinstance(node, exp.Extract):
        is_year = node.name.upper() == "YEAR" and node.expression is use.node
        return _Wrapped("year", "number") if is_year else None
    inner = node.this
    if isinstance(node, exp.Year | exp.TimeToStr) and isinstance(
        inner, exp.TsOrDsToDate | exp.TsOrDsToTimestamp
    ):
        inner = inner.this
    if inner is not use.node:
        return None
    match node:
        case exp.Cast() if node.to.this.value == "DATE" and engine != "sqlite":
            return _Wrapped("day", "moment")
        case exp.Date() | exp.TsOrDsToDate() if not node.expressions:
            return _Wrapped("day", "moment")
        case exp.Year():
            return _Wrapped("year", "number")
        case exp.TimestampTrunc() if engine == "postgresql" and node.args.get("zone") is None:
            unit = _UNITS.get(str(node.unit.name).upper()) if node.unit is not None else None
            return _Wrapped(unit, "moment") if unit else None
        case exp.TimeToStr() if engine != "postgresql":
            # TO_CHAR writes years before Christ without a sign.
            text = _FORMATS.get(node.args["format"].name)
            return _Wrapped(text, "text") if text else None
    return None


def _is_indexed(use: ColumnUse) -> bool:
    """Tell whether an index on an expression of the column may serve it as it is."""
    parts = (part for index in (use.table.indexes if use.table else ()) for part in index.parts)
    return any(not part.column and use.name in part.expression for part in parts)


def _steady(look: Look, use: ColumnUse, wrapped: _Wrapped) -> Obligation | None:
    """Give what must hold of a column's values for the range to mean the same."""
    column, name = use.column, named(use)
    if column is None or not is_own(use):
        form = "text as `YYYY-MM-DD HH:MM:SS`, without an offset"
        what = form if look.engine == "sqlite" else "a moment without a time zone"
        return Obligation(f"every `{name}` is {what}")
    kind = column.type
    if look.engine == "sqlite":
        if kind.family in {"integer", "float", "decimal", "json", "binary"}:
            return None
        must = f"every `{name}` is text as `YYYY-MM-DD HH:MM:SS`, without an offset"
        return Obligation(must, _checked(use))
    must = f"`{name}` keeps moments without a time zone"
    plain = {"timestamp", "date"} if look.engine == "postgresql" else {"datetime", "date"}
    if kind.family == "date" and wrapped.by == "moment":
        # DATE_TRUNC makes a moment with a time zone of a day; DATE of a day changes nothing.
        return None
    if kind.name in plain:
        return Obligation(must, f"{name} is of type {kind}")
    if kind.family == "timestamp":
        return Obligation("no session's time zone ever sets its clocks back over midnight")
    return None


def _checked(use: ColumnUse) -> str:
    """Give the CHECK that keeps SQLite's moments in one form.

    It must compare by IS: `=` is not false for what is no moment, and lets it in.
    """
    name = re.escape(use.name)
    form = re.compile(rf"\W*{name}\W+IS\s+(?:DATE|DATETIME)\(\W*{name}\W*\)\W*", re.I)
    for check in use.table.checks if use.table else ():
        if form.fullmatch(check.expression):
            return f"CHECK ({check.expression})"
    return ""


def _bounds(side: Side, wrapped: _Wrapped) -> tuple[str, str] | None:
    """Give the first moment of what a literal means, and the first one after it."""
    if side.kind != "literal" or side.value is None or not _is_cast_to_a_moment(side):
        return None
    if wrapped.by == "number":
        if side.is_text or side.wrappers:
            return None
        found = _WRITTEN["year"].fullmatch(side.value)
    elif not side.is_text:
        return None
    elif wrapped.by == "text":
        found = _WRITTEN[wrapped.unit].fullmatch(side.value)
    else:
        found = _MOMENT.fullmatch(side.value)
    return _unit(found, wrapped.unit) if found else None


def _is_cast_to_a_moment(side: Side) -> bool:
    node = side.node
    while isinstance(node, exp.Paren):
        node = node.this
    return not side.wrappers or (
        side.wrappers == ("cast",)
        and isinstance(node, exp.Cast)
        and node.to.this.value in _CASTS
        and not node.to.expressions
    )


def _unit(found: re.Match[str], unit: Unit) -> tuple[str, str] | None:
    numbers = [int(each) for each in found.groups() if each]
    numbers += (1, 1)[len(numbers) - 1 :] if len(numbers) < len(("year", "month", "day")) else ()
    try:
        start = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001 (no zone is meant)
    except ValueError:
        return None
    if start != _floor(start, unit) or not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        return None
    return _told(start, unit), _told(_next(start, unit), unit)


def _floor(moment: datetime, unit: Unit) -> datetime:
    floor = moment.replace(minute=0, second=0)
    if unit != "hour":
        floor = floor.replace(hour=0)
    if unit in {"month", "year"}:
        floor = floor.replace(day=1)
    return floor.replace(month=1) if unit == "year" else floor


def _next(start: datetime, unit: Unit) -> datetime:
    match unit:
        case "hour":
            return start + timedelta(hours=1)
        case "day":
            return start + timedelta(days=1)
        case "month" if start.month < _DECEMBER:
            return start.replace(month=start.month + 1)
        case _:
            return start.replace(year=start.year + 1, month=1)


def _told(moment: datetime, unit: Unit) -> str:
    day: date = moment.date()
    return f"{day} {moment:%H:%M:%S}" if unit == "hour" else day.isoformat()
