"""The import desk in tests: real pages, as text and as real Word files, and people with and without the right."""

import io

import docx
import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client

SOURCE = settings.ROOT / "fixtures" / "sources" / "practice-spotlight-care-leavers.txt"
PAGES = settings.ROOT / "tests" / "pagereader" / "pages"


@pytest.fixture
def seed():
    return SOURCE.read_text()


@pytest.fixture
def early_help():
    return (PAGES / "early-help.txt").read_text()


@pytest.fixture
def catalogue(seed_catalogue):
    pass


def user_with(name, *rights):
    user = User.objects.create_user(name, password=f"{name} has a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


@pytest.fixture
def editor(catalogue):
    return user_with("edda", "add_submission", "change_submission", "view_submission")


@pytest.fixture
def desk(editor):
    client = Client()
    client.force_login(editor)
    return client


def as_word(text):
    """The page as somebody would type it in Word: its lists as lists, one paragraph for each line."""
    document = docx.Document()
    for line in text.splitlines():
        if line.strip().startswith(("•", "– ")):
            document.add_paragraph(line.strip()[1:].strip(), style="List Bullet")
        elif line.strip():
            document.add_paragraph(line.strip())
    return saved(document)


def saved(document):
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
