"""The slow work: checking a film, preparing it for watching, cutting a stretch out of it."""

import hashlib
import logging
import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from footage import (
    binaries,
    graph,
    joining,
    keys,
    memory,
    probing,
    rules,
    sandbox,
    source,
    tidying,
    turns,
    vault,
    works,
)
from footage.errors import BadFilm, LeaseLost, MachineTrouble
from footage.graph import Stretch
from footage.hearing import Hearing
from footage.kinds import MEDIA_TYPES, ArtefactKind, Balance, Music, Recipe
from footage.models import Artefact, Film, Work
from footage.products import Contents, Extras, Products
from footage.rules import Facts
from footage.sandbox import Finished, Limits
from footage.seal import Reader
from footage.source import InMemory, Source
from footage.stores import store
from footage.works import Claim

TICK = 1.0
FRAMES_TO_SPARE = 1800  # more than twice what it promised and a minute: it has no end
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
    pieces = _pieces(held, reader, sum_so_far)
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
    with _opened(held, original) as opened:
        facts = probing.probe(opened, sound_alone=film.is_note)
        (_make if facts.has_picture else _make_heard)(held, film, opened, facts)


def cut(held: Claim) -> None:
    """The stretch is a film of its own: exactly the frames between the points, none around."""
    part = Film.objects.select_related("cut_from").get(pk=held.film_id)
    film = part.cut_from
    if film is None or not film.is_ready:
        raise LeaseLost("the film this is cut from is gone")
    first, count = rules.frames_inside(part.cut_start_ms, part.cut_end_ms, film.rate)
    proxy = film.artefacts.select_related("film").get(kind=ArtefactKind.PROXY)
    with _opened(held, proxy) as opened:
        whole = probing.probe(opened)
        facts = Facts(
            format=whole.format,
            duration_ms=round(count * 1000 / film.rate),
            width=whole.width,
            height=whole.height,
            rate=film.rate,
            video=whole.video,
            sound=whole.sound,
        )
        _make(held, part, opened, facts, Stretch(first, count, film.rate))


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
    facts = [_facts_of(piece.source) for piece in pieces]
    choice = (Music(film.join.music), Balance(film.join.balance))
    titles = [piece.title for piece in pieces]
    plan = joining.planned(facts, titles, film.join.opening, *choice)
    readers = [vault.reader(proxy) for proxy in proxies]
    films = [(each, _pieces(held, each, hashlib.sha256())) for each in readers]
    memory.require_room(graph.expected_bytes(plan.facts, fine=False) + (len(plan.scenes) << 22))
    with source.all_opened(films) as opened, Products(fine=False) as room, Extras(plan) as extras:
        inputs = [(each.address, each.options) for each in opened.each]
        words = (extras.pictures, extras.music)
        done = opened.run(
            joining.command(binaries.ffmpeg(), plan, inputs, *words, room.targets),
            files=[*room.files, *extras.files],
            limits=_limits(plan.facts),
            tick=_Beat(held, plan.facts, Stretch(0, plan.frames, plan.rate)),
        )
        _publish(held, film, _believed(done, room, plan.facts), room.contents(plan.facts))


def _facts_of(film: Film) -> Facts:
    """What our own proxy of this film holds: the picture first, then the sound."""
    sound = 1 if film.has_sound else None
    return Facts("mp4", film.duration_ms, film.width, film.height, film.rate, sound=sound)


DO = {Recipe.CHECK: check, Recipe.PREPARE: prepare, Recipe.CUT: cut, Recipe.JOIN: join}


def _opened(held: Claim, artefact: Artefact) -> AbstractContextManager[Source]:
    reader = vault.reader(artefact)
    return source.opened(reader, _pieces(held, reader, hashlib.sha256()))


def _pieces(held: Claim, reader: Reader, sum_so_far: "hashlib._Hash") -> Iterator[bytes]:
    """The whole film, every chunk verified, summed up, and ours as long as it takes."""
    done, beaten = 0, 0.0
    for piece in reader.pieces():
        if time.monotonic() - beaten > TICK:
            works.beat(held, done * 1000 // max(1, reader.layout.size))
            beaten = time.monotonic()
        done += len(piece)
        sum_so_far.update(piece)
        yield piece


def _make(
    held: Claim, film: Film, opened: Source, facts: Facts, stretch: Stretch | None = None
) -> None:
    fine = film.fine and min(facts.width, facts.height) > rules.SHORT_SIDE
    memory.require_room(graph.expected_bytes(facts, fine=fine))
    with Products(fine=fine) as room:
        done = opened.run(
            graph.command(
                binaries.ffmpeg(), opened.address, opened.options, facts, room.targets, stretch
            ),
            files=room.files,
            limits=_limits(facts),
            tick=_Beat(held, facts, stretch),
        )
        made = _believed(done, room, facts)
        _publish(held, film, made, room.contents(facts))


def _make_heard(held: Claim, film: Film, opened: Source, facts: Facts) -> None:
    """A note without a picture: what can be heard, and its loudness."""
    with Hearing() as room:
        done = opened.run(
            room.command(binaries.ffmpeg(), opened.address, opened.options, facts),
            files=room.files,
            limits=_limits(facts),
            tick=lambda _: works.beat(held, 500),
        )
        _publish(held, film, _believed(done, room, facts), room.contents(facts))


def _limits(facts: Facts) -> Limits:
    seconds = facts.duration_ms / 1000
    return Limits(wall_seconds=120 + 15 * seconds, cpu_seconds=int(120 + 30 * seconds))


class _Beat:
    """Keeps the lease while ffmpeg works, and counts its frames."""

    def __init__(self, held: Claim, facts: Facts, stretch: Stretch | None) -> None:
        rate = stretch.rate if stretch else rules.steady_rate(facts.rate)
        self.held, self.frames = held, max(1, round(facts.duration_ms * rate / 1000))
        self.permille = 0

    def __call__(self, heard: bytes) -> None:
        """Note the newest frame; LeaseLost ends the work, and so does a film without end."""
        found = re.findall(rb"^frame=\s*(\d+)", heard, re.MULTILINE)
        if found and int(found[-1]) > 2 * self.frames + FRAMES_TO_SPARE:
            raise BadFilm(rules.UNREADABLE)
        if found:
            self.permille = min(990, int(found[-1]) * 1000 // self.frames)
        works.beat(self.held, self.permille)


def _believed(done: Finished, room: Products | Hearing, facts: Facts) -> Facts:
    """What was really made; BadFilm or MachineTrouble when it is not what was promised."""
    if sandbox.was_our_trouble(done):
        raise MachineTrouble(f"ffmpeg ended with {done.code}: {done.words[-300:]}")
    if done.code or not all(film.size for film in room.films):
        log.info("footage.unreadable", extra={"words": done.words[-300:]})
        raise BadFilm(rules.UNREADABLE)
    heard = not facts.has_picture
    made = [probing.probe(InMemory(film), sound_alone=heard) for film in room.films]
    if any(rules.came_out_short(facts.duration_ms, each.duration_ms) for each in made):
        raise BadFilm(rules.CUT_SHORT)
    return made[0]


def _publish(
    held: Claim,
    film: Film,
    facts: Facts,
    contents: Contents,
) -> None:
    """Sealed under the token's name, published in one transaction, older litter removed."""
    key = keys.film_key(film)
    made = []
    for kind, (data, places) in contents.items():
        if not data:
            raise MachineTrouble(f"there is no {kind}")
        artefact = vault.keep(film, key, kind, held.token, data)
        artefact.facts = places
        made.append(artefact)
        works.beat(held, 995)
    works.publish(held, made, facts)


def _longest_ms() -> int:
    return settings.FILM_LONGEST_SECONDS * 1000
