"""The glossary's terms and the thesaurus' groups of words."""

from submissions.fixture_rows.row import BuildError
from submissions.search.thesaurus_rows import ThesaurusError, glossary_rows


def term_rows(root):
    """Rows of glossary terms; `root` is the fixtures folder. BuildError names the line that cannot be read."""
    glossary, thesaurus = (root / "sources" / name for name in ("glossary.csv", "thesaurus.csv"))
    try:
        return glossary_rows(glossary.read_text(encoding="utf-8"), thesaurus.read_text(encoding="utf-8"))
    except ThesaurusError as error:
        raise BuildError(f"{thesaurus}: {error}") from error
