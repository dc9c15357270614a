"""Where a person can go: a short list that follows from what they can do."""

from dataclasses import dataclass

from django.urls import reverse

from people.actor import Actor
from people.kinds import Capability as C


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Door:
    """One place, and which capability leads there (none: everybody signed in)."""

    label: str
    name: str
    prefixes: tuple[str, ...]
    icon: str
    wanted: C | None = None
    unless: C | None = None

    def reach(self, path: str) -> int:
        """How much of this address the door explains; 0 for a page that lies elsewhere."""
        return max((len(each) for each in self.prefixes if path.startswith(each)), default=0)


HELD = ("/practice/sessions/", "/practice/desk/", "/submissions/")
DOORS: tuple[Door, ...] = (
    Door("Your road", "portal:front", ("/road/", "/practice/enrolments/"), "road", C.LOG_CASES),
    Door("Today", "portal:front", ("/road/",), "home", unless=C.LOG_CASES),
    Door("Cases", "caselogs:case-list", ("/cases/",), "cases", C.LOG_CASES),
    Door("Films", "media_review:recording-list", ("/films/",), "film", C.SEND_FILM),
    Door("Course", "learning:course", ("/course/",), "course", C.TAKE_COURSE),
    Door("Supervision", "accreditation:desk", HELD, "supervision", C.SUPERVISE),
    Door(
        "Supervision", "accreditation:session-list", HELD, "supervision", C.LOG_CASES, C.SUPERVISE
    ),
    Door("Cohorts", "learning:cohort-list", ("/learning/cohorts/",), "people", C.RUN_COHORT),
    Door(
        "Desk",
        "accreditation:body-desk",
        ("/practice/body/", "/practice/pathways/"),
        "desk",
        C.ARRANGE_MEETINGS,
    ),
    Door("House", "portal:health", ("/house/",), "desk", C.KEEP_HOUSE),
    Door(
        "Kept films",
        "media_review:kept",
        ("/films/kept/", "/films/receipts/"),
        "lock",
        C.SEE_HOLDINGS,
    ),
    Door(
        "Numbers",
        "caselogs:service-numbers",
        ("/cases/numbers/",),
        "numbers",
        C.SEE_SERVICE_NUMBERS,
    ),
)


def places(actor: Actor, path: str) -> tuple[Place, ...]:
    """The places this person has something to do in; none for a stranger."""
    if not actor.is_signed_in:
        return ()
    doors = [
        door
        for door in DOORS
        if (door.wanted is None or actor.can(door.wanted))
        and not (door.unless and actor.can(door.unless))
    ]
    nearest = max((door.reach(path) for door in doors), default=0)
    return tuple(
        Place(door.label, reverse(door.name), door.icon, 0 < nearest == door.reach(path))
        for door in doors
    )
