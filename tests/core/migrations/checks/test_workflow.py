"""Rules on migrations as files: what changed since a revision, ways back, imports of models."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from be_tui.core.knowledge import open_library
from be_tui.core.migrations.checks import Asked, Wanted, examine, open_jobs, rules_wanted, words_of
from be_tui.core.sqltext import Target
from tests.conftest import need

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.findings import Finding

pytestmark = pytest.mark.usefixtures("indexed")

WHO = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


def git(root: Path, *words: str) -> None:
    """Run git in a folder."""
    need("git")
    subprocess.run(
        ["git", "-C", root, *words], check=True, capture_output=True, env={**os.environ, **WHO}
    )


def told(path: Path, base: str = "", *profiles: str) -> tuple[Finding, ...]:
    """Check a folder."""
    with open_library() as library:
        asked = Asked((str(path),), base=base, target=Target("postgresql"))
        return tuple(
            each
            for job in open_jobs(asked)
            for each in examine(
                job, Wanted(rules_wanted(profiles)), lambda rules: words_of(library, rules)
            )
        )


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Give a repository with two migrations, the branch point called `start`."""
    home = tmp_path / "db"
    home.mkdir()
    (home / "001_users.sql").write_text("CREATE TABLE users (id bigint PRIMARY KEY, a int);")
    (home / "003_drop.sql").write_text("ALTER TABLE users DROP COLUMN a;")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "start")
    git(tmp_path, "tag", "start")
    return home


def test_only_what_changed_since_a_revision_is_reported(repo: Path) -> None:
    assert "migration-drop-column" in {each.rule for each in told(repo)}
    (repo / "004_more.sql").write_text("CREATE INDEX i ON users (id);")
    found = told(repo, "start")
    assert [each.rule for each in found] == ["migration-index-blocks-writes"]
    assert told(repo, "HEAD")[0].place.path.endswith("004_more.sql")


def test_a_migration_that_sorts_before_older_ones_is_told(repo: Path) -> None:
    (repo / "002_between.sql").write_text("CREATE TABLE others (id bigint PRIMARY KEY);")
    (found,) = told(repo, "start")
    assert found.rule == "migration-out-of-order"
    assert "003_drop.sql" in found.message


def test_a_migration_that_reads_otherwise_now_is_told(repo: Path) -> None:
    (repo / "001_users.sql").write_text("CREATE TABLE users (id bigint PRIMARY KEY, a bigint);")
    assert [each.rule for each in told(repo, "start")] == ["migration-edited"]


def test_a_migration_without_a_way_back_is_told_where_it_is_asked(tmp_path: Path) -> None:
    (tmp_path / "1_a.up.sql").write_text("CREATE TABLE a (id bigint PRIMARY KEY);")
    (tmp_path / "1_a.down.sql").write_text("DROP TABLE a;")
    (tmp_path / "2_b.up.sql").write_text("CREATE TABLE b (id bigint PRIMARY KEY);")
    found = [each for each in told(tmp_path, "", "strict") if "irreversible" in each.rule]
    assert [each.place.path.rpartition("/")[2] for each in found] == ["2_b.up.sql"]
    assert all("irreversible" not in each.rule for each in told(tmp_path))


DJANGO = """\
from django.db import migrations, models
{line}

class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL("SELECT 1", "SELECT 1")]
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from shop.models import User", True),
        ("from ..models import User", True),
        ("import shop.models as m", True),
        ("import django.db.models.deletion", False),
        ("from django.contrib.postgres import fields", False),
    ],
)
def test_a_data_migration_that_imports_todays_models_is_told(
    tmp_path: Path, line: str, *, found: bool
) -> None:
    home = tmp_path / "shop" / "migrations"
    home.mkdir(parents=True)
    (home / "__init__.py").write_text("")
    (home / "0001_initial.py").write_text(DJANGO.format(line=line))
    rules = {each.rule for each in told(home)}
    assert ("migration-model-import" in rules) is found
