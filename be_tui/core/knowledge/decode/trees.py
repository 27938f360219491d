"""Trees from YAML; `docs/packs.md` gives the form, key by key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.knowledge.conditions import is_measure
from be_tui.core.knowledge.decode.conditions import COMBINING, read_condition
from be_tui.core.knowledge.decode.desk import Desk, identify, own_id
from be_tui.core.knowledge.model import (
    Action,
    Option,
    Outcome,
    Question,
    Reading,
    Route,
    Tree,
    Unknown,
    Witness,
)

if TYPE_CHECKING:
    from typing import Literal

    from be_tui.core.knowledge.conditions import Condition
    from be_tui.core.knowledge.model import PackName
    from be_tui.core.yamlform import Cursor, Scalar


def decode_tree(at: Cursor, desk: Desk, path: str, pack: PackName) -> Tree:
    """Give the tree of a file, and keep the names that it uses."""
    tree_id = own_id(at, "tree")
    version, title = at.integer("version"), at.text("title")
    question, summary = at.text("question"), at.text("summary")
    first = _target(at, desk, "first", "")
    desk.read_sources(at)
    questions = at.each("questions", partial(_question, desk), least=1)
    taken = {each.id for each in questions}
    outcomes = at.each("outcomes", partial(_outcome, desk, taken), least=1)
    return Tree(
        id=tree_id,
        version=version,
        title=title,
        question=question,
        summary=summary,
        first=first,
        questions=questions,
        outcomes=outcomes,
        path=path,
        pack=pack,
    )


def _question(desk: Desk, at: Cursor) -> Question:
    identify(at, at.key)
    if at.name in COMBINING:
        at.fault("bad-id", f"`{at.name}` is a word of conditions; give another id", at.key)
    return Question(
        id=at.name,
        ask=at.text("ask"),
        why=desk.markdown(at, "why"),
        options=at.each("options", partial(_option, desk, at.name), least=2),
        unknown=at.one("unknown", partial(_unknown, desk, at.name)),
        sources=desk.cited(at),
        witnesses=at.items("evidence", partial(_witness, desk, at.name)),
        routes=at.items("routes", partial(_route, desk, at.name)),
        line=at.line,
    )


def _option(desk: Desk, question: str, at: Cursor) -> Option:
    identify(at, at.key)
    return Option(
        id=at.name,
        label=at.text("label"),
        to=_target(at, desk, "to", question),
        note=at.text("note", ""),
    )


def _unknown(desk: Desk, question: str, at: Cursor) -> Unknown:
    assume = at.text("assume")
    desk.mention("answer", question, at.find("assume"), at, owner=question, option=assume)
    return Unknown(assume=assume, price=at.text("price"), find_out=at.text("find_out", ""))


def _witness(desk: Desk, question: str, at: Cursor) -> Witness:
    probe = at.text("probe")
    desk.mention("probe", probe, at.find("probe"), at, owner=question)
    return Witness(probe, at.items("readings", partial(_reading, desk, question), least=1))


def _reading(desk: Desk, question: str, at: Cursor) -> Reading:
    answer = at.text("answer")
    desk.mention("answer", question, at.find("answer"), at, owner=question, option=answer)
    when = _condition(at, desk, question, answers=False)
    return Reading(when=when, answer=answer, says=at.text("says"))


def _route(desk: Desk, question: str, at: Cursor) -> Route:
    when = _condition(at, desk, question, answers=True)
    return Route(when=when, to=_target(at, desk, "to", question), label=at.text("label"))


def _condition(at: Cursor, desk: Desk, question: str, *, answers: bool) -> Condition:
    def take(name: Scalar, value: Scalar | None) -> None:
        if is_measure(name.text):
            desk.mention("measure", name.text, name, at, owner=question)
        elif not answers:
            at.fault("wrong-type", f"when: a reading reads measures, `{name.text}` is none", name)
        elif value is not None:
            desk.mention(
                "answer",
                name.text,
                value,
                at,
                owner=question,
                option=value.text,
                early=name.text != question,
            )

    return read_condition(at, "when", take)


def _target(at: Cursor, desk: Desk, key: str, question: str) -> str:
    target = at.text(key)
    desk.mention("target", target, at.find(key), at, owner=question)
    return target


def _outcome(desk: Desk, taken: set[str], at: Cursor) -> Outcome:
    identify(at, at.key, taken)
    return Outcome(
        id=at.name,
        title=at.text("title"),
        advice=desk.markdown(at, "advice"),
        steps=at.texts("steps", least=1),
        door=_door(at),
        price=at.text("price"),
        again=at.text("again"),
        sources=desk.cited(at),
        references=desk.references(at),
        actions=at.items("actions", partial(_action, desk)),
        line=at.line,
    )


def _door(at: Cursor) -> Literal["one-way", "two-way"]:
    chosen = at.choice("door", ("one-way", "two-way"))
    return "one-way" if chosen == "one-way" else "two-way"


def _action(desk: Desk, at: Cursor) -> Action:
    action = Action(at.text("label"), at.text("open"), at.text("argument", ""))
    desk.mention("screen", action.open, at.find("open"), at)
    if action.argument and action.open == "library":
        desk.mention("address", action.argument, at.find("argument"), at)
    elif action.argument and action.open == "decide":
        desk.mention("tree", action.argument, at.find("argument"), at)
    return action
