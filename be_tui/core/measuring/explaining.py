"""The plan of a query on a sandbox: its tables, made here and filled with generated rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.errors import InputError
from be_tui.core.filling import plan as plan_rows
from be_tui.core.filling import sizes
from be_tui.core.measuring.choosing import spots, variants, written
from be_tui.core.measuring.preparing import prepare, tables_of
from be_tui.core.measuring.stage import staged
from be_tui.core.project import Cancel, Cancelled
from be_tui.core.sqltext import Parsed, parse, split

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.measuring.model import Trial
    from be_tui.core.measuring.preparing import Given
    from be_tui.core.measuring.stage import Stage
    from be_tui.core.plans import Plan


def explain(given: Given, progress: Callable[[str, float], None], cancel: Cancel) -> Plan:
    """Run the first query of a text on generated rows, and give its plan with what each step took.

    Raises:
        InputError: It cannot be run here: the line says why.
        FillError: Rows for the tables cannot be made.
        Cancelled: The cancel was set.
    """
    trial = prepare(given, alone=True)
    text = trial.queries[0]
    names = tables_of(text, trial.engine, trial.schema)
    rows = sizes(trial.schema, names, trial.rows, trial.given_rows)
    filling = plan_rows(
        trial.schema, trial.engine, rows, seed=trial.seed, statistics=trial.statistics
    )

    def told(table: str, done: int, whole: int) -> None:
        cancel.check()
        progress(f"fills {table}", 0.1 + 0.8 * done / max(whole, 1))

    try:
        with staged(trial) as stage, cancel.when_set(stage.session.stop):
            progress("makes the tables", 0.0)
            stage.build(filling, told)
            progress("runs the query", 0.9)
            return _explained(stage, trial, text)
    except StatementError as error:
        if cancel.is_set:
            raise Cancelled from None
        raise InputError(f"refused: {error.message}", where="the query") from None


def _explained(stage: Stage, trial: Trial, text: str) -> Plan:
    from be_tui.core.plans import read_plan

    (statement,) = split(text, trial.engine)
    parsed = parse(statement, trial.engine)
    if isinstance(parsed, Parsed):
        held = spots(parsed)
        chosen = variants(stage.session, trial.engine, trial.schema, parsed, held)
        text = written(parsed, held, chosen[0]) if chosen else text
    told = stage.explain(text, Bounds(seconds=trial.seconds))
    return read_plan(told, f"a sandbox with {trial.rows:,} generated rows a table")
