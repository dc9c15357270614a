"""Sent again as a next version: the earlier one stays, with its comments."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from media_review import services
from media_review.models import Comment, Submission
from media_review.queries import waiting_for
from media_review.queries.versions import versions_of
from media_review.states import SENT, State
from people.errors import RuleBroken
from tests.media_review import factories as make
from tests.media_review.test_submissions import REACHED
from tests.people.factories import actor_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(State))
def test_only_what_was_sent_can_be_sent_again(state):
    row = REACHED[state]()
    actor = actor_of(row.trainee)

    if state not in SENT:
        with pytest.raises(RuleBroken, match="sent again"):
            services.begin_version(actor=actor, submission_id=row.pk)
        return
    draft = services.begin_version(actor=actor, submission_id=row.pk)
    again = services.begin_version(actor=actor, submission_id=row.pk)

    assert (draft.version, draft.root_id, draft.state) == (2, row.pk, State.DRAFT)
    assert again.pk == draft.pk
    row.refresh_from_db()
    assert row.state == state


def second(row, **facts):
    """The next version, with another question, sent."""
    actor = actor_of(row.trainee)
    draft = services.begin_version(actor=actor, submission_id=row.pk)
    facts = {
        "clip_ids": [each.clip_id for each in draft.submitted_clips.all()],
        "supervisor_id": draft.supervisor_id,
        "question": "And where do I lead?",
    } | facts
    services.compose(actor=actor, submission_id=draft.pk, **facts)
    return services.submit(actor=actor, submission_id=draft.pk)


def test_comments_stay_with_their_version_and_the_newest_waits():
    row = make.answered(clips=2)
    _, other = row.submitted_clips.all()
    newer = second(row, clip_ids=[other.clip_id])
    newest = second(newer)
    supervisor = actor_of(row.supervisor)

    assert (newest.version, newest.root_id) == (3, row.pk)
    assert [each.id for each in waiting_for(supervisor)] == [newest.pk]
    assert Comment.objects.get().submitted_clip.submission_id == row.pk
    assert [(each.number, each.news) for each in versions_of(newer, supervisor)] == [
        (1, ""),
        (2, "1 clip left out, another question"),
        (3, "the same clips and question"),
    ]
    page = signed_in(row.supervisor).get(row.get_absolute_url()).content.decode()
    assert "Version 1" in page
    assert newest.get_absolute_url() in page


def test_a_draft_of_a_version_is_the_trainees_alone():
    row = make.submitted()
    draft = services.begin_version(actor=actor_of(row.trainee), submission_id=row.pk)

    assert versions_of(row, actor_of(row.supervisor)) == ()
    assert signed_in(row.supervisor).get(draft.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        services.begin_version(actor=actor_of(row.supervisor), submission_id=row.pk)


def test_pressing_again_twice_makes_one_draft():
    row = make.submitted()
    browser = signed_in(row.trainee)
    at = reverse("media_review:submission-again", args=[row.pk])

    first, again = browser.post(at), browser.post(at)

    assert first.url == again.url
    assert "Version 2" in browser.get(first.url).content.decode()


@pytest.mark.parametrize("facts", [{"version": 2}, {"version": 1}, {"version": 0}])
def test_the_database_keeps_versions_in_order(facts):
    row = make.composed()
    newer = Submission(trainee=row.trainee, supervisor=row.supervisor, root=row, version=2)
    newer.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(trainee=row.trainee, supervisor=row.supervisor, root=row, **facts)


@pytest.mark.parametrize("rows", [1, 3])
def test_versions_cost_the_same_for_two_and_for_many(rows, django_assert_num_queries):
    row = newest = make.submitted()
    for _ in range(rows):
        newest = second(newest)

    trainee = actor_of(row.trainee)
    with django_assert_num_queries(2):
        found = versions_of(row, trainee)

    assert len(found) == rows + 1
