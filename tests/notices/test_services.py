"""Everybody is told once, in their own rhythm."""

import pytest
from django.core import mail
from django.utils import timezone

from notices import outbox
from notices.models import Notice
from notices.services import post
from people.kinds import Digest
from people.models import User
from tests.people.factories import person, signed_in

pytestmark = pytest.mark.django_db
KIND = "footage.ready"


def tell(user, key="1"):
    """The same event as often as it is asked."""
    return post(to_id=user.pk, kind=KIND, key=key, path="/road/")


def test_the_same_event_is_told_once_however_often_it_is_posted():
    user = person()

    for _ in range(3):
        tell(user)
    for _ in range(3):
        outbox.send_waiting()

    assert Notice.objects.count() == 1
    assert [(letter.to, len(letter.alternatives)) for letter in mail.outbox] == [
        ([f"{user.name} <{user.email}>"], 1)
    ]


def test_a_letter_has_one_button_and_says_why_it_came():
    tell(person())

    outbox.send_waiting()

    words = mail.outbox[0].body
    assert words.count("http") == 2
    assert "You get this because" in words


def test_whoever_wants_one_letter_a_day_gets_one():
    user = person(digest=Digest.DAILY)
    tell(user, "1")
    tell(user, "2")

    outbox.send_waiting()
    assert mail.outbox == []
    outbox.send_digests()
    outbox.send_digests()

    assert [letter.subject for letter in mail.outbox] == ["2 things since yesterday"]


def test_whoever_wants_no_letters_still_finds_the_list():
    user = person(digest=Digest.NEVER)
    tell(user)

    outbox.send_waiting()
    outbox.send_digests()

    assert mail.outbox == []
    assert "notice" in signed_in(user).get("/notices/").content.decode()


def test_a_letter_that_cannot_leave_is_tried_again(settings):
    user = person()
    tell(user)
    settings.EMAIL_BACKEND = "tests.notices.broken.Mail"

    outbox.send_waiting()
    Notice.objects.update(lease_until=None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outbox.send_waiting()

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_asks_as_often_for_many_as_for_one(rows, django_assert_num_queries):
    user = person()
    browser = signed_in(user)
    for number in range(rows):
        tell(user, str(number))

    with django_assert_num_queries(6):
        page = browser.get("/notices/").content.decode()

    assert page.count('class="notice"') == rows


def test_opening_a_message_marks_it_read_and_leads_on():
    user = person()
    notice = tell(user)

    answer = signed_in(user).post(f"/notices/{notice.pk}/open/")

    notice.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/road/")
    assert notice.read_at is not None


def test_somebody_elses_message_does_not_exist():
    notice = tell(person())

    assert signed_in(person()).post(f"/notices/{notice.pk}/open/").status_code == 404


def test_whoever_wanted_no_letters_is_not_flooded_when_they_want_them_again():
    user = person(digest=Digest.NEVER)
    tell(user, "1")
    User.objects.filter(pk=user.pk).update(digest=Digest.AT_ONCE)
    tell(user, "2")

    outbox.send_waiting()

    assert len(mail.outbox) == 1


def test_a_closed_account_gets_no_letters():
    user = person(suspended_at=timezone.now())
    tell(user)

    outbox.send_waiting()

    assert mail.outbox == []
    assert Notice.objects.filter(to=user).count() == 1
