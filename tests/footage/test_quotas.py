"""Room for films is asked for before the first byte: of a person, of an account, on the disk."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connections

from footage import quotas, rules, services, stores
from footage.models import HOUSE, Allowance, Film
from ledger.models import Line
from people.errors import RuleBroken
from tests.footage import films
from tests.footage.conftest import RING
from tests.people.factories import actor_of, person

ACCOUNT = UUID(int=7)
MB = 1_000_000


def begin(actor, size=MB, account=ACCOUNT):
    """One more film is expected."""
    return services.begin_upload(
        actor=actor, ring=RING, file_name="a.mp4", size=size, page="/", account=account
    )


@pytest.mark.django_db
def test_what_was_announced_counts_until_it_is_destroyed(sender, settings):
    settings.FILM_PERSON_BYTES = 3 * MB
    first = begin(sender, 2 * MB)

    with pytest.raises(RuleBroken) as refused:
        begin(sender, 2 * MB, account=HOUSE)
    assert str(refused.value) == (
        "You have 2.0 MB of films here, and the most is 3.0 MB. This film has 2.0 MB. "
        "Please discard a film that is no longer needed, or ask whoever looks after Attune in "
        "your service for more room."
    )

    begin(sender, MB)
    services.end_upload(actor=sender, upload_id=first.pk)
    begin(sender, 2 * MB)
    assert quotas.held(Film.objects.filter(sent_by=sender.user_id)) == 3 * MB


@pytest.mark.django_db
def test_an_account_is_full_for_all_its_people_but_not_for_others(sender, settings):
    settings.FILM_ACCOUNT_BYTES = 3 * MB
    begin(sender, 2 * MB)
    colleague = actor_of(person())

    with pytest.raises(RuleBroken, match="Your service has 2"):
        begin(colleague, 2 * MB)

    begin(colleague, 2 * MB, account=HOUSE)


@pytest.mark.django_db
def test_an_account_may_be_given_a_limit_of_its_own(sender):
    out = StringIO()
    call_command("film_allowance", str(ACCOUNT), "0", stdout=out)

    assert out.getvalue() == f"{ACCOUNT} 0 GB\n"
    with pytest.raises(RuleBroken):
        begin(sender)
    call_command("film_allowance", str(ACCOUNT), "--as-settings", stdout=out)
    begin(sender)
    assert Allowance.objects.get().gigabytes is None
    told = Line.objects.filter(verb="footage.allowed").order_by("number")
    assert [line.facts["gigabytes"] for line in told] == [0, None]


@pytest.mark.django_db
def test_only_so_many_films_may_be_on_their_way(sender, settings):
    settings.FILM_OPEN_UPLOADS = 2
    begin(sender), begin(sender)

    with pytest.raises(RuleBroken, match="You have 2 films on their way already"):
        begin(sender)

    begin(actor_of(person()))


@pytest.mark.django_db
def test_a_full_disk_takes_no_new_film(sender, monkeypatch):
    monkeypatch.setattr(stores.FolderStore, "free", lambda self: 3 * MB)
    begin(sender, 2 * MB)

    with pytest.raises(RuleBroken) as refused:
        begin(sender, 2 * MB)

    assert str(refused.value) == rules.NO_ROOM
    begin(sender, MB)


@pytest.mark.django_db
@pytest.mark.walk
def test_a_ready_film_counts_with_all_that_was_made_of_it(prepared):
    film = prepared(films.landscape().read_bytes())

    sizes = list(film.artefacts.values_list("size", flat=True))
    assert quotas.held(Film.objects.all()) == sum(sizes) > film.size


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("one_person", [True, False])
def test_of_two_who_begin_at_once_only_one_gets_the_last_room(sender, settings, one_person):
    settings.FILM_ACCOUNT_BYTES = 3 * MB
    settings.FILM_PERSON_BYTES = 3 * MB
    other = sender if one_person else actor_of(person())
    accounts = [ACCOUNT, HOUSE if one_person else ACCOUNT]
    together = Barrier(2)

    def attempt(actor, account):
        together.wait()
        try:
            return str(begin(actor, 2 * MB, account).pk)
        except RuleBroken as broken:
            return str(broken)
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(attempt, [sender, other], accounts))

    assert [answer for answer in answers if "2.0 MB of films here" in answer] != []
    assert Film.objects.count() == 1
