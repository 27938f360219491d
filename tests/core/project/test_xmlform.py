from __future__ import annotations

import pytest

from be_tui.core.project.xmlform import Stop, XmlTrouble, tree, walk


def test_a_document_is_read_with_its_lines_and_without_name_spaces() -> None:
    root = tree(b'<a xmlns:m="u">\n <m:b k="1"> x </m:b>\n <b>y<c/></b>\n</a>')
    assert [(each.tag, each.line) for each in root.children] == [("b", 2), ("b", 3)]
    assert root.value("b") == "x"
    assert root.value("d") == ""
    assert root.child("b") is root.children[0]
    assert [each.tag for each in root.all("c")] == ["c"]
    assert root.children[0].attributes == {"k": "1"}


def test_a_named_document_type_is_passed_over_and_never_fetched() -> None:
    data = b'<?xml version="1.0"?>\n<!DOCTYPE coverage SYSTEM "http://127.0.0.1:1/x.dtd">\n<a/>'
    assert tree(data).tag == "a"


@pytest.mark.parametrize(
    "declared",
    [
        b'<!ENTITY a "aaaaaaaaaa">',
        b'<!ENTITY a SYSTEM "file:///etc/passwd">',
        b'<!ENTITY % a SYSTEM "http://127.0.0.1:1/x">',
    ],
)
def test_a_document_that_declares_entities_is_refused(declared: bytes) -> None:
    with pytest.raises(XmlTrouble, match="declares entities"):
        tree(b"<!DOCTYPE a [" + declared + b"]><a>&a;</a>")


def test_entities_that_explode_are_refused_before_they_do() -> None:
    levels = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    with pytest.raises(XmlTrouble):
        tree(f'<!DOCTYPE a [<!ENTITY x0 "ha">{levels}]><a>&x9;</a>'.encode())


def test_elements_may_not_nest_without_end() -> None:
    with pytest.raises(XmlTrouble, match="nests deeper than 100"):
        tree(b"<a>" * 5000)


@pytest.mark.parametrize("data", [b"", b"not xml", b"<a>", b"\x00\x01", b"<a></b>"])
def test_what_is_no_xml_is_told_with_its_line(data: bytes) -> None:
    with pytest.raises(XmlTrouble, match=r"it is not XML \(line 1\)"):
        tree(data)


def test_a_reader_that_has_seen_enough_ends_the_reading() -> None:
    seen: list[tuple[str, int]] = []

    def start(tag: str, attributes: dict[str, str], depth: int, line: int) -> None:
        del attributes, line
        seen.append((tag, depth))
        if tag == "b":
            raise Stop

    walk(b"<a><b/><c/>and then no xml at all", start)
    assert seen == [("a", 0), ("b", 1)]
