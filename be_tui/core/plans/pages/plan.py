"""One plan as a document: what costs most first, in words, then the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import Document, Heading, Items, Lines, Paragraph, Span, parse_markdown
from be_tui.core.plans.figures import count, duration, percent, short
from be_tui.core.plans.pages.drawing import draw, heat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from be_tui.core.document import Block, Text
    from be_tui.core.knowledge.model import Rule
    from be_tui.core.plans.judging import Remark
    from be_tui.core.plans.model import Engine, Form, Plan

ENGINES: Mapping[Engine, str] = {
    "postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "sqlite": "SQLite",
}
_FORMS: Mapping[Form, str] = {"tree": "tree", "table": "table", "rows": "rows", "text": "text"}


def plan_page(
    plan: Plan, remarks: Sequence[Remark], rules: Mapping[str, Rule], cells: int = 80
) -> Document:
    """Give a plan to read.

    Args:
        plan: What to tell.
        remarks: What is wrong with it, in the order in which it is told.
        rules: The words of each rule among them.
        cells: The width that its steps are drawn for.
    """
    blocks: list[Block] = [
        Heading((Span(f"{ENGINES[plan.engine]} plan"),), 1, "plan"),
        Paragraph(_summary(plan)),
    ]
    dearest = _dearest(plan)
    if dearest:
        blocks.append(Paragraph(dearest))
    blocks.append(Heading((Span("What costs"),), 2, "costs"))
    if remarks:
        blocks.append(_remarks(remarks, rules))
    else:
        blocks.append(Paragraph((Span("Nothing stands out.", "good"),)))
    blocks.append(Heading((Span("Steps"),), 2, "steps"))
    blocks.append(Lines(draw(plan, first_marks(remarks), cells)))
    return Document(tuple(blocks))


def _summary(plan: Plan) -> Text:
    steps = len(plan.nodes)
    parts = [
        f"{count(steps)} step{'s' * (steps != 1)}, from {_FORMS.get(plan.form, plan.form.upper())}"
    ]
    if plan.total_ms is not None:
        parts.append(f"ran {duration(plan.total_ms)}")
    elif plan.engine != "sqlite" and not any(node.actual for node in plan.nodes):
        parts.append("not run: figures are the planner's")
    if plan.planning_ms is not None:
        parts.append(f"planned {duration(plan.planning_ms)}")
    return (Span(" · ".join(parts), "muted"),)


def _dearest(plan: Plan) -> Text:
    """Say which step takes most; nothing where no step can be weighed."""
    if plan.measure == "none":
        return ()
    shares = plan.shares()
    node = max(plan.nodes, key=lambda each: shares[each.number])
    share = shares[node.number]
    of = "time" if plan.measure == "time" else "cost"
    own = duration(node.own_ms or 0.0) if of == "time" else f"cost {short(node.own_cost or 0.0)}"
    loops = ""
    if node.actual and node.actual.loops > 1:
        loops = f" in {count(node.actual.loops)} loops"
    return (
        Span("Dearest step: "),
        Span(node.title, "strong"),
        Span(f", {own}{loops}, "),
        Span(f"{percent(share)} of the {of}", heat(share)),
    )


def first_marks(remarks: Sequence[Remark]) -> dict[int, int]:
    """Number the nodes by the first that is said of each."""
    marks: dict[int, int] = {}
    for number, remark in enumerate(remarks, 1):
        if remark.node >= 0:
            marks.setdefault(remark.node, number)
    return marks


def _remarks(remarks: Sequence[Remark], rules: Mapping[str, Rule]) -> Items:
    """Tell each with its rule's words; those are told once, where the rule first comes."""
    told: set[str] = set()
    items = []
    for remark in remarks:
        rule = rules[remark.rule]
        words = rule.id not in told
        told.add(rule.id)
        items.append(tuple(remark_blocks(remark, rule, words=words)))
    return Items(tuple(items), 1)


def remark_blocks(remark: Remark, rule: Rule, *, words: bool = True) -> list[Block]:
    """Tell one remark, with the words of its rule or without them."""
    return [Paragraph(_message(remark, rule)), *(_words(rule) if words else ())]


def _message(remark: Remark, rule: Rule) -> Text:
    role = {"error": "bad", "warning": "warning", "info": "muted"}[rule.severity]
    share = f"{percent(remark.share)}  " if remark.share else ""
    return (
        Span(share, heat(remark.share)),
        Span(remark.message, "strong"),
        Span(f"  {rule.severity}", "bad" if role == "bad" else "muted"),
    )


def _words(rule: Rule) -> list[Block]:
    said = [*_prose("Why: ", rule.why), *_prose("Next: ", rule.fix)]
    if rule.fine_when:
        said += _prose("Fine when: ", rule.fine_when)
    links: list[Span] = []
    for each in rule.references:
        links += [Span(", " if links else ""), Span(each, "link", each)]
    if links:
        said.append(Paragraph((Span("Read: ", "muted"), *links)))
    return said


def _prose(label: str, said: str) -> list[Block]:
    """Give what a rule says, led by what it is."""
    first, *rest = parse_markdown(said).blocks
    if isinstance(first, Paragraph):
        return [Paragraph((Span(label, "muted"), *first.text)), *rest]
    return [Paragraph((Span(label, "muted"),)), first, *rest]
