"""Submissions: composed, sent with consent, opened, taken back, closed; each told once."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from ledger.models import Line
from media_review import services
from media_review.models import Comment, Submission
from media_review.states import STEPS, State, Step
from notices.models import Notice
from notices.words import letter
from people.errors import RuleBroken
from people.models import SupervisionTie
from tests.caselogs.factories import consented_case, days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, person, tied

pytestmark = pytest.mark.django_db


def withdrawn():
    row = make.submitted()
    return services.withdraw(actor=actor_of(row.trainee), submission_id=row.pk)


def expired():
    row = make.submitted()
    recording = row.submitted_clips.get().clip.recording
    services.discard_recording(actor=actor_of(row.trainee), recording_id=recording.pk)
    return Submission.objects.get(pk=row.pk)


def test_the_supervisor_is_told_once_that_clips_were_taken_back_and_never_of_a_draft():
    row = withdrawn()
    drafted = make.composed()
    services.withdraw(actor=actor_of(drafted.trainee), submission_id=drafted.pk)

    told = Notice.objects.get(kind="media_review.withdrawn")
    assert (told.to_id, letter(told).subject) == (
        row.supervisor_id,
        f"{row.trainee.name} took clips back",
    )


REACHED = {
    State.DRAFT: make.composed,
    State.SUBMITTED: make.submitted,
    State.IN_REVIEW: make.opened,
    State.ANSWERED: make.answered,
    State.CLOSED: make.closed,
    State.WITHDRAWN: withdrawn,
    State.FILM_EXPIRED: expired,
}


def take(step, row):
    """This step by the person whose step it is."""
    trainee, supervisor = actor_of(row.trainee), actor_of(row.supervisor)
    if step == Step.SUBMIT:
        services.submit(actor=trainee, submission_id=row.pk)
    elif step == Step.ANSWER:
        make.drafted(row.submitted_clips.get())
        services.send_answer(actor=supervisor, submission_id=row.pk)
    elif step == Step.REPLY:
        comment = Comment.objects.filter(submitted_clip__submission=row).first()
        if comment is None:
            raise RuleBroken("There is nothing to reply to.")
        services.reply(actor=trainee, comment_id=comment.pk, words="Thank you.")
    elif step == Step.CLOSE:
        services.close_with_reflection(actor=trainee, submission_id=row.pk, reflection="I wait.")
    elif step == Step.WITHDRAW:
        services.withdraw(actor=trainee, submission_id=row.pk)


@pytest.mark.parametrize("step", [Step.SUBMIT, Step.ANSWER, Step.REPLY, Step.CLOSE, Step.WITHDRAW])
@pytest.mark.parametrize("state", list(State))
def test_every_step_from_every_state(state, step):
    row = REACHED[state]()
    assert row.state == state
    opens_first = (state, step) == (State.SUBMITTED, Step.ANSWER)

    if (state, step) in STEPS or opens_first:
        take(step, row)
        row.refresh_from_db()
        assert row.state == STEPS[State.IN_REVIEW if opens_first else state, step]
    else:
        with pytest.raises(RuleBroken):
            take(step, row)
        row.refresh_from_db()
        assert row.state == state


def test_sending_tells_the_supervisor_once_without_a_code():
    row = make.submitted()

    with pytest.raises(RuleBroken):
        services.submit(actor=actor_of(row.trainee), submission_id=row.pk)

    notice = Notice.objects.get(to=row.supervisor, kind="media_review.submitted")
    assert (notice.path, notice.facts) == (
        row.get_absolute_url(),
        {"from_name": "Maya Osei", "clip_count": 1},
    )
    lines = Line.objects.filter(verb__startswith="media_review.", subject_id=str(row.pk))
    assert [line.verb for line in lines] == ["media_review.submitted"]


def test_composing_twice_with_one_key_makes_one_draft_in_the_order_asked():
    row = make.composed(clips=3)
    ids = [each.clip_id for each in row.submitted_clips.all()]

    again = services.compose(
        actor=actor_of(row.trainee),
        clip_ids=[ids[2], ids[0]],
        supervisor_id=row.supervisor_id,
        submission_id=row.pk,
        question="Another?",
    )

    assert again.pk == row.pk
    assert again.question == "Another?"
    assert [each.clip_id for each in again.submitted_clips.all()] == [ids[2], ids[0]]


def test_the_question_is_needed_to_send():
    row = make.composed()
    Submission.objects.filter(pk=row.pk).update(question=" ")

    with pytest.raises(RuleBroken, match="one question you bring"):
        services.submit(actor=actor_of(row.trainee), submission_id=row.pk)


@pytest.mark.parametrize("scope", ["supervision", None])
def test_consent_is_asked_at_sending(scope):
    row = make.composed()
    case = row.submitted_clips.get().clip.recording.case
    make.take_back(case, scope)

    with pytest.raises(RuleBroken, match=rf"^{case.code} .*Nothing was sent"):
        services.submit(actor=actor_of(row.trainee), submission_id=row.pk)

    row.refresh_from_db()
    assert row.state == State.DRAFT
    assert not Notice.objects.filter(kind="media_review.submitted").exists()


def test_the_supervisor_is_one_of_today():
    row = make.composed()
    SupervisionTie.objects.update(until=days_ago(1))

    with pytest.raises(RuleBroken, match="supervises you today"):
        services.submit(actor=actor_of(row.trainee), submission_id=row.pk)


def test_one_sends_clips_of_ones_own_films():
    clip = make.clip()
    trainee, supervisor = make.trainee_and_supervisor()

    with pytest.raises(PermissionDenied):
        services.compose(actor=actor_of(trainee), clip_ids=[clip.pk], supervisor_id=supervisor.pk)
    with pytest.raises(RuleBroken, match="not there any more"):
        services.compose(actor=actor_of(trainee), clip_ids=[uuid4()], supervisor_id=supervisor.pk)


@pytest.mark.parametrize("kind", ["interaction", "shared_review"])
def test_clips_of_either_kind_of_film_can_be_sent(kind):
    trainee, supervisor = make.trainee_and_supervisor()
    clip = make.clip(make.filmed(consented_case(trainee), kind=kind))
    row = services.compose(
        actor=actor_of(trainee), clip_ids=[clip.pk], supervisor_id=supervisor.pk, question="Why?"
    )

    assert services.submit(actor=actor_of(trainee), submission_id=row.pk).state == State.SUBMITTED


def test_a_film_that_stays_on_the_device_is_watched_in_the_hour():
    trainee, supervisor = make.trainee_and_supervisor()
    live = make.recording(consented_case(trainee), custody="shown_live")
    clip = make.clip(live)
    row = services.compose(
        actor=actor_of(trainee), clip_ids=[clip.pk], supervisor_id=supervisor.pk, question="Why?"
    )

    with pytest.raises(RuleBroken, match="watched together in the supervision hour"):
        services.submit(actor=actor_of(trainee), submission_id=row.pk)


def test_opening_twice_is_one_step():
    row = make.opened()

    again = services.open_review(actor=actor_of(row.supervisor), submission_id=row.pk)

    assert again.state == State.IN_REVIEW
    assert Line.objects.filter(verb="media_review.opened").count() == 1


def test_nobody_else_opens_withdraws_or_closes():
    row = make.submitted()
    other = person()
    tied(other, row.trainee)

    for verb in (services.open_review, services.withdraw, services.submit):
        with pytest.raises(PermissionDenied):
            verb(actor=actor_of(other), submission_id=row.pk)


def test_a_reflection_needs_words():
    row = make.answered()

    with pytest.raises(RuleBroken, match="what will you take"):
        services.close_with_reflection(
            actor=actor_of(row.trainee), submission_id=row.pk, reflection="  "
        )
