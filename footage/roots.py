"""The root keys this process was given: the one that wraps now, and older ones that still open."""

import hashlib
from dataclasses import dataclass, field

from django.conf import settings

from footage.errors import RootMissing
from footage.wrapping import Secret


@dataclass(frozen=True, slots=True)
class Root:
    """A root key and the name it goes by in rows: names are compared, keys never leave here."""

    id: str
    key: Secret = field(repr=False)


def current() -> Root:
    """The root key that wraps."""
    return _root(settings.FILM_ROOT_KEY)


def known() -> tuple[Root, ...]:
    """Every root key that opens, the current one first."""
    return current(), *(_root(words) for words in settings.FILM_ROOT_KEYS_OLD)


def named(root_id: str) -> Root:
    """The root key that goes by this name; RootMissing when this process was not given it."""
    for root in known():
        if root.id == root_id:
            return root
    raise RootMissing(f"root key {root_id} was not given to this process")


def _root(words: str) -> Root:
    key = Secret(hashlib.sha256(b"attune root key|" + words.encode()).digest())
    return Root(hashlib.sha256(key).hexdigest()[:16], key)
