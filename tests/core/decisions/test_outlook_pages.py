"""What would settle a walk, which answers change it together, what authorities say: as pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from be_tui.core.decisions import (
    Walk,
    authorities_page,
    changes_page,
    outcome_page,
    record,
    report,
    settled_words,
    settles_page,
    start,
    turns_page,
)
from be_tui.core.document import to_text
from be_tui.core.knowledge.authorities import Authority, Position
from be_tui.core.knowledge.changes import Renamed, Revision
from be_tui.core.knowledge.conditions import Is
from be_tui.core.knowledge.model import Source
from be_tui.core.project import Project
from tests.core.decisions.strategies import evidence, example_tree
from tests.core.decisions.test_flipping import answered, voting
from tests.core.decisions.test_judging import BRAVE, CAREFUL, judged, walked
from tests.core.decisions.test_leading import with_unknown

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.document import Document
    from be_tui.core.files import NewFile

TODAY = date(2026, 11, 22)


def text(document: Document) -> str:
    """Give a page in one line, so that no break hides what is said."""
    return " ".join(to_text(document, 100).split())


def test_two_answers_that_only_together_change_it_are_told_together() -> None:
    page = text(turns_page(answered(voting(4, 2), "no")))
    assert "No single answer changes it; these two together do:" in page
    assert "q0? No → “Yes” q1? No → “Yes” Go" in page


def test_where_nothing_changes_it_that_is_said_with_how_far_it_was_tried() -> None:
    assert "No single answer would change this, nor would three together." in text(
        turns_page(answered(voting(6, 4), "no"))
    )
    alone = answered(voting(1, 1), "yes")
    tree = replace(alone.tree, questions=tuple(replace(q, routes=()) for q in alone.tree.questions))
    assert "No single answer would change this." in text(turns_page(answered(tree, "yes")))


def test_a_set_that_opens_a_question_says_what_is_asked() -> None:
    walk = start(example_tree(), [evidence("size", {"size.files": 500})]).answer("felt", "no")
    assert "asks: Where does the time go?" in text(turns_page(walk))


def test_of_several_assumptions_the_most_telling_is_named_first() -> None:
    walk = start(example_tree(), [evidence("size", {"size.files": 500})])
    walk = walk.answer("felt", "yes").answer("where", "").answer("tests", "")
    page = text(turns_page(walk))
    assert "Find out first: Where does the time go? It settles the most." in page
    one = start(example_tree()).answer("felt", "yes").answer("where", "code").answer("tests", "")
    assert "Find out first" not in text(turns_page(one))


def test_open_questions_are_told_by_how_much_each_would_settle() -> None:
    walk = start(example_tree(), [evidence("size", {"size.files": 500})]).answer("felt", "yes")
    page = text(settles_page(walk))
    assert page.startswith("What would settle it ")
    assert page.index("Where does the time go? settles") < page.index("Do tests pin what it does?")
    assert "(of what is open, each answer counted alike)" in page


def test_what_nobody_knew_is_told_with_how_to_find_it_out_and_the_rest_is_counted() -> None:
    page = text(settles_page(with_unknown(3)))
    assert "you did not know" in page
    walk = start(example_tree()).answer("felt", "yes").answer("where", "code").answer("tests", "")
    assert "To find out: run the tests" in text(settles_page(walk))
    wide = text(settles_page(with_unknown(10)))
    assert "sampled" in wide
    assert "more" in wide


def test_a_settled_walk_says_so_while_it_still_asks() -> None:
    tree = example_tree()
    leave = tuple(replace(each, to="tune") for each in tree.questions[2].options)
    tree = replace(tree, questions=(*tree.questions[:2], replace(tree.questions[2], options=leave)))
    walk = start(tree, [evidence("size", {"size.files": 3})]).answer("felt", "yes")
    assert settled_words(walk) == "Nothing that is still open can change the outcome: “Tune it”."
    assert settled_words(walk) in text(settles_page(walk))
    document = report(walk)
    assert (document["settled"], document["ask_next"], document["outcome"]) == (True, [], None)
    assert settles_page(start(example_tree()).answer("felt", "no")).blocks == ()


def test_each_authority_has_a_line_with_what_decides() -> None:
    walk = walked(judged(BRAVE, CAREFUL), "yes", "database", "none")
    page = text(authorities_page(walk))
    assert "The brave: MUST tune at once → Tune it" in page
    assert "What decides: Do tests pin what it does? “Yes”." in page
    assert "The careful: MUST have tests agrees" in page
    assert page in text(outcome_page(walk))


def test_what_authorities_in_a_row_lead_to_is_said_once() -> None:
    bold = replace(BRAVE, id="bold", title="The bold")
    walk = walked(judged(BRAVE, bold, CAREFUL), "yes", "database", "none")
    page = text(authorities_page(walk))
    assert "• The brave: MUST tune at once • The bold: MUST tune at once → Tune it" in page
    assert page.count("What decides") == 1


def test_where_no_authority_has_a_word_on_it_there_is_no_page() -> None:
    walk = walked(judged(CAREFUL), "yes", "database", "some")
    assert authorities_page(walk).blocks == ()


def test_who_says_nothing_is_named_and_a_tree_without_authorities_has_no_page() -> None:
    walk = walked(judged(BRAVE, CAREFUL), "yes", "database", "some")
    assert "Nothing on this: The careful." in text(authorities_page(walk))
    assert authorities_page(walked(example_tree(), "no")).blocks == ()


def test_facts_beyond_a_few_are_counted_and_none_is_said_too() -> None:
    far = Authority("far", "The far", (), (Position("go", "MUST go"),))
    walk = answered(replace(voting(6, 4), authorities=(far,)), "no")
    assert "No few answers would take this walk there." in text(authorities_page(walk))
    sources = (Source("rfc", "A rule", url="https://example.org/rule"),)
    near = Authority("near", "The near", sources, (Position("go", "MUST go", sources=sources),))
    tree = replace(voting(3, 1), authorities=(near,))
    both = (Is("q0", ("yes",)), Is("q1", ("yes",)), Is("q2", ("yes",)))
    routes = tuple(replace(tree.questions[-1].routes[0], when=each) for each in both)
    tree = replace(
        tree, questions=(*tree.questions[:-1], replace(tree.questions[-1], routes=routes))
    )
    page = text(authorities_page(answered(tree, "no")))
    assert "What decides: q0? “Yes”; or q1? “Yes”; or in 1 other way." in page
    assert "The near (https://example.org/rule): MUST go" in page


def test_a_program_is_told_the_same() -> None:
    walk = walked(judged(BRAVE, CAREFUL), "yes", "database", "none")
    document: dict[str, Any] = report(walk)
    brave, careful = document["authorities"]
    assert (brave["outcome"], brave["agrees"]) == ("tune", False)
    assert (careful["outcome"], careful["agrees"]) == ("pin", True)
    assert document["flips"]["size"] == 1
    assert document["ask_next"] == []
    open_walk: dict[str, Any] = report(start(example_tree()))
    first = open_walk["ask_next"][0]
    assert first["question"] == "felt"
    assert open_walk["settled"] is False


def written(walk: Walk, root: Path, folder: str = "docs/decisions") -> NewFile:
    """Write a record into the folder, as a person would, and give it."""
    project = Project(root, "shop")
    (file,) = record(walk, (), project, root / folder, TODAY).files
    path = root / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file.text, encoding="utf-8")
    return file


def test_a_record_tells_what_authorities_say_and_what_changes_it_together(tmp_path: Path) -> None:
    walk = walked(judged(BRAVE, CAREFUL), "yes", "database", "none")
    told = written(walk, tmp_path).text
    assert "### What authorities say" in told
    assert "The brave: MUST tune at once It would be: Tune it." in told
    assert "The careful: MUST have tests It agrees." in told
    silent = written(walked(judged(BRAVE, CAREFUL), "yes", "database", "some"), tmp_path).text
    assert "The careful says nothing here." in silent
    pairs = written(answered(voting(4, 2), "no"), tmp_path).text
    assert "No single answer changes it; these two together do:" in pairs
    assert "With q0? “Yes” and q1? “Yes”: Go" in pairs


def test_a_record_cites_where_an_authority_says_so(tmp_path: Path) -> None:
    sources = (Source("rfc", "A rule", section="7", url="https://example.org/rule"),)
    cited = Authority("rfc", "The rule", sources, (Position("leave", "MUST", sources=sources),))
    told = written(walked(judged(cited), "no"), tmp_path).text
    assert "The rule: MUST ([A rule, 7](<https://example.org/rule>)) It agrees." in told


def test_a_record_leads_to_the_latest_earlier_one_of_its_tree(tmp_path: Path) -> None:
    pin = walked(example_tree(), "yes", "database", "none")
    first = written(pin, tmp_path)
    assert "Earlier record" not in first.text
    other = written(answered(voting(2, 1), "no"), tmp_path)
    assert "Earlier record" not in other.text
    same = written(pin, tmp_path).text
    name = first.path.rsplit("/", 1)[1]
    assert f"Earlier record: [{name}]({name}), which came to the same." in same
    changed = written(walked(example_tree(), "no"), tmp_path).text
    assert "which came to “Pin it by tests first”." in changed
    assert changed.count("Earlier record") == 1
    assert "0003-" in changed.split("Earlier record: [")[1][:12]


def test_an_earlier_record_is_known_by_the_name_that_its_outcome_has_today(tmp_path: Path) -> None:
    written(walked(example_tree(), "no"), tmp_path)
    tree = example_tree()
    again = Revision(4, outcomes=(Renamed("leave", "let-be"),))
    outcomes = (replace(tree.outcomes[0], id="let-be"), *tree.outcomes[1:])
    felt = tree.questions[0]
    options = (replace(felt.options[0], to="let-be"), felt.options[1])
    tree = replace(
        tree,
        version=4,
        outcomes=outcomes,
        questions=(replace(felt, options=options), *tree.questions[1:]),
        changes=(again,),
    )
    assert "which came to the same." in written(walked(tree, "no"), tmp_path).text


def test_what_is_no_record_or_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "decisions"
    (folder / "0009-folder.md").mkdir(parents=True)
    (folder / "0008-broken.md").write_text("```json be-tui decision\n{\n```\n")
    (folder / "0007-plain.md").write_text("# A decision\n")
    (folder / "0006-large.md").write_bytes(b" " * 2_000_001)
    assert "Earlier record" not in written(walked(example_tree(), "no"), tmp_path).text


def test_each_change_begins_with_a_link_that_tries_it() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "code")
    page = changes_page(walk.answer("tests", "some"))
    links = [line for line in text(page).split(" ") if line.startswith("(try:")]
    assert links == ["(try:felt=no)", "(try:tests=none)"]
    assert "Now: Tune it" in text(page)
    together = text(changes_page(answered(voting(4, 2), "no")))
    assert "these two together do:" in together
    assert "(try:q0=yes;q1=yes)" in together
    assert changes_page(walk).blocks == ()
