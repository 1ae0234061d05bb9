from django.urls import path

from submissions.evidence.coverage import coverage, coverage_csv
from submissions.evidence.glossary import glossary
from submissions.evidence.outcomes import outcomes, outcomes_csv
from submissions.evidence.voices import voices

urlpatterns = [
    path("outcomes/", outcomes, name="outcomes"),
    path("outcomes.csv", outcomes_csv, name="outcomes_csv"),
    path("voices/", voices, name="voices"),
    path("coverage/", coverage, name="coverage"),
    path("coverage.csv", coverage_csv, name="coverage_csv"),
    path("glossary/", glossary, name="glossary"),
]
