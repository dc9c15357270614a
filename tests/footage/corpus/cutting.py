"""Films that did not arrive whole: cut at many places, from either end, or out of the middle."""

from tests.footage.corpus import bases

INDEXED = ("front.mp4", "late.mp4", "film.mov")
LOOSE = ("fragments.mp4", "film.webm", "film.mkv", "film.ts", "film.avi")
SHARES = (1, 3, 10, 25, 40, 50, 66, 80, 92, 97, 99)
FEWER = (3, 10, 40, 66, 92)
LEAST = (1, 4, 8, 12, 40)


def _cut(names: tuple[str, ...], shares: tuple[int, ...]) -> dict[str, bytes]:
    films = bases.every()
    return {
        f"{share}-percent-{name}": films[name][: len(films[name]) * share // 100]
        for name in names
        for share in shares
    }


def _least() -> dict[str, bytes]:
    films = bases.every()
    return {
        f"{count}-bytes-{name}": films[name][:count]
        for name in ("front.mp4", "film.webm", "film.avi")
        for count in LEAST
    }


def _holes() -> dict[str, bytes]:
    """A tenth of the film is missing from the middle, or its beginning is."""
    found = {}
    films = bases.every()
    for name in ("late.mp4", "film.webm", "film.ts", "film.avi"):
        film = films[name]
        tenth = len(film) // 10
        found[f"middle-gone-{name}"] = film[: tenth * 4] + film[tenth * 5 :]
        found[f"beginning-gone-{name}"] = film[tenth:]
    film = bases.front()
    found["zeros-inside.mp4"] = film[: len(film) // 2] + bytes(4000) + film[len(film) // 2 + 4000 :]
    return found


KINDS = (
    ("cut: a film with one index", "cut short, not a film", lambda: _cut(INDEXED, SHARES)),
    (
        "cut: played as far as it goes",
        "ready, cut short, not a film, damaged",
        lambda: _cut(LOOSE, FEWER),
    ),
    ("cut: next to nothing", "cut short, not a film", _least),
    ("cut: a hole in it", "ready, cut short, not a film, damaged", _holes),
)
