"""Every bad file is a fault with its place, never an exception, and costs no more than its size."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.yamlform import (
    YAML_LIMIT,
    Faults,
    Listing,
    Mapping,
    Node,
    Scalar,
    parse_yaml,
    read_yaml,
)


def faults_of(text: str, first_line: int = 1) -> list[tuple[str, int, int, str]]:
    faults = Faults("x.yaml")
    parse_yaml(text, faults, first_line)
    return [
        (each.rule, each.place.line, each.place.column, each.message) for each in faults.findings
    ]


@pytest.mark.parametrize(
    ("text", "rule", "line", "column", "says"),
    [
        ("a: b: c", "pack-syntax", 1, 5, "in quotes"),
        ("a:\n\tb: 2", "pack-syntax", 2, 1, "indent with spaces"),
        ("a: [1,\n", "pack-syntax", 2, 1, "not YAML"),
        ("a: 1\nb\nc: 2", "pack-syntax", 3, 1, "a key needs"),
        ("", "pack-syntax", 1, 1, "nothing is written"),
        ("# a remark\n", "pack-syntax", 1, 1, "nothing is written"),
        ("a: 1\n---\nb: 2", "pack-syntax", 2, 1, "second document"),
        ("a: !!python/name:os.system x", "pack-syntax", 1, 4, "tag"),
        ("a: &x 1", "pack-alias", 1, 4, "anchor `&x`"),
        ("a: 1\nb: *x", "pack-alias", 2, 4, "alias `*x`"),
        ("a: \x07", "pack-not-text", 1, 0, "#x0007"),
        ("[a, b]", "pack-wrong-type", 1, 1, "found a list"),
        ("text", "pack-wrong-type", 1, 1, "found `text`"),
        ("? [a]\n: 1", "pack-wrong-type", 1, 3, "as a key"),
        ("a: 1\nb: 2\na: 3", "pack-duplicate-id", 3, 1, "first in line 1"),
        ("[" * 41 + "]" * 41, "pack-syntax", 1, 41, "nested"),
    ],
)
def test_what_cannot_be_read_is_one_fault_with_its_place(
    text: str, rule: str, line: int, column: int, says: str
) -> None:
    ((found_rule, found_line, found_column, message),) = faults_of(text)
    assert (found_rule, found_line, found_column) == (rule, line, column)
    assert says in message


def test_lines_count_from_where_the_text_stands_in_its_file() -> None:
    assert faults_of("a: 1\na: 2", first_line=10)[0][1] == 11
    assert faults_of("a: b: c", first_line=10)[0][1] == 10
    assert faults_of("a: 1\nb: \x07", first_line=10)[0][1] == 11


def test_all_doubled_keys_and_tags_are_told_in_one_run() -> None:
    text = "a: 1\na: 2\nb: {c: 1, c: 2}\nd: !x 1\ne: &y 1\n"
    assert sorted((line, rule) for rule, line, *_ in faults_of(text)) == [
        (2, "pack-duplicate-id"),
        (3, "pack-duplicate-id"),
        (4, "pack-syntax"),
        (5, "pack-alias"),
    ]


def test_aliases_that_explode_cost_nothing() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    start = time.process_time()
    assert {rule for rule, *_ in faults_of("\n".join(lines))} == {"pack-alias"}
    assert time.process_time() - start < 0.5


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    faults = Faults("big.yaml")
    start = time.process_time()
    assert read_yaml(str(path), faults).node is None
    assert time.process_time() - start < 0.05
    (fault,) = faults.findings
    assert fault.rule == "pack-too-large"
    assert "50,000,000" in fault.message
    assert f"{YAML_LIMIT:,}" in fault.message


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"a: 1\nb: \xff\n", 2, "0xff"),
        (b"a: 1\nb: \x00\n", 2, "NUL"),
        ("a: ü".encode("utf-16"), 1, "UTF-8"),
    ],
)
def test_what_is_not_utf8_is_refused_with_its_line(
    tmp_path: Path, data: bytes, line: int, says: str
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    faults = Faults("x.yaml")
    read_yaml(str(path), faults)
    (fault,) = faults.findings
    assert (fault.rule, fault.place.line) == ("pack-not-text", line)
    assert says in fault.message


def test_a_mark_of_byte_order_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    faults = Faults("x.yaml")
    assert read_yaml(str(path), faults).keys == ("a", "b")
    assert not faults.findings


def test_what_is_no_file_is_a_fault_not_a_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    messages = []
    for name in ("pipe.yaml", "folder.yaml", "loop.yaml", "none.yaml"):
        faults = Faults(name)
        assert read_yaml(str(tmp_path / name), faults).node is None
        (fault,) = faults.findings
        assert fault.rule == "pack-unreadable"
        messages.append(fault.message)
    assert "no regular file" in messages[0]
    assert "a folder" in messages[1]
    assert "symbolic links" in messages[2]
    assert "No such file" in messages[3]


def test_a_file_that_may_not_be_read_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A mode of 000 does not stop root, so the refusal itself is put in.
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "x.yaml"
    path.write_text("a: 1")
    monkeypatch.setattr(Path, "open", refuse)
    faults = Faults("x.yaml")
    read_yaml(str(path), faults)
    assert [each.message for each in faults.findings] == ["cannot be read: Permission denied"]


def shape(node: Node | None) -> object:
    """Give what a node holds, without places."""
    match node:
        case Scalar(text):
            return text
        case Listing(items):
            return [shape(each) for each in items]
        case Mapping(pairs):
            return {key.text: shape(value) for key, value in pairs}
    return None


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
KEYS = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20)
VALUES = st.recursive(
    TEXTS, lambda below: st.lists(below) | st.dictionaries(KEYS, below), max_leaves=10
)


class NoAliases(yaml.SafeDumper):
    """Writes equal values out each time."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


@given(st.dictionaries(KEYS, VALUES, min_size=1))
def test_what_yaml_writes_is_read_back(value: dict[str, object]) -> None:
    faults = Faults("x.yaml")
    written = yaml.dump(value, allow_unicode=True, Dumper=NoAliases)
    assert shape(parse_yaml(written, faults).node) == value
    assert not faults.findings


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    faults = Faults("x.yaml")
    at = parse_yaml(text, faults)
    assert at.node is not None or faults.findings


def test_it_reads_without_the_c_library_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    faults = Faults("x.yaml")
    assert shape(parse_yaml("a: {b: [no, 'yes']}", faults).node) == {"a": {"b": ["no", "yes"]}}
    assert faults_of("a: b: c")[0][0] == "pack-syntax"
