"""How fast services are generated: `python -m benchmarks.scaffolds [--margin F]`.

In process, the first time that a stack is rendered and held against a folder; and the whole
command from the shell and back, beside copier and cookiecutter where they are installed, each
with a template of as many files that is made here from what be-tui generated.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold.manifests import stack_names
from benchmarks.bounds import Bounds, add_margin
from benchmarks.checks import program

SPEC = Path(knowledge_dir(), "specs", "shop.yaml")

RENDER_MS = 150.0
"""CPU milliseconds that sixty files may take the first time, from the text of a spec."""

DIFFERENCE_MS = 30.0
"""CPU milliseconds that holding sixty files against a folder that has them may take."""

FILES = 60

RUNS = 5

_IN_PROCESS = """
import json, sys, time
from pathlib import Path
from be_tui.core.scaffold import parse_spec
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.settling import read_base, settle
text, stack, root = Path(sys.argv[1]).read_text(), sys.argv[2], Path(sys.argv[3])
began = time.process_time()
files = render(parse_spec(text).service, read_stack(stack), frozenset())
rendered = time.process_time()
base = read_base(root)
settle(files, base, base, root)
settled = time.process_time()
print(json.dumps([len(files), (rendered - began) * 1000, (settled - rendered) * 1000]))
"""


def main() -> int:
    """Measure, print, and tell by the exit code whether the bounds hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaffolds")
    add_margin(parser)
    bounds = Bounds(parser.parse_args().margin)
    return max(_stack(name, bounds) for name in stack_names())


def _stack(name: str, bounds: Bounds) -> int:
    with tempfile.TemporaryDirectory() as made:
        root = Path(made, "service")
        make = (sys.executable, "-m", "be_tui", "scaffold", "make", str(SPEC), "--stack", name)
        subprocess.run((*make, str(root)), check=True, capture_output=True)
        count, rendered, settled = min(_in_process(name, root) for _ in range(RUNS))
        # Bounds are for sixty files; a stack of more may take its share more.
        share = max(count / FILES, 1.0)
        print(f"{name}: {count:.0f} files rendered in {rendered:.0f} ms of CPU", end=" ")
        print(f"(at most {bounds.of(RENDER_MS * share):.0f}), held against a folder in", end=" ")
        print(f"{settled:.0f} ms (at most {bounds.of(DIFFERENCE_MS * share):.0f})")
        slow = _beside(make, Path(made), root)
    missed = rendered > bounds.of(RENDER_MS * share) or settled > bounds.of(DIFFERENCE_MS * share)
    return int(missed or slow)


def _in_process(name: str, root: Path) -> tuple[float, float, float]:
    command = (sys.executable, "-c", _IN_PROCESS, str(SPEC), name, str(root))
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    count, rendered, settled = json.loads(done.stdout)
    return count, rendered, settled


def _beside(make: tuple[str, ...], folder: Path, root: Path) -> bool:
    """Run the whole command beside the peers'; tell whether one of them was faster."""
    own = min(program((*make, str(folder / f"own{run}"))) or 0.0 for run in range(RUNS))
    print(f"  the whole command: {own:.0f} ms of CPU")
    peers = {
        "copier": ("copier", "copy", "--defaults", "--quiet", _copier(folder, root)),
        "cookiecutter": ("cookiecutter", "--no-input", _cookiecutter(folder, root), "-o"),
    }
    slow = False
    for peer, command in peers.items():
        spent = [program((*command, str(folder / f"{peer}{run}"))) for run in range(RUNS)]
        known = [each for each in spent if each is not None]
        if known:
            print(f"  {peer}: {min(known):.0f} ms, {min(known) / own:.1f} times be-tui's")
            slow = slow or own > min(known)
    return slow


def _copier(folder: Path, root: Path) -> str:
    """Make a template of copier's of what was generated, its name asked for in each file."""
    template = folder / "copier-template"
    for path, text in _generated(root):
        _write(template / f"{path}.jinja", f"[[ service ]]\n{text}")
    marks = "{block_start_string: '[%', block_end_string: '%]', variable_start_string: '[['"
    marks += ", variable_end_string: ']]', comment_start_string: '[#', comment_end_string: '#]'}"
    _write(template / "copier.yml", f"_envops: {marks}\nservice: {{type: str, default: shop}}\n")
    return str(template)


def _cookiecutter(folder: Path, root: Path) -> str:
    """Make a template of cookiecutter's of what was generated, its name asked for in each file."""
    template = folder / "cookiecutter-template"
    for path, text in _generated(root):
        said = "{{ cookiecutter.service }}\n{% raw %}" + text + "{% endraw %}"
        _write(template / "{{ cookiecutter.service }}" / path, said)
    _write(template / "cookiecutter.json", '{"service": "shop"}')
    return str(template)


def _generated(root: Path) -> list[tuple[str, str]]:
    return [
        (path.relative_to(root).as_posix(), path.read_text())
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".be-tui" not in path.parts
    ]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


if __name__ == "__main__":
    sys.exit(main())
