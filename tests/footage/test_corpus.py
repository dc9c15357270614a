"""Hostile and broken files through the real way of a film: each ends ready, or in a sentence.

`scripts/film_tables.py` says what became of them, and writes the table in the documents.
"""

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from footage import binaries
from footage.kinds import ArtefactKind
from footage.models import Film
from people.errors import RuleBroken
from tests.footage import corpus
from tests.footage.corpus import READY, TOO_LONG
from tests.footage.corpus.canary import CANARY, MARK
from tests.footage.looking import MADE, bytes_of, faults_of_proxy

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
KINDS = [kind.name for kind in corpus.everything()]
SECONDS_EACH = 60  # the house allows a film of a second 120 s and more; none needs a tenth of it
DISGUISES = [name for name in KINDS if name.startswith(("disguise", "index: links", "two in one"))]
PAGE = Path(__file__).parents[2] / "docs/reference/footage.md"


def end_of(film: Film) -> str:
    """The name of the way this film ended; its state and words where there is no such way."""
    if film.state == "ready":
        return READY
    if film.state == "rejected" and film.reason.startswith("This film lasts "):
        return TOO_LONG
    named = {sentence: name for name, sentence in corpus.ENDS.items()}
    troubles = [work.trouble for work in film.works.all()]
    unknown = f"{film.state}: {film.reason} {troubles}"
    return named.get(film.reason, unknown) if film.state == "rejected" else unknown


def faults_of(film: Film, end: str, seconds: float, kind: corpus.Kind) -> list[str]:
    """What is not as promised about the way this film ended."""
    faults = [] if end in kind.ends else [f"ended {end}"]
    faults += [f"took {seconds:.0f} s"] if seconds > SECONDS_EACH else []
    faults += CANARY.touched()
    if end == READY:
        faults += faults_of_proxy(film)
        seen = [bytes_of(film, kind) for kind in MADE]
        faults += ["the canary is in it"] if any(MARK in data for data in seen) else []
    elif film.artefacts.filter(kind=ArtefactKind.PROXY).exists():
        faults.append("refused, and yet something to watch")
    return faults


def tried(kind: corpus.Kind, send) -> tuple[Counter[str], list[str]]:  # type: ignore[no-untyped-def]
    """How often the files of this kind ended in which way, and every fault."""
    ends: Counter[str] = Counter()
    faults = []
    CANARY.touched()
    for name, data in kind.files.items():
        begun = time.monotonic()
        film = send(data, name)
        end = end_of(film)
        ends[end] += 1
        found = faults_of(film, end, time.monotonic() - begun, kind)
        faults += [f"{name}: {fault}" for fault in found]
    return ends, faults


@pytest.mark.parametrize("name", KINDS)
def test_every_file_ends_ready_or_in_a_sentence(name, prepared):
    kind = corpus.named(name)

    ends, faults = tried(kind, prepared)

    print("corpus:", json.dumps([name, len(kind.files), dict(ends)]))
    assert not faults, "\n".join(faults)
    assert corpus.row_of(kind, len(kind.files)) in PAGE.read_text().splitlines()


@pytest.mark.parametrize("name", DISGUISES)
def test_without_bubblewrap_they_end_alike(name, prepared, monkeypatch):
    kind = corpus.named(name)
    monkeypatch.setattr(binaries, "bubblewrap", lambda: None)

    _, faults = tried(sample(kind, 6), prepared)

    assert not faults, "\n".join(faults)


def sample(kind: corpus.Kind, most: int) -> corpus.Kind:
    """Some of its files, spread over all of them."""
    files = kind.files
    step = -(-len(files) // most)
    return corpus.Kind(kind.name, kind.ends, lambda: dict(list(files.items())[::step]))


def test_an_empty_file_is_refused_before_it_is_sent(sent):
    with pytest.raises(RuleBroken, match="empty"):
        sent(b"")


def test_there_are_at_least_five_hundred():
    table = PAGE.read_text().partition("<!-- corpus -->")[2].partition("<!-- end -->")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines()[3:]]

    assert sum(int(files) for _, files in rows) >= 500
    assert [name.strip() for name, _ in rows] == KINDS
