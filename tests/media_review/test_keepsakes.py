"""A family's film: who may make it, what it may hold, when it goes, and how it is handed over."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from footage.models import Film
from footage.states import State as FilmState
from ledger.models import Line
from media_review import keepsakes, services
from media_review.models import Keepsake, KeepsakeLink
from media_review.services.handing import PAUSE, SHOWN_ONCE, new_code, open_link, spoken
from media_review.states import KEEPSAKE_STEPS, KeepsakeState, KeepsakeStep, keepsake_after
from people.errors import RuleBroken
from people.kinds import Role
from people.models import RoleGrant
from tests.caselogs.factories import days_ago
from tests.media_review import factories as make
from tests.media_review import keeping
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "step"), list(product(KeepsakeState, KeepsakeStep)))
def test_only_listed_steps_are_open(state, step):
    if (state, step) in KEEPSAKE_STEPS:
        assert keepsake_after(state, step) == KEEPSAKE_STEPS[state, step]
    else:
        with pytest.raises(RuleBroken):
            keepsake_after(state, step)


def test_it_is_made_of_the_clips_own_films_in_their_order():
    row = keeping.asked_for()

    pieces = [(piece.source.cut_start_ms, piece.title) for piece in row.film.pieces.all()]
    assert pieces == [(3000, "The first smile"), (1000, "")]
    assert (row.state, row.film.ring) == (
        KeepsakeState.MAKING,
        row.items.first().clip.recording.film.ring,
    )
    again = services.make_keepsake(actor=actor_of(row.owner), keepsake_id=row.pk)
    assert again.film_id == row.film_id


@pytest.mark.parametrize("missing", ["filming", "family_copy"])
def test_without_consent_to_a_copy_nothing_is_kept_made_or_handed_over(missing):
    row = keeping.ready()
    make.take_back(row.case, None if missing == "filming" else missing)
    actor = actor_of(row.owner)
    facts = {"actor": actor, "keepsake_id": row.pk}

    with pytest.raises(RuleBroken, match="not kept"):
        services.compose_keepsake(**facts, case_id=row.case_id, clips=[])
    with pytest.raises(RuleBroken, match="not made"):
        services.make_keepsake(**facts)
    with pytest.raises(RuleBroken, match="not handed over"):
        services.hand_over(**facts, link_id=uuid4(), days=14)


@pytest.mark.parametrize("scope", [None, "family_copy"])
def test_a_family_that_takes_it_back_takes_film_and_link_with_it(scope):
    row = keeping.ready()
    film_id, given = row.film_id, keeping.handed(row)

    services.withdraw_consent(actor=actor_of(row.owner), case_id=row.case_id, scope=scope)

    row.refresh_from_db()
    assert (row.state, row.film_id) == (KeepsakeState.WITHDRAWN, None)
    assert Film.objects.get(pk=film_id).state == FilmState.PURGING
    assert open_link(token=given.token, code=given.code) is None
    keepsakes.tidy()  # twice does no more
    assert Keepsake.objects.get().state == KeepsakeState.WITHDRAWN


def test_another_scope_taken_back_leaves_it():
    given = keeping.handed()
    make.take_back(given.link.keepsake.case, "supervision")

    assert open_link(token=given.token, code=given.code) is not None


def test_nobody_but_the_guider_of_the_family_can_do_anything():
    row = keeping.ready()
    other = actor_of(person(Role.TRAINEE, row.case.organisation))
    one = {"actor": other, "keepsake_id": row.pk}

    for act in (
        lambda: services.compose_keepsake(**one, case_id=row.case_id, clips=[]),
        lambda: services.make_keepsake(**one),
        lambda: services.change_keepsake(**one),
        lambda: services.discard_keepsake(**one),
        lambda: services.hand_over(**one, link_id=uuid4(), days=14),
        lambda: services.end_link(**one),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Keepsake.objects.visible_to(other).exists()
    assert not Keepsake.objects.watchable_by(other).exists()


def test_clips_of_another_family_cannot_be_put_in():
    row, other = keeping.begun(), make.clip(make.filmed(keeping.family()))
    facts = {"actor": actor_of(row.owner), "keepsake_id": row.pk, "case_id": row.case_id}

    with pytest.raises(RuleBroken, match="not there any more"):
        services.compose_keepsake(**facts, clips=[(other.pk, "")])
    with pytest.raises(RuleBroken, match="cannot draw"):
        services.compose_keepsake(**facts, clips=[], opening="\U00013000")
    services.compose_keepsake(**facts, clips=[])
    with pytest.raises(RuleBroken, match="at least one"):
        services.make_keepsake(actor=facts["actor"], keepsake_id=row.pk)


def test_it_runs_out_and_its_film_is_destroyed():
    row = keeping.ready()
    film_id, given = row.film_id, keeping.handed(row, days=14)
    before, after = (timezone.now() + timedelta(days=days) for days in (13.9, 14.1))

    keepsakes.tidy(before)
    assert open_link(token=given.token, code=given.code, now=before) is not None
    assert open_link(token=given.token, code=given.code, now=after) is None
    keepsakes.tidy(after)

    row.refresh_from_db()
    assert (row.state, row.film_id) == (KeepsakeState.EXPIRED, None)
    assert Film.objects.get(pk=film_id).state == FilmState.PURGING
    assert KeepsakeLink.objects.get().ended_at is not None


def test_a_clip_that_goes_takes_the_film_with_it():
    row = keeping.ready()
    given = keeping.handed(row)
    recording = row.items.first().clip.recording

    services.discard_recording(actor=actor_of(row.owner), recording_id=recording.pk)

    assert open_link(token=given.token, code=given.code) is None
    keepsakes.tidy()
    row.refresh_from_db()
    assert (row.state, row.film_id, row.trouble) == ("draft", None, keepsakes.CLIP_GONE)


def test_what_a_family_was_given_is_not_changed_behind_its_back():
    row = keeping.ready()
    given, actor = keeping.handed(row), actor_of(row.owner)
    clip = row.items.first().clip
    span = {"start_ms": clip.start_ms, "end_ms": clip.end_ms + 100}

    for act in (
        lambda: services.correct_clip(actor=actor, clip_id=clip.pk, **span),
        lambda: services.remove_clip(actor=actor, clip_id=clip.pk),
    ):
        with pytest.raises(RuleBroken, match="its family was given"):
            act()
    with pytest.raises(RuleBroken, match="end their link first"):
        services.compose_keepsake(
            actor=actor, keepsake_id=row.pk, case_id=row.case_id, clips=[(clip.pk, "")]
        )

    assert open_link(token=given.token, code=given.code) is not None
    services.end_link(actor=actor, keepsake_id=row.pk)
    services.remove_clip(actor=actor, clip_id=clip.pk)


def test_a_guider_who_left_leaves_no_open_link():
    given = keeping.handed()
    RoleGrant.objects.filter(user=given.link.keepsake.owner).update(until=days_ago(1))

    assert open_link(token=given.token, code=given.code) is None


def test_a_new_link_ends_the_old_one_and_a_double_press_makes_one():
    row = keeping.ready()
    old = keeping.handed(row)
    new = keeping.handed(row)

    assert open_link(token=old.token, code=old.code) is None
    assert open_link(token=new.token, code=new.code) == new.link
    with pytest.raises(RuleBroken, match=SHOWN_ONCE[:30]):
        keeping.handed(row, link_id=new.link.pk)
    assert KeepsakeLink.objects.open().count() == 1


def test_an_ended_link_opens_nothing_and_the_film_stays_with_its_guider():
    given = keeping.handed()
    row = given.link.keepsake

    for _ in range(2):
        services.end_link(actor=actor_of(row.owner), keepsake_id=row.pk)

    assert open_link(token=given.token, code=given.code) is None
    assert Keepsake.objects.watchable_by(actor_of(row.owner)).get().state == KeepsakeState.READY


@pytest.mark.parametrize("days", [0, 31])
def test_a_link_lasts_a_month_at_the_most(days):
    with pytest.raises(RuleBroken, match="30 days"):
        keeping.handed(days=days)


def test_wrong_codes_bring_a_pause_and_then_a_lock():
    given, now = keeping.handed(), timezone.now()

    def tried(code: str, minutes: float) -> bool:
        moment = now + timedelta(minutes=minutes)
        return open_link(token=given.token, code=code, now=moment) is not None

    assert not any(tried("00000000x", minute) for minute in range(5))
    assert not tried(given.code, 5)  # within the pause even the right one
    assert tried(given.code, 5 + PAUSE.seconds / 60)
    assert not any(tried("1234", 20 + 6 * at) for at in range(10))
    assert not tried(given.code, 600)
    link = KeepsakeLink.objects.get()
    assert (link.wrong_tries, link.locked_at is not None) == (10, True)
    assert Line.objects.filter(verb="media_review.keepsake_locked").count() == 1
    fresh = keeping.handed(link.keepsake)
    assert open_link(token=fresh.token, code=fresh.code) is not None


def test_neither_link_nor_code_is_written_down():
    given = keeping.handed()
    open_link(token=given.token, code=given.code)
    kept = [str(row) for model in (KeepsakeLink, Line) for row in model.objects.values()]

    assert not [row for row in kept if given.token in row or given.code in row]


def test_codes_are_eight_digits_however_they_are_typed():
    code = new_code()

    assert (len(code), code.isdigit()) == (8, True)
    assert spoken(" 1234-5678 ") == spoken("١٢٣٤ ٥٦٧٨") == "12345678"
    assert spoken("x" * 1000) == ""


def test_the_ledger_tells_the_road_and_names_no_family():
    given = keeping.handed()
    open_link(token=given.token, code=given.code)
    row = given.link.keepsake
    services.note_saved(keepsake=row, link=given.link, user_id=None)

    lines = Line.objects.filter(verb__startswith="media_review.keepsake_").order_by("number")
    assert [(line.verb.rpartition("_")[2], line.user_id) for line in lines] == [
        ("begun", row.owner_id),
        ("made", row.owner_id),
        ("over", row.owner_id),
        ("opened", None),
        ("saved", None),
    ]
    assert [line.facts.get("who") for line in lines][-2:] == ["the family"] * 2
