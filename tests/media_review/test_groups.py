"""Clips sent to a group: who watches, who comments, and what ends it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from media_review import reminding, services
from media_review.kinds import CommentKind
from media_review.models import Clip, Comment, Submission
from media_review.states import State
from notices.models import Notice
from notices.words import letter
from people import services as people
from people.errors import RuleBroken
from people.kinds import Role
from people.models import Group, GroupMember, RoleGrant, User
from tests.caselogs.factories import ASKED, consented_case
from tests.media_review import factories as make
from tests.media_review.test_notes import said
from tests.people.factories import actor_of, person, signed_in, tied

pytestmark = pytest.mark.django_db
YES, SHUT, NOTHING = 206, 403, 404


def day(days):
    return timezone.localdate() + timedelta(days=days)


def peer_of(row):
    return User.objects.get(
        pk=GroupMember.objects.exclude(user=row.trainee).get(group=row.group_id).user_id
    )


def members(row, who):
    rows = GroupMember.objects.filter(group=row.group_id)
    return rows.filter(user=row.trainee) if who == "trainee" else rows.exclude(user=row.trainee)


CHANGES = {
    "as sent": (lambda row: None, YES, 200),
    "before the group begins": (
        lambda row: Group.objects.update(since=day(1), until=None),
        NOTHING,
        404,
    ),
    "after it ended": (lambda row: Group.objects.update(until=day(-1)), NOTHING, 404),
    "ended a minute ago": (
        lambda row: Group.objects.update(until=day(0), ended_at=timezone.now()),
        NOTHING,
        404,
    ),
    "the peer left": (lambda row: members(row, "peer").update(until=day(-1)), NOTHING, 404),
    "the peer left a minute ago": (
        lambda row: members(row, "peer").update(until=day(0), ended_at=timezone.now()),
        NOTHING,
        404,
    ),
    "the trainee left": (lambda row: members(row, "trainee").update(until=day(-1)), NOTHING, 404),
    "the peer’s role ended": (
        lambda row: RoleGrant.objects.filter(user=peer_of(row)).update(until=day(-1)),
        NOTHING,
        200,
    ),
    "the trainee’s role ended": (
        lambda row: RoleGrant.objects.filter(user=row.trainee).update(until=day(-1)),
        SHUT,
        200,
    ),
    "without intervision": (lambda row: make.take_back(_case(row), "intervision"), SHUT, 200),
    "without supervision": (lambda row: make.take_back(_case(row), "supervision"), YES, 200),
    "withdrawn by the family": (lambda row: make.take_back(_case(row)), SHUT, 200),
    "taken back": (
        lambda row: services.withdraw(actor=actor_of(row.trainee), submission_id=row.pk),
        NOTHING,
        404,
    ),
}


def _case(row):
    return row.submitted_clips.get().clip.recording.case


def asked(user, row):
    """What this person is answered: at the film (by both roads), and at the page."""
    clip, browser = row.submitted_clips.get().clip, signed_in(user)
    film = reverse("media_review:clip-film", args=[clip.pk])
    can = Clip.objects.watchable_by(actor_of(user)).filter(pk=clip.pk).exists()
    status = browser.get(film, headers={"range": "bytes=0-9"}).status_code
    assert can == (status == YES)
    return status, browser.get(row.get_absolute_url()).status_code


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_peer_sees(change):
    happen, film, page = CHANGES[change]
    row = make.shared()
    peer = peer_of(row)

    happen(row)

    assert asked(peer, row) == (film, page)


@pytest.mark.parametrize("change", CHANGES)
def test_every_part_of_a_clip_and_what_is_said_of_it_goes_where_its_film_goes(change):
    happen, film, _ = CHANGES[change]
    row = make.shared()
    peer, sent = peer_of(row), row.submitted_clips.get()
    note, browser = said(sent, peer), signed_in(peer)
    parts = {"clip": (sent.clip_id, "film poster sprite peaks"), "note": (note.pk, "film peaks")}
    addresses = [
        reverse(f"media_review:{thing}-{part}", args=[pk])
        for thing, (pk, names) in parts.items()
        for part in names.split()
    ]
    assert {browser.get(address).status_code for address in addresses} == {200}

    happen(row)

    answers = {address: browser.get(address).status_code == 200 for address in addresses}
    assert answers == dict.fromkeys(addresses, film == YES)


def test_nobody_beside_the_group_sees_anything():
    row = make.shared()
    stranger, supervisor = person(Role.TRAINEE), person(Role.SUPERVISOR)
    tied(supervisor, row.trainee)
    make.grouped(stranger)

    for user in (stranger, supervisor, row.group.led_by, person(Role.OFFICER)):
        assert asked(user, row) == (NOTHING, 404)


def test_a_supervisor_submission_stays_closed_to_the_trainees_groups():
    row = make.submitted()
    peer = person(Role.TRAINEE)
    make.grouped(row.trainee, peer)

    assert asked(peer, row) == (NOTHING, 404)


def test_consent_to_intervision_is_asked_at_sending():
    trainee, _ = make.trainee_and_supervisor()
    peer = person(Role.TRAINEE)
    group = make.grouped(trainee, peer)
    clip = make.clip(make.filmed(consented_case(trainee)))
    row = services.compose(
        actor=actor_of(trainee), clip_ids=[clip.pk], group_id=group.pk, question="Why?"
    )

    with pytest.raises(RuleBroken, match=r"intervision group may watch.*Nothing was sent"):
        services.submit(actor=actor_of(trainee), submission_id=row.pk)


def test_one_supervisor_or_one_group():
    trainee, supervisor = make.trainee_and_supervisor()
    mine, theirs = make.grouped(trainee), make.grouped(person(Role.TRAINEE))
    clip = make.clip(make.filmed(consented_case(trainee, (*ASKED, "intervision"))))
    facts = {"actor": actor_of(trainee), "clip_ids": [clip.pk]}

    for wrong in ({}, {"supervisor_id": supervisor.pk, "group_id": mine.pk}):
        with pytest.raises(RuleBroken, match="one supervisor, or one of your groups"):
            services.compose(**facts, **wrong)
    with pytest.raises(RuleBroken, match="not in this group today"):
        services.compose(**facts, group_id=theirs.pk)
    row = services.compose(**facts, group_id=mine.pk)
    for wrong in ({"supervisor": supervisor}, {"group": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.filter(pk=row.pk).update(**wrong)


def test_peers_are_told_comment_and_owe_no_answer():
    peer = person(Role.TRAINEE, name="Priya Nair")
    row = make.shared(peer)
    clip = row.submitted_clips.get()
    note = {"start_ms": 0, "end_ms": 900, "words": "She waits.", "submitted_clip_id": clip.pk}
    assert Notice.objects.get(kind="media_review.submitted").to == peer

    with pytest.raises(RuleBroken, match="peers name strengths"):
        services.comment_draft(actor=actor_of(peer), kind=CommentKind.WORKING_POINT, **note)
    services.comment_draft(actor=actor_of(peer), kind=CommentKind.WONDERING, **note)
    assert not Comment.objects.visible_to(actor_of(row.trainee)).exists()
    services.send_answer(actor=actor_of(peer), submission_id=row.pk)
    comment = Comment.objects.visible_to(actor_of(row.trainee)).get()
    services.reply(actor=actor_of(row.trainee), comment_id=comment.pk, words="Thank you.")

    assert Notice.objects.get(kind="media_review.replied").to == peer
    row.refresh_from_db()
    assert row.state == State.ANSWERED


@pytest.mark.parametrize("opened", [False, True])
def test_the_trainee_closes_without_waiting_for_peers_but_not_for_a_supervisor(opened):
    row, asked_for = make.shared(), make.submitted()
    if opened:
        services.open_review(actor=actor_of(peer_of(row)), submission_id=row.pk)
    words = {"reflection": "I wait, and it works."}

    closed = services.close_with_reflection(
        actor=actor_of(row.trainee), submission_id=row.pk, **words
    )

    assert closed.state == State.CLOSED
    with pytest.raises(RuleBroken):
        services.close_with_reflection(
            actor=actor_of(asked_for.trainee), submission_id=asked_for.pk, **words
        )


def test_an_ex_member_answers_nothing():
    row = make.shared()
    peer = peer_of(row)
    members(row, "peer").update(until=day(-1))

    for verb in (services.open_review, services.send_answer):
        with pytest.raises(PermissionDenied, match="not in this group today"):
            verb(actor=actor_of(peer), submission_id=row.pk)


def test_everybody_in_a_group_is_told_once_who_joined_it():
    maya, priya, nobody = (person(Role.TRAINEE, name=name) for name in ("Maya", "Priya", "Noor"))
    group = make.grouped(maya)
    make.grouped(nobody)
    Group.objects.update(since=day(-90))
    GroupMember.objects.update(since=day(-90))
    leader = actor_of(group.led_by)
    joined = people.join_group(actor=leader, group_id=group.pk, user_id=priya.pk)

    assert [reminding.tell_of_joiners() for _ in range(2)] == [2, 0]

    told = {row.to: letter(row) for row in Notice.objects.filter(kind="media_review.group_joined")}
    assert told[maya].subject == f"Priya belongs to {group} now"
    assert told[priya].subject == f"You belong to {group} now"
    assert (len(told), told[maya].address.endswith(joined.group.get_absolute_url())) == (2, True)


def test_the_pages_of_peers():
    peer = person(Role.TRAINEE, name="Priya Nair")
    row = make.shared(peer)
    browser = signed_in(peer)

    listed = browser.get(reverse("media_review:submission-list")).content.decode()
    page = browser.get(row.get_absolute_url()).content.decode()

    assert "From your groups" in listed
    assert "Maya Osei, in Tuesday" in listed
    assert "A wondering" in page
    assert "A working point" not in page
    assert "on a scale" not in page
    own = signed_in(row.trainee).get(row.get_absolute_url()).content.decode()
    assert "Your clips for Tuesday" in own
    assert "Close with these words" in own
