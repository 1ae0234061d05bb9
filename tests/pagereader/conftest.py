"""What every test of the reader starts from."""

from __future__ import annotations

from pathlib import Path

import pytest

from pagereader import as_json, decode, read, reference_from

SOURCES = Path(__file__).parents[2] / "fixtures" / "sources"


@pytest.fixture(scope="session")
def reference():
    authorities = (SOURCES / "local_authorities.csv").read_text(encoding="utf-8")
    themes = (SOURCES / "themes.csv").read_text(encoding="utf-8")
    return reference_from(authorities, themes)


@pytest.fixture(scope="session")
def care_leavers_text():
    return decode((SOURCES / "practice-spotlight-care-leavers.txt").read_bytes())


@pytest.fixture(scope="session")
def care_leavers(care_leavers_text, reference):
    return read(care_leavers_text, reference)


@pytest.fixture(scope="session")
def care_leavers_data(care_leavers):
    return as_json(care_leavers)


@pytest.fixture
def read_text(reference):
    return lambda text: read(text, reference)
