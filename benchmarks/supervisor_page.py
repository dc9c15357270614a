"""The supervisor's desk with 3, 30 and 300 trainees, eight counts each."""

from benchmarks import roster
from benchmarks.floors.bare_view import bare_view
from benchmarks.pages import ask, house, session_of

NAME = "supervisor page, trainees"
BAR = None
QUERIES = 12
SIZES = (3, 30, 300)


def prepare(size):
    """A bare page, the house, and a supervisor with so many trainees."""
    supervisor = roster.plant(size)
    return bare_view(), house(), session_of(supervisor), size * roster.REQUIREMENTS


def floor(state):
    """A bare signed-in page with three queries and a row for each count."""
    return ask(state[0], f"/bare/?queries=3&rows={state[3]}", cookie=state[2])


def ours(state):
    """The desk as it is sent."""
    return ask(state[1], "/practice/desk/", cookie=state[2])
