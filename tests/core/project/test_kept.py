"""What was found last time can be shown again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.evidence import Fact
from be_tui.core.project.kept import project_from_json, project_to_json
from be_tui.core.project.model import TRAIT_KINDS, Project, Size, Trait

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json

_facts = st.builds(Fact, st.text(), st.text(), st.integers(0, 10**6))
_traits = st.builds(
    Trait, st.sampled_from(TRAIT_KINDS), st.text(), st.text(), st.lists(_facts).map(tuple)
)
_projects = st.builds(
    Project,
    st.just(Path("/srv/shop")),
    st.text(),
    st.lists(_traits).map(tuple),
    st.none() | st.builds(Size, st.integers(0), st.integers(0), st.booleans()),
    st.none() | st.integers(0),
    st.text(),
    st.lists(st.text()).map(tuple),
)


@given(_projects)
def test_a_project_comes_back_from_its_json_as_it_was(project: Project) -> None:
    assert project_from_json(json.loads(json.dumps(project_to_json(project)))) == project


@pytest.mark.parametrize("change", ["traits", "name", "size", "root"])
def test_a_kept_project_with_a_part_missing_is_no_project(change: str) -> None:
    data = project_to_json(Project(Path("/srv/shop"), "shop"))
    assert isinstance(data, dict)
    del data[change]
    assert project_from_json(data) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "shop",
        {"root": "/", "name": "x", "size": None, "traits": [{"kind": "zodiac"}]},
        {"root": "/", "name": "x", "traits": [], "size": {"files": "a"}},
    ],
)
def test_anything_else_is_no_project(value: Json) -> None:
    assert project_from_json(value) is None
