"""What must be true of films once a fault is over. Runs inside a house; every word is a breach."""

import hashlib
from uuid import UUID

from footage import vault
from footage.kinds import ArtefactKind, WorkState
from footage.models import Artefact, Film, Upload, Work
from footage.states import State
from footage.stores import store
from ledger import queries as ledger
from notices.models import Notice

OVER = {State.READY, State.REJECTED, State.FAILED, State.PURGED}
MADE = set(ArtefactKind) - {ArtefactKind.ORIGINAL, ArtefactKind.FINE}


def breaches(film_id: str, *, sha256: str, ends: str, told: int) -> list[str]:
    """What is not as it should be with a film whose story is over; `told` -1 when nobody counts."""
    film = Film.objects.get(pk=UUID(film_id))
    found = [f"it is {film.state}, not {ends}"] if film.state != ends else []
    if film.state in (State.REJECTED, State.FAILED) and not film.reason:
        found.append("it was refused without a word")
    if film.state == State.READY:
        found += _not_whole(film, sha256)
    busy = film.works.filter(state__in=[WorkState.WAITING, WorkState.RUNNING])
    found += [f"work is left: {work} of attempt {work.attempt}" for work in busy]
    notices = [notice.kind for notice in Notice.objects.filter(path=film.page)]
    if told >= 0 and len(notices) != told:
        found.append(f"told {notices}")
    return found + litter(film)


def _not_whole(film: Film, sha256: str) -> list[str]:
    wanted = MADE if film.cut_from_id else MADE | {ArtefactKind.ORIGINAL}
    kinds = sorted(film.artefacts.values_list("kind", flat=True))
    found = [] if kinds == sorted(wanted) else [f"it consists of {kinds}"]
    if not film.cut_from_id and film.sha256 != sha256:
        found.append("its hash is not the sender's")
    for artefact in film.artefacts.select_related("film"):
        try:
            data = vault.reader(artefact).read()
        except Exception as wrong:
            found.append(f"{artefact.kind} does not open: {wrong}")
            continue
        if hashlib.sha256(data).hexdigest() != artefact.sha256 or len(data) != artefact.size:
            found.append(f"{artefact.kind} is not what its row says")
    return found


def is_gone(film_id: str) -> bool:
    """Is it destroyed, or about to be?"""
    return Film.objects.get(pk=UUID(film_id)).state in (State.PURGING, State.PURGED)


def parts_of(film: Film) -> set[str]:
    """The names of everything that rows of this film point at."""
    objects = [(each.object, each.layout) for each in film.artefacts.all()]
    upload = Upload.objects.filter(film=film).first()
    if upload and film.state != State.PURGED:
        objects.append((upload.object, upload.layout))
    return {f"{name}/{part[0]}" for name, layout in objects for part in layout.parts()}


def litter(film: Film) -> list[str]:
    """Objects no row points at, and rows whose objects are gone."""
    there, wanted = set(store().names(str(film.pk))), parts_of(film)
    found = [f"nobody knows {name}" for name in sorted(there - wanted)]
    return found + [f"{name} is gone" for name in sorted(wanted - there)]


def breaches_of_house() -> list[str]:
    """What is not as it should be with the whole: the ledger, rows and objects without an owner."""
    found = [f"the ledger: {fault}" for fault in ledger.faults()]
    films = {str(pk) for pk in Film.objects.values_list("pk", flat=True)}
    folders = {name.partition("/")[0] for name in store().names("")}
    found += [f"nobody owns {name}" for name in sorted(folders - films)]
    rows = Artefact.objects.exclude(film__in=films), Work.objects.exclude(film__in=films)
    return found + [f"{row} is without a film" for kind in rows for row in kind]


def proof(film_id: str) -> list[str]:
    """Bytes from the middle of everything made of this film, in the clear, to look for (hex)."""
    film = Film.objects.get(pk=UUID(film_id))
    made = film.artefacts.exclude(kind__in=[ArtefactKind.ORIGINAL, ArtefactKind.PEAKS])
    return [vault.reader(each).range(each.size // 2, 32).hex() for each in made]
