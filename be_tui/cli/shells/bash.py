"""The script for bash, from 3.2 (macOS) up; it needs nothing of bash-completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.cli.shells.model import Command, Value

_SCRIPT = r"""# be-tui for bash, made by `be-tui completions bash`.

# Offers the lines that begin as what was typed. They are never run nor expanded.
_be_tui_offer() {
    local line
    while IFS= read -r line; do
        if [[ $line == "$cur"* ]]; then
            # What stands before a colon is there already: bash takes colons for ends of words.
            [[ $cur == *:* ]] && line=${line#"${cur%"${cur##*:}"}"}
            COMPREPLY+=("$line")
        fi
    done
}

_be_tui_paths() {
    local IFS=$'\n'
    COMPREPLY=($(compgen "$1" -- "$cur"))
    compopt -o filenames 2>/dev/null
}

_be_tui() {
    local cur prev command="" takes="" options="" place=0 first=1 skip="" glued="" i
    local words=()
    COMPREPLY=()
    # Put together what bash took apart at colons and equal signs.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        if [[ $i -gt 0 && ( $glued || ${COMP_WORDS[i]} == [:=]* ) ]]; then
            words[${#words[@]}-1]+=${COMP_WORDS[i]}
        else
            words+=("${COMP_WORDS[i]}")
        fi
        glued=""
        [[ ${COMP_WORDS[i]} == [:=] ]] && glued=1
    done
    cur=${words[${#words[@]}-1]}
    prev=${words[${#words[@]}-2]}
    if [[ $cur == --*=* ]]; then
        prev=${cur%%=*}
        cur=${cur#*=}
    fi

    if ((${#words[@]} > 2)); then
        case ${words[1]} in
            @ONE@) command=${words[1]} first=2 ;;
        esac
    fi
    if ((${#words[@]} > 3)); then
        case "${words[1]} ${words[2]}" in
            @TWO@) command="${words[1]} ${words[2]}" first=3 ;;
        esac
    fi
    case $command in
@OPTIONS@
    esac
    for ((i = first; i < ${#words[@]} - 1; i++)); do
        if [[ $skip ]]; then
            skip=""
        elif [[ ${words[i]} == -* ]]; then
            [[ " $takes " == *" ${words[i]} "* ]] && skip=1
        else
            place=$((place + 1))
        fi
    done

    if [[ " $takes " == *" $prev "* ]]; then
        case "$command $prev" in
@VALUES@
        esac
    elif [[ $cur == -* ]]; then
        _be_tui_offer <<<"${options// /$'\n'}"
    else
        case "$command $place" in
@PLACES@
        esac
    fi
}

complete -F _be_tui be-tui
"""


def write(commands: tuple[Command, ...]) -> str:
    """Give the script."""
    parts = {
        "@ONE@": " | ".join(each.path for each in commands if len(each.words) == 1),
        "@TWO@": " | ".join(f'"{each.path}"' for each in commands if len(each.words) > 1),
        "@OPTIONS@": "\n".join(map(_options, commands)),
        "@VALUES@": "\n".join(line for each in commands for line in _values(each)),
        "@PLACES@": "\n".join(line for each in commands for line in _places(each)),
    }
    script = _SCRIPT
    for mark, text in parts.items():
        script = script.replace(mark, text)
    return script


def _options(command: Command) -> str:
    takes = [name for each in command.options if each.value for name in each.names]
    names = [name for each in command.options for name in each.names]
    said = f'takes="{" ".join(takes)}" options="{" ".join(names)}"'
    return f'        "{command.path}") {said} ;;'


def _values(command: Command) -> Iterator[str]:
    for option in command.options:
        offered = option.value and _offered(option.value)
        if offered:
            names = " | ".join(f'"{command.path} {name}"' for name in option.names)
            yield f"            {names}) {offered} ;;"


def _places(command: Command) -> Iterator[str]:
    last = len(command.places) - 1
    for index, value in enumerate(command.places):
        offered = _offered(value)
        if offered:
            place = f'"{command.path} "*' if index == last else f'"{command.path} {index}"'
            yield f"            {place}) {offered} ;;"


def _offered(value: Value) -> str:
    """Give the call that offers what can stand there; nothing where anything can."""
    match value.kind:
        case "words":
            lines = "\\n".join(value.words)
            return f"_be_tui_offer <<<$'{lines}'"
        case "asked":
            return (
                f'_be_tui_offer < <("${{words[0]}}" completions --ask {value.words[0]} 2>/dev/null)'
            )
        case "files":
            return "_be_tui_paths -f"
        case "folders":
            return "_be_tui_paths -d"
        case _:
            return ""
