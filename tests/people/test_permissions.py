"""Nobody gives what reaches beyond their own organisation, and nobody ties strangers together."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from people import permissions, queries, services
from people.kinds import Role
from people.models import Invitation, RoleGrant, SupervisionTie
from tests.people.factories import actor_of, body, organisation, person

pytestmark = pytest.mark.django_db
OF_A_SERVICE = set(Role) - permissions.OF_A_BODY


@pytest.mark.parametrize("role", list(Role))
def test_a_service_gives_only_roles_that_stay_inside_it(role):
    place = organisation()
    manager = actor_of(person(Role.SERVICE_MANAGER, place))

    assert bool(permissions.may_give(manager, place.pk, role)) == (role in OF_A_SERVICE)


@pytest.mark.parametrize("role", list(Role))
def test_a_body_gives_every_role_and_registrars_alone_make_registrars(role):
    home = body()
    officer = actor_of(person(Role.OFFICER, home))
    registrar = actor_of(person(Role.REGISTRAR, home))

    assert bool(permissions.may_give(officer, home.pk, role)) == (role != Role.REGISTRAR)
    assert permissions.may_give(registrar, home.pk, role)


@pytest.mark.parametrize("role", list(Role))
def test_a_trainer_neither_makes_nor_ends_those_who_arrange_and_decide(role):
    home = body()
    trainer = actor_of(person(Role.TRAINER, home))
    held = RoleGrant.objects.get(user=person(role, home))
    above = {Role.OFFICER, Role.REGISTRAR}

    assert bool(permissions.may_give(trainer, home.pk, role)) == (role not in above)
    if role in above:
        with pytest.raises(PermissionDenied):
            services.end_role(actor=trainer, grant_id=held.pk)
    else:
        services.end_role(actor=trainer, grant_id=held.pk)

    held.refresh_from_db()
    assert (held.until is None) == (role in above)


def test_a_manager_cannot_make_an_editor_by_letter_or_by_hand():
    place = organisation()
    manager, friend = person(Role.SERVICE_MANAGER, place), person(None)

    with pytest.raises(PermissionDenied):
        services.invite(
            actor=actor_of(manager),
            organisation_id=place.pk,
            email="friend@example.org",
            name="Friend",
            role=Role.EDITOR,
        )
    with pytest.raises(PermissionDenied):
        services.grant_role(
            actor=actor_of(manager),
            user_id=friend.pk,
            role=Role.REGISTRAR,
            organisation_id=place.pk,
        )

    assert not Invitation.objects.exists()
    assert not RoleGrant.objects.filter(user=friend).exists()


def test_a_manager_ties_people_of_the_own_service_and_nobody_else():
    place = organisation()
    manager = actor_of(person(Role.SERVICE_MANAGER, place))
    supervisor, own, other = person(Role.SUPERVISOR), person(Role.TRAINEE, place), person()

    bond = services.tie(actor=manager, supervisor_id=supervisor.pk, supervisee_id=own.pk)
    with pytest.raises(PermissionDenied):
        services.tie(actor=manager, supervisor_id=supervisor.pk, supervisee_id=other.pk)
    outsider = actor_of(person(Role.SERVICE_MANAGER))
    with pytest.raises(PermissionDenied):
        services.untie(actor=outsider, tie_id=bond.pk)

    assert [tie.supervisee_id for tie in SupervisionTie.objects.in_force()] == [own.pk]


def test_the_page_of_people_offers_only_what_the_reader_may_end():
    home = body()
    trainer, registrar = person(Role.TRAINER, home), person(Role.REGISTRAR, home)
    editor = person(Role.EDITOR, home)

    shown = {one.user: len(one.endable) for one in queries.people_of(home.pk, actor_of(trainer))}

    assert shown == {trainer: 0, registrar: 0, editor: 1}


def test_what_is_ended_by_hand_ends_at_once_and_what_is_planned_keeps_its_day():
    place = organisation()
    manager = actor_of(person(Role.SERVICE_MANAGER, place))
    leaver, stayer = person(Role.TRAINEE, place), person(Role.TRAINEE, place)
    supervisor, today = person(Role.SUPERVISOR), timezone.localdate()
    bonds = [
        services.tie(actor=manager, supervisor_id=supervisor.pk, supervisee_id=one.pk, since=today)
        for one in (leaver, stayer)
    ]
    ends = {leaver: None, stayer: today}

    for bond, (one, until) in zip(bonds, ends.items(), strict=True):
        services.untie(actor=manager, tie_id=bond.pk, until=until)
        grant = RoleGrant.objects.get(user=one)
        services.end_role(actor=manager, grant_id=grant.pk, until=until)

    assert actor_of(supervisor).supervisee_ids == {stayer.pk}
    assert not actor_of(leaver).grants
    assert [grant.role for grant in actor_of(stayer).grants] == [Role.TRAINEE]
    assert queries.supervised_on(supervisor_id=supervisor.pk, supervisee_id=leaver.pk, on=today)


def test_a_role_can_be_given_again_on_the_day_it_ended():
    place = organisation()
    manager, guider = actor_of(person(Role.SERVICE_MANAGER, place)), person(Role.TRAINEE, place)
    services.end_role(actor=manager, grant_id=RoleGrant.objects.get(user=guider).pk)

    services.grant_role(
        actor=manager, user_id=guider.pk, role=Role.TRAINEE, organisation_id=place.pk
    )

    assert [grant.role for grant in actor_of(guider).grants] == [Role.TRAINEE]
