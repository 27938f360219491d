from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.project.coveragereports import Coverage, Ratio, read_coverage
from be_tui.core.project.xmlform import XmlTrouble

_DOCTYPE = b'<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">\n'


def test_cobertura_with_counts() -> None:
    read = read_coverage(
        "coverage.xml",
        b'<?xml version="1.0"?>\n' + _DOCTYPE + b'<coverage line-rate="0.9" branch-rate="0.5" '
        b'lines-covered="90" lines-valid="100" branches-covered="5" branches-valid="10" '
        b'timestamp="1700000000000"><packages/></coverage>',
    )
    assert read == Coverage(Ratio(90, 100), Ratio(5, 10), 1_700_000_000)


def test_cobertura_with_rates_only() -> None:
    read = read_coverage(
        "c.xml", b'<coverage line-rate="0.25" branch-rate="0" timestamp="1700000000"/>'
    )
    assert read == Coverage(Ratio(0.25, 1), Ratio(0, 0), 1_700_000_000)
    read = read_coverage("c.xml", b'<coverage line-rate="0.25" branch-rate="0.5"/>')
    assert read.branches == Ratio(0.5, 1)


def test_lcov_adds_its_files_up() -> None:
    read = read_coverage(
        "coverage/lcov.info",
        b"TN:\nSF:a.ts\nLF:10\nLH:5\nBRF:4\nBRH:1\nend_of_record\nSF:b.ts\nLF:10\nLH:10\n",
    )
    assert read == Coverage(Ratio(15, 20), Ratio(1, 4))


def test_jacoco_counts_the_whole_report_only() -> None:
    read = read_coverage(
        "jacoco.xml",
        b'<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">'
        b'<report name="shop"><sessioninfo id="a" start="1" dump="1700000000000"/>'
        b'<package name="p"><counter type="LINE" missed="1" covered="1"/></package>'
        b'<counter type="INSTRUCTION" missed="9" covered="9"/>'
        b'<counter type="LINE" missed="20" covered="60"/>'
        b'<counter type="BRANCH" missed="3" covered="1"/></report>',
    )
    assert read == Coverage(Ratio(60, 80), Ratio(1, 4), 1_700_000_000)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("lcov.info", b"nothing", "it names no lines"),
        ("coverage.xml", b"<coverage/>", "neither a Cobertura nor a JaCoCo"),
        ("coverage.xml", b"<html/>", "neither a Cobertura nor a JaCoCo"),
        ("coverage.xml", b"", "it is not XML"),
        ("jacoco.xml", b"<report/>", "it counts no lines"),
        ("coverage.xml", b"<!DOCTYPE c [<!ENTITY a 'b'>]><coverage/>", "declares entities"),
    ],
)
def test_what_is_no_report_is_told(name: str, data: bytes, said: str) -> None:
    with pytest.raises(XmlTrouble, match=said):
        read_coverage(name, data)


@given(st.text("0123456789.-einfa", max_size=8))
def test_a_number_that_is_none_counts_as_nothing(text: str) -> None:
    read = read_coverage("c.xml", f'<coverage line-rate="{text}" timestamp="{text}"/>'.encode())
    assert 0 <= read.lines.covered < float("inf")
    assert 0 <= read.when < float("inf")
