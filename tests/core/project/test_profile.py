from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.errors import InputError
from be_tui.core.project import (
    Profile,
    profile_evidence,
    profile_field,
    profile_fields,
    profile_from_json,
    profile_to_json,
)

_KEYS = [field.key for field in profile_fields()]


def _values(key: str) -> st.SearchStrategy[str]:
    field = profile_field(key)
    if field.kind == "choice":
        return st.sampled_from([choice.key for choice in field.choices])
    if field.kind == "number" and field.whole:
        return st.integers(0, 10**6).map(str)
    if field.kind == "number":
        return st.floats(1, 10**6).map(lambda number: f"{number:.4f}")
    return st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60)


_PROFILES = st.fixed_dictionaries({}, optional={key: _values(key) for key in _KEYS})


@given(_PROFILES)
def test_a_profile_comes_back_from_json_as_it_was(values: dict[str, str]) -> None:
    profile = Profile()
    for key, text in values.items():
        profile = profile.with_value(key, text)
    assert profile_from_json(profile_to_json(profile)) == profile


@given(_PROFILES)
def test_every_value_can_be_typed_again_as_it_is_shown(values: dict[str, str]) -> None:
    profile = Profile()
    for key, text in values.items():
        profile = profile.with_value(key, text)
    again = Profile()
    for key in _KEYS:
        again = again.with_value(key, profile.text(key))
    assert again == profile


def test_the_nine_points_are_all_asked() -> None:
    assert list(dict.fromkeys(field.point for field in profile_fields())) == [
        "Context",
        "Success criteria",
        "Trade-offs",
        "Scale",
        "Growth",
        "Security",
        "Maintainability",
        "Tests",
        "Documentation",
    ]


def test_each_field_says_why_it_is_asked_and_only_choices_have_choices() -> None:
    for field in profile_fields():
        assert field.why.endswith(".")
        assert bool(field.choices) == (field.kind == "choice")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("0.5", 0.5), (".5", 0.5), ("12k", 12_000), ("1.5 M", 1_500_000), ("1 200", 1200)],
)
def test_numbers_are_read_as_people_write_them(typed: str, number: float) -> None:
    assert Profile().with_value("requests_per_second", typed).requests_per_second == number


def test_an_empty_text_takes_a_value_back() -> None:
    profile = Profile().with_value("teams", "2").with_value("favours", "Cost to run")
    assert profile.stated == ("teams", "favours")
    assert profile.favours == "cost"
    assert profile.with_value("teams", "").with_value("favours", " ").stated == ()


@pytest.mark.parametrize(
    ("key", "typed", "line"),
    [
        ("teams", "two", "Teams that deploy on their own: 'two' is no number; write it as 40, "),
        ("teams", "1.5", "1.5 is not a whole number"),
        ("horizon", "0.5", "0.5 is not between 1 and 1e+12"),
        ("people", "999999999g", "is not between 0 and 1e+12"),
        ("requests_per_second", "1,200", "'1,200' is no number"),
        ("people", "-3", "People who work on it: -3 is not between 0 and 1e+12"),
        ("tests", "maybe", "'maybe' is none of its values; use one of none, critical, changed"),
        ("context", "x" * 2001, "at most 2000 characters, not 2001"),
        ("context", "a\x1b[2J", "control characters cannot be kept"),
        ("team", "2", "the profile has no 'team'; did you mean teams?"),
        ("colour", "red", "the profile has no 'colour'; it has context, people"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(key: str, typed: str, line: str) -> None:
    with pytest.raises(InputError) as caught:
        Profile().with_value(key, typed)
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{", "the profile is not JSON"),
        ("[]", "is not a mapping"),
        ('{"teams": [2]}', "teams is neither a text nor a number"),
        ('{"teams": true}', "teams is neither a text nor a number"),
        ('{"teams": -1}', "is not between 0"),
    ],
)
def test_json_that_is_no_profile_is_refused(text: str, line: str) -> None:
    with pytest.raises(InputError, match=line):
        profile_from_json(text)


def test_keys_of_a_newer_version_are_passed_over() -> None:
    assert profile_from_json('{"teams": 2, "mood": "fine", "people": null}') == Profile(teams=2)


def test_only_what_was_stated_is_kept() -> None:
    assert json.loads(profile_to_json(Profile(teams=2))) == {"teams": 2}


def test_what_was_stated_becomes_evidence() -> None:
    profile = Profile(teams=2, sensitivity="personal", horizon=10)
    evidence = profile_evidence(profile)
    assert evidence.how == "stated"
    assert {(each.name, each.value) for each in evidence.measures} == {
        ("profile.teams", 2),
        ("profile.sensitivity", "personal"),
        ("profile.horizon", 10),
    }
    told = [fact.text for fact in evidence.facts]
    assert "Growth to plan for: 10 times today's load" in told
    assert "The most sensitive data it holds: Personal: about people" in told


@pytest.mark.parametrize("profile", [None, Profile()])
def test_an_empty_profile_says_so(profile: Profile | None) -> None:
    assert profile_evidence(profile).trouble == "the project's profile is not filled in"
