"""One page of a list, by the number that an address asks for: the same for entries, figures, voices and the API."""

from django.core.paginator import Paginator
from django.http import Http404

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


def page_of(records, size, text):
    """The page of so many records that `text` names, the first for ""; NoSuchPage if there is none."""
    paginator = Paginator(records, size)
    number = whole_number(text or "1")
    if number is None or not 1 <= number <= paginator.num_pages:
        pages = "1 page" if paginator.num_pages == 1 else f"{paginator.num_pages} pages"
        raise NoSuchPage(f"This list has {pages}, and “{text[:20]}” is none of them.", paginator.num_pages)
    return paginator.page(number)
