"""Recordings begin with consent, receive their film once, and are discarded for good."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from caselogs.kinds import Scope
from caselogs.services import close, record_consent
from footage.states import State as FilmState
from ledger.models import Line
from media_review import reminding, retention, services
from media_review.kinds import Custody, RecordingKind
from media_review.models import Clip, Recording, Submission
from media_review.states import State
from notices.models import Notice
from notices.words import letter
from people.errors import RuleBroken
from people.kinds import Role
from tests.caselogs.factories import case, consented_case, cycle, days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db


def begin(row, **facts):
    facts = {"kind": RecordingKind.INTERACTION, "filmed_on": days_ago(3)} | facts
    return services.begin_recording(actor=actor_of(row.guider), case_id=row.pk, **facts)


@pytest.mark.parametrize("kind", list(RecordingKind))
@pytest.mark.parametrize("custody", list(Custody))
def test_both_kinds_of_film_in_every_custody(kind, custody):
    recording = begin(consented_case(), kind=kind, custody=custody)

    assert (recording.kind, recording.custody, recording.film) == (kind, custody, None)
    assert Line.objects.last().verb == "media_review.recording_begun"


def test_without_consent_nothing_begins():
    row = case()

    with pytest.raises(RuleBroken, match=f"{row.code} has not agreed to be filmed"):
        begin(row)

    assert not Recording.objects.exists()


def test_consent_must_hold_on_the_day_of_the_film():
    row = consented_case(given_on=days_ago(5))

    with pytest.raises(RuleBroken, match=r"On .* no consent of .* was in force"):
        begin(row, filmed_on=days_ago(6))


def test_consent_must_hold_today():
    row = consented_case()
    make.take_back(row)

    with pytest.raises(RuleBroken, match="has withdrawn their consent"):
        begin(row)


def test_a_film_of_tomorrow_is_refused():
    with pytest.raises(RuleBroken, match="lies ahead"):
        begin(consented_case(), filmed_on=timezone.localdate() + timedelta(days=1))


def test_the_cycle_belongs_to_the_case():
    with pytest.raises(RuleBroken, match="another case"):
        begin(consented_case(), cycle_id=cycle().pk)


def test_only_the_guider_of_the_case_begins():
    row = consented_case()

    with pytest.raises(PermissionDenied):
        services.begin_recording(
            actor=actor_of(person()), case_id=row.pk, kind="interaction", filmed_on=days_ago(3)
        )


def test_a_double_press_begins_one_recording():
    row, key = consented_case(), uuid4()

    assert begin(row, recording_id=key) == begin(row, recording_id=key)

    assert Recording.objects.count() == 1


def send(recording, name="play.mp4", size=1000):
    return services.begin_upload(
        actor=actor_of(recording.owner), recording_id=recording.pk, file_name=name, size=size
    )


def test_the_same_file_carries_on_and_another_begins_anew():
    recording = make.recording()

    first = send(recording)

    assert send(recording) == first
    assert send(recording, name="other.mp4") != first
    first.film.refresh_from_db()
    assert first.film.state == FilmState.PURGING


def test_a_second_film_is_refused():
    recording = make.filmed()

    with pytest.raises(RuleBroken, match="is here already"):
        send(recording)


def test_a_film_shown_live_is_never_sent():
    recording = make.recording(custody=Custody.SHOWN_LIVE)

    with pytest.raises(RuleBroken, match="not kept in Attune"):
        send(recording)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.filter(pk=recording.pk).update(film=make.filmed().film)


def test_no_upload_begins_after_withdrawal():
    recording = make.recording()
    make.take_back(recording.case)

    with pytest.raises(RuleBroken, match="The film cannot be sent"):
        send(recording)


def test_discarding_destroys_the_film_and_forgets_the_row():
    row = make.clip()
    film = row.recording.film

    services.discard_recording(actor=actor_of(row.recording.owner), recording_id=row.recording_id)

    film.refresh_from_db()
    assert film.state == FilmState.PURGING
    assert not Recording.objects.exists()
    assert not Clip.objects.exists()


def test_discarding_keeps_words_that_were_answered():
    submission = make.answered()
    recording = submission.submitted_clips.get().clip.recording

    services.discard_recording(actor=actor_of(recording.owner), recording_id=recording.pk)

    submission.refresh_from_db()
    recording.film.refresh_from_db()
    assert submission.state == State.ANSWERED
    assert recording.film.state == FilmState.PURGING
    assert submission.submitted_clips.get().comments.count() == 1


def test_a_supervisor_who_had_clips_to_answer_is_told_that_they_are_gone():
    submission = make.submitted()
    recording = submission.submitted_clips.get().clip.recording

    services.discard_recording(actor=actor_of(recording.owner), recording_id=recording.pk)

    told = Notice.objects.get(kind="media_review.expired")
    said = letter(told)
    assert told.to == submission.supervisor
    assert said.subject == "Clips from Maya Osei are gone"
    assert recording.case.code not in said.sentence


def test_a_held_film_is_not_discarded():
    recording = make.filmed()
    actor = actor_of(recording.owner)
    services.hold(
        actor=actor, recording_id=recording.pk, until=days_ago(-9), reason="the stage meeting"
    )

    with pytest.raises(RuleBroken, match="the stage meeting"):
        services.discard_recording(actor=actor, recording_id=recording.pk)


def test_withdrawal_destroys_at_the_next_tidying_even_what_is_held():
    submission = make.submitted()
    recording = submission.submitted_clips.get().clip.recording
    services.hold(
        actor=actor_of(recording.owner), recording_id=recording.pk, until=days_ago(-9), reason="-"
    )
    make.take_back(recording.case)

    assert (retention.tidy(), retention.tidy()) == (1, 0)

    submission.refresh_from_db()
    assert submission.state == State.FILM_EXPIRED
    assert set(Submission.objects.values_list("submitted_clips__clip__film__state", flat=True)) == {
        FilmState.PURGING
    }


def test_a_film_from_before_the_withdrawal_goes_even_if_they_agree_again_at_once():
    submission = make.submitted()
    recording = submission.submitted_clips.get().clip.recording
    make.take_back(recording.case)
    record_consent(
        actor=actor_of(recording.owner),
        case_id=recording.case_id,
        scopes=[Scope.FILMING],
        covered="Both",
    )
    later = make.filmed(recording.case, days=0)  # its key ends that of the film before

    assert retention.tidy() == 0

    recording.film.refresh_from_db()
    later.film.refresh_from_db()
    assert (recording.film.state, later.film.state) == (FilmState.PURGING, FilmState.READY)
    expired = Line.objects.filter(verb="media_review.expired")
    assert [line.subject_id for line in expired] == [str(submission.pk)]


def test_a_film_is_kept_sixty_days_after_its_case_closed_or_as_long_as_it_is_held():
    recording = make.filmed()
    actor = actor_of(recording.owner)
    close(actor=actor, case_id=recording.case_id, ending="moved", on=days_ago(0))
    services.hold(actor=actor, recording_id=recording.pk, until=days_ago(-70), reason="a meeting")

    reminding.remind(days_ago(-57))

    assert [retention.sweep(days_ago(-days)) for days in (60, 61, 70, 71)] == [0, 0, 0, 1]


def test_another_person_discards_nothing():
    recording = make.recording()

    with pytest.raises(PermissionDenied):
        services.discard_recording(
            actor=actor_of(person(Role.SUPERVISOR)), recording_id=recording.pk
        )
