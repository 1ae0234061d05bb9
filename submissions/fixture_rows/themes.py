"""LIIA's themes, in the order LIIA lists them."""

from submissions.fixture_rows.row import numbered
from submissions.fixture_rows.sources import table


def theme_rows(root):
    """Rows of themes; `root` is the fixtures folder."""
    themes = table(root / "sources" / "themes.csv")
    return numbered(
        "submissions.theme",
        (
            {"name": theme["name"], "slug": theme["slug"], "description": theme["definition"], "order": order}
            for order, theme in enumerate(themes, start=1)
        ),
    )
