"""Invitations: one letter, one click, everything set."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accreditation import services
from accreditation.models import Enrolment
from notices import outbox
from notices.models import Notice
from people.actor import Actor
from people.errors import RuleBroken
from people.kinds import Role
from people.models import Invitation, RoleGrant, SupervisionTie, User
from tests.accreditation.factories import circle
from tests.people.factories import actor_of, body, organisation, person, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "quiet-lamp-river-nine"


def invited(found, **facts) -> Invitation:
    """A trainee invited by the registrar, with pathway and supervisor."""
    facts = {
        "organisation_id": organisation().pk,
        "email": "Nia@Example.org",
        "name": "Nia Evans",
        "pathway_id": found.pathway.pk,
        "supervisor_id": found.supervisor.pk,
        **facts,
    }
    return services.invite(actor=actor_of(found.registrar), **facts)


def test_the_letter_goes_out_once():
    letter = invited(circle())
    Notice.objects.exclude(to=None).delete()

    assert (outbox.send_waiting(), outbox.send_waiting()) == (1, 0)

    sent = mail.outbox[0]
    assert sent.to == ["Nia Evans <nia@example.org>"]
    assert reverse("accreditation:welcome", args=[letter.token]) in sent.body
    assert "Lena Roux invites you" in sent.subject


def test_one_click_sets_role_tie_pathway_and_address():
    found = circle()
    letter = invited(found)

    user = services.accept_as_new(token=letter.token, name="Nia Evans", password=PASSWORD)

    assert RoleGrant.objects.filter(user=user, role=Role.TRAINEE).count() == 1
    assert SupervisionTie.objects.filter(supervisor=found.supervisor, supervisee=user).exists()
    enrolment = Enrolment.objects.get(trainee=user)
    assert (enrolment.pathway, enrolment.organisation) == (found.pathway, letter.organisation)
    assert EmailAddress.objects.get(user=user).verified


def test_a_weak_password_changes_nothing():
    letter = invited(circle())

    with pytest.raises(RuleBroken):
        services.accept_as_new(token=letter.token, name="Nia", password="short")

    assert not User.objects.filter(email="nia@example.org").exists()


def test_an_invitation_is_used_once():
    letter = invited(circle())
    services.accept_as_new(token=letter.token, name="Nia", password=PASSWORD)

    with pytest.raises(RuleBroken, match="used already"):
        services.accept_as_new(token=letter.token, name="Nia", password=PASSWORD)


def test_somebody_else_cannot_accept():
    letter = invited(circle())

    with pytest.raises(RuleBroken, match="is for nia"):
        services.accept_as_known(token=letter.token, user=person())


def test_a_known_person_accepts_with_one_click(client):
    found = circle()
    known = person(Role.TRAINEE, name="Nia Evans")
    letter = invited(found, email=known.email)
    browser = signed_in(known, client)

    answer = browser.post(reverse("accreditation:welcome", args=[letter.token]))

    assert answer.status_code == 302
    assert Enrolment.objects.filter(trainee=known).exists()


def test_a_new_person_is_signed_in_at_once(client):
    letter = invited(circle())
    url = reverse("accreditation:welcome", args=[letter.token])

    answer = client.post(url, {"name": "Nia Evans", "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/road/")
    assert client.session["_auth_user_id"] == str(User.objects.get(email="nia@example.org").pk)


def test_a_new_person_finds_this_visit_under_where_you_are_signed_in(client):
    letter = invited(circle())
    url = reverse("accreditation:welcome", args=[letter.token])

    client.post(url, {"name": "Nia Evans", "password": PASSWORD})

    visits = UserSession.objects.filter(user__email="nia@example.org")
    assert [visit.session_key for visit in visits] == [client.session.session_key]


def test_a_short_password_is_met_with_the_number_of_signs_it_needs(client):
    letter = invited(circle())
    url = reverse("accreditation:welcome", args=[letter.token])

    page = client.post(url, {"name": "Nia Evans", "password": "kettle"}).content.decode()

    assert "Please write at least 12 characters." in page


def test_somebody_with_an_account_signs_in_first(client):
    found = circle()
    letter = invited(found, email=person().email)

    page = client.get(reverse("accreditation:welcome", args=[letter.token])).content.decode()

    assert "Sign in first" in page
    assert 'name="password"' not in page


def test_a_withdrawn_letter_opens_nothing(client):
    found = circle()
    letter = invited(found)
    services.withdraw_invitation(actor=actor_of(found.registrar), invitation_id=letter.pk)

    answer = client.get(reverse("accreditation:welcome", args=[letter.token]))

    assert answer.status_code == 404
    with pytest.raises(RuleBroken, match="no longer open"):
        services.accept_as_new(token=letter.token, name="Nia", password=PASSWORD)


def test_a_body_names_a_service_but_never_another_body():
    found = circle()

    with pytest.raises(PermissionDenied):
        invited(found, organisation_id=body().pk)


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.GUIDER, Role.SUPERVISOR, Role.EDITOR])
def test_others_cannot_invite(role):
    place = organisation()
    actor: Actor = actor_of(person(role, place))

    with pytest.raises(PermissionDenied):
        services.invite(actor=actor, organisation_id=place.pk, email="a@b.org", name="A")


def test_a_service_manager_cannot_enrol_on_a_bodys_pathway():
    found, place = circle(), organisation()

    with pytest.raises(PermissionDenied):
        services.invite(
            actor=actor_of(person(Role.SERVICE_MANAGER, place)),
            organisation_id=place.pk,
            email="a@b.org",
            name="A",
            pathway_id=found.pathway.pk,
        )
