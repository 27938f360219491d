"""The script for fish."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.cli.shells.model import Command, Option, Value

_HEAD = """\
# be-tui for fish, made by `be-tui completions fish`.

# Tells whether the words before the cursor call this command; the session is the empty one.
function __be_tui_at
    set -l words (commandline -opc)
    set -e words[1]
    set -l known @KNOWN@
    if test (count $words) -ge 2; and contains -- "$words[1] $words[2]" $known
        test "$argv" = "$words[1] $words[2]"
    else if test (count $words) -ge 1; and contains -- "$words[1]" $known
        test "$argv" = "$words[1]"
    else
        test -z "$argv"
    end
end

# Tells the same, and that so many words stand after it that are no options.
function __be_tui_place
    set -l place $argv[1]
    set -l at $argv[2..-1]
    __be_tui_at $at; or return 1
    set -l takes @TAKES@
    set -l found (math -1 - (count (string split -n ' ' -- "$at")))
    set -l skip 0
    for word in (commandline -opc)
        if test $skip -eq 1
            set skip 0
        else if contains -- "$word" $takes
            set skip 1
        else if not string match -q -- '-*' "$word"
            set found (math $found + 1)
        end
    end
    test $found -eq $place
end

function __be_tui_ask
    set -l program (commandline -opc)[1]
    $program completions --ask $argv[1] 2>/dev/null
end

complete -c be-tui -f
"""


def write(commands: tuple[Command, ...]) -> str:
    """Give the script."""
    known = " ".join(_quoted(each.path) for each in commands if each.words)
    about = {each.path: each.about for each in commands}
    options = (option for each in commands for option in each.options if option.value)
    takes = " ".join(dict.fromkeys(name for option in options for name in option.names))
    lines = [_HEAD.replace("@KNOWN@", known).replace("@TAKES@", takes)]
    for command in commands:
        lines += (_option(command, option) for option in command.options)
        lines += _places(command, about)
    return "\n".join(lines) + "\n"


def _option(command: Command, option: Option) -> str:
    names = " ".join(
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    )
    value = ""
    if option.value:
        value = " -r -F" if option.value.kind == "files" else " -x" + _offered(option.value)
    return f"{_at(command)} {names}{value} -d {_quoted(option.help)}"


def _at(command: Command) -> str:
    return f"complete -c be-tui -n {_quoted(f'__be_tui_at {command.path}'.rstrip())}"


def _places(command: Command, about: dict[str, str]) -> Iterator[str]:
    last = len(command.places) - 1
    for index, value in enumerate(command.places):
        if value.kind == "text":
            continue
        test = f"__be_tui_place {index} {command.path}".rstrip()
        if index == last and index:
            test = f"__be_tui_at {command.path}"
        start = f"complete -c be-tui -n {_quoted(test)}"
        if value.kind == "words":
            for word in value.words:
                words = f"{command.path} {word}".strip()
                yield f"{start} -a {_quoted(word)} -d {_quoted(about.get(words, ''))}"
        elif value.kind == "files":
            yield f"{_at(command)} -F"
        else:
            yield f"{start}{_offered(value)}"


def _offered(value: Value) -> str:
    match value.kind:
        case "words":
            return f" -a {_quoted(' '.join(value.words))}"
        case "asked":
            return f" -a '(__be_tui_ask {value.words[0]})'"
        case "folders":
            return " -a '(__fish_complete_directories)'"
        case _:
            return ""


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
