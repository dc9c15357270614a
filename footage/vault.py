"""Sealed objects of films: open them for reading, or write new ones."""

import hashlib
from uuid import UUID

from footage import keys
from footage.kinds import MEDIA_TYPES, ArtefactKind
from footage.models import Artefact, Film
from footage.seal import CHUNK, Layout, Reader, Seal, Writer
from footage.stores import store


def reader(artefact: Artefact) -> Reader:
    """A reader over the artefact; KeyGone when its ring was destroyed. One query."""
    seal = Seal(keys.film_key(artefact.film), artefact.object)
    return Reader(seal, store().get, artefact.layout)


def keep(film: Film, key: bytes, kind: ArtefactKind, token: UUID, data: memoryview) -> Artefact:
    """An artefact, sealed and stored under the token's name. Saving the row will publish it."""
    name = f"{film.pk}/{token}/{kind}"
    place = store()
    writer = Writer(Seal(key, name), place.put, Layout((), len(data)), epoch=1)
    for at in range(0, len(data), CHUNK):
        writer.write(data[at : at + CHUNK])
    writer.flush()
    place.finish(name, writer.layout.runs)
    return Artefact(
        film=film,
        kind=kind,
        object=name,
        runs=[list(run) for run in writer.layout.runs],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPES[kind],
    )
