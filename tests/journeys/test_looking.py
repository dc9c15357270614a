"""From a film to the hour: moments, clips, storyboard, review, answer, both confirm."""

from uuid import uuid4

import pytest

from tests.journeys import answering, looking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("world")]


def test_from_a_film_to_the_hour(walker):
    trainee, supervisor = walker("maya"), walker("ruth")
    mark = uuid4().hex[:4]
    titles = [f"{words} {mark}" for words in ("He looks up", "She waits", "A turn each")]
    film = looking.open_a_film(trainee)
    looking.mark_by_keys(trainee)
    looking.make_clips(trainee, *titles)
    board = looking.put_in_order(trainee, film, *titles)
    looking.review_together(trainee, board)
    point = f"little pauses {mark}"
    thread = answering.ask(trainee, film, "Where do I wait long enough?")
    answering.answer_aloud(supervisor, thread, point)
    answering.hear_and_reflect(trainee, thread, point, f"I can wait. {mark}")
    hour = answering.plan_an_hour(trainee)
    answering.meet(trainee, supervisor, hour, point)


def test_moments_are_marked_with_a_thumb(walker):
    trainee = walker("maya", phone=True)
    looking.open_a_film(trainee)

    looking.mark_by_touch(trainee)
