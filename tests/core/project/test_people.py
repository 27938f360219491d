from __future__ import annotations

import pytest

from be_tui.core.project.people import is_bot, people


def test_the_busiest_come_first() -> None:
    found = people([("Ada", "ada@x.example", 1), ("Ben", "ben@x.example", 3)])
    assert [(person.name, person.commits) for person in found] == [("Ben", 3), ("Ada", 1)]


def test_one_name_with_two_addresses_is_one_person() -> None:
    found = people([("Ada", "ada@x.example", 1), ("ada ", "ada@home.example", 3)])
    assert [(person.name, person.commits) for person in found] == [("ada ", 4)]


def test_one_address_with_two_names_is_one_person() -> None:
    found = people([("Ada", "Ada@x.example", 2), ("A. Lovelace", "ada@x.example", 1)])
    assert [(person.name, person.commits) for person in found] == [("Ada", 3)]


def test_names_and_addresses_join_through_each_other() -> None:
    found = people(
        [
            ("Ada", "a@x.example", 1),
            ("Lovelace", "b@x.example", 1),
            ("Ada", "c@x.example", 1),
            ("Lovelace", "c@x.example", 1),
        ]
    )
    assert [person.commits for person in found] == [4]


@pytest.mark.parametrize("address", ["root@localhost", "no-reply@x.example", "", "you@example.com"])
def test_an_address_that_anybody_has_joins_nobody(address: str) -> None:
    assert len(people([("Ada", address, 1), ("Ben", address, 1)])) == 2


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
        ("renovate", "bot@renovateapp.com"),
        ("Release Machine", "semantic-release-bot@martynus.net"),
        ("github-actions", "actions@github.com"),
    ],
)
def test_programs_are_nobody(name: str, email: str) -> None:
    assert is_bot(name, email)
    assert people([(name, email, 9)]) == ()


@pytest.mark.parametrize("name", ["Abbott", "Bo Talbot", "Travis Oliphant", "Jenkinson", "Botond"])
def test_people_are_not_taken_for_programs(name: str) -> None:
    email = f"{name.lower().replace(' ', '.')}@x.example"
    assert not is_bot(name, email)
