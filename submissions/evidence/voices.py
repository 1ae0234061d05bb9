"""People's own words, as published, with who speaks only as far as the page says it."""

import django_filters
from django.shortcuts import render

from boroughs.models import Borough
from submissions.evidence.lists import EvidenceFilter, page_of
from submissions.models import Submission, Theme, Voice


class VoiceFilter(EvidenceFilter):
    """Voices by theme and borough."""

    theme = django_filters.ModelChoiceFilter(
        queryset=Theme.objects.all(),
        field_name="submission__themes",
        to_field_name="slug",
        label="Theme",
        empty_label="Any",
    )
    borough = django_filters.ModelChoiceFilter(
        queryset=Borough.objects.all(),
        field_name="submission__boroughs",
        to_field_name="slug",
        label="Borough",
        empty_label="Any",
    )


def voices(request):
    heard = Voice.objects.heard().filter(submission__in=Submission.objects.published())
    heard = heard.select_related("submission").order_by("-submission__published_on", "submission", "position", "pk")
    filterset = VoiceFilter(request.GET, heard)
    page = page_of(filterset.qs.prefetch_related("submission__boroughs", "submission__themes"), request)
    return render(request, "submissions/voices.html", {"filterset": filterset, "page": page})
