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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions.proof import Part, Proof
    from be_tui.core.findings import Severity
    from be_tui.core.knowledge import Outcome, Question, Tree


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
            f"the route `{shadow.route}` is never taken: wherever it holds, an earlier one does"
            f" too, such as `{shadow.by}`: {shadow.trail}"
        )
        question = tree.find_question(shadow.question)
        yield _finding(tree, "tree-shadowed-route", question, message)
    for question_id in proof.idle:
        message = f"`{question_id}` changes nothing: all its answers lead to the same"
        yield _finding(tree, "tree-idle-question", tree.find_question(question_id), message)


def _missed(proof: Proof, part: Part) -> Iterator[Finding]:
    tree = proof.tree
    question = tree.find_question(part.node)
    node = question or tree.find_outcome(part.node)
    if part.kind in ("question", "outcome"):
        message = f"no answers lead to the {part.kind} `{part.node}`, though it is drawn so"
        yield _finding(tree, "tree-never-reached", node, message)
    elif proof.part("question", part.node).trail is None:
        # What a question leads to is not told of where the question itself is never asked.
        return
    elif part.kind == "target" and question:
        to = next((option.to for option in question.exits if option.id == part.name), "")
        message = f"`{part.name}` never leads to `{to}` itself: a route always takes it elsewhere"
        yield _finding(tree, "tree-unused-target", node, message)
    elif (part.node, part.place) not in {(each.question, each.place) for each in proof.shadows}:
        message = f"the route `{part.name}` never holds, whatever is answered"
        yield _finding(tree, "tree-never-holds", node, message)


def _drawn(tree: Tree) -> frozenset[str]:
    """Give all that the first question leads to in the drawing, whatever the conditions say."""
    found: dict[str, None] = {tree.first: None}
    waiting = [tree.first]
    for node_id in waiting:
        question = tree.find_question(node_id)
        new = [to for to in targets(question) if to not in found] if question else []
        found.update(dict.fromkeys(new))
        waiting += new
    return frozenset(found)


def _finding(
    tree: Tree,
    rule: str,
    node: Question | Outcome | None,
    message: str,
    severity: Severity = "warning",
) -> Finding:
    return Finding(rule, severity, Place(tree.path, node.line if node else 0), message)
