"""Two edits of one text, list or set of rows made one: what each changed is there, what both changed is said."""

import random

import pytest

from spotlight.desk.diff_and_merge import merged_list, merged_rows, merged_text, merged_values

A, B, C = "<p>The first paragraph.</p>", "<p>The second paragraph.</p>", "<p>The third paragraph.</p>"


def text(*paragraphs):
    return "\n".join(paragraphs)


A2, B2, B3, N, M = (f"<p>The {words}.</p>" for words in ("1st paragraph", "2nd one", "two", "new one", "other new one"))
MERGES = {
    "neighbouring paragraphs": (text(A, B), text(A2, B), text(A, B2), text(A2, B2)),
    "one added at the end, one reworded": (text(A, B), text(A, B, N), text(A2, B), text(A2, B, N)),
    "one added in the middle, one removed": (text(A, B, C), text(A, N, B, C), text(A, B), text(A, N, B)),
    "both added at the end": (text(A), text(A, N), text(A, M), text(A, M, N)),
    "both did the same": (text(A, B), text(A2, B), text(A2, B), text(A2, B)),
    "all removed by one": (text(A, B), "", text(A, B), ""),
    "items of a list": (
        "<ul><li>One</li><li>Two</li></ul>",
        "<ul><li>One!</li><li>Two</li></ul>",
        "<ul><li>One</li><li>Two</li><li>Three</li></ul>",
        "<ul><li>One!</li><li>Two</li><li>Three</li></ul>",
    ),
    "plain lines": ("one\ntwo", "one\r\n2", "1\ntwo", "1\n2"),
}


@pytest.mark.parametrize("base, mine, theirs, result", MERGES.values(), ids=MERGES)
def test_what_each_changed_of_a_text_is_in_it(base, mine, theirs, result):
    assert merged_text(base, mine, theirs) == (result, [])


CONFLICTS = {
    "one paragraph": (text(A, B), text(A, B2), text(A, B3), text(A, B2), [(B2, B3)]),
    "reworded here, removed there": (text(A, B), text(A, B2), text(A), text(A, B2), [(B2, "")]),
    "nothing before": ("", text(A), text(B), text(A), [(text(A), text(B))]),
    "the rest is merged": (text(A, B, C), text(A, B2, C), text(A2, B3, C), text(A2, B2, C), [(B2, B3)]),
}


@pytest.mark.parametrize("base, mine, theirs, result, both", CONFLICTS.values(), ids=CONFLICTS)
def test_what_both_changed_is_said_and_is_as_in_mine(base, mine, theirs, result, both):
    assert merged_text(base, mine, theirs) == (result, both)


def test_no_paragraph_of_either_is_ever_lost_unsaid():
    """Two random edits of ten paragraphs: what one of them added is in the result, or in a conflict."""
    dice = random.Random(7)  # noqa: S311 (always the same)
    for _ in range(200):
        base = [f"<p>Paragraph {n} of the text.</p>" for n in range(10)]
        edits = [edited(base, dice, who) for who in ("mine", "theirs")]
        result, both = merged_text(*(text(*paragraphs) for paragraphs in (base, *edits)))
        said = result + "".join(one + other for one, other in both)
        for paragraph in {*edits[0], *edits[1]} - {*base}:
            assert paragraph in said


def edited(paragraphs, dice, who):
    result = []
    for paragraph in paragraphs:
        act = dice.choice(["leave"] * 6 + ["reword", "remove", "add"])
        result += (
            []
            if act == "remove"
            else [paragraph.replace("the text", f"{who}'s text") if act == "reword" else paragraph]
        )
        result += [f"<p>Added by {who}: {dice.random()}.</p>"] if act == "add" else []
    return result


def test_html_stays_whole_where_two_edits_wrap_the_same_lines():
    base, mine = "<p>One</p>\n<p>Two</p>", "<ul><li>One</li><li>Two</li></ul>"
    result, _ = merged_text(base, mine, "<p>One</p>\n<blockquote><p>Two</p></blockquote>")
    for tag in ("ul", "li", "blockquote", "p"):
        assert result.count(f"<{tag}>") == result.count(f"</{tag}>")


def test_lists_and_fields():
    assert merged_list([1, 2, 3], [2, 3, 4], [1, 2, 5]) == ([2, 5, 4], [])
    assert merged_values({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 2}) == ({"a": 2, "b": 2}, [])
    assert merged_values({"a": 1}, {"a": 2}, {"a": 3}) == ({"a": 2}, ["a"])


def row(key, said, pk=1, position=1):
    return {"key": key, "said": said, "id": pk, "position": position}


def test_rows_are_merged_by_their_keys_field_by_field():
    base = [row("a", 1), row("b", 1), row("c", 1)]
    mine = [row("a", 2), row("c", 1), {"said": "new"}]
    theirs = [row("a", 1, pk=7), row("b", 1), row("c", 2), row("d", 1)]
    rows, conflicts = merged_rows(base, mine, theirs, "key")
    assert rows == [row("a", 2, pk=7), row("c", 2), row("d", 1), {"said": "new"}]
    assert conflicts == []


@pytest.mark.parametrize("mine, theirs", [([], [row("a", 2)]), ([row("a", 2)], [])])
def test_a_row_removed_by_one_and_changed_by_the_other_is_kept_and_said(mine, theirs):
    rows, conflicts = merged_rows([row("a", 1)], mine, theirs, "key")
    assert rows == conflicts == [row("a", 2)]
