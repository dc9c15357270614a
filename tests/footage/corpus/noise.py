"""Films whose bits were turned at random places, a few or very many."""

import random

from tests.footage.corpus import bases

FLIPS = (16, 128, 1024, 8192)


def _turned() -> dict[str, bytes]:
    found = {}
    films = bases.every()
    for name in ("late.mp4", "fragments.mp4", "film.webm", "film.mkv", "film.ts", "film.avi"):
        film = films[name]
        for flips in FLIPS:
            found[f"{flips}-turned-{name}"] = _flip(film, flips, f"{name}{flips}")
    return found


def _index() -> dict[str, bytes]:
    """Between `moov` and `mdat` of a film with its index at the front."""
    film = bases.front()
    start, end = film.index(b"moov") + 4, film.index(b"mdat") - 4
    found = {}
    for seed in range(10):
        index = _flip(film[start:end], 1 + seed, f"index{seed}")
        found[f"index-{seed}.mp4"] = film[:start] + index + film[end:]
    return found


def _flip(data: bytes, count: int, seed: str) -> bytes:
    hand = random.Random(seed)
    bent = bytearray(data)
    for _ in range(count):
        bent[hand.randrange(len(bent))] ^= 1 << hand.randrange(8)
    return bytes(bent)


ENDS = "ready, cut short, not a film, damaged, no picture, too wide, too long"
KINDS = (
    ("noise: bits turned", f"{ENDS}, unknown way of keeping it", _turned),
    ("noise: in the index only", f"{ENDS}, unknown way of keeping it", _index),
)
