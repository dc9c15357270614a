"""The families of the demo, as their guiders logged them: codes, goals, cycles, endings."""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from caselogs import services as caselogs
from caselogs.kinds import AgeBand, ClientType, Ending, ReferralSource, Scope
from caselogs.models import Case
from portal.demo.world.ground import World

USUAL = (
    Scope.FILMING,
    Scope.SUPERVISION,
    Scope.ACCREDITATION,
    Scope.DISCLOSURE,
    Scope.FAMILY_COPY,
)
QUESTIONS = (
    "How can I tell what she is asking for before she cries?",
    "How do I get him to look at me?",
    "What do I already do that calms her?",
    "How can feeding feel less like a battle?",
    "Does he know that I am his mum?",
    "How can I play when I feel so tired?",
)
GOALS = ("To enjoy one feed a day", "To notice when he starts something", "To feel less rushed")
ACTIVITIES = (
    "Play on the mat",
    "Lunch in the high chair",
    "A feed on the sofa",
    "Bath time",
    "Getting dressed",
    "Looking at a book",
)
WENT_WELL = (
    "She waited, and he started.",
    "They took four turns in a row.",
    "She named what he was looking at.",
    "He looked away, she gave him time, he came back.",
    "She noticed his smile before I did.",
)
NEXT_TIME = (
    "Film a little closer, and sit lower.",
    "Ask what she saw before I say anything.",
    "Stay with the second clip for longer.",
)
_dice = random.Random(7)  # noqa: S311 - a demo that is the same every time
_codes: defaultdict[str, count] = defaultdict(lambda: count(1))


@dataclass(frozen=True, slots=True)
class Family:
    """One family: when it began (days ago), how many cycles, and how it goes on or ended."""

    guider: str
    began: int
    cycles: int
    every: int = 12
    code: str = ""
    source: str = ReferralSource.HEALTH_VISITOR
    age: str = AgeBand.MONTHS_3_TO_5
    client: str = ClientType.PARENT
    ending: str = ""
    why: str = ""
    consent: bool = True
    accepted: bool = True


def bring(world: World, family: Family, *, detailed: bool = True) -> Case:
    """The family's whole story is in the log, told by its guider through the services."""
    actor = world.actor(family.guider)
    case = caselogs.open_case(
        actor=actor,
        code=family.code or f"{family.guider[0].upper()}{next(_codes[family.guider])}",
        client_type=family.client,
        age_band=family.age,
        referral_source=family.source,
        referred_on=world.ago(family.began + 9),
    )
    caselogs.approach(actor=actor, case_id=case.pk, on=world.ago(family.began + 6))
    if family.accepted:
        caselogs.accept(actor=actor, case_id=case.pk, on=world.ago(family.began + 2))
    if family.consent:
        _practise(world, family, case, detailed)
    if family.ending:
        last = family.began - family.every * max(family.cycles, 1) - 4
        caselogs.close(
            actor=actor,
            case_id=case.pk,
            ending=family.ending,
            why=family.why,
            on=world.ago(max(last, 0)),
        )
    return case


def _practise(world: World, family: Family, case: Case, detailed: bool) -> None:
    actor = world.actor(family.guider)
    caselogs.record_consent(
        actor=actor,
        case_id=case.pk,
        scopes=USUAL,
        covered="the parent and the baby",
        given_on=world.ago(family.began),
        evidence="the service’s own record",
    )
    if detailed:
        _hopes(world, family, case)
    for number in range(1, family.cycles + 1):
        filmed = world.ago(family.began) + timedelta(days=1 + family.every * (number - 1))
        caselogs.log_cycle(
            actor=actor,
            case_id=case.pk,
            filmed_on=filmed,
            reviewed_on=min(filmed + timedelta(days=7), world.today),
            activity=_dice.choice(ACTIVITIES),
            what_went_well=_dice.choice(WENT_WELL),
            next_time=_dice.choice(NEXT_TIME),
        )


def _hopes(world: World, family: Family, case: Case) -> None:
    actor = world.actor(family.guider)
    goal = caselogs.set_goal(
        actor=actor,
        case_id=case.pk,
        words=_dice.choice(QUESTIONS),
        is_helping_question=True,
        set_on=world.ago(family.began),
    )
    other = caselogs.set_goal(
        actor=actor, case_id=case.pk, words=_dice.choice(GOALS), set_on=world.ago(family.began)
    )
    for each in (goal, other):
        score = _dice.randint(2, 4)
        caselogs.rate_goal(
            actor=actor,
            goal_id=each.pk,
            now_score=score,
            hoped_score=8,
            rated_on=world.ago(family.began),
        )
        if family.cycles > 1:
            later = world.ago(max(family.began - family.every * family.cycles, 0))
            caselogs.rate_goal(
                actor=actor, goal_id=each.pk, now_score=score + 3, hoped_score=8, rated_on=later
            )


EARLY = (Ending.FAMILY_STOPPED, Ending.MOVED, Ending.OTHER_HELP)
