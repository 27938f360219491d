"""Django's: an app's migrations, whose operations are read over the state that they build."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.djangoops import DjangoOps
from be_tui.core.migrations.files.code.djangostate import State
from be_tui.core.migrations.files.code.python import Evaluator, Scope, Source
from be_tui.core.migrations.files.code.values import Call, Name, Recorder, Spot
from be_tui.core.migrations.files.folder import text_above
from be_tui.core.migrations.files.graphs import Node, ordered
from be_tui.core.migrations.files.scripts import by_engine, words_of
from be_tui.core.migrations.model import Migration, Script

if TYPE_CHECKING:
    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import Wrapping
    from be_tui.core.sqltext import Target

_NUMBER = re.compile(r"(?P<number>\d+)_(?P<title>.*)")
_LABEL = re.compile(r"^\s*label\s*=\s*[\"'](\w+)[\"']", re.M)


@dataclass(frozen=True, slots=True)
class _File:
    """One migration before its operations are read."""

    stem: str
    name: str
    after: tuple[str, ...]
    replaces: tuple[str, ...]
    values: dict[str, object]
    evaluator: Evaluator


def app_of(folder: Folder) -> str:
    """Give the app that a folder of migrations belongs to."""
    found = _LABEL.search(text_above(Path(folder.root).resolve().parent, "apps.py", 1))
    return found[1] if found else Path(folder.root).resolve().parent.name


def leaves_of(folder: Folder) -> list[str]:
    """Give the migrations that no other follows."""
    files = _files(folder)
    followed = {each for file in files for each in file.after}
    return [file.stem for file in files if file.stem not in followed]


def read(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read an app's, in an order in which they can be run."""
    files = _files(folder)
    nodes = [Node(file.stem, file.after, file.name) for file in files]
    order = ordered(folder, nodes, "manage.py makemigrations --merge")
    known = {file.stem: file for file in files}
    state = State(app_of(folder))
    return tuple(_migration(folder, known[node.id], target, state) for node in order)


def _files(folder: Folder) -> list[_File]:
    found = []
    for name in folder.top(".py"):
        text = folder.text(name)
        if text is None or name == "__init__.py" or "Migration" not in text:
            continue
        try:
            source = Source(text)
        except (SyntaxError, ValueError, RecursionError) as error:
            line = error.lineno or 0 if isinstance(error, SyntaxError) else 0
            folder.find("migration-unreadable", name, "is no Python that can be read", line)
            continue
        file = _file(folder, name, source)
        if file is not None:
            found.append(file)
    stems = {file.stem for file in found}
    # What was squashed is there either as one or step by step; the steps say more.
    return [file for file in found if not (file.replaces and set(file.replaces) <= stems)]


def _file(folder: Folder, name: str, source: Source) -> _File | None:
    evaluator = Evaluator(source)
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Migration":
            scope = Scope(outer=evaluator.module)
            for inner in node.body:
                evaluator.assign(inner, scope)
            app = app_of(folder)
            after = _own(scope.values.get("dependencies"), app)
            replaces = _own(scope.values.get("replaces"), app)
            stem = name.removesuffix(".py")
            return _File(stem, name, after, replaces, scope.values, evaluator)
    return None


def _own(value: object, app: str) -> tuple[str, ...]:
    """Give the names of an app's own migrations out of a list of pairs."""
    pairs = value if isinstance(value, (list, tuple)) else ()
    pair = 2
    names = [
        str(each[1])
        for each in pairs
        if isinstance(each, (list, tuple)) and len(each) == pair and each[0] == app
    ]
    return tuple(each for each in names if each not in {"__first__", "__latest__"})


def _migration(folder: Folder, file: _File, target: Target, state: State) -> Migration:
    path = folder.shown(file.name)
    alone = file.values.get("atomic") is False
    wrapping: Wrapping = "none" if alone else by_engine("one", target)
    recorder = Recorder(file.evaluator.source.text, target)
    operations = file.values.get("operations")
    work = DjangoOps(recorder, target, state)
    for each in operations if isinstance(operations, (list, tuple)) else ():
        work.perform(each)
    work.finish()
    if operations is not None and not isinstance(operations, (list, tuple)):
        recorder.unknown("its operations are known only when it runs", Spot(0, 1))
    up = Script(path, tuple(recorder.statements), wrapping, tuple(recorder.unread))
    down = _backward(file, target, wrapping, path)
    found = _NUMBER.fullmatch(file.stem)
    title = words_of(found["title"] if found else file.stem)
    return Migration("django", file.stem, title, path, up, down, file.after)


def _backward(file: _File, target: Target, wrapping: Wrapping, path: str) -> Script | None:
    """Give the way back where it stands in the file: that of SQL; Django makes up the rest."""
    operations = file.values.get("operations")
    if not isinstance(operations, (list, tuple)) or not operations:
        return None
    recorder = Recorder(file.evaluator.source.text, target)
    for each in reversed(operations):
        if not isinstance(each, Call):
            return None
        back = each.get(1, "reverse_sql" if each.last == "RunSQL" else "reverse_code")
        if each.last == "RunSQL" and back is not None:
            if not (isinstance(back, Name) and back.path.endswith("noop")):
                _given(recorder, back, each)
        elif each.last in {"RunSQL", "RunPython"} and back is None:
            return None
        else:
            recorder.unknown("Django makes up the way back from its state", each.spot)
    return Script(path, tuple(recorder.statements), wrapping, tuple(recorder.unread))


def _given(recorder: Recorder, sql: object, call: Call) -> None:
    for each in sql if isinstance(sql, (list, tuple)) else [sql]:
        if isinstance(each, str):
            recorder.sql(each, call.spot)
        else:
            recorder.unknown("its SQL is known only when it runs", call.spot)
