"""Services in Spring Boot hold what they say: a line that breaks it fails a test.

Maven takes what it needs from the repository of the person who runs this, and fetches the rest.
"""

from __future__ import annotations

import os
import pwd
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.scaffold.generating import Wish, generate, write
from tests.conftest import need
from tests.core.scaffold.stacks.spring_breaks import BROKEN, OPTIONS, TABLES, Break
from tests.core.scaffold.stacks.test_lives import jdk

if TYPE_CHECKING:
    from be_tui.core.databases.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.lives]


@pytest.fixture(autouse=True)
def java(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Maven find a Java that is new enough, and the repository of the person."""
    need("mvn")
    monkeypatch.setenv("HOME", pwd.getpwuid(os.getuid()).pw_dir)
    monkeypatch.setenv("JAVA_HOME", jdk())


def run(root: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@dataclass(frozen=True, slots=True)
class Built:
    """A service that is compiled, of which single files can be compiled anew.

    It is compiled without Error Prone, which refuses some of the lines that no test should miss.
    """

    root: Path
    libraries: str

    def compiled(self, files: list[Path], *, into: str) -> None:
        classes = f"target/classes{os.pathsep}{self.libraries}"
        sources = self.root / "target" / "sources"
        sources.write_text("\n".join(map(str, files)), encoding="utf-8")
        javac = str(Path(os.environ["JAVA_HOME"], "bin", "javac"))
        options = ("-nowarn", "-parameters", "-proc:none", "-d", f"target/{into}")
        ran = run(self.root, javac, *options, "-cp", classes, f"@{sources}")
        assert ran.returncode == 0, ran.stderr[-4000:]

    def place(self, path: str) -> Path:
        """Give the file that a break is about."""
        main = self.root / "src" / "main"
        if path == TABLES:
            return next((main / "resources" / "db" / "migration").glob("V1__*"))
        return next((main / "java" / "com" / "example").iterdir()) / path

    def written(self, file: Path, text: str) -> None:
        """Write a file, and what is made of it."""
        file.write_text(text, encoding="utf-8")
        if file.suffix == ".java":
            self.compiled([file], into="classes")
            return
        made = file.relative_to(self.root / "src" / "main" / "resources")
        (self.root / "target" / "classes" / made).write_text(text, encoding="utf-8")

    def tested(self, tests: str, address: str) -> str:
        """Run some tests, and give what Maven says."""
        command = ("mvn", "--batch-mode", "surefire:test", "-DargLine=", f"-Dtest={tests}")
        return run(self.root, *command, TEST_DATABASE_URL=address).stdout


def built(spec: str, root: Path) -> Built:
    settlement = generate(Wish(spec, "spring", OPTIONS), root, datetime(2026, 5, 1, tzinfo=UTC))
    write(settlement.settlement, root, settlement.settlement.chosen)
    goals = ("dependency:build-classpath", "-Dmdep.outputFile=target/libraries")
    ran = run(root, "mvn", "--batch-mode", *goals, "process-resources")
    assert ran.returncode == 0, ran.stdout[-4000:]
    made = Built(root, (root / "target" / "libraries").read_text(encoding="utf-8").strip())
    made.compiled([*(root / "src" / "main").rglob("*.java")], into="classes")
    made.compiled([*(root / "src" / "test").rglob("*.java")], into="test-classes")
    return made


def address_of(served: Served) -> str:
    """Give the address of a new database."""
    at = served.settings
    return (
        f"postgresql://{at['user']}:{at['password']}@{at['host']}:{at['port']}/{served.database()}"
    )


COUNTED = re.compile(r"Tests run: (\d+), Failures: (\d+), Errors: (\d+)")


def counts(said: str) -> tuple[int, int]:
    """Give how many tests ran, and how many of them did not hold."""
    found = COUNTED.findall(said)
    assert found, said[-4000:]
    ran, failures, errors = map(int, found[-1])
    return ran, failures + errors


@pytest.mark.parametrize(("spec", "breaks"), BROKEN, ids=["shop", "near"])
def test_a_line_that_no_longer_holds_fails_a_test_of_the_service(
    tmp_path: Path, spec: str, breaks: list[Break]
) -> None:
    from be_tui.core.databases.served import serve_postgres

    service = built(spec, tmp_path / "service")
    survived = []
    with serve_postgres() as served:
        whole = service.tested(",".join({test for *_, test in breaks}), address_of(served))
        assert counts(whole)[1] == 0, whole[-4000:]
        for path, line, broken, test in breaks:
            file = service.place(path)
            text = file.read_text(encoding="utf-8")
            assert line in text, (path, line)
            service.written(file, text.replace(line, broken))
            said = service.tested(test, address_of(served))
            service.written(file, text)
            if counts(said)[1] == 0:
                survived.append((path, broken, said[-2000:]))
    assert not survived
