"""Runs a query and its new form side by side, until they differ or the cases are through.

A difference is made as small as it can be, row by row, before it is shown.
"""

from __future__ import annotations

import re
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from be_tui.core.databases import StatementError
from be_tui.core.errors import InputError
from be_tui.core.rewrites.gate.adversaries import Wanted, adversaries
from be_tui.core.rewrites.gate.binding import bound, parameters
from be_tui.core.rewrites.gate.sandbox import Filled
from be_tui.core.rewrites.gate.values import NULL, Literals, pool
from be_tui.core.rewrites.model import TableRows, Trial, Witness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from be_tui.core.databases import Rows
    from be_tui.core.schema import DataType, Schema, Table, View
    from be_tui.core.sqltext import Target

CASES = 40
"""Sets of data for each step: of the steps that differ on drawn queries, nine in ten do by then."""

SECONDS = 10.0
"""Wall time that one step is tried at most."""

_TELLING = 3
_PATIENCE = 4
"""While fewer cases than `_TELLING` gave rows, up to so many times as many cases are tried."""

_SHRINKING = 60
"""Runs that are spent on making a difference small."""

_WITH_NULLS = 8
"""Of so many sets of data, one is tried with NULL for each parameter too."""

_FLOAT = re.compile(r"-?\d+\.\d+(e[+-]?\d+)?", re.I)
_UNKNOWN = ("1", "2", "0", "'a'")
"""Values of a parameter of which it is not known what it is compared with."""

_SHOWN = 8
"""Rows of a result that a witness keeps."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Two queries that should give the same, and what they read."""

    before: str
    after: str
    tables: tuple[Table, ...]
    views: tuple[View, ...] = ()
    literals: Literals = field(default_factory=Literals)
    kinds: Mapping[str, DataType] = field(default_factory=dict)
    """What a parameter is compared with, by its name."""

    hot: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """What a column is compared with, by its table's name and its own: literals as they stand."""

    ordered: bool = False
    """Whether the query says all of its order, so that the order is compared too."""


@dataclass(frozen=True, slots=True)
class _Case:
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    values: Mapping[str, str]
    number: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """What running both gave."""

    before: Rows | None = None
    """None where the query as it was did not run on these rows."""

    after: Rows | None = None
    trouble: str = ""
    differ: bool = False
    held: tuple[TableRows, ...] = ()


class Gate:
    """Where queries are compared; the sandbox is opened by the first comparison."""

    def __init__(
        self,
        schema: Schema,
        target: Target,
        where: str = "",
        *,
        cases: int = CASES,
        seconds: float = SECONDS,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Keep what it takes to open one.

        Args:
            schema: Whose tables the queries read.
            target: What they are written for.
            where: The URL of a server, on which a scratch database is made; empty for this machine.
            cases: Sets of data for each comparison.
            seconds: Wall time for each comparison.
            stopped: Asked between two cases: whether the person has had enough.
        """
        self._schema = schema
        self._target = target
        self._where = where
        self._cases = cases
        self._seconds = seconds
        self._stopped = stopped
        self._filled: Filled | None = None
        self._trouble = ""

    def reach(self) -> None:
        """Open it now where a server was given, so that a wrong address is told at once.

        Raises:
            InputError: The server does not let us in.
        """
        if self._where:
            self._open()

    def compare(self, asked: Asked) -> Trial:
        """Run both queries on every case.

        Raises:
            InputError: The server that was given does not let us in.
        """
        start = time.monotonic()
        filled = self._open()
        if filled is None:
            return Trial("", trouble=self._trouble)
        try:
            filled.make(asked.tables, asked.views)
        except StatementError as error:
            return Trial("", trouble=f"{filled.named} does not make its tables: {error.message}")
        trial = self._run(filled, asked, start)
        if not trial.cases and not trial.trouble:
            trouble = f"on {filled.named} the query runs on none of the rows it was tried with"
            return Trial("", trouble=trouble)
        return trial

    def stop(self) -> None:
        """End the statement that runs, from another thread."""
        if self._filled is not None:
            self._filled.stop()

    def close(self) -> None:
        """Remove the sandbox."""
        if self._filled is not None:
            self._filled.close()
            self._filled = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> Filled | None:
        if self._filled is None and not self._trouble:
            try:
                self._filled = Filled(self._schema, self._target, self._where)
            except StatementError as error:
                self._trouble = f"no sandbox could be set up: {error.message}"
            except InputError as error:
                if self._where:
                    raise
                self._trouble = f"no sandbox could be opened: {error}"
        return self._filled

    def _run(self, filled: Filled, asked: Asked, start: float) -> Trial:
        done = telling = 0
        trouble = filled.remark
        last_error = ""
        witness: Witness | None = None
        for number, case in enumerate(_cases(filled, asked, self._cases * _PATIENCE)):
            if number >= self._cases and telling >= _TELLING:
                break
            if self._stopped():
                trouble = "it was stopped"
                break
            if time.monotonic() - start > self._seconds:
                trouble = f"it was ended after {self._seconds:g} s"
                break
            try:
                seen = _both(filled, asked, case)
            except StatementError as error:
                trouble = error.message
                break
            if seen.before is None:
                last_error = seen.trouble
                continue
            done += 1
            telling += bool(seen.before.count)
            if seen.differ:
                witness = _smallest(filled, asked, case)
                break
        if not done and last_error:
            return Trial("", trouble=f"on {filled.named} the query does not run: {last_error}")
        seconds = time.monotonic() - start
        own = not filled.remark
        return Trial(filled.named, done, telling, asked.ordered, seconds, witness, trouble, own)


def _cases(filled: Filled, asked: Asked, count: int) -> Iterator[_Case]:
    seed = zlib.crc32(asked.before.encode("utf-8", "replace"))
    names = tuple(dict.fromkeys(each.name for each in parameters(asked.before)))
    pools = {
        name: pool(asked.kinds[name], asked.literals, filled.engine)
        if name in asked.kinds
        else _UNKNOWN
        for name in names
    }
    wanted = Wanted(asked.literals, asked.hot, own=not filled.remark)
    data = adversaries(asked.tables, wanted, filled.engine, count, seed)
    for number, each in enumerate(data):
        draw = Random(f"{seed}/{number}/parameters")  # noqa: S311 (drawn again in the next run)
        yield _Case(each.rows, _values(pools, draw, nulls=1 / 8), number)
        if names and number % _WITH_NULLS == 0:
            yield _Case(each.rows, _values(pools, draw, nulls=1.0), number)


def _values(pools: Mapping[str, Sequence[str]], draw: Random, *, nulls: float) -> dict[str, str]:
    return {
        name: NULL if draw.random() < nulls else draw.choice(values)
        for name, values in pools.items()
    }


def _both(filled: Filled, asked: Asked, case: _Case) -> _Seen:
    """Run both on one case.

    Raises:
        StatementError: The sandbox is of no more use.
    """
    held = tuple(
        filled.fill(table, rows) for table, rows in zip(asked.tables, case.rows, strict=True)
    )
    filled.zone(case.number)
    try:
        before = filled.run(bound(asked.before, case.values))
    except StatementError as error:
        if error.trouble in {"stopped", "lost"}:
            raise
        return _Seen(trouble=error.message)
    try:
        after = filled.run(bound(asked.after, case.values))
    except StatementError as error:
        if error.trouble in {"stopped", "lost"}:
            raise
        return _Seen(before, None, error.message, differ=True, held=held)
    if before.columns != after.columns:
        trouble = f"its columns are {', '.join(after.columns)}, not {', '.join(before.columns)}"
        return _Seen(before, after, trouble, differ=True, held=held)
    differ = not _same(before, after, ordered=asked.ordered)
    return _Seen(before, after, "", differ, held)


def _same(before: Rows, after: Rows, *, ordered: bool) -> bool:
    if before.count != after.count:
        return False
    if before.cut or after.cut:
        # What was not kept cannot be compared; the numbers of rows agree.
        return True
    if before.rows == after.rows:
        return True
    first, second = _plain(before), _plain(after)
    return first == second if ordered else Counter(first) == Counter(second)


def _plain(rows: Rows) -> list[tuple[str | None, ...]]:
    """Give the rows with fractions as far as adding up in another order leaves them alike."""
    return [tuple(_rounded(cell) for cell in row) for row in rows.rows]


def _rounded(cell: str | None) -> str | None:
    if cell is not None and _FLOAT.fullmatch(cell):
        return format(float(cell), ".12g")
    return cell


def _smallest(filled: Filled, asked: Asked, case: _Case) -> Witness:
    """Take rows away as long as the difference stays."""
    plain = _Case(case.rows, case.values, 0)
    if _both(filled, asked, plain).differ:
        # It needs no time zone of its own.
        case = plain
    left = _SHRINKING
    shrinking = True
    while shrinking and left > 0:
        shrinking = False
        for smaller in _smaller(case):
            left -= 1
            if left <= 0:
                break
            if _both(filled, asked, smaller).differ:
                case, shrinking = smaller, True
                break
    seen = _both(filled, asked, case)
    before = seen.before.rows if seen.before else ()
    after = seen.after.rows if seen.after else ()
    return Witness(
        tables=seen.held,
        parameters=tuple(case.values.items()),
        before=before[:_SHOWN],
        after=after[:_SHOWN],
        trouble=seen.trouble,
        setting=filled.zone(case.number) if case.number else "",
    )


def _smaller(case: _Case) -> Sequence[_Case]:
    found: list[_Case] = []
    for at, rows in enumerate(case.rows):
        for row in range(len(rows)):
            fewer = (*rows[:row], *rows[row + 1 :])
            whole = (*case.rows[:at], fewer, *case.rows[at + 1 :])
            found.append(_Case(whole, case.values, case.number))
    return found
