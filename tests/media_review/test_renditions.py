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


@pytest.mark.parametrize("decided", [None, False, True])
def test_the_services_policy_says_whether_films_are_prepared_in_1080p(decided):
    row = factories.recording()
    Case.objects.filter(pk=row.case_id).update(organisation=organisation())
    row.case.refresh_from_db()
    if decided is not None:
        RetentionPolicy.objects.create(
            organisation_id=row.case.organisation_id, set_by=row.owner, fine=decided
        )

    assert factories.send_bytes(row).film.fine is bool(decided)


@pytest.mark.parametrize("fine", [False, True])
def test_the_workbench_offers_the_sharper_film_where_there_is_one(fine):
    row = factories.filmed()
    Film.objects.filter(pk=row.film_id).update(fine=fine)

    page = signed_in(row.owner).get(row.get_absolute_url()).content.decode()

    assert ('data-act="fine"' in page) is fine
    assert (f'data-fine="/films/{row.pk}/film.mp4?fine"' in page) is fine
