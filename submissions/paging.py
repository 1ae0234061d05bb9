"""One page of a list, by the number that an address asks for: the same for entries, figures, voices and the API."""

from django.core.paginator import Paginator
from django.http import Http404

from submissions.derived import cards
from submissions.search import snippets
from submissions.sharing.addresses import carried

PAGE_SIZE = 20
MOST_DIGITS = 9


def whole_number(text):
    """The number that digits 0 to 9 stand for, leading noughts or not; None for all else and for over nine digits."""
    digits = text.lstrip("0") or "0"
    return int(digits) if text.isascii() and text.isdigit() and len(digits) <= MOST_DIGITS else None


class NoSuchPage(Http404):
    """A page beyond a list's `pages`; the text says so in a sentence."""

    def __init__(self, sentence, pages):
        super().__init__(sentence)
        self.pages = pages


def page_of(records, text, size=PAGE_SIZE, query="", total=None):
    """The page of so many records that `text` names, the first for ""; NoSuchPage if there is none.

    `query`: what an address of the list carries beside the page's number, as “theme=housing”. `page.links`: [(number,
    address)] of the pages to offer; a gap is ("…", ""). `total`: how many records there are, where that is known."""
    paginator = Paginator(records, size)
    if total is not None:
        paginator.count = total
    number = whole_number(text or "1")
    if number is None or not 1 <= number <= paginator.num_pages:
        pages = "1 page" if paginator.num_pages == 1 else f"{paginator.num_pages} pages"
        raise NoSuchPage(f"This list has {pages}, and “{text[:20]}” is none of them.", paginator.num_pages)
    page = paginator.page(number)
    page.query = query
    page.links = [(n, _address(query, n)) for n in paginator.get_elided_page_range(number)]
    return page


def _address(query, number):
    """Of a page, relative to the list: “?theme=housing&page=2”. That of the first names no number."""
    if number == Paginator.ELLIPSIS:
        return ""
    query = "&".join(filter(None, [query, f"page={number}" if number > 1 else ""]))
    return f"?{query}" if query else "."


def page_of_entries(keys, request, query="", asked=None, heading="h3"):
    """The page that a request asks for of the entries with these keys: their cards, with snippets where something was
    searched (`asked`)."""
    page = page_of(keys, request.GET.get("page", ""), query=query)
    shown = list(page.object_list)
    found = snippets(shown, asked) if asked else {}
    page.object_list = cards(shown, snippets=found, listed=carried(request), heading=heading)
    return page
