"""A small bundled pack, so that frames do not depend on what is written in ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HANDBOOK = """\
---
id: handbook
title: The handbook
summary: What we do, and why.
---

# The handbook

Begin with [caching](#caching) or the [glossary](glossary#ttl). Decide
[whether to tune](tree:tune), see [the web](https://example.org/x) or
[the checks](checklist:review).

## Caching {#caching}

Keep what is read often and dear to make. A *time to live* goes on every key.

```python
cache.set(key, value, ttl=60)
```

### Invalidation

Delete the key after the commit.

## Queues

Work that may wait goes into a queue. A message may come twice.

```sql
SELECT id FROM jobs FOR UPDATE SKIP LOCKED
```
"""
GLOSSARY = """\
---
id: glossary
title: Glossary
summary: Words, each in a sentence.
---

## TTL {#ttl}

How long an entry of a cache may live.
"""
REVIEW = """\
checklist: review
title: Before you merge
summary: What to look at.
sources:
  us: {title: Our own practice, rule_of_thumb: true}
groups:
  data:
    title: Data
    checks:
      keys:
        ask: Does every table have a key?
        why: Rows must be told apart.
        how: Read the DDL.
        sources: [us]
"""
TUNE = """\
tree: tune
version: 1
title: When to tune
question: Should we tune this now?
summary: Whether it is worth it.
first: slow
sources:
  us: {title: Our own practice, rule_of_thumb: true}
questions:
  slow:
    ask: Is anybody kept waiting?
    why: Nobody pays for speed that nobody feels.
    sources: [us]
    options:
      "no": {label: "No", to: leave}
      "yes": {label: "Yes", to: leave}
    unknown: {assume: "no", price: a slow page, find_out: ask support}
outcomes:
  leave:
    title: Leave it
    advice: Leave it as it is.
    steps: [Measure again in a month]
    door: two-way
    price: nothing
    again: in a month
    sources: [us]
    references: [handbook#caching]
"""


def write_pack(root: Path) -> Path:
    """Write a pack with two references, a checklist and a tree; give its folder."""
    files = {
        "references/handbook.md": HANDBOOK,
        "references/glossary.md": GLOSSARY,
        "checklists/review.yaml": REVIEW,
        "trees/tune.yaml": TUNE,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
