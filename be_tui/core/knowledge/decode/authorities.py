"""What authorities say, from YAML.

authorities:
  aip:
    title: Google AIP-185
    sources: [aip-185]
    positions:
      - {when: {clients: outside}, outcome: path-version, says: "MUST …"}
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.knowledge.authorities import Authority, Position
from be_tui.core.knowledge.conditions import is_measure
from be_tui.core.knowledge.decode.conditions import read_condition
from be_tui.core.knowledge.decode.desk import identify

if TYPE_CHECKING:
    from collections.abc import Collection

    from be_tui.core.knowledge.conditions import Condition
    from be_tui.core.knowledge.decode.desk import Desk
    from be_tui.core.yamlform import Cursor, Scalar


def decode_authorities(at: Cursor, desk: Desk, outcomes: Collection[str]) -> tuple[Authority, ...]:
    """Give the authorities of a tree, and keep the names that they use.

    Args:
        at: The top of the tree's file.
        desk: Its sources, and where names are kept.
        outcomes: The ids of its outcomes.
    """
    return at.each("authorities", partial(_authority, desk, outcomes))


def _authority(desk: Desk, outcomes: Collection[str], at: Cursor) -> Authority:
    identify(at, at.key)
    sources = desk.cited(at)
    positions = at.items("positions", partial(_position, desk, outcomes), least=1)
    return Authority(
        id=at.name,
        title=at.text("title"),
        sources=sources,
        positions=tuple(replace(each, sources=each.sources or sources) for each in positions),
        line=at.line,
    )


def _position(desk: Desk, outcomes: Collection[str], at: Cursor) -> Position:
    outcome = at.text("outcome")
    node = at.find("outcome")
    if node is not None and outcome not in outcomes:
        near = at.faults.meant(outcome, outcomes)
        hint = f"; did you mean `{near}`?" if near else ""
        message = at.said(f"no outcome `{outcome}`{hint}")
        at.faults.add("tree-unknown-target", message, node.span, instead=near)
    return Position(
        outcome=outcome,
        says=at.text("says"),
        when=_condition(at, desk) if at.find("when") else None,
        sources=desk.cited(at),
        line=at.line,
    )


def _condition(at: Cursor, desk: Desk) -> Condition:
    def take(name: Scalar, value: Scalar | None) -> None:
        if is_measure(name.text):
            message = f"when: an authority judges by answers, `{name.text}` is a measure"
            at.fault("wrong-type", message, name)
        elif value is not None:
            desk.mention("answer", name.text, value, at, option=value.text)

    return read_condition(at, "when", take)
