"""What is sent to each address that takes something: a form that its rightful person could send.

A guard that stands behind a form is reached only by a form that is filled in rightly.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.architecture.authorisation.things import World

Form = dict[str, Any]
TUS = {"HTTP_TUS_RESUMABLE": "1.0.0"}
# Addresses with methods of their own: what stands for "read" and what for "change".
VERBS = {"footage:upload": {"GET": "HEAD", "POST": "DELETE"}}


def request(world: World, name: str, method: str) -> tuple[str, Form]:
    """The method and what goes with it."""
    if name.startswith("footage:"):
        return VERBS.get(name, {}).get(method, method), dict(TUS)
    if method == "GET":
        return method, {}
    if name in JSON:
        return method, {"data": JSON[name], "content_type": "application/json"}
    make = FORMS.get(name)
    return method, {"form": make(world) if make else {}}


BEGAN = timezone.now().isoformat()
REVIEW = f'{{"run": "{uuid4()}", "started_at": "{BEGAN}", "ended_ms": 1000}}'.encode()
JSON: dict[str, bytes] = {
    "people:draft-keep": b'{"key": "a", "fields": {"words": "b"}}',
    "learning:part-note": b'{"fields": {"words": "b"}}',
    "media_review:review-log": REVIEW,
    "media_review:recording-upload": b'{"name": "play.mp4", "size": 1000}',
}


def today() -> str:
    """The day as forms send it."""
    return timezone.localdate().isoformat()


def _near(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def _case_form(world: World) -> Form:
    return {
        "code": "Q77",
        "client_type": "parent",
        "age_band": "6_11m",
        "referral_source": "health_visitor",
        "setting": "home",
        "referred_on": _near(90),
    }


def _consent_form(world: World) -> Form:
    yes = {f"to_{scope}": "yes" for scope in ("supervision", "accreditation", "family_copy")}
    needed = {"to_filming": "on", "to_disclosure": "on"}
    when = {"given_on_when": "other", "given_on_day": _near(60)}
    return {"covered": "Mother and baby", "form_version": "1", **when, **yes, **needed}


def _cycle_form(world: World) -> Form:
    return {
        "filmed_on_when": "other",
        "filmed_on_day": _near(9),
        "activity": "Play",
        "reviewed_on_when": "not_yet",
        "what_went_well": "A long wait.",
    }


def _film_form(world: World) -> Form:
    return {
        "recording_id": uuid4(),
        "case": world.rows["case"].pk,
        "kind": "interaction",
        "filmed_on": _near(3),
        "custody": "platform",
    }


def _clip_form(world: World) -> Form:
    return {"start_ms": "0:30", "end_ms": "0:40", "title": "Another", "who": "both"}


def _moment_form(world: World) -> Form:
    span = {"start_ms": 30_000, "end_ms": 33_000}
    return {"moment_id": uuid4(), "version": 0, "who": "both", "note": "She waits.", **span}


def _chain_form(world: World) -> Form:
    links = world.rows["chain"].links.values_list("moment_id", flat=True)
    parts = ["initiative", "reception"]
    return {"chain_id": uuid4(), "version": 0, "moment_ids": list(links), "parts": parts}


def _board_form(world: World) -> Form:
    key = f"clip:{world.rows['loose_clip'].pk}"
    return {"version": 2, "item": [key], f"question-{key}": "What do you see?"}


def _run_form(world: World) -> Form:
    cycle = world.rows["case/open_cycle"].pk
    return {"cycle_id": cycle, "reviewed_on": today(), "minutes": 40}


def _align_form(world: World) -> Form:
    return {"film": world.rows["review_film"].pk, "at_ms": 0}


def _compose_form(world: World) -> Form:
    return {
        "submission_id": uuid4(),
        "clips": str(world.rows["loose_clip"].pk),
        "order": "",
        "question": "Where do I wait?",
        "to": f"supervisor:{world.cast['supervisor'].pk}",
        "step": "send",
    }


def _comment_form(world: World) -> Form:
    return {
        "comment_id": uuid4(),
        "kind": "strength",
        "start_ms": "0:00",
        "end_ms": "0:02",
        "words": "She waits.",
    }


def _keepsake_form(world: World) -> Form:
    clip = world.rows["keepsake/clip"].pk.hex
    return {
        "keepsake_id": world.rows["keepsake/draft"].pk,
        "opening": "Moments",
        "music": "none",
        "balance": "voices",
        f"chosen_{clip}": "on",
        f"words_{clip}": "A smile",
    }


def _session_form(world: World) -> Form:
    return {
        "with_whom": world.cast["supervisor"].pk,
        "held_on": _near(2),
        "minutes": "60",
        "kind": "supervision",
        "grouping": "individual",
        "medium": "remote",
    }


def _hour_form(world: World) -> Form:
    return {
        "hour_id": uuid4(),
        "with_whom": world.cast["supervisor"].pk,
        "planned_for": f"{_near(-3)}T10:00",
        "minutes": "60",
        "medium": "remote",
    }


def _hold_form(world: World) -> Form:
    return {"reason": "A court may ask.", "basis": "law", "until": _near(-30)}


def _meeting_form(world: World) -> Form:
    return {
        "external": world.cast["external"].pk,
        "planned_for": f"{today()}T10:00",
        "medium": "remote",
    }


def _decision_form(world: World) -> Form:
    return {
        "held_on": today(),
        "outcome": "progressed",
        "words": "She waits.",
        "exception": "Prior learning",
    }


def _invitation_form(world: World) -> Form:
    return {
        "name": "Somebody New",
        "email": "somebody@example.org",
        "role": "trainee",
        "organisation": world.cast.service.pk,
    }


def _requirement_form(world: World) -> Form:
    return {"label": "Cycles", "minimum": "5", "minutes_each": "0", "rule": "As they come."}


def _stage_form(world: World) -> Form:
    return {
        "label": "Stage 1",
        "meeting_minutes": "60",
        "reflection_days_before": "0",
        "indicative_months": "6",
    }


def _rating_form(world: World) -> Form:
    return {"now_score": "4", "hoped_score": "8", "rated_on_when": today()}


FORMS: dict[str, Callable[[World], Form]] = {
    "people:profile": lambda w: {"name": "Maya", "digest": "daily"},
    "people:person-suspend": lambda w: {"reason": "Left the service."},
    "people:group-begin": lambda w: {
        "group_id": uuid4(),
        "name": "Another",
        "organisation": w.rows["group"].organisation_id,
        "since": today(),
    },
    "people:group-join": lambda w: {"person": w.cast["colleague"].pk},
    "learning:cohort-open": lambda w: {
        "name": "Autumn",
        "organisation_id": w.cast.home.pk,
        "course_id": w.rows["course"].pk,
        "starts_on": today(),
        "format": "two_days",
    },
    "learning:part-answer": lambda w: {"choice": w.rows["part/check"].choices[0].id},
    "learning:cohort-join": lambda w: {"user_id": w.cast["editor"].pk},
    "learning:attendance-mark": lambda w: {"attended": "yes"},
    "caselogs:case-open": _case_form,
    "caselogs:case-correct": lambda w: {**_case_form(w), "code": w.rows["case"].code},
    "caselogs:case-close": lambda w: {"ending": "moved", "on_when": today()},
    "caselogs:consent-record": _consent_form,
    "media_review:consent-withdraw": lambda w: {"scope": "all"},
    "caselogs:goal-set": lambda w: {"words": "How does my baby tell me?"},
    "caselogs:goal-rate": _rating_form,
    "caselogs:cycle-log": _cycle_form,
    "caselogs:cycle-complete": lambda w: {"reviewed_on_when": today()},
    "caselogs:cycle-correct": _cycle_form,
    "caselogs:time-log": lambda w: {"on_when": today(), "planned": "3", "used": "2"},
    "media_review:recording-begin": _film_form,
    "media_review:recording-add": lambda w: {**_film_form(w), "name": "play.mp4", "size": 1000},
    "media_review:recording-measure": lambda w: {"sha256": "a" * 64, "length_ms": 1000},
    "media_review:recording-watched": lambda w: {"played": "0-900"},
    "media_review:clip-watched": lambda w: {"played": "0-900"},
    "media_review:moment-keep": _moment_form,
    "media_review:moment-remove": lambda w: {"version": 1},
    "media_review:chain-keep": _chain_form,
    "media_review:chain-remove": lambda w: {"version": 1},
    "media_review:clip-mark": _clip_form,
    "media_review:still-keep": lambda w: {"still_id": uuid4(), "at_ms": "41000"},
    "media_review:still-title": lambda w: {"title": "The look"},
    "media_review:clip-correct": _clip_form,
    "media_review:storyboard-arrange": _board_form,
    "media_review:review-prepare": lambda w: {"preparation_id": uuid4()},
    "media_review:preparation-wipe": lambda w: {"why": "ended"},
    "media_review:review-run": _run_form,
    "media_review:review-align": _align_form,
    "media_review:submission-compose": _compose_form,
    "media_review:submission-write": lambda w: {
        **_compose_form(w),
        "submission_id": w.rows["draft"].pk,
    },
    "media_review:submission-close": lambda w: {"reflection": "I wait longer."},
    "media_review:comment-keep": _comment_form,
    "media_review:note-begin": lambda w: {"note_id": uuid4(), "name": "note.webm", "size": 1000},
    "media_review:opening-list": lambda w: {
        "opening_id": uuid4(),
        "kind": "strength",
        "words": "I loved the way you…",
    },
    "media_review:opening-change": lambda w: {"words": "I loved how you…"},
    "media_review:comment-reply": lambda w: {"reply_id": uuid4(), "words": "Thank you."},
    "media_review:look-ask": lambda w: {
        "look_id": uuid4(),
        "second": w.cast["other_supervisor"].pk,
        "ends_on": _near(-7),
    },
    "media_review:code-mark": lambda w: {
        "code_id": uuid4(),
        "principle_id": w.rows["look/code"].principle_id,
        "start_ms": "0:01",
        "end_ms": "0:03",
    },
    "media_review:keepsake-begin": lambda w: {"keepsake_id": uuid4(), "music": "none"},
    "media_review:keepsake-write": _keepsake_form,
    "media_review:keepsake-hand": lambda w: {"link_id": uuid4(), "days": "14"},
    "media_review:family": lambda w: {"code": "1234 5678"},
    "media_review:kept-rule": lambda w: {
        "days_after_closing": "30",
        "quiet_months": "6",
        "original_days": "9",
    },
    "media_review:hold-ask": _hold_form,
    "media_review:hold-longer": lambda w: {"until": _near(-60), "reason": "It goes on."},
    "media_review:hold-lift": lambda w: {"reason": "It is over."},
    "media_review:term-agree": lambda w: {"days": "14"},
    "accreditation:session-log": _session_form,
    "accreditation:session-correct": _session_form,
    "accreditation:session-dispute": lambda w: {"words": "It was shorter."},
    "accreditation:hour-plan": _hour_form,
    "accreditation:hour-change": _hour_form,
    "accreditation:hour-agree": lambda w: {"minutes": "60"},
    "accreditation:point-add": lambda w: {"point_id": uuid4(), "words": "Her pauses"},
    "accreditation:point-tick": lambda w: {"done": "yes"},
    "accreditation:note-keep": lambda w: {"words": "She waits.", "version": "0"},
    "accreditation:meeting-plan": _meeting_form,
    "accreditation:meeting-decide": _decision_form,
    "accreditation:meeting-clips": lambda w: {"clip": w.rows["clip"].pk},
    "accreditation:meeting-cancel": lambda w: {"why": "Ill."},
    "accreditation:reflection-share": lambda w: {"words": "I wait."},
    "accreditation:invitation-new": _invitation_form,
    "accreditation:welcome": lambda w: {"name": "New Person", "password": "kettle moss violin"},
    "accreditation:certificate-revoke": lambda w: {"reason": "Issued in error."},
    "accreditation:register-join": lambda w: {"public_name": "Maya Osei", "place": "Leeds"},
    "accreditation:requirement-change": _requirement_form,
    "accreditation:stage-change": _stage_form,
}
