"""Two people at the same moment of one clip, each in a browser of their own."""

import statistics

import pytest
from playwright.sync_api import expect

from media_review import services
from tests import browser as looks
from tests.media_review import doors
from tests.media_review import factories as make
from tests.people.factories import actor_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILM = "document.querySelector('[data-film]')"
STANDS = f"() => [performance.timeOrigin + performance.now(), {FILM}.currentTime * 1000]"
IN_STEP_MS = 200


def sent():
    """A submission of two clips: the whole film, and a short one."""
    trainee, supervisor = make.trainee_and_supervisor()
    film = make.filmed(make.consented_case(trainee))
    clips = [make.clip(film, 0, 5800, title="The mat"), make.clip(film, 0, 1500, title="The look")]
    row = services.compose(
        actor=actor_of(trainee),
        clip_ids=[each.pk for each in clips],
        supervisor_id=supervisor.pk,
        question=make.QUESTION,
    )
    services.submit(actor=actor_of(trainee), submission_id=row.pk)
    for each in row.submitted_clips.select_related("clip"):
        make.prepare(each.clip.film_id)
    return row


def until(page, truth, seconds=30):
    """Wait until this is true on the page (asked from outside: the page allows no eval)."""
    for _ in range(seconds * 20):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {truth}")


def joined(live, page, user, row):
    """This person's page of the submission, in the room."""
    looks.sign_in(page, live, user)
    page.goto(f"{live}{row.get_absolute_url()}")
    until(page, f"{FILM}.readyState >= 1")
    page.get_by_role("button", name="Watch together").click()
    words = page.locator("[data-together-words]")
    expect(words).to_contain_text("here", timeout=20_000)
    return page


def apart(one, other, rate):
    """How many ms of film lie between the two, the time between the two looks taken off."""
    at, place = one.evaluate(STANDS)
    at_other, place_other = other.evaluate(STANDS)
    return abs((place - place_other) - (at - at_other) * rate)


def in_step(one, other, rate=0.0, begin=lambda: None):
    """The median of nine looks is within a fifth of a second; a loaded machine may try again."""
    found = []
    for _ in range(4):
        begin()
        looked = []
        for _ in range(9):
            looked.append(apart(one, other, rate))
            one.wait_for_timeout(40)
        found.append(statistics.median(looked))
        print(f"apart at speed {rate}: {found[-1]:.0f} ms ({min(looked):.0f}-{max(looked):.0f})")
        if found[-1] <= IN_STEP_MS:
            return
    raise AssertionError(f"out of step by {found} ms")


def test_two_pages_stay_in_step_and_losing_one_does_not_stop_the_other(live, open_page, settings):
    settings.TOGETHER_ASK_SECONDS = 0.5
    row = sent()
    with doors.standing():
        ruth = joined(live, open_page(), row.supervisor, row)
        maya = joined(live, open_page(), row.trainee, row)
        for page, name in ((ruth, "Maya"), (maya, "Ruth")):
            words = page.locator("[data-together-words]")
            expect(words).to_contain_text(f"{name} is here", timeout=20_000)
        looks.axe(ruth)

        def from_the_start():
            ruth.evaluate(f"() => {{ {FILM}.currentTime = 0; {FILM}.play() }}")
            until(maya, f"!{FILM}.paused && {FILM}.currentTime > 0.8 && {FILM}.currentTime < 3")

        in_step(ruth, maya, 1.0, begin=from_the_start)
        ruth.evaluate(f"() => {{ {FILM}.currentTime = 0; {FILM}.playbackRate = 0.25 }}")
        ruth.evaluate(f"() => {{ {FILM}.play() }}")
        until(maya, f"!{FILM}.paused && {FILM}.currentTime > 0.3")
        in_step(ruth, maya, 0.25)
        expect(maya.locator("[data-speed]")).to_have_text("¼×")

        maya.evaluate(f"() => {{ {FILM}.currentTime = 3 }}")
        until(ruth, f"{FILM}.currentTime >= 2.9")
        in_step(ruth, maya, 0.25)

        maya.keyboard.press("k")
        until(ruth, f"{FILM}.paused")
        in_step(ruth, maya)
        assert maya.evaluate(f"{FILM}.paused")

        ruth.locator("[data-film]").hover(position={"x": 200, "y": 120})
        ruth.mouse.move(420, 420)
        expect(maya.locator("[data-ring][data-fresh]")).to_contain_text("Ruth")
        looks.shoot(maya, "together")

        ruth.get_by_role("link", name="The look").click()
        until(ruth, f"{FILM}.duration < 2")
        until(maya, f"{FILM}.duration < 2")
        ruth.get_by_role("link", name="The mat").click()
        until(maya, f"{FILM}.readyState >= 1 && {FILM}.duration > 5")
        until(ruth, f"{FILM}.readyState >= 1 && {FILM}.duration > 5")
        ruth.evaluate(f"() => {{ {FILM}.playbackRate = 0.1 }}")
        ruth.keyboard.press("k")
        until(maya, f"!{FILM}.paused")

        ruth.context.close()

        expect(maya.locator("[data-together-words]")).to_contain_text(
            "Ruth has left; you can go on", timeout=20_000
        )
        before = maya.evaluate(f"{FILM}.currentTime")
        until(maya, f"{FILM}.currentTime > {before} + 0.05")
        ruth = joined(live, open_page(), row.supervisor, row)
        until(ruth, f"!{FILM}.paused && {FILM}.currentTime > {before}")
        in_step(ruth, maya, 0.1)

        make.take_back(row.submitted_clips.first().clip.recording.case)

        for page in (maya, ruth):
            expect(page.locator("[data-together-words]")).to_contain_text(
                "not open to you any more", timeout=20_000
            )


def test_when_the_process_is_away_everybody_goes_on_alone_and_meets_again(live, open_page):
    row = sent()
    with doors.standing():
        ruth = joined(live, open_page(), row.supervisor, row)
    words = ruth.locator("[data-together-words]")
    expect(words).to_contain_text("You can go on", timeout=20_000)
    ruth.keyboard.press("k")
    until(ruth, f"{FILM}.currentTime > 0.2")

    with doors.standing():
        expect(words).to_contain_text("Nobody else is here yet", timeout=40_000)
