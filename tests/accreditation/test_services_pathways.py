"""Pathways: the two templates, frozen once used."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from accreditation import services
from accreditation.models import Decision, Pathway, Requirement
from people.errors import RuleBroken
from people.kinds import Role
from tests.accreditation.factories import certificate, circle
from tests.people.factories import actor_of, body, person

pytestmark = pytest.mark.django_db


def table(pathway):
    """Each stage as domain.md's table has it: measure, number, minutes, other ways."""
    return [
        [
            (
                r.measure,
                r.minimum,
                r.minutes_each,
                [(w["count"], w["minutes"]) for w in r.alternatives],
            )
            for r in stage.requirements.all()
        ]
        for stage in pathway.stages.all()
    ]


def test_pathway_a_is_the_published_table():
    three, _ = services.plant_pathways(body=body())

    introduction = ("introduction", 1, 60, [])
    assert table(three) == [
        [
            ("course_attended", 1, 0, []),
            ("cycles", 6, 0, []),
            ("new_clients", 2, 0, []),
            ("supervision", 7, 60, []),
        ],
        [
            introduction,
            ("cycles", 9, 0, []),
            ("new_clients", 3, 0, []),
            ("supervision", 8, 60, [(6, 90)]),
        ],
        [
            introduction,
            ("cycles", 12, 0, []),
            ("new_clients", 3, 0, []),
            ("supervision", 8, 60, [(6, 90), (4, 120)]),
            ("reflection", 1, 0, []),
        ],
    ]
    assert [s.closing_meeting for s in three.stages.all()] == [
        "transition",
        "transition",
        "accreditation",
    ]
    assert [s.reflection_days_before for s in three.stages.all()] == [0, 0, 7]


def test_pathway_b_asks_for_somebody_new_each_time():
    _, eighteen = services.plant_pathways(body=body())

    assert eighteen.external_may_return is False
    assert table(eighteen)[1] == [
        ("cycles_in_all", 18, 0, []),
        ("clients", 6, 0, []),
        ("supervision_minutes", 900, 0, []),
    ]


def test_a_used_pathway_cannot_be_changed():
    found = circle()
    asked = Requirement.objects.filter(stage__pathway=found.pathway).first()

    with pytest.raises(RuleBroken, match="new version"):
        services.change_requirement(
            actor=actor_of(found.registrar), requirement_id=asked.pk, minimum=1
        )


@pytest.mark.parametrize(
    "change",
    [
        lambda found: Pathway.objects.filter(pk=found.pathway.pk).update(name="Other"),
        lambda found: found.pathway.stages.update(label="Other"),
        lambda found: Requirement.objects.filter(stage__pathway=found.pathway).update(minimum=1),
    ],
)
def test_the_database_refuses_too(change):
    found = circle()

    with pytest.raises(Error, match="never changes"), transaction.atomic():
        change(found)


def test_the_database_keeps_decisions_and_certificates():
    issued = certificate()

    with pytest.raises(Error, match="never changes"), transaction.atomic():
        type(issued).objects.filter(pk=issued.pk).update(sha256="0")
    with pytest.raises(Error, match="never changes"), transaction.atomic():
        Decision.objects.filter(pk=issued.decision_id).update(words="Other")


def test_a_new_version_is_a_free_copy():
    found = circle()

    copy = services.new_version(actor=actor_of(found.registrar), pathway_id=found.pathway.pk)

    assert (copy.version, copy.used_at) == (2, None)
    assert table(copy) == table(found.pathway)
    asked = Requirement.objects.filter(stage__pathway=copy, measure="cycles").first()
    services.change_requirement(actor=actor_of(found.registrar), requirement_id=asked.pk, minimum=5)
    assert table(found.pathway)[0][1] == ("cycles", 6, 0, [])


def test_nobody_new_walks_a_retired_version():
    found = circle()
    services.retire_pathway(actor=actor_of(found.registrar), pathway_id=found.pathway.pk)

    with pytest.raises(RuleBroken, match="closed to new people"):
        services.enrol(
            actor=actor_of(found.registrar),
            trainee_id=person().pk,
            pathway_id=found.pathway.pk,
        )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REGISTRAR])
def test_only_a_registrar_changes_pathways(role):
    home = body()
    pathway = services.plant_pathways(body=home)[0]

    with pytest.raises(PermissionDenied):
        services.new_version(actor=actor_of(person(role, home)), pathway_id=pathway.pk)
