"""A reference of items held against a project: who answers, what counts, how it is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document import Document, to_text
from be_tui.core.evidence import Evidence, Fact, Measure
from be_tui.core.knowledge.conditions import Compares, Is
from be_tui.core.knowledge.items import SCALES, ByHand, ByProbe, Chapter, Cover, Item
from be_tui.core.reviews import (
    REPLIES,
    STATES,
    Reply,
    Review,
    Standing,
    Verdict,
    asked_levels,
    counts_words,
    first_level,
    here_blocks,
    probes_asked,
    review_from_json,
    review_json,
    review_markdown,
    review_page,
    review_to_json,
    standings,
    verdict_words,
    verdicts_on,
)
from be_tui.core.reviews.judging import places_of

if TYPE_CHECKING:
    from be_tui.core.knowledge.items import Level, Scale, Way
    from be_tui.core.reviews import ReplyKind

KEYS = ByProbe("schema", Compares("schema.int_keys", "at_most", 0), "schema.int_keys", "no int key")
QUEUE = ByProbe("stack", Is("stack.queue", (True,)))
COVER = Cover("ready", "Readiness *list*", "What must hold.", "service-level", 12, ("data",))


def item(item_id: str, level: Level, *ways: Way) -> Item:
    statement = f"Keep {item_id}"
    return Item(item_id, level, statement, "It\nhurts.", "Never.", ways, (), date(2026, 11, 1))


CHAPTER = Chapter(
    "data",
    "ready",
    "Data",
    (item("keys", "c", KEYS), item("queue", "b", QUEUE, KEYS), item("drills", "a", ByHand("Ask"))),
)


def schema(keys: int, places: int = 1, trouble: str = "") -> Evidence:
    facts = tuple(Fact(f"key {n}", "db.sql", n) for n in range(1, places + 1))
    measures = () if trouble else (Measure("schema.int_keys", keys),)
    found = "" if trouble else f"{keys} keys of int"
    return Evidence("schema", "Which keys?", found, measures, facts, trouble=trouble)


def stack(*, queue: bool | str) -> Evidence:
    return Evidence("stack", "On what?", "It runs on it", (Measure("stack.queue", queue),))


def stand(level: Level, *evidence: Evidence, replies: tuple[Reply, ...] = ()) -> list[Standing]:
    review = Review("ready", level, replies)
    return list(standings(COVER, [CHAPTER], review, {each.probe: each for each in evidence}))


@pytest.mark.parametrize(
    ("scale", "level", "asked"),
    [
        ("service-level", "a", {"a", "b", "c"}),
        ("service-level", "b", {"b", "c"}),
        ("service-level", "c", {"c"}),
        ("must-should-may", "must", {"must"}),
        ("must-should-may", "should", {"must", "should"}),
        ("must-should-may", "may", {"must", "should", "may"}),
    ],
)
def test_a_level_asks_for_what_counts_there(scale: Scale, level: Level, asked: set[str]) -> None:
    assert set(asked_levels(scale, level)) == asked


@pytest.mark.parametrize("scale", SCALES)
def test_a_review_begins_with_what_asks_least(scale: Scale) -> None:
    assert asked_levels(scale, first_level(scale)) == (first_level(scale),)


def test_a_probe_answers_where_there_is_one_and_the_rest_is_open() -> None:
    found = stand("a", schema(0), stack(queue=False))
    assert [each.state for each in found] == ["holds", "missing", "open"]
    assert [each.item.id for each in stand("c")] == ["keys"]
    assert [each.state for each in stand("a")] == ["open", "open", "open"]


def test_one_probe_that_does_not_hold_settles_it() -> None:
    _, queue, _ = stand("a", schema(2), stack(queue=True))
    assert [verdict.holds for verdict in queue.verdicts] == [True, False]
    assert queue.measured is False


def test_what_could_not_be_measured_stays_open() -> None:
    (keys,) = stand("c", schema(0, trouble="no schema found"))
    assert keys.verdicts[0].holds is None
    assert keys.state == "open"
    assert verdict_words(keys.verdicts[0]) == "no schema found"


@pytest.mark.parametrize(
    ("answer", "keys", "state", "disputed"),
    [
        ("yes", 0, "holds", "agreed"),
        ("yes", 2, "holds", "disputed"),
        ("no", 0, "missing", "disputed"),
        ("no", 2, "missing", "agreed"),
        ("na", 2, "na", "agreed"),
        ("later", 0, "holds", "agreed"),
        ("later", 2, "missing", "agreed"),
    ],
)
def test_a_persons_word_counts_before_what_was_measured_and_a_dispute_is_told(
    answer: ReplyKind, keys: int, state: str, disputed: str
) -> None:
    (found,) = stand("c", schema(keys), replies=(Reply("keys", answer),))
    assert (found.state, found.disputed) == (state, disputed == "disputed")


def test_a_reply_takes_the_place_of_the_earlier_one_and_can_be_taken_back() -> None:
    review = Review("ready", "c").replied(Reply("keys", "no")).replied(Reply("queue", "na"))
    again = review.replied(Reply("keys", "yes", "done"))
    assert [(each.item, each.answer) for each in again.replies] == [
        ("keys", "yes"),
        ("queue", "na"),
    ]
    assert again.forgotten("keys").reply("keys") is None
    assert again.forgotten("nothing") == again


def test_a_verdict_is_said_by_what_holds_or_by_what_was_found() -> None:
    (good,), (bad,) = (verdicts_on(CHAPTER.items[0], {"schema": schema(n)}) for n in (0, 3))
    assert verdict_words(good) == "no int key"
    assert verdict_words(bad) == "int keys: 3 · 3 keys of int"
    without = replace(KEYS, says="")
    assert verdict_words(replace(good, way=without)) == "0 keys of int"


def test_a_value_that_is_no_number_is_said_in_words() -> None:
    for value, said in ((False, "no"), ("", "none"), ("NATS", "NATS")):
        verdict = Verdict(QUEUE, stack(queue=value), holds=False)
        assert verdict_words(verdict) == f"queue: {said} · It runs on it"


def test_places_are_told_of_what_was_counted_alone_and_the_rest_is_counted() -> None:
    assert places_of(Verdict(KEYS, schema(6, places=6), holds=False)) == (
        ("db.sql:1", "db.sql:2", "db.sql:3", "db.sql:4"),
        2,
    )
    assert places_of(Verdict(KEYS, schema(0, places=6), holds=True)) == ((), 0)
    absent = replace(stack(queue=False), facts=(Fact("asks for it", "pyproject.toml", 3),))
    assert places_of(Verdict(QUEUE, absent, holds=False)) == ((), 0)


def test_what_is_asked_of_probes_is_each_once() -> None:
    assert probes_asked([CHAPTER, CHAPTER]) == ("schema", "stack")


def test_what_is_known_here_stands_beside_an_item() -> None:
    reply = Reply("keys", "no", "we move them", "2026-11-03")
    blocks = here_blocks(CHAPTER.items[0], {"schema": schema(5, places=5)}, reply)
    assert to_text(Document(blocks), 100) == (
        "Here: does not hold: int keys: 5 · 5 keys of int; "
        "db.sql:1, db.sql:2, db.sql:3, db.sql:4 and 1 more\n\n"
        "You said: no, it is missing: we move them (2026-11-03)\n"
    )
    assert here_blocks(CHAPTER.items[2], {"schema": schema(5)}) == ()


def test_a_page_tells_what_is_missing_first_and_is_short_of_what_holds() -> None:
    found = stand("a", schema(0), stack(queue=False), replies=(Reply("drills", "na", "small"),))
    page = review_page(COVER, Review("ready", "a"), found)
    text = to_text(page, 90)
    assert "Level A asks for 3 items: 1 missing, 0 open, 1 hold, 1 do not apply." in text
    assert text.index("Missing (1)") < text.index("Holds (1)") < text.index("Does not apply (1)")
    assert "Open" not in text
    assert "does not hold: queue: no · It runs on it" in text
    assert "no int key" in text.partition("Holds")[0]
    assert "no int key" not in text.partition("Holds")[2]
    assert "you said: it does not apply here: small" in text


def test_markdown_can_be_ticked_and_escapes_what_people_write() -> None:
    replies = (Reply("keys", "yes", "a_b *c*", "2026-11-03"), Reply("drills", "later"))
    found = stand("a", schema(1), stack(queue=False), replies=replies)
    text = review_markdown(COVER, Review("ready", "a"), found, "shop_api", date(2026, 11, 23))
    assert text == (
        "# Readiness \\*list\\*: shop\\_api\n"
        "\n"
        "Level A, 2026-11-23: 1 missing, 1 open, 1 hold, 0 do not apply.\n"
        "\n"
        "## Missing (1)\n"
        "\n"
        "- [ ] **B** Keep queue (`ready#queue`)\n"
        "  - measured: does not hold: queue: no · It runs on it\n"
        "  - measured: does not hold: int keys: 1 · 1 keys of int; `db.sql:1`\n"
        "  - why: It hurts.\n"
        "\n"
        "## Open (1)\n"
        "\n"
        "- [ ] **A** Keep drills (`ready#drills`)\n"
        "  - said: looked at later\n"
        "\n"
        "## Holds (1)\n"
        "\n"
        "- [x] **C** Keep keys (`ready#keys`)\n"
        "  - measured: does not hold: int keys: 1 · 1 keys of int; `db.sql:1`\n"
        "  - said: yes, it holds: a\\_b \\*c\\* (2026-11-03)\n"
    )


def test_json_has_the_same_in_the_same_order() -> None:
    found = stand("a", schema(0), stack(queue=False), replies=(Reply("drills", "no", "n"),))
    form = json.loads(json.dumps(review_json(COVER, Review("ready", "a"), found)))
    assert (form["reference"], form["level"]) == ("ready", "a")
    assert form["counts"] == {"missing": 2, "open": 0, "holds": 1, "na": 0}
    assert [each["address"] for each in form["items"]] == [
        *("ready#queue", "ready#drills", "ready#keys")
    ]
    assert form["items"][1]["said"] == {"answer": "no", "note": "n", "said": ""}
    assert form["items"][2]["measured"] == [
        {"probe": "schema", "holds": True, "found": "no int key", "places": ["db.sql:1"]}
    ]
    assert form["items"][0]["said"] is None


def test_states_are_counted_in_words() -> None:
    assert counts_words(()) == "0 missing, 0 open, 0 hold, 0 do not apply"
    assert len(STATES) == 4


kept = st.builds(
    Review,
    st.just("ready"),
    st.sampled_from(SCALES["service-level"]),
    st.lists(
        st.builds(
            Reply, st.text(min_size=1), st.sampled_from(tuple(REPLIES)), st.text(), st.text()
        ),
        unique_by=lambda reply: reply.item,
    ).map(tuple),
)


@given(kept)
def test_what_is_kept_is_taken_up_as_it_was(review: Review) -> None:
    assert review_from_json(COVER, json.loads(json.dumps(review_to_json(review)))) == review


@pytest.mark.parametrize(
    "value",
    [
        *(None, [], "x", {"level": "must", "replies": 3}),
        {"replies": [1, {"item": "", "answer": "yes"}, {"item": "a", "answer": "perhaps"}]},
    ],
)
def test_what_has_no_known_form_is_left_out(value: object) -> None:
    assert review_from_json(COVER, value) == Review("ready", "c")  # type: ignore[arg-type]


def test_the_public_face_has_what_it_says() -> None:
    import be_tui.core.reviews as face

    for name in face.__all__:
        assert getattr(face, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        face.nonsense  # noqa: B018
