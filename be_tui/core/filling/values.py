"""Values of each type, of a row's number: drawn by lot, or each another where they are unique."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from be_tui.core.filling.bounded import bounded
from be_tui.core.filling.dialects import Sql, rarest
from be_tui.core.filling.limits import FREE, Limits
from be_tui.core.filling.model import FillError, Made

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from be_tui.core.schema import Column
    from be_tui.core.statistics import ColumnStats

SKEW = 0.5
"""The share of rows that follow Zipf's law where nothing is known: real values mostly are."""

_DAYS = 730
"""How far back moments go."""

_TOLD = frozenset(
    {"integer", "decimal", "float", "text", "timestamp", "date", "time", "uuid", "binary"}
)
"""Of these, statistics write values as a literal has them."""

_INTEGERS = {"tinyint": 127, "smallint": 32_767, "mediumint": 8_388_607, "year": 2_155}
_KINDS = ("status", "state", "kind", "type", "role", "category", "level", "country", "currency")
"""Words in the names of columns that have few different values."""

_LONG = ("body", "content", "description", "text", "notes", "comment", "bio", "message")
_FILLER = " lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor" * 2
_FEW, _SOME = 8, 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a column before its values are made."""

    column: Column
    salt: str
    rows: int
    until: date
    """The last day of the moments made."""

    unique: bool = False
    limits: Limits = FREE
    labels: tuple[str, ...] = ()
    """The values of its enumeration."""

    stats: ColumnStats | None = None


def made(sql: Sql, wanted: Wanted) -> Made | None:
    """Give how the values of a column are made; None where its type is one that none are made of.

    Raises:
        FillError: There are not as many different values as rows.
    """
    values = _listed(sql, wanted)
    if values:
        return _choice(sql, wanted, values)
    maker = _MAKERS.get(wanted.column.type.family)
    kind = wanted.column.type.name
    maker = _BY_NAME.get(kind, maker)
    found = maker(sql, wanted) if maker else None
    if found and wanted.unique and found.distinct < wanted.rows:
        name = wanted.column.name.text
        raise FillError(f"{name} has {found.distinct:,} different values for {wanted.rows:,} rows")
    if found and not wanted.unique and wanted.limits == FREE:
        column, stats = wanted.column, wanted.stats
        found = bounded(sql, column.type, wanted.salt, wanted.rows, stats) or found
    common = _known(sql, wanted)
    return _as_known(sql, wanted, found, common) if found and common else found


def _listed(sql: Sql, wanted: Wanted) -> tuple[str, ...]:
    """Give the only values that a column has, as SQL; none where there are too many to list."""
    kind, said = wanted.column.type, wanted.limits.values
    if said:
        return said if wanted.limits.numbers else tuple(map(sql.text, said))
    if wanted.labels:
        return tuple(map(sql.text, wanted.labels))
    if kind.family == "enum":
        return tuple(map(sql.text, kind.arguments))
    if kind.family == "boolean" or (kind.name, kind.arguments) == ("tinyint", ("1",)):
        return ("true", "false") if sql.engine == "postgresql" else ("1", "0")
    return ()


def _choice(sql: Sql, wanted: Wanted, values: tuple[str, ...]) -> Made:
    many = len(values)
    cast = ""
    if sql.engine == "postgresql" and wanted.labels:
        cast = f"::{wanted.column.type.name}"
    if wanted.unique:
        return Made(lambda row: sql.of_list(values, row) + cast, "each once", many, values[0])
    shares = _shares(wanted, values)

    def make(row: str) -> str:
        if shares:
            place = sql.weighted(row, wanted.salt, shares[:-1], str(many - 1))
        else:
            place = sql.skewed(row, wanted.salt, many, SKEW)
        return sql.of_list(values, place) + cast

    common = values[max(range(many), key=lambda at: shares[at])] if shares else values[0]
    rare = values[min(range(many), key=lambda at: shares[at])] if shares else values[rarest(many)]
    return Made(make, f"one of {many} values", many, common, rare)


def _shares(wanted: Wanted, values: Sequence[str]) -> tuple[float, ...]:
    """Give how common each value is by the statistics; none where they tell nothing of them."""
    if wanted.stats is None or not wanted.stats.common:
        return ()
    told = {each.value: each.share for each in wanted.stats.common}
    # PostgreSQL's statistics write a truth in one letter.
    found = [told.get(value.strip("'"), told.get(value[:1], 0.0)) for value in values]
    total = sum(found)
    return tuple(share / total for share in found) if total else ()


def _known(sql: Sql, wanted: Wanted) -> tuple[tuple[str, float], ...]:
    """Give the common values that statistics tell, as SQL with their shares."""
    if wanted.stats is None or wanted.unique or wanted.column.type.family not in _TOLD:
        return ()
    number = wanted.column.type.family in ("integer", "decimal", "float")
    return tuple(
        (each.value if number else _cast(sql, wanted, sql.text(each.value)), each.share)
        for each in wanted.stats.common
        if not number or _is_number(each.value)
    )


def _cast(sql: Sql, wanted: Wanted, literal: str) -> str:
    family = wanted.column.type.family
    return (
        f"{literal}::{wanted.column.type}"
        if sql.engine == "postgresql" and family != "text"
        else literal
    )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _as_known(sql: Sql, wanted: Wanted, rest: Made, common: tuple[tuple[str, float], ...]) -> Made:
    """Give the common values as often as statistics say, and the rest as it is made."""
    shown = 1 - (wanted.stats.null_share if wanted.stats else 0)
    shares = [share / shown if shown else share for _, share in common]
    values = [value for value, _ in common]

    def make(row: str) -> str:
        lot = sql.draw(row, f"{wanted.salt}/common")
        return sql.shared(lot, shares, values, rest.make(row))

    return Made(
        make, f"{len(values)} common values by statistics", rest.distinct, values[0], rest.rare
    )


def _whole(sql: Sql, wanted: Wanted) -> Made:
    """Make whole numbers within the column's limits."""
    limits, kind = wanted.limits, wanted.column.type.name
    top = _INTEGERS.get(kind.partition(" ")[0], 2_000_000_000)
    low = 1970 if kind == "year" else 0
    if limits.low is not None:
        low = math.floor(limits.low) + 1 if limits.low_open else math.ceil(limits.low)
    usual = max(wanted.rows * 2, _SOME) if wanted.unique else _distinct(wanted, _SOME)
    high = low + usual - 1
    if limits.high is not None:
        upper = math.ceil(limits.high) - 1 if limits.high_open else math.floor(limits.high)
        if limits.low is None and upper < low:
            low = upper - usual + 1
        high = min(low + usual - 1, upper)
    high = min(high, top)
    many = high - low + 1
    if many < 1:
        raise FillError(f"no value of {wanted.column.name.text} meets its checks")
    if wanted.unique:
        return Made(lambda row: f"({row} + {low})", "counted", many, str(low))
    return Made(
        lambda row: f"({sql.below(row, wanted.salt, many)} + {low})",
        f"{low:,} to {high:,}",
        many,
        str(low),
        str(high),
    )


def _distinct(wanted: Wanted, usual: int) -> int:
    told = wanted.stats.values(wanted.rows) if wanted.stats else None
    return max(round(told), 1) if told else usual


def _decimal(sql: Sql, wanted: Wanted) -> Made:
    """Make numbers with as many places as the column keeps."""
    arguments = wanted.column.type.arguments
    digits = int(arguments[0]) if arguments and arguments[0].isdigit() else 9
    places = int(arguments[1]) if len(arguments) > 1 and arguments[1].isdigit() else 0
    if not arguments:
        places = 2
    unit = 10**places
    limits = wanted.limits
    low = 0
    if limits.low is not None:
        low = math.floor(limits.low * unit) + 1 if limits.low_open else math.ceil(limits.low * unit)
    high = low + max(wanted.rows, 100_000) - 1
    if limits.high is not None:
        upper = (
            math.ceil(limits.high * unit) - 1
            if limits.high_open
            else math.floor(limits.high * unit)
        )
        high = min(high, upper)
    high = min(high, 10 ** min(digits, 18) - 1)
    many = high - low + 1
    if many < 1:
        raise FillError(f"no value of {wanted.column.name.text} meets its checks")

    def make(row: str) -> str:
        number = (
            f"{row} + {low}" if wanted.unique else f"{sql.below(row, wanted.salt, many)} + {low}"
        )
        return f"(({number}) / {unit}.0)" if places else f"({number})"

    return Made(make, f"{low / unit:,} to {high / unit:,}", many, f"{low / unit}", f"{high / unit}")


def _float(sql: Sql, wanted: Wanted) -> Made:
    found = _decimal(sql, wanted)
    if wanted.column.type.arguments:
        return found
    return Made(lambda row: f"({found.make(row)} * 1.0)", found.about, found.distinct)


def _text(sql: Sql, wanted: Wanted) -> Made:
    """Make texts that look like what the column's name says."""
    name = wanted.column.name.folded
    longest = _longest(wanted)
    few = any(name == word or name.endswith(f"_{word}") for word in _KINDS)
    distinct = wanted.rows if wanted.unique else _distinct(wanted, _FEW if few else wanted.rows)
    numbers = len(str(max(distinct - 1, 0)))
    before, after = f"{name} ", ""
    if "email" in name:
        before, after = "user", "@example.com"
    elif "url" in name:
        before = "https://example.com/"
    elif any(word in name for word in _LONG) and not wanted.unique:
        after = _FILLER
    if longest:
        room = longest - numbers
        if room < 0 and wanted.unique:
            raise FillError(f"{name}: {longest} characters are too few for {wanted.rows:,} values")
        distinct = min(distinct, 10**longest)
        if "@" not in after or room < len(before + after):
            after = after[: max(room - len(before), 0)]
        before = before[: max(room - len(after), 0)]
    if wanted.limits.shortest > len(before) + 1 + len(after):
        before = before.ljust(wanted.limits.shortest, "x")

    def make(row: str) -> str:
        if wanted.unique:
            number = row
        elif few:
            number = sql.skewed(row, wanted.salt, distinct, SKEW)
        else:
            number = sql.below(row, wanted.salt, distinct)
        # The blank text makes a text of a number that stands alone.
        parts = [sql.text(before), f"({number})", *((sql.text(after),) if after else ())]
        return sql.joined(*parts)

    shown = f"{before}0{after}"
    last = f"{before}{rarest(distinct) if few else distinct - 1}{after}"
    return Made(make, f"{shown[:24]!r} and so on", distinct, sql.text(shown), sql.text(last))


def _longest(wanted: Wanted) -> int:
    arguments = wanted.column.type.arguments
    own = int(arguments[0]) if arguments and arguments[0].isdigit() else 0
    if wanted.column.type.name == "char" and not arguments:
        own = 1
    both = [each for each in (own, wanted.limits.longest) if each]
    return min(both, default=0)


def _moment(sql: Sql, wanted: Wanted) -> Made:
    """Make moments of the last two years; rows that tell when they were made stand in order."""
    name = wanted.column.name.folded
    start = datetime.combine(wanted.until, datetime.min.time()) - timedelta(days=_DAYS)
    span = _DAYS * 86_400
    ordered = wanted.unique or name.startswith(("created", "inserted"))

    def seconds(row: str) -> str:
        if wanted.unique:
            return f"({row})"
        if ordered and wanted.rows < span:
            step = span // max(wanted.rows, 1)
            return f"(({row}) * {step} + {sql.below(row, wanted.salt, step)})"
        return sql.below(row, wanted.salt, span)

    first = _stamp(sql, start, "0")
    return Made(lambda row: _stamp(sql, start, seconds(row)), "of the last two years", span, first)


def _stamp(sql: Sql, start: datetime, seconds: str) -> str:
    if sql.engine == "postgresql":
        # Added to a moment with its zone, so that it is the same under any setting of the server.
        return f"(timestamptz '{start:%Y-%m-%d}T00:00:00Z' + {seconds} * interval '1 second')"
    if sql.engine == "sqlite":
        epoch = int((start - datetime(1970, 1, 1)).total_seconds())  # noqa: DTZ001 (both without)
        return f"datetime({epoch} + {seconds}, 'unixepoch')"
    return f"('{start:%Y-%m-%d}' + INTERVAL {seconds} SECOND)"


def _day(sql: Sql, wanted: Wanted) -> Made:
    start = wanted.until - timedelta(days=_DAYS)

    def make(row: str) -> str:
        days = f"({row})" if wanted.unique else sql.below(row, wanted.salt, _DAYS)
        if sql.engine == "postgresql":
            return f"(date '{start}' + ({days})::int)"
        if sql.engine == "sqlite":
            epoch = (start - date(1970, 1, 1)).days
            return f"date(({epoch} + {days}) * 86400, 'unixepoch')"
        return f"('{start}' + INTERVAL {days} DAY)"

    return Made(make, "of the last two years", wanted.rows if wanted.unique else _DAYS, make("0"))


def _clock(sql: Sql, wanted: Wanted) -> Made:
    def make(row: str) -> str:
        seconds = f"({row})" if wanted.unique else sql.below(row, wanted.salt, 86_400)
        if sql.engine == "postgresql":
            return f"(time '00:00' + {seconds} * interval '1 second')"
        return (
            f"time({seconds}, 'unixepoch')" if sql.engine == "sqlite" else f"SEC_TO_TIME({seconds})"
        )

    return Made(make, "times of a day", 86_400)


def _uuid(sql: Sql, wanted: Wanted) -> Made:
    def make(row: str) -> str:
        if sql.engine == "postgresql":
            return f"md5('{wanted.salt}' || ({row}))::uuid"
        if sql.engine == "sqlite":
            lot = sql.draw(row, wanted.salt)
            return f"printf('%08x-0000-4000-8000-%012x', {lot}, {row})"
        whole = f"MD5(CONCAT('{wanted.salt}', {row}))"
        # MariaDB refuses one whose marks of version and variant are of no kind that there is.
        cuts = (("", 1, 8), ("", 9, 4), ("4", 14, 3), ("8", 18, 3), ("", 21, 12))
        parts = [f"'{mark}', SUBSTR({whole}, {at}, {size})" for mark, at, size in cuts]
        between = ", '-', "
        return f"CONCAT({between.join(parts)})"

    return Made(make, "drawn by lot", 2**31, make("0"), make("1"))


def _json(sql: Sql, wanted: Wanted) -> Made:
    def make(row: str) -> str:
        number = sql.below(row, wanted.salt, _SOME)
        said = sql.joined(sql.text('{"n": '), f"({number})", sql.text(', "tags": ["a", "b"]}'))
        return f"{said}::{wanted.column.type.name}" if sql.engine == "postgresql" else said

    return Made(make, "small documents", _SOME)


def _bytes(sql: Sql, wanted: Wanted) -> Made:
    def make(row: str) -> str:
        number = f"({row})" if wanted.unique else sql.below(row, wanted.salt, 1_000_000)
        if sql.engine == "postgresql":
            return f"decode(md5(({number})::text), 'hex')"
        kind = "BLOB" if sql.engine == "sqlite" else "BINARY"
        return f"CAST({sql.joined(sql.text('b'), number)} AS {kind})"

    return Made(make, "bytes", 1_000_000 if not wanted.unique else wanted.rows)


def _array(sql: Sql, wanted: Wanted) -> Made | None:
    inner = (wanted.column.type.arguments or ("text",))[0].partition("(")[0]
    words = inner in ("text", "varchar")
    if not words and inner not in ("int", "bigint", "smallint"):
        return None
    before, kind = ("'tag ' || ", "text") if words else ("", inner)

    def make(row: str) -> str:
        parts = [f"{before}{sql.below(row, f'{wanted.salt}/{at}', 50)}" for at in "ab"]
        return f"ARRAY[{', '.join(parts)}]::{kind}[]"

    return Made(make, "two of fifty", 2500)


def _inet(sql: Sql, wanted: Wanted) -> Made:
    def make(row: str) -> str:
        number = f"({row})" if wanted.unique else sql.below(row, wanted.salt, 1_000_000)
        return f"(inet '10.0.0.0' + {number})"

    return Made(make, "addresses", 16_000_000)


def _interval(sql: Sql, wanted: Wanted) -> Made:
    return Made(
        lambda row: f"({sql.below(row, wanted.salt, 10_000)} * interval '1 minute')",
        "minutes",
        10_000,
    )


def _words(sql: Sql, wanted: Wanted) -> Made:
    def make(row: str) -> str:
        parts = [f"'word' || {sql.below(row, f'{wanted.salt}/{at}', _SOME)}" for at in "ab"]
        return f"to_tsvector('simple', {' || chr(32) || '.join(parts)})"

    return Made(make, "two words", _SOME**2)


_MAKERS: dict[str, Callable[[Sql, Wanted], Made | None]] = {
    "integer": _whole,
    "decimal": _decimal,
    "float": _float,
    "text": _text,
    "timestamp": _moment,
    "date": _day,
    "time": _clock,
    "uuid": _uuid,
    "json": _json,
    "binary": _bytes,
    "array": _array,
}
_BY_NAME: dict[str, Callable[[Sql, Wanted], Made | None]] = {
    "inet": _inet,
    "interval": _interval,
    "tsvector": _words,
}
