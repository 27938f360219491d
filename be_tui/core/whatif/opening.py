"""Picks the judge that knows best of those that what is given allows, and says why not a better.

Best first: a clone of PostgreSQL by its statistics, HypoPG on the server, SQLite over its
statistics, a copy on a server of MariaDB or MySQL, the model. Nothing is written to a database
that is given; a copy is a database of its own, on a server that is named for that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.statistics import assume

if TYPE_CHECKING:
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Target
    from be_tui.core.statistics import Statistics
    from be_tui.core.whatif.model import Judge, JudgeKind


@dataclass(frozen=True, slots=True)
class Given:
    """What there is to judge by."""

    target: Target
    schema: Schema
    ddl: str = field(default="", repr=False)
    """The schema as it was written, in the target's SQL; empty where it is known from a URL."""

    statistics: Statistics | None = None
    url: str = field(default="", repr=False)
    """Of a database that may be read."""

    copy: str = field(default="", repr=False)
    """The URL of a server of MariaDB or MySQL on which a copy may be made."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A better judge that could not be had."""

    kind: JudgeKind
    reason: str


@dataclass(frozen=True, slots=True)
class Picked:
    """The judge, and what stood in the way of better ones."""

    judge: Judge
    passed_over: tuple[PassedOver, ...] = ()


def open_judge(given: Given, kind: JudgeKind | None = None) -> Picked:
    """Open the best judge there is; whoever takes it closes it.

    Args:
        given: What there is.
        kind: The only one wanted; the best where nothing is said.

    Raises:
        InputError: The one that is wanted cannot be had, or the database cannot be reached.
    """
    passed: list[PassedOver] = []
    for each in (kind,) if kind else _order(given):
        try:
            return Picked(_open(each, given), tuple(passed))
        except _UnfitError as error:
            if kind:
                raise InputError(str(error), where=f"judge {kind}") from None
            passed.append(PassedOver(each, str(error)))
        except InputError as error:
            if kind or error.where:
                # A database that was named and does not answer is nothing to be passed over.
                raise
            passed.append(PassedOver(each, str(error)))
    raise AssertionError("the model judges everything")


def _order(given: Given) -> tuple[JudgeKind, ...]:
    if given.target.engine == "postgresql":
        return ("clone", "hypopg", "model")
    return ("statistics", "model") if given.target.engine == "sqlite" else ("copy", "model")


class _UnfitError(Exception):
    """A judge is not for what is given."""


def _open(kind: JudgeKind, given: Given) -> Judge:
    if kind == "clone":
        return _clone(given)
    if kind == "hypopg":
        return _hypopg(given)
    if kind == "statistics":
        return _lite(given)
    if kind == "copy":
        return _copy(given)
    from be_tui.core.whatif.modelled import ModelJudge

    return ModelJudge(given.schema, given.target, _known(given))


def _known(given: Given) -> Statistics | None:
    """Give what is known of the rows, asked of the database where nothing is given."""
    if given.statistics is not None or not given.url or not given.target.is_mysql:
        return given.statistics
    from be_tui.core.statistics import read_mysql_statistics

    return read_mysql_statistics(given.url)


def _clone(given: Given) -> Judge:
    if given.target.engine != "postgresql":
        raise _UnfitError("only PostgreSQL is cloned")
    if not given.ddl and not given.url:
        raise _UnfitError("a clone takes the schema's DDL, or the URL of a database")
    try:
        from be_tui.core.whatif.clone import CloneJudge
        from be_tui.core.whatif.originals import from_ddl, from_url
    except ImportError as error:
        raise _missing(error) from error
    if given.ddl:
        statistics = assume(given.schema, "postgresql", given.statistics)
        return CloneJudge(from_ddl(given.ddl, statistics, given.target.version))
    return CloneJudge(from_url(given.url))


def _hypopg(given: Given) -> Judge:
    if given.target.engine != "postgresql" or not given.url:
        raise _UnfitError("HypoPG takes the URL of a database of PostgreSQL that has it")
    try:
        from be_tui.core.whatif.hypopg import HypopgJudge
    except ImportError as error:
        raise _missing(error) from error
    judge = HypopgJudge(given.url)
    if not judge.usable:
        judge.close()
        raise _UnfitError("the database does not have the extension HypoPG")
    return judge


def _lite(given: Given) -> Judge:
    if given.target.engine != "sqlite":
        raise _UnfitError("SQLite's statistics are for SQLite")
    if not given.ddl:
        raise _UnfitError("the schema's DDL is not given")
    from be_tui.core.whatif.lite import SqliteJudge

    return SqliteJudge(given.ddl, given.schema, given.statistics)


def _copy(given: Given) -> Judge:
    if not given.target.is_mysql:
        raise _UnfitError("only tables of MariaDB and MySQL are copied")
    if not given.copy:
        raise _UnfitError("no server is named on which a copy may be made")
    from be_tui.core.whatif.copied import CopyJudge

    return CopyJudge(given.copy, given.schema, given.target, _known(given))


def _missing(error: ImportError) -> InputError:
    hint = "pip install 'be-tui[postgres]'"
    return InputError(f"{error.name or 'a driver'} is not installed", hint=hint)
