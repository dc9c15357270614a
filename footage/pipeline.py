"""The slow work: checking a film, preparing it for watching, cutting a stretch out of it."""

import hashlib
import logging
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from footage import (
    binaries,
    cutting,
    graph,
    joining,
    making,
    memory,
    probing,
    rules,
    source,
    tidying,
    turns,
    vault,
    works,
)
from footage.errors import BadFilm, LeaseLost, MachineTrouble
from footage.graph import Stretch
from footage.kinds import MEDIA_TYPES, ArtefactKind, Balance, Music, Recipe
from footage.models import Artefact, Film, Work
from footage.products import Extras, Lent, Products, last_jpeg
from footage.rules import Facts
from footage.stores import store
from footage.treatments import Treatment
from footage.works import Claim

log = logging.getLogger(__name__)


def work_on(film_id: UUID) -> bool:
    """One piece of the film's open work is done, refused or given back; True when another waits."""
    if store().is_full():  # not the film's fault: no attempt is spent, the sweep asks again
        log.warning("footage.store_is_full")
        return False
    held = works.claim(film_id)
    return held is not None and _done(held)


def work_on_next() -> bool:
    """One piece of whichever work is due first is done; True when any more waits."""
    if store().is_full():
        log.warning("footage.store_is_full")
        return False
    for film_id in turns.due():
        if held := works.claim(film_id):
            _done(held)
            return Work.objects.open(timezone.now()).exists()
    return False


def _done(held: Claim) -> bool:
    film_id = held.film_id
    try:
        DO[held.recipe](held)
    except LeaseLost:
        store().delete(f"{film_id}/{held.token}")
        return False
    except BadFilm as bad:
        _quietly(works.reject, held, str(bad))
    except Exception as trouble:
        log.warning("footage.trouble", extra={"film": str(film_id), "kind": type(trouble).__name__})
        store().delete(f"{film_id}/{held.token}")
        _quietly(works.give_back, held, f"{type(trouble).__name__}: {trouble}")
        return False
    tidying.tidy(film_id)
    return Work.objects.open(timezone.now()).filter(film_id=film_id).exists()


def _quietly(verb: object, held: Claim, words: str) -> None:
    """Told, unless the work has been taken from us meanwhile."""
    try:
        verb(held, words)  # type: ignore[operator]
    except LeaseLost:
        log.info("footage.lease_lost", extra={"film": str(held.film_id)})


def check(held: Claim) -> None:
    """The film is known to be one, whole and short enough; or BadFilm says why not."""
    film = Film.objects.select_related("upload").get(pk=held.film_id)
    original = Artefact(
        film=film,
        kind=ArtefactKind.ORIGINAL,
        object=film.upload.object,
        runs=film.upload.runs,
        size=film.upload.size,
        media_type=MEDIA_TYPES[ArtefactKind.ORIGINAL],
    )
    store().finish(original.object, original.runs)  # no sender can add to it any more
    reader = vault.reader(original)
    probing.refuse_by_shape(reader)
    sum_so_far = hashlib.sha256()
    pieces = making.pieces_of(held, reader, sum_so_far)
    with source.opened(reader, pieces) as opened:
        facts = probing.probe(opened, sound_alone=film.is_note)
        rules.refuse_by_facts(facts, _longest_ms(), is_note=film.is_note)
        for _ in pieces:
            pass  # what was not poured into memory is read now, once, for its sum
    original.sha256 = sum_so_far.hexdigest()
    works.accept(held, original, facts)


def prepare(held: Claim) -> None:
    """The film's watchable form, timeline, peaks and poster are published, all or none."""
    film = Film.objects.get(pk=held.film_id)
    original = film.artefacts.select_related("film").get(kind=ArtefactKind.ORIGINAL)
    with making.opened_for(held, original) as opened:
        facts = probing.probe(opened, sound_alone=film.is_note)
        (making.make if facts.has_picture else making.make_heard)(held, film, opened, facts)


def cut(held: Claim) -> None:
    """The stretch is a film of its own: exactly the frames between the points, none around."""
    part, film, proxy = _whole_of(held)
    first, count = rules.frames_inside(part.cut_start_ms, part.cut_end_ms, film.rate)
    stretch = Stretch(first, count, film.rate)
    with making.opened_for(held, proxy) as opened, Products(fine=False) as room:
        plan = cutting.Plan(probing.probe(opened), stretch, Treatment.of(part.treatment))
        facts = plan.facts
        memory.require_room(graph.expected_bytes(facts, fine=False))
        with Lent(plan.props) as props:
            words = (opened.address, opened.options, plan, props.paths, room.targets)
            done = opened.run(
                cutting.command(binaries.ffmpeg(), *words),
                files=[*room.files, *props.files],
                limits=making.limits(facts),
                tick=making.Beat(held, facts, film.rate),
            )
        made = making.believed(done, room, facts)
        making.publish(held, part, made, room.contents(facts))


def join(held: Claim) -> None:
    """The films are one, in their order, with the words between them and the music under them."""
    film = Film.objects.select_related("join").get(pk=held.film_id)
    pieces = list(film.pieces.select_related("source"))
    if not all(piece.source.is_ready for piece in pieces):
        raise BadFilm(rules.PIECE_GONE)
    proxies = [
        piece.source.artefacts.select_related("film").get(kind=ArtefactKind.PROXY)
        for piece in pieces
    ]
    given = [_facts_of(piece.source) for piece in pieces]
    choice = (Music(film.join.music), Balance(film.join.balance))
    titles = [piece.title for piece in pieces]
    plan = joining.planned(given, titles, film.join.opening, *choice)
    readers = [vault.reader(proxy) for proxy in proxies]
    films = [(each, making.pieces_of(held, each, hashlib.sha256())) for each in readers]
    memory.require_room(graph.expected_bytes(plan.facts, fine=False) + (len(plan.scenes) << 22))
    with source.all_opened(films) as opened, Products(fine=False) as room, Extras(plan) as extras:
        inputs = [(each.address, each.options) for each in opened.each]
        words = (extras.pictures, extras.music)
        done = opened.run(
            joining.command(binaries.ffmpeg(), plan, inputs, *words, room.targets),
            files=[*room.files, *extras.files],
            limits=making.limits(plan.facts),
            tick=making.Beat(held, plan.facts, plan.rate),
        )
        making.publish(
            held, film, making.believed(done, room, plan.facts), room.contents(plan.facts)
        )


def _facts_of(film: Film) -> Facts:
    """What our own proxy of this film holds: the picture first, then the sound."""
    sound = 1 if film.has_sound else None
    return Facts("mp4", film.duration_ms, film.width, film.height, film.rate, sound=sound)


def still(held: Claim) -> None:
    """The frame is a picture of its own; of the frames around it, nothing is in it."""
    part, film, proxy = _whole_of(held)
    number = rules.frame_at(part.cut_start_ms, film.rate)
    with making.opened_for(held, proxy) as opened, memory.Scratch("still") as room:
        whole = probing.probe(opened)
        done = opened.run(
            graph.picture(
                binaries.ffmpeg(),
                opened.address,
                opened.options,
                whole,
                room.path,
                Stretch(number, 1, film.rate),
            ),
            files=[room.fd],
            limits=making.limits(whole),
            tick=lambda _: works.beat(held, 500),
        )
        if done.code or not room.size:
            raise MachineTrouble(f"no frame {number}: {done.words[-300:]}")
        facts = replace(whole, duration_ms=0, rate=film.rate, sound=None)
        making.publish(held, part, facts, {ArtefactKind.POSTER: (last_jpeg(room.view()), {})})


def _whole_of(held: Claim) -> tuple[Film, Film, Artefact]:
    """The part that is to be made, the film it is made of, and that film's watchable form."""
    part = Film.objects.select_related("cut_from").get(pk=held.film_id)
    film = part.cut_from
    if film is None or not film.is_ready:
        raise LeaseLost("the film this is cut from is gone")
    return part, film, film.artefacts.select_related("film").get(kind=ArtefactKind.PROXY)


DO = {
    Recipe.CHECK: check,
    Recipe.PREPARE: prepare,
    Recipe.CUT: cut,
    Recipe.JOIN: join,
    Recipe.STILL: still,
}


def _longest_ms() -> int:
    return settings.FILM_LONGEST_SECONDS * 1000
