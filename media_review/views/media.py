"""The moving pictures themselves: consent is asked again for every single answer."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from footage import streaming
from footage.kinds import ArtefactKind
from media_review import queries, rules, services
from media_review.models import Clip, Filmed, Keepsake, Recording, Still

PLAIN = "text/plain; charset=utf-8"


@login_required
@require_safe
def recording_film(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A range of the whole film, for the guider who made it; with `?fine` in 1080p."""
    return _answer(request, Recording, pk, _wanted(request))


@login_required
@require_safe
def recording_poster(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """One still of the film."""
    return _answer(request, Recording, pk, ArtefactKind.POSTER)


@login_required
@require_safe
def recording_sprite(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The small pictures along the timeline."""
    return _answer(request, Recording, pk, ArtefactKind.SPRITE)


@login_required
@require_safe
def recording_peaks(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The loudness along the timeline."""
    return _answer(request, Recording, pk, ArtefactKind.PEAKS)


@login_required
@require_safe
def clip_film(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A range of the clip's own film, for whoever may watch this clip at this moment."""
    return _answer(request, Clip, pk, ArtefactKind.PROXY)


@login_required
@require_safe
def clip_poster(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """One still of the clip."""
    return _answer(request, Clip, pk, ArtefactKind.POSTER)


@login_required
@require_safe
def clip_sprite(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The small pictures along the clip's timeline."""
    return _answer(request, Clip, pk, ArtefactKind.SPRITE)


@login_required
@require_safe
def clip_peaks(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The loudness along the clip's timeline."""
    return _answer(request, Clip, pk, ArtefactKind.PEAKS)


@login_required
@require_safe
def still_picture(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """One kept frame, for the guider whose film it is of."""
    return _answer(request, Still, pk, ArtefactKind.POSTER)


@login_required
@require_safe
def keepsake_film(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A range of a family's film, for the guider who makes it."""
    return _answer(request, Keepsake, pk, ArtefactKind.PROXY)


@login_required
@require_safe
def keepsake_poster(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """One still of a family's film."""
    return _answer(request, Keepsake, pk, ArtefactKind.POSTER)


@login_required
@require_POST
def recording_watched(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What the player says was played of the whole film is on record."""
    return _watched(request, Recording, pk)


@login_required
@require_POST
def clip_watched(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What the player says was played of the clip is on record."""
    return _watched(request, Clip, pk)


def _watched(request: HttpRequest, model: Filmed, pk: UUID) -> HttpResponseBase:
    artefact = queries.media.artefact_for(request.actor, model, pk, ArtefactKind.PROXY)
    if artefact is None:
        return _refused(request, model, pk)
    try:
        spans = rules.parse_spans(request.POST.get("played", ""))
    except ValueError:
        return HttpResponse("Those are no stretches of a film.", PLAIN, status=400)
    film = artefact.film
    facts = {"film_id": film.pk, "length_ms": film.duration_ms, "spans": spans}
    services.note_played(actor=request.actor, subject=model(pk=pk), **facts)
    return HttpResponse(status=204)


def _wanted(request: HttpRequest) -> ArtefactKind:
    return ArtefactKind.FINE if "fine" in request.GET else ArtefactKind.PROXY


def _answer(request: HttpRequest, model: Filmed, pk: UUID, kind: ArtefactKind) -> HttpResponseBase:
    """The bytes, with the sitting on record; the fast lane has mostly answered before."""
    artefact = queries.media.artefact_for(request.actor, model, pk, kind)
    if artefact is None:
        return _refused(request, model, pk)
    if kind in (ArtefactKind.PROXY, ArtefactKind.FINE):
        start, stop = streaming.served(request, artefact)
        services.note_served(
            user_id=request.actor.user_id,
            subject=model(pk=pk),
            film_id=artefact.film_id,
            slices=rules.slices(start, stop, artefact.size),
        )
    return streaming.answer(
        request,
        artefact,
        still=lambda: queries.lane.pass_of(request, model, pk, kind) is not None,
    )


def _refused(request: HttpRequest, model: Filmed, pk: UUID) -> HttpResponse:
    """404 to a stranger, and 403 or 410 with a plain reason to who may know."""
    status, reason = queries.media.why_not(request.actor, model, pk)
    if status == 404:
        raise Http404
    never = {"Cache-Control": "no-store, private"}
    return HttpResponse(reason, PLAIN, status=status, headers=never)
