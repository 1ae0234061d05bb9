import csv
import io

import pytest


@pytest.fixture
def download(client):
    """download(path, **parameters) → the whole file as bytes, as a reader's browser gets it."""

    def download(path, **parameters):
        response = client.get(path, parameters)
        assert response.status_code == 200
        return response.getvalue()

    return download


@pytest.fixture
def csv_rows(download):
    """csv_rows(path, **parameters) → its rows as dicts, read by Python's own reader."""

    def csv_rows(path, **parameters):
        return list(csv.DictReader(io.StringIO(download(path, **parameters).decode("utf-8-sig"), newline="")))

    return csv_rows
