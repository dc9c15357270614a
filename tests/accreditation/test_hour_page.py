"""The page of a supervision hour, with both of them on it, each in a browser of their own."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accreditation import services
from accreditation.models import HourNote, SupervisionSession
from accreditation.states import SessionState
from media_review import services as reviews
from tests import browser as looks
from tests.caselogs.factories import days_ago
from tests.media_review import doors
from tests.media_review import factories as make
from tests.people.factories import actor_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILM = "document.querySelector('[data-film]')"
SOON = 20_000


def prepared():
    """Clips sent, an hour before, and one planned for now."""
    trainee, supervisor = make.trainee_and_supervisor()
    film = make.filmed(make.consented_case(trainee))
    clip = make.clip(film, 0, 5800, title="The spoon")
    row = reviews.compose(
        actor=actor_of(trainee),
        clip_ids=[clip.pk],
        supervisor_id=supervisor.pk,
        question=make.QUESTION,
    )
    reviews.submit(actor=actor_of(trainee), submission_id=row.pk)
    make.prepare(row.submitted_clips.get().clip.film_id)
    both = {"trainee_id": trainee.pk, "supervisor_id": supervisor.pk}
    before = services.log_session(
        actor=actor_of(trainee), held_on=days_ago(20), minutes=60, words="Her words first.", **both
    )
    services.confirm_session(actor=actor_of(supervisor), session_id=before.pk)
    return services.plan_hour(
        actor=actor_of(supervisor),
        hour_id=uuid4(),
        planned_for=timezone.now(),
        minutes=60,
        **both,
    )


def opened(live, page, user, hour):
    looks.sign_in(page, live, user)
    page.goto(f"{live}{hour.get_hour_url()}")
    return page


def until(page, truth):
    """Wait until this is true on the page (asked from outside: the page allows no eval)."""
    for _ in range(400):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {truth}")


def test_an_hour_from_its_agenda_to_the_second_press(live, open_page):
    hour = prepared()
    with doors.standing():
        maya = opened(live, open_page(phone=True), hour.trainee, hour)
        ruth = opened(live, open_page(), hour.supervisor, hour)

        maya.get_by_label("One more thing to talk about").fill("Where do I wait?")
        maya.get_by_role("button", name="Put it on the agenda").click()
        for page in (maya, ruth):
            expect(page.locator("#agenda-rows")).to_contain_text("Where do I wait?", timeout=SOON)
        ruth.get_by_role("button", name="Talked about: Where do I wait?").click()
        expect(maya.locator("[data-done]")).to_contain_text("Where do I wait?", timeout=SOON)
        ruth.get_by_label("What you want to keep").press_sequentially("Long pauses.")
        expect(ruth.locator("#note-kept")).to_contain_text("Saved")
        ruth.get_by_label("What you want to keep").press_sequentially(" And smiles.")
        expect(maya.locator("#their-note")).to_contain_text("And smiles.", timeout=SOON)
        assert HourNote.objects.get().words == "Long pauses. And smiles."

        for page in (maya, ruth):
            page.get_by_role("link", name="The spoon").click()
            page.wait_for_url("**clip=**")
            page.get_by_role("button", name="Watch together").click()
        words = ruth.locator("[data-together-words]")
        expect(words).to_contain_text("Maya is here", timeout=SOON)
        ruth.evaluate(f"() => {{ {FILM}.playbackRate = 0.25; {FILM}.play() }}")
        until(maya, f"!{FILM}.paused && {FILM}.currentTime > 0.1")
        ruth.evaluate(f"{FILM}.pause()")
        until(maya, f"{FILM}.paused")
        for page in (maya, ruth):
            looks.axe(page)
            looks.shoot(page, "hour")

        ruth.get_by_role("button", name="We begin now").click()
        expect(ruth.get_by_text("Just begun")).to_be_visible()
        ruth.get_by_label("How many minutes?").fill("50")
        ruth.get_by_role("button", name="Yes, we met").click()
        expect(ruth.get_by_text("You said yes to 50 minutes")).to_be_visible()
        maya.get_by_role("button", name="Yes, 50 minutes").click(timeout=SOON)
        expect(maya.get_by_role("heading", name="You both said yes")).to_be_visible()
        expect(ruth.get_by_role("heading", name="You both said yes")).to_be_visible(timeout=SOON)

    row = SupervisionSession.objects.get(pk=hour.pk)
    assert (row.state, row.minutes) == (SessionState.CONFIRMED, 50)
    assert SupervisionSession.objects.count() == 2


def test_an_hour_is_planned_on_its_page(live, phone):
    trainee, supervisor = make.trainee_and_supervisor()
    looks.sign_in(phone, live, trainee)
    phone.goto(f"{live}/practice/sessions/")
    phone.get_by_role("link", name="Plan a supervision").click()
    looks.axe(phone)
    looks.shoot(phone, "hour-plan")
    day = timezone.localdate() + timedelta(days=3)
    phone.get_by_label("Day and time").fill(f"{day}T10:00")
    phone.get_by_role("button", name="Plan it and invite them").click()

    expect(phone.get_by_role("heading", name=f"Supervision with {supervisor.name}")).to_be_visible()
    expect(phone.get_by_role("link", name="Into my calendar")).to_be_visible()
    looks.shoot(phone, "hour-ahead")
    hour = SupervisionSession.objects.get()
    assert (hour.state, hour.held_on) == (SessionState.PLANNED, day)
