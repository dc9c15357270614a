"""Moments and yes-cycles: read, kept and let go by the page that shows them, in JSON."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from attunement.queries import principles
from media_review import services
from media_review.errors import Stale
from media_review.forms import ChainForm, MomentForm, VersionForm
from media_review.models import Chain, Moment, Recording
from media_review.queries.moments import chain_line, marks_of, moment_line
from people.errors import RuleBroken


@login_required
@require_GET
def moment_list(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Everything marked in this film."""
    return JsonResponse(asdict(marks_of(_recording(request, pk), principles(request))))


@login_required
@require_POST
def moment_keep(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The moment as it is kept now; 409 with the other's row when that was changed meanwhile."""
    row = _recording(request, pk)
    return _kept(
        MomentForm(request.POST),
        lambda fields: services.keep_moment(actor=request.actor, recording_id=row.pk, **fields),
    )


@login_required
@require_POST
def moment_remove(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The moment is gone; 409 with the row when it was changed meanwhile."""
    row = get_object_or_404(Moment.objects.visible_to(request.actor), pk=pk)
    return _kept(
        VersionForm(request.POST),
        lambda fields: services.remove_moment(actor=request.actor, moment_id=row.pk, **fields),
    )


@login_required
@require_POST
def chain_keep(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The yes-cycle as it is kept now; 409 with the other's row."""
    row = _recording(request, pk)
    return _kept(
        ChainForm(request.POST),
        lambda fields: services.keep_chain(actor=request.actor, recording_id=row.pk, **fields),
    )


@login_required
@require_POST
def chain_remove(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The yes-cycle is taken apart; its moments stay."""
    row = get_object_or_404(Chain.objects.visible_to(request.actor), pk=pk)
    return _kept(
        VersionForm(request.POST),
        lambda fields: services.remove_chain(actor=request.actor, chain_id=row.pk, **fields),
    )


def _kept(form: Form, verb: Callable[[dict[str, Any]], Moment | Chain | None]) -> JsonResponse:
    """What the verb gave; or why it did not: 409 with what stands there, 422 with a sentence."""
    if not form.is_valid():
        reason = next(str(words[0]) for words in form.errors.values())
        return JsonResponse({"reason": reason}, status=422)
    try:
        return JsonResponse({"row": _line(verb(form.cleaned_data))})
    except Stale as stale:
        return JsonResponse({"reason": str(stale), "theirs": _line(stale.theirs)}, status=409)
    except RuleBroken as broken:
        return JsonResponse({"reason": str(broken)}, status=422)


def _line(row: Moment | Chain | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return asdict(moment_line(row) if isinstance(row, Moment) else chain_line(row))


def _recording(request: HttpRequest, pk: UUID) -> Recording:
    rows = Recording.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("case", "film"), pk=pk)
