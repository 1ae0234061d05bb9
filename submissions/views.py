"""Pages of the catalogue: the list, an entry, and the ways in by theme and category."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from submissions.entry_text import EntryText
from submissions.facet_index import current_index
from submissions.facets import facets_of
from submissions.filters import SORTS, SubmissionFilter
from submissions.models import Category, FormerSlug, Submission, Theme

PAGE_SIZE = 20


def submission_list(request):
    """The list with its filters; a page out of range is 404, an unknown filter value is told."""
    filterset = SubmissionFilter(request.GET, Submission.objects.published())
    page = page_or_404(filterset.qs.for_listing(), filterset.total, request.GET.get("page") or "1")
    context = {
        "filterset": filterset,
        "facets": facets_of(filterset),
        "page": page,
        "page_links": page_links(page, filterset),
        "sorts": [(value, label, filterset.query(sort=value)) for value, label in SORTS.items()],
    }
    return render(request, "submissions/list.html", context)


def page_or_404(queryset, total, number):
    """One page of twenty of `total`; `number` as a reader typed it."""
    paginator = Paginator(queryset, PAGE_SIZE)
    paginator.count = total  # known from the index: no counting in the database
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= paginator.num_pages):
        raise Http404(f"The list has {paginator.num_pages} pages, and “{number[:20]}” is none of them.")
    return paginator.page(int(number))


def page_links(page, filterset):
    """[(number, address)] of the pages to offer; a gap is ("…", "")."""
    numbers = page.paginator.get_elided_page_range(page.number)
    return [(n, "" if n == Paginator.ELLIPSIS else filterset.query(page=n)) for n in numbers]


def submission(request, slug):
    """One entry. An address it had before leads to the one it has now."""
    entry = Submission.objects.published().for_detail().filter(slug=slug).first()
    if entry is None:
        former = get_object_or_404(FormerSlug.objects.select_related("submission"), slug=slug)
        if not former.submission.is_published:
            raise Http404
        return redirect(former.submission, permanent=True)
    others = Submission.objects.published().for_listing().exclude(pk=entry.pk)
    context = {
        "entry": entry,
        "text": EntryText(entry),
        "same_borough": others.sharing_a_borough_with(entry),
        "same_themes": others.sharing_themes_with(entry)[:4],
    }
    return render(request, "submissions/entry.html", context)


def theme_list(request):
    return render(request, "submissions/themes.html", {"themes": themes_with_counts()})


def themes_with_counts():
    """[(theme, number of entries)] in LIIA's order."""
    index = current_index()
    return [(theme, index.count("theme", theme.slug)) for theme in Theme.objects.all()]


def theme(request, slug):
    theme = get_object_or_404(Theme, slug=slug)
    entries = Submission.objects.published().for_listing().filter(themes=theme)
    return render(request, "submissions/theme.html", {"theme": theme, "entries": entries})


def category(request, slug):
    category = get_object_or_404(Category.objects.prefetch_related("administrators"), slug=slug)
    context = {
        "category": category,
        "entries": category.submissions.published().for_listing(),
        "unanswered": category.mentions_without_entry(),
    }
    return render(request, "submissions/category.html", context)
