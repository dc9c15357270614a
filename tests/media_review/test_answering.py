"""Answering in a real browser: a note said aloud, and comments written in a tunnel."""

import pytest
from playwright.sync_api import expect

from media_review import services
from media_review.models import Comment, Opening, SpokenNote
from tests import browser as looks
from tests.media_review import factories as make
from tests.people.factories import actor_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("work_at_once"),
]


def answering(live, page, row):
    """The supervisor before the clips, able to play and to write."""
    make.principle_ids()
    looks.sign_in(page, live, row.supervisor)
    page.goto(f"{live}{row.get_absolute_url()}")
    expect(page.get_by_role("button", name="Record your voice").first).to_be_visible()
    return page


def at(page, start, end):
    page.get_by_label("From", exact=True).fill(start)
    page.get_by_label("To", exact=True).fill(end)


def test_a_note_is_recorded_kept_sent_and_heard(live, desk, open_page):
    row = make.submitted()
    page = answering(live, desk, row)
    at(page, "0:00.2", "0:01")

    page.get_by_role("button", name="Record your voice").click()
    expect(page.locator("[data-note-state]").first).to_have_text("Recording")
    expect(page.locator("[data-note-clock]").first).to_have_text("0:02", timeout=15000)
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.locator("[data-note-state]").first).to_have_text("Paused")
    looks.axe(page)
    looks.shoot(page, "note-recording", whole=False)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Stop and listen").click()
    expect(page.get_by_label("Your recording")).to_be_visible()
    page.get_by_role("button", name="Keep this recording").click()
    expect(page.get_by_text("Kept in Attune.")).to_be_visible(timeout=20000)
    page.get_by_role("button", name="Keep this comment").click()
    expect(page.locator(".comment audio")).to_be_visible(timeout=20000)
    looks.axe(page)
    looks.shoot(page, "note-kept")
    page.get_by_role("button", name="Send 1 comment").click()
    expect(page.get_by_text("who has been told")).to_be_visible()

    comment = Comment.objects.select_related("spoken__film").get()
    assert (comment.words, comment.spoken.film.state) == ("", "ready")
    reader = open_page(phone=True)
    looks.sign_in(reader, live, row.trainee)
    reader.goto(f"{live}{row.get_absolute_url()}")
    expect(reader.get_by_text("New", exact=True)).to_be_visible()
    heard = reader.get_by_label("Spoken note")
    for _ in range(200):
        seconds = heard.evaluate("audio => audio.readyState > 0 ? audio.duration : 0")
        if seconds:
            break
        reader.wait_for_timeout(50)
    assert 1 < seconds < 30
    looks.axe(reader)
    looks.shoot(reader, "note-heard")
    page.reload()
    expect(page.get_by_text("Read by Maya")).to_be_visible()


def test_three_clips_are_answered_on_one_page_with_a_tunnel_between(live, phone):
    row = make.submitted(clips=3)
    services.add_opening(
        actor=actor_of(row.supervisor), kind="strength", words="I loved the way you…"
    )
    page = answering(live, phone, row)

    def write(words, opening=False):
        at(page, "0:00.2", "0:01")
        if opening:
            page.get_by_text("My openings").click()
            page.get_by_role("button", name="I loved the way you").click()
        page.get_by_label("What do you see?").press_sequentially(words)
        page.get_by_role("button", name="Keep this comment").click()

    write("wait here.", opening=True)
    expect(page.get_by_text("I loved the way you wait here.", exact=True)).to_be_visible()
    page.context.set_offline(True)
    write("He looks up.")
    expect(page.locator("[data-waiting]")).to_contain_text("He looks up.")
    page.get_by_role("radio", name="A working point").check()
    write("counting to three.")
    expect(page.locator("[data-waiting]")).to_have_count(2)
    expect(page.locator("[data-waiting]").first).to_contain_text("More of counting to three.")
    looks.shoot(page, "answering-tunnel")
    page.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_have_count(0, timeout=30000)
    for number in (2, 3):
        page.get_by_role("navigation", name="Clips").get_by_role("link").nth(number - 1).click()
        expect(page.locator(".tab[aria-current]")).to_contain_text(str(number))
        write(f"Clip {number} works.")
        expect(page.locator(".comment", has_text=f"Clip {number} works.")).to_be_visible()
    looks.axe(page)
    looks.shoot(page, "answering-three")
    page.get_by_role("button", name="Send 5 comments").click()
    expect(page.get_by_text("who has been told")).to_be_visible()

    kept = Comment.objects.order_by("submitted_clip__position", "written_at")
    assert [each.words for each in kept] == [
        "I loved the way you wait here.",
        "He looks up.",
        "counting to three.",
        "Clip 2 works.",
        "Clip 3 works.",
    ]
    assert not SpokenNote.objects.exists()
    assert Opening.objects.count() == 1


def test_what_is_taken_along_is_chosen_and_carried(live, phone):
    row = make.submitted()
    clip = row.submitted_clips.get()
    make.drafted(clip)
    make.drafted(clip, kind="working_point", words="waiting before you speak")
    services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)
    services.add_opening(
        actor=actor_of(row.supervisor), kind="strength", words="I loved the way you…"
    )
    looks.sign_in(phone, live, row.trainee)
    phone.goto(f"{live}{row.get_absolute_url()}")

    phone.get_by_label("What will you take with you?").fill("I wait, and it works.")
    phone.get_by_label("More of waiting before you speak").check()
    phone.get_by_label("In your own words: more of").fill("counting to three")
    looks.axe(phone)
    looks.shoot(phone, "closing")
    phone.get_by_role("button", name="Close with these words").click()
    expect(phone.get_by_text("Closed with your reflection.")).to_be_visible()
    phone.goto(f"{live}/submissions/points/")
    looks.axe(phone)
    looks.shoot(phone, "points")
    phone.get_by_role("button", name="I have seen it happen").click()
    expect(phone.get_by_role("heading", name="You have seen these happen")).to_be_visible()
    phone.context.clear_cookies()
    looks.sign_in(phone, live, row.supervisor)
    phone.goto(f"{live}/submissions/openings/")
    looks.axe(phone)
    looks.shoot(phone, "openings")
