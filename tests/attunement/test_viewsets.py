"""Frameworks in Wagtail's editor."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from attunement import services
from attunement.models import Framework
from attunement.widgets import Lines
from people.kinds import Role
from tests.people.factories import actor_of, body, person, signed_in

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_attunement_framework:list"
INSPECT = "wagtailsnippets_attunement_framework:inspect"
EDIT = "wagtailsnippets_attunement_framework:edit"


@pytest.fixture
def place():
    return body()


@pytest.fixture
def editor(place):
    return let_in(person(Role.EDITOR, place))


def let_in(user):
    """The course's planting opens the editor to its group; here there is no course."""
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return user


def test_an_editor_sees_the_frameworks_and_what_can_be_done(place, editor):
    framework = services.plant_framework(body_id=place.pk)

    page = signed_in(editor).get(reverse(LIST)).content.decode()

    assert reverse("framework-version", args=[framework.pk]) in page
    assert "Make a new version" in page


def test_a_new_version_is_made_worded_and_published(place, editor):
    framework = services.plant_framework(body_id=place.pk)
    browser = signed_in(editor)
    ask = reverse("framework-version", args=[framework.pk])
    assert browser.get(ask).status_code == 200

    answer = browser.post(ask)

    draft = Framework.objects.get(body=place, version=2)
    assert answer.url == reverse(EDIT, args=[draft.pk])
    assert "Being attentive" in browser.get(answer.url).content.decode()
    browser.post(reverse("framework-publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.published_at
    again = browser.post(reverse("framework-publish", args=[draft.pk]))
    assert again.status_code == 409


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_published_version_is_shown_and_not_edited(place, editor, verb):
    framework = services.plant_framework(body_id=place.pk)
    browser = signed_in(editor)

    answer = getattr(browser, verb)(reverse(EDIT, args=[framework.pk]))

    assert answer.url == reverse(INSPECT, args=[framework.pk])
    assert browser.get(answer.url).status_code == 200


def test_the_framework_of_another_body_is_not_ours_to_change(editor):
    other = body()
    framework = services.plant_framework(body_id=other.pk)
    draft = services.new_version(
        actor=actor_of(person(Role.EDITOR, other)), framework_id=framework.pk
    )

    for name in ("framework-version", "framework-publish"):
        assert signed_in(editor).post(reverse(name, args=[draft.pk])).status_code in {302, 403}

    draft.refresh_from_db()
    assert draft.published_at is None
    assert Framework.objects.filter(body=other).count() == 2


def test_others_do_not_reach_the_editor():
    framework = services.plant_framework()

    for address in (reverse(LIST), reverse("framework-publish", args=[framework.pk])):
        assert signed_in(person(Role.TRAINEE)).get(address).status_code in {302, 403}


def test_examples_are_typed_one_a_line():
    lines = Lines()

    assert lines.format_value('["Waits", "Listens"]') == "Waits\nListens"
    assert lines.value_from_datadict({"x": "Waits\n\n Listens "}, {}, "x") == '["Waits", "Listens"]'
