"""Addresses as people type and machines garble them: each leads to the right page, or is told off; none is a fault."""

from urllib.parse import quote, urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.test.client import closing_iterator_wrapper
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from submissions.models import OldAddress
from submissions.sharing.addresses import page_meant

pytestmark = pytest.mark.django_db

# DESIGN's table of addresses, and what stands beside them.
PAGES = [
    "/", "/submissions/", "/submissions/total-respect/", "/submissions/total-respect/correction/", "/boroughs/",
    "/boroughs/merton/", "/themes/", "/themes/housing/", "/categories/", "/categories/care-leavers/", "/coverage/",
    "/outcomes/", "/voices/", "/glossary/", "/pack/", "/compare/", "/about/", "/accessibility/", "/privacy/", "/data/",
    "/api/",
]  # fmt: skip
FILES = [
    "/submissions.csv", "/submissions.xlsx", "/submissions.json", "/submissions.atom", "/outcomes.csv", "/coverage.csv",
    "/data/themes.csv", "/data/boroughs.json", "/api/openapi.json", "/api/submissions", "/api/boroughs", "/api/themes",
    "/api/outcomes", "/api/submissions/total-respect", "/sitemap.xml", "/sitemap-entries.xml", "/robots.txt",
    "/opensearch.xml",
    "/.well-known/security.txt", "/suggest", "/preview.png", "/submissions/preview.png",
    "/submissions/total-respect/preview.png",
]  # fmt: skip
DESK = [
    "/admin/submissions/submission/", "/admin/submissions/outcomemetric/", "/admin/submissions/theme/",
    "/admin/submissions/partner/", "/admin/submissions/failedsearch/", "/admin/boroughs/contact/",
    "/admin/boroughs/borough/", "/admin/editorial/correction/", "/admin/editorial/mail/", "/admin/auth/user/",
    "/admin/autocomplete/", "/accounts/login/",
]  # fmt: skip
# No view of these reads a parameter: whatever is odd meets what stands before every view, and nothing else.
WITHOUT_PARAMETERS = {
    "/boroughs/", "/themes/", "/categories/", "/glossary/", "/about/", "/accessibility/", "/privacy/", "/data/",
    "/api/", "/data/themes.csv", "/data/boroughs.json", "/api/openapi.json", "/sitemap.xml", "/robots.txt",
    "/opensearch.xml", "/.well-known/security.txt", "/preview.png", "/submissions/total-respect/preview.png",
}  # fmt: skip
ASKED = [address for address in [*PAGES, *FILES] if address not in WITHOUT_PARAMETERS]
PARAMETERS = [
    "q", "theme", "borough", "category", "partner", "has", "sort", "page", "limit", "exact", "ids", "list", "format",
    "kind", "unit", "section", "arrived", "v", "match",
]  # fmt: skip
# At once what no answer to another keeps from being read.
DESK_PARAMETERS = [
    ["q", "o", "all", "_popup"], ["p"], ["e"], ["status__exact"], ["borough"], ["id__exact"],
    ["_changelist_filters", "term", "app_label", "model_name", "field_name", "next", "_to_field"],
]  # fmt: skip
ODD = [
    "", " ", "\0", "a\0b", "0000000019", "00000000000000000000001", "٢", "-1", "1.0", "1e5", "9" * 30, "²", "1\0", "'",
    '"', "%", "%00", "<script>", "\ud7ff", "\U0010ffff", "x" * 3000, "//evil.example", "housing", "merton", "1",
    "3,7,12", "\u202e", "a:b:c",
]  # fmt: skip


@pytest.fixture
def site(make_entry):
    return make_entry(slug="total-respect", title="Total Respect", themes=["housing"], figures=["confirmed"])


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_capitals_and_slashes_lead_to_the_page(client, site, address):
    if address == "/":
        return
    slashes = address.rstrip("/") if address.endswith("/") else f"{address}/"
    for typed in {address.upper(), address.title(), slashes, slashes.upper(), address.replace("/", "//")} - {address}:
        response = client.get(f"{quote(typed)}?theme=housing" if typed[:2] != "//" else f"http://testserver{typed}")
        assert response.status_code == 301, typed
        assert response["Location"].partition("?")[0] == address, typed
        if typed[:2] != "//":
            assert response["Location"].endswith("?theme=housing"), typed


def test_a_short_address_in_capitals(client, site):
    assert client.get(f"/S/{site.pk}")["Location"] == f"/s/{site.pk}"


def test_a_secret_keeps_its_capitals():
    assert page_meant("/Sign-Off/AbC-9_x/") == "/sign-off/AbC-9_x/"
    assert page_meant("/CONTACT-CHECKS/Ab1-C/NO-MORE") == "/contact-checks/Ab1-C/no-more/"
    assert page_meant("/sign-off/AbC/") == ""


@pytest.mark.parametrize(
    "address",
    ["//evil.example/", "//evil.example/about/", "/\\evil.example/", "/Admin/", "/ADMIN/auth/user/", "/Accounts/Login/",
     "/Nowhere/", "/s/999999", "/api/Nowhere", "/submissions/no-such-entry/", "/ſubmiſſions/", "/İ/"],
)  # fmt: skip
def test_where_no_page_is_meant_none_is_made_up(client, site, address):
    response = client.get(f"http://testserver{quote(address)}", follow=True)
    assert response.status_code == 404
    assert all(place.startswith("/") and place[1:2] not in ("/", "\\") for place, _ in response.redirect_chain)
    assert len(response.redirect_chain) < 2


def test_an_address_of_liia_s_former_pages_in_capitals(client, site):
    OldAddress.objects.create(path="/Practice/Care-Leavers", target="/themes/")
    for typed in ("/practice/care-leavers", "/PRACTICE/Care-Leavers/"):
        assert client.get(typed)["Location"] == "/themes/"


def test_names_of_parameters_in_capitals_count(client, make_entry):
    make_entry(slug="a", themes=["housing"])
    make_entry(slug="b", themes=["money"])
    page = client.get("/submissions/?Theme=HOUSING&SORT=Title").content.decode()
    assert 'data-submission="a"' in page
    assert 'data-submission="b"' not in page


@pytest.mark.parametrize("address", ["/submissions/", "/outcomes/", "/voices/"])
def test_one_pager_for_every_list(client, make_entry, address):
    for _ in range(35):
        make_entry(figures=["confirmed"], voices=["“One.”"])
    for page, status in {"2": 200, "0002": 200, "00000000000002": 200, "3": 404, "0000000019": 404, "٢": 404, "0": 404,
                         "000": 404, "-1": 404, "2\0": 404, "\0": 404, "9" * 40: 404, "²": 404}.items():  # fmt: skip
        assert client.get(address, {"page": page}).status_code == status, page


def test_the_api_s_pages_are_counted_alike(client, make_entry):
    for _ in range(3):
        make_entry()
    expected = {"2": 200, "0000000002": 200, "0000000019": 404, "0": 400, "٢": 400, "\0": 400, "9" * 40: 400}
    for page, status in expected.items():
        assert client.get("/api/submissions", {"page": page, "limit": "02"}).status_code == status, page


def faults(client, addresses, parameters, asked):
    for address in addresses:
        query = urlencode([(parameters[n % len(parameters)], value) for n, value in asked])
        answer = client.get(f"{address}?{query}")
        answer.getvalue()
        yield address, query, answer.status_code


@pytest.mark.parametrize("value", ODD, ids=ascii)
def test_every_parameter_of_every_public_address_takes_anything(client, site, value):
    page = PARAMETERS.index("page")  # an odd one is not found, whatever else was asked
    asked = [(n, value) for n in range(len(PARAMETERS)) if n != page]
    one = sorted(WITHOUT_PARAMETERS)[ODD.index(value) % len(WITHOUT_PARAMETERS)]
    for address, query, status in [
        *faults(client, [*ASKED, one], PARAMETERS, [*asked, *asked[:5]]),
        *faults(client, ["/submissions/", "/outcomes/", "/voices/", "/api/submissions"], PARAMETERS, [(page, value)]),
    ]:
        assert status < 500, (address, query)


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.tuples(st.integers(0, 18), st.one_of(st.text(max_size=30), st.sampled_from(ODD))), max_size=6))
def test_no_public_address_is_at_fault_whatever_is_asked(client, site, asked):
    for address, query, status in faults(client, ASKED, PARAMETERS, asked):
        assert status < 500, (address, query)


@pytest.mark.parametrize("value", ["\0", "a\0", "9" * 30, "-1", "٢", "'", "\U0010ffff", "1"], ids=ascii)
def test_no_list_at_the_desk_is_at_fault(admin_client, site, value):
    for names in DESK_PARAMETERS:
        for address in DESK:
            assert admin_client.get(address, dict.fromkeys(names, value)).status_code < 500, (address, names)
    for model in ("submission", "theme", "outcomemetric"):
        path = f"/admin/submissions/{model}/{quote(value, safe='')}/change/"
        assert admin_client.get(path).status_code < 500, path
    asked = {"app_label": "submissions", "model_name": "submission", "field_name": "boroughs", "term": value}
    assert admin_client.get("/admin/autocomplete/", asked).status_code < 500


def test_nul_is_an_unknown_value_and_no_fault(client, admin_client, site):
    page = client.get("/submissions/?theme=%00").content.decode()
    assert "There is no theme “\ufffd”. It was left out." in page
    assert client.get("/submissions/%00/").status_code == 404
    client.cookies["sessionid"] = '"\\000abcdefgh"'
    assert client.get("/admin/", headers={"cookie": r'sessionid="\000abcdefgh"'}).status_code == 302


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/submissions.csv", "/api/submissions", "/admin/", "/healthz"])
def test_other_verbs_are_refused(client, site, method, address):
    response = client.generic(method, address)
    assert response.status_code == 405
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_head_answers_as_get_without_a_body(site, address):
    """Asked of the site itself: Django's own test client takes bodies out."""
    handler, answers = WSGIHandler(), []
    for method in ("GET", "HEAD"):
        response = handler.get_response(RequestFactory().generic(method, address))
        body = b"".join(closing_iterator_wrapper(response, response.close))  # a server closes too; Excel's is a file
        answers.append((response.status_code, response.headers["Content-Type"], body))
    assert answers[0][0] == 200
    assert answers[1] == (*answers[0][:2], b"")
