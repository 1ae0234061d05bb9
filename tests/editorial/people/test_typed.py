"""What is typed comes to every form clean, and is given back where a form is refused at the door."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from boroughs.models import Contact
from editorial.models import Correction
from tests.editorial.corrections.conftest import entry, tell

__all__ = ["entry", "tell"]
SEEN, TYPED = "ann.bell@merton.example", "\u200eann.\u200bbell@merton\u00ad.example\ufeff\u200e"
WRAPPED = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fa&data=05%7Cann%40b.example"
)
HERE = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
CONTACTS = "/admin/boroughs/contact/add/"


@pytest.fixture
def desk(client, db):
    client.force_login(User.objects.create_superuser("root", "root@liia.example", is_staff=True))
    return client


def models():
    return [
        pytest.param(model, id=model._meta.label)
        for model, one in admin.site._registry.items()
        if type(one).has_add_permission in (admin.ModelAdmin.has_add_permission, User)
        or model._meta.label in ("auth.User", "auth.Group")
    ]


@pytest.mark.parametrize("model", models())
def test_each_text_of_each_form_at_the_desk_comes_clean(desk, model):
    """An address list, a name, a slug, a web address: whatever is typed, the form is given what can be seen."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    fields = desk.get(address).context["adminform"].form.fields
    texts = [
        name
        for name, field in fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)
    ]
    assert texts
    answer = desk.post(
        address, {name: WRAPPED if isinstance(fields[name], forms.URLField) else TYPED for name in texts}
    )
    form = answer.context["adminform"].form if answer.status_code == 200 else None
    stored = model._default_manager.order_by("pk").last()
    for name in texts:
        clean = "https://www.example.org/a" if isinstance(fields[name], forms.URLField) else SEEN
        assert (form.data[name] if form else getattr(stored, name)) in (clean, [clean]), name


def test_a_person_typed_twice_is_one_and_passwords_stay_as_typed(desk):
    Contact.objects.create(name="Ann Bell", email=SEEN)
    answer = desk.post(CONTACTS, {"name": "Ann Bell\u200e", "email": TYPED.upper()})
    assert "already has this e-mail address" in answer.content.decode()
    secret = "a long \u200b password\u00a0of theirs"
    User.objects.create_user("olu", "olu@liia.example", secret, is_staff=True)
    visitor = Client()
    visitor.post("/accounts/login/", {"login": "\ufeffolu\u200b", "password": secret})
    assert visitor.session.get("_auth_user_id")


def test_a_readers_form_and_a_search_come_clean(client, tell, entry):
    tell(email=TYPED, message=f"Zoe\u0308 is\u200b right: {WRAPPED}")
    correction = Correction.objects.get()
    assert correction.email == SEEN
    assert correction.message.startswith("Zo\u00eb is right: ")
    assert client.get("/submissions/", {"q": "op\u00aden\u200b door"}).context["request"].GET["q"] == "open door"


@pytest.mark.parametrize("name", ["name", "role", "email"])
def test_a_form_sent_after_its_session_has_ended_is_given_back_and_can_be_sent_again(desk, name):
    """Signed out, signed in again in another tab, sent again: the words arrive."""
    words = {"name": "<b>Ann</b> & “co”", "role": "\nHead\r\nof it", "email": SEEN, "_continue": "1"}
    desk.session.flush()
    answer = desk.post(CONTACTS, words, **HERE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You are not signed in any more." in page
    assert "&lt;b&gt;Ann&lt;/b&gt; &amp; “co”" in page
    assert f"\n{words['role'].replace(chr(13), '')}</textarea>" in page.replace("\r", "")
    assert 'value="I have signed in: send it again"' in page
    assert "no-store" in answer["Cache-Control"]
    desk.force_login(User.objects.get(username="root"))
    again = {field["name"]: field["value"] for field in answer.context["typed"] + answer.context["carried"]}
    assert desk.post(answer.context["action"], again).status_code == 302
    assert getattr(Contact.objects.get(), name) == words[name].strip()


def test_a_form_with_an_old_token_is_given_back_with_a_fresh_one(desk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="root"))
    sent = {"name": "Ann", "csrfmiddlewaretoken": "x" * 64, "password1": "secret words", "typed_drafts": "draft:1:/x:0"}
    answer = strict.post(CONTACTS, sent, **HERE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'value="Send it again"' in page
    assert "secret words" not in page
    assert "Passwords are not shown" in page
    assert "DEBUG" not in page
    token = answer.context["csrf_token"]
    assert strict.post(CONTACTS, {"name": "Ann", "csrfmiddlewaretoken": str(token)}, **HERE).status_code == 302
    assert Contact.objects.get().name == "Ann"


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (CONTACTS, {"HTTP_ORIGIN": "https://evil.example"}),
        (CONTACTS, {"HTTP_ORIGIN": "null"}),
        (CONTACTS, {"HTTP_REFERER": "http://testserver.evil.example/"}),
        (CONTACTS, {}),
        (CONTACTS, {**HERE, "HTTP_SEC_FETCH_SITE": "cross-site"}),
        (CONTACTS, {**HERE, "HTTP_SEC_FETCH_SITE": "same-site"}),
        ("/accounts/password/", HERE),
        (CONTACTS, {**HERE, "PATH_INFO": "//evil.example/admin/"}),
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_forged_form_is_never_one_click_from_being_sent(desk, address, headers, signed_in):
    strict = Client(enforce_csrf_checks=True)
    if signed_in:
        strict.force_login(User.objects.get(username="root"))
    answer = strict.post(address, {"name": "Ann", "code": "123456"}, **headers)
    page = answer.content.decode()
    assert "send it again" not in page.lower()
    assert "123456" not in page
    assert answer.status_code in (403, 404)


def test_files_are_named_to_be_chosen_again(desk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    desk.session.flush()
    file = SimpleUploadedFile("page <1>.txt", b"x")
    page = desk.post("/admin/import/", {"text": "Long words", "file": file}, **HERE).content.decode()
    assert "You had chosen a file: “page &lt;1&gt;.txt”" in page
    assert "Long words" in page


def test_a_draft_is_forgotten_only_when_its_form_was_saved(desk):
    """The page after saving names the drafts to forget; one that came back with errors names none."""
    for fields, named in [
        ({"name": ""}, ""),
        ({"name": "Ann", "email": "no address"}, ""),
        ({"name": "Ann"}, "draft:1:/x"),
    ]:
        desk.post(CONTACTS, {**fields, "typed_drafts": "draft:1:/x"})
        assert desk.get("/admin/").context["saved_drafts"] == named
    assert desk.get("/admin/").context["saved_drafts"] == ""
    desk.post(f"{CONTACTS}?_popup=1", {"name": "Bo", "_popup": "1", "typed_drafts": "draft:1:/y"})
    assert desk.get("/admin/").context["saved_drafts"] == "draft:1:/y"
