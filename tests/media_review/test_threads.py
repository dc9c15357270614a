"""Comments stay private until sent; replies go both ways; nothing exists twice."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from media_review import services
from media_review.kinds import ABOUT_A_SPAN, CommentKind
from media_review.models import Comment
from notices.models import Notice
from people.errors import RuleBroken
from people.models import SupervisionTie
from tests.caselogs.factories import days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ABOUT_A_SPAN)
def test_a_draft_is_its_authors_alone_until_it_is_sent(kind):
    row = make.answered()
    already = Comment.objects.get()
    comment = make.drafted(row.submitted_clips.get(), kind=kind)
    trainee, supervisor = actor_of(row.trainee), actor_of(row.supervisor)
    assert set(Comment.objects.visible_to(supervisor)) == {already, comment}
    assert set(Comment.objects.visible_to(trainee)) == {already}

    services.send_answer(actor=supervisor, submission_id=row.pk)

    assert set(Comment.objects.visible_to(trainee)) == {already, comment}
    assert not Comment.objects.visible_to(actor_of(person())).exists()


def test_an_answer_needs_a_comment():
    row = make.opened()

    with pytest.raises(RuleBroken, match="A strength is a good place to begin"):
        services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"start_ms": 900, "end_ms": 200}, "before the in point"),
        ({"end_ms": 9000}, "This clip lasts"),
        ({"words": "  "}, "write what you see"),
        ({"kind": CommentKind.REPLY}, "a strength, a wondering or a working point"),
    ],
)
def test_a_comment_that_cannot_be_is_refused(facts, words):
    row = make.submitted().submitted_clips.get()

    with pytest.raises(RuleBroken, match=words):
        make.drafted(row, **facts)

    assert not Comment.objects.exists()


def test_a_draft_written_again_with_its_key_is_one():
    row, key = make.submitted().submitted_clips.get(), uuid4()

    make.drafted(row, comment_id=key)
    make.drafted(row, comment_id=key, words="You wait, and he looks up.")

    assert [each.words for each in Comment.objects.all()] == ["You wait, and he looks up."]


def test_what_was_sent_is_neither_changed_nor_removed():
    row = make.answered()
    comment = Comment.objects.get()
    supervisor = actor_of(row.supervisor)

    with pytest.raises(PermissionDenied, match="has been sent"):
        make.drafted(comment.submitted_clip, comment_id=comment.pk)
    with pytest.raises(PermissionDenied, match="has been sent"):
        services.remove_draft(actor=supervisor, comment_id=comment.pk)


def test_a_draft_can_be_removed_by_its_author_alone():
    row = make.submitted()
    comment = make.drafted(row.submitted_clips.get())

    with pytest.raises(PermissionDenied):
        services.remove_draft(actor=actor_of(row.trainee), comment_id=comment.pk)
    services.remove_draft(actor=actor_of(row.supervisor), comment_id=comment.pk)

    assert not Comment.objects.exists()


def test_both_reply_and_the_other_is_told_each_time():
    row = make.answered()
    comment = Comment.objects.get()
    trainee, supervisor = actor_of(row.trainee), actor_of(row.supervisor)

    first = services.reply(actor=trainee, comment_id=comment.pk, words="I had not seen it.")
    second = services.reply(actor=supervisor, comment_id=first.pk, words="It is lovely.")

    assert [first.in_reply_to_id, second.in_reply_to_id] == [comment.pk, comment.pk]
    told = Notice.objects.filter(kind="media_review.replied").order_by("posted_at")
    assert [notice.to for notice in told] == [row.supervisor, row.trainee]
    assert [notice.to for notice in Notice.objects.filter(kind="media_review.answered")] == [
        row.trainee
    ]


def test_a_reply_pressed_twice_is_one():
    row, key = make.answered(), uuid4()
    comment, trainee = Comment.objects.get(), actor_of(row.trainee)

    for _ in range(2):
        services.reply(actor=trainee, comment_id=comment.pk, words="Thank you.", reply_id=key)

    assert Comment.objects.filter(kind=CommentKind.REPLY).count() == 1
    assert Notice.objects.filter(kind="media_review.replied").count() == 1


def test_nobody_else_comments_or_replies():
    row = make.answered()
    stranger = actor_of(person())

    with pytest.raises(PermissionDenied):
        services.reply(actor=stranger, comment_id=Comment.objects.get().pk, words="Hello")
    with pytest.raises(PermissionDenied):
        services.send_answer(actor=stranger, submission_id=row.pk)


def test_an_ex_supervisor_cannot_answer():
    row = make.submitted()
    SupervisionTie.objects.update(until=days_ago(1))

    with pytest.raises(PermissionDenied, match="do not supervise this guider any more"):
        make.drafted(row.submitted_clips.get())


def test_more_can_be_added_after_an_answer():
    row = make.answered()
    make.drafted(row.submitted_clips.get(), words="And here.", kind=CommentKind.WORKING_POINT)

    services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)

    assert Comment.objects.filter(sent_at__isnull=False).count() == 2
    assert Notice.objects.filter(kind="media_review.answered").count() == 2


def test_the_database_keeps_spans_and_replies_in_shape():
    comment = make.drafted(make.submitted().submitted_clips.get())

    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(end_ms=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(kind=CommentKind.REPLY)
