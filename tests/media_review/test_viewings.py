"""Nobody watches without a trace: one sitting, one row, and one line once it is over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ledger.models import Line
from media_review import rules, sweeping
from media_review.models import Clip, Viewing
from media_review.queries.media import LOCKED
from tests.media_review import factories as make
from tests.people.factories import signed_in

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=6)


@pytest.fixture
def clip():
    """A clip that its supervisor may watch."""
    make.submitted()
    return Clip.objects.select_related("film", "recording__owner").get()


@pytest.fixture
def supervisor(clip):
    """The browser of the supervisor it was sent to."""
    return signed_in(clip.submitted_clips.get().submission.supervisor)


def film_of(clip):
    return reverse("media_review:clip-film", args=[clip.pk])


def test_a_sitting_is_one_row_and_one_line_once_it_is_over(clip, supervisor):
    for wanted in ("bytes=0-", "bytes=0-99", "bytes=5000-5099", "bytes=0-"):
        supervisor.get(film_of(clip), headers={"range": wanted})
    assert not Line.objects.filter(verb="media_review.watched").exists()

    ended = [sweeping.end_idle_viewings(timezone.now() + LATER) for _ in range(2)]

    viewing = Viewing.objects.get()
    line = Line.objects.get(verb="media_review.watched")
    assert ended == [1, 0]
    assert (line.user_id, line.subject_id) == (viewing.viewer_id, str(clip.pk))
    assert line.facts["sent_ms"] == [[0, clip.film.duration_ms]]
    assert line.facts["played_ms"] == []


def test_the_middle_of_a_film_alone_leaves_its_trace(clip, supervisor):
    size = clip.film.artefacts.get(kind="proxy").size

    supervisor.get(film_of(clip), headers={"range": f"bytes={size // 2 + 2}-{size // 2 + 9}"})

    assert Viewing.objects.get().served == 1 << 30


def test_looking_again_after_a_pause_is_another_sitting(clip, supervisor):
    supervisor.get(film_of(clip))
    sweeping.end_idle_viewings(timezone.now() + LATER)
    supervisor.get(film_of(clip))

    assert [viewing.ended_at is None for viewing in Viewing.objects.all()] == [True, False]


def test_a_still_is_no_viewing(clip, supervisor):
    supervisor.get(reverse("media_review:clip-poster", args=[clip.pk]))
    supervisor.head(film_of(clip))

    assert not any(viewing.served for viewing in Viewing.objects.all())


def told(clip, browser, played):
    return browser.post(reverse("media_review:clip-watched", args=[clip.pk]), {"played": played})


def test_what_the_player_tells_is_joined_and_kept_inside_the_film(clip, supervisor):
    length = clip.film.duration_ms

    statuses = [
        told(clip, supervisor, words).status_code for words in ("0-300,700-99999", "200-400")
    ]

    assert statuses == [204, 204]
    assert Viewing.objects.get().played == [[0, 400], [700, length]]


@pytest.mark.parametrize("played", ["<b>", "1-2-3", "-5-9", "1e9-2", "0-1," * 600])
def test_what_is_no_stretch_is_refused(clip, supervisor, played):
    assert told(clip, supervisor, played).status_code == 400
    assert not Viewing.objects.exists()


def test_nobody_tells_of_a_film_that_is_not_open_to_them(clip, supervisor):
    make.take_back(clip.recording.case)
    answer = told(clip, supervisor, "0-300")

    assert (answer.status_code, answer.content.decode()) == (403, LOCKED)
    assert not Viewing.objects.exists()


def test_the_guider_reads_who_watched_what(clip, supervisor):
    supervisor.get(film_of(clip))
    told(clip, supervisor, "100-1100")
    guider = clip.recording.owner

    page = signed_in(guider).get(clip.recording.get_absolute_url()).content.decode()

    assert "Who watched it" in page
    assert 'watched <span class="time">0:00–0:01</span> of the clip “Clip 1”.' in page
    assert "Sent to the player" not in page


def test_what_was_sent_far_from_what_was_played_is_told_too():
    hour = 3_600_000
    sent = [[0, 120_000], [1_200_000, 1_300_000]]

    assert rules.beyond(sent, [[0, 100_000]], 60_000)
    assert not rules.beyond(sent[:1], [[0, 100_000]], 60_000)
    assert rules.beyond([[0, hour]], [], 60_000)


@pytest.mark.parametrize(
    ("start", "stop", "size", "slices"),
    [
        (0, 1, 600, range(1)),
        (599, 600, 600, range(59, 60)),
        (0, 600, 600, range(60)),
        (9, 11, 600, range(2)),
        (0, 2, 3, range(21)),
        (5, 5, 600, range(0)),
        (0, 0, 0, range(0)),
    ],
)
def test_bytes_fall_into_slices(start, stop, size, slices):
    assert rules.slices(start, stop, size) == sum(1 << place for place in slices) < 2**63


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([], []),
        ([[10, 20], [15, 30]], [[10, 30]]),
        ([[50, 60], [0, 10], [10, 20]], [[0, 20], [50, 60]]),
        ([[-5, 5], [90, 200]], [[0, 5], [90, 100]]),
        ([[7, 7], [9, 3], [200, 300]], []),
    ],
)
def test_stretches_are_joined_inside_the_film(spans, joined):
    assert rules.joined(spans, 100) == joined


def test_stretches_are_told_as_one_reads_them():
    assert rules.spans_words([[10_000, 90_000], [125_000, 160_000]]) == "0:10–1:30, 2:05–2:40"
