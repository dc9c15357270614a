"""Guards behind a page that would not offer the thing at all: what must be refused when asked.

Each entry is a guard and an act of somebody who may not; the act raises PermissionDenied.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from accreditation import permissions as practice
from accreditation import services as accreditation
from attunement import permissions as words
from caselogs import permissions as log
from caselogs import services as caselogs
from footage import services as footage
from media_review import permissions as review
from media_review import services as media_review
from people import services as people
from people.kinds import Role
from tests.architecture.authorisation.things import World
from tests.caselogs.factories import days_ago

Act = Callable[[World], object]


def _pk(world: World, thing: str) -> UUID:
    return world.rows[thing].pk


def _begin(world: World) -> object:
    facts = {"case_id": _pk(world, "case"), "kind": "interaction", "filmed_on": days_ago(2)}
    return media_review.begin_recording(actor=world.actor("supervisor"), **facts)


def _mark(world: World) -> object:
    span = {"start_ms": 30_000, "end_ms": 35_000}
    film = _pk(world, "recording")
    return media_review.mark_clip(actor=world.actor("supervisor"), recording_id=film, **span)


def _choose(world: World) -> object:
    return media_review.compose(
        actor=world.actor("other_trainee"),
        clip_ids=[_pk(world, "clip")],
        supervisor_id=world.cast["other_supervisor"].pk,
    )


def _reply(world: World) -> object:
    comment = _pk(world, "submission/comment")
    actor = world.actor("ex_supervisor")
    return media_review.reply(actor=actor, comment_id=comment, words="And I think")


def _hold(world: World) -> object:
    facts = {"until": days_ago(-30), "reason": "-", "basis": "law"}
    record = _pk(world, "record")
    return media_review.ask_for_hold(actor=world.actor("colleague"), recording_id=record, **facts)


def _arrange(world: World) -> object:
    board = _pk(world, "board")
    return media_review.arrange_board(
        actor=world.actor("supervisor"), board_id=board, version=2, items=[]
    )


def _keep_review(world: World) -> object:
    return media_review.put_into_cycle(
        actor=world.actor("trainee"),
        run_id=_pk(world, "run_of_another"),
        cycle_id=_pk(world, "case/open_cycle"),
        reviewed_on=days_ago(0),
        minutes=40,
    )


def _wipe(world: World) -> object:
    prepared = _pk(world, "preparation")
    return media_review.note_wiped(
        actor=world.actor("supervisor"), preparation_id=prepared, why="ended"
    )


def _grant(world: World) -> object:
    return media_review.grant_viewing(
        actor=world.actor("colleague"),
        clip_id=_pk(world, "clip"),
        viewer_id=world.cast["colleague"].pk,
        until=timezone.now() + timedelta(days=1),
    )


def _log_session(world: World) -> object:
    return accreditation.log_session(
        actor=world.actor("officer"),
        trainee_id=world.cast["trainee"].pk,
        supervisor_id=world.cast["supervisor"].pk,
        held_on=days_ago(3),
        minutes=60,
    )


def _seal(world: World) -> object:
    cycles = [_pk(world, "case/cycle")]
    return caselogs.seal_cycles(actor=world.actor("trainee"), cycle_ids=cycles, label="Mine")


def _give(world: World, part: str, role: str) -> object:
    return people.grant_role(
        actor=world.actor(part),
        user_id=world.cast["nobody"].pk,
        role=role,
        organisation_id=world.cast.service.pk,
    )


def _tie(world: World) -> object:
    ids = {
        "supervisor_id": world.cast["other_supervisor"].pk,
        "supervisee_id": _pk(world, "trainee"),
    }
    return people.tie(actor=world.actor("other_manager"), **ids)


def _code(world: World) -> object:
    return media_review.mark_code(
        actor=world.actor("trainee"),
        look_id=_pk(world, "look"),
        code_id=uuid4(),
        principle_id=world.rows["look/code"].principle_id,
        start_ms=0,
        end_ms=1000,
    )


def _plan_hour(world: World) -> object:
    return accreditation.plan_hour(
        actor=world.actor("other_supervisor"),
        hour_id=uuid4(),
        trainee_id=world.cast["trainee"].pk,
        supervisor_id=world.cast["supervisor"].pk,
        planned_for=timezone.now() + timedelta(days=5),
        minutes=60,
    )


def _begin_hour(world: World) -> object:
    return accreditation.begin_hour(
        actor=world.actor("other_supervisor"), session_id=_pk(world, "hour")
    )


REFUSED: dict[str, Act] = {
    "media_review.permissions.may_agree_to_look": lambda w: media_review.agree_to_look(
        actor=w.actor("supervisor"), look_id=_pk(w, "new_look")
    ),
    "media_review.permissions.may_end_look": lambda w: media_review.end_look(
        actor=w.actor("colleague"), look_id=_pk(w, "new_look")
    ),
    "media_review.permissions.may_code": _code,
    "media_review.permissions.may_change_code": lambda w: media_review.remove_code(
        actor=w.actor("external"), code_id=_pk(w, "look/code")
    ),
    "accreditation.permissions.may_plan_hour": _plan_hour,
    "accreditation.permissions.may_share_hour": _begin_hour,
    "accreditation.permissions.may_enrol": lambda w: practice.may_enrol(
        w.actor("other_registrar"), w.rows["used"]
    ).require(),
    "accreditation.permissions.may_log_session": _log_session,
    "media_review.permissions.may_begin": _begin,
    "media_review.permissions.may_mark": _mark,
    "media_review.permissions.may_choose": _choose,
    "media_review.permissions.may_change_comment": lambda w: media_review.remove_draft(
        actor=w.actor("trainee"), comment_id=_pk(w, "unsent")
    ),
    "media_review.permissions.may_reply": _reply,
    "media_review.permissions.may_hold": _hold,
    "media_review.permissions.may_set_policy": lambda w: media_review.set_policy(
        actor=w.actor("other_manager"),
        organisation_id=w.cast.service.pk,
        days_after_closing=300,
        quiet_months=0,
    ),
    "media_review.permissions.may_see_holdings": lambda w: review.may_see_holdings(
        w.actor("trainee"), w.cast.service.pk
    ).require(),
    "media_review.permissions.may_grant": _grant,
    "media_review.permissions.may_arrange": _arrange,
    "media_review.permissions.may_keep_review": _keep_review,
    "media_review.permissions.may_keep_prepared": _wipe,
    "caselogs.permissions.may_read_ending": lambda w: log.may_read_ending(
        w.actor("supervisor"), w.rows["case"]
    ).require(),
    "caselogs.permissions.may_see_numbers": lambda w: log.may_see_numbers(
        w.actor("other_manager"), w.cast.service.pk
    ).require(),
    "caselogs.permissions.may_seal": _seal,
    "attunement.permissions.may_word": lambda w: words.may_word(
        w.actor("other_registrar"), w.cast.home.pk
    ).require(),
    "footage.permissions.may_begin": lambda w: footage.begin_upload(
        actor=w.actor("manager"), ring=uuid4(), file_name="play.mp4", size=1000, page="/films/"
    ),
    "footage.permissions.may_send": lambda w: footage.end_upload(
        actor=w.actor("supervisor"), upload_id=_pk(w, "upload")
    ),
    "footage.permissions.may_keep_house": lambda w: footage.retry_all(actor=w.actor("trainee")),
    "people.permissions.may_invite": lambda w: _give(w, "other_manager", Role.TRAINEE),
    "people.permissions.may_withdraw_invitation": lambda w: accreditation.withdraw_invitation(
        actor=w.actor("other_registrar"), invitation_id=_pk(w, "invitation")
    ),
    "people.permissions.may_give": lambda w: _give(w, "manager", Role.EDITOR),
    "people.permissions.may_tie": _tie,
    "people.permissions.may_suspend": lambda w: people.suspend(
        actor=w.actor("other_registrar"), user_id=_pk(w, "trainee"), reason="-"
    ),
}
