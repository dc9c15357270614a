"""Eras of consent: what dies with a withdrawal, what a new consent opens, what the ledger keeps."""

import pytest
from django.urls import reverse
from django.utils import timezone

from caselogs.models import Case, Consent
from caselogs.services import close, record_consent, reopen
from caselogs.services import withdraw_consent as withdraw_in_the_log_alone
from footage import keys, vault
from footage.errors import KeyGone, SealBroken
from footage.kinds import ArtefactKind
from footage.models import Artefact, Film, Grave
from ledger.models import Line
from media_review import reminding, retention, rings, services
from media_review.kinds import RingEnd
from media_review.models import Clip, Recording, Ring
from media_review.states import State
from people.errors import RuleBroken
from tests.caselogs.factories import consented_case, days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done inside is followed by what its commit asks for."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def withdraw(case: Case, scope: str | None = None) -> Consent:
    """The family takes it back, all or this part."""
    return services.withdraw_consent(actor=actor_of(case.guider), case_id=case.pk, scope=scope)


def agree_again(case: Case) -> None:
    """The family agrees to be filmed, today."""
    record_consent(actor=actor_of(case.guider), case_id=case.pk, scopes=["filming"], covered="Both")


def test_a_withdrawal_destroys_every_copy_at_once_and_leaves_one_receipt(committed):
    submission = make.submitted()
    clip = Clip.objects.select_related("recording__case").get()
    case = clip.recording.case
    old_dump = list(Artefact.objects.select_related("film"))
    size, ring = sum(row.size for row in old_dump), Ring.objects.get()

    with committed():
        withdraw(case)

    ring.refresh_from_db()
    assert (ring.why, ring.receipt) == (RingEnd.WITHDRAWN, keys.fingerprint(ring.pk))
    for artefact in old_dump:  # the house's rows as a back-up from before would bring them back
        with pytest.raises(KeyGone):
            vault.reader(artefact)
    assert set(Film.objects.values_list("state", flat=True)) == {"purging"}
    line = Line.objects.get(verb="footage.key_destroyed")
    assert line.facts == {"fingerprint": ring.receipt, "films": 2, "bytes": size}
    assert line.user_id == case.guider_id
    submission.refresh_from_db()
    assert submission.state == State.FILM_EXPIRED
    retention.tidy()
    assert Line.objects.filter(verb="footage.key_destroyed").count() == 1


@pytest.mark.parametrize("scope", ["supervision", "accreditation"])
def test_a_part_taken_back_destroys_nothing(committed, scope):
    film = make.filmed().film

    with committed():
        withdraw(film.recording.case, scope)

    assert not Grave.objects.exists()
    assert Ring.objects.open().count() == 1
    assert vault.reader(film.artefacts.select_related("film").first()).range(0, 10)


def test_a_new_consent_opens_a_new_ring_that_the_next_withdrawal_destroys(committed):
    first = make.filmed()
    case = first.case
    with committed():
        withdraw(case)
    agree_again(case)

    second = make.filmed(case, days=0)

    assert second.film.ring != first.film.ring
    assert vault.reader(artefact_of(second)).range(0, 10)
    with committed():
        withdraw(case)
    with pytest.raises(SealBroken):
        vault.reader(artefact_of(second))
    assert [ring.why for ring in Ring.objects.all()] == ["withdrawn", "withdrawn"]
    assert Line.objects.filter(verb="footage.key_destroyed").count() == 2


def artefact_of(recording: Recording) -> Artefact:
    """The watchable film of this recording, as its row stands now."""
    rows = Artefact.objects.select_related("film")
    return rows.get(film=recording.film_id, kind=ArtefactKind.PROXY)


def test_the_old_film_is_not_watchable_under_a_new_consent_even_before_the_clock_comes():
    submission = make.submitted()
    clip = Clip.objects.select_related("recording__case").get()
    case, guider = clip.recording.case, actor_of(submission.trainee)
    withdraw_in_the_log_alone(actor=guider, case_id=case.pk)
    agree_again(case)

    assert Film.objects.filter(state="ready").count() == 2  # the clock has not come yet
    assert not Recording.objects.watchable_by(guider).exists()
    assert not Clip.objects.watchable_by(guider).exists()
    browser = signed_in(submission.trainee)
    film = reverse("media_review:recording-film", args=[clip.recording_id])
    assert browser.get(film, headers={"range": "bytes=0-9"}).status_code == 403

    later = make.filmed(case, days=0)  # its ring ends the old one for certain

    assert list(Recording.objects.watchable_by(guider)) == [later]
    assert [ring.ended_at is None for ring in Ring.objects.all()] == [False, True]


def test_the_clock_destroys_what_was_withdrawn_in_the_log_alone(committed):
    film = make.filmed().film
    case = film.recording.case
    withdraw_in_the_log_alone(actor=actor_of(case.guider), case_id=case.pk)

    with committed():
        assert (retention.tidy(), retention.tidy()) == (1, 0)

    assert keys.is_destroyed(film.ring)


def test_film_begun_or_made_before_the_withdrawal_cannot_be_sent_afterwards():
    waiting = make.recording(consented_case())
    case = waiting.case
    withdraw(case)
    agree_again(case)

    with pytest.raises(RuleBroken, match="begin a new recording"):
        services.begin_upload(
            actor=actor_of(case.guider), recording_id=waiting.pk, file_name="x", size=9
        )
    with pytest.raises(RuleBroken, match="after this film was made"):
        make.recording(case, days=3)
    assert make.recording(case, days=0)


def test_the_retention_clock_destroys_the_ring_with_its_last_film(committed):
    case = consented_case()
    held, free = make.filmed(case), make.filmed(case)
    actor = actor_of(case.guider)
    close(actor=actor, case_id=case.pk, ending="moved", on=days_ago(0))
    services.hold(actor=actor, recording_id=held.pk, until=days_ago(-70), reason="a meeting")

    with committed():
        reminding.remind(days_ago(-57))
        retention.sweep(days_ago(-61))

    assert not keys.is_destroyed(free.film.ring)
    assert vault.reader(artefact_of(held)).range(0, 10)
    with pytest.raises(SealBroken):
        vault.reader(artefact_of(free))

    with committed():
        retention.sweep(days_ago(-71))

    assert keys.is_destroyed(free.film.ring)
    assert Ring.objects.get().why == RingEnd.TIME

    reopen(actor=actor, case_id=case.pk)
    agree_again(case)
    assert vault.reader(artefact_of(make.filmed(case, days=0))).range(0, 10)


def test_discarding_one_film_destroys_the_key_of_that_film_alone(committed):
    case = consented_case()
    gone, kept = make.filmed(case), make.filmed(case)

    with committed():
        services.discard_recording(actor=actor_of(case.guider), recording_id=gone.pk)

    assert not keys.is_destroyed(kept.film.ring)
    assert vault.reader(artefact_of(kept)).range(0, 10)
    with pytest.raises(SealBroken):
        keys.film_key(Film.objects.get(pk=gone.film_id))


def test_forgetting_twice_does_no_more(committed):
    film = make.filmed().film
    facts = {"case_id": film.recording.case_id, "user_id": None, "why": RingEnd.TIME}

    with committed():
        rings.forget(**facts)
        rings.forget(**facts)

    assert Line.objects.filter(verb="footage.key_destroyed").count() == 1
    assert Grave.objects.get().destroyed_at <= timezone.now()


def test_consent_is_taken_back_after_a_page_that_says_what_happens(committed):
    film = make.filmed().film
    case = film.recording.case
    browser = signed_in(case.guider)
    address = reverse("media_review:consent-withdraw", args=[case.pk])
    assert "What happens at once" in browser.get(address).content.decode()

    with committed():
        answer = browser.post(address, {"scope": "all"}, follow=True)

    assert "nobody can open them again" in answer.content.decode()
    assert keys.is_destroyed(film.ring)
    assert not Consent.objects.in_force().exists()
    assert browser.get(address).status_code == 302
