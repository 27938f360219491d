"""Rails': a class a file, read without being run; `change` is also read backward."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.railsops import RailsOps
from be_tui.core.migrations.files.code.railswords import Irreversible
from be_tui.core.migrations.files.code.ruby import RubyFile
from be_tui.core.migrations.files.code.trees import Tree
from be_tui.core.migrations.files.code.values import Recorder
from be_tui.core.migrations.files.numbering import in_order, number_of
from be_tui.core.migrations.files.scripts import by_engine, words_of
from be_tui.core.migrations.model import Migration, Script

if TYPE_CHECKING:
    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import Wrapping
    from be_tui.core.sqltext import Target

_NAME = re.compile(r"(?P<version>\d+)_(?P<title>\w+?)(?:\.\w+)?\.rb")


def read(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read Rails', ordered by number."""
    migrations = []
    for name in folder.top(".rb"):
        text, found = folder.text(name), _NAME.fullmatch(name)
        if text is None:
            continue
        tree = Tree(text, "ruby")
        line = tree.fault()
        if line:
            folder.find("migration-unreadable", name, "is no Ruby that can be read", line)
            continue
        file = RubyFile(tree)
        if not file.is_migration:
            continue
        if found is None:
            message = "Rails passes over a file of this name"
            folder.find("migration-name", name, message, severity="warning")
            continue
        migrations.append(_migration(folder, name, file, target, found))
    return in_order(folder, migrations, lambda each: number_of(each.version))


def _migration(
    folder: Folder, name: str, file: RubyFile, target: Target, found: re.Match[str]
) -> Migration:
    wrapping: Wrapping = by_engine("one", target)
    if "disable_ddl_transaction!" in file.marks:
        wrapping = "none"
    path = folder.shown(name)
    title = words_of(found["title"])
    if "change" in file.methods:
        up = _script(path, file, "change", target, wrapping)
        down = _script(path, file, "change", target, wrapping, backward=True)
    else:
        up = _script(path, file, "up", target, wrapping)
        down = _script(path, file, "down", target, wrapping)
    empty = Script(path, wrapping=wrapping)
    return Migration("rails", found["version"], title, path, up or empty, down)


def _script(
    path: str,
    file: RubyFile,
    method: str,
    target: Target,
    wrapping: Wrapping,
    *,
    backward: bool = False,
) -> Script | None:
    if method not in file.methods:
        return None
    recorder = Recorder(file.tree.text, target)
    try:
        RailsOps(file, recorder, target, backward=backward).run(method, file)
    except Irreversible:
        return None
    if not recorder.statements and not recorder.unread and method == "down":
        return None
    return Script(path, tuple(recorder.statements), wrapping, tuple(recorder.unread))
