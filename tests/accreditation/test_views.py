"""Pages: who sees them, and the same number of queries for one row and for many."""

import pytest
from django.urls import reverse

from accreditation import services
from accreditation.models import Certificate, Enrolment
from people.kinds import Role
from tests.accreditation.factories import (
    Circle,
    certificate,
    circle,
    confirmed,
    cycles,
    finished,
    meeting,
    session,
)
from tests.caselogs.factories import days_ago
from tests.people.factories import actor_of, person, signed_in, tied

pytestmark = pytest.mark.django_db


def more_trainees(found: Circle, count: int) -> None:
    """So many more on the same road with the same supervisor, each with a little in the log."""
    for _ in range(count):
        trainee = person(Role.TRAINEE)
        tied(found.supervisor, trainee)
        enrolment = services.enrol(
            actor=actor_of(found.registrar),
            trainee_id=trainee.pk,
            pathway_id=found.pathway.pk,
            on=days_ago(80),
        )
        other = Circle(**{**vars(found), "trainee": trainee, "enrolment": enrolment})
        cycles(other, 1, 2)
        session(other)
        confirmed(other, days_ago(22))


def counted(client, user, url, django_assert_num_queries, most):
    """The page as this person reads it, in exactly so many queries."""
    signed_in(user, client)
    with django_assert_num_queries(most):
        answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("rows", [0, 4])
def test_supervisor_desk(client, rows, django_assert_num_queries):
    found = circle()
    session(found)
    cycles(found, 1, 1)
    more_trainees(found, rows)

    page = counted(
        client, found.supervisor, reverse("accreditation:desk"), django_assert_num_queries, 12
    )

    assert page.count('data-label="Trainee"') == rows + 1
    assert page.count("Yes, we met") == rows + 1


@pytest.mark.parametrize("rows", [0, 3])
def test_body_desk(client, rows, django_assert_num_queries):
    found = circle()
    cycles(found, 1, 1)
    more_trainees(found, rows)
    meeting(found)
    finished(circle_of(found))

    page = counted(
        client, found.registrar, reverse("accreditation:body-desk"), django_assert_num_queries, 14
    )

    assert "1 award to issue" in page


def circle_of(found: Circle) -> Circle:
    """Another trainee of the same body."""
    trainee = person(Role.TRAINEE, name="Elin Roberts")
    tied(found.supervisor, trainee)
    enrolment = services.enrol(
        actor=actor_of(found.registrar),
        trainee_id=trainee.pk,
        pathway_id=found.pathway.pk,
        on=days_ago(80),
    )
    return Circle(**{**vars(found), "trainee": trainee, "enrolment": enrolment})


@pytest.mark.parametrize("rows", [1, 4])
def test_the_road(client, rows, django_assert_num_queries):
    found = circle()
    cycles(found, 1, rows)
    for number in range(rows):
        confirmed(found, days_ago(20 + number))

    counted(
        client,
        found.trainee,
        found.enrolment.get_absolute_url(),
        django_assert_num_queries,
        15,
    )


@pytest.mark.parametrize("rows", [1, 4])
def test_the_rows_behind_a_number(client, rows, django_assert_num_queries):
    found = circle()
    for number in range(rows):
        confirmed(found, days_ago(20 + number))
    asked = found.stage.stage.requirements.get(measure="supervision")
    url = reverse("accreditation:requirement", args=[found.stage.pk, asked.pk])

    page = counted(client, found.trainee, url, django_assert_num_queries, 11)

    assert page.count("60 minutes with Ruth Whitlow") == rows
    assert "confirmed it" in page


@pytest.mark.parametrize("rows", [1, 4])
def test_sessions(client, rows, django_assert_num_queries):
    found = circle()
    session(found, days_ago(60))
    for number in range(rows):
        confirmed(found, days_ago(20 + number))

    counted(
        client, found.trainee, reverse("accreditation:session-list"), django_assert_num_queries, 8
    )


@pytest.mark.parametrize("rows", [1, 4])
def test_the_meeting(client, rows, django_assert_num_queries):
    found = circle()
    cycles(found, 1, rows)
    planned = meeting(found)

    page = counted(
        client, found.external, planned.get_absolute_url(), django_assert_num_queries, 13
    )

    assert "Write the decision" in page


def test_verification_takes_one_query(client, django_assert_num_queries):
    issued = certificate()

    with django_assert_num_queries(1):
        answer = client.get(reverse("accreditation:verify", args=[issued.number.lower()]))

    words = answer.content.decode()
    assert "Maya Osei is an Accredited VIG Guider." in words
    assert "example.org" not in words.replace("attune.example.org", "")


def test_a_revoked_certificate_says_so(client):
    found = circle()
    issued = certificate(found)
    services.revoke(
        actor=actor_of(found.registrar), certificate_id=issued.pk, reason="A private reason"
    )

    words = client.get(reverse("accreditation:verify", args=[issued.number])).content.decode()

    assert "This certificate no longer stands." in words
    assert "private reason" not in words


@pytest.mark.parametrize("typed", ["ATT-2026-222222-2", "<script>", "%00", "x" * 300])
def test_an_unknown_number_is_told_kindly(client, typed):
    answer = client.get(reverse("accreditation:verify", args=[typed]))

    assert answer.status_code == 404
    assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize(
    ("search", "found"), [("", 1), ("mai", 0), ("MAY", 1), ("caer maya", 1), ("zzz", 0)]
)
def test_the_register_is_searched_by_beginnings(client, search, found):
    one = circle()
    issued = certificate(one)
    services.join_register(
        actor=actor_of(one.trainee), certificate_id=issued.pk, place="Caernarfon"
    )

    page = client.get(reverse("accreditation:register"), {"q": search}).content.decode()

    assert page.count("Certificate<span") == found


def test_nobody_is_in_the_register_unasked_and_everybody_can_leave(client):
    one = circle()
    issued = certificate(one)
    url = reverse("accreditation:register")
    before = client.get(url).content.decode()
    services.join_register(actor=actor_of(one.trainee), certificate_id=issued.pk)
    services.leave_register(actor=actor_of(one.trainee), certificate_id=issued.pk)

    assert "Maya Osei" not in before + client.get(url).content.decode()


def test_certificates_stand_newest_first_page_by_page():
    one, two = certificate(), certificate()
    rows = Certificate.objects.all()

    assert list(rows.newest_first()) == [two, one]
    assert list(rows.newest_first(two.number)) == [one]
    assert list(rows.newest_first(one.number)) == []


def test_the_bytes_are_downloaded_as_they_were_issued(client):
    one = circle()
    issued = certificate(one)
    signed_in(one.trainee, client)

    answer = client.get(reverse("accreditation:certificate-pdf", args=[issued.pk]))

    assert answer.content == bytes(issued.pdf)


@pytest.mark.parametrize("who", ["second", "stranger", "other registrar"])
def test_a_road_is_hidden_from_others(client, who):
    found, other = circle(), circle()
    user = {
        "second": found.second,
        "stranger": person(),
        "other registrar": other.registrar,
    }[who]
    signed_in(user, client)
    session(found)

    paths = [
        found.enrolment.get_absolute_url(),
        found.trainee.supervision_received.first().get_absolute_url(),
        meeting(found).get_absolute_url(),
    ]

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_logging_a_session_keeps_what_was_typed(client):
    found = circle()
    signed_in(found.trainee, client)
    facts = {
        "with_whom": found.supervisor.pk,
        "held_on": "2099-01-01",
        "minutes": 60,
        "kind": "supervision",
        "grouping": "individual",
        "medium": "remote",
        "words": "I waited.",
    }

    page = client.post(reverse("accreditation:session-log"), facts).content.decode()

    assert "That day is still to come" in page
    assert "I waited." in page


def test_a_second_decision_on_a_page_changes_nothing(client):
    found = circle()
    planned = meeting(found)
    signed_in(found.external, client)
    url = reverse("accreditation:meeting-decide", args=[planned.pk])
    facts = {
        "held_on": planned.planned_for.date().isoformat(),
        "outcome": "progressed",
        "words": "She waits.",
        "exception": "Prior learning",
    }

    first, second = client.post(url, facts), client.post(url, {**facts, "outcome": "deferred"})

    assert first.status_code == 302
    assert "already decided" in second.content.decode()
    assert Enrolment.objects.get(pk=found.enrolment.pk).stages.count() == 2
