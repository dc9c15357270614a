"""A clip with very many comments: all of them on one page, at the price of one."""

import pytest
from django.utils import timezone

from media_review import services
from media_review.kinds import CommentKind
from media_review.models import Comment, ReadMark
from tests.media_review import factories as make
from tests.media_review.test_pages import signed_in, words
from tests.people.factories import actor_of

pytestmark = pytest.mark.django_db


def commented(count):
    """A clip with this many comments, each with a principle and read by the trainee."""
    row = make.submitted()
    first = make.drafted(row.submitted_clips.get())
    services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)
    facts = {"submitted_clip": first.submitted_clip, "author": first.author}
    span = {"start_ms": 0, "end_ms": 500, "words": "He looks up.", "sent_at": timezone.now()}
    kinds = (CommentKind.STRENGTH, CommentKind.WONDERING, CommentKind.WORKING_POINT)
    Comment.objects.bulk_create(
        Comment(kind=kinds[number % 3], **facts, **span) for number in range(count - 1)
    )
    rows, principle = Comment.objects.all(), make.principle_ids(2)[0]
    between = Comment.principles.through
    between.objects.filter(comment__in=rows).delete()
    between.objects.bulk_create(between(comment=each, principle_id=principle) for each in rows)
    ReadMark.objects.bulk_create(ReadMark(comment=each, reader=row.trainee) for each in rows)
    return row


@pytest.mark.parametrize("count", [1, 500])
@pytest.mark.parametrize(("reader", "queries"), [("trainee", 12), ("supervisor", 14)])
def test_a_page_of_500_comments_costs_as_much_as_one(
    reader, queries, count, django_assert_num_queries
):
    row = commented(count)
    browser = signed_in(getattr(row, reader))

    with django_assert_num_queries(queries):
        page = words(browser.get(row.get_absolute_url()))

    assert page.count('class="comment"') == count
