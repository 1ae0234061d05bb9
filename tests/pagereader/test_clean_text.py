"""Cleaning of what is typed: characters nobody sees go, scanners' and trackers' links become what they lead to."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagereader import clean_typed, unwrapped, unwrapped_in, unwrapped_links
from submissions.admin.rich_text import stored_form

TARGET = "https://www.example.org/a/b_c?x=1&y=two%20words#part"
CODED = quote(TARGET, safe="")
DATA = "data=05%7C01%7Cjane.doe%40camden.gov.uk%7Cabc&reserved=0"
SAFE = f"https://eur01.safelinks.protection.outlook.com/?url={CODED}&{DATA}"
WRAPPED = {
    "safe links": SAFE,
    "of another ring": f"https://gbr01.safelinks.protection.outlook.com/ap/w-59584e83/?url={CODED}&{DATA}",
    "with an entity": SAFE.replace("&data", "&amp;data"),
    "in capitals": SAFE.replace("https://eur01.safelinks", "HTTPS://EUR01.SafeLinks"),
    "encoded twice": f"https://eur01.safelinks.protection.outlook.com/?url={quote(CODED, safe='')}&{DATA}",
    "one in another": f"https://nam02.safelinks.protection.outlook.com/?url={quote(SAFE, safe='')}&{DATA}",
    "teams": f"https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={CODED}&locale=en",
    "proofpoint 2": "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_a_b-5Fc-3Fx-3D1-26y-3Dtwo-2520words-23part&d=Dw&c=a",
    "proofpoint 3": "https://urldefense.com/v3/__https://www.example.org/a/b_c?x=1&y=two*20words*part__;JSM!!abc!d$",
    "google": f"https://www.google.co.uk/url?sa=t&url={CODED}&usg=AOv",
    "google mail": f"https://www.google.com/url?q={CODED}&source=gmail&ust=1",
    "facebook": f"https://l.facebook.com/l.php?u={CODED}&h=AT0",
    "linkedin": f"https://www.linkedin.com/redir/redirect?url={CODED}&urlhash=x",
    "youtube": f"https://www.youtube.com/redirect?event=video&q={CODED}",
    "cisco": f"https://secure-web.cisco.com/1aBc/{CODED}",
    "govdelivery": f"https://links-1.govdelivery.com/CL0/{CODED}/1/01010192/abc",
    "barracuda": f"https://linkprotect.cudasvc.com/url?a={CODED}&c=E,1,x&typo=1",
    "sophos": "https://eu-west-1.protection.sophos.com?d=example.org&u=aHR0cHM6Ly93d3cuZXhhbXBsZS5vcmcvYS9iX2M_eD0xJnk9dHdvJTIwd29yZHMjcGFydA==&i=NQ",
    "anybody's": f"https://click.council.example/track?id=7&url={CODED}",
    "tracked": "https://www.example.org/a/b_c?utm_source=news&x=1&fbclid=IwAR&y=two%20words&mc_eid=5f#part",
    "tracked inside": f"https://l.instagram.com/?u={quote(TARGET.replace('#', '&utm_campaign=q%201#'), safe='')}&e=A",
}
AS_THEY_ARE = [
    "https://web.archive.org/web/2020/https://www.example.org/",
    "https://translate.google.com/translate?u=https://www.example.org/",
    "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.example.org",
    "https://example.org/redirect?url=%2Fhome",
    "https://example.org/redirect?url=javascript%3Aalert(1)",
    "https://protect-eu.mimecast.com/s/abcdef?domain=example.org",
    "https://example.org/?q=https",
    "https://example.org/a?b=&c&d=%41+x",
    "http://[::1x/redirect?url=https%3A%2F%2Fexample.org",
    "mailto:ann@example.org",
    "#part",
    "",
]


@pytest.mark.parametrize("address", WRAPPED.values(), ids=WRAPPED)
def test_a_wrapped_link_becomes_what_it_leads_to_at_every_way_in(address):
    assert unwrapped(address) == TARGET
    assert unwrapped_in(f"See ({address}), and more.") == f"See ({TARGET}), and more."
    markup = address.replace("&amp;", "&").replace("&", "&amp;")
    visible = TARGET.replace("&", "&amp;")
    pasted = f'<p><a href="{markup}">Guide</a> at {markup}.</p>'
    assert unwrapped_links(pasted) == f'<p><a href="{visible}">Guide</a> at {visible}.</p>'
    assert stored_form(pasted) == f'<p><a href="{visible}">Guide</a> at {visible}.</p>'


@pytest.mark.parametrize("address", AS_THEY_ARE)
def test_a_link_that_is_no_wrapper_stays_byte_for_byte(address):
    assert unwrapped(address) == address
    assert unwrapped_in(f"{address} x") == f"{address} x"


@given(st.text())
def test_no_text_stops_the_cleaning_and_to_clean_twice_changes_nothing(text):
    address = f"https://l.example.org/redirect?url=https%3A%2F%2F{text}"
    assert unwrapped(unwrapped(address)) == unwrapped(address)
    clean = clean_typed(text)
    assert clean_typed(clean) == clean


UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u2069\ufeff\ufe0f\u061c\u180e\u3164"
    "\x00\x07\x7f\x9f"
)


@pytest.mark.parametrize("char", UNSEEN, ids=ascii)
def test_what_nobody_sees_is_taken_out_of_names_and_addresses(char):
    address = "ann.bell@merton.gov.uk"
    assert clean_typed(f"{char}ann.{char}bell@merton.gov.uk{char}{char}") == address
    assert clean_typed(f"Ann Bell{char}") == "Ann Bell"


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f469\u200d\U0001f4bb",  # a woman at a computer
        "\U0001f9d1\U0001f3fd\u200d\U0001f91d\u200d\U0001f9d1\U0001f3ff",
        "\U0001f3f3\ufe0f\u200d\U0001f308",
        "\u2764\ufe0f 1\ufe0f\u20e3 \u00a9\ufe0f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
        "\u0915\u094d\u200d\u0937",  # Hindi
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",  # Sinhala
        "José, Zoë – “£5 · 3½”\n\ttwo",
    ],
    ids=ascii,
)
def test_a_script_or_an_emoji_keeps_what_it_is_made_of(text):
    assert clean_typed(text) == text


def test_other_forms_of_the_same_letters_are_one():
    assert clean_typed("Zoe\u0308\u00a0Bell") == "Zo\u00eb Bell"
    assert clean_typed("one\x0btwo") == "one two"
    assert clean_typed("one\x0btwo\nthree") == "one\ntwo\nthree"
