"""The two services' own families: their numbers are modelled on published cohorts (domain.md)."""

from caselogs import services as caselogs
from caselogs.kinds import AgeBand, Ending, ReferralSource
from portal.demo.world.families import EARLY, Family, bring
from portal.demo.world.ground import World

PETERSIDE_GUIDERS = ("nadia", "bronwen", "kofi")
HARINGDALE_GUIDERS = ("siobhan", "yusuf", "mei", "oliver")
AGES = (AgeBand.UNDER_3_MONTHS, AgeBand.MONTHS_3_TO_5, AgeBand.MONTHS_6_TO_11, AgeBand.ONE_YEAR)
HUB_SOURCES = (ReferralSource.EARLY_HELP, ReferralSource.HEALTH_VISITOR, ReferralSource.SOCIAL_CARE)


def bring_families(world: World) -> None:
    """Peterside: over thirty families with the trainees’ own. Haringdale: seven in ten finish."""
    for number in range(25):
        source = (ReferralSource.PERINATAL_NURSE, ReferralSource.HEALTH_VISITOR)[number % 3 == 2]
        _bring(world, PETERSIDE_GUIDERS[number % 3], number, source, finishes=number % 6 != 5)
    for number in range(12):
        source = HUB_SOURCES[number % 3]
        _bring(world, HARINGDALE_GUIDERS[number % 4], number, source, finishes=number % 3 == 0)


def _bring(world: World, guider: str, number: int, source: str, *, finishes: bool) -> None:
    began = 345 - number * 12
    if finishes:
        fate = {"cycles": 3, "ending": Ending.COMPLETED}
    elif number % 4 in (1, 2):
        fate = {"cycles": 1, "ending": EARLY[number % 3], "why": "The family chose what fitted."}
    else:
        fate = {
            "cycles": 0,
            "ending": Ending.NOT_STARTED,
            "consent": False,
            "accepted": False,
            "why": "Not now, perhaps later.",
        }
    age = AGES[number % 4]
    family = Family(guider, began, source=source, age=age, every=12, **fate)
    bring(world, family, detailed=False)


def plan_time(world: World) -> None:
    """One protected day a week each at Peterside, planned and, mostly, used. Minutes."""
    for guider in (*PETERSIDE_GUIDERS, "maya", "priya", "tom"):
        actor = world.actor(guider)
        for week in range(10):
            used = (420, 360, 240, 420, 300)[(week + len(guider)) % 5]
            caselogs.log_time(
                actor=actor, minutes_planned=450, minutes_used=used, on=world.ago(2 + 7 * week)
            )
