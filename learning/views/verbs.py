"""Doing: a tick, a note, an answer, a film. Each works as a plain form and as a fragment."""

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from footage import streaming
from footage.models import Artefact
from learning import permissions, queries, rules, services
from learning.views import drawing
from people.errors import RuleBroken


@login_required
@require_POST
def part_done(request: HttpRequest, lesson_id: int, part_id: UUID) -> HttpResponse:
    """The part is ticked (and its note kept); on to the next one."""
    asked = _asked(request, lesson_id, part_id)
    if "words" in request.POST:
        services.keep_note(**asked, words=request.POST["words"])
    return _on(request, *services.tick(**asked), str(part_id))


@login_required
@require_POST
def part_answer(request: HttpRequest, lesson_id: int, part_id: UUID) -> HttpResponse:
    """The answer is kept, and something kind is said about it."""
    asked = _asked(request, lesson_id, part_id)
    if not request.POST.get("choice") and request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    done = services.answer(**asked, choice_id=request.POST.get("choice", ""))
    return _on(request, *done, str(part_id), stay=True)


@login_required
@require_POST
def part_note(request: HttpRequest, lesson_id: int, part_id: UUID) -> HttpResponse:
    """What was typed so far is kept: JSON {fields: {words}}; answers when."""
    try:
        words = str(json.loads(request.body)["fields"]["words"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"reason": "That could not be read."}, status=400)
    try:
        services.keep_note(**_asked(request, lesson_id, part_id), words=words)
    except RuleBroken as broken:
        return JsonResponse({"reason": str(broken)}, status=413)
    return JsonResponse({"kept_at": timezone.now().isoformat()})


@login_required
@require_safe
def part_film(request: HttpRequest, lesson_id: int, part_id: UUID, kind: str) -> HttpResponseBase:
    """The teaching film of this part, or its still. Only teaching films, never a family's."""
    permissions.may_read(request.actor).require()  # type: ignore[attr-defined]
    lesson = queries.lesson_by_id(lesson_id)
    found = {part.id: part.value.get("film") for part in lesson.parts} if lesson else {}
    try:
        film_id = UUID(found[str(part_id)] or "")
    except (KeyError, ValueError):
        raise Http404 from None
    artefacts = Artefact.objects.select_related("film")
    artefact = get_object_or_404(
        artefacts, film_id=film_id, kind=kind, film__ring=rules.TEACHING_RING
    )
    return streaming.answer(request, artefact)


def _asked(request: HttpRequest, lesson_id: int, part_id: UUID) -> dict[str, Any]:
    return {
        "actor": request.actor,  # type: ignore[attr-defined]
        "lesson_id": lesson_id,
        "block_id": part_id,
    }


def _on(
    request: HttpRequest,
    lesson: queries.Lesson,
    marks: queries.Marks,
    part_id: str,
    stay: bool = False,
) -> HttpResponse:
    """The foot of the part, what is left, and where to go on; a redirect for a plain form."""
    sheet = next(s for s in queries.sheets_of(lesson, marks) if s.part.id == part_id)
    anchor = sheet.part.anchor if stay else (sheet.next.anchor if sheet.next else "lesson-end")
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{lesson.url}#{anchor}")
    standing = marks.standing(lesson)
    road = queries.road_of(lesson, request.user.pk) if standing.is_finished else None
    response = HttpResponse(
        drawing.foot(lesson, sheet, get_token(request))
        + drawing.left(standing, oob=True)
        + drawing.end(standing, *((road.after, road.course_url) if road else ()), oob=True)
    )
    if not stay:
        response["HX-Trigger-After-Settle"] = json.dumps({"lesson:on": {"to": anchor}})
    return response
