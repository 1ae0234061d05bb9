"""The domains of an authority's own addresses grow by a command, which refuses what is no domain and no authority."""

import pytest
from django.core.management import CommandError, call_command

from boroughs.models import Borough

pytestmark = pytest.mark.django_db


def test_a_domain_is_added_once(make_entry):
    before = Borough.objects.get(slug="merton").email_domains
    for domain in ("@Merton.example.org", "merton.example.org"):
        call_command("add_email_domain", "merton", domain, verbosity=0)
    merton = Borough.objects.get(slug="merton")
    assert merton.email_domains == [*before, "merton.example.org"]
    assert merton.is_own_address("ann@children.merton.example.org")


@pytest.mark.parametrize(
    ("borough", "domain", "sentence"),
    [
        ("merton", "ann@merton.org", "is no domain"),
        ("merton", "merton", "is no domain"),
        ("leeds", "leeds.gov.uk", "no authority"),
    ],
)
def test_what_is_no_domain_or_no_authority_is_refused(make_entry, borough, domain, sentence):
    before = list(Borough.objects.values_list("email_domains", flat=True))
    with pytest.raises(CommandError, match=sentence):
        call_command("add_email_domain", borough, domain)
    assert list(Borough.objects.values_list("email_domains", flat=True)) == before
