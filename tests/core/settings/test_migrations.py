"""What is said of how migrations are checked."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import jsonschema
import pytest

from be_tui.core.migrations.checks import PROFILES
from be_tui.core.settings import MigrationChoice, load_settings, settings_schema
from be_tui.core.settings.inforce import settings_in_force
from be_tui.core.settings.tables import MIGRATION_PROFILES

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
[migrations]
dialect = "postgresql:16"
format = "goose"
profile = ["strict", "policy"]
disable = ["migration-drop-index"]
baseline = "old.json"
"""


def write(folder: Path, text: str) -> Path:
    (folder / "be-tui.toml").write_text(text)
    return folder


def test_each_key_is_read_and_shown_with_its_place(tmp_path: Path) -> None:
    loaded = load_settings(write(tmp_path, GOOD))
    assert loaded.faults == ()
    assert loaded.settings.migrations == (
        MigrationChoice("dialect", ("postgresql:16",)),
        MigrationChoice("format", ("goose",)),
        MigrationChoice("profile", ("strict", "policy")),
        MigrationChoice("disable", ("migration-drop-index",)),
        MigrationChoice("baseline", ("old.json",)),
    )
    shown = settings_in_force(loaded)
    assert 'profile = ["strict", "policy"]' in shown
    assert "# be-tui.toml:4:1" in shown
    assert 'dialect = "postgresql:16"' in shown


def test_the_schema_takes_what_the_reader_takes() -> None:
    schema = jsonschema.Draft7Validator(settings_schema())
    assert schema.is_valid(tomllib.loads(GOOD))
    assert not schema.is_valid({"migrations": {"profile": ["loose"]}})
    assert not schema.is_valid({"migrations": {"dialects": "x"}})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("migrations = 3", "migrations: expected a table of how migrations are checked, got 3"),
        ("[migrations]\nprofil = []", "unknown key 'profil'"),
        ('[migrations]\nprofile = ["loose"]', "expected some of safety, strict, policy, style"),
        ('[migrations]\nformat = "gose"', "migrations.format: expected one of sql, alembic"),
        ('[migrations]\nenable = ["drop"]', "expected names of rules on migrations"),
        ("[migrations]\nbaseline = 4", "migrations.baseline: expected text, got 4"),
        ("[migrations]\nenable = [1]", "migrations.enable: expected text, got a list"),
    ],
)
def test_what_is_wrong_is_named_and_left_out(tmp_path: Path, text: str, said: str) -> None:
    loaded = load_settings(write(tmp_path, text))
    (fault,) = loaded.faults
    assert said in fault.message
    assert loaded.settings.migrations == ()


def test_the_profiles_are_those_of_the_checker() -> None:
    assert MIGRATION_PROFILES == PROFILES
