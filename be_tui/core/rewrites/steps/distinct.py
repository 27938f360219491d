"""Steps that save looking for the same rows twice: DISTINCT, UNION, COUNT(DISTINCT ...)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.rewrites.facts import named, same, told_apart
from be_tui.core.rewrites.gains import worth
from be_tui.core.rewrites.look import has_more_rows, is_limited
from be_tui.core.rewrites.model import Change, Obligation, Step
from be_tui.core.rewrites.steps.apart import disjoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.queries import Scope
    from be_tui.core.rewrites.look import Look

_LOOKED_INTO = frozenset({"in", "not in", "exists"})


def distinct(look: Look) -> Iterator[Step]:
    """Drop DISTINCT where no two rows can be the same."""
    for scope, block in look.selects():
        if not scope.distinct or scope.distinct_on or block.distinct is None:
            continue
        proof = unlike(look, scope)
        if proof is None or scope.use in _LOOKED_INTO:
            continue
        free = look.engine != "postgresql" and len(scope.sources) == 1 and not scope.groups
        yield Step(
            "rewrite-distinct",
            "DISTINCT goes: no two rows are the same",
            (Change(*block.distinct, ""),),
            (Obligation("no two rows are the same", proof),),
            # SQLite and MySQL see by themselves that a key is among the columns of one table.
            "" if free else worth("rewrite-distinct", look.target),
        )


def unlike(look: Look, scope: Scope) -> str | None:
    """Tell why no two rows that a SELECT gives are the same, DISTINCT left out; None if unsure."""
    if not isinstance(scope.node, exp.Select) or has_more_rows(scope):
        return None
    given = [each.column for each in scope.outputs if each.column is not None]
    if scope.groups:
        plain = all(each.column is not None for each in scope.groups)
        group = scope.node.args.get("group")
        simple = group is not None and not any(
            group.args.get(key) for key in ("rollup", "cube", "grouping_sets", "totals", "all")
        )
        if plain and simple and all(any(same(g.column, o) for o in given) for g in scope.groups):
            return "every column of GROUP BY is among those selected"
        return None
    if scope.aggregates:
        return "without GROUP BY an aggregate gives one row" if not scope.having else None
    facts = told_apart(scope, given, look.target)
    return "; ".join(facts) if facts is not None else None


def union_all(look: Look) -> Iterator[Step]:
    """Make a UNION a UNION ALL where no row comes twice, or nobody asks whether one does."""
    for scope in look.query.scopes:
        if scope.operator != "union":
            continue
        changes = _all(look, scope)
        if not changes:
            continue
        if scope.use in _LOOKED_INTO and not is_limited(scope):
            obligations: tuple[Obligation, ...] = (
                Obligation("rows that come twice do no harm", f"{scope.use.upper()} looks into it"),
            )
        else:
            found = _obligations(look, scope)
            if found is None:
                continue
            obligations = found
        yield Step(
            "rewrite-union-all",
            "UNION becomes UNION ALL",
            changes,
            obligations,
            worth("rewrite-union-all", look.target),
        )


def _obligations(look: Look, scope: Scope) -> tuple[Obligation, ...] | None:
    """Give what must hold of the arms; None where nothing of it is known, or it cannot be told."""
    arms = [each for each in scope.children if each.use == "arm"]
    if any(each.operator for each in arms):
        return None
    found: list[Obligation] = []
    for number, arm in enumerate(arms, 1):
        proof = "DISTINCT stands in it" if arm.distinct else unlike(look, arm)
        if is_limited(arm):
            return None
        found.append(Obligation(f"SELECT {number} gives no row twice", proof or ""))
    for first, one in enumerate(arms):
        for second, other in enumerate(arms[first + 1 :], first + 2):
            must = f"SELECT {first + 1} and SELECT {second} give no row in common"
            found.append(Obligation(must, disjoint(look, one, other)))
    # Of most UNIONs nothing is known: to say so of each would tell a person nothing.
    return tuple(found) if any(each.proved for each in found[len(arms) :]) else None


def _all(look: Look, scope: Scope) -> tuple[Change, ...]:
    """Give the changes that put ALL after each UNION of a row of them."""
    arms = [each for each in scope.children if each.use == "arm"]
    changes: list[Change] = []
    for arm in arms[1:]:
        block = look.block(arm)
        token = look.layout.token_before(block.span[0]) if block else None
        while token is not None and token.text == "(":
            token = look.layout.token_before(token.start)
        if token is None:
            return ()
        if token.text.upper() == "DISTINCT":
            changes.append(Change(token.start, token.end + 1, "ALL"))
        elif token.text.upper() == "UNION":
            changes.append(Change(token.end + 1, token.end + 1, " ALL"))
        else:
            return ()
    return tuple(changes)


def _names_itself(look: Look, scope: Scope, node: exp.Expr) -> bool:
    """Tell whether an output is called by its own text, which callers may read it by."""
    return look.engine != "postgresql" and any(each.node is node for each in scope.outputs)


def count_distinct(look: Look) -> Iterator[Step]:
    """Drop DISTINCT in COUNT of a column that is never the same in two rows."""
    for scope in look.query.scopes:
        if not scope.aggregates or not isinstance(scope.node, exp.Select):
            continue
        for node in scope.node.find_all(exp.Count):
            held = node.this
            if not isinstance(held, exp.Distinct) or len(held.expressions) != 1:
                continue
            use = next((each for each in scope.columns if each.node is held.expressions[0]), None)
            if use is None or use.outer or _names_itself(look, scope, node):
                continue
            facts = told_apart(scope, [use], look.target)
            word = look.layout.token_before(use.span[0])
            if facts is None or word is None or word.text.upper() != "DISTINCT":
                continue
            yield Step(
                "rewrite-count-distinct",
                f"DISTINCT goes in COUNT of `{named(use)}`",
                (Change(word.start, use.span[0], ""),),
                (Obligation(f"`{named(use)}` is another in every row", "; ".join(facts)),),
                worth("rewrite-count-distinct", look.target),
            )
