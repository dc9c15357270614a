"""Threads put together in Python: inert, whole, and a reply's form that comes when it is wanted."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from media_review import queries
from media_review.models import Comment, Recording
from media_review.views.drawing import AT_HAND
from tests import browser as looks
from tests.media_review import factories as make
from tests.people.factories import actor_of, signed_in

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\n\"quoted\" & 'more'"


def page_of(submission, person, **asked):
    return signed_in(person).get(submission.get_absolute_url(), asked).content.decode()


def with_comments(count):
    row = make.answered()
    first = Comment.objects.get()
    more = [
        Comment(
            submitted_clip=first.submitted_clip,
            author=first.author,
            kind="strength",
            start_ms=number,
            end_ms=number + 500,
            words=f"Words {number}",
            sent_at=first.sent_at,
        )
        for number in range(count - 1)
    ]
    Comment.objects.bulk_create(more)
    return row, first


def test_what_people_type_is_shown_as_typed_and_does_nothing():
    row = make.answered()
    Comment.objects.update(words=HOSTILE)

    body = page_of(row, row.trainee)

    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt;<br>&quot;quoted&quot; &amp; &#x27;more&#x27;" in body
    )
    assert "<script>alert" not in body


@pytest.mark.parametrize(("count", "forms"), [(AT_HAND, AT_HAND), (AT_HAND + 1, 0)])
def test_the_forms_of_replies_are_at_hand_while_they_are_few(count, forms):
    row, _ = with_comments(count)

    body = page_of(row, row.trainee)

    assert body.count('class="comment"') == count
    assert len(re.findall(r'data-draft="reply:', body)) == forms
    assert body.count('<details class="reply"') == count


def test_a_reply_is_opened_by_its_link_or_fetched_alone():
    row, first = with_comments(AT_HAND + 1)
    trainee = signed_in(row.trainee)

    body = page_of(row, row.trainee, reply=first.pk)
    part = trainee.get(reverse("media_review:comment-reply", args=[first.pk])).content.decode()

    assert len(re.findall(r'data-draft="reply:', body)) == 1
    assert "<html" not in part
    assert '<details class="reply" open>' in part
    assert f'id="reply-{first.pk}"' in part


def test_a_working_point_says_more_of_once_on_the_page_and_once_in_a_copy():
    row = make.answered()
    Comment.objects.update(kind="working_point", words="waiting for him")

    body = page_of(row, row.trainee)
    copied = queries.words.sheet_of(Recording.objects.get(), actor_of(row.trainee))

    assert body.count('comment__more">More of</b> waiting for him') == 1
    assert '<span class="comment__kind">Working point</span>' in body
    assert "Working point: more of" in {note.what for note in copied.notes}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_long_thread_a_reply_is_opened_written_and_sent(live, phone):
    row, _ = with_comments(AT_HAND + 1)
    looks.sign_in(phone, live, row.trainee)
    phone.goto(f"{live}{row.get_absolute_url()}")

    reply = phone.locator("details.reply").first
    reply.locator("summary").click()
    reply.locator("textarea").fill("Thank you, I had not seen it.")
    reply.get_by_role("button", name="Send the reply").click()

    expect(phone.locator("#thread")).to_contain_text("I had not seen it.")
    assert Comment.objects.filter(in_reply_to__isnull=False).count() == 1
