"""Clips: marked once, corrected until shown, cut into films of their own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ledger.models import Line
from media_review import services
from media_review.models import Clip
from people.errors import RuleBroken
from tests.media_review import factories as make
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db


def test_a_clip_has_its_span_words_and_principles():
    clip = make.clip(start_ms=1000, end_ms=2500, numbers=(1, 3))

    assert (clip.start_ms, clip.end_ms, clip.length_ms) == (1000, 2500, 1500)
    assert [each.number for each in clip.principles.all()] == [1, 3]
    assert Line.objects.last().verb == "media_review.clip_marked"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (3000, 1000, "before the in point"),
        (1000, 1500, "at least one second"),
        (1000, 99_000, "The film ends at 00:06.0"),
    ],
)
def test_a_clip_that_cannot_be_leaves_nothing(start, end, words):
    recording = make.filmed()

    with pytest.raises(RuleBroken, match=words):
        make.clip(recording, start, end)

    assert not Clip.objects.exists()


def test_the_database_refuses_an_end_before_its_start():
    clip = make.clip()

    with pytest.raises(IntegrityError), transaction.atomic():
        Clip.objects.filter(pk=clip.pk).update(end_ms=clip.start_ms)


def test_a_double_press_marks_one_clip_and_other_words_are_refused():
    recording = make.filmed()
    first = make.clip(recording)

    assert make.clip(recording) == first
    with pytest.raises(RuleBroken, match=r"You have a clip from 00:01\.0 to 00:03\.0 already"):
        make.clip(recording, title="Something else")

    assert Clip.objects.count() == 1


def test_only_the_guider_marks():
    recording = make.filmed()

    with pytest.raises(PermissionDenied):
        services.mark_clip(
            actor=actor_of(person()), recording_id=recording.pk, start_ms=0, end_ms=2000
        )


def test_nothing_is_marked_after_withdrawal():
    recording = make.filmed()
    make.take_back(recording.case)

    with pytest.raises(RuleBroken, match="No clip can be marked"):
        make.clip(recording)


def test_a_clip_is_corrected_and_removed_until_it_was_shown():
    clip = make.clip()
    actor = actor_of(clip.recording.owner)

    services.correct_clip(actor=actor, clip_id=clip.pk, start_ms=500, end_ms=2000, title="New")
    clip.refresh_from_db()
    assert (clip.start_ms, clip.title, clip.principles.count()) == (500, "New", 0)

    services.remove_clip(actor=actor, clip_id=clip.pk)
    assert not Clip.objects.exists()


def test_what_was_submitted_stays_as_it_is():
    clip = make.submitted().submitted_clips.get().clip
    actor = actor_of(clip.recording.owner)

    with pytest.raises(RuleBroken, match="has been shown, so it cannot be changed"):
        services.correct_clip(actor=actor, clip_id=clip.pk, start_ms=0, end_ms=3000)
    with pytest.raises(RuleBroken, match="has been shown, so it cannot be removed"):
        services.remove_clip(actor=actor, clip_id=clip.pk)


def test_a_clip_in_a_draft_can_still_be_removed():
    submission = make.composed()
    clip = submission.submitted_clips.get().clip

    services.remove_clip(actor=actor_of(submission.trainee), clip_id=clip.pk)

    assert not submission.submitted_clips.exists()


def test_a_submitted_clip_has_a_film_of_its_own_of_exactly_its_length():
    clip = make.submitted().submitted_clips.select_related("clip__film").get().clip

    assert clip.film_id != clip.recording.film_id
    assert clip.film.cut_from_id == clip.recording.film_id
    assert clip.film.duration_ms == pytest.approx(clip.length_ms, abs=40)
