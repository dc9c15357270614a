"""Who answers for a film, by which rule it is kept, and until when."""

from uuid import UUID

from caselogs.models import Case
from media_review import rules
from media_review.kinds import Custody
from media_review.models import Recording, SafeguardingHold
from media_review.queries import consents
from people.actor import Actor
from people.kinds import Capability
from people.models import Organisation, User
from people.queries import supervisors_of, who_can


def managers_of(organisation_id: UUID | None) -> list[UUID]:
    """Whoever answers for the films of this service today; nobody for a film of no service."""
    if organisation_id is None:
        return []
    found = who_can(Capability.SEE_HOLDINGS, organisation_id)
    return list(found.values_list("pk", flat=True))


def readers_of(row: Recording) -> list[UUID]:
    """Who is told what becomes of this film; needs with_clock and its case. Perhaps nobody.

    Its guider; once they have left, the service's managers; where it has none, whoever made the
    film, if they can still sign in.
    """
    able = User.objects.filter(pk=row.owner_id, is_active=True, suspended_at=None)
    owner = list(able.values_list("pk", flat=True))
    if row.left_on is None and owner:
        return owner
    return managers_of(row.case.organisation_id) or owner


def keepers() -> list[UUID]:
    """Whoever keeps the house running: the last who can be told, when nobody else is left."""
    return list(who_can(Capability.KEEP_HOUSE).values_list("pk", flat=True))


def hold_of(case: Case) -> SafeguardingHold | None:
    """The safeguarding hold that binds a film of this case longest; None where none does."""
    holds = SafeguardingHold.objects.binding().filter(recording__case=case)
    return holds.order_by("-until").first()


def outside_of(case: Case) -> int:
    """How many films of this case were never in Attune, and so cannot be destroyed by it."""
    return Recording.objects.filter(case=case).exclude(custody=Custody.PLATFORM).count()


def places_of(actor: Actor) -> list[Organisation]:
    """The services whose films this person answers for."""
    mine = actor.organisations_where(Capability.SEE_HOLDINGS)
    return list(Organisation.objects.filter(pk__in=mine)) if mine else []


def second_people(recording: Recording) -> list[UUID]:
    """Those who can confirm a hold on this film: its guider, and who stands near to it."""
    place = recording.case.organisation_id
    near = supervisors_of(recording.owner_id)
    if place:
        near = near.filter(pk__in=who_can(Capability.HOLD_FILM, place).values("pk"))
    found = [recording.owner_id, *near.values_list("pk", flat=True), *managers_of(place)]
    return list(dict.fromkeys(found))


def rule_of(row: Recording) -> str:
    """Why this film is kept until its day, in words; needs with_clock and its case."""
    return rules.clock_words(
        consents.day(row.case.closed_on) if row.case.closed_on else "",
        consents.day(row.left_on) if row.left_on else "",
        row.kept_days,
        row.term_days is not None and row.term_days <= row.policy_days,
    )
