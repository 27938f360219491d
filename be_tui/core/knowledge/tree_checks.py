"""Whether a tree holds together: every walk over it ends, and every name in it leads somewhere.

All questions are asked of the drawn graph: an option's target and every route's count as
edges, whatever the conditions say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.knowledge.decode.desk import Mention
    from be_tui.core.knowledge.model import Tree
    from be_tui.core.yamlform import Faults, Span

    Graph = Mapping[str, tuple[str, ...]]
    """Where each question and table leads, in the order of the file; outcomes lead nowhere."""


class TreeFile(NamedTuple):
    """A tree with what its file tells of it."""

    tree: Tree
    mentions: tuple[Mention, ...]
    spans: Mapping[str, Span]
    """Where each question, table and outcome stands."""

    faults: Faults


def check_tree(file: TreeFile) -> None:
    """Report whatever is wrong within one tree."""
    edges = graph(file.tree)
    whole = _check_targets(file)
    _check_answers(file)
    _check_cycles(file, edges)
    _check_order(file, edges)
    # A target that is missing would make all that lies behind it look lost.
    if whole:
        _check_ways_out(file, edges)
        _check_reach(file, edges)


def graph(tree: Tree) -> dict[str, tuple[str, ...]]:
    """Give the targets of each question and table that stand in the tree, each once."""
    edges: dict[str, tuple[str, ...]] = {outcome.id: () for outcome in tree.outcomes}
    known = {*edges, *(each.id for each in tree.questions), *(each.id for each in tree.tables)}
    for question in tree.questions:
        targets = [option.to for option in question.options]
        targets += [route.to for route in question.routes]
        edges[question.id] = tuple(to for to in dict.fromkeys(targets) if to in known)
    for table in tree.tables:
        edges[table.id] = tuple(to for to in table.targets if to in known)
    return edges


def _check_targets(file: TreeFile) -> bool:
    """Look up where answers lead; tell whether every one leads somewhere."""
    known = file.spans
    lost = [each for each in file.mentions if each.kind == "target" and each.name not in known]
    for mention in lost:
        near = file.faults.meant(mention.name, known)
        hint = f"; did you mean `{near}`?" if near else ""
        message = f"{mention.trail}: no question or outcome `{mention.name}`{hint}".lstrip(": ")
        file.faults.add("tree-unknown-target", message, mention.span, instead=near)
    options = [question.options for question in file.tree.questions]
    given = all(each and all(option.to for option in each) for each in options)
    given = given and all(all(each.targets) for each in file.tree.tables)
    begins = file.tree.find_table(file.tree.first) is None
    if not begins:
        first = next(each for each in file.mentions if each.kind == "target" and not each.owner)
        message = f"first: a walk begins with a question, and `{first.name}` is a table"
        file.faults.add("tree-unknown-target", message, first.span)
    return not lost and given and begins and bool(file.tree.first)


def _check_answers(file: TreeFile) -> None:
    """Look up the questions and options that conditions, readings and assumptions name."""
    for mention in file.mentions:
        if mention.kind != "answer" or mention.option is None:
            continue
        question = file.tree.find_question(mention.name)
        if question is None:
            near = file.faults.meant(mention.name, [each.id for each in file.tree.questions])
            hint = f"; did you mean `{near}`?" if near else ""
            message = f"{mention.trail}: no question `{mention.name}`{hint}"
            file.faults.add("tree-unknown-name", message, mention.span)
        elif mention.option and question.options and not question.option(mention.option):
            near = file.faults.meant(mention.option, [option.id for option in question.options])
            hint = f"; did you mean `{near}`?" if near else ""
            message = f"{mention.trail}: `{question.id}` has no option `{mention.option}`{hint}"
            file.faults.add("tree-unknown-option", message, mention.span, instead=near)


def _check_cycles(file: TreeFile, edges: Graph) -> None:
    for cycle in cycles(edges):
        shown = " → ".join((*cycle, cycle[0]))
        message = f"a walk can go round for ever: {shown}"
        file.faults.add("tree-cycle", message, file.spans.get(cycle[0]))


def cycles(edges: Graph) -> tuple[tuple[str, ...], ...]:
    """Give the cycles that a walk in the order of the file meets, no two over the same ids."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()
    path: list[str] = []
    # Recursion would bound the depth of a tree; `branches` keeps what is left to try.
    for start in edges:
        branches = [iter((start,))]
        while branches:
            to = next(branches[-1], None)
            if to is None:
                branches.pop()
                done.update(path[-1:])
                del path[-1:]
            elif to in path:
                cycle = tuple(path[path.index(to) :])
                found.setdefault(frozenset(cycle), cycle)
            elif to not in done:
                path.append(to)
                branches.append(iter(edges[to]))
    return tuple(found.values())


def _check_ways_out(file: TreeFile, edges: Graph) -> None:
    backwards: dict[str, list[str]] = {each: [] for each in edges}
    for at, targets in edges.items():
        for to in targets:
            backwards[to].append(at)
    ends = _reached(backwards, [outcome.id for outcome in file.tree.outcomes])
    for question in file.tree.questions:
        if question.id not in ends:
            message = f"`{question.id}` leads to no outcome, whatever is answered"
            file.faults.add("tree-no-way-out", message, file.spans.get(question.id))


def _check_reach(file: TreeFile, edges: Graph) -> None:
    reached = _reached(edges, [file.tree.first])
    for item, span in file.spans.items():
        if item not in reached:
            kind = "question" if file.tree.find_question(item) else "outcome"
            kind = "table" if file.tree.find_table(item) else kind
            message = f"nothing leads to the {kind} `{item}`"
            file.faults.add("tree-unreachable", message, span, severity="warning")


def _reached(edges: Mapping[str, Iterable[str]], starts: list[str]) -> set[str]:
    reached: set[str] = set()
    waiting = [start for start in starts if start in edges]
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            waiting.extend(edges[at])
    return reached


def _check_order(file: TreeFile, edges: Graph) -> None:
    """Check that conditions read only what has been answered on every path to them."""
    reached = _reached(edges, [file.tree.first])
    for mention in file.mentions:
        if not mention.early or mention.owner not in reached:
            continue
        if file.tree.find_question(mention.name) is None:
            continue
        path = _path_without(edges, file.tree.first, mention.owner, mention.name)
        if path:
            shown = " → ".join(path)
            message = f"{mention.trail}: `{mention.name}` may not have been asked yet: {shown}"
            file.faults.add("tree-unanswered", message, mention.span)


def _path_without(edges: Graph, start: str, end: str, avoided: str) -> tuple[str, ...]:
    """Give a shortest path that does not pass a question; nothing where there is none."""
    if start == avoided:
        return ()
    came_from = {start: ""}
    waiting = [start]
    for at in waiting:
        if at == end:
            path = [at]
            while came_from[path[-1]]:
                path.append(came_from[path[-1]])
            return tuple(reversed(path))
        for to in edges[at]:
            if to != avoided and to not in came_from:
                came_from[to] = at
                waiting.append(to)
    return ()
