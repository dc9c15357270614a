"""What a person does is kept, once, and no edit takes it away."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from footage.models import Film
from learning import queries, rules, services
from learning.models import (
    Attendance,
    CheckAnswer,
    CohortMember,
    CourseFinished,
    CoursePage,
    LessonFinished,
    LessonPage,
    Progress,
    ReflectionNote,
)
from ledger.models import Line
from people.errors import RuleBroken
from people.kinds import Role
from tests.learning.factories import (
    check,
    cohort,
    course,
    film,
    home,
    lesson,
    lessons_of,
    read,
    reflection,
    republished,
    text,
    trainer,
)
from tests.people.factories import actor_of, organisation, person

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Line.objects.filter(verb__startswith="learning.").values_list("verb", flat=True))


def test_a_tick_is_kept_once():
    page, user = lesson([text(), text()]), person()
    block_id = page.body[0].id

    for _ in range(3):
        services.tick(actor=actor_of(user), lesson_id=page.pk, block_id=block_id)

    rows = Progress.objects.values_list("user_id", "lesson_key", "block_id")
    assert [tuple(map(str, row)) for row in rows] == [
        (str(user.pk), str(page.translation_key), block_id)
    ]
    assert verbs() == []


def test_the_last_part_finishes_the_lesson_and_the_course():
    top, user = course(lessons=2, parts=2), person()
    first, second = lessons_of(top)

    read(user, first)
    read(user, first)
    read(user, second)

    assert LessonFinished.objects.filter(user=user).count() == 2
    whole = CourseFinished.objects.get(user=user)
    assert whole.course_key == top.translation_key
    assert whole.lesson_keys == [str(first.translation_key), str(second.translation_key)]
    assert verbs() == [
        "learning.lesson_finished",
        "learning.lesson_finished",
        "learning.course_finished",
    ]


def test_publishing_an_edit_never_unfinishes_anybody():
    parts, user = [text("One"), text("Two")], person()
    page = lesson(parts)
    read(user, page)
    before = LessonFinished.objects.get(user=user)

    added = text("Three")
    page = republished(page, [parts[1], added])

    found = queries.lesson_by_id(page.pk)
    standing = services.settle(actor=actor_of(user), lesson=found).standing(found)
    assert standing.is_finished
    assert [part.title for part in standing.new] == ["Three"]
    after = LessonFinished.objects.get(user=user)
    assert (after.at, after.block_ids) == (before.at, before.block_ids)
    assert CourseFinished.objects.filter(user=user).count() == 1


def test_an_edit_in_the_middle_keeps_the_ticks_of_parts_that_stay():
    parts, user = [text("One"), text("Two"), text("Three")], person()
    page = lesson(parts)
    read(user, page, parts=2)

    page = republished(page, [parts[2], text("Between"), parts[0]])

    found = queries.lesson_by_id(page.pk)
    standing = queries.marks_of(user.pk, found.key).standing(found)
    assert [part.title for part in standing.left] == ["Three", "Between"]


def test_a_finish_that_was_cut_off_is_made_good_at_the_next_look():
    page, user = lesson([text()]), person()
    Progress.objects.create(user=user, lesson_key=page.translation_key, block_id=page.body[0].id)

    services.settle(actor=actor_of(user), lesson=queries.lesson_by_id(page.pk))

    assert LessonFinished.objects.filter(user=user).count() == 1


def test_a_part_that_is_gone_is_refused_in_words():
    page, user = lesson([text()]), person()

    with pytest.raises(RuleBroken, match="no longer in the lesson"):
        services.tick(actor=actor_of(user), lesson_id=page.pk, block_id=uuid4())

    assert not Progress.objects.exists()


def test_somebody_without_a_role_ticks_nothing():
    page, user = lesson([text()]), person(role=None)

    with pytest.raises(PermissionDenied):
        services.tick(actor=actor_of(user), lesson_id=page.pk, block_id=page.body[0].id)


def test_a_note_is_kept_changed_and_taken_away():
    page, user = lesson([reflection()]), person()
    asked = {"actor": actor_of(user), "lesson_id": page.pk, "block_id": page.body[0].id}

    services.keep_note(**asked, words="I wait too little.")
    services.keep_note(**asked, words="I wait a little longer.")
    assert [note.words for note in ReflectionNote.objects.all()] == ["I wait a little longer."]

    services.keep_note(**asked, words="  ")
    assert not ReflectionNote.objects.exists()
    assert verbs() == []


def test_a_note_belongs_to_one_person_only():
    page, user = lesson([reflection()]), person()
    services.keep_note(
        actor=actor_of(user), lesson_id=page.pk, block_id=page.body[0].id, words="Mine."
    )
    other = person(role=[Role.TRAINER, Role.REGISTRAR, Role.SUPERVISOR])

    assert not ReflectionNote.objects.visible_to(actor_of(other)).exists()
    assert queries.marks_of(other.pk, page.translation_key).notes == {}


def test_a_note_too_long_is_refused_and_the_old_one_stays():
    page, user = lesson([reflection()]), person()
    asked = {"actor": actor_of(user), "lesson_id": page.pk, "block_id": page.body[0].id}
    services.keep_note(**asked, words="Short.")

    with pytest.raises(RuleBroken, match="safe"):
        services.keep_note(**asked, words="x" * 20_001)

    assert ReflectionNote.objects.get().words == "Short."


def test_any_answer_is_kept_and_done_and_looking_again_changes_it():
    page, user = lesson([check(), text()]), person()
    asked = {"actor": actor_of(user), "lesson_id": page.pk, "block_id": page.body[0].id}
    first, second = queries.lesson_by_id(page.pk).parts[0].choices

    services.answer(**asked, choice_id=second.id)
    _, marks = services.answer(**asked, choice_id=first.id)

    assert CheckAnswer.objects.get().choice_id == first.id
    assert marks.done == {page.body[0].id}


def test_a_check_is_done_by_answering_only():
    page, user = lesson([check()]), person()
    asked = {"actor": actor_of(user), "lesson_id": page.pk, "block_id": page.body[0].id}

    with pytest.raises(RuleBroken, match="Choose one"):
        services.tick(**asked)
    with pytest.raises(RuleBroken, match="Choose one"):
        services.answer(**asked, choice_id="no such answer")

    assert not Progress.objects.exists()


def test_the_course_is_planted_once_and_an_editors_change_stays():
    top = services.plant_course()
    page = LessonPage.objects.descendant_of(top).order_by("path").first()
    page.title = "Our own first lesson"
    page.save_revision().publish()

    again = services.plant_course()

    assert again.pk == top.pk
    assert CoursePage.objects.child_of(home()).count() == 1
    assert LessonPage.objects.descendant_of(top).live().count() == 12
    assert LessonPage.objects.get(pk=page.pk).title == "Our own first lesson"
    assert LessonPage.objects.get(pk=page.pk).revisions.count() == 2


@pytest.mark.parametrize("role", [Role.TRAINER, Role.EDITOR])
def test_whoever_may_edit_becomes_a_course_editor(role):
    top, user = services.plant_course(), person(role)

    assert services.open_editor(actor=actor_of(user)) is True
    assert services.open_editor(actor=actor_of(user)) is False

    assert top.permissions_for_user(user).can_publish()
    assert not home().permissions_for_user(user).can_edit()


def test_a_trainee_does_not_become_an_editor():
    services.plant_course()

    with pytest.raises(PermissionDenied):
        services.open_editor(actor=actor_of(person(Role.TRAINEE)))


def test_a_teaching_film_is_attached_and_ticks_stay():
    page, user = lesson([film(), text()]), person()
    read(user, page)
    teaching = Film.objects.create(ring=rules.TEACHING_RING, wrapped_key=b"x", sent_by=user)

    services.attach_film(
        actor=trainer()[1], lesson_id=page.pk, block_id=page.body[0].id, film_id=teaching.pk
    )

    found = queries.lesson_by_id(page.pk)
    assert found.parts[0].value["film"] == str(teaching.pk)
    assert queries.marks_of(user.pk, found.key).standing(found).is_complete


def test_a_familys_film_is_not_attached():
    page, user = lesson([film()]), person()
    private = Film.objects.create(ring=uuid4(), wrapped_key=b"x", sent_by=user)

    with pytest.raises(RuleBroken, match="made for teaching"):
        services.attach_film(
            actor=trainer()[1], lesson_id=page.pk, block_id=page.body[0].id, film_id=private.pk
        )


def test_a_cohort_has_a_session_for_each_half_day():
    place = organisation()
    _, actor = trainer(place)

    opened = services.open_cohort(
        actor=actor,
        course_id=course().pk,
        organisation_id=place.pk,
        name="Spring",
        starts_on=date(2027, 3, 1),
        format="four_half_days",
    )

    assert [day.held_on for day in opened.days.all()] == [date(2027, 3, day) for day in range(1, 5)]


def test_a_trainer_of_another_house_opens_nothing_here():
    _, actor = trainer()

    with pytest.raises(PermissionDenied):
        services.open_cohort(
            actor=actor,
            course_id=course().pk,
            organisation_id=organisation().pk,
            name="Spring",
            starts_on=date(2027, 3, 1),
        )


def test_two_cohorts_cannot_share_a_name():
    opened, user = cohort()

    with pytest.raises(RuleBroken, match="another name"):
        services.open_cohort(
            actor=actor_of(user),
            course_id=opened.course_id,
            organisation_id=opened.organisation_id,
            name=opened.name,
            starts_on=date(2027, 3, 1),
        )


def test_attendance_is_marked_and_taken_back_and_both_are_in_the_ledger():
    opened, user = cohort(members=1)
    member = CohortMember.objects.get()
    asked = {"actor": actor_of(user), "day_id": opened.days.first().pk, "member_id": member.pk}

    services.mark_attendance(**asked, attended=True)
    services.mark_attendance(**asked, attended=False)

    assert [mark.attended for mark in Attendance.objects.all()] == [False]
    assert verbs()[-2:] == ["learning.attendance_marked"] * 2


def test_nobody_was_there_before_the_day():
    opened, user = cohort(members=1)
    day = opened.days.first()
    day.held_on = timezone.localdate() + timedelta(days=1)
    day.save()

    with pytest.raises(RuleBroken, match="not been held"):
        services.mark_attendance(
            actor=actor_of(user),
            day_id=day.pk,
            member_id=CohortMember.objects.get().pk,
            attended=True,
        )


def test_a_trainer_of_another_house_marks_nobody():
    opened, _ = cohort(members=1)
    _, stranger = trainer()

    with pytest.raises(PermissionDenied):
        services.mark_attendance(
            actor=stranger,
            day_id=opened.days.first().pk,
            member_id=CohortMember.objects.get().pk,
            attended=True,
        )
    assert not Attendance.objects.exists()
