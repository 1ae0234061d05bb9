"""The link that signs for an authority goes to the authority alone: never to anybody who works at the desk."""

import pytest
from django.contrib.auth.models import User

from boroughs.models import Borough
from editorial.failures import Refused
from editorial.models import Mail, Signatory
from editorial.workflow import transition

ADD = "/admin/editorial/signatory/add/"
OUTSIDE = ["mei@liia.example", "dcs@merton.gov.uk.evil.example", "dcs@evilmerton.gov.uk", "dcs@brent.gov.uk"]


@pytest.fixture
def merton(administrator, make_entry):
    make_entry(boroughs=["merton", "brent"])
    User.objects.filter(pk=administrator.pk).update(email="mei@merton.gov.uk")
    return Borough.objects.get(slug="merton")


def form(borough, email):
    return {"borough": borough.pk, "role": "dcs", "name": "Dee", "email": email}


@pytest.mark.parametrize("email", OUTSIDE)
def test_an_address_outside_the_authority_is_refused_with_its_domains(desk, merton, email):
    said = desk.post(ADD, form(merton, email)).content.decode()
    assert "is no address of Merton’s own (merton.gov.uk)" in said
    assert not Signatory.objects.exists()


@pytest.mark.parametrize("email", ["mei@merton.gov.uk", "MEI@Merton.gov.uk", "mei+sign@merton.gov.uk"])
def test_nobody_with_an_account_at_the_desk_signs(desk, merton, email):
    assert "has an account at the desk" in desk.post(ADD, form(merton, email)).content.decode()
    assert not Signatory.objects.exists()


@pytest.mark.parametrize("email", ["dee@merton.gov.uk", "dee@cs.MERTON.gov.uk"])
def test_an_address_of_the_authority_is_saved_and_no_change_leads_it_away(desk, send_form, merton, email):
    assert desk.post(ADD, form(merton, email)).status_code == 302
    change = f"/admin/editorial/signatory/{Signatory.objects.get().pk}/change/"
    assert send_form(change, email="mei@liia.example").status_code == 200
    assert send_form(change, borough=Borough.objects.get(slug="brent").pk).status_code == 200
    assert Signatory.objects.get().email == email


def test_who_signs_is_given_no_account_and_who_has_one_is_not_asked(send_form, draft, administrator):
    person = f"/admin/auth/user/{administrator.pk}/change/"
    said = send_form(person, email="dcs+desk@merton.example").content.decode()
    assert "nobody who signs works at the desk." in said
    User.objects.filter(pk=administrator.pk).update(email="dcs@merton.example")
    with pytest.raises(Refused, match="has an account at the desk"):
        transition(draft, "send")
    assert not Mail.objects.exists()
