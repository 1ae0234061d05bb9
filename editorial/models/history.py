"""Contacts, themes, words and the survey's rows: each change kept with its author, by django-simple-history.

Entries are not here: an entry is many rows, and its text is signed off as one (see `editorial.snapshots`).
"""

from django.apps import apps
from simple_history import register

from boroughs.models import Borough, Contact, DeliveryBody
from submissions.models import Category, GlossaryTerm, OldAddress, Partner, Round, Theme


def _of_the_survey():
    """The survey stands beside this app, and a site without it does without."""
    return apps.all_models["survey"].values() if apps.is_installed("survey") else ()


FOLLOWED = [Borough, DeliveryBody, Contact, Category, Theme, Partner, Round, GlossaryTerm, OldAddress]
FOLLOWED += [model for model in _of_the_survey() if not model._meta.auto_created]

for model in FOLLOWED:
    register(model, app="editorial")
