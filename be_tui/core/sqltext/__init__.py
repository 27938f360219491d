"""SQL as people write it: read from files, taken apart into statements, parsed one by one.

read_sql(path), decoded(data, where)     the text of a file, whatever its encoding
split(text, engine)                      its statements, each with its place
client_commands(text)                    what stands between them for psql alone
parse(statement, engine)                 a statement's tree and tokens, or why there is none
guess(text), marked(text)                the engine that a text is written for, and by its marks
is_templated(name)                       whether a name stands for what a template will put there
without_templates(text)                  a text whose placeholders are names of the same length

One statement that cannot be read costs that statement only. Names are resolved when first used;
sqlglot is loaded by the first statement that is parsed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.sqltext.engines import guess, marked, parse_target
    from be_tui.core.sqltext.masking import is_templated, without_templates
    from be_tui.core.sqltext.model import ENGINES, Engine, Parsed, Statement, Target, Unread
    from be_tui.core.sqltext.parsing import NOTHING, parse
    from be_tui.core.sqltext.reading import decoded, read_sql
    from be_tui.core.sqltext.splitting import client_commands, split

__all__ = [
    "ENGINES",
    "NOTHING",
    "Engine",
    "Parsed",
    "Statement",
    "Target",
    "Unread",
    "client_commands",
    "decoded",
    "guess",
    "is_templated",
    "marked",
    "parse",
    "parse_target",
    "read_sql",
    "split",
    "without_templates",
]

if not TYPE_CHECKING:
    _HOMES = {
        "engines": ("guess", "marked", "parse_target"),
        "masking": ("is_templated", "without_templates"),
        "model": ("ENGINES", "Engine", "Parsed", "Statement", "Target", "Unread"),
        "parsing": ("NOTHING", "parse"),
        "reading": ("decoded", "read_sql"),
        "splitting": ("client_commands", "split"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
