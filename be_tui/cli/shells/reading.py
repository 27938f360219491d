"""Read every command from its parser, and the session's options from the help page."""

from __future__ import annotations

import re
from argparse import SUPPRESS
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from be_tui.cli import COMMANDS, SCREENS, usage
from be_tui.cli.shells.model import Command, Option, Value

if TYPE_CHECKING:
    from argparse import Action

    from be_tui.cli.arguments import Parser
    from be_tui.cli.shells.model import Kind

_OPTION = re.compile(r"^  (?:(-\w), )?(--[a-z-]+)(?: ([A-Z]+))?  +(\S.*)$", re.MULTILINE)
"""A line of the help page that tells an option."""

_END = re.compile(r"[:;,.](?:\s|$)")

_PATHS: dict[str, Kind] = {"DIR": "folders", "FILE": "files", "PATH": "files"}
"""Names of values that are paths."""

_ASKED = {
    "tree": "trees",
    "address": "addresses",
    "probe": "probes",
    "theme": "themes",
}
"""Arguments whose values be-tui knows only at the moment they are typed."""


def command_line() -> tuple[Command, ...]:
    """Give the session, then every command in the order of the help page."""
    commands = [_session()]
    for name in COMMANDS:
        own = [_command(parser) for parser in import_module(f"be_tui.cli.{name}").parsers()]
        first, *below = own if own[0].words == (name,) else (_parent(name), *own)
        words = tuple(command.words[1] for command in below)
        if words and first.places[:1] and first.places[0].kind == "text":
            first = replace(first, places=(Value("words", words, "COMMAND"), Value()))
        commands += (first, *below)
    return tuple(commands)


def _session() -> Command:
    options = []
    for short, long, name, about in _OPTION.findall(usage()):
        names = tuple(filter(None, (short, long)))
        value = _value(long.removeprefix("--"), name) if name else None
        if long == "--screen":
            value = Value("words", SCREENS, name)
        options.append(Option(names, about.rstrip(";"), value))
    places = Value("words", tuple(COMMANDS), "COMMAND"), Value()
    return Command((), "the full-screen session", tuple(options), places)


def _parent(name: str) -> Command:
    """Make the command that has no parser of its own, because a word must follow it."""
    return Command(
        (name,), COMMANDS[name], (Option(("-h", "--help"), "show its help"),), (Value(),)
    )


def _command(parser: Parser) -> Command:
    # argparse tells what it was told by no other way.
    actions = [each for each in parser._actions if each.help != SUPPRESS]  # noqa: SLF001
    options = tuple(_option(each) for each in actions if each.option_strings)
    places = [each for each in actions if not each.option_strings]
    values = [_place(each) for each in places]
    if not places or places[-1].nargs not in {"*", "+"}:
        values.append(Value())
    words = tuple(parser.prog.split()[1:])
    about = COMMANDS.get(words[-1], "") if len(words) == 1 else _first_part(parser.description)
    return Command(words, about, options, tuple(values))


def _first_part(text: str | None) -> str:
    """Give the beginning of a description, up to its first sign that ends a part."""
    return _END.split(" ".join((text or "").split()), maxsplit=1)[0]


def _option(action: Action) -> Option:
    value = None if action.nargs == 0 else _place(action)
    names = tuple(action.option_strings)
    return Option(names, action.help or "", value)


def _place(action: Action) -> Value:
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.choices is not None:
        return Value("words", tuple(map(str, action.choices)), name)
    return _value(action.dest, name)


def _value(dest: str, name: str) -> Value:
    if dest in _ASKED:
        return Value("asked", (_ASKED[dest],), name)
    return Value(_PATHS.get(name, "text"), (), name)
