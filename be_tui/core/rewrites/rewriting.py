"""Rewrites a statement step by step: proved, run beside the original, and only then kept.

A step whose obligations are not all proved, or that nothing here could run, is told and not
taken. One that gave other rows is taken back, with the rows that show it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.queries import resolve
from be_tui.core.rewrites.asking import asked, open_limit, unknown
from be_tui.core.rewrites.gate import marked, marks, unmarked, unnamed
from be_tui.core.rewrites.look import Look
from be_tui.core.rewrites.model import Rewrite, Taken
from be_tui.core.rewrites.steps import STEPS
from be_tui.core.rewrites.style import styled
from be_tui.core.rewrites.volatile import unsteady
from be_tui.core.schema import Schema
from be_tui.core.sqltext import Statement, Unread, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from be_tui.core.rewrites.gate import Gate
    from be_tui.core.rewrites.model import Change, Step, Trial
    from be_tui.core.rewrites.steps import Find
    from be_tui.core.sqltext import Target

_MOST = 24
"""Steps that are applied to one statement."""

_KINDS = {
    "insert": "INSERT",
    "update": "UPDATE",
    "delete": "DELETE",
    "merge": "MERGE",
    "create": "CREATE",
}


@dataclass(frozen=True, slots=True)
class _Tried:
    """A step on a text, and what came of running it."""

    text: str
    trial: Trial | None
    why: str = ""
    look: Look | None = None


def rewrite(
    statement: Statement,
    schema: Schema | None,
    target: Target,
    gate: Gate | None = None,
    *,
    tidy: bool = False,
    rules: Collection[str] = STEPS,
) -> Rewrite:
    """Rewrite one statement.

    Args:
        statement: It.
        schema: The tables that it reads; without one nothing is proved.
        target: The engine that it is for.
        gate: Where steps are run; without one none is applied.
        tidy: Whether steps are taken too that the engine does by itself.
        rules: The steps that are tried; without it all.

    Raises:
        InputError: sqlglot is not installed, or the server that was given does not let us in.
    """
    found = _look(statement, schema or Schema(), target)
    if isinstance(found, str):
        return Rewrite(statement, target, statement.text, trouble=found)
    steps = [find for rule, find in STEPS.items() if rule in rules]
    return _Rewriting(found, schema, gate, steps, tidy=tidy).done()


def _look(statement: Statement, schema: Schema, target: Target) -> Look | str:
    """Give what steps look at, or why nothing is to be done."""
    parsed = parse(statement, target.engine)
    if isinstance(parsed, Unread):
        return parsed.message
    if parsed.explain:
        return f"it begins with {parsed.explain}; give the query alone"
    query = resolve(parsed, schema, target)
    look = Look(query, schema)
    return _left_alone(look) or look


def _left_alone(look: Look) -> str:
    """Tell why a statement is left as it is; empty where it need not be."""
    query, text = look.query, look.query.parsed.statement.text
    if query.kind != "select" or query.root is None:
        kind = _KINDS.get(query.kind, "no query")
        return f"only queries are rewritten, this is {kind}"
    if any(source.is_templated for scope in query.scopes for source in scope.sources):
        return "a template stands in the place of a table"
    if "{{" in text or "{%" in text:
        return "a template stands in it; render it first"
    volatile = unsteady(query.parsed.tree, text, query.target.engine)
    if volatile:
        return f"`{volatile}` may give another value each time it is called"
    if any(scope.locks for scope in query.scopes):
        return "it locks the rows that it reads"
    if open_limit(query, look):
        return "a LIMIT within it takes rows in no certain order"
    return ""


class _Rewriting:
    """One statement while it is rewritten."""

    def __init__(
        self,
        first: Look,
        schema: Schema | None,
        gate: Gate | None,
        steps: Sequence[Find],
        *,
        tidy: bool,
    ) -> None:
        self._first = first
        self._look = first
        self._schema = schema
        self._steps = steps
        self._gate = gate
        self._tidy = tidy
        self._taken: list[Taken] = []
        self._seen: set[tuple[str, str]] = set()

    @property
    def _text(self) -> str:
        return self._look.query.parsed.statement.text

    def done(self) -> Rewrite:
        """Take every step that can be taken; give what came of it."""
        statement = self._first.query.parsed.statement
        for _ in range(_MOST):
            if not self._one():
                break
        order = {"applied": 0, "refused": 1, "offered": 2}
        taken = sorted(self._taken, key=lambda each: order[each.standing])
        return Rewrite(statement, self._first.target, self._text, tuple(taken))

    def _one(self) -> bool:
        """Take the next step that can be; tell those that cannot."""
        for step in (step for find in self._steps for step in find(self._look)):
            if not step.pays and not (self._tidy and step.changes):
                continue
            key = (step.rule, step.says)
            if key in self._seen:
                continue
            self._seen.add(key)
            if self._take(styled(step, self._text)):
                return True
        return False

    def _take(self, step: Step) -> bool:
        before = self._text
        if not step.changes:
            self._taken.append(Taken(step, "offered", before, before, None, "it changes the call"))
            return False
        tried = self._try(step)
        if tried.look is None:
            # The change does not hold together as text: nothing to tell a person.
            return False
        trial = tried.trial
        if not step.proved:
            why = "; ".join(f"{each.must}: not known" for each in step.open)
            self._taken.append(Taken(step, "offered", before, tried.text, trial, why))
            return False
        if trial is None or not trial.cases:
            why = f"nothing was run: {tried.why or (trial.trouble if trial else '')}"
            self._taken.append(Taken(step, "offered", before, tried.text, trial, why))
            return False
        if trial.witness is not None:
            why = "it gave other rows" if not trial.witness.trouble else trial.witness.trouble
            self._taken.append(Taken(step, "refused", before, before, trial, why))
            return False
        self._taken.append(Taken(step, "applied", before, tried.text, trial))
        self._look = tried.look
        return True

    def _try(self, step: Step) -> _Tried:
        before = self._text
        text = changed(before, step.changes)
        if text is None:
            return _Tried(before, None)
        statement = replace(self._look.query.parsed.statement, text=text)
        look = _look(statement, self._look.schema, self._first.target)
        if isinstance(look, str):
            return _Tried(before, None)
        if self._gate is None:
            return _Tried(text, None, "no sandbox was asked for", look)
        if self._schema is None:
            return _Tried(text, None, "no schema was given (--schema FILE)", look)
        missing = unknown(self._first.query)
        if missing:
            return _Tried(text, None, f"the schema has no table `{missing}`", look)
        trial = self._gate.compare(asked(self._first, look))
        return _Tried(text, trial, trial.trouble, look)


def changed(text: str, changes: tuple[Change, ...]) -> str | None:
    """Give a text with changes; None where they would put its parameters in another order."""
    written = unnamed(text)
    made = marked(text)
    end = len(made)
    for each in sorted(changes, key=lambda each: (each.start, each.end), reverse=True):
        if each.end > end:
            return None
        made = made[: each.start] + each.text + made[each.end :]
        end = each.start
    if marks(made) != tuple(range(len(written))):
        return None
    return unmarked(made, written)
