"""The fast lane of a player's many requests: three questions, and the bytes.

The lane only ever says yes. Whoever is not let through here goes the ordinary road, through every
other middleware to the view, and is told there what the matter is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from footage import streaming
from footage.kinds import ArtefactKind
from media_review import rules, services
from media_review.models import Clip, Filmed, Keepsake, Recording, SpokenNote, Still
from media_review.queries import lane

Answer = Callable[[HttpRequest], HttpResponseBase]
ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
WHOSE = r"clips/|stills/|notes/|keepsakes/"
ADDRESS = re.compile(rf"/films/({WHOSE})?({ID})/([a-z]+\.(?:mp4|jpg|json))")
FILMS = (ArtefactKind.PROXY, ArtefactKind.FINE)
PARTS = {
    "film.mp4": ArtefactKind.PROXY,
    "poster.jpg": ArtefactKind.POSTER,
    "sprite.jpg": ArtefactKind.SPRITE,
    "peaks.json": ArtefactKind.PEAKS,
}
PLACES: dict[str | None, tuple[Filmed, dict[str, ArtefactKind]]] = {
    None: (Recording, PARTS),
    "clips/": (Clip, PARTS),
    "keepsakes/": (Keepsake, {name: PARTS[name] for name in ("film.mp4", "poster.jpg")}),
    "stills/": (Still, {"picture.jpg": ArtefactKind.POSTER}),
    "notes/": (SpokenNote, {"film.mp4": ArtefactKind.PROXY, "peaks.json": ArtefactKind.PEAKS}),
}
HEARD_OF = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of which film an address names."""

    model: Filmed
    pk: UUID
    kind: ArtefactKind


class FilmLaneMiddleware:
    """Answer a request for film at once when everything is in order; leave all else alone."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The bytes, or whatever the ordinary road says."""
        return answered(request) or self.answer(request)


def asked_by(request: HttpRequest) -> Asked | None:
    """The film that is asked for to be read, whole ones also in 1080p; None for all else."""
    match = ADDRESS.fullmatch(request.path_info)
    if match is None or request.method not in ("GET", "HEAD"):
        return None
    place, pk, part = match.groups()
    model, parts = PLACES[place]
    kind = parts.get(part)
    if kind == ArtefactKind.PROXY and model is Recording and "fine" in request.GET:
        kind = ArtefactKind.FINE
    return Asked(model, UUID(pk), kind) if kind else None


def answered(request: HttpRequest) -> HttpResponseBase | None:
    """The film's bytes for whoever may have them at this moment, the sitting on record first."""
    asked = asked_by(request)
    permit = asked and permit_for(request, asked)
    if asked is None or permit is None:
        return None
    if asked.kind in FILMS and asked.model is not SpokenNote:
        note(request, asked, permit)
    return streaming.answer(
        request, permit.artefact, still=lambda: permit_for(request, asked) is not None
    )


def permit_for(request: HttpRequest, asked: Asked) -> lane.Pass | None:
    """What this request may have of it now, asked afresh. Two queries."""
    request.get_host()
    return lane.pass_of(request, asked.model, asked.pk, asked.kind)


def note(request: HttpRequest, asked: Asked, permit: lane.Pass) -> None:
    """The sitting is on record with what is sent now; nothing is written that stands there."""
    size = permit.artefact.size
    slices = rules.slices(*streaming.served(request, permit.artefact), size)
    late = permit.touched_at is None or permit.touched_at < timezone.now() - HEARD_OF
    if slices & ~permit.served or late:
        services.note_served(
            user_id=permit.user_id,
            subject=asked.model(pk=asked.pk),
            film_id=permit.artefact.film_id,
            slices=slices,
        )
