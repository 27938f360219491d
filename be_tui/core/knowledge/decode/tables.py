"""Decision tables and declarations of order from YAML; `docs/packs.md` gives the form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.knowledge.decode.desk import identify
from be_tui.core.knowledge.decode.questions import check_over, decode_route, target
from be_tui.core.knowledge.model import OTHERWISE, Option
from be_tui.core.knowledge.tables import Monotonic, Table

if TYPE_CHECKING:
    from collections.abc import Collection

    from be_tui.core.knowledge.decode.desk import Desk
    from be_tui.core.knowledge.model import Outcome, Question
    from be_tui.core.yamlform import Cursor


def decode_table(desk: Desk, taken: Collection[str], at: Cursor) -> Table:
    """Give one table, and keep the names that it uses."""
    identify(at, at.key, taken)
    rules = at.items("rules", partial(decode_route, desk, at.name), least=1)
    table = Table(
        id=at.name,
        title=at.text("title"),
        rules=rules,
        otherwise=at.one("otherwise", partial(_otherwise, desk, at.name)),
        line=at.line,
    )
    check_over(at, rules)
    return table


def _otherwise(desk: Desk, table: str, at: Cursor) -> Option:
    return Option(OTHERWISE, at.text("label", OTHERWISE), target(at, desk, "to", table))


def decode_monotonic(
    questions: tuple[Question, ...], outcomes: tuple[Outcome, ...], at: Cursor
) -> Monotonic:
    """Give what is declared of one question."""
    name, says = at.text("question"), at.text("says")
    question = next((each for each in questions if each.id == name), None)
    if name and question is None:
        _unknown(at, "question", "question", name, [each.id for each in questions])
    elif question and question.kind == "several":
        message = f"question: the options of `{name}` stand in no order, for several can be ticked"
        at.fault("wrong-type", message, at.find("question"))
    ends = [outcome.id for outcome in outcomes]
    towards, along = at.texts("never_towards"), at.texts("along", least=2 * at.has("along"))
    for key, ids in (("never_towards", towards), ("along", along)):
        for each in ids:
            if each not in ends:
                _unknown(at, key, "outcome", each, ends)
    if not (towards or along):
        at.fault("missing-key", "`never_towards` or `along` is missing", at.key)
    return Monotonic(name, says, towards, along, at.line)


def _unknown(at: Cursor, key: str, kind: str, name: str, known: list[str]) -> None:
    near = at.faults.meant(name, known)
    hint = f"; did you mean `{near}`?" if near else ""
    node = at.find(key)
    at.faults.add(
        "tree-unknown-name", at.said(f"{key}: no {kind} `{name}`{hint}"), node and node.span
    )
