"""Frameworks: planted once, versioned, frozen when published."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from attunement import queries, services
from attunement.models import Framework, Principle
from attunement.words import SIX, Wording
from ledger.models import Line
from people.errors import RuleBroken
from people.kinds import Role
from tests.people.factories import actor_of, body, person

pytestmark = pytest.mark.django_db
ONE = Wording(1, "Being there", "There", "◯", ("Is there",))


def editor_of(place):
    return actor_of(person(Role.EDITOR, place))


def test_planting_twice_changes_nothing():
    first = services.plant_framework()

    again = services.plant_framework()

    assert again == first
    assert first.principles.count() == len(SIX)


def test_a_new_version_starts_with_the_same_words_and_waits():
    place = body()
    editor = editor_of(place)
    house = services.plant_framework()

    draft = services.new_version(actor=editor, framework_id=house.pk, body_id=place.pk)

    assert (draft.version, draft.published_at) == (1, None)
    assert list(draft.principles.values_list("heading", flat=True)) == [w.heading for w in SIX]
    assert queries.principles(body_id=place.pk)[0].heading == "Being attentive"


def test_a_published_version_of_the_body_takes_the_place_of_the_house_s_own():
    place = body()
    editor = editor_of(place)
    draft = services.new_version(
        actor=editor, framework_id=services.plant_framework().pk, body_id=place.pk
    )
    services.reword(actor=editor, framework_id=draft.pk, principles=[ONE])

    services.publish(actor=editor, framework_id=draft.pk)

    assert [card.heading for card in queries.principles(body_id=place.pk)] == ["Being there"]
    assert len(queries.principles()) == 6
    assert [line.verb for line in Line.objects.all()][-2:] == [
        "attunement.framework_reworded",
        "attunement.framework_published",
    ]


@pytest.mark.parametrize("verb", ["publish", "reword"])
def test_a_published_version_never_changes(verb):
    place = body()
    framework = services.plant_framework(body_id=place.pk)
    facts = {"principles": [ONE]} if verb == "reword" else {}

    with pytest.raises(RuleBroken, match="new version"):
        getattr(services, verb)(actor=editor_of(place), framework_id=framework.pk, **facts)

    assert Principle.objects.filter(framework=framework).count() == 6


def test_the_editor_s_form_refuses_a_published_version_too():
    with pytest.raises(ValidationError, match="published"):
        services.plant_framework().full_clean()


def test_a_version_without_principles_is_not_published():
    place = body()
    draft = Framework.objects.create(body=place, name="Ours")

    with pytest.raises(RuleBroken, match="no principles"):
        services.publish(actor=editor_of(place), framework_id=draft.pk)


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.SUPERVISOR, Role.SERVICE_MANAGER])
def test_others_may_not_change_the_words(role):
    place = body()

    with pytest.raises(PermissionDenied):
        services.plant_framework(actor=actor_of(person(role, place)), body_id=place.pk)
