"""A table's cells never run together, and no figure is read across two of them."""

import time

import pytest

from pagereader import Block
from pagereader.figures.metrics import metrics_of
from pagereader.text.tables import cells_of
from submissions.admin.rich_text import stored_form

ENTRY = """London Borough of Camden – First

Summary of project: Mentors for young people.
Key Contact: Ann Bell, Head – ann.bell@camden.gov.uk
Main Submission:
We began in 2021. It went well.

{rows}

It went well.
"""
ROWS = {
    "a comparison in two cells": ["Rose from 12%", "to 24% of care leavers"],
    "a count and what it is of": ["31", "of 48 young people"],
    "a count beside a count": ["We supported 48 young people", "compared with 20 last year"],
    "two prices": ["£266 per week", "against £805 per week"],
    "before and after": ["fell from 120", "to 74 families"],
}


def figures(blocks):
    return [(metric.figure, metric.comparator) for metric in metrics_of(blocks)]


@pytest.mark.parametrize("cells", ROWS.values(), ids=ROWS)
def test_no_figure_is_read_across_the_cells_of_a_row(read_text, cells):
    alone = [figure for cell in cells for figure in figures((Block("bullets", (1,), items=(cell,), item_lines=(1,)),))]
    tabbed = read_text(ENTRY.format(rows="\t".join(cells))).entries[0].metrics
    assert [(metric.figure, metric.comparator) for metric in tabbed] == alone
    named = "; ".join(f"{head}: {cell}" for head, cell in zip(("Before", "After"), cells, strict=True))
    item = Block("bullets", (1,), items=(named,), item_lines=(1,))
    assert figures((item,)) == alone
    assert {metric.quote for metric in metrics_of((item,))} <= {named}  # the whole row stands in the text


def test_each_row_of_a_pasted_table_is_a_paragraph(read_text):
    rows = "Year\tHomes\n2022\t31 homes\nin all\t48"
    body = read_text(ENTRY.format(rows=rows)).entries[0].body
    assert [block.text for block in body[1:-1]] == rows.split("\n")
    assert {block.kind for block in body} == {"paragraph"}


@pytest.mark.parametrize(
    ("sentence", "cells"),
    [
        ("Year: 2022; Children: 48; Cost: £3", ["Year: 2022", "Children: 48", "Cost: £3"]),
        ("We met 12 families; they came: all of them.", None),
        ("a\t\tb", ["a", "b"]),
        ("One sentence; and its end.", None),
    ],
)
def test_cells_of_a_line(sentence, cells):
    assert cells_of(sentence) == (cells or [sentence])


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        (
            "<p>a</p><table><tr><th>Year</th><th>Homes</th></tr><tr><td>2023</td><td>14</td></tr></table><p>b</p>",
            "<p>a</p>\n<p>Year: 2023; Homes: 14</p>\n<p>b</p>",
        ),
        (
            '<TABLE class="x"><tbody><tr><td><p>Year</p></td><td><p>Homes</p></td></tr>'
            "<tr><td><p>2023</p></td><td><p><strong>14</strong> homes</p><p>&amp; more</p></td></tr></tbody></table>",
            "<p>Year: 2023; Homes: <strong>14</strong> homes &amp; more</p>",
        ),
        ("<table><tr><td>One<td>Two<tr><td>Three<td>Four</table>", "<p>One; Two</p>\n<p>Three; Four</p>"),
        (
            "<table><caption>Homes</caption><tr><td>x<table><tr><td>1</td><td>2</td></tr></table></td><td>y</td></tr></table>",
            "<p>Homes</p>\n<p>x 1; 2; y</p>",
        ),
        ("<table></table>", ""),
        ("<p>A &lt;table&gt; of ours</p>", "<p>A &lt;table&gt; of ours</p>"),
    ],
)
def test_a_table_in_a_text_is_stored_as_a_paragraph_for_each_row(markup, stored):
    assert stored_form(markup) == stored
    assert stored_form(stored) == stored


@pytest.mark.parametrize(
    "unit", ["<table><tr><td>", "<table>", "<td>x</td>", "<table><tr><td>a</td><td>b", "<caption>x"]
)
def test_tables_of_any_shape_are_stored_in_good_time(unit):
    begun = time.process_time()
    assert stored_form("<table><tr>" + unit * (200_000 // len(unit))) is not None
    assert time.process_time() - begun < 5
