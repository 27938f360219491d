"""Small packs to break: a tree that holds together, and the files around it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from be_tui.core.knowledge import Known, check_paths

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.findings import Finding

TREE = """\
tree: tea
version: 1
title: Tea or coffee
question: What should the team drink?
summary: A small decision.
first: hour
sources:
  grey:
    title: On tea
    by: Earl Grey
    section: ch. 2
    url: "https://example.org/tea"
  habit:
    title: What we do
    rule_of_thumb: true
questions:
  hour:
    ask: What time is it?
    why: Late coffee keeps people awake.
    sources: [grey]
    evidence:
      - probe: clock
        readings:
          - {when: {clock.hour: {below: 12}}, answer: no, says: it is morning}
          - {when: {clock.hour: {at_least: 12, below: 24}}, answer: yes, says: it is late}
    options:
      yes: {label: "Late", note: after noon, to: thirst}
      no: {label: "Early", to: coffee}
    unknown: {assume: no, price: a short night, find_out: look at the clock}
  thirst:
    ask: How thirsty is the team?
    why: It matters.
    options:
      some: {label: Some, to: tea}
      much: {label: Much, to: tea}
    routes:
      - when: {any: [{thirst: [some, much], clock.hour: {above: 22}}, {not: {hour: yes}}]}
        to: water
        label: very late
    unknown: {assume: some, price: a cup}
outcomes:
  tea:
    title: Tea
    advice: |
      Make **tea**.
    steps: [Boil water, Wait]
    door: two-way
    price: a cup
    again: tomorrow
    sources: [habit]
    references: [drinks#tea]
    actions:
      - {label: Read on, open: library, argument: drinks#tea}
      - {label: Decide again, open: decide, argument: tea}
  coffee: &COFFEE
  water: &WATER
"""

_REST = """
    title: {title}
    advice: Make it. See [the drinks](drinks).
    steps: [Make it]
    door: one-way
    price: a cup
    again: tomorrow"""

TREE = TREE.replace(" &COFFEE", _REST.format(title="Coffee"))
TREE = TREE.replace(" &WATER", _REST.format(title="Water"))

REFERENCE = """\
---
id: drinks
title: Drinks
summary: What to drink, and when.
---

Before all else, [water](#water).

# All drinks

An overview.

## Tea {#tea}

Green or black; see [the decision](tree:tea) and [a site](https://example.org).

### Steeping

Three minutes at 80 degrees.

## Water

It is `H2O`.

```sh
## no heading
pour --cold =~ x
```
"""

CHECKLIST = """\
checklist: kitchen
title: Kitchen check
summary: What to look at.
sources:
  grey: {title: On tea}
groups:
  water:
    title: Water
    checks:
      boiled:
        ask: Was it boiled?
        why: Germs.
        how: "Look for [steam](drinks#water)."
        sources: [grey]
        references: [drinks#water]
      fresh: {ask: Is it fresh?, why: Taste.}
"""

RULE = """\
rule: stale-water
title: The water is stale
severity: warning
why: It tastes flat.
fix: "Pour it away, as [here](drinks#water)."
fine_when: Nobody drinks it.
sources:
  grey: {title: On tea}
references: [drinks#water]
also_known_as: [old-water]
"""

ALIASES = """\
aliases:
  cuppa: [tea, n+1 leaves]
  h2o: [water]
"""

COVER = """\
reference: brewing
title: Brewing
summary: How to make it.
levels: must-should-may
checked_for: 12
chapters: [leaves, heat]
concepts: [green tea, boiling point]
"""

LEAVES = """\
chapter: leaves
reference: brewing
title: Leaves
intro: |
  Before [all else](#heat).
sources:
  grey: {title: On tea, by: Earl Grey, section: ch. 2, url: "https://example.org/tea"}
  habit: {title: What we do, rule_of_thumb: true}
items:
  loose-leaves:
    level: should
    statement: Brew loose leaves, not bags
    why: |
      Bags hold **dust**; see [tea](drinks#tea).
    when_not: Nobody has a strainer.
    check:
      - {probe: clock, measure: clock.hour, passes: {clock.hour: {below: 12}}, says: it is morning}
      - {tool: nose, how: "rule `smells-fresh`"}
      - {hand: Look into the pot}
    examples:
      - language: sql
        engines: [sqlite, postgresql]
        setup: |
          CREATE TABLE cup (tea text);
        wrong: |
          SELECT tea FROM cups;
        wrong_shows:
          sqlite: {fails: "no such table"}
          postgresql: {fails: "does not exist"}
        right: |
          SELECT tea FROM cup;
        right_shows: {rows: 0, value: {sqlite: "NULL", postgresql: "3"}}
        note: The name is `cup`.
      - language: http
        right: |
          GET /tea HTTP/1.1
          Accept: text/tea
    sources: [grey, habit]
    checked: 2026-03-01
    applies_to: [Green 10+, Black]
    concepts: [green tea]
    related: [tree:tea, drinks#tea]
    disputes: [brewing#bags]
    changed: |
      Bags were new once.
    subject: bags
    position: against
  bags:
    level: may
    statement: Brew bags
    why: They are quick.
    when_not: There is time.
    check: [{hand: Look into the cup}]
    sources: [habit]
    checked: 2026-03-01
    disputes: [brewing#loose-leaves]
    subject: bags
    position: for
"""

HEAT = """\
chapter: heat
reference: brewing
title: Heat
sources:
  grey: {title: On tea}
items:
  boil-water:
    level: must
    statement: Boil the water first
    why: Germs.
    when_not: It is green tea.
    check: [{probe: clock, passes: {clock.hour: {above: 0}}}]
    sources: [grey]
    checked: 2026-03-01
    applies_to: [Black]
    concepts: [boiling point]
"""

ITEM_FILES = {
    "references/brewing/reference.yaml": COVER,
    "references/brewing/01-leaves.yaml": LEAVES,
    "references/brewing/02-heat.yaml": HEAT,
}
"""A reference of items, which leads into the small pack."""

CHECKED_FILES = ITEM_FILES | {
    "references/brewing/01-leaves.yaml": LEAVES.replace(
        "{probe: clock, measure: clock.hour, passes: {clock.hour: {below: 12}}, "
        "says: it is morning}",
        "{probe: schema, measure: schema.int_keys, passes: {schema.int_keys: {at_most: 0}}}",
    ),
    "references/brewing/02-heat.yaml": HEAT.replace(
        "{probe: clock, passes: {clock.hour: {above: 0}}}",
        "{probe: stack, passes: {stack.queue: true}}",
    ),
}
"""The same, checked by probes that be-tui has."""

INT_KEY = "CREATE TABLE cup (id int PRIMARY KEY);\n"
"""A schema that does not keep to the first item."""

SPRING = date(2026, 4, 1)
"""A day on which nothing of it is due to be checked again."""

FILES = {
    "trees/tea.yaml": TREE,
    "references/drinks.md": REFERENCE,
    "checklists/kitchen.yaml": CHECKLIST,
    "rules/stale-water.yaml": RULE,
    "aliases.yaml": ALIASES,
}

KNOWN = Known({"clock": ("clock.hour",)}, ("library", "decide"))

HOUSE = {
    "references/house/reference.yaml": """\
reference: house
title: House
summary: Ours.
levels: must-should-may
chapters: [one]
""",
    "references/house/01-one.yaml": """\
chapter: one
reference: house
title: One
sources: {ours: {title: Ours, rule_of_thumb: true}}
items:
  an-item:
    level: must
    statement: Do it
    why: Because.
    when_not: Never.
    check: [{hand: look}]
    examples:
      - language: sql
        engines: [sqlite]
        right: SELECT 1;
        right_shows: {rows: 2}
    sources: [ours]
    checked: 2026-11-23
""",
}
"""A reference of one item, whose example does not show what it says."""


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write a pack into a folder; the small one where no files are given."""
    for name, text in (FILES if files is None else files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_project(root: Path, files: dict[str, str] | None = None) -> Path:
    """Write a project's pack; give the project."""
    write(root / ".be-tui", files)
    return root


def changed(old: str, new: str, text: str = TREE) -> str:
    """Give a text with one stretch of it replaced."""
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return text.replace(old, new)


def check(project: Path) -> tuple[Finding, ...]:
    """Check the project's pack alone."""
    return check_paths([project / ".be-tui"], project=project, known=KNOWN, today=SPRING)
