"""Working points are chosen at the end, carried along, celebrated or let go."""

import pytest
from django.core.exceptions import PermissionDenied

from media_review import services
from media_review.kinds import CommentKind
from media_review.models import Comment, WorkingPoint
from media_review.queries.carried import celebrated_points, open_points
from people.errors import RuleBroken
from tests.media_review import factories as make
from tests.people.factories import actor_of, person

pytestmark = pytest.mark.django_db


def answered_with_points(*words):
    row = make.submitted()
    make.drafted(row.submitted_clips.get())
    for each in words:
        make.drafted(row.submitted_clips.get(), words=each, kind=CommentKind.WORKING_POINT)
    return services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)


def close(row, **more):
    return services.close_with_reflection(
        actor=actor_of(row.trainee), submission_id=row.pk, reflection="I wait.", **more
    )


def test_chosen_points_are_carried_in_ones_own_words():
    row = answered_with_points("More of waiting before you speak", "naming what you see")
    waiting, naming = Comment.objects.filter(kind=CommentKind.WORKING_POINT).order_by("written_at")

    close(row, taken={waiting.pk: "more of counting to three"}, own_point="More of: looking up")

    carried = open_points(row.trainee_id)
    assert {(each.words, each.given_by) for each in carried} == {
        ("counting to three", row.supervisor.name),
        ("looking up", ""),
    }
    assert {each.submission_id for each in carried} == {row.pk}
    assert naming.words == "naming what you see"


def test_nothing_has_to_be_taken_along():
    row = answered_with_points("waiting")

    close(row)

    assert open_points(row.trainee_id) == ()


def test_only_working_points_of_this_conversation_can_be_taken():
    row = answered_with_points("waiting")
    strength = Comment.objects.get(kind=CommentKind.STRENGTH)

    with pytest.raises(RuleBroken, match="not there any more"):
        close(row, taken={strength.pk: "that"})

    row.refresh_from_db()
    assert (row.state, WorkingPoint.objects.count()) == ("answered", 0)


@pytest.mark.parametrize("words", ["  ", "More of …", "x" * 301])
def test_a_point_is_a_sentence_one_can_remember(words):
    row = answered_with_points("waiting")
    point = Comment.objects.get(kind=CommentKind.WORKING_POINT)

    with pytest.raises(RuleBroken):
        close(row, taken={point.pk: words})


@pytest.mark.parametrize("verb", ["celebrate_point", "let_point_go"])
def test_the_guider_alone_ends_a_point_and_twice_does_no_more(verb):
    row = answered_with_points()
    close(row, own_point="waiting")
    point = WorkingPoint.objects.get()
    end = getattr(services, verb)

    for stranger in (row.supervisor, person()):
        with pytest.raises(PermissionDenied):
            end(actor=actor_of(stranger), point_id=point.pk)
    end(actor=actor_of(row.trainee), point_id=point.pk)
    services.celebrate_point(actor=actor_of(row.trainee), point_id=point.pk)

    assert open_points(row.trainee_id) == ()
    celebrated = [each.words for each in celebrated_points(row.trainee_id)]
    assert celebrated == (["waiting"] if verb == "celebrate_point" else [])


def test_points_are_for_the_guider_and_todays_supervisor():
    row = answered_with_points()
    close(row, own_point="waiting")

    def seen(who):
        return WorkingPoint.objects.visible_to(actor_of(who)).count()

    assert [seen(row.trainee), seen(row.supervisor), seen(person())] == [1, 1, 0]


@pytest.mark.parametrize("count", [1, 3])
def test_carried_points_cost_one_query(count, django_assert_num_queries):
    row = answered_with_points(*(f"waiting {number}" for number in range(count)))
    points = Comment.objects.filter(kind=CommentKind.WORKING_POINT)
    close(row, taken={each.pk: each.words for each in points})

    with django_assert_num_queries(1):
        assert len(open_points(row.trainee_id)) == count
