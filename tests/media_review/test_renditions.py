"""The 1080p film is watched under the same rules; what was sent is kept as the service decided."""

import pytest

from caselogs.kinds import Scope
from caselogs.models import Case
from footage.kinds import ArtefactKind
from footage.models import Artefact, Film
from media_review.models import Recording, RetentionPolicy
from media_review.queries.media import artefact_for
from people.kinds import Role
from tests.media_review import factories
from tests.people.factories import actor_of, organisation, person, signed_in

pytestmark = pytest.mark.django_db


def test_the_1080p_film_needs_the_same_yes(django_assert_num_queries):
    row = factories.filmed()
    guider, stranger = actor_of(row.owner), actor_of(person(Role.TRAINEE))
    assert artefact_for(guider, Recording, row.pk, ArtefactKind.FINE).kind == "proxy"
    Artefact.objects.create(film=row.film, kind="fine", object="one", size=1)

    with django_assert_num_queries(1):
        assert artefact_for(guider, Recording, row.pk, ArtefactKind.FINE).kind == "fine"
    assert artefact_for(guider, Recording, row.pk, ArtefactKind.PROXY).kind == "proxy"
    assert artefact_for(stranger, Recording, row.pk, ArtefactKind.FINE) is None
    factories.take_back(row.case, Scope.FILMING)
    assert artefact_for(guider, Recording, row.pk, ArtefactKind.FINE) is None


@pytest.mark.parametrize(("decided", "kept"), [(None, 30), (4, 4)])
def test_the_services_policy_says_how_long_what_was_sent_is_kept(decided, kept):
    row = factories.recording()
    Case.objects.filter(pk=row.case_id).update(organisation=organisation())
    row.case.refresh_from_db()
    if decided is not None:
        RetentionPolicy.objects.create(
            organisation_id=row.case.organisation_id, set_by=row.owner, original_days=decided
        )

    upload = factories.send_bytes(row)

    assert upload.film.original_days == kept


def sent_under(decided):
    """A film that has arrived under a policy that decided so (None: there is no policy)."""
    row = factories.recording()
    Case.objects.filter(pk=row.case_id).update(organisation=organisation())
    row.case.refresh_from_db()
    if decided is not None:
        RetentionPolicy.objects.create(
            organisation_id=row.case.organisation_id, set_by=row.owner, fine=decided
        )
    return factories.send_bytes(row).film


@pytest.mark.parametrize("decided", [None, False, True])
def test_the_services_policy_says_whether_films_are_prepared_in_1080p(decided):
    assert sent_under(decided).fine is bool(decided)


@pytest.mark.parametrize("decided", [None, False, True])
def test_where_the_house_asks_for_1080p_no_policy_takes_it_away(settings, decided):
    settings.FILM_FINE = True

    assert sent_under(decided).fine


def test_a_film_too_small_for_1080p_offers_none():
    upload = factories.send_bytes(factories.recording())
    Film.objects.filter(pk=upload.film_id).update(fine=True)
    factories.prepare(upload.film_id)

    assert not Film.objects.get(pk=upload.film_id).fine


@pytest.mark.parametrize("made", ["proxy", "fine"])
def test_a_range_of_the_1080p_film_costs_three_questions(django_assert_num_queries, made):
    row = factories.filmed()
    only = row.film.artefacts.get(kind="proxy")
    if made == "fine":
        Artefact.objects.filter(pk=only.pk).update(kind="fine")
        Artefact.objects.create(film=row.film, kind="proxy", object="one", size=1)
    browser, address = signed_in(row.owner), f"/films/{row.pk}/film.mp4?fine"
    browser.get(address)

    with django_assert_num_queries(2), django_assert_num_queries(1, using="keys"):
        answer = browser.get(address, headers={"range": "bytes=100-199"})

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes 100-199/{only.size}"


@pytest.mark.parametrize("fine", [False, True])
def test_the_workbench_offers_the_sharper_film_where_there_is_one(fine):
    row = factories.filmed()
    Film.objects.filter(pk=row.film_id).update(fine=fine)

    page = signed_in(row.owner).get(row.get_absolute_url()).content.decode()

    assert ('data-act="fine"' in page) is fine
    assert (f'data-fine="/films/{row.pk}/film.mp4?fine"' in page) is fine
