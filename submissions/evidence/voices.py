"""People's own words, as published, with who speaks only as far as the page says it."""

from django.shortcuts import render

from submissions.evidence.lists import EvidenceFilter, evidence_page
from submissions.models import Submission, Voice


def voices(request):
    heard = Voice.objects.heard().filter(submission__in=Submission.objects.published())
    heard = heard.select_related("submission").order_by("-submission__published_on", "submission", "position", "pk")
    filterset = EvidenceFilter(request.GET, heard)
    page = evidence_page(filterset.qs.prefetch_related("submission__boroughs", "submission__themes"), request)
    return render(request, "submissions/voices.html", {"filterset": filterset, "page": page})
