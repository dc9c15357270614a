"""The matrix: every address x everybody x {the thing, what never existed} x GET and POST."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch

from tests.architecture.authorisation import payloads
from tests.architecture.authorisation.addresses import Address, addresses, mixed
from tests.architecture.authorisation.asking import DOOR, Answer, undone
from tests.architecture.authorisation.cast import (
    EVERYBODY,
    SIGNED,
    STRANGER,
    SUSPENDED,
    UNFACTORED,
)
from tests.architecture.authorisation.table import Line, lines
from tests.architecture.authorisation.things import World, built

METHODS = ("GET", "POST")
NO_HARM = (409, 413, 422)  # a sentence, and nothing was done
# Where nobody may, these are asked: a method that is not answered knows no persons.
ENOUGH = (STRANGER, SUSPENDED, UNFACTORED, "nobody", "trainee", "supervisor", "registrar", "editor")
# Whose answers are compared byte for byte with those about what never existed; everybody else who
# knows nothing of the thing must get the same status as they.
NEIGHBOURS = (
    *(STRANGER, UNFACTORED, "nobody", "colleague", "ex_supervisor", "other_supervisor"),
    *("other_external", "other_registrar", "other_manager", "other_trainer", "editor"),
)


@dataclass
class Walk:
    """What was wrong, and every page that somebody was shown."""

    faults: dict[str, list[str]] = field(default_factory=dict)
    pages: list[tuple[str, str, Answer]] = field(default_factory=list)
    asked: int = 0


@contextmanager
def world_of_one_walk() -> Iterator[World]:
    """A world that is gone afterwards."""
    logging.disable(logging.CRITICAL)
    try:
        with undone():
            yield built()
    finally:
        logging.disable(logging.NOTSET)


def walked(names: set[str]) -> Walk:
    """These lines were asked once."""
    with world_of_one_walk() as world:
        return walk(world, [line for line in lines() if line.label in names])


def walk(world: World, wanted: Iterable[Line], parts: Sequence[str] = EVERYBODY) -> Walk:
    """Every line was asked by everybody; what differs from the table is a fault."""
    known = {address.key: address for address in reversed(addresses())}
    found = Walk()
    for line in wanted:
        if line.name in known:
            try:
                faults = list(_ask(world, line, known[line.name], found, parts))
            except NoReverseMatch as unfit:
                faults = [f"things.py gives ids that do not fit: {unfit}"]
            found.faults[line.label] = faults
    return found


def _ask(
    world: World, line: Line, address: Address, found: Walk, parts: Sequence[str]
) -> Iterator[str]:
    nowhere = address.never()
    there = world.ids.get(line.thing, {}) if line.thing else nowhere
    if line.thing and line.thing not in world.ids:
        yield f"there is no {line.thing!r} in things.py"
        return
    for method in METHODS:
        for part in parts:
            if not line.may(method) and part not in ENOUGH:
                continue
            answer = _answer(world, line, part, method, address.path(there), found)
            never = None
            if line.thing and address.wanted and (part in NEIGHBOURS or part in line.may(method)):
                never = _answer(world, line, part, method, address.path(nowhere), found)
            for fault in _faults(line, part, method, answer, never):
                yield f"{method} as {part}: {fault}"
            if method == "GET" and answer.is_html:
                found.pages.append((part, address.path(there), answer))
        yield from _strays(world, line, address, there, method, found)


def _answer(world: World, line: Line, part: str, method: str, path: str, found: Walk) -> Answer:
    found.asked += 1
    verb, more = payloads.request(world, line.name, method)
    return world.knocker.ask(part, verb, path, **more)


def _faults(
    line: Line, part: str, method: str, answer: Answer, never: Answer | None
) -> Iterator[str]:
    """What this answer gives away or withholds against the table."""
    if answer.status >= 500 or (never and never.status >= 500):
        yield f"broke: {answer.said()}{f', never existed: {never.said()}' if never else ''}"
    if part == SUSPENDED:
        if (answer.status, answer.location.partition("?")[0]) != (302, DOOR):
            yield f"a closed account was answered {answer.said()}"
        return
    allowed = part in line.may(method)
    if allowed and answer.is_refusal:
        yield f"may, but was answered {answer.said()}"
    if not allowed and not answer.is_refusal and answer.status != 422:
        yield f"may not, but was answered {answer.said()}"
    if (
        never is not None
        and part in SIGNED
        and not never.is_refusal
        and never.status not in NO_HARM
    ):
        yield f"what never existed was answered {never.said()}"
    if allowed or not line.thing or part in _who_know_of(line):
        return
    if never is not None and answer.face != never.face:
        yield f"tells what exists: {answer.said()}, never existed: {never.said()}"
    if never is None and answer.status not in (404, 405):
        yield f"tells what exists: {answer.said()}"


def _who_know_of(line: Line) -> frozenset[str]:
    """Everybody who may see this thing at some address, so that a plain no tells them nothing."""
    found = line.knowing
    for other in lines():
        if line.thing and other.group == line.group:
            found |= other.get | other.post
    return found


def _strays(
    world: World, line: Line, address: Address, there: dict[str, Any], method: str, found: Walk
) -> Iterator[str]:
    """Ids that do not belong together find nothing and break nothing."""
    for ids in mixed(there) if line.thing else ():
        for part in sorted(line.may(method))[:2]:
            answer = _answer(world, line, part, method, address.path(ids), found)
            if not answer.is_refusal and answer.status not in (302, *NO_HARM):
                yield f"{method} as {part} with a stray id: {answer.said()}"


def unlisted() -> list[str]:
    """Addresses that no table names, each with the line to add."""
    named = {line.name for line in lines()}
    return [
        f"{address.key} (/{address.route}) is in no table: add a line "
        f"`{address.key} | thing | who may GET | who may POST` to the room's file in "
        "tests/architecture/authorisation/tables/"
        for address in addresses()
        if not address.is_editor and address.key not in named
    ]


def outdated() -> list[str]:
    """Lines whose address is gone."""
    known = {address.key for address in addresses()}
    return [
        f"tables/{line.room}.txt names {line.name}, which is no address any more: take the line out"
        for line in lines()
        if line.name not in known
    ]
