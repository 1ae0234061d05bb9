"""An entry as others cite it. The authority is the author; LIIA publishes."""

from submissions.sharing.addresses import short_address
from submissions.wording import joined

PUBLISHER = "London Innovation and Improvement Alliance"


def authors(entry):
    """“London Borough of Sutton”, several with “and”."""
    return joined([borough.official_name for borough in entry.boroughs.all()] or [PUBLISHER])


def harvard(entry):
    """The day of reading is the reader's to add: a page kept or printed would give a wrong one."""
    return (
        f"{authors(entry)} ({entry.published_on.year}) ‘{entry.title}’, Practice Spotlight, {entry.round.name}. "
        f"{PUBLISHER}. Available at: {short_address(entry)} (Accessed: [add the day])."
    )


def plain_citation(entry):
    return f"“{entry.title}”, {authors(entry)}, in Practice Spotlight ({PUBLISHER}), {short_address(entry)}"
