"""The page of a supervision hour: what was, what waits, what is said."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4, uuid5
from zlib import crc32

from django.db.models import Q
from django.utils import timezone

from accreditation.models import AgendaItem, EnrolledStage, HourNote, SupervisionSession
from accreditation.queries.evidence import Standing, standing_of
from accreditation.rules import Line, proposed_minutes
from accreditation.states import SESSION_STEPS, SessionState, SessionStep
from media_review.models import Recording
from media_review.queries.between import ClipBetween, clips_between
from media_review.queries.carried import CarriedPoint, open_points
from people.actor import Actor
from people.models import User


@dataclass(frozen=True, slots=True)
class Yes:
    """Who has said yes, to how many minutes, and whether it is this person's turn."""

    state: str
    mine: bool
    theirs: bool
    minutes: int
    may_agree: bool

    @property
    def is_ahead(self) -> bool:
        """Has nobody said yes yet?"""
        return self.state == SessionState.PLANNED


@dataclass(frozen=True, slots=True)
class Since:
    """What has been since the two last met."""

    session: SupervisionSession | None
    notes: tuple[HourNote, ...] = ()
    cycles: tuple[str, ...] = ()
    film_count: int = 0


@dataclass(frozen=True, slots=True)
class Now:
    """What changes while they talk."""

    session: SupervisionSession
    other: User
    yes: Yes
    agenda: tuple[AgendaItem, ...]
    mine: HourNote
    theirs: HourNote | None

    @property
    def fresh_id(self) -> UUID:
        """A name for the next point, so that sending it twice makes one."""
        return uuid4()

    @property
    def mark(self) -> str:
        """Other words whenever the page has to show something else (not what one types oneself)."""
        yes, theirs = self.yes, self.theirs
        points = [(str(point.pk), bool(point.done_at)) for point in self.agenda]
        minutes = 0 if yes.is_ahead else yes.minutes
        facts = (yes.state, yes.mine, yes.theirs, minutes, bool(self.session.begun_at), points)
        return f"{crc32(repr((facts, theirs and theirs.version)).encode()):08x}"


@dataclass(frozen=True, slots=True)
class Hour:
    """The whole page."""

    now: Now
    is_trainee: bool
    is_near: bool
    steps: frozenset[str]
    since: Since
    stage: EnrolledStage | None
    lines: tuple[Line, ...]
    points: tuple[CarriedPoint, ...]
    clips: tuple[ClipBetween, ...]
    here: ClipBetween | None


def now_of(session: SupervisionSession, actor: Actor) -> Now:
    """Agenda, notes and yeses as they stand, in two queries."""
    mine = actor.user_id == session.trainee_id
    notes = {
        note.author_id: note for note in HourNote.objects.visible_to(actor).filter(session=session)
    }
    other = session.supervisor if mine else session.trainee
    theirs = notes.get(other.pk)
    return Now(
        session=session,
        other=other,
        yes=_yes(session, mine),
        agenda=tuple(AgendaItem.objects.visible_to(actor).filter(session=session)),
        mine=notes.get(actor.user_id) or HourNote(session=session, author_id=actor.user_id),
        theirs=theirs if theirs and theirs.words else None,
    )


def hour_of(session: SupervisionSession, actor: Actor, clip: str = "") -> Hour:
    """Everything this person may read beside the hour, with one clip on the screen.

    A supervisor whose tie has ended keeps agenda and notes, and sees nothing newer.
    """
    is_trainee = actor.user_id == session.trainee_id
    is_near = is_trainee or session.trainee_id in actor.supervisee_ids
    stage = _stage(session.trainee_id) if is_near else None
    standing = standing_of(stage) if stage else None
    now = now_of(session, actor)
    clips = clips_between(actor, session.trainee_id, session.supervisor_id) if is_near else ()
    return Hour(
        now=now,
        is_trainee=is_trainee,
        is_near=is_near,
        steps=_steps(session),
        since=_since(session, actor, standing, is_near),
        stage=stage,
        lines=standing.readiness.lines if standing else (),
        points=_carried(now) if is_near else (),
        clips=clips,
        here=next((one for one in clips if str(one.id) == clip), None),
    )


def planned_for(actor: Actor) -> tuple[SupervisionSession, ...]:
    """The hours that lie ahead of this person, or were never agreed, the nearest first."""
    rows = SupervisionSession.objects.shared_by(actor).filter(state=SessionState.PLANNED)
    return tuple(rows.select_related("trainee", "supervisor").order_by("planned_for")[:20])


def _carried(now: Now) -> tuple[CarriedPoint, ...]:
    """The working points carried along that are not on this agenda yet."""
    there = {point.pk for point in now.agenda}
    carried = open_points(now.session.trainee_id)
    return tuple(one for one in carried if uuid5(now.session.pk, str(one.id)) not in there)


def _yes(session: SupervisionSession, is_trainee: bool) -> Yes:
    said = (session.trainee_confirmed_at, session.supervisor_confirmed_at)
    mine, theirs = (bool(each) for each in (said if is_trainee else reversed(said)))
    minutes = session.minutes
    if session.state == SessionState.PLANNED and session.planned_for:
        begun = session.begun_at
        elapsed = (timezone.now() - begun).total_seconds() / 60 if begun else None
        minutes = proposed_minutes(session.minutes, elapsed)
        may = bool(begun) or timezone.localdate(session.planned_for) <= timezone.localdate()
        return Yes(session.state, mine, theirs, minutes, may)
    return Yes(session.state, mine, theirs, minutes, session.state == SessionState.WAITING)


def _steps(session: SupervisionSession) -> frozenset[str]:
    state = SessionState(session.state)
    return frozenset(step.value for step in SessionStep if (state, step) in SESSION_STEPS)


def _stage(trainee_id: UUID) -> EnrolledStage | None:
    rows = EnrolledStage.objects.under_way().filter(
        enrolment__trainee_id=trainee_id, enrolment__ended_on=None
    )
    return rows.select_related("stage", "enrolment__pathway").order_by("-opened_on").first()


def _since(
    session: SupervisionSession, actor: Actor, standing: Standing | None, is_near: bool
) -> Since:
    together = Q(trainee=session.trainee_id, supervisor=session.supervisor_id)
    before = SupervisionSession.objects.live().filter(together).exclude(pk=session.pk)
    last = before.filter(held_on__lte=session.held_on).order_by("-held_on", "-logged_at").first()
    if last is None:
        return Since(None)
    notes = HourNote.objects.visible_to(actor).filter(session=last).exclude(words="")
    films = (
        Recording.objects.filter(owner=session.trainee_id, begun_at__date__gt=last.held_on).count()
        if is_near
        else 0
    )
    return Since(
        last,
        tuple(notes.select_related("author")),
        _cycles_after(last.held_on, standing),
        films,
    )


def _cycles_after(day: date, standing: Standing | None) -> tuple[str, ...]:
    if standing is None:
        return ()
    return tuple(
        f"{cycle.case_code}, cycle {cycle.number}"
        for cycle in standing.evidence.cycles
        if max(cycle.filmed_on or date.min, cycle.reviewed_on or date.min) > day
    )
