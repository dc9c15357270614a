"""The pages of a family's film: its guider's, and the family's own behind link and code."""

import re
from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from footage import streaming
from ledger.models import Line
from media_review import keepsakes, services
from media_review.models import Keepsake, KeepsakeLink, Viewing
from media_review.views.family import DID_NOT_OPEN
from people.kinds import Role
from tests.media_review import factories as make
from tests.media_review import keeping
from tests.people.factories import actor_of, person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
RANGE = {"range": "bytes=0-9"}


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def door(token: str) -> str:
    return reverse("media_review:family", args=[token])


def face(answer) -> tuple:
    """What anybody can tell of an answer."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)
    cookies = sorted(answer.cookies)
    return answer.status_code, body, {**answer.headers, "Set-Cookie": cookies}


def opened(given) -> Client:
    """A browser in which the code was typed rightly."""
    browser = Client()
    answer = browser.post(door(given.token), {"code": f"{given.code[:4]} {given.code[4:]}"})
    assert (answer.status_code, answer.url) == (302, door(given.token))
    return browser


def of_family(given) -> list[str]:
    return [
        reverse(f"media_review:family-{part}", args=[given.token]) for part in ("film", "poster")
    ]


def nothing_wrong(given):
    """The link as it is, and a wrong code."""


def ended(given):
    row = given.link.keepsake
    services.end_link(actor=actor_of(row.owner), keepsake_id=row.pk)


def ran_out(given):
    past = timezone.now() - timedelta(seconds=1)
    KeepsakeLink.objects.update(made_at=past - timedelta(days=1), until=past)


def swept(given):
    ran_out(given)
    keepsakes.tidy()


def copy_taken_back(given):
    make.take_back(given.link.keepsake.case, "family_copy")


def all_taken_back(given):
    row = given.link.keepsake
    services.withdraw_consent(actor=actor_of(row.owner), case_id=row.case_id)


def locked(given):
    KeepsakeLink.objects.update(locked_at=timezone.now(), wrong_tries=10)


def replaced(given):
    keeping.handed(given.link.keepsake)


def discarded(given):
    row = given.link.keepsake
    services.discard_keepsake(actor=actor_of(row.owner), keepsake_id=row.pk)


ENDS = [ended, ran_out, swept, copy_taken_back, all_taken_back, locked, replaced, discarded]


@pytest.mark.parametrize("what", ENDS)
def test_whatever_ended_it_the_page_is_the_one_of_a_link_that_never_was(what):
    given = keeping.handed()
    browser, stranger = opened(given), Client()
    assert [browser.get(at, headers=RANGE).status_code for at in of_family(given)] == [206, 206]

    what(given)

    for one in (browser, stranger):
        for at in of_family(given):
            assert one.get(at, headers=RANGE).status_code == 404
            assert face(one.get(at)) == face(one.get(at.replace(given.token, "n" * 43)))
        never = door("n" * 43)
        assert face(one.get(door(given.token))) == face(one.get(never))
        told = one.post(door(given.token), {"code": given.code})
        assert face(told) == face(one.post(never, {"code": given.code}))
        assert (told.status_code, DID_NOT_OPEN in told.content.decode()) == (422, True)


@pytest.mark.parametrize("code", ["", "12345678", "0", "x" * 5000, "\x00", "' OR 1=1", "１２３４"])
def test_a_guess_learns_nothing(code):
    given, browser = keeping.handed(), Client()

    right, never = (browser.post(door(token), {"code": code}) for token in (given.token, "n" * 43))

    assert face(right) == face(never)
    assert face(browser.get(door(given.token))) == face(browser.get(door("n" * 43)))


def test_too_many_guesses_from_one_address_are_not_read_any_more(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "keepsake_wrong": "3/10m/ip"}
    given = keeping.handed()
    for number in range(3):
        Client().post(door("n" * 40 + str(number)), {"code": "1"})

    told = Client().post(door(given.token), {"code": given.code})
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(door(given.token), {"code": given.code})

    assert (told.status_code, DID_NOT_OPEN in told.content.decode()) == (422, True)
    assert KeepsakeLink.objects.get().wrong_tries == 0
    assert elsewhere.status_code == 302


def test_the_cookie_is_for_this_film_this_browser_and_a_little_while(settings):
    first, second = keeping.handed(), keeping.handed()
    browser = opened(first)
    cookie = browser.cookies["keepsake"]

    assert cookie["path"] == door(first.token)
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 3 * 3600)
    carried = Client()
    carried.cookies["keepsake"] = cookie.value
    assert carried.get(of_family(first)[0], headers=RANGE).status_code == 206
    assert carried.get(of_family(second)[0], headers=RANGE).status_code == 404
    carried.cookies["keepsake"] = cookie.value[:-2] + "xx"
    assert carried.get(of_family(first)[0], headers=RANGE).status_code == 404
    settings.SESSION_COOKIE_SECURE = True
    answer = Client().post(door(first.token), {"code": first.code})
    assert answer.cookies["__Secure-keepsake"]["secure"]


def test_the_familys_page_is_theirs_alone():
    given = keeping.handed()
    page = opened(given).get(door(given.token))
    words, case = page.content.decode(), given.link.keepsake.case

    assert page.status_code == 200
    assert page["X-Robots-Tag"].startswith("noindex")
    assert page["Cache-Control"] == "no-store, private"
    assert "Special moments" in words
    for secret in (case.code, given.link.keepsake.owner.name, str(case.organisation), given.code):
        assert secret not in words
    assert not re.findall(r'(?:src|href|action)="https?:', words)


def test_no_log_holds_the_link(capfd, caplog):
    given = keeping.handed()
    Client().get(of_family(given)[0])

    assert "/keepsake/…/film.mp4" in caplog.text
    assert given.token not in caplog.text + "".join(capfd.readouterr())


def test_the_film_plays_in_ranges_and_is_saved_under_a_plain_name():
    given = keeping.handed()
    browser, at = opened(given), of_family(given)[0]
    part = browser.get(at, headers={"range": "bytes=100-199"})
    whole = browser.get(f"{at}?save")

    assert (part.status_code, len(part.content)) == (206, 100)
    assert whole["Content-Disposition"] == 'attachment; filename="Special moments.mp4"'
    assert len(whole.getvalue()) == int(whole["Content-Length"])
    viewing = Viewing.objects.get()
    assert (viewing.viewer_id, viewing.keepsake) == (None, given.link.keepsake)
    assert KeepsakeLink.objects.get().saved_at is not None
    assert Line.objects.filter(verb="media_review.keepsake_saved").count() == 1


def test_a_range_costs_few_queries(django_assert_num_queries):
    given = keeping.handed()
    browser, at = opened(given), of_family(given)[0]
    browser.get(at, headers=RANGE)

    # link, consent, film and part in one; the sitting; the key
    with django_assert_num_queries(2), django_assert_num_queries(1, using="keys"):
        assert browser.get(at, headers=RANGE).status_code == 206


def test_the_guider_makes_it_and_the_code_is_shown_once():
    row = keeping.begun()
    browser = signed_in(row.owner)
    clips = [item.clip_id.hex for item in row.items.all()]
    form = {"keepsake_id": row.pk, "opening": "Hello", "music": "waves", "balance": "both"}
    form |= {f"chosen_{pk}": "on" for pk in clips} | {
        f"place_{clips[1]}": 1,
        f"place_{clips[0]}": 2,
    }
    at = reverse("media_review:keepsake-write", args=[row.pk])

    refused = browser.post(at, {"keepsake_id": row.pk, "opening": "Mine", "make": "yes"})
    made = browser.post(at, {**form, f"words_{clips[0]}": "A smile", "make": "yes"})

    assert (refused.status_code, "Mine" in refused.content.decode()) == (422, True)
    assert (made.status_code, made.url) == (302, row.get_absolute_url())
    row.refresh_from_db()
    assert [(i.clip_id.hex, i.title) for i in row.items.all()] == [
        (clips[1], ""),
        (clips[0], "A smile"),
    ]
    assert "is being made" in browser.get(row.get_absolute_url()).content.decode()
    progress = browser.get(reverse("media_review:keepsake-progress", args=[row.pk]))
    assert progress.status_code == 200


def test_the_guider_hands_it_over_reads_when_it_was_opened_and_ends_it():
    row = keeping.ready()
    browser = signed_in(row.owner)
    link_id = "0b0e3a1e-7c52-4d1b-9d5b-2f6a1c0d9e8f"
    form = {"link_id": link_id, "days": 7}
    hand = reverse("media_review:keepsake-hand", args=[row.pk])

    page = browser.post(hand, form).content.decode()
    code = re.search(r'keepsake__code">(\d{4}) (\d{4})<', page)
    token = re.search(r"/keepsake/([\w-]{43})/<", page)
    assert browser.post(hand, form).status_code == 422  # pressed twice: still one link
    assert browser.post(hand, {**form, "days": 90}).status_code == 422
    family = Client()
    assert family.post(door(token[1]), {"code": "".join(code.groups())}).status_code == 302

    shown = browser.get(row.get_absolute_url()).content.decode()
    assert (code[1] in shown, token[1] in shown) == (False, False)
    assert "Opened " in shown
    browser.post(reverse("media_review:keepsake-end", args=[row.pk]))
    assert family.get(reverse("media_review:family-film", args=[token[1]])).status_code == 404


def test_a_file_for_a_stick_is_named_plainly_and_written_down():
    row = keeping.ready()
    at = reverse("media_review:keepsake-save", args=[row.pk])

    answer = signed_in(row.owner).post(at)
    assert answer["Content-Disposition"] == 'attachment; filename="Special moments.mp4"'
    assert len(answer.getvalue()) == int(answer["Content-Length"])
    line = Line.objects.get(verb="media_review.keepsake_saved")
    assert line.user_id == row.owner_id
    make.take_back(row.case, "family_copy")
    assert signed_in(row.owner).post(at).status_code == 404


def test_a_file_on_its_way_breaks_off_when_the_family_takes_its_yes_back():
    row = keeping.ready()
    in_pieces = partial(streaming.answer, cap=1000)
    with patch.object(streaming, "answer", in_pieces):
        answer = signed_in(row.owner).post(reverse("media_review:keepsake-save", args=[row.pk]))
    pieces = iter(answer)
    assert len(next(pieces)) == len(next(pieces)) == 1000

    make.take_back(row.case, "family_copy")

    with pytest.raises(ConnectionResetError):
        next(pieces)


@pytest.mark.parametrize("who", [Role.TRAINEE, Role.SUPERVISOR, Role.SERVICE_MANAGER, Role.OFFICER])
def test_nobody_else_finds_it(who):
    row = keeping.ready()
    browser = signed_in(person(who, row.case.organisation))

    for part in ("film", "poster"):
        at = reverse(f"media_review:keepsake-{part}", args=[row.pk])
        assert browser.get(at, headers=RANGE).status_code == 404
    assert browser.get(row.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(rows, django_assert_num_queries):
    row = keeping.begun()
    film = row.items.first().clip.recording
    for _ in range(rows - 1):
        services.compose_keepsake(
            actor=actor_of(row.owner),
            keepsake_id=make.UUID(int=Keepsake.objects.count()),
            case_id=row.case_id,
            clips=[(film.clips.first().pk, "")],
        )
    browser = signed_in(row.owner)
    browser.get(reverse("media_review:keepsake-list"))

    with django_assert_num_queries(8):
        page = browser.get(reverse("media_review:keepsake-list")).content.decode()
    assert page.count(row.get_absolute_url()[:17]) >= rows
