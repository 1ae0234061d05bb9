"""LIIA's desk in tests: somebody of the group who has signed in, and forms sent back as a browser sends them."""

import pytest
from django.contrib.auth.models import Group, User
from django.forms import MultiWidget

from editorial.people.rights import ADMINISTRATORS


@pytest.fixture
def group(db):
    return Group.objects.get(name=ADMINISTRATORS)


@pytest.fixture
def administrator(group):
    mei = User.objects.create_user("mei", password="mei has a long password", first_name="Mei", is_staff=True)
    mei.groups.add(group)
    return mei


@pytest.fixture
def desk(client, administrator):
    """A client signed in as an administrator of the group."""
    client.force_login(administrator)
    return client


@pytest.fixture
def catalogue(seed_catalogue):
    pass


@pytest.fixture
def send_form(desk):
    """send_form(address, **changes) → the answer to a form opened, changed in these fields, and sent."""

    def send(address, **changes):
        opened = desk.get(address)
        assert opened.status_code == 200, address
        return desk.post(address, fields_of(opened) | {"_continue": "1"} | changes)

    return send


def fields_of(response):
    """The fields of an admin form as a browser sends them: boxes only when ticked, line ends as CR LF."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form]
    forms += [form for formset in formsets for form in [formset.management_form, *formset.forms]]
    values = {key: value for form in forms for name in form.fields for key, value in sent_of(form[name]).items()}
    values |= {"_opened": response.context.get("opened_state")}
    return {name: as_sent(value) for name, value in values.items() if value is not None and value is not False}


def sent_of(bound):
    """{name: value} of one field; a day and an hour are two."""
    widget, value = bound.field.widget, bound.value()
    if not isinstance(widget, MultiWidget):
        return {bound.html_name: value}
    values = value if isinstance(value, list) else widget.decompress(value)
    parts = zip(widget.widgets, widget.widgets_names, values, strict=True)
    return {bound.html_name + name: part.format_value(one) for part, name, one in parts}


def as_sent(value):
    if isinstance(value, list):
        return [getattr(item, "pk", item) for item in value]
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


def carry_out(client, address, action, *keys, **more):
    """The answer to an action of a list, confirmed on the page that asks. `more`: what it wants beside the menu."""
    asked = client.post(address, {"action": action, "_selected_action": list(keys), **more})
    if asked.status_code != 200 or "carried" not in asked.context:
        return asked  # refused, or led on to a page of its own
    return client.post(address, asked.context["carried"], follow=True)
