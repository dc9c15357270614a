"""Lines are written with their deed, and stay."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from ledger import queries
from ledger.models import Head, Line
from ledger.services import record
from tests.people.factories import person


def write(user, verb="people.tested"):
    """One line about this person."""
    with transaction.atomic():
        return record(user_id=user.pk, verb=verb, subject=user, when="now")


@pytest.mark.django_db
def test_lines_follow_each_other_and_verify(capsys):
    user = person(None)

    first, second = write(user), write(user)

    assert second.previous == first.mark
    assert list(queries.faults()) == []
    call_command("ledger_verify")
    assert capsys.readouterr().out.startswith("The ledger holds: 2 lines")


@pytest.mark.django_db(transaction=True)
def test_there_is_no_line_without_a_transaction():
    user = person(None)

    with pytest.raises(transaction.TransactionManagementError):
        record(user_id=user.pk, verb="people.tested", subject=user)

    assert Line.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_deed_leaves_no_line():
    user = person(None)

    with transaction.atomic():
        record(user_id=user.pk, verb="people.tested", subject=user)
        transaction.set_rollback(True)

    assert Line.objects.count() == 0
    assert list(queries.faults()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_itself_refuses_to_change_a_line(deed):
    line = write(person(None))

    rows = Line.objects.filter(pk=line.pk)
    deeds = {"update": lambda: rows.update(verb="people.other"), "delete": rows.delete}

    with pytest.raises(DatabaseError), transaction.atomic():
        deeds[deed]()

    assert Line.objects.get(pk=line.pk).verb == "people.tested"


@pytest.mark.django_db
def test_a_cut_tail_is_found():
    user = person(None)
    first = write(user)
    write(user)
    Head.objects.filter(pk=1).update(count=1, mark=first.mark)

    with pytest.raises(CommandError):
        call_command("ledger_verify")

    assert list(queries.faults()) == [
        "The end of the chain was changed.",
        "The chain should end at line 1, but 2 lines were found.",
    ]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain():
    user = person(None)

    def work():
        for _ in range(5):
            write(user)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Line.objects.values_list("number", flat=True)) == list(range(1, 31))
    assert list(queries.faults()) == []
