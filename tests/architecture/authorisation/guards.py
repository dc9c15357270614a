"""Every single guard of the house, which addresses ask it, and the house without it."""

import inspect
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.db.models import QuerySet

from media_review.queries import lane
from people.verdicts import YES
from tests.architecture.authorisation.matrix import walk
from tests.architecture.authorisation.table import lines
from tests.architecture.authorisation.things import World
from tests.architecture.sources import ROOMS


@dataclass(frozen=True)
class Guard:
    """One function that says no to somebody: `owner.name`."""

    owner: Any
    name: str

    @property
    def label(self) -> str:
        """Where it stands, as a reader looks for it."""
        place = self.owner.__name__
        if inspect.isclass(self.owner):
            place = f"{self.owner.__module__}.{place}"
        return f"{place}.{self.name}"

    @property
    def original(self) -> Any:
        """The guard as it is written."""
        return inspect.getattr_static(self.owner, self.name)

    def gone(self) -> Any:
        """What stands in its place when it is taken out."""
        if inspect.isclass(self.owner):
            return lambda rows, *_, **__: rows.all()
        return lambda *_, **__: YES


def guards() -> list[Guard]:
    """Every `may_*` of the rooms and every QuerySet method that narrows to an actor."""
    found = [
        Guard(module, name)
        for module in map(import_module, _with_permissions())
        for name, function in vars(module).items()
        if name.startswith("may_") and function.__module__ == module.__name__
    ]
    return [*found, *_narrowing()]


def _with_permissions() -> list[str]:
    return [f"{room}.permissions" for room in ROOMS if find_spec(f"{room}.permissions")]


def _narrowing() -> Iterator[Guard]:
    seen = set()
    for model in apps.get_models():
        kind = type(model._default_manager.all())
        if model._meta.app_label not in ROOMS or kind in seen or kind is QuerySet:
            continue
        seen.add(kind)
        for name, function in vars(kind).items():
            if name.startswith("_") or not callable(function):
                continue
            if "actor" in inspect.signature(function).parameters:
                yield Guard(kind, name)


@contextmanager
def without(guard: Guard) -> Iterator[None]:
    """The house, as if somebody had taken this one guard out."""
    lane.forget()
    try:
        with patch.object(guard.owner, guard.name, guard.gone()):
            yield
    finally:
        lane.forget()


def asked_by(world: World, wanted: list[Guard]) -> dict[Guard, set[str]]:
    """Which addresses ask each guard, found by listening to one walk through all of them."""
    asked: dict[Guard, set[str]] = {guard: set() for guard in wanted}
    lane.forget()
    for line in lines():
        with ExitStack() as stack:
            for guard in wanted:
                listening = _listening(guard, asked[guard], line.label)
                stack.enter_context(patch.object(guard.owner, guard.name, listening))
            walk(world, [line], SOME)
    return asked


# Enough to reach every guard: whoever may, and a neighbour who may not.
SOME = ("trainee", "supervisor", "external", "registrar", "manager", "trainer", "editor")


def _listening(guard: Guard, heard: set[str], line: str) -> Any:
    original = guard.original

    def listening(*args: Any, **facts: Any) -> Any:
        heard.add(line)
        return original(*args, **facts)

    return listening


def noticed(world: World, guard: Guard, names: set[str]) -> list[str]:
    """What the matrix says of the house without this guard; stops at the first address."""
    with without(guard):
        for line in lines():
            if line.label in names:
                faults = walk(world, [line]).faults[line.label]
                if faults:
                    return [f"{line.label}: {fault}" for fault in faults]
    return []
