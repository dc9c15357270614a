"""Spoken notes: whose they are, who hears them and when, and how they go with the film."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from caselogs.kinds import Scope
from footage import services as footage
from footage.models import Film
from footage.receiving import Incoming
from ledger.models import Line
from media_review import retention, rings, services, sweeping
from media_review.kinds import CommentKind, Ending, RingEnd
from media_review.models import Comment, SpokenNote
from media_review.queries.openings import openings_of
from media_review.rules.saying import STRENGTH_FIRST
from people.errors import RuleBroken
from people.models import SupervisionTie
from tests.caselogs.factories import days_ago
from tests.footage import spoken
from tests.media_review import factories as make
from tests.media_review.test_pages import signed_in
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db


def begun(row, author=None, note_id=None, data=b""):
    """A note about the clip is expected from its author."""
    data = data or spoken.chromium().read_bytes()
    author = actor_of(author or row.submission.supervisor)
    return services.begin_note(
        actor=author,
        submitted_clip_id=row.pk,
        note_id=note_id or uuid4(),
        file_name="note.webm",
        size=len(data),
    )


def said(row, author=None):
    """A note that has arrived and can be heard."""
    data = spoken.chromium().read_bytes()
    upload = begun(row, author)
    actor = actor_of(author or row.submission.supervisor)
    incoming = Incoming(io.BytesIO(data), len(data))
    footage.receive(actor=actor, upload_id=upload.pk, offset=0, incoming=incoming)
    make.prepare(upload.film_id)
    return SpokenNote.objects.get(film=upload.film_id)


def heard_by(*people):
    """Which of them hears the only note now: by rule while it can be played, and by its address."""
    note = SpokenNote.objects.select_related("film").get()
    addresses = [reverse(f"media_review:note-{part}", args=[note.pk]) for part in ("film", "peaks")]
    found = []
    for user in people:
        ruled = SpokenNote.objects.watchable_by(actor_of(user)).exists() and note.film.is_ready
        answers = {signed_in(user).get(address).status_code == 200 for address in addresses}
        assert answers == {ruled}
        found.append(ruled)
    return found


def test_a_draft_is_heard_by_its_author_and_what_was_sent_by_both():
    row = make.submitted()
    clip = row.submitted_clips.get()
    note = said(clip)
    trio = (row.supervisor, row.trainee, person())
    assert heard_by(*trio) == [True, False, False]

    make.drafted(clip, words="", note_id=note.pk)
    assert heard_by(*trio) == [True, False, False]
    services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)

    assert heard_by(*trio) == [True, True, False]
    assert Comment.objects.get().words == ""


def sent_note():
    row = make.submitted()
    note = said(row.submitted_clips.get())
    make.drafted(row.submitted_clips.get(), note_id=note.pk)
    services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)
    return row


@pytest.mark.parametrize(
    ("change", "heard"),
    [
        ("supervision taken back", [False, True]),
        ("all taken back", [False, False]),
        ("no longer supervised", [False, True]),
        ("film discarded", [False, False]),
        ("time over", [False, False]),
    ],
)
def test_what_is_said_is_heard_only_while_the_film_is(change, heard):
    row = sent_note()
    recording = row.submitted_clips.get().clip.recording
    film = SpokenNote.objects.get().film
    if change == "supervision taken back":
        make.take_back(recording.case, Scope.SUPERVISION)
    elif change == "all taken back":
        make.take_back(recording.case)
        rings.forget(case_id=recording.case_id, user_id=None, why=RingEnd.WITHDRAWN)
    elif change == "no longer supervised":
        SupervisionTie.objects.update(until=days_ago(1))
    elif change == "film discarded":
        services.discard_recording(actor=actor_of(row.trainee), recording_id=recording.pk)
    else:
        retention.lock_film(recording, None, Ending.TIME)

    assert heard_by(row.supervisor, row.trainee) == heard
    film.refresh_from_db()
    assert (film.wrapped_key == b"") == (heard == [False, False])
    assert Comment.objects.get().words == "You wait a full second here."


def test_a_note_begun_twice_is_one_and_goes_on_where_it_stopped():
    clip, key = make.submitted().submitted_clips.get(), uuid4()

    assert begun(clip, note_id=key) == begun(clip, note_id=key)

    assert SpokenNote.objects.count() == 1
    assert Line.objects.filter(verb="media_review.note_begun").count() == 1
    assert SpokenNote.objects.get().film.ring == clip.clip.recording.film.ring
    with pytest.raises(RuleBroken, match="here already"):
        begun(clip, note_id=key, data=b"another one")


def test_nobody_speaks_about_clips_that_are_not_theirs_to_answer():
    row = make.submitted()
    clip = row.submitted_clips.get()
    key = begun(clip).film.spoken_note.pk

    with pytest.raises(PermissionDenied):
        begun(clip, author=person())
    with pytest.raises(RuleBroken, match="record it once more"):
        begun(clip, author=row.trainee, note_id=key)
    make.take_back(clip.clip.recording.case, Scope.SUPERVISION)
    with pytest.raises(RuleBroken, match="cannot be watched now"):
        begun(clip)


def test_an_answer_waits_for_what_is_still_on_its_way():
    row = make.submitted()
    clip = row.submitted_clips.get()
    note = begun(clip).film.spoken_note
    make.drafted(clip, note_id=note.pk)

    with pytest.raises(RuleBroken, match="still on its way"):
        services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)


def test_a_recording_that_is_replaced_or_removed_is_destroyed():
    row = make.submitted()
    clip, supervisor = row.submitted_clips.get(), actor_of(row.supervisor)
    first, second, third = (said(clip) for _ in range(3))
    comment = make.drafted(clip, note_id=first.pk)

    make.drafted(clip, note_id=second.pk, comment_id=comment.pk)
    services.remove_note(actor=supervisor, note_id=third.pk)
    services.remove_draft(actor=supervisor, comment_id=comment.pk)

    assert not SpokenNote.objects.exists()
    films = Film.objects.filter(pk__in=[each.film_id for each in (first, second, third)])
    assert {film.state for film in films} == {"purging"}


def test_a_note_belongs_to_one_comment_of_its_clip():
    row = make.submitted(clips=2)
    here, there = row.submitted_clips.all()
    note = said(here)
    make.drafted(here, note_id=note.pk)

    with pytest.raises(RuleBroken, match="another comment"):
        make.drafted(here, note_id=note.pk)
    with pytest.raises(RuleBroken, match="another clip"):
        make.drafted(there, note_id=note.pk)
    with pytest.raises(RuleBroken, match="has not reached Attune yet"):
        make.drafted(there, note_id=uuid4())


def test_a_note_that_nobody_took_up_goes_after_a_week():
    row = make.submitted()
    clip = row.submitted_clips.get()
    loose, taken = said(clip), said(clip)
    make.drafted(clip, note_id=taken.pk)
    now = loose.begun_at

    assert sweeping.discard_loose_notes(now + timedelta(days=6)) == 0
    assert sweeping.discard_loose_notes(now + timedelta(days=8)) == 1

    assert [note.pk for note in SpokenNote.objects.all()] == [taken.pk]
    assert Film.objects.get(pk=loose.film_id).state == "purging"


def test_a_reply_can_be_said_aloud():
    row = make.answered()
    note = said(row.submitted_clips.get(), author=row.trainee)

    answer = services.reply(
        actor=actor_of(row.trainee), comment_id=Comment.objects.get().pk, words="", note_id=note.pk
    )

    assert (answer.words, answer.spoken) == ("", note)
    assert heard_by(row.supervisor, row.trainee, person()) == [True, True, False]


@pytest.mark.parametrize("first", [True, False])
def test_a_working_point_stands_on_a_strength(first):
    row = make.submitted(clips=2)
    here, there = row.submitted_clips.all()
    make.drafted(there, kind=CommentKind.WORKING_POINT, words="More of … waiting")
    if first:
        make.drafted(here)
        services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)
        kept = Comment.objects.get(kind=CommentKind.WORKING_POINT)
        assert (kept.words, kept.sent_at is not None) == ("waiting", True)
        return

    with pytest.raises(RuleBroken) as broken:
        services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)
    assert str(broken.value) == STRENGTH_FIRST
    assert not Comment.objects.filter(sent_at__isnull=False).exists()


def test_reading_leaves_one_mark_and_its_author_knows():
    row = make.answered()
    reader, author = signed_in(row.trainee), signed_in(row.supervisor)
    address = row.get_absolute_url()
    assert "Read by" not in author.get(address).content.decode()

    first, second = (reader.get(address).content.decode() for _ in range(2))

    assert ("comment__new" in first, "comment__new" in second) == (True, False)
    marks = Comment.objects.get().read_marks
    assert [mark.reader for mark in marks.all()] == [row.trainee]
    assert "Read by Maya on" in author.get(address).content.decode()


def test_openings_are_ones_own_in_ones_own_order():
    supervisor, other = actor_of(person()), actor_of(person())
    key = uuid4()
    for _ in range(2):
        services.add_opening(actor=supervisor, kind="strength", words="I  saw…", opening_id=key)
    second = services.add_opening(actor=supervisor, kind="strength", words="Look how…")
    services.move_opening_up(actor=supervisor, opening_id=second.pk)
    services.change_opening(actor=supervisor, opening_id=key, words="I see…")

    assert [line.words for line in openings_of(supervisor)[0].lines] == ["Look how…", "I see…"]
    assert openings_of(other)[0].lines == ()
    for verb in (services.remove_opening, services.move_opening_up):
        with pytest.raises(RuleBroken, match="not there any more"):
            verb(actor=other, opening_id=key)
    with pytest.raises(RuleBroken, match="already"):
        services.change_opening(actor=supervisor, opening_id=key, words="Look how…")
