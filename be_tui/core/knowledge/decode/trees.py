"""Trees from YAML; `docs/packs.md` gives the form, key by key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.knowledge.decode.authorities import decode_authorities
from be_tui.core.knowledge.decode.changes import decode_changes
from be_tui.core.knowledge.decode.desk import Desk, group_of, identify, own_id
from be_tui.core.knowledge.decode.questions import decode_question, target
from be_tui.core.knowledge.decode.tables import decode_monotonic, decode_table
from be_tui.core.knowledge.model import Action, Outcome, Tree
from be_tui.core.knowledge.tables import attached

if TYPE_CHECKING:
    from typing import Literal

    from be_tui.core.knowledge.model import PackName
    from be_tui.core.yamlform import Cursor


def decode_tree(at: Cursor, desk: Desk, path: str, pack: PackName) -> Tree:
    """Give the tree of a file, and keep the names that it uses."""
    tree_id = own_id(at, "tree")
    version, title = at.integer("version"), at.text("title")
    question, summary = at.text("question"), at.text("summary")
    group, first = group_of(at, desk), target(at, desk, "first", "")
    desk.read_sources(at)
    questions = at.each("questions", partial(decode_question, desk), least=1)
    taken = {each.id for each in questions}
    tables = at.each("tables", partial(decode_table, desk, taken))
    taken |= {each.id for each in tables}
    outcomes = at.each("outcomes", partial(_outcome, desk, taken), least=1)
    return Tree(
        id=tree_id,
        version=version,
        title=title,
        question=question,
        summary=summary,
        first=first,
        questions=attached(questions, tables),
        outcomes=outcomes,
        path=path,
        pack=pack,
        changes=decode_changes(at, version, questions, outcomes),
        authorities=decode_authorities(at, desk, [each.id for each in outcomes]),
        tables=tables,
        monotonic=at.items("monotonic", partial(decode_monotonic, questions, outcomes)),
        group=group,
    )


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
    elif action.argument and action.open == "compare":
        address = f"comparison:{action.argument}"
        desk.mention("address", address, at.find("argument"), at)
    return action
