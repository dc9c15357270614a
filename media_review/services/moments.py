"""Moments are kept and let go: never over a version that the writer had not read."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from attunement.models import Principle
from caselogs.kinds import Scope
from ledger import services as ledger
from media_review import permissions, rules
from media_review.errors import Stale
from media_review.kinds import RecordingKind, Who
from media_review.models import Clip, Moment, Recording
from media_review.queries import consents, reviews
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def keep_moment(
    *,
    actor: Actor,
    recording_id: UUID,
    moment_id: UUID,
    version: int,
    start_ms: int,
    end_ms: int,
    who: str = Who.BOTH,
    turn: str = "",
    note: str = "",
    about_id: UUID | None = None,
    principle_ids: Iterable[UUID] = (),
) -> Moment:
    """The moment of this id reads so; Stale when it is not the version that was read (0: none).

    Told twice it is written once: a moment that reads so already is given back as it is. In the
    film of a shared review that names no clip it is about the one that was on the screen.
    """
    recording = own_recording(actor, recording_id)
    start_ms, end_ms = rules.moment_span(start_ms, end_ms, recording.span_ms)
    facts = {"start_ms": start_ms, "end_ms": end_ms, "who": who, "note": note, "turn": turn}
    facts["about_id"] = about_id or reviews.clip_on_screen(recording, start_ms, end_ms)
    tags = _known_principles(principle_ids)
    _require_shared_review(recording, actor, turn, about_id)
    known = Moment.objects.filter(pk=moment_id).first()
    if known and known.recording_id != recording.pk:
        raise RuleBroken("This moment belongs to another film.")
    if known and _reads(known, facts, tags):
        return known
    if (known.version if known else 0) != version:
        raise Stale(known)
    return _written(actor, recording, known or Moment(pk=moment_id, version=0), facts, tags)


def own_recording(actor: Actor, recording_id: UUID) -> Recording:
    """The actor's own recording, locked, while the family agrees to be filmed."""
    rows = Recording.objects.select_for_update(of=("self",)).select_related("film", "case")
    recording = rows.get(pk=recording_id)
    permissions.may_mark(actor, recording).require()
    said = consents.said(recording.case, Scope.FILMING)
    if not said.given:
        raise RuleBroken(f"{said.sentence} Nothing more can be marked.")
    return recording


def lock_film_of(**thing: UUID) -> None:
    """Whoever keeps this `moments` or `chains` has finished, and the next one waits for us."""
    Recording.objects.select_for_update(of=("self",)).filter(**thing).first()


def _known_principles(principle_ids: Iterable[UUID]) -> frozenset[UUID]:
    """These principles, of whichever published version; RuleBroken for one that nobody knows."""
    wanted = frozenset(principle_ids)
    there = Principle.objects.filter(pk__in=wanted, framework__published_at__isnull=False)
    if there.count() != len(wanted):
        raise RuleBroken("One of these principles does not exist. Please load this page again.")
    return wanted


def _require_shared_review(
    recording: Recording, actor: Actor, turn: str, about_id: UUID | None
) -> None:
    """Activating and receiving, and the clip on the screen, are for films of shared reviews."""
    if not turn and not about_id:
        return
    if recording.kind != RecordingKind.SHARED_REVIEW:
        raise RuleBroken("Activating and receiving are marked in films of shared reviews.")
    own = Clip.objects.filter(recording__owner_id=actor.user_id, recording__case=recording.case_id)
    if about_id and not own.filter(pk=about_id).exists():
        raise RuleBroken("The clip that was on the screen is one of your own, of this family.")


def _reads(moment: Moment, facts: dict[str, Any], tags: frozenset[UUID]) -> bool:
    """Does it read so already?"""
    same = all(getattr(moment, name) == value for name, value in facts.items())
    return same and frozenset(moment.principles.values_list("pk", flat=True)) == tags


def _written(
    actor: Actor, recording: Recording, moment: Moment, facts: dict[str, Any], tags: frozenset[UUID]
) -> Moment:
    if not moment.version:
        rules.moments_of_a_film(recording.moments.count())
    for name, value in facts.items():
        setattr(moment, name, value)
    moment.recording_id = recording.pk
    moment.version += 1
    moment.changed_at = timezone.now()
    moment.save(force_insert=moment.version == 1)
    moment.principles.set(tags)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.moment_kept",
        subject=moment,
        recording=recording.pk,
        version=moment.version,
        start_ms=moment.start_ms,
        end_ms=moment.end_ms,
    )
    return moment


@transaction.atomic
def remove_moment(*, actor: Actor, moment_id: UUID, version: int) -> None:
    """The moment is gone, with its place in any chain; Stale when it is not the version read."""
    lock_film_of(moments=moment_id)
    moment = Moment.objects.select_for_update(of=("self",)).filter(pk=moment_id).first()
    if moment is None:
        return
    permissions.may_mark(actor, moment.recording).require()
    if moment.version != version:
        raise Stale(moment)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.moment_removed",
        subject=moment,
        recording=moment.recording_id,
        version=version,
    )
    moment.delete()
