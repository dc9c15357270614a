"""What a service holds and one film's keeping, as they look: no violation, nothing cut off."""

import pytest
from django.urls import reverse

from media_review.models import Receipt, Recording, SafeguardingHold
from people.kinds import Role
from tests import browser as looks
from tests.media_review.test_kept_pages import a_service_with_everything, users

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages():
    """Each page with the role that reads it."""
    place, _, _ = a_service_with_everything()
    hold = SafeguardingHold.objects.filter(recording__case__closed_on=None).first()
    free = Recording.objects.here().filter(safeguarding_holds=None).first()
    found = users(place)
    manager, guider = found[Role.SERVICE_MANAGER], found[Role.TRAINEE]
    kept = reverse("media_review:kept-of", args=[place.pk])
    return {
        "kept": (manager, kept),
        "kept-destroyed": (manager, f"{kept}?show=destroyed"),
        "kept-rule": (manager, reverse("media_review:kept-rule", args=[place.pk])),
        "keeping-held": (manager, hold.get_absolute_url()),
        "keeping-free": (guider, free.get_keeping_url()),
        "receipt": (guider, reverse("media_review:receipt", args=[Receipt.objects.get().pk])),
    }


def overflow(page):
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_every_page_of_keeping_is_whole_at_each_width(live, desk):
    for name, (person, path) in pages().items():
        looks.sign_in(desk, live, person)
        for width in (1280, 390, 320):
            desk.set_viewport_size({"width": width, "height": 900})
            desk.goto(f"{live}{path}")
            for more in desk.locator("main details").all():
                more.evaluate("it => it.open = true")
            looks.shoot(desk, name)
            assert overflow(desk) <= 0, (name, width)
            if width != 390:
                looks.axe(desk)
