"""Clips for the external: the trainee chooses, the family's consent decides at every look."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accreditation import services
from accreditation.queries.clips import clips_shown
from accreditation.services.viewing import shown_to
from caselogs import services as caselogs
from caselogs.kinds import Scope
from media_review import services as film
from media_review.models import Hold
from people.errors import RuleBroken
from tests.accreditation.factories import circle, meeting
from tests.caselogs.factories import consented_case, days_ago
from tests.media_review.conftest import *  # noqa: F403
from tests.media_review.factories import clip, filmed
from tests.people.factories import actor_of, signed_in

pytestmark = pytest.mark.django_db


def chosen(found, planned, *clips):
    """The trainee shows exactly these."""
    return services.choose_clips(
        actor=actor_of(found.trainee), meeting_id=planned.pk, clip_ids=[c.pk for c in clips]
    )


def test_the_external_sees_what_was_chosen_until_consent_is_withdrawn():
    found = circle()
    case = consented_case(found.trainee)
    moment, planned = clip(filmed(case)), meeting(found)
    assert clips_shown(actor_of(found.external), planned) == ()

    chosen(found, planned, moment)
    assert [c.case_code for c in clips_shown(actor_of(found.external), planned)] == [case.code]

    caselogs.withdraw_consent(
        actor=actor_of(found.trainee), case_id=case.pk, scope=Scope.ACCREDITATION
    )
    assert clips_shown(actor_of(found.external), planned) == ()


def test_choosing_again_takes_back_the_rest():
    found = circle()
    row = filmed(consented_case(found.trainee))
    one, two, planned = clip(row), clip(row, 3200, 5000), meeting(found)
    chosen(found, planned, one)

    chosen(found, planned, two)

    assert shown_to(planned) == {two.pk}


def test_a_chosen_film_is_kept_until_the_meeting_is_over_or_called_off():
    found = circle()
    row, other = (filmed(consented_case(found.trainee)) for _ in range(2))
    planned = meeting(found)
    chosen(found, planned, clip(row), clip(row, 3200, 5000), clip(other))
    assert sorted(Hold.objects.values_list("recording_id", flat=True)) == sorted([row.pk, other.pk])
    assert {held.until for held in Hold.objects.all()} == {days_ago(-14)}

    chosen(found, planned, clip(other))
    assert [held.recording_id for held in Hold.objects.all()] == [other.pk]

    services.cancel_meeting(actor=actor_of(found.external), meeting_id=planned.pk, why="Ill")
    assert not Hold.objects.exists()


def test_nobody_shows_or_keeps_the_films_of_another_guider():
    found = circle()
    planned, theirs = meeting(found), clip(filmed())

    assert chosen(found, planned, theirs) == 0
    assert shown_to(planned) == set()
    with pytest.raises(PermissionDenied):
        film.hold(
            actor=actor_of(found.trainee),
            recording_id=theirs.recording_id,
            until=days_ago(-9),
            reason="-",
        )


def test_without_consent_for_accreditation_nothing_is_shown():
    found = circle()
    case = consented_case(found.trainee, scopes=(Scope.FILMING, Scope.SUPERVISION))
    moment, planned = clip(filmed(case)), meeting(found)

    with pytest.raises(RuleBroken):
        chosen(found, planned, moment)

    assert shown_to(planned) == set()


def test_nobody_else_chooses():
    found = circle()
    planned = meeting(found)

    for other in (found.supervisor, found.external, found.registrar):
        with pytest.raises(PermissionDenied):
            services.choose_clips(actor=actor_of(other), meeting_id=planned.pk, clip_ids=[])


def test_calling_the_meeting_off_closes_the_curtain():
    found = circle()
    moment, planned = clip(filmed(consented_case(found.trainee))), meeting(found)
    chosen(found, planned, moment)

    services.cancel_meeting(actor=actor_of(found.external), meeting_id=planned.pk, why="Ill")

    assert shown_to(planned) == set()


def test_the_page_offers_ones_clips(client):
    found = circle()
    moment, planned = clip(filmed(consented_case(found.trainee))), meeting(found)
    url = reverse("accreditation:meeting-clips", args=[planned.pk])
    signed_in(found.trainee, client)

    assert str(moment.pk) in client.get(url).content.decode()
    assert client.post(url, {"clip": [moment.pk]}).status_code == 302
    assert shown_to(planned) == {moment.pk}


def test_without_a_clip_the_page_leads_to_ones_films(client):
    planned = meeting(circle())
    signed_in(planned.enrolled_stage.enrolment.trainee, client)

    page = client.get(reverse("accreditation:meeting-clips", args=[planned.pk])).content.decode()

    assert f'href="{reverse("media_review:recording-list")}">Go to your films</a>' in page
