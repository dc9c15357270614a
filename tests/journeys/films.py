"""Two films as phones make them, made once and kept for the next run."""

from collections.abc import Callable
from pathlib import Path

from portal.demo.films import recipe
from portal.demo.phones import landscape_vfr, phone_film
from tests.journeys.conftest import FILMS

SECONDS = 10


def portrait() -> Path:
    """Portrait HEVC in a .mov, on its side with a rotation mark, and where it was made."""
    return _kept("portrait.mov", phone_film)


def landscape() -> Path:
    """A landscape film whose frames come unevenly."""
    return _kept("landscape.mp4", landscape_vfr)


def _kept(name: str, make: Callable[[Path, float], Path]) -> Path:
    film = FILMS / f"{recipe()}-{name}"
    if not film.exists():
        FILMS.mkdir(parents=True, exist_ok=True)
        make(film.with_stem("half"), SECONDS).replace(film)
    return film
