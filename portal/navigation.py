"""Where a person can go: a short list that follows from what they can do."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from people.actor import Actor
from people.kinds import Capability as C

PLACES: tuple[tuple[str, str, str, str, tuple[C, ...]], ...] = (
    ("Your road", "portal:front", "/road/", "road", ()),
    ("Cases", "caselogs:case-list", "/cases/", "cases", (C.LOG_CASES,)),
    ("Films", "media_review:recording-list", "/films/", "films", (C.SEND_FILM,)),
    ("Course", "learning:course", "/course/", "course", (C.TAKE_COURSE,)),
    ("Supervision", "accreditation:desk", "/practice/desk/", "supervision", (C.SUPERVISE,)),
    ("Cohorts", "learning:cohort-list", "/learning/cohorts/", "course", (C.RUN_COHORT,)),
    (
        "Body’s desk",
        "accreditation:body-desk",
        "/practice/body/",
        "register",
        (C.ARRANGE_MEETINGS,),
    ),
    ("Numbers", "caselogs:service-numbers", "/cases/numbers/", "numbers", (C.SEE_SERVICE_NUMBERS,)),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    is_here: bool


def places(actor: Actor, path: str) -> tuple[Place, ...]:
    """The places this person has something to do in; none for a stranger."""
    if not actor.is_signed_in:
        return ()
    found = []
    for label, name, prefix, icon, wanted in PLACES:
        if wanted and not actor.can_any(wanted):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append(Place(label, url, icon, path.startswith(prefix)))
    return tuple(found)
