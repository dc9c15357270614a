"""Clips are marked, corrected, removed, and cut into films of their own."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from caselogs.kinds import Scope
from footage import services as footage
from footage.states import State as FilmState
from footage.treatments import AS_IT_IS
from ledger import services as ledger
from media_review import permissions, rules
from media_review.models import Clip, Recording
from media_review.queries import consents
from media_review.queries.shown import given, shown
from people.actor import Actor
from people.errors import RuleBroken

CUT_AGAIN = (FilmState.REJECTED, FilmState.FAILED)


@transaction.atomic
def mark_clip(
    *,
    actor: Actor,
    recording_id: UUID,
    start_ms: int,
    end_ms: int,
    principle_ids: Iterable[UUID] = (),
    **words: Any,
) -> Clip:
    """A clip of this span exists, once; RuleBroken for a span that cannot be.

    `words`: title, why, who. `principle_ids`: of attunement.Principle.
    """
    recording = Recording.objects.select_for_update().get(pk=recording_id)
    permissions.may_mark(actor, recording).require()
    _require_filming(recording)
    start_ms, end_ms = rules.clip_span(start_ms, end_ms, recording.span_ms)
    known = recording.clips.filter(start_ms=start_ms, end_ms=end_ms).first()
    if known:
        return _same_or_refuse(known, words)
    clip = Clip.objects.create(recording=recording, start_ms=start_ms, end_ms=end_ms, **words)
    _show_treated(clip, actor.user_id)
    clip.principles.set(principle_ids)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.clip_marked",
        subject=clip,
        recording=recording.pk,
        start_ms=start_ms,
        end_ms=end_ms,
    )
    return clip


def _require_filming(recording: Recording) -> None:
    said = consents.said(recording.case, Scope.FILMING)
    if not said.given:
        raise RuleBroken(f"{said.sentence} No clip can be marked.")


def _same_or_refuse(known: Clip, words: dict[str, Any]) -> Clip:
    """A double press gives the clip that exists; other words for the same span are a mistake."""
    if all(getattr(known, name) == value for name, value in words.items()):
        return known
    span = f"{rules.clock(known.start_ms)} to {rules.clock(known.end_ms)}"
    raise RuleBroken(f"You have a clip from {span} already. Please open it to change its words.")


@transaction.atomic
def correct_clip(
    *,
    actor: Actor,
    clip_id: UUID,
    start_ms: int,
    end_ms: int,
    principle_ids: Iterable[UUID] = (),
    **words: Any,
) -> Clip:
    """The clip reads as given; RuleBroken once it has been shown to anybody."""
    clip = _own(actor, clip_id)
    _require_unshown(clip, "changed")
    start_ms, end_ms = rules.clip_span(start_ms, end_ms, clip.recording.span_ms)
    others = clip.recording.clips.exclude(pk=clip.pk)
    if others.filter(start_ms=start_ms, end_ms=end_ms).exists():
        raise RuleBroken("Another clip of this film has the same in and out points.")
    before = (clip.start_ms, clip.end_ms, clip.treatment)
    for name, value in {"start_ms": start_ms, "end_ms": end_ms, **words}.items():
        setattr(clip, name, value)
    clip.save()
    if before != (clip.start_ms, clip.end_ms, clip.treatment):
        _cut_anew(clip, actor.user_id)
    clip.principles.set(principle_ids)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.clip_corrected",
        subject=clip,
        start_ms=start_ms,
        end_ms=end_ms,
    )
    return clip


@transaction.atomic
def remove_clip(*, actor: Actor, clip_id: UUID) -> None:
    """The clip is gone; the film stays. RuleBroken once it has been shown to anybody."""
    clip = _own(actor, clip_id)
    _require_unshown(clip, "removed")
    clip.submitted_clips.all().delete()
    if clip.film_id:
        footage.purge(user_id=actor.user_id, film_id=clip.film_id)
    ledger.record(user_id=actor.user_id, verb="media_review.clip_removed", subject=clip)
    clip.delete()


def ensure_cut(clip: Clip, actor_id: UUID | None) -> None:
    """The clip has, or will soon have, a film of its own: the span and not a frame more."""
    if clip.film_id and clip.film.state not in CUT_AGAIN:
        return
    film = clip.recording.film
    if film is None or not film.is_ready:
        raise RuleBroken(
            "The film of this clip is not ready in Attune, so it cannot be shown to anybody here. "
            "A film that stays on your device can be watched together in the supervision hour."
        )
    clip.film = footage.cut(
        actor_id=actor_id or clip.recording.owner_id,
        film_id=film.pk,
        start_ms=clip.start_ms,
        end_ms=clip.end_ms,
        page=clip.get_absolute_url(),
        treatment=clip.treatment,
    )
    clip.save(update_fields=["film"])


def _show_treated(clip: Clip, actor_id: UUID) -> None:
    """Its guider can see a treated clip as others will, before anybody does."""
    film = clip.recording.film
    if clip.treatment != AS_IT_IS and film and film.is_ready:
        ensure_cut(clip, actor_id)


def _cut_anew(clip: Clip, actor_id: UUID) -> None:
    """The film of what the clip was is destroyed; where there was one, one of what it is comes."""
    old = clip.film_id
    if old:
        clip.film = None
        clip.save(update_fields=["film"])
        footage.purge(user_id=actor_id, film_id=old)
        ensure_cut(clip, actor_id)
    _show_treated(clip, actor_id)


def _own(actor: Actor, clip_id: UUID) -> Clip:
    rows = Clip.objects.select_for_update(of=("self",)).select_related("recording__film")
    clip = rows.get(pk=clip_id)
    permissions.may_mark(actor, clip.recording).require()
    return clip


def _require_unshown(clip: Clip, done: str) -> None:
    if Clip.objects.filter(given(), pk=clip.pk).exists():
        raise RuleBroken(
            f"This clip is part of a film that its family was given, so it cannot be {done} while "
            "their link is open. You can mark a new clip beside it."
        )
    if Clip.objects.filter(shown(), pk=clip.pk).exists():
        raise RuleBroken(
            f"This clip has been shown, so it cannot be {done}: the comments belong to exactly "
            "these seconds. You can mark a new clip beside it."
        )
