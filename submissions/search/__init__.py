"""Search: `understand` a text, then the ids that match it, or their scores; `snippets`; `suggest` while it is typed.

The same behaviour on SQLite and PostgreSQL: everything that has to do with language happens here, in Python, and the
engines find and rank stems.
"""

from submissions.search.engines import matching_ids, scored_ids
from submissions.search.failures import record_failure
from submissions.search.query import Query
from submissions.search.snippets import Snippet, snippets
from submissions.search.suggesting import Suggestion, suggest
from submissions.search.understanding import understand

__all__ = [
    "Query",
    "Snippet",
    "Suggestion",
    "matching_ids",
    "record_failure",
    "scored_ids",
    "snippets",
    "suggest",
    "understand",
]
