"""Frameworks in Wagtail's editor."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from attunement import queries, services
from attunement.models import Framework, Scale
from attunement.widgets import Lines
from media_review.models import ReviewGuide
from people.errors import RuleBroken
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


def test_a_scale_is_copied_for_ones_own_body_and_published_once(place, editor):
    example = Scale.objects.get(body=None)
    browser = signed_in(editor)
    edit = "wagtailsnippets_attunement_scale:edit"

    answer = browser.post(reverse("scale-version", args=[example.pk]))

    draft = Scale.objects.get(body=place, version=1)
    assert answer.url == reverse(edit, args=[draft.pk])
    assert "I wait, so that the parent" in browser.get(answer.url).content.decode()
    browser.post(reverse("scale-publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.published_at
    assert browser.post(reverse("scale-publish", args=[draft.pk])).status_code == 409
    shown = browser.post(reverse(edit, args=[draft.pk]))
    assert shown.url == reverse("wagtailsnippets_attunement_scale:inspect", args=[draft.pk])
    assert browser.get(reverse("wagtailsnippets_attunement_scale:list")).status_code == 200
    browser.post(reverse("scale-version", args=[draft.pk]))
    assert Scale.objects.get(body=place, version=2).items.count() == draft.items.count()


def test_the_house_s_own_words_are_copied_for_the_editors_body(place, editor):
    house = services.plant_framework()

    signed_in(editor).post(reverse("framework-version", args=[house.pk]))

    assert Framework.objects.get(body=place).version == 1
    assert Framework.objects.filter(body=None).count() == 1


def test_a_scale_needs_steps_and_something_to_look_at(place):
    actor = actor_of(person(Role.EDITOR, place))
    bare = Scale.objects.create(body=place, name="Bare")

    with pytest.raises(RuleBroken, match="two steps"):
        services.publish_scale(actor=actor, scale_id=bare.pk)
    with pytest.raises(PermissionDenied):
        services.new_scale(actor=actor_of(person(Role.TRAINEE)), scale_id=bare.pk)


def test_what_was_tagged_keeps_its_version_when_it_is_changed(place):
    actor = actor_of(person(Role.EDITOR, place))
    trainee = person(Role.TRAINEE)
    house = services.plant_framework()
    services.follow(user_id=trainee.pk, body_id=place.pk)
    draft = services.new_version(actor=actor, framework_id=house.pk, body_id=place.pk)
    old = [card.id for card in queries.principles(user_id=trainee.pk)]
    services.publish(actor=actor, framework_id=draft.pk)

    new = [card.id for card in queries.principles(user_id=trainee.pk)]

    assert not set(old) & set(new)
    assert [card.id for card in queries.wording_of(old[:1])] == old
    assert queries.wording_of([]) == ()
    assert [card.id for card in queries.principles(user_id=person().pk)] == old


@pytest.mark.parametrize(
    "kind", ["attunement_framework", "attunement_scale", "media_review_reviewguide"]
)
def test_only_ones_own_body_can_be_chosen(place, editor, kind):
    other = body()
    browser = signed_in(editor)
    address = reverse(f"wagtailsnippets_{kind}:add")

    page = browser.get(address).content.decode()
    answer = browser.post(address, {"body": str(other.pk), "steps": "Look: see", "name": "Ours"})

    assert (str(place.pk) in page, str(other.pk) in page) == (True, False)
    assert answer.status_code == 200  # the form again: nothing was kept
    for model in (Framework, Scale, ReviewGuide):
        assert not model.objects.filter(body=other).exists()
