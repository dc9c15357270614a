"""What nobody lived to finish is found by asking the database."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from footage import receiving, services, sweeping, tasks
from footage.models import Film, Work
from footage.receiving import Incoming
from ledger.models import Line

pytestmark = pytest.mark.django_db


def test_a_film_whose_last_byte_came_just_before_the_end_of_the_web_process_arrives(sender):
    upload = services.begin_upload(
        actor=sender, ring=uuid4(), file_name="a.mp4", size=10, page="/films/1/"
    )
    receiving.receive_into(sender, upload.pk, 0, Incoming(io.BytesIO(b"0123456789"), 10))
    assert Film.objects.get().state == "receiving"

    tasks.sweep()
    tasks.sweep()

    assert Film.objects.get().state == "received"
    assert Work.objects.filter(film=upload.film_id).count() == 1
    assert Line.objects.filter(verb="footage.received").count() == 1
    Work.objects.update(woken_at=timezone.now() - timedelta(hours=1))
    assert sweeping.films_to_wake() == [upload.film_id]
