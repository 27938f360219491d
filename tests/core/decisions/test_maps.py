"""Maps: text, Mermaid, Graphviz and words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from be_tui.core.decisions import dot, map_page, map_words, mermaid, start, tree_map
from be_tui.core.decisions.maps.order import arrange
from be_tui.core.document import Document, Lines, to_text, width
from be_tui.core.errors import InputError
from be_tui.core.knowledge import Option, Question, Tree, Unknown
from tests.core.decisions.strategies import evidence, example_tree, outcome, trees, walks, words

if TYPE_CHECKING:
    from collections.abc import Callable

NASTY = '1. "quoted" [x] {y} <b>bold</b> & `c` #35; 50% | a\\nb %%{init: {}}%%\nnext; end'


def lines(document: Document) -> list[str]:
    return [
        "".join(span.text for span in line)
        for block in document.blocks
        if isinstance(block, Lines)
        for line in block.lines
    ]


def question(question_id: str, *options: tuple[str, str]) -> Question:
    made = tuple(Option(str(number), label, to) for number, (label, to) in enumerate(options))
    return Question(question_id, f"Is it {question_id}?", "why", made, Unknown("0", "price"))


def tree_of(*questions: Question) -> Tree:
    ends = (outcome("stop", "Stop"), outcome("go", "Go"))
    return Tree("t", 1, "T", "T?", "s", questions[0].id, questions, ends)


def test_a_tree_is_drawn_with_each_question_once_and_its_edges_labelled() -> None:
    assert lines(tree_map(example_tree())) == [
        "○ 1  Does anyone feel it?",
        "├─ No → Leave it",
        "└─ Yes → 2",
        "",
        "○ 2  Where does the time go?",
        "├─ if much code → Profile first",
        "└─ The database | Our code → 3",
        "",
        "○ 3  Do tests pin what it does?",
        "├─ Yes → Tune it",
        "└─ No → Pin it by tests first",
    ]


def test_the_path_is_marked_by_signs_and_not_by_colour_alone() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "")
    assert lines(tree_map(walk.tree, walk.answer("tests", "some", "measured"))) == [
        "● 1  Does anyone feel it?",
        "├─ No → Leave it",
        "└▸ ✓ Yes → 2",
        "",
        "● 2  Where does the time go?",
        "├─ if much code → Profile first",
        "└▸ ✓ The database (assumed) | Our code → 3",
        "",
        "● 3  Do tests pin what it does?",
        "├▸ ✓ Yes (measured) → ◆ Tune it",
        "└─ No → Pin it by tests first",
    ]


def test_the_map_says_where_you_are_also_when_you_look_back() -> None:
    walk = start(example_tree()).answer("felt", "yes")
    assert "▶ 2  Where does the time go? ◂ you are here" in lines(tree_map(walk.tree, walk))
    assert "▶ 1  Does anyone feel it? ◂ you are here" in lines(tree_map(walk.tree, walk.back()))


def test_a_route_that_was_taken_is_marked_and_the_option_is_not() -> None:
    measured = [evidence("size", {"size.files": 900})]
    walk = start(example_tree(), measured).answer("felt", "yes").answer("where", "code")
    drawn = lines(tree_map(walk.tree, walk))
    assert "├▸ ✓ if much code → ◆ Profile first" in drawn
    assert "└─ The database | Our code → 3" in drawn


def test_a_side_branch_stands_in_its_edge_and_a_shared_question_after_all_that_lead_to_it() -> None:
    tree = tree_of(
        question("a", ("left", "b"), ("right", "c"), ("out", "stop")),
        question("b", ("on", "d"), ("off", "stop")),
        question("c", ("on", "d"), ("more", "e")),
        question("d", ("yes", "go"), ("no", "stop")),
        question("e", ("yes", "go"), ("no", "d")),
    )
    assert lines(tree_map(tree)) == [
        "○ 1  Is it a?",
        "├─ left → 2",
        "│  ○ 2  Is it b?",
        "│  ├─ on → 5",
        "│  └─ off → Stop",
        "├─ out → Stop",
        "└─ right → 3",
        "",
        "○ 3  Is it c?",
        "├─ on → 5",
        "└─ more → 4",
        "",
        "○ 4  Is it e?",
        "├─ yes → Go",
        "└─ no → 5",
        "",
        "○ 5  Is it d?",
        "├─ yes → Go",
        "└─ no → Stop",
    ]


def test_side_branches_alone_are_closed_below() -> None:
    tree = tree_of(
        question("a", ("one", "b"), ("two", "c")),
        question("b", ("yes", "go"), ("no", "stop")),
        question("c", ("yes", "go"), ("no", "stop")),
    )
    drawn = lines(tree_map(tree))
    assert drawn[:2] == ["○ 1  Is it a?", "├─ two → 2"]
    assert drawn.index("└─ one → 3") < drawn.index("○ 3  Is it b?")


def test_branches_within_branches_stay_readable() -> None:
    names = [f"n{index}" for index in range(14)]
    chain = [
        question(name, ("a", f"x{name}"), ("b", names[index + 1] if index < 13 else "go"))
        for index, name in enumerate(names)
    ]
    leaves = [question(f"x{name}", ("yes", "go"), ("no", "stop")) for name in names]
    deep = [
        replace(each, options=(each.options[1], each.options[0])) if index % 2 else each
        for index, each in enumerate(chain)
    ]
    drawn = lines(tree_map(tree_of(*deep, *leaves)))
    assert max(len(line) for line in drawn) <= 76
    assert sum("Is it" in line for line in drawn) == 28


def test_long_words_are_broken_and_long_labels_wrapped() -> None:
    tree = tree_of(question("a", ("x" * 200, "go"), ("wörter und " * 20, "stop")))
    drawn = lines(tree_map(tree, width=40))
    assert max(map(width, drawn)) <= 40
    assert (
        "".join(line[3:] for line in drawn if line.strip("├─│ ").startswith("x")).count("x") == 200
    )


def test_questions_out_of_reach_are_left_out() -> None:
    tree = tree_of(question("a", ("x", "go"), ("y", "stop")), question("b", ("x", "go")))
    assert "Is it b?" not in "".join(lines(tree_map(tree)))


def test_a_circle_is_refused_not_drawn() -> None:
    with pytest.raises(InputError, match="in a circle"):
        arrange(tree_of(question("a", ("x", "b"), ("y", "go")), question("b", ("x", "a"))))


def test_the_map_page_has_the_title_and_what_the_signs_mean() -> None:
    text = to_text(map_page(start(example_tree())))
    assert "When to tune" in text
    assert "▸ ✓ your way" in text


def test_in_words_each_answer_says_where_it_leads() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "")
    said = to_text(map_words(walk), 200)
    assert "Question 1: Does anyone feel it?" in said
    assert "• Yes (your answer): question 2" in said
    assert "• The database (taken, assumed): question 3" in said
    assert "Question 3: Do tests pin what it does? You are here." in said
    assert "• No: outcome Pin it by tests first" in said
    assert not set(said) & set("├└│▸○●▶")


@given(walks())
def test_every_question_in_reach_is_drawn_once_in_every_map(walk: object) -> None:
    from be_tui.core.decisions import Walk

    assert isinstance(walk, Walk)
    reach = set(arrange(walk.tree).drawn())
    drawn = lines(tree_map(walk.tree, walk))
    heads = [line for line in drawn if re.match(r"[│ ]*[○●▶] \d", line)]
    assert len(heads) == len(reach)
    assert max(map(width, drawn)) <= 76
    chart = mermaid(walk.tree, walk)
    assert chart.count("==>") == len(walk.path)
    assert dot(walk.tree, walk).count("style=bold") == len(walk.path)


@given(trees(words))
def test_no_label_breaks_a_chart(tree: Tree) -> None:
    chart = mermaid(tree).splitlines()
    assert chart[0] == "flowchart TD"
    shapes = (
        r'    q\d+\["[^"]*"\]',
        r'    o\d+\(\["[^"]*"\]\)',
        r'    q\d+ (-->|-\.->|==>)\|"[^"]*"\| [qo]\d+',
    )
    for line in chart[1:]:
        assert any(re.fullmatch(shape, line) for shape in shapes), line
        label = re.sub(r"#\d+;|<br/>", "", line[line.index('"') : line.rindex('"')])
        assert not set(label) & set("<>#&`\\{}"), line


def nasty_tree() -> Tree:
    tree = example_tree()
    felt = tree.questions[0]
    options = (replace(felt.options[0], label=NASTY), felt.options[1])
    return replace(tree, questions=(replace(felt, ask=NASTY, options=options), *tree.questions[1:]))


def test_mermaid_writes_what_it_would_read_as_its_own_as_codes() -> None:
    label = (
        "1#46; #34;quoted#34; [x] #123;y#125; #60;b#62;bold#60;/b#62; #38;<br/>"
        "#96;c#96; #35;35; 50% | a#92;nb %%#123;init: #123;#125;#125;%%<br/>next; end"
    )
    chart = mermaid(nasty_tree())
    assert f'    q1["{label}"]' in chart
    assert f'    q1 -->|"{label}"| o1' in chart


def test_mermaid_marks_the_path_and_how_it_came_about() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "")
    chart = mermaid(walk.tree, walk)
    assert '    q1 ==>|"Yes"| q2' in chart
    assert '    q2 ==>|"The database (assumed)"| q3' in chart
    assert '    q2 -.->|"if much code"| o2' in chart
    assert "    class q1,q2,q3 walked" in chart
    assert "walked" not in mermaid(walk.tree)


def test_mermaid_gives_an_empty_label_a_space() -> None:
    assert '"#160;"' in mermaid(tree_of(question("a", ("", "go"), ("b", "stop"))))


def test_graphviz_escapes_quotes_backslashes_entities_and_line_breaks() -> None:
    drawing = dot(nasty_tree())
    assert r"\"quoted\"" in drawing
    assert r"a\\nb" in drawing
    assert "&amp;" in drawing
    assert r"%%\nnext; end" in drawing
    assert not any(line.endswith("next; end") for line in drawing.splitlines())


def test_graphviz_marks_the_path_and_how_it_came_about() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "")
    drawing = dot(walk.tree, walk)
    assert '"where" -> "tests" [label="The database (assumed)", style=bold, penwidth=3];' in drawing
    assert '"where" -> "profile" [label="if much code", style=dashed];' in drawing
    assert '"felt" [shape=box, label="Does anyone feel it?", penwidth=3];' in drawing
    assert '"tune" [shape=box, style=rounded, label="Tune it"];' in drawing


@pytest.mark.parametrize("draw", [mermaid, dot])
def test_nothing_in_a_drawing_is_obeyed_by_a_terminal(draw: Callable[[Tree], str]) -> None:
    text = "\x1b]52;c;eA==\a \u202ered \x9b2J"
    asked = replace(question("a", (text, "stop"), ("b", "go")), ask=text)
    drawn = draw(replace(tree_of(asked), title=text))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", drawn)
