"""Words are found on a page."""

from __future__ import annotations

from be_tui.core.document import Match, Reach, find, lay_out, parse_markdown


def found(markdown: str, words: str, width: int = 20) -> list[tuple[Reach, ...]]:
    page = lay_out(parse_markdown(markdown), width)
    return [match.reaches for match in find(page, words)]


def test_words_are_found_whatever_their_capitals() -> None:
    assert found("Cache the cache", "CACHE") == [(Reach(0, 0, 5),), (Reach(0, 10, 15),)]


def test_words_are_found_where_their_sentence_goes_on_in_the_next_line() -> None:
    assert found("- one two nine three four", "three  four") == [(Reach(0, 15, 20), Reach(1, 2, 6))]


def test_words_of_two_paragraphs_are_not_one_place() -> None:
    assert found("one\n\ntwo", "one two") == []


def test_words_of_two_cells_are_not_one_place() -> None:
    assert found("| a | b |\n|---|---|\n| one | two |", "one two") == []


def test_bullets_and_bars_are_no_words() -> None:
    assert found("- one\n\n> two", "•") == []


def test_words_are_found_where_code_has_been_cut() -> None:
    assert found(f"```\n{'x' * 40} here\n```", "here") == [(Reach(0, 43, 47),)]


def test_a_word_with_signs_means_just_itself() -> None:
    assert found("f(x) fx", "f(x)") == [(Reach(0, 0, 4),)]


def test_no_words_are_found_nowhere() -> None:
    page = lay_out(parse_markdown("text"), 20)
    assert find(page, "  ") == ()
    assert find(page, "text") == (Match((Reach(0, 0, 4),)),)
