"""What every page of the house pays before it begins: the same bare page behind our middleware."""

from django.conf import settings

from benchmarks.floors.bare_view import BareHandler, bare_view
from benchmarks.pages import ask, person, session_of

NAME = "the house's middleware"
BAR = None


def prepare():
    """The bare page twice, and somebody signed in."""
    cookie = session_of(person("bench@example.org"))
    return bare_view(), BareHandler(settings.MIDDLEWARE), cookie


def floor(state):
    """Session, person, two queries."""
    bare, _, cookie = state
    return ask(bare, "/bare/?queries=2", cookie=cookie)


def ours(state):
    """The same behind everything that the house puts in front of a page."""
    _, housed, cookie = state
    return ask(housed, "/bare/?queries=2", cookie=cookie)
