"""Two at once: nothing exists twice (on PostgreSQL, in real threads)."""

from uuid import uuid4

import pytest

from footage import keys
from footage.states import GONE
from ledger.models import Line
from media_review import rings, services
from media_review.errors import Stale
from media_review.models import Clip, Comment, Moment, Recording, SecondLook, Submission
from media_review.states import State
from notices.models import Notice
from people.errors import RuleBroken
from tests.accreditation.test_races import at_once
from tests.media_review import factories as make
from tests.media_review.test_looks import asked, placed
from tests.people.factories import actor_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_one_span_marked_from_two_tabs_is_one_clip():
    recording = make.filmed()

    told = at_once(*[lambda: make.clip(recording) for _ in range(2)])

    assert Clip.objects.count() == 1
    assert told[0] == told[1]


def test_sent_twice_at_once_is_told_once():
    row = make.composed()
    actor = actor_of(row.trainee)

    at_once(*[lambda: services.submit(actor=actor, submission_id=row.pk) for _ in range(2)])

    assert Notice.objects.filter(kind="media_review.submitted").count() == 1
    assert Clip.objects.get().film.cut_from_id == Clip.objects.get().recording.film_id


def test_taken_back_while_it_is_answered_ends_one_way():
    row = make.opened()
    make.drafted(row.submitted_clips.get())
    trainee, supervisor = actor_of(row.trainee), actor_of(row.supervisor)

    told = at_once(
        lambda: services.withdraw(actor=trainee, submission_id=row.pk),
        lambda: services.send_answer(actor=supervisor, submission_id=row.pk),
    )

    sent = Comment.objects.filter(sent_at__isnull=False).count()
    state = Submission.objects.get().state
    assert (state, sent) in {(State.WITHDRAWN, 0), (State.ANSWERED, 1)}
    assert len([words for words in told if isinstance(words, str)]) == 1


def test_a_film_begun_while_consent_is_withdrawn_is_refused_or_destroyed():
    recording = make.recording()
    actor, case = actor_of(recording.owner), recording.case
    facts = {"actor": actor, "recording_id": recording.pk, "file_name": "x.mp4", "size": 900}

    told = at_once(
        lambda: services.begin_upload(**facts),
        lambda: services.withdraw_consent(actor=actor, case_id=case.pk),
    )

    recording = Recording.objects.select_related("film").get(pk=recording.pk)
    if recording.film:
        assert recording.film.state in GONE
        assert keys.is_destroyed(recording.film.ring)
    else:
        assert any("withdrawn their consent" in str(words) for words in told)
    with pytest.raises(RuleBroken):
        rings.require_begun_since(recording)


def test_withdrawn_twice_at_once_is_one_receipt():
    case = make.filmed().case
    actor = actor_of(case.guider)

    at_once(*[lambda: services.withdraw_consent(actor=actor, case_id=case.pk) for _ in range(2)])

    assert Line.objects.filter(verb="footage.key_destroyed").count() == 1


@pytest.mark.parametrize("keys", [1, 2])
def test_a_colleague_asked_twice_at_once_is_asked_once(keys):
    row, second = placed()
    look_ids = [uuid4() for _ in range(keys)] * (3 - keys)

    told = at_once(*[lambda key=key: asked(row, second, look_id=key) for key in look_ids])

    assert SecondLook.objects.count() == 1
    refused = [words for words in told if isinstance(words, str)]
    assert refused == ["You have asked this colleague about this clip already."] * (keys - 1)


def test_a_moment_kept_while_it_is_removed_does_not_come_back():
    recording = make.filmed()
    actor, key = actor_of(recording.owner), uuid4()
    facts = {"actor": actor, "moment_id": key, "version": 1}
    span = {"recording_id": recording.pk, "start_ms": 0, "end_ms": 900}
    services.keep_moment(**facts | {"version": 0}, **span)

    def told(deed):
        try:
            return deed()
        except Stale:
            return "stale"

    at_once(
        lambda: told(lambda: services.keep_moment(**facts, **span, note="She waits.")),
        lambda: told(lambda: services.remove_moment(**facts)),
    )

    kept = Moment.objects.filter(pk=key).first()
    assert kept is None or kept.version == 2
    verbs = Line.objects.filter(subject_id=key).order_by("number").values_list("verb", flat=True)
    assert len(verbs) == 2
    assert (verbs[1] == "media_review.moment_removed") == (kept is None)
