"""Comparisons from YAML; `docs/packs.md` gives the form, key by key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.comparisons.model import (
    HEAVIEST,
    Alternative,
    Breach,
    Cell,
    Comparison,
    Constraint,
    Criterion,
    Risk,
    Scale,
)
from be_tui.core.comparisons.stating import read_estimate
from be_tui.core.errors import InputError
from be_tui.core.knowledge.decode.desk import Desk, group_of, identify, own_id
from be_tui.core.yamlform import Mapping

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping as ByName

    from be_tui.core.comparisons.model import Estimate
    from be_tui.core.knowledge.model import PackName
    from be_tui.core.yamlform import Cursor, Node


def decode_comparison(at: Cursor, desk: Desk, path: str, pack: PackName) -> Comparison:
    """Give the comparison of a file, and keep the names that it uses."""
    comparison_id = own_id(at, "comparison")
    version, title = at.integer("version"), at.text("title")
    question, summary = at.text("question"), at.text("summary")
    group = group_of(at, desk)
    desk.read_sources(at)
    criteria = at.each("criteria", partial(_criterion, desk), least=1)
    if criteria and not any(each.weight for each in criteria):
        at.fault("wrong-type", "criteria: at least one needs a weight above 0", at.find("criteria"))
    by_id = {each.id: each for each in criteria}
    options = at.each("options", partial(_option, desk, by_id), least=2)
    known = [each.id for each in options]
    comparison = Comparison(
        id=comparison_id,
        version=version,
        title=title,
        question=question,
        summary=summary,
        criteria=criteria,
        options=options,
        constraints=at.each("constraints", partial(_constraint, desk, known)),
        references=desk.references(at),
        path=path,
        pack=pack,
        group=group,
    )
    _check_spread(at, comparison)
    return comparison


def _criterion(desk: Desk, at: Cursor) -> Criterion:
    identify(at, at.key)
    weight = at.number("weight")
    if not 0 <= weight <= HEAVIEST:
        message = f"weight: expected a number from 0 to {HEAVIEST:g}, found `{weight:g}`"
        at.fault("wrong-type", message, at.find("weight"))
    return Criterion(
        id=at.name,
        title=at.text("title"),
        why=desk.markdown(at, "why"),
        weight=weight,
        low=at.text("low"),
        high=at.text("high"),
        better="less" if at.choice("better", ("more", "less"), "more") == "less" else "more",
        scale=at.one("figures", _scale) if at.find("figures") else None,
        serves=_serves(at),
        sources=desk.cited(at),
        line=at.line,
    )


def _scale(at: Cursor) -> Scale:
    scale = Scale(at.text("unit"), at.number("low"), at.number("high"))
    if scale.low >= scale.high:
        at.fault("wrong-type", "low: expected less than `high`", at.find("low"))
        return Scale(scale.unit, 0.0, 1.0)
    return scale


def _serves(at: Cursor) -> str:
    if at.find("serves") is None:
        return ""
    from be_tui.core.project.profile import profile_field

    return at.choice("serves", [each.key for each in profile_field("favours").choices])


def _option(desk: Desk, criteria: ByName[str, Criterion], at: Cursor) -> Alternative:
    identify(at, at.key)
    return Alternative(
        id=at.name,
        title=at.text("title"),
        summary=desk.markdown(at, "summary"),
        cells=at.each("scores", partial(_cell, desk, criteria)),
        risks=at.items("risks", partial(_risk, desk)),
        future=at.texts("future"),
        references=desk.references(at),
        line=at.line,
    )


def _cell(desk: Desk, criteria: ByName[str, Criterion], at: Cursor) -> Cell:
    score, criterion = at.text("score"), criteria.get(at.name)
    if criterion is None:
        _unknown(at, "criterion", at.name, criteria, at.key)
    estimate = _estimate(at, criterion, score) if criterion and score else None
    sources = desk.cited(at)
    why = desk.markdown(at, "why", None if estimate else "")
    if estimate and not sources:
        message = at.said("a score without a source; cite one, or a rule of thumb")
        span = at.key.span if at.key else None
        at.faults.add("comparison-unsourced", message, span, severity="warning")
    return Cell(at.name, estimate, why, sources)


def _estimate(at: Cursor, criterion: Criterion, score: str) -> Estimate | None:
    try:
        return read_estimate(criterion, score)
    except InputError as error:
        hint = f"; {error.hint}" if error.hint else ""
        at.fault("wrong-type", f"score: {error.message}{hint}", at.find("score"))
        return None


def _risk(desk: Desk, at: Cursor) -> Risk:
    return Risk(desk.markdown(at, "risk"), desk.markdown(at, "remedy"))


def _constraint(desk: Desk, options: Collection[str], at: Cursor) -> Constraint:
    identify(at, at.key)
    return Constraint(
        id=at.name,
        must=at.text("must"),
        breaches=at.items("rules_out", partial(_breach, options)),
        holds=at.flag("holds"),
        sources=desk.cited(at),
        line=at.line,
    )


def _breach(options: Collection[str], at: Cursor) -> Breach:
    option = at.text("option")
    if option and option not in options:
        _unknown(at, "option", option, options, at.find("option"))
    return Breach(option, at.text("why"))


def _unknown(at: Cursor, kind: str, name: str, known: Collection[str], node: Node | None) -> None:
    near = at.faults.meant(name, known)
    hint = f"; did you mean `{near}`?" if near else ""
    span = node.span if node else None
    message = at.said(f"no {kind} `{name}`{hint}")
    at.faults.add("comparison-unknown-name", message, span, instead=near)


def _check_spread(at: Cursor, comparison: Comparison) -> None:
    """Report a criterion by which all options are the same: it decides nothing."""
    if len(comparison.options) < 2:  # noqa: PLR2004 (that is a fault of its own)
        return
    for each in comparison.criteria:
        scores = {option.cell(each.id).estimate for option in comparison.options}
        (first,) = scores if len(scores) == 1 else (None,)
        if first is not None and first.low == first.high:
            message = f"criteria.{each.id}: every option has {first}, so it decides nothing"
            all_of_them = at.find("criteria")
            found = all_of_them.find(each.id) if isinstance(all_of_them, Mapping) else None
            span = found.span if found else None
            at.faults.add("comparison-idle-criterion", message, span, severity="warning")
