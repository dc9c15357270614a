"""Every address of the house that hands out film, sound, pictures or words as a file, and everybody
who must get nothing there: what they are answered is what they are answered about what never was.

The addresses are found, not listed: by the ending of their route, or because their view streams.
One that this file has not heard of fails it.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from django.urls import resolve
from django.utils import timezone

from caselogs.models import Consent, ConsentScope
from media_review import services
from people.models import Group, GroupMember, RoleGrant, SupervisionTie, User
from tests.architecture.authorisation.addresses import Address, addresses
from tests.architecture.authorisation.asking import Answer, undone
from tests.architecture.authorisation.cast import STRANGER
from tests.architecture.authorisation.matrix import world_of_one_walk
from tests.architecture.authorisation.things import World
from tests.architecture.sources import complain

pytestmark = [pytest.mark.django_db, pytest.mark.walk, pytest.mark.xdist_group("pictures")]
CANARY = b"what a film holds"  # in every sealed part of the world that is asked for
ENDINGS = re.compile(r"\.(mp4|m4a|mp3|wav|webm|ogg|jpe?g|png|webp|gif|json|csv|vtt|eaf|zip|bin)$")
STREAMS = {"streaming", "_answer", "_heard", "artefact_for", "pack_of"}
TELLING = {"Date", "Expires", "Content-Length"}  # the length is compared with the body

# Address -> the things that are asked for there. The family's own door is walked with link and code
# in test_keepsake_pages.py; here it is asked by everybody who has neither.
OF_A_FAMILY: dict[str, tuple[str, ...]] = {
    "media_review:recording-film": ("recording",),
    "media_review:recording-poster": ("recording",),
    "media_review:recording-sprite": ("recording",),
    "media_review:recording-peaks": ("recording",),
    "media_review:recording-watched": ("recording",),
    "media_review:recording-words-csv": ("recording",),
    "media_review:recording-words-vtt": ("recording",),
    "media_review:recording-words-eaf": ("recording",),
    "media_review:clip-film": ("clip", "shared_clip"),
    "media_review:clip-poster": ("clip", "shared_clip"),
    "media_review:clip-sprite": ("clip", "shared_clip"),
    "media_review:clip-peaks": ("clip", "shared_clip"),
    "media_review:clip-watched": ("clip", "shared_clip"),
    "media_review:still-picture": ("still",),
    "media_review:note-film": ("note",),
    "media_review:note-peaks": ("note",),
    "media_review:submission-words": ("submission", "shared"),
    "media_review:preparation": ("preparation",),
    "media_review:review-prepare": ("board",),
    "media_review:keepsake-film": ("keepsake",),
    "media_review:keepsake-poster": ("keepsake",),
    "media_review:keepsake-save": ("keepsake",),
    "media_review:family": ("handed",),
    "media_review:family-film": ("handed",),
    "media_review:family-poster": ("handed",),
}
# Found too, and no picture of any family: each with its reason.
OF_NOBODY = {
    "learning:part-film": "a teaching film, behind the course's own rule",
    "media_review:kept-export": "the records of a service's films, never a film (its table line)",
}
POSTED = {
    "media_review:keepsake-save",
    "media_review:review-prepare",
    "media_review:recording-watched",
    "media_review:clip-watched",
}


@cache
def every() -> dict[str, Address]:
    """Every address of the house by its key."""
    return {address.key: address for address in addresses()}


def found() -> dict[str, Address]:
    """Every address that hands out a file or a stream."""
    return {
        address.key: address
        for address in every().values()
        if not address.is_editor and (ENDINGS.search(address.route) or _streams(address))
    }


def _streams(address: Address) -> bool:
    """Does its view, or what that calls in its own module, hand film to the browser?"""
    if not address.name or not address.route.startswith(PLACES):
        return False
    view = inspect.unwrap(resolve(address.path()).func)
    return bool(_names(view) & STREAMS)


PLACES = ("films/", "boards/", "submissions/", "keepsake/", "reviews/", "learning/", "looks/")


def _names(view: Any) -> set[str]:
    code = getattr(view, "__code__", None)
    return set(code.co_names) | set(code.co_freevars) if code else set()


@pytest.fixture(autouse=True)
def _store() -> None:
    """One store for the whole file, as there is one world; not one a test."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world of the matrix, with a family's film that was handed over; gone after this file."""
    with django_db_blocker.unblock(), world_of_one_walk() as built:
        row = built.rows["keepsake"]
        given = services.hand_over(
            actor=built.actor("trainee"), keepsake_id=row.pk, link_id=uuid4(), days=14
        )
        built.keep("handed", given.link, token=given.token)
        yield built


def test_every_address_that_hands_out_film_is_known_here():
    unknown = found().keys() - OF_A_FAMILY.keys() - OF_NOBODY.keys()
    gone = OF_A_FAMILY.keys() - every().keys()

    assert not unknown, complain("Addresses of film that this file has not heard of:", unknown)
    assert not gone, complain("Addresses that are gone:", gone)


def asked(world: World, part: str, key: str, ids: dict[str, Any] | None) -> Answer:
    """What this person is answered there."""
    method, address = "POST" if key in POSTED else "GET", every()[key]
    more: dict[str, Any] = {"form": {"preparation_id": uuid4(), "played": "0-900"}}
    return world.knocker.ask(part, method, address.path(ids), **(more if key in POSTED else {}))


def face(answer: Answer) -> tuple[Any, ...]:
    """What can be told apart: status, target, words, their length, and every header."""
    status, where, body = answer.face
    headers = {name: word for name, word in answer.headers.items() if name not in TELLING}
    headers.pop("Location", None)
    return status, where, body, len(body), headers


@dataclass(frozen=True)
class Scene:
    """Somebody who must get nothing, and what has happened before they ask."""

    name: str
    part: str
    happened: Callable[[World], None] = lambda world: None
    things: tuple[str, ...] = ()  # all of them, unless named
    knows: bool = False  # they may know that it is there, and read why it is closed


def _yesterday() -> Any:
    return timezone.localdate() - timedelta(days=1)


def _tomorrow() -> Any:
    return timezone.localdate() + timedelta(days=1)


def tie_ended(world: World) -> None:
    SupervisionTie.objects.filter(supervisor=world.cast["supervisor"]).update(until=_yesterday())


def role_ended(part: str) -> Callable[[World], None]:
    def happened(world: World) -> None:
        RoleGrant.objects.filter(user=world.cast[part]).update(until=_yesterday())

    return happened


def group_not_begun(world: World) -> None:
    Group.objects.update(since=_tomorrow())


def group_over(world: World) -> None:
    Group.objects.update(since=_yesterday() - timedelta(days=9), until=_yesterday())


def membership_not_begun(world: World) -> None:
    GroupMember.objects.filter(user=world.cast["colleague"]).update(since=_tomorrow())


def membership_over(world: World) -> None:
    mine = GroupMember.objects.filter(user=world.cast["colleague"])
    mine.update(since=_yesterday() - timedelta(days=9), until=_yesterday())


def trainee_left_the_group(world: World) -> None:
    his = GroupMember.objects.filter(user=world.cast["trainee"])
    his.update(since=_yesterday() - timedelta(days=9), until=_yesterday())


def without(scope: str) -> Callable[[World], None]:
    def happened(world: World) -> None:
        ConsentScope.objects.filter(scope=scope).update(granted=False)

    return happened


def withdrawn(world: World) -> None:
    Consent.objects.update(withdrawn_at=timezone.now())


def suspended(part: str) -> Callable[[World], None]:
    def happened(world: World) -> None:
        User.objects.filter(pk=world.cast[part].pk).update(suspended_at=timezone.now())

    return happened


NOT_SHARED = tuple(
    {thing for things in OF_A_FAMILY.values() for thing in things} - {"shared", "shared_clip"}
)
SHARED = ("shared", "shared_clip")
SENT = ("clip", "note", "submission")
SCENES = [
    Scene("nobody signed in", STRANGER),
    Scene("a peer of the same service", "colleague", things=NOT_SHARED),
    Scene("a peer of another service", "other_trainee"),
    Scene("an ex-supervisor", "ex_supervisor"),
    Scene("the supervisor whose tie ended", "supervisor", tie_ended),
    Scene("the supervisor whose role ended", "supervisor", role_ended("supervisor"), knows=True),
    Scene("a supervisor of another service", "other_supervisor", things=NOT_SHARED),
    Scene("an external nobody showed anything", "other_external", things=NOT_SHARED),
    Scene("a body's officer", "officer"),
    Scene("a body's registrar", "registrar"),
    Scene("an officer of another body", "other_officer"),
    Scene("the service's manager", "manager"),
    Scene("a trainer", "trainer"),
    Scene("an editor", "editor"),
    Scene("somebody without a role", "nobody"),
    Scene("a group before it begins", "colleague", group_not_begun),
    Scene("a group after it has ended", "colleague", group_over),
    Scene("a member before they belong", "colleague", membership_not_begun),
    Scene("a member who has left", "colleague", membership_over),
    Scene("a group its trainee has left", "colleague", trainee_left_the_group),
    Scene("supervision not agreed", "supervisor", without("supervision"), SENT, knows=True),
    Scene("accreditation not agreed", "external", without("accreditation"), ("clip",), knows=True),
    Scene("intervision not agreed", "colleague", without("intervision"), SHARED, knows=True),
    Scene(
        "a copy not agreed", "trainee", without("family_copy"), ("keepsake", "handed"), knows=True
    ),
    *(
        Scene(f"withdrawn: {part}", part, withdrawn, knows=True)
        for part in ("trainee", "supervisor", "external", "colleague")
    ),
    *(Scene(f"suspended: {part}", part, suspended(part)) for part in ("trainee", "supervisor")),
    Scene("suspended before", "suspended"),
]
DOOR_OF_A_FAMILY = "media_review:family"
WORDS = ("media_review:submission-words", "media_review:recording-words")


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_nothing_is_seen_there(world, scene):
    faults: list[str] = []
    with undone():
        scene.happened(world)
        never = {} if scene.knows else _never(world, scene.part)
        for key, things in OF_A_FAMILY.items():
            for thing in things:
                if not scene.things or thing in scene.things:
                    faults += _faults(world, scene, key, thing, never)

    assert not faults, complain(f"What {scene.name} can see:", faults)


def _never(world: World, part: str) -> dict[str, tuple[Any, ...]]:
    """What this person is answered about what never was, once a kind of address."""
    first = {_kind(key): key for key in reversed(OF_A_FAMILY)}
    return {kind: face(asked(world, part, key, None)) for kind, key in first.items()}


def _kind(key: str) -> str:
    """The plain no knows no film: it differs by method and by where in the house one is."""
    if key == DOOR_OF_A_FAMILY:
        return key
    return f"{'POST' if key in POSTED else 'GET'} {every()[key].route.partition('/')[0]}"


def _faults(
    world: World, scene: Scene, key: str, thing: str, never: dict[str, tuple[Any, ...]]
) -> Iterator[str]:
    answer = asked(world, scene.part, key, world.ids[thing])
    if CANARY in answer.body:
        yield f"{key} of {thing}: bytes of a film ({answer.said()})"
    if not scene.knows:
        if answer.status < 300 and key != DOOR_OF_A_FAMILY:
            yield f"{key} of {thing}: answered {answer.said()}"
        if face(answer) != never[_kind(key)]:
            yield f"{key} of {thing}: {answer.said()}, not what is said of what never was"
    elif key.startswith(WORDS) or key == DOOR_OF_A_FAMILY:
        return  # what one wrote oneself stays one's own; and a door that is the same for everybody
    elif answer.status not in (403, 404, 409, 410) and b'"open": false' not in answer.body:
        yield f"{key} of {thing}: answered {answer.said()}"


SEEN_BY_THE_GUIDER = [
    key for key in OF_A_FAMILY if key not in POSTED and not key.startswith(DOOR_OF_A_FAMILY)
]


@pytest.mark.parametrize("key", SEEN_BY_THE_GUIDER)
def test_whoever_may_sees_it(world, key):
    """The other side: these addresses do hand something out, so the silence above means much."""
    for thing in OF_A_FAMILY[key]:
        answer = asked(world, "trainee", key, world.ids[thing])
        is_film = not key.startswith((*WORDS, "media_review:preparation"))
        assert (answer.status, CANARY in answer.body) == (200, is_film), f"{key} of {thing}"
