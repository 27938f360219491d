"""Files as editors, merges and full disks leave them: told, never the end of the reading."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.migrations.files import History, read_migrations
from be_tui.core.migrations.model import FORMATS
from be_tui.core.sqltext import ENGINES, Target
from tests.core.migrations.files.building import exact, laid
from tests.core.migrations.files.planning import GOLDEN

if TYPE_CHECKING:
    from be_tui.core.migrations.model import FormatName

LAYOUTS: tuple[FormatName, ...] = ("alembic", "django", "knex", "liquibase", "rails", "typeorm")
STRAY = [
    "<<<<<<< HEAD\n",
    "\x00",
    "﻿",
    "'",
    '"',
    "`",
    "$$",
    "/*",
    "(",
    "}",
    "\\",
    "${",
    "{",
    "é\r\n",
    "",
]


def golden(form: FormatName) -> dict[str, str]:
    """Give the files of a format's layout."""
    text = (GOLDEN / f"{form}.txt").read_text("utf-8").partition("\n######## ")[0]
    parts = [part.partition("\n") for part in text.split("==== ")[1:]]
    return {name: body for name, _, body in parts}


def larger(form: FormatName) -> dict[str, str]:
    """Give the files of one of the larger histories."""
    folder = Path(__file__).parent / "layouts" / form
    return {each.name.removesuffix(".txt"): each.read_text("utf-8") for each in folder.iterdir()}


@st.composite
def spoilt(draw: st.DrawFn, files: dict[str, str]) -> dict[str, str | bytes]:
    """Cut one file off, or put something into it that does not belong there."""
    name = draw(st.sampled_from(sorted(files)))
    text = files[name]
    at = draw(st.integers(0, len(text)))
    rest = draw(st.sampled_from(["", text[at:], text[at + 1 :], text[:at]]))
    return {**files, name: text[:at] + draw(st.sampled_from(STRAY)) + rest}


def survives(form: FormatName, files: dict[str, str | bytes], target: Target) -> History:
    with TemporaryDirectory() as folder:
        root = laid(Path(folder) / "shop" / "migrations", files)
        history = read_migrations([root], form, target)
        exact(history)
    return history


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_file_that_was_cut_off_or_spoilt_ends_nothing(
    form: FormatName, data: st.DataObject
) -> None:
    files = data.draw(spoilt(golden(form)))
    survives(form, files, Target(data.draw(st.sampled_from(ENGINES))))


@pytest.mark.parametrize("form", LAYOUTS)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_program_that_was_cut_off_or_spoilt_ends_nothing(
    form: FormatName, data: st.DataObject
) -> None:
    files = data.draw(spoilt(larger(form)))
    survives(form, files, Target(data.draw(st.sampled_from(ENGINES))))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_files_that_were_cut_off_end_nothing_many_times(
    form: FormatName, data: st.DataObject
) -> None:
    known = larger(form) if form in LAYOUTS else {}
    files = data.draw(spoilt(data.draw(st.sampled_from([golden(form), known or golden(form)]))))
    survives(form, files, Target(data.draw(st.sampled_from(ENGINES))))
