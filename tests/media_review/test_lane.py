"""The fast lane of films: each of its guards is needed, and no shorter way leads past them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import Exists
from django.test import RequestFactory
from django.urls import get_resolver, reverse
from django.utils import timezone

from caselogs.models import Case, Consent
from media_review import middleware
from media_review.models import (
    Clip,
    Keepsake,
    Recording,
    SpokenNote,
    Still,
    ViewingGrant,
    recordings,
)
from media_review.models.grants import ViewingGrantQuerySet
from media_review.queries import lane
from people import claims
from people.factors import SHOWN
from people.kinds import Role
from people.models import DatedQuerySet, RoleGrant, SupervisionTie, UserQuerySet
from tests.caselogs.factories import days_ago
from tests.media_review import factories as make
from tests.media_review.test_watching import Scene
from tests.people.factories import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


def closed(scene, browser):
    user(scene, browser).update(is_active=False)


def suspended(scene, browser):
    user(scene, browser).update(suspended_at=timezone.now())


def another_password(scene, browser):
    for person in user(scene, browser):
        person.set_password("quite another one")
        person.save()


def no_second_factor(scene, browser):
    session = browser.session
    del session[SHOWN]
    session.save()


def tie_ran_out(scene, browser):
    SupervisionTie.objects.update(until=days_ago(1))


def tie_ended_today(scene, browser):
    SupervisionTie.objects.update(until=days_ago(0), ended_at=timezone.now())


def role_ran_out(scene, browser):
    RoleGrant.objects.filter(user__in=user(scene, browser)).update(until=days_ago(1))


def role_ended_today(scene, browser):
    ended = {"until": days_ago(0), "ended_at": timezone.now()}
    RoleGrant.objects.filter(user__in=user(scene, browser)).update(**ended)


def role_without_film(scene, browser):
    RoleGrant.objects.filter(user__in=user(scene, browser)).update(role=Role.OFFICER)


def guider_left(scene, browser):
    RoleGrant.objects.filter(user=scene.people["guider"]).update(until=days_ago(1))


def guider_suspended(scene, browser):
    owner = scene.people["guider"]
    type(owner).objects.filter(pk=owner.pk).update(suspended_at=timezone.now())


def supervision_taken_back(scene, browser):
    make.take_back(scene.case, "supervision")


def taken_back_and_given_again(scene, browser):
    make.take_back(scene.case)
    row = Consent.objects.get(case=scene.case)
    row.pk, row.withdrawn_at, row._state.adding = None, None, True
    row.save()
    row.scopes.create(scope="filming", granted=True)
    row.scopes.create(scope="supervision", granted=True)


def grant_ran_out(scene, browser):
    past = timezone.now() - timedelta(days=1)
    ViewingGrant.objects.update(granted_at=past - timedelta(days=1), until=past)


def user(scene, browser):
    people = type(scene.people["guider"]).objects
    return people.filter(pk=browser.session["_auth_user_id"])


def everything(rows: Any, *_: Any, **__: Any) -> Any:
    return rows.all()


def whoever(*_: Any, **__: Any) -> bool:
    return True


def any_case(*_: Any, **__: Any) -> Exists:
    return Exists(Case.objects.all())


GUARDS = [
    (closed, "guider", UserQuerySet, "with_open_account", everything),
    (suspended, "supervisor", UserQuerySet, "with_open_account", everything),
    (another_password, "guider", claims, "is_borne_out", whoever),
    (no_second_factor, "supervisor", claims, "is_shown_in", whoever),
    (tie_ran_out, "supervisor", DatedQuerySet, "holding", everything),
    (tie_ended_today, "supervisor", DatedQuerySet, "holding", everything),
    (role_ran_out, "guider", recordings, "holds", any_case),
    (role_ran_out, "supervisor", recordings, "holds", any_case),
    (role_ended_today, "guider", DatedQuerySet, "holding", everything),
    (role_ended_today, "supervisor", DatedQuerySet, "holding", everything),
    (role_without_film, "guider", recordings, "holds", any_case),
    (role_without_film, "supervisor", recordings, "holds", any_case),
    (guider_left, "supervisor", recordings, "holds", any_case),
    (guider_left, "external", recordings, "holds", any_case),
    (guider_suspended, "supervisor", UserQuerySet, "with_open_account", everything),
    (supervision_taken_back, "supervisor", recordings, "covered", any_case),
    (taken_back_and_given_again, "supervisor", recordings, "undisturbed", any_case),
    (grant_ran_out, "external", ViewingGrantQuerySet, "live", everything),
]


@contextmanager
def without(owner: Any, name: str, gone: Any) -> Iterator[None]:
    """The house as if somebody had taken this guard out."""
    lane.forget()
    try:
        with patch.object(owner, name, gone):
            yield
    finally:
        lane.forget()


@pytest.mark.parametrize(
    ("what", "who", "owner", "name", "gone"),
    GUARDS,
    ids=[f"{row[0].__name__}-{row[1]}" for row in GUARDS],
)
def test_every_guard_of_the_lane_is_needed(what, who, owner, name, gone):
    scene = Scene()
    browser = signed_in(scene.people[who])
    assert asked(browser, scene) == 206

    what(scene, browser)

    with without(owner, name, gone):
        assert asked(browser, scene) == 206
    assert asked(browser, scene) != 206


def asked(browser: Any, scene: Scene) -> int:
    return browser.get(scene.of_clip()[0], headers={"range": "bytes=0-9"}).status_code


@pytest.mark.parametrize("model", [Recording, Clip, Still, SpokenNote, Keepsake])
def test_no_day_stays_in_a_question_but_the_one_it_is_asked_on(model):
    lane.forget()

    kept = [str(value) for name, _, value in lane._question(model)._values if not name]

    assert [value for value in kept if re.match(r"\d{4}-\d\d-\d\d", value)] == []


def test_a_session_that_ended_opens_nothing():
    scene = Scene()
    browser = signed_in(scene.people["guider"])
    browser.session.delete()

    assert asked(browser, scene) == 302


def test_the_lane_knows_every_address_of_film():
    names = [
        name
        for name in get_resolver("media_review.urls").reverse_dict
        if isinstance(name, str)
        and name.rpartition("-")[2] in ("film", "poster", "sprite", "peaks", "picture")
        and not name.startswith("family-")  # no session of ours: a road of its own
        and not name.startswith("storyboard-")  # a page
    ]
    pk = "0b0e3a1e-7c52-4d1b-9d5b-2f6a1c0d9e8f"
    paths = [reverse(f"media_review:{name}", args=[pk]) for name in names]

    assert len(paths) == 13
    assert all(middleware.asked_by(RequestFactory().get(path)) for path in paths)
