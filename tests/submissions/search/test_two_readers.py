"""Two readers at once. A file of its own: the other tests of search share a transaction that nobody else sees into."""

import threading

import pytest
from django.db import connection

from submissions.models import FailedSearch
from submissions.search import record_failure


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_reader_never_waits_for_another_who_counts():
    assert connection.vendor == "postgresql"
    for _ in range(3):
        record_failure("zeppelin")
    done = threading.Event()

    def hold():
        from django.db import transaction

        with transaction.atomic():
            FailedSearch.objects.select_for_update().get()
            done.set()
            release.wait(10)
        connection.close()

    release = threading.Event()
    other = threading.Thread(target=hold)
    other.start()
    done.wait(10)
    record_failure("zeppelin")  # returns although the row is locked
    release.set()
    other.join()
    for _ in range(3):
        record_failure("airship")
    assert dict(FailedSearch.objects.values_list("text", "count")) == {"zeppelin": 4, "airship": 3}
