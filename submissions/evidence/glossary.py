"""Plain English: what the terms in the entries mean."""

from django.shortcuts import render

from submissions.models import GlossaryTerm


def glossary(request):
    terms = sorted(GlossaryTerm.objects.filter(shown=True).exclude(definition=""), key=lambda t: t.label.casefold())
    return render(request, "submissions/glossary.html", {"terms": terms})
