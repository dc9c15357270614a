"""Stills: one frame of a film kept as a picture, sealed like a clip, and given up again."""

from uuid import UUID

from django.db import transaction

from caselogs.kinds import Scope
from footage import rules as film_rules
from footage import services as footage
from footage.models import Film
from footage.states import KEYLESS
from footage.states import State as FilmState
from ledger import services as ledger
from media_review import permissions, rules
from media_review.models import Recording, Still
from media_review.queries import consents
from media_review.services.recordings import hold_case, owned
from people.actor import Actor
from people.errors import RuleBroken

NOT_HERE = (
    "The film is not ready in Attune, so no picture can be kept of it. "
    "A film that stays on your device can be paused and looked at there."
)
TAKE_AGAIN = (*KEYLESS, FilmState.FAILED)


@transaction.atomic
def keep_still(
    *, actor: Actor, recording_id: UUID, at_ms: int, still_id: UUID | None = None, title: str = ""
) -> Still:
    """The frame shown at this moment is kept as a picture, once however often it is asked for.

    RuleBroken without consent to film, without a film here, and beyond its end. `still_id` comes
    from the browser; a frame that is kept already keeps the id and the title that it has.
    """
    hold_case(recording_id)
    recording = owned(actor, recording_id)
    film = _film_of(recording, at_ms)
    named = film_rules.frame_begins(film_rules.frame_at(at_ms, film.rate), film.rate)
    still = _known(actor, recording, still_id, named)
    if still is None:
        key = {"pk": still_id} if still_id else {}
        still = Still.objects.create(recording=recording, at_ms=named, title=title.strip(), **key)
        ledger.record(
            user_id=actor.user_id,
            verb="media_review.still_kept",
            subject=still,
            recording=recording.pk,
            at_ms=named,
        )
    _take(still, actor)
    return still


@transaction.atomic
def title_still(*, actor: Actor, still_id: UUID, title: str) -> Still:
    """The picture has this name, or none."""
    still = _own(actor, still_id)
    if still.title != title.strip():
        still.title = title.strip()
        still.save(update_fields=["title"])
        ledger.record(user_id=actor.user_id, verb="media_review.still_titled", subject=still)
    return still


@transaction.atomic
def remove_still(*, actor: Actor, still_id: UUID) -> None:
    """The picture can be opened by nobody any more; the film stays."""
    still = _own(actor, still_id)
    if still.film_id:
        footage.purge(user_id=actor.user_id, film_id=still.film_id)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.still_removed",
        subject=still,
        recording=still.recording_id,
        at_ms=still.at_ms,
    )
    still.delete()


def _film_of(recording: Recording, at_ms: int) -> Film:
    said = consents.said(recording.case, Scope.FILMING)
    if not said.given:
        raise RuleBroken(f"{said.sentence} No picture can be kept.")
    film = recording.film
    if film is None or not film.is_ready:
        raise RuleBroken(NOT_HERE)
    if not 0 <= at_ms < film.duration_ms:
        ends = rules.clock(film.duration_ms)
        raise RuleBroken(f"The film ends at {ends}. Please choose a moment inside it.")
    return film


def _known(actor: Actor, recording: Recording, still_id: UUID | None, at_ms: int) -> Still | None:
    """The still of this id, or of this frame; PermissionDenied when the id is another person's."""
    named = Still.objects.select_related("recording", "film").filter(pk=still_id).first()
    if named:
        permissions.may_mark(actor, named.recording).require()
        return named
    return recording.stills.select_related("film").filter(at_ms=at_ms).first()


def _take(still: Still, actor: Actor) -> None:
    """The picture is there or on its way; one that did not come about is taken again."""
    if still.film and still.film.state not in TAKE_AGAIN:
        return
    still.film = footage.still(
        actor_id=actor.user_id,
        film_id=still.recording.film_id,
        at_ms=still.at_ms,
        page=still.get_absolute_url(),
    )
    still.save(update_fields=["film"])


def _own(actor: Actor, still_id: UUID) -> Still:
    rows = Still.objects.select_for_update(of=("self",)).select_related("recording")
    still = rows.get(pk=still_id)
    permissions.may_mark(actor, still.recording).require()
    return still
