"""Moments that answer each other are linked into a yes-cycle, and taken apart again."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from ledger import services as ledger
from media_review import permissions, rules
from media_review.errors import Stale
from media_review.models import Chain, ChainLink, Moment, Recording
from media_review.services.moments import lock_film_of, own_recording
from people.actor import Actor
from people.errors import RuleBroken

Links = Sequence[tuple[UUID, str]]


@transaction.atomic
def keep_chain(
    *,
    actor: Actor,
    recording_id: UUID,
    chain_id: UUID,
    version: int,
    links: Links,
    title: str = "",
) -> Chain:
    """The chain of this id has these links (moment, part) in this order; Stale as with moments."""
    recording = own_recording(actor, recording_id)
    _require_links(recording, links)
    known = Chain.objects.filter(pk=chain_id).first()
    if known and known.recording_id != recording.pk:
        raise RuleBroken("This yes-cycle belongs to another film.")
    if known and known.title == title and _links_of(known) == list(links):
        return known
    if (known.version if known else 0) != version:
        raise Stale(known)
    chain = known or Chain(pk=chain_id, recording_id=recording.pk, version=0)
    chain.title, chain.version = title, chain.version + 1
    chain.save(force_insert=chain.version == 1)
    _link(chain, links)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.chain_kept",
        subject=chain,
        recording=recording.pk,
        version=chain.version,
        moments=[str(moment_id) for moment_id, _ in links],
    )
    return chain


def _require_links(recording: Recording, links: Links) -> None:
    rules.links_of_a_chain(len(links))
    wanted = {moment_id for moment_id, _ in links}
    if len(wanted) != len(links):
        raise RuleBroken("A moment has one place in a yes-cycle.")
    if Moment.objects.filter(recording=recording.pk, pk__in=wanted).count() != len(wanted):
        raise RuleBroken("One of these moments is not there any more. Please choose again.")


def _links_of(chain: Chain) -> list[tuple[UUID, str]]:
    return list(chain.links.order_by("position").values_list("moment_id", "part"))


def _link(chain: Chain, links: Links) -> None:
    chain.links.all().delete()
    ChainLink.objects.bulk_create(
        ChainLink(chain=chain, moment_id=moment_id, part=part, position=place)
        for place, (moment_id, part) in enumerate(links)
    )


@transaction.atomic
def remove_chain(*, actor: Actor, chain_id: UUID, version: int) -> None:
    """The chain is taken apart; its moments stay. Stale when it is not the version read."""
    lock_film_of(chains=chain_id)
    chain = Chain.objects.select_for_update(of=("self",)).filter(pk=chain_id).first()
    if chain is None:
        return
    permissions.may_mark(actor, chain.recording).require()
    if chain.version != version:
        raise Stale(chain)
    ledger.record(
        user_id=actor.user_id,
        verb="media_review.chain_removed",
        subject=chain,
        recording=chain.recording_id,
        version=version,
    )
    chain.delete()
