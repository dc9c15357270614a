"""What killed processes leave in the store goes; what rows point at, or is being made, stays."""

from fractions import Fraction
from uuid import uuid4

import pytest
from django.db import connection

from footage import keys, pipeline, services, tasks, tidying, vault, works
from footage.kinds import ArtefactKind
from footage.models import Film
from footage.rules import Facts
from footage.stores import store
from tests.footage import films, promises

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_what_a_dead_worker_and_a_dead_sitting_left_goes(prepared):
    film = prepared(films.landscape().read_bytes())
    before = sorted(store().names(str(film.pk)))
    store().put(f"{film.pk}/{uuid4()}/proxy/0001-00000", b"sealed by one who was killed")
    store().put(f"{film.pk}/original/0007-00000", b"sealed, and never noted")

    tasks.tidy_store()

    assert sorted(store().names(str(film.pk))) == before
    assert promises.litter(film) == []


def test_what_is_being_made_stays_until_its_token_is_gone(sent):
    film = sent(films.landscape().read_bytes())
    held = works.claim(film.pk)
    name = f"{film.pk}/{held.token}/proxy/0001-00000"
    store().put(name, b"just being made")

    assert tidying.tidy(film.pk) == 0

    works.give_back(held, "trouble")
    assert tidying.tidy(film.pk) == 1


def test_what_is_published_while_we_look_stays(sent):
    film = sent(films.landscape().read_bytes())
    pipeline.work_on(film.pk)
    held = works.claim(film.pk)
    facts = Facts("mp4", 1000, 64, 64, Fraction(25))
    key, made = keys.film_key(film), memoryview(b"just made")
    proxy = vault.keep(film, key, ArtefactKind.PROXY, held.token, made)
    asked = []

    def publish_before_the_second(execute, sql, *rest):
        if 'FROM "footage_work"' in sql or 'FROM "footage_artefact"' in sql:
            asked.append(sql)
            if len(asked) == 2:
                works.publish(held, [proxy], facts)
        return execute(sql, *rest)

    with connection.execute_wrapper(publish_before_the_second):
        gone = tidying.tidy(film.pk)

    assert (film.works.get(recipe=held.recipe).state, gone) == ("done", 0)
    assert vault.reader(film.artefacts.get(kind=ArtefactKind.PROXY)).read() == b"just made"


def test_a_film_on_its_way_is_left_alone(sender):
    upload = services.begin_upload(
        actor=sender, ring=uuid4(), file_name="a.mp4", size=10, page="/films/1/"
    )
    store().put(f"{upload.object}/0001-00000", b"not noted yet")

    assert tidying.tidy_store() == 0


def test_films_no_row_knows_are_left_for_a_person_to_decide(db):
    store().put(f"{uuid4()}/original/0001-00000", b"of a newer database")
    store().put("lost+found/what/ever", b"not ours")

    assert tidying.tidy_store() == 0
    assert len(list(store().names(""))) == 2


def test_no_work_begins_and_no_attempt_is_spent_while_the_disk_is_full(sent, monkeypatch):
    film = sent(films.landscape().read_bytes())
    monkeypatch.setattr("footage.stores.ROOM", 1 << 60)

    assert pipeline.work_on(film.pk) is False

    assert Film.objects.get(pk=film.pk).works.get().attempt == 0
