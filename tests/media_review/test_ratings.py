"""A scale, looked at by two: side by side, shared when it is time, never added up."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from attunement import queries as words
from attunement import services as wording
from attunement.models import Scale
from attunement.words import EXAMPLE_SCALE
from ledger.models import Line
from media_review import services
from media_review.models import Rating
from media_review.queries.ratings import rated_of, scale_of
from people.errors import RuleBroken
from people.kinds import Role
from tests.media_review import factories as make
from tests.media_review.test_groups import peer_of
from tests.people.factories import actor_of, body, person, signed_in

pytestmark = pytest.mark.django_db


def chosen(row, who, at=0, said=""):
    """The first item with this step, by the trainee or the supervisor."""
    scale = scale_of(row)
    item, step = scale.items.all()[0], scale.steps.all()[at]
    return services.rate(
        actor=actor_of(getattr(row, who)),
        submission_id=row.pk,
        scale_id=scale.pk,
        steps={item.pk: (step.pk, said)},
    )


def labels(row, who):
    rated = rated_of(row, actor_of(getattr(row, who)))
    return [
        (each.trainee and each.trainee.label, each.supervisor and each.supervisor.label)
        for each in rated.items
    ]


def test_the_example_is_labelled_and_published():
    scale = Scale.objects.get()

    assert (scale.name, scale.body, scale.version) == (EXAMPLE_SCALE, None, 1)
    assert scale.name.startswith("Example scale: replace")
    assert scale.published_at


def test_each_reads_the_other_side_when_it_is_time():
    row = make.opened()
    one, two = (step.label for step in scale_of(row).steps.all()[:2])
    chosen(row, "trainee")
    chosen(row, "supervisor", at=1)

    assert labels(row, "supervisor") == [(one, two)]
    assert labels(row, "trainee") == [(one, None)]
    make.drafted(row.submitted_clips.first())
    row = services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)
    assert labels(row, "trainee") == [(one, two)]


def test_chosen_twice_is_one_row_and_left_out_is_none():
    row = make.submitted()
    chosen(row, "trainee")
    chosen(row, "trainee", at=2, said="On Monday I did.")
    assert [(each.step.value, each.words) for each in Rating.objects.all()] == [
        (3, "On Monday I did.")
    ]

    services.rate(
        actor=actor_of(row.trainee), submission_id=row.pk, scale_id=scale_of(row).pk, steps={}
    )

    assert not Rating.objects.exists()
    lines = Line.objects.filter(verb="media_review.rated")
    assert all("value" not in str(line.facts) for line in lines)


def test_nobody_else_rates_and_nobody_after_the_end():
    shared, row = make.shared(), make.closed()

    for who, submission in (
        (person(Role.SUPERVISOR), row),
        (row.trainee, row),
        (peer_of(shared), shared),
        (shared.trainee, shared),
    ):
        with pytest.raises(PermissionDenied):
            services.rate(
                actor=actor_of(who),
                submission_id=submission.pk,
                scale_id=Scale.objects.get().pk,
                steps={},
            )


def test_one_scale_a_submission_and_its_version_stays():
    row, place = make.submitted(), body()
    chosen(row, "trainee")
    before = scale_of(row)
    editor = actor_of(person(Role.EDITOR, place))
    draft = wording.new_scale(actor=editor, scale_id=before.pk, body_id=place.pk)
    wording.publish_scale(actor=editor, scale_id=draft.pk)
    wording.follow(user_id=row.trainee_id, body_id=place.pk)

    assert words.scale_for(row.trainee_id) == draft
    assert scale_of(row) == before
    with pytest.raises(RuleBroken, match="another scale"):
        services.rate(
            actor=actor_of(row.supervisor), submission_id=row.pk, scale_id=draft.pk, steps={}
        )


def test_the_database_keeps_one_step_an_item():
    row = make.submitted()
    (rating,) = chosen(row, "trainee")
    rating.pk, rating._state.adding = None, True

    with pytest.raises(IntegrityError), transaction.atomic():
        rating.save()


def test_the_page_of_a_scale():
    row = make.submitted()
    browser = signed_in(row.trainee)
    at = reverse("media_review:submission-rate", args=[row.pk])
    scale = scale_of(row)
    item, step = scale.items.all()[0], scale.steps.all()[1]

    page = browser.get(at).content.decode()
    wrong = browser.post(at, {f"step_{item.pk}": "7", f"words_{item.pk}": "Kept as typed."})
    browser.post(at, {f"step_{item.pk}": step.pk, f"words_{item.pk}": "Twice this week."})

    assert EXAMPLE_SCALE in page
    assert wrong.status_code == 422
    assert "Kept as typed." in wrong.content.decode()
    read = browser.get(row.get_absolute_url()).content.decode()
    assert f"{step.label}. Twice this week." in read
    assert "left open, or not shared yet" in read
