"""A family's film as it looks: on the family's old phone, and on its guider's desk."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import browser as looks
from tests.media_review import factories as make
from tests.media_review import keeping

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAYED = """() => {
  const it = document.querySelector("video");
  return it.readyState >= 2 && it.currentTime > 0.2;
}"""


def overflow(page):
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_the_family_types_the_code_watches_and_the_link_dies(live, phone):
    cache.clear()
    given = keeping.handed()
    address = f"{live}{reverse('media_review:family', args=[given.token])}"

    phone.goto(address)
    looks.shoot(phone, "family-door")
    looks.axe(phone)
    phone.get_by_label("Your code").fill("1111 1111")
    phone.get_by_role("button", name="Open the film").click()
    phone.get_by_text("That did not open the film.").wait_for()
    looks.shoot(phone, "family-door-wrong")
    phone.get_by_label("Your code").fill(f"{given.code[:4]} {given.code[4:]}")
    phone.get_by_role("button", name="Open the film").click()
    phone.get_by_role("heading", name="Keeping it safe").wait_for()
    phone.evaluate("document.querySelector('video').play()")
    phone.wait_for_function(PLAYED, timeout=60_000)
    looks.shoot(phone, "family")
    looks.axe(phone)
    assert overflow(phone) <= 0
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="Save the film").click()
    assert saved.value.suggested_filename == "Special moments.mp4"

    make.take_back(given.link.keepsake.case, "family_copy")
    phone.goto(address)
    assert phone.get_by_label("Your code").is_visible()
    assert phone.locator("video").count() == 0


def test_the_guiders_pages_are_whole_at_each_width(live, desk):
    row = keeping.begun()
    looks.sign_in(desk, live, row.owner)
    written = reverse("media_review:keepsake-write", args=[row.pk])
    for width in (1280, 390):
        desk.set_viewport_size({"width": width, "height": 900})
        for name, path in {
            "keepsake-list": reverse("media_review:keepsake-list"),
            "keepsake-compose": written,
        }.items():
            desk.goto(f"{live}{path}")
            looks.shoot(desk, name)
            assert overflow(desk) <= 0, (name, width)
            looks.axe(desk)
    row = keeping.ready(row)
    desk.goto(f"{live}{row.get_absolute_url()}")
    desk.get_by_role("button", name="Make a link and a code").click()
    desk.get_by_text("Give them these two").wait_for()
    for width in (1280, 390):
        desk.set_viewport_size({"width": width, "height": 900})
        looks.shoot(desk, "keepsake-handed")
        assert overflow(desk) <= 0, width
        looks.axe(desk)
