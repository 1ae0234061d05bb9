"""People of the desk in each role, and the table of attempts empty before each test."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache

from editorial.people.rights import ADMINISTRATORS, EDITORS, OBSERVERS

PASSWORD = "a long password of theirs"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


@pytest.fixture
def make_person(db):
    """make_person(name, role) → an account of the staff; its password is PASSWORD."""

    def make(name, role=None, **fields):
        address = f"{name}@liia.example"
        person = User.objects.create_user(name, address, PASSWORD, **{"is_staff": True, **fields})
        if role:
            person.groups.add(Group.objects.get(name=role))
        return person

    return make


@pytest.fixture
def administrator(make_person):
    return make_person("mei", ADMINISTRATORS)


@pytest.fixture
def editor(make_person):
    return make_person("ed", EDITORS)


@pytest.fixture
def observer(make_person):
    return make_person("olu", OBSERVERS)


@pytest.fixture
def catalogue(seed_catalogue):
    pass


@pytest.fixture
def try_to_sign_in(client):
    """try_to_sign_in(name, password) → the answer, and what stands in it as an error."""

    def tried(login, password="wrong"):
        answer = client.post("/accounts/login/", {"login": login, "password": password})
        return answer, answer.context["form"].non_field_errors() if answer.status_code == 200 else []

    return tried
