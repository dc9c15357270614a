"""Whose film is next, and how many come before mine."""

from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from footage import pipeline, purging, queries, services, sweeping, turns, works
from footage.kinds import ArtefactKind, Recipe, WorkState
from footage.models import Artefact, Film, Upload, Work
from footage.rules import Turn, in_turn
from footage.states import State
from ledger.models import Line
from notices.models import Notice
from people.kinds import Role
from tests.footage.conftest import RING
from tests.people.factories import actor_of, person

NOW = timezone.now()
MAYA, ROBIN, EWA = (UUID(int=number) for number in (1, 2, 3))
SERVICE, OTHER = UUID(int=11), UUID(int=12)


def waiting(*people: tuple[UUID, UUID]) -> list[Turn]:
    """One film of a minute each, in this order; its id is its number."""
    return [
        Turn(UUID(int=number), who, where, NOW + timedelta(seconds=number), 60_000)
        for number, (who, where) in zip(count(), people, strict=False)
    ]


def order(turns_: list[Turn], had: list[Turn] = ()) -> list[int]:
    """Numbers of the films as they come."""
    return [film.int for film in in_turn(turns_, had)]


def test_ten_films_of_one_do_not_hold_up_one_of_another():
    ten = waiting(*[(MAYA, SERVICE)] * 10, (ROBIN, SERVICE))

    assert order(ten) == [0, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_who_had_much_of_late_waits_for_who_had_nothing():
    had = waiting((MAYA, SERVICE))

    assert order(waiting((MAYA, SERVICE), (ROBIN, SERVICE), (MAYA, SERVICE)), had) == [1, 0, 2]


def test_between_people_who_had_the_same_the_smaller_account_goes_first():
    had = waiting((EWA, SERVICE))

    assert order(waiting((MAYA, SERVICE), (ROBIN, OTHER)), had) == [1, 0]


def test_otherwise_who_waited_longest():
    assert order(waiting((ROBIN, SERVICE), (MAYA, SERVICE), (EWA, SERVICE))) == [0, 1, 2]


def test_everybody_is_named_once_whatever_they_had():
    many = waiting(*[(who, SERVICE) for who in (MAYA, ROBIN, EWA)] * 7)

    assert sorted(order(many, many)) == list(range(21))


def queued(sender, seconds: int = 60, **facts) -> Film:
    """A film that waits to be prepared, as the check leaves it."""
    upload = services.begin_upload(actor=sender, ring=RING, file_name="x", size=9, page="/")
    Film.objects.filter(pk=upload.film_id).update(
        state=State.QUEUED, duration_ms=1000 * seconds, **facts
    )
    Work.objects.create(film=upload.film, recipe=Recipe.PREPARE)
    return Film.objects.get(pk=upload.film_id)


@pytest.mark.django_db
def test_the_database_says_whose_film_is_next(sender):
    other = actor_of(person(Role.TRAINEE))
    mine = [queued(sender) for _ in range(3)]
    theirs = queued(other)

    assert turns.due() == [mine[0].pk, theirs.pk]
    works.claim(mine[0].pk)
    assert turns.due() == [theirs.pk, mine[1].pk]


@pytest.mark.django_db
def test_the_page_says_how_many_come_first_and_how_long_that_takes(sender):
    other = actor_of(person(Role.TRAINEE))
    mine = [queued(sender) for _ in range(3)]
    theirs = queued(other)
    done = queued(actor_of(person(Role.TRAINEE)))
    Work.objects.filter(film=done).update(
        state=WorkState.DONE, started_at=NOW - timedelta(seconds=30), finished_at=NOW
    )

    assert [turns.ahead_of(film)[0] for film in mine] == [0, 2, 3]
    assert turns.ahead_of(theirs)[0] == 1
    assert turns.speed() == 0.5
    shown = queries.progress(Film.objects.with_progress().get(pk=mine[2].pk))
    assert shown.left == "3 films are before yours, about 2 minutes left"


@pytest.mark.django_db
def test_the_bar_never_goes_back_when_work_begins_again(sender, settings):
    film = queued(sender)
    held = works.claim(film.pk)
    works.beat(held, 700)
    before = shown(film)

    works.give_back(held, "no memory")
    assert shown(film).percent >= before.percent
    works.claim(film.pk)

    assert shown(film).percent == before.percent == 71


def shown(film: Film) -> queries.Progress:
    """What its page says."""
    return queries.progress(Film.objects.with_progress().get(pk=film.pk))


@pytest.mark.django_db
def test_who_can_mend_it_is_told_of_a_film_that_stays_behind(sender):
    keeper = person(Role.OFFICER)
    film = queued(sender)

    for _ in range(works.ATTEMPTS):
        works.give_back(works.claim(film.pk), "no memory")

    (notice,) = Notice.objects.filter(kind="footage.stuck")
    assert (notice.to_id, notice.facts) == (keeper.pk, {"reference": str(film.pk)[:8].upper()})
    assert Film.objects.get(pk=film.pk).state == "failed"


def ready(sender, days: int) -> Film:
    """A ready film whose original is kept for so many days."""
    film = queued(sender, original_days=days)
    object_ = f"{film.pk}/original"
    Artefact.objects.create(film=film, kind=ArtefactKind.ORIGINAL, object=object_, size=9)
    held = works.claim(film.pk)
    parts = [Artefact(film=film, kind="proxy", object=f"{film.pk}/{uuid4()}/proxy", size=1)]
    works.publish(held, parts, queries.rules.Facts("mp4", 60_000, 2, 2, turns.rules.Fraction(25)))
    return Film.objects.get(pk=film.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "dropped"), [(0, True), (1, False)])
def test_what_was_sent_is_kept_as_long_as_was_said(sender, days, dropped):
    film = ready(sender, days)

    assert (sweeping.originals_to_drop() == [film.pk]) is dropped
    assert purging.drop_original(film.pk) is dropped
    assert purging.drop_original(film.pk) is False

    kinds = set(film.artefacts.values_list("kind", flat=True))
    assert kinds == ({"proxy"} if dropped else {"proxy", "original"})
    assert Line.objects.filter(verb="footage.original_dropped").count() == dropped
    assert film.is_ready


@pytest.mark.django_db
def test_what_was_sent_is_never_dropped_before_the_film_is_ready(sender):
    film = queued(sender, original_days=0)
    Artefact.objects.create(film=film, kind="original", object=f"{film.pk}/original", size=9)
    Film.objects.filter(pk=film.pk).update(original_until=NOW - timedelta(days=1))

    assert sweeping.originals_to_drop() == []
    assert purging.drop_original(film.pk) is False
    assert film.artefacts.count() == 1
    assert Upload.objects.get(film=film).size == 9


@pytest.mark.django_db
def test_a_message_says_that_something_waits_and_the_database_says_what(sent, sender):
    other = actor_of(person(Role.TRAINEE))
    mine = [sent(b"a letter, not a film") for _ in range(3)]
    theirs = sent(b"another letter")
    Film.objects.filter(pk=theirs.pk).update(sent_by=other.user_id)

    more = [pipeline.work_on_next() for _ in range(2)]

    first, second, _ = mine
    done = Film.objects.filter(state=State.REJECTED).values_list("pk", flat=True)
    assert set(done) == {first.pk, theirs.pk}
    assert more == [True, True]
    assert [pipeline.work_on_next() for _ in range(3)] == [True, False, False]
    assert Film.objects.get(pk=second.pk).state == "rejected"
