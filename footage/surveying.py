"""What hangs on what: which root keys are in use, and whether everything living opens."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from footage import keys, purging, roots
from footage.errors import KeyGone, SealBroken
from footage.models import AccountKey, Film, RingKey
from footage.states import KEYLESS


@dataclass(frozen=True, slots=True)
class RootUse:
    """One root key, by name: how many keys it wraps, and whether this process was given it."""

    id: str
    is_current: bool
    is_known: bool
    wraps: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The state of every key."""

    roots: tuple[RootUse, ...]
    accounts: int
    rings: int
    films: int
    shut_rings: tuple[UUID, ...]
    shut_films: tuple[UUID, ...]
    risen: tuple[UUID, ...]

    @property
    def is_sound(self) -> bool:
        """Everything living opens, and nothing dead does."""
        return not (self.shut_rings or self.shut_films or self.risen)


def survey() -> Survey:
    """Every living ring and film key was tried, and every grave looked into."""
    opened, shut = _rings()
    films, shut_films = _films(opened)
    return Survey(
        roots=_roots(),
        accounts=AccountKey.objects.count(),
        rings=len(opened) + len(shut),
        films=films,
        shut_rings=tuple(shut),
        shut_films=tuple(shut_films),
        risen=tuple(purging.risen()),
    )


def _roots() -> tuple[RootUse, ...]:
    wraps = Counter(AccountKey.objects.values_list("root", flat=True))
    unadopted = RingKey.objects.living().filter(account_key=None)
    wraps.update(unadopted.values_list("root", flat=True))
    known = [root.id for root in roots.known()]
    return tuple(
        RootUse(root, root == known[0], root in known, wraps[root])
        for root in dict.fromkeys([*known, *sorted(wraps)])
    )


def _rings() -> tuple[dict[UUID, RingKey], list[UUID]]:
    """The living rings that open, and the names of those that do not."""
    opened, shut = {}, []
    for row in RingKey.objects.living().select_related("account_key").iterator():
        try:
            keys.ring_key(row)
        except SealBroken:
            shut.append(row.ring)
        else:
            opened[row.ring] = row
    return opened, shut


def _films(rings: dict[UUID, RingKey]) -> tuple[int, list[UUID]]:
    """How many films have a key, and which of them it does not open."""
    count, shut = 0, []
    rows = Film.objects.exclude(state__in=KEYLESS).only("pk", "ring", "wrapped_key", "state")
    for film in rows.iterator():
        count += 1
        try:
            if film.ring not in rings:
                raise KeyGone(str(film.ring))
            keys.film_key_from(film, rings[film.ring])
        except SealBroken:
            shut.append(film.pk)
    return count, shut
