"""Moments and yes-cycles: kept once, never written over unread, one's own alone, in few queries."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from attunement import services as words
from attunement.models import Framework
from ledger.models import Line
from media_review import services
from media_review.errors import Stale
from media_review.models import Chain, Moment
from media_review.queries.moments import abouts_of
from people.errors import RuleBroken
from people.kinds import Role
from tests.media_review import factories as make
from tests.people.factories import actor_of, person, signed_in

pytestmark = pytest.mark.django_db


def rewritten(moment, **facts):
    """The moment written again, as somebody who had read it does."""
    facts = {
        "version": moment.version,
        "start_ms": moment.start_ms,
        "end_ms": moment.end_ms,
        "note": moment.note,
        "principle_ids": [each.pk for each in moment.principles.all()],
    } | facts
    return services.keep_moment(
        actor=actor_of(moment.recording.owner),
        recording_id=moment.recording_id,
        moment_id=moment.pk,
        **facts,
    )


def verbs():
    return list(Line.objects.filter(verb__contains="moment").values_list("verb", flat=True))


def test_a_moment_has_its_span_words_and_principles():
    moment = make.moment(note="She waits. He looks.", numbers=(3, 1), who="child")

    assert (moment.start_ms, moment.end_ms, moment.who) == (1000, 3000, "child")
    assert [each.number for each in moment.principles.all()] == [1, 3]
    assert (moment.version, verbs()) == (1, ["media_review.moment_kept"])


def test_told_twice_it_is_written_once():
    moment = make.moment()

    again = rewritten(moment, version=0)

    assert (again.version, Moment.objects.count(), len(verbs())) == (1, 1, 1)


def test_each_change_is_a_version():
    moment = rewritten(make.moment(), note="He answers.")

    assert (moment.version, moment.note, len(verbs())) == (2, "He answers.", 2)


def test_what_was_not_read_is_not_written_over():
    moment = make.moment()
    rewritten(moment, note="From the phone.")

    with pytest.raises(Stale) as stale:
        rewritten(moment, version=1, note="From the desk.")

    assert stale.value.theirs.note == "From the phone."
    assert Moment.objects.get().note == "From the phone."


def test_what_was_removed_elsewhere_does_not_come_back_by_itself():
    moment = make.moment()
    services.remove_moment(
        actor=actor_of(moment.recording.owner), moment_id=moment.pk, version=moment.version
    )

    with pytest.raises(Stale) as stale:
        rewritten(moment, note="Still here.", principle_ids=())
    assert stale.value.theirs is None

    assert rewritten(moment, version=0, principle_ids=()).pk == moment.pk


def test_a_moment_that_was_changed_is_not_removed_unread():
    moment = rewritten(make.moment(), note="New words.")
    actor = actor_of(moment.recording.owner)

    with pytest.raises(Stale):
        services.remove_moment(actor=actor, moment_id=moment.pk, version=1)
    services.remove_moment(actor=actor, moment_id=moment.pk, version=2)
    services.remove_moment(actor=actor, moment_id=moment.pk, version=2)

    assert not Moment.objects.exists()
    assert verbs()[-1] == "media_review.moment_removed"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [(3000, 1000, "before the in point"), (99_000, 99_500, "The film ends at 00:06.0")],
)
def test_a_moment_that_cannot_be_leaves_nothing(start, end, said):
    recording = make.filmed()

    with pytest.raises(RuleBroken, match=said):
        make.moment(recording, start, end)

    assert not Moment.objects.exists()


def test_a_moment_ends_with_its_film():
    moment = make.moment(None, 5500, 9000)

    assert moment.end_ms == moment.recording.span_ms


def test_the_database_refuses_an_end_before_its_start():
    moment = make.moment()

    with pytest.raises(IntegrityError), transaction.atomic():
        Moment.objects.filter(pk=moment.pk).update(end_ms=moment.start_ms)


def test_only_the_guider_marks_and_nobody_after_withdrawal():
    moment = make.moment()
    facts = {"moment_id": uuid4(), "version": 0, "start_ms": 0, "end_ms": 900}

    with pytest.raises(PermissionDenied):
        services.keep_moment(
            actor=actor_of(person(Role.SUPERVISOR)), recording_id=moment.recording_id, **facts
        )
    make.take_back(moment.recording.case)
    with pytest.raises(RuleBroken, match="Nothing more can be marked"):
        rewritten(moment, note="More")


def test_an_id_of_another_film_is_refused():
    moment, other = make.moment(), make.filmed()

    with pytest.raises(RuleBroken, match="belongs to another film"):
        services.keep_moment(
            actor=actor_of(other.owner),
            recording_id=other.pk,
            moment_id=moment.pk,
            version=1,
            start_ms=0,
            end_ms=900,
        )


def test_activating_and_the_clip_on_the_screen_are_of_a_shared_review():
    clip = make.clip()
    review = make.recording(clip.recording.case, kind="shared_review", length_ms=60_000)

    moment = make.moment(review, turn="activate", about_id=clip.pk)

    assert [choice.id for choice in abouts_of(review)] == [clip.pk]
    assert (moment.turn, moment.about_id) == ("activate", clip.pk)
    with pytest.raises(RuleBroken, match="films of shared reviews"):
        make.moment(clip.recording, turn="receive")
    with pytest.raises(RuleBroken, match="one of your own, of this family"):
        make.moment(review, about_id=make.clip().pk)


def test_a_new_version_of_the_framework_leaves_old_tags_as_they_are(client):
    moment = make.moment(numbers=(3,))
    editor = actor_of(person(Role.EDITOR))
    draft = words.new_version(actor=editor, framework_id=Framework.objects.get().pk)
    words.publish(actor=editor, framework_id=draft.pk)
    signed_in(moment.recording.owner, client)

    told = client.get(reverse("media_review:moment-list", args=[moment.recording_id])).json()

    tags = {line["id"]: line for line in told["principles"]}
    (tag,) = told["moments"][0]["principles"]
    assert (tags[tag]["number"], tags[tag]["current"]) == (3, False)
    assert [line["number"] for line in told["principles"]] == [1, 2, 3, 4, 5, 6, 3]


def linked(recording, moments, **facts):
    """A chain of these moments."""
    parts = ("initiative", "reception", "turn")
    return services.keep_chain(
        actor=actor_of(recording.owner),
        recording_id=recording.pk,
        links=[(row.pk, part) for row, part in zip(moments, parts, strict=False)],
        **{"chain_id": uuid4(), "version": 0, **facts},
    )


def test_moments_are_linked_into_a_yes_cycle_once_and_in_order():
    recording = make.filmed()
    moments = [make.moment(recording, at, at + 500) for at in (2000, 1000, 3000)]
    chain = linked(recording, moments)

    linked(recording, moments, chain_id=chain.pk)
    shorter = linked(recording, moments[:2], chain_id=chain.pk, version=1)

    assert (shorter.version, Chain.objects.count()) == (2, 1)
    assert [link.moment_id for link in shorter.links.all()] == [row.pk for row in moments[:2]]
    with pytest.raises(Stale):
        linked(recording, moments, chain_id=chain.pk, version=1)


def test_a_yes_cycle_needs_two_moments_of_this_film():
    recording = make.filmed()
    one, elsewhere = make.moment(recording), make.moment()

    for moments, said in (
        ([one], "two moments at least"),
        ([one, one], "one place"),
        ([one, elsewhere], "not there any more"),
    ):
        with pytest.raises(RuleBroken, match=said):
            linked(recording, moments)


def test_the_page_is_told_what_stands_there_instead(client):
    moment = make.moment()
    rewritten(moment, note="From the phone.")
    signed_in(moment.recording.owner, client)
    typed = {"moment_id": moment.pk, "version": 1, "start_ms": 0, "end_ms": 900, "who": "both"}
    keep = reverse("media_review:moment-keep", args=[moment.recording_id])

    stale = client.post(keep, typed)
    gone = client.post(keep, typed | {"moment_id": uuid4()})
    wrong = client.post(keep, typed | {"version": 2, "end_ms": 0})
    kept = client.post(keep, typed | {"version": 2})

    assert (stale.status_code, stale.json()["theirs"]["note"]) == (409, "From the phone.")
    assert (gone.status_code, gone.json()["theirs"]) == (409, None)
    assert (wrong.status_code, "out point" in wrong.json()["reason"]) == (422, True)
    assert (kept.status_code, kept.json()["row"]["version"]) == (200, 3)


def test_moments_are_seen_by_their_guider_alone():
    moment = make.moment()
    chain = linked(moment.recording, [moment, make.moment(moment.recording, 3000, 4000)])
    stranger, owner = actor_of(person(Role.SUPERVISOR)), actor_of(moment.recording.owner)

    assert Moment.objects.visible_to(owner).count() == 2
    assert list(Chain.objects.visible_to(owner)) == [chain]
    assert not Moment.objects.visible_to(stranger).exists()
    assert not Chain.objects.visible_to(stranger).exists()


@pytest.mark.parametrize("count", [2, 9])
def test_the_list_asks_as_much_for_many_as_for_few(client, count, django_assert_num_queries):
    recording = make.filmed()
    moments = [make.moment(recording, at * 100, at * 100 + 90) for at in range(count)]
    linked(recording, moments[:2])
    signed_in(recording.owner, client)

    with django_assert_num_queries(10):
        told = client.get(reverse("media_review:moment-list", args=[recording.pk])).json()

    assert (len(told["moments"]), len(told["chains"])) == (count, 1)
