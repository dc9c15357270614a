"""Storyboards and shared reviews: put in order, timed, prepared, put beside their own film."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from ledger.models import Line
from media_review import queries, services, timings
from media_review.errors import Stale
from media_review.models import (
    Clip,
    Moment,
    Preparation,
    ReviewGuide,
    ReviewRun,
    StoryboardItem,
)
from media_review.models.guides import HOUSE_STEPS
from media_review.services.storyboards import Wanted
from media_review.timings import Shown
from people.errors import RuleBroken
from people.kinds import Role
from tests.caselogs.factories import consented_case, cycle, days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, body, person, signed_in, tied

pytestmark = pytest.mark.django_db


def shown(board, *spans):
    """The board's things on the screen, one after the other."""
    keys = [row.key for row in board.items.all()]
    return [Shown(keys[at % len(keys)], *span) for at, span in enumerate(spans)]


def reviewed(board, *spans, run_id=None, minutes=42):
    """A shared review of this board, ended."""
    return services.log_review(
        actor=actor_of(board.owner),
        board_id=board.pk,
        run_id=run_id or uuid4(),
        started_at=timezone.now() - timedelta(hours=1),
        showings=shown(board, *(spans or ((1000, 60_000), (60_000, 120_000)))),
        ended_ms=minutes * 60_000,
    )


def test_a_cycle_has_one_board_however_often_it_is_begun():
    case = consented_case()
    row = cycle(case)
    actor = actor_of(case.guider)

    first = services.begin_board(actor=actor, case_id=case.pk, cycle_id=row.pk)
    again = services.begin_board(actor=actor, case_id=case.pk, cycle_id=row.pk)
    other = services.begin_board(actor=actor, case_id=case.pk)

    assert first == again != other
    assert Line.objects.filter(verb="media_review.storyboard_begun").count() == 2


def test_order_and_questions_are_kept_and_a_double_press_changes_nothing():
    board = make.board(2)
    first, second = board.items.all()
    turned = [Wanted(second.key, "Who begins?"), Wanted(first.key, "")]
    facts = {"actor": actor_of(board.owner), "board_id": board.pk, "opening": "How was it?"}

    once = services.arrange_board(version=2, items=turned, **facts)
    twice = services.arrange_board(version=2, items=turned, **facts)

    assert (once.version, twice.version) == (3, 3)
    assert [(row.key, row.question) for row in board.items.all()] == [
        (second.key, "Who begins?"),
        (first.key, ""),
    ]


def test_two_windows_never_overwrite_each_other():
    board = make.board(2)
    actor, keys = actor_of(board.owner), [row.key for row in board.items.all()]
    services.arrange_board(actor=actor, board_id=board.pk, version=2, items=[Wanted(keys[0])])

    with pytest.raises(Stale) as refused:
        services.arrange_board(actor=actor, board_id=board.pk, version=2, items=[Wanted(keys[1])])

    assert refused.value.theirs.version == 3
    assert [row.key for row in board.items.all()] == keys[:1]


def test_only_ones_own_clips_of_this_family_stand_on_it():
    board, stranger = make.board(1), make.clip()
    actor = actor_of(board.owner)

    with pytest.raises(RuleBroken):
        services.arrange_board(
            actor=actor, board_id=board.pk, version=2, items=[Wanted(f"clip:{stranger.pk}")]
        )
    with pytest.raises(PermissionDenied):
        services.remove_board(actor=actor_of(person(Role.TRAINEE)), board_id=board.pk)

    services.remove_board(actor=actor, board_id=board.pk)
    assert not StoryboardItem.objects.exists()
    assert Clip.objects.count() == 2


def test_the_page_costs_the_same_for_one_clip_and_for_many(django_assert_num_queries):
    counts = []
    for clips in (1, 3):
        board = make.board(clips)
        make.clip(Clip.objects.filter(board_items__storyboard=board).first().recording, 4000, 5500)
        actor = actor_of(board.owner)
        row = type(board).objects.select_related("case", "cycle").get(pk=board.pk)
        with django_assert_num_queries(10):
            page = queries.boards.board_of(actor, row)
        with django_assert_num_queries(4):
            reel = queries.boards.reel_of(actor, row)
        counts.append((len(page.items), len(page.films[0].cards), len(reel["items"])))

    assert counts == [(1, 1, 1), (3, 1, 3)]


def test_a_board_without_scripts():
    board = make.board(2)
    first, second = (row.key for row in board.items.all())
    client = signed_in(board.owner)
    url = reverse("media_review:storyboard-arrange", args=[board.pk])
    form = {"version": 2, "opening": "", "item": [first, second], f"question-{first}": "What now?"}

    client.post(url, {**form, "press": f"later:{first}"})
    answer = client.post(
        url, {**form, "press": f"out:{first}"}, headers={"Accept": "application/json"}
    )

    assert [(row.key, row.question) for row in board.items.all()] == [
        (second, ""),
        (first, "What now?"),
    ]
    assert (answer.status_code, answer.json()["version"]) == (409, 3)


def test_times_told_again_and_late_are_one_review():
    board, run_id = make.board(2), uuid4()

    reviewed(board, run_id=run_id)
    again = reviewed(board, (0, 5000), run_id=run_id, minutes=9)

    assert ReviewRun.objects.count() == 1
    assert [(row.from_ms, row.until_ms) for row in again.showings.all()] == [
        (1000, 60_000),
        (60_000, 120_000),
    ]
    assert timings.minutes_of(again.started_at, again.ended_at) == 42
    assert Line.objects.filter(verb="media_review.review_ended").get().facts["shown"] == 2


def test_a_review_goes_into_its_cycle_with_its_minutes():
    case = consented_case()
    row = cycle(case, days_ago(9), None)
    board = make.board(1, case, cycle_id=row.pk, days=9)
    run = reviewed(board, (0, 60_000))
    client = signed_in(board.owner)

    answer = client.post(
        run.get_absolute_url(),
        {
            "cycle_id": str(row.pk),
            "reviewed_on": timezone.localdate().isoformat(),
            "minutes": "41",
            "what_went_well": "She saw it first.",
        },
    )

    row.refresh_from_db()
    assert answer.status_code == 302
    assert (row.reviewed_on, row.review_minutes) == (timezone.localdate(), 41)
    assert ReviewRun.objects.get().logged_at is not None
    assert "41 minutes together" in client.get(row.get_absolute_url()).content.decode()


def test_moments_of_the_reviews_own_film_name_the_clip_that_was_on_the_screen():
    board = make.board(2)
    run = reviewed(board, (10_000, 20_000), (20_000, 40_000))
    first, second = (row.clip_id for row in board.items.all())
    film = make.recording(board.case, kind="shared_review", days=0)
    early = Moment.objects.create(recording=film, start_ms=3_000, end_ms=5_000)
    late = Moment.objects.create(recording=film, start_ms=14_000, end_ms=18_000)
    before = Moment.objects.create(recording=film, start_ms=0, end_ms=900)
    actor = actor_of(board.owner)

    offered = queries.reviews.track_of(film, actor).offered
    services.align_review(actor=actor, run_id=run.pk, recording_id=film.pk, at_ms=2_000)

    assert [each.id for each in offered] == [run.pk]
    for moment, clip_id in ((early, first), (late, second), (before, None)):
        moment.refresh_from_db()
        assert moment.about_id == clip_id
    twice = [
        services.keep_moment(
            actor=actor,
            recording_id=film.pk,
            moment_id=UUID(int=7),
            version=0,
            start_ms=13_000,
            end_ms=15_000,
            turn="receive",
        )
        for _ in range(2)
    ]
    assert {row.about_id for row in twice} == {second}
    track = signed_in(board.owner).get(reverse("media_review:review-track", args=[film.pk]))
    assert track.content.decode().count("data-span") == 2
    assert queries.reviews.clip_on_screen(film, 12_000, 14_000) == second


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([(0, 5), (3, 9)], [(0, 3), (3, 9)]),
        ([(4, 9), (0, 4)], [(0, 4), (4, 9)]),
        ([(2, 2)], []),
        ([(timings.LONGEST_MS, timings.LONGEST_MS + 5)], []),
    ],
)
def test_showings_stand_one_after_the_other(spans, kept):
    found = timings.in_order(Shown("clip:a", *span) for span in spans)

    assert [(each.from_ms, each.until_ms) for each in found] == kept


def test_to_prepare_asks_consent_cuts_and_is_on_record():
    board = make.board(1)
    client = signed_in(board.owner)
    url = reverse("media_review:review-prepare", args=[board.pk])
    form = {"preparation_id": uuid4()}

    pack = client.post(url, form).json()
    again = client.post(url, form).json()

    clip = Clip.objects.get()
    assert (pack["open"], pack["ready"], again["until"]) == (True, False, pack["until"])
    assert clip.film_id
    assert Preparation.objects.count() == 1
    assert Line.objects.filter(verb="media_review.review_prepared").count() == 1
    make.prepare(clip.film_id)
    assert client.get(pack["check"]).json()["ready"]
    make.take_back(board.case)
    closed = client.get(pack["check"]).json()
    assert not closed["open"]
    assert "withdrawn" in closed["reason"]
    assert client.post(pack["wipe"], {"why": "refused"}).status_code == 204
    assert client.post(url, {"preparation_id": uuid4()}).status_code == 409
    assert Preparation.objects.get().why_wiped == "refused"


def test_a_still_stands_on_the_board_and_shows_its_own_picture_only():
    board = make.board(1)
    actor, film = actor_of(board.owner), Clip.objects.get().recording
    still = services.keep_still(actor=actor, recording_id=film.pk, at_ms=2000, title="The look")
    items = [Wanted(f"still:{still.pk}", "What do you feel?"), Wanted(board.items.get().key)]
    services.arrange_board(actor=actor, board_id=board.pk, version=2, items=items)

    first, second = queries.boards.reel_of(actor, board)["items"]

    assert (first["kind"], first["title"], first["question"], first["own"]) == (
        *("still", "The look", "What do you feel?"),
        False,
    )
    assert (second["kind"], second["from"], second["until"]) == ("clip", 0, 1500)
    make.take_back(board.case)
    assert queries.boards.reel_of(actor, board)["items"] == []


def test_what_is_ones_own_is_nobody_elses():
    board = make.board(1)
    run = reviewed(board, (0, 1000))
    services.prepare_review(actor=actor_of(board.owner), board_id=board.pk, preparation_id=uuid4())
    supervisor = person(Role.SUPERVISOR)
    tied(supervisor, board.owner)
    actor = actor_of(supervisor)

    for row in (board, run, Preparation.objects.get()):
        assert not type(row).objects.visible_to(actor).exists()
        assert type(row).objects.visible_to(actor_of(board.owner)).exists()


def test_the_steps_are_the_bodys_own_or_the_houses():
    house = body()
    actor = actor_of(person(Role.TRAINEE, house))

    assert len(queries.boards.steps_for(actor)) == len(HOUSE_STEPS)
    ReviewGuide.objects.create(steps=["Look: together"])
    assert queries.boards.steps_for(actor) == (("Look", "Together"),)
    ReviewGuide.objects.create(body=house, steps=["Our way"])
    assert queries.boards.steps_for(actor) == (("", "Our way"),)
