"""A table of a web page or a Word file as lines: a submission form under its labels, short cells as a list of rows."""

from editorial.importing.markup import BLOCKS, CELLS
from pagereader import Cell, form_label, lines_of_rows

LONGEST_CELL, LONGEST_LABEL = 300, 60  # characters of what a line can hold beside other cells


def steps_of_table(table, page):
    """What stands in a table, as steps: a form's rows under their labels, a table of short cells as one line for each
    row, and any other cell by cell."""
    captions = [node for node in _children(table) if node.name == "caption"]
    rows = [(row, [cell for cell in _children(row) if cell.name in CELLS]) for row in _rows(table)]
    loose = [node for node in table.content if isinstance(node, str) and node.strip()]
    steps = [*loose, *captions, page.gap]
    labels = [label for _, cells in rows if (label := _label(cells))]
    if any(label.certain for label in labels) or len(labels) > 2:
        return [*steps, *(step for _, cells in rows for step in _form_row(cells, page))]
    columns = max((len(cells) for _, cells in rows), default=0)
    cells = [cell for _, cells in rows for cell in cells]
    if columns > 1 and len(rows) > 1 and all(_is_short(cell) for cell in cells):
        return [*steps, *_rows_as_lines([cells for _, cells in rows], columns, page)]
    if columns > 1 and len(rows) > 1:
        said = f"A table of {len(rows)} rows and {columns} columns is read cell by cell: compare it with the page."
        steps.append(lambda: page.doubt(said, "table"))
    return [*steps, *(step for cell in cells for step in (page.gap, *cell.content, page.gap))]


def _children(element):
    return [node for node in element.content if not isinstance(node, str)]


def _rows(table):
    for node in _children(table):
        if node.name == "tr":
            yield node
        elif node.name in ("thead", "tbody", "tfoot"):
            yield from (row for row in _children(node) if row.name == "tr")


def _is_short(cell):
    return cell.size <= LONGEST_CELL and cell.blocks <= 1 and not cell.tables


def _label(cells):
    """The label of the submission form in a row's first cell, or None."""
    has_one = len(cells) > 1 and 0 < cells[0].size <= LONGEST_LABEL and not cells[0].tables
    return form_label(cells[0].words()) if has_one else None


def _form_row(cells, page):
    if not _label(cells):
        return [step for cell in cells for step in (page.gap, *cell.content, page.gap)]
    label, *others = cells
    if len(others) == 1 and _is_short(others[0]):
        return [page.new_line, label.words(), page.tab, *_inline(others[0]), page.new_line]
    return [page.gap, label.words(), page.new_line, *(s for cell in others for s in (*cell.content, page.gap))]


def _inline(cell):
    """The content of a cell of at most one paragraph, without that paragraph's own line."""
    return [n for node in cell.content for n in (node.content if getattr(node, "name", "") in BLOCKS else [node])]


def _rows_as_lines(rows, columns, page):
    """“• Year: 2022; Children: 48”: an item for each row, so that no row is a heading and no figure is read across."""
    said = f"A table of {len(rows)} rows and {columns} columns was turned into lines: compare it with the page."
    yield lambda: page.doubt(said, "table")
    for line in lines_of_rows([[Cell(cell.words(), cell.name == "th", _inline(cell)) for cell in row] for row in rows]):
        yield from (page.new_line, "• ", *line, page.new_line)
