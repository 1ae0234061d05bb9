"""What is no category page is refused with one sentence that helps, quickly and in little memory."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from pagereader import NotAPage, decode

ARTICLE = """Council opens new youth centre

London Borough of Camden – which opened a youth centre on Monday – says demand is high.

The centre will serve 400 young people. Contact: press@camden.gov.uk

Islington and Camden will share the cost.
"""
NOTHING = [
    ("", "empty"),
    (" \n\t\n\u200b\n", "empty"),
    ("\0\1\2" * 400, "binary"),
    (ARTICLE, "no Practice Spotlight category page"),
    ("Care Leaver Survey 2024\n\nQ1 How many?\nCamden: 12\nBrent: 14\n", "no Practice Spotlight category page"),
    ("x" * 5_000_000, "characters long"),
    ("a - " * 250_000, "characters long"),
    ("London Borough of " * 60_000, "characters long"),
    ("word " * 20 + "\n" + ("word " * 20 + "\n") * 20_000, "far more than a category page"),
    ("Category 3. Early help\n\nThis category includes practice.\n\nSponsored by X\n", "no entry"),
]


@pytest.mark.parametrize(
    ("text", "told"), NOTHING, ids=[told + str(number) for number, (_, told) in enumerate(NOTHING)]
)
def test_not_a_page(read_text, text, told):
    began = time.perf_counter()
    with pytest.raises(NotAPage) as refusal:
        read_text(text)
    assert told in str(refusal.value)
    assert str(refusal.value).endswith(".") and "\n" not in str(refusal.value)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("line", [20, 24, 30, 37, 40, 170, 215, 300, 850])
def test_a_page_cut_in_the_middle_of_a_sentence(read_text, care_leavers_text, line):
    lines = care_leavers_text.split("\n")
    cut = next(n for n, text in enumerate(lines) if n >= min(line, 808) and len(text) > 150 and text[0].isalpha())
    with pytest.raises(NotAPage) as refusal:
        read_text("\n".join([*lines[:cut], lines[cut][:137].rstrip()]))
    assert "cut off" in str(refusal.value)


@pytest.mark.parametrize("line", [6, 17, 18, 19, 21, 23, 27, 29])
def test_a_page_cut_before_the_first_main_text(read_text, care_leavers_text, line):
    with pytest.raises(NotAPage):
        read_text("\n".join(care_leavers_text.split("\n")[:line]))


@pytest.mark.parametrize(
    "raw", [b"\x00\x01\x02" * 99, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04\x14\x00\x06\x00", b"%PDF\x00"]
)
def test_binary_files(raw):
    with pytest.raises(NotAPage, match="binary"):
        decode(raw)


def test_five_megabytes_need_little_memory(read_text):
    tracemalloc.start()
    with pytest.raises(NotAPage):
        read_text("y" * 5_000_000)
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()


HOSTILE = [
    "a - ",
    "“a ",
    '" ',
    "1,",
    "from 1 to 2 ",
    "fell from 1 to ",
    "and ",
    "( ",
    "Camden & ",
    "over the last two ",
    "a@b ",
    "'",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("label", ["Key Contact", "Partners", "Team", "Main Submission", "Summary of project"])
def test_a_long_line_is_read_in_good_time(read_text, unit, label):
    line = (unit * 20_000)[:15_000]
    page = f"LB Sutton – Homes\nSummary of project: We help.\n{label}: {line}\nMain Submission:\nIt went well.\n"
    began = time.perf_counter()
    read_text(page)
    assert time.perf_counter() - began < 5


def test_more_lines_than_any_page_has_are_refused_at_once(read_text):
    with pytest.raises(NotAPage, match="over 20,000 lines"):
        read_text("London Borough of Camden – First\nKey Contact: Ann Bell\n" + "a\tb\n" * 50_000)
