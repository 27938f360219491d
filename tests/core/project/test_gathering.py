"""Probes are asked in order, told as they come, and never cost each other's answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.project import (
    Cancel,
    Cancelled,
    Probe,
    Profile,
    all_probes,
    find_probes,
    gather,
)
from be_tui.core.project import checkout as checkouts
from be_tui.core.project import gathering as gatherings
from be_tui.core.project.probe import Found, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from be_tui.core.evidence import Evidence
    from be_tui.core.project.gathering import Gathering
    from tests.core.project.conftest import Repo


def test_each_probe_has_an_id_a_question_and_measures_of_its_own() -> None:
    probes = all_probes()
    assert len({probe.id for probe in probes}) == len(probes)
    names = [name for probe in probes for name in probe.measures]
    assert len(set(names)) == len(names)
    for probe in probes:
        assert probe.asked.endswith("?")
        assert all(name.count(".") == 1 for name in probe.measures)


def test_a_probe_gives_no_measure_that_it_does_not_announce(repo: Repo) -> None:
    _fill(repo)
    announced = {probe.id: set(probe.measures) for probe in all_probes()}
    for evidence in gather(repo.root, profile=Profile(teams=2)):
        given = {measure.name for measure in evidence.measures}
        assert given <= announced[evidence.probe]
        assert bool(given) != bool(evidence.trouble)
        assert bool(evidence.found) != bool(evidence.trouble)
        assert evidence.taken.endswith("Z")
        assert evidence.seconds >= 0


_HANDLER = """\
@app.get("/orders")
def orders():
    with db.transaction():
        return []
"""


def _fill(repo: Repo) -> None:
    for number in range(25):
        repo.commit(
            {
                "pyproject.toml": '[project]\ndependencies = ["fastapi"]\n',
                "Dockerfile": "FROM x\n",
                "coverage.xml": '<coverage line-rate="0.5"/>',
                "junit.xml": '<testsuite tests="1"/>',
                "src/a/x.py": f"if True:\n    x = {number}\n",
                "src/b/y.py": f"if True:\n    x = {number}\n",
                "src/b/app.py": _HANDLER,
                "schema.sql": "create table orders (id int primary key);\n",
                "tests/test_x.py": "def test_x(): ...\n",
            },
            days=25 - number,
        )


def test_evidence_is_told_as_it_comes_and_given_in_the_same_order(repo: Repo) -> None:
    _fill(repo)
    told: list[Evidence] = []
    given = gather(repo.root, on_result=told.append)
    assert tuple(told) == given
    assert [each.probe for each in given] == [probe.id for probe in all_probes()]
    assert [each.probe for each in given if each.trouble] == ["profile"]


def test_only_the_probes_asked_for_are_asked(folder: Callable[..., Path]) -> None:
    evidence = gather(folder({"a.py": "x\n"}), ["todos", "tests", "todos"])
    assert [each.probe for each in evidence] == ["tests", "todos"]
    assert gather(folder(), []) == ()


@pytest.mark.parametrize(
    ("name", "hint"), [("test", "did you mean tests?"), ("zzz", "there are profile, deploy-units")]
)
def test_an_unknown_probe_is_refused_with_the_nearest(tmp_path: Path, name: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        gather(tmp_path, [name])
    assert str(caught.value).startswith(f"no probe {name!r}; {hint}")
    with pytest.raises(InputError):
        find_probes([name])


def test_a_root_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        gather(tmp_path / "gone")


def test_an_empty_folder_answers_nothing_and_says_why(
    git: str, folder: Callable[..., Path]
) -> None:
    del git
    troubles = {each.probe: each.trouble for each in gather(folder())}
    assert all(troubles.values())
    assert troubles["tests"] == "no source code found"
    assert troubles["hotspots"] == "not a git repository"


def test_without_git_the_files_still_answer(
    folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    troubles = {
        each.probe: each.trouble for each in gather(folder({"a.py": "x\n"}), ["tests", "authors"])
    }
    assert troubles == {"tests": "", "authors": "git is not installed"}


def test_a_repository_without_commits_still_has_files_to_count(repo: Repo) -> None:
    repo.write("a.py", "x = 1\n")
    troubles = {each.probe: each.trouble for each in gather(repo.root, ["tests", "hotspots"])}
    assert troubles == {"tests": "", "hotspots": "the repository has no commits yet"}


def _probes(monkeypatch: pytest.MonkeyPatch, *takes: Callable[[Gathering], Found]) -> None:
    made = tuple(
        Probe(take.__name__.strip("_"), "Is it?", (), take, reads_history=True) for take in takes
    )
    monkeypatch.setattr(gatherings, "find_probes", lambda _: made)


def _broken(_: Gathering) -> Found:
    raise RuntimeError("no\nway")


def _barred(_: Gathering) -> Found:
    raise PermissionError(13, "Permission denied")


def _silent(_: Gathering) -> Found:
    raise NoAnswer("nobody knows")


def _fine(_: Gathering) -> Found:
    return Found("all is well")


def test_a_probe_that_fails_costs_the_others_nothing(
    folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _probes(monkeypatch, _broken, _barred, _silent, _fine)
    root = folder()
    assert [(each.found, each.trouble) for each in gather(root)] == [
        ("", "the probe failed (RuntimeError: no\\nway)"),
        ("", f"{root}: Permission denied"),
        ("", "nobody knows"),
        ("all is well", ""),
    ]


def test_cancelling_stops_between_two_probes(folder: Callable[..., Path]) -> None:
    cancel = Cancel()
    told: list[str] = []

    def hear(evidence: Evidence) -> None:
        told.append(evidence.probe)
        cancel.set()

    with pytest.raises(Cancelled):
        gather(folder({"a.py": "x\n"}), on_result=hear, cancel=cancel)
    assert told == ["profile"]


def test_cancelling_while_git_is_busy_takes_a_tenth_of_a_second(
    folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nsleep 30\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    cancel, asked = Cancel(), [0.0]

    def ask() -> None:
        asked[0] = time.monotonic()
        cancel.set()

    threading.Timer(0.2, ask).start()
    before = threading.active_count()
    with pytest.raises(Cancelled):
        gather(folder(), ["authors"], cancel=cancel)
    assert time.monotonic() - asked[0] < 15  # it would sleep for 30
    assert threading.active_count() <= before


def test_what_a_listener_raises_ends_the_gathering_and_git(repo: Repo) -> None:
    _fill(repo)

    def fail(_: Evidence) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gather(repo.root, on_result=fail)


def test_the_history_is_read_once_and_each_file_once(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _fill(repo)
    real, log = shutil.which("git"), tmp_path / "calls"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec "{real}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    opened: list[str] = []
    reading = checkouts.Checkout._read_now

    def counted(self: checkouts.Checkout, path: str, limit: int) -> bytes | None:
        opened.append(path)
        return reading(self, path, limit)

    monkeypatch.setattr(checkouts.Checkout, "_read_now", counted)
    gather(repo.root)
    calls = log.read_text()
    assert [calls.count(f" {verb} ") for verb in ("log", "ls-files")] == [1, 1]
    sources = [path for path in opened if path.endswith(".py")]
    assert len(sources) == len(set(sources)) == 4


def test_what_was_stated_is_part_of_the_evidence(folder: Callable[..., Path]) -> None:
    (evidence,) = gather(folder(), ["profile"], profile=Profile(teams=3))
    measure = evidence.measure("profile.teams")
    assert measure is not None
    assert measure.value == 3
    assert evidence.how == "stated"


def test_the_profile_is_loaded_without_the_probes() -> None:
    code = (
        "import sys; from be_tui.core.project import Profile, profile_fields;"
        "print([m for m in sys.modules if m.startswith('be_tui.core.project.')])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout
    assert loaded.strip() == "['be_tui.core.project.profile']"


def test_the_public_face_names_only_what_there_is() -> None:
    import be_tui.core.project as face

    for name in face.__all__:
        assert getattr(face, name) is not None
    with pytest.raises(AttributeError):
        _ = face.nothing
