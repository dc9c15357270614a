"""The sign-in page, which strangers meet first: forms, policy and the frame of every page."""

from benchmarks.floors.bare_view import bare_view
from benchmarks.pages import ask, house

NAME = "sign-in page, a stranger"
BAR = None
QUERIES = 4


def prepare():
    """A bare page and the house."""
    return bare_view(), house()


def floor(state):
    """A bare page with two queries."""
    return ask(state[0], "/bare/?queries=2")


def ours(state):
    """The page as it is sent."""
    return ask(state[1], "/account/login/")
