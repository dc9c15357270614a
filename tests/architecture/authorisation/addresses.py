"""Every address of the resolver, with its name and the ids it asks for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import RoutePattern

NEVER_NUMBER = 987_654_321


@dataclass(frozen=True)
class Address:
    """One pattern: the key under which the table knows it, and how to make a path from it."""

    key: str
    name: str
    route: str
    wanted: tuple[tuple[str, str], ...]

    @property
    def is_editor(self) -> bool:
        """Does it belong to Wagtail's editor?"""
        return self.route.startswith("editor/")

    def path(self, given: dict[str, Any] | None = None) -> str:
        """The path with these ids, or with ids that exist nowhere."""
        ids = given if given is not None else self.never()
        if not self.name:
            return "/" + re.sub(r"\^?\.\*/?\$?", "nothing-here/", _filled(self.route, ids))
        return (
            reverse(self.name, kwargs=ids)
            if self._is_named
            else reverse(self.name, args=[*ids.values()])
        )

    @property
    def _is_named(self) -> bool:
        return not any(name.isdigit() for name, _ in self.wanted)

    def never(self) -> dict[str, Any]:
        """Ids of the right kind that name nothing."""
        if self.name == "wagtail_serve":
            return {"0": "nothing-here/"}
        return {name: _never(kind) for name, kind in self.wanted}


def _filled(route: str, ids: dict[str, Any]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(ids[match[1]]), route)


def _never(kind: str) -> Any:
    return {"int": NEVER_NUMBER, "uuid": uuid4(), "regex": "1"}.get(kind, "nothing-here")


def addresses() -> list[Address]:
    """Every address, in the order in which the resolver asks."""
    return list(_walk(get_resolver().url_patterns, "", (), ()))


def _walk(patterns: Any, before: str, spaces: tuple[str, ...], ids: Any) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name)) if pattern.name else ""
            yield Address(name or f"/{route}", name, route, (*ids, *_wanted(pattern)))
        else:
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, route, inside, (*ids, *_wanted(pattern)))


def _wanted(pattern: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(pattern.pattern, RoutePattern):
        kinds = {n: type(c).__name__ for n, c in pattern.pattern.converters.items()}
        return tuple((n, k.removesuffix("Converter").lower()) for n, k in kinds.items())
    regex = getattr(pattern.pattern, "regex", None)
    if regex is None or not regex.groups:
        return ()
    if regex.groupindex:
        return tuple((name, "regex") for name in regex.groupindex)
    return tuple((str(number), "regex") for number in range(regex.groups))


def mixed(ids: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same ids with one of them replaced by one that names nothing."""
    for name, value in ids.items():
        if len(ids) > 1:
            stray = uuid4() if isinstance(value, UUID) else NEVER_NUMBER
            yield {**ids, name: stray if not isinstance(value, str) else "nothing-here"}
