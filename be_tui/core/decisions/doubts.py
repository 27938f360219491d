"""What the proof of a tree leaves to be mended, as findings.

The words of each rule stand in `knowledge/rules/trees/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.judging import idle_words
from be_tui.core.decisions.proof import prove
from be_tui.core.decisions.replay import targets
from be_tui.core.decisions.ways import LIMIT
from be_tui.core.findings import Finding, Place
from be_tui.core.knowledge import Question, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions.proof import Overlap, Part, PartKind, Proof
    from be_tui.core.findings import Severity
    from be_tui.core.knowledge import Outcome, Tree


def doubts(tree: Tree, limit: int = LIMIT) -> tuple[Finding, ...]:
    """Prove a tree, and give what is wrong with it; places name its own path.

    Args:
        tree: A tree that holds together.
        limit: The most states to look at.
    """
    proof = prove(tree, limit)
    of_walks = tuple(_of_walks(proof)) if proof.whole else (_bounded(proof),)
    return (*of_walks, *idle_words(tree, limit))


def _bounded(proof: Proof) -> Finding:
    missed = len(proof.missed)
    open_parts = f"; {missed} parts of the tree were not met among them" if missed else ""
    message = (
        f"proved for the first {proof.states:,} states only, of more than can be tried{open_parts}"
    )
    tree = proof.tree
    return _finding(tree, "tree-too-wide", tree.find_question(tree.first), message, "info")


def _of_walks(proof: Proof) -> Iterator[Finding]:
    tree = proof.tree
    drawn = _drawn(tree)
    for part in proof.missed:
        if part.node in drawn:
            yield from _missed(proof, part)
    for shadow in proof.shadows:
        message = (
            f"the {_kind(tree, shadow.node)} `{shadow.route}` is never taken: wherever it holds, an"
            f" earlier one does too, such as `{shadow.by}`: {shadow.trail}"
        )
        yield _finding(tree, "tree-shadowed-route", _node(tree, shadow.node), message)
    for lap in proof.overlaps:
        if (lap.node, lap.under) not in {(each.node, each.route) for each in proof.shadows}:
            yield _finding(tree, "tree-overlap", _node(tree, lap.node), _overlap_words(tree, lap))
    for question_id in proof.idle:
        message = f"`{question_id}` changes nothing: all its answers lead to the same"
        yield _finding(tree, "tree-idle-question", tree.find_question(question_id), message)
    for question_id, tick in proof.idle_ticks:
        if question_id not in proof.idle:
            message = f"ticking `{tick}` changes nothing: no route or rule reads it"
            yield _finding(tree, "tree-idle-tick", tree.find_question(question_id), message)
    for breach in proof.breaches:
        message = (
            f"`{breach.declared.says}` does not hold: {breach.earlier} comes to"
            f" `{breach.ends[0]}`, {breach.later} to `{breach.ends[1]}`"
        )
        place = Place(tree.path, breach.declared.line)
        yield Finding("tree-not-monotonic", "warning", place, message)
    for declared in proof.unproved:
        message = (
            f"`{declared.says}` is not proved: there are more pairs of walks than can be tried"
        )
        yield Finding("tree-too-wide", "info", Place(tree.path, declared.line), message)


def _overlap_words(tree: Tree, lap: Overlap) -> str:
    return (
        f"the {_kind(tree, lap.node)}s `{lap.route}` and `{lap.under}` both hold and lead apart:"
        f" {lap.trail}"
    )


def _kind(tree: Tree, node_id: str) -> str:
    return "rule" if tree.find_table(node_id) else "route"


def _node(tree: Tree, node_id: str) -> Question | Table | Outcome | None:
    return tree.find_question(node_id) or tree.find_table(node_id) or tree.find_outcome(node_id)


def _missed(proof: Proof, part: Part) -> Iterator[Finding]:
    tree = proof.tree
    node = _node(tree, part.node)
    if part.kind in ("question", "table", "outcome"):
        message = f"no answers lead to the {part.kind} `{part.node}`, though it is drawn so"
        yield _finding(tree, "tree-never-reached", node, message)
    elif proof.part(_asked_or_table(tree, part.node), part.node).trail is None:
        # What a question leads to is not told of where the question itself is never asked.
        return
    elif part.kind == "target":
        exits = node.exits if isinstance(node, Question) else ()
        exits = (node.otherwise,) if isinstance(node, Table) else exits
        to = next((option.to for option in exits if option.id == part.name), "")
        message = f"`{part.name}` never leads to `{to}` itself: a {_kind(tree, part.node)} always"
        message += " takes it elsewhere"
        yield _finding(tree, "tree-unused-target", node, message)
    elif (part.node, part.place) not in {(each.node, each.place) for each in proof.shadows}:
        message = f"the {_kind(tree, part.node)} `{part.name}` never holds, whatever is answered"
        yield _finding(tree, "tree-never-holds", node, message)


def _asked_or_table(tree: Tree, node_id: str) -> PartKind:
    return "table" if tree.find_table(node_id) else "question"


def _drawn(tree: Tree) -> frozenset[str]:
    """Give all that the first question leads to in the drawing, whatever the conditions say."""
    found: dict[str, None] = {tree.first: None}
    waiting = [tree.first]
    for node_id in waiting:
        question = tree.find_question(node_id)
        ahead = targets(question) + tuple(each.id for each in question.tables) if question else ()
        new = [to for to in ahead if to not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return frozenset(found)


def _finding(
    tree: Tree,
    rule: str,
    node: Question | Table | Outcome | None,
    message: str,
    severity: Severity = "warning",
) -> Finding:
    return Finding(rule, severity, Place(tree.path, node.line if node else 0), message)
