"""What every kind of slow work on films does: read the sealed film, make, believe, publish."""

import hashlib
import logging
import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from fractions import Fraction

from footage import binaries, graph, keys, memory, probing, rules, sandbox, source, vault, works
from footage.errors import BadFilm, MachineTrouble
from footage.hearing import Hearing
from footage.models import Artefact, Film
from footage.products import Contents, Products
from footage.rules import Facts
from footage.sandbox import Finished, Limits
from footage.seal import Reader
from footage.source import InMemory, Source
from footage.works import Claim

TICK = 1.0
FRAMES_TO_SPARE = 1800  # more than twice what it promised and a minute: it has no end
log = logging.getLogger(__name__)


def opened_for(held: Claim, artefact: Artefact) -> AbstractContextManager[Source]:
    """Programs can read the artefact while the `with` lasts."""
    reader = vault.reader(artefact)
    return source.opened(reader, pieces_of(held, reader, hashlib.sha256()))


def pieces_of(held: Claim, reader: Reader, sum_so_far: "hashlib._Hash") -> Iterator[bytes]:
    """The whole film, every chunk verified, summed up, and ours as long as it takes."""
    done, beaten = 0, 0.0
    for piece in reader.pieces():
        if time.monotonic() - beaten > TICK:
            works.beat(held, done * 1000 // max(1, reader.layout.size))
            beaten = time.monotonic()
        done += len(piece)
        sum_so_far.update(piece)
        yield piece


def make(held: Claim, film: Film, opened: Source, facts: Facts) -> None:
    """Everything that is made of a film is published."""
    fine = film.fine and min(facts.width, facts.height) > rules.SHORT_SIDE
    memory.require_room(graph.expected_bytes(facts, fine=fine))
    with Products(fine=fine) as room:
        done = opened.run(
            graph.command(binaries.ffmpeg(), opened.address, opened.options, facts, room.targets),
            files=room.files,
            limits=limits(facts),
            tick=Beat(held, facts, rules.steady_rate(facts.rate)),
        )
        made = believed(done, room, facts)
        publish(held, film, made, room.contents(facts))


def make_heard(held: Claim, film: Film, opened: Source, facts: Facts) -> None:
    """A note without a picture: what can be heard, and its loudness."""
    with Hearing() as room:
        done = opened.run(
            room.command(binaries.ffmpeg(), opened.address, opened.options, facts),
            files=room.files,
            limits=limits(facts),
            tick=lambda _: works.beat(held, 500),
        )
        publish(held, film, believed(done, room, facts), room.contents(facts))


def limits(facts: Facts) -> Limits:
    """What making something of this film may use."""
    seconds = facts.duration_ms / 1000
    return Limits(wall_seconds=120 + 15 * seconds, cpu_seconds=int(120 + 30 * seconds))


class Beat:
    """Keeps the lease while ffmpeg works, and counts its frames."""

    def __init__(self, held: Claim, facts: Facts, rate: Fraction) -> None:
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


def believed(done: Finished, room: Products | Hearing, facts: Facts) -> Facts:
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


def publish(
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
