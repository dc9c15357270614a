"""The two days, as they are written."""

import re

import pytest

from learning import lessonfiles
from learning.blocks import lesson_blocks

DAYS = list(lessonfiles.days())
LESSONS = [lesson for _, lessons in DAYS for lesson in lessons]


def test_two_days_of_six_lessons():
    assert [(day.slug, len(lessons)) for day, lessons in DAYS] == [("day-1", 6), ("day-2", 6)]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_every_lesson_has_reading_a_family_a_question_and_something_to_do(lesson):
    kinds = {block["type"] for block in lesson.body}

    assert kinds >= {"text", "vignette", "reflection", "knowledge_check", "practice_exercise"}
    assert 8 <= lesson.minutes <= 20
    assert lesson.summary


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_every_block_is_one_an_editor_could_make(lesson):
    known = dict(lesson_blocks())

    for block in lesson.body:
        known[block["type"]].clean(known[block["type"]].to_python(block["value"]))


def test_ids_are_stable_and_each_is_its_own():
    again = [lesson for _, lessons in lessonfiles.days() for lesson in lessons]
    ids = [block["id"] for lesson in LESSONS for block in lesson.body]

    assert ids == [block["id"] for lesson in again for block in lesson.body]
    assert len(set(ids)) == len(ids)


CHECKS = [
    (lesson.slug, block["value"])
    for lesson in LESSONS
    for block in lesson.body
    if block["type"] == "knowledge_check"
]


@pytest.mark.parametrize(("slug", "value"), CHECKS)
def test_every_answer_has_a_kind_word(slug, value):
    choices = [row["value"] for row in value["choices"]]

    assert any(choice["fits"] for choice in choices)
    assert all(len(choice["feedback"]) > 40 for choice in choices)
    said = " ".join(choice["feedback"] for choice in choices)
    assert not re.search(r"\b(wrong|incorrect|failed)\b", said, re.IGNORECASE)


def test_the_fitting_answer_does_not_always_stand_first():
    places = {[row["value"]["fits"] for row in value["choices"]].index(True) for _, value in CHECKS}

    assert len(places) > 1


def test_words_become_the_html_an_editor_would_store():
    assert lessonfiles.html("A **b** & *c*.\n\n- one\n- two\n\n1. x\n2. y") == (
        "<p>A <b>b</b> &amp; <i>c</i>.</p><ul><li>one</li><li>two</li></ul>"
        "<ol><li>x</li><li>y</li></ol>"
    )
