"""The supervisor's desk with 3, 30 and 300 trainees, eight counts each."""

from accreditation.models import EnrolledStage, SupervisionSession
from benchmarks import roster
from benchmarks.floors.bare_view import bare_view
from benchmarks.pages import ask, house, session_of
from caselogs.models import Cycle

NAME = "supervisor page, trainees"
BAR = 2.0
QUERIES = 12
SIZES = (3, 30, 300)
STAGE = ("pk", "stage_id", "state", "opened_on", "enrolment_id", "enrolment__trainee__name")
CYCLE = ("pk", "case__guider_id", "case_id", "case__code", "number", "filmed_on", "reviewed_on")
SESSION = ("pk", "trainee_id", "held_on", "minutes", "kind", "grouping", "state")


def prepare(size):
    """A bare page, the house, and a supervisor with so many trainees."""
    supervisor = roster.plant(size)
    counts = size * roster.REQUIREMENTS
    return bare_view(), house(), session_of(supervisor), counts, supervisor


def floor(state):
    """A bare signed-in page with a row for each count, after three queries for the same rows."""
    application, _, cookie, counts, supervisor = state
    mine = supervisor.supervisee_ties.values("supervisee_id")
    for rows in (
        EnrolledStage.objects.filter(enrolment__trainee__in=mine).values_list(*STAGE),
        Cycle.objects.filter(case__guider__in=mine).values_list(*CYCLE),
        SupervisionSession.objects.filter(trainee__in=mine).values_list(*SESSION),
    ):
        list(rows)
    return ask(application, f"/bare/?queries=0&rows={counts}", cookie=cookie)


def ours(state):
    """The desk as it is sent."""
    return ask(state[1], "/practice/desk/", cookie=state[2])
