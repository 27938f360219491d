"""The script for zsh, for a folder of `$fpath` or to be evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.cli.shells.model import Command, Option, Value

_HEAD = """#compdef be-tui
# be-tui for zsh, made by `be-tui completions zsh`.

_be_tui_ask() {
  local -a found
  found=("${(@f)$("$program" completions --ask "$@[-1]" 2>/dev/null)}")
  compadd "${@[1,-2]}" -a found
}

_be_tui() {
  local program=${(Q)words[1]} command=""
  local -i depth=0
"""

_TAIL = """
  shift depth words
  (( CURRENT -= depth ))
  case $command in
"""

_FOOT = """\
  esac
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _be_tui "$@"
else
  compdef _be_tui be-tui
fi
"""


def write(commands: tuple[Command, ...]) -> str:
    """Give the script."""
    session, *named = commands
    lines = [_HEAD, *_choosing(named), _TAIL]
    for command in (session, *named):
        lines += [f"    ({_quoted(command.path)})", "      _arguments -S \\"]
        about = {each.words[-1]: each.about for each in named if len(each.words) == 1}
        specs = [*map(_option, command.options), *_places(command, about)]
        lines += [f"        {spec} \\" for spec in specs]
        lines[-1] = lines[-1].removesuffix(" \\")
        lines.append("      ;;")
    return "\n".join([*lines, _FOOT])


def _choosing(commands: list[Command]) -> Iterator[str]:
    """Find out which command is meant, from words that are whole."""
    for depth in (1, 2):
        paths = [each.path for each in commands if len(each.words) == depth]
        if paths:
            whole = " ".join(f"${{words[{index + 2}]}}" for index in range(depth))
            yield f"  if (( CURRENT > {depth + 1} )); then"
            yield f'    case "{whole}" in'
            yield f'      ({"|".join(map(_quoted, paths))}) command="{whole}" depth={depth} ;;'
            yield "    esac"
            yield "  fi"


def _option(option: Option) -> str:
    about = _escaped(option.help)
    value = ""
    if option.value:
        value = f":{_escaped(option.value.name)}:{_action(option.value)}"
    names = option.names
    others = f"({' '.join(names)})" if len(names) > 1 else ""
    shown = "{" + ",".join(names) + "}" if len(names) > 1 else names[0]
    mark = "=" if option.value and all(name.startswith("--") for name in names) else ""
    if len(names) > 1:
        return f"{_quoted(others)}{shown}{_quoted(f'[{about}]{value}')}"
    return _quoted(f"{shown}{mark}[{about}]{value}")


def _places(command: Command, about: dict[str, str]) -> Iterator[str]:
    last = len(command.places) - 1
    for index, value in enumerate(command.places):
        place = "*" if index == last else str(index + 1)
        name = _escaped(value.name or "argument").lower()
        if not command.words and value.kind == "words":
            pairs = " ".join(
                f"{word}\\:{_escaped(about[word], quoted=True)}" for word in value.words
            )
            yield _quoted(f"1:command:(({pairs}))")
        elif value.kind != "text":
            yield _quoted(f"{place}:{name}:{_action(value)}")


def _action(value: Value) -> str:
    match value.kind:
        case "words":
            return f"({' '.join(value.words)})"
        case "asked":
            return f"_be_tui_ask {value.words[0]}"
        case "files":
            return "_files"
        case "folders":
            return "_files -/"
        case _:
            return ""


def _escaped(text: str, *, quoted: bool = False) -> str:
    """Escape what zsh takes for the end of a part."""
    for sign in "\\:[]":
        text = text.replace(sign, f"\\{sign}")
    if quoted:
        for sign in "() \"'`$":
            text = text.replace(sign, f"\\{sign}")
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
