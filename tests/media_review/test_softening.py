"""The part to soften is drawn on the film, shown where it will be, and written as four numbers."""

import pytest
from playwright.sync_api import expect

from media_review.models import Clip
from tests import browser as looks
from tests.media_review import factories as make
from tests.media_review.test_workbench import bench

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_part_is_drawn_on_the_film_and_kept_with_the_clip(live, desk):
    page = bench(live, desk, make.filmed())
    page.keyboard.press("c")
    page.get_by_text("How others see it").click()
    page.get_by_label("Soften a part of the picture").select_option("oval")
    page.get_by_role("button", name="Draw it on the film").click()

    box = page.locator("svg.softening").bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.7 * box["height"], steps=4)
    page.mouse.up()

    width = page.get_by_label("Width, %")
    assert float(width.input_value()) == pytest.approx(30, abs=0.5)
    expect(page.locator("svg.softening ellipse")).to_be_visible()
    page.get_by_label("A sentence below the picture").fill("She waits.")
    looks.axe(page)
    looks.shoot(page, "clip-options")
    page.get_by_label("In", exact=True).fill("0:01")
    page.get_by_label("Out", exact=True).fill("0:03")
    page.get_by_role("button", name="Keep this clip").click()
    expect(page.get_by_text("A part softened, with words below.")).to_be_visible()
    drawn = Clip.objects.get().softened
    assert (drawn["shape"], drawn["left"]) == ("oval", pytest.approx(20, abs=0.5))
