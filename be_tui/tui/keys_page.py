"""`docs/keys.md`, made from the table of actions: `python -m be_tui.tui.keys_page`."""

from __future__ import annotations

import sys

from be_tui.tui.actions import ACTIONS, Action
from be_tui.tui.help import MOVING, keys_of

_HEAD = """\
# Keys

Made from the table of actions by `python -m be_tui.tui.keys_page > docs/keys.md`; a test keeps
it in step. In the session, `?` shows the keys of the screen that you are on, with what an action
that cannot be done just now waits for; `ctrl+p` finds every action by a few letters.

Other keys are chosen in the [configuration](configuration.md#keys) by an action's id:

```toml
[keys]
"app.back" = ["backspace", "["]
```

A choice takes its keys away from other actions of the same screen. What is wrong with one is told
when the session begins and on the page of keys. Control with `h`, `i`, `j`, `m` or `[` cannot be
chosen: many terminals send them as Backspace, Tab, Newline, Enter and Escape.

Escape is slow by design: terminals send it as the beginning of other keys, so Textual waits a
tenth of a second to be sure (`ESCDELAY`, in milliseconds). `[` goes back at once.
"""


def keys_page() -> str:
    """Give the page as Markdown."""
    scopes = dict.fromkeys(action.scope for action in ACTIONS)
    parts = [_HEAD, _section("Everywhere", "app")]
    parts += [_section(scope.capitalize(), scope) for scope in scopes if scope != "app"]
    parts.append(_moving())
    return "\n".join(parts)


def _section(title: str, scope: str) -> str:
    rows = [_row(action) for action in ACTIONS if action.scope == scope]
    return f"## {title}\n\n| Keys | What it does | Action |\n| --- | --- | --- |\n" + "".join(rows)


def _row(action: Action) -> str:
    keys = " ".join(f"`{key}`" for key in keys_of(action).split(", "))
    return f"| {keys} | {action.help} | `{action.id}` |\n"


def _moving() -> str:
    rows = "".join(f"| {keys} | {told} |\n" for keys, told in MOVING)
    return f"## Moving\n\nThese are the same everywhere.\n\n| Keys | |\n| --- | --- |\n{rows}"


if __name__ == "__main__":
    sys.stdout.write(keys_page())
